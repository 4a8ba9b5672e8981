"""CI as it is written down: what may be said of it without running it, and what its scripts do with each ending."""

import os
import re
import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml
from projects import are_shipped
from validators import ROOT, jactionlint, shellcheck

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())
# Scripts of both kinds that CI runs; those without an ending are known by their first line.
SCRIPTS = sorted(
    path
    for folder in (".ci", "script")
    for path in (ROOT / folder).iterdir()
    if path.is_file() and path.read_bytes().startswith(b"#!")
)
PINNED = re.compile(r"uses: ([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$")

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
posix = pytest.mark.skipif(os.name == "nt", reason="runs a shell script")


def content(path: Path) -> Any:
    """The workflow; YAML reads its key `on` as true."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def jobs() -> Iterator[tuple[str, Any]]:
    for path in WORKFLOWS:
        for name, job in content(path)["jobs"].items():
            yield f"{path.stem}.{name}", job


def steps() -> Iterator[tuple[str, Any]]:
    for name, job in jobs():
        yield from ((name, step) for step in job["steps"])


# --- What linters say -------------------------------------------------------------------------------------------------


def test_the_linter_finds_nothing_in_the_workflows() -> None:
    assert {path.name: said for path, said in jactionlint(WORKFLOWS).items() if said} == {}


def test_shellcheck_finds_nothing_in_the_scripts() -> None:
    assert len(SCRIPTS) >= 6
    assert {path.name: said for path, said in shellcheck(SCRIPTS).items() if said} == {}


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("publish", "needs: release", "needs: relase", "relase"),
        ("publish", "timeout-minutes: 10", "timeout-minuts: 10", "timeout-minuts"),
        ("publish", "key: leaflets", "keys: leaflets", "keys"),
        ("publish", "attestations: write", "attestation: write", "attestation"),
        ("publish", "steps.deployment.outputs", "steps.deploy.outputs", "deploy"),
        ("publish", r"hashFiles\(", "hashFile(", "hashFile"),
        ("publish", "runs-on: ubuntu-24.04", "runs-on: ubuntu-24.40", "ubuntu-24.40"),
        ("publish", "sha256sum --check --strict", "cat $MISSING |", "SC2086"),
        ("publish", r"deploy-pages@.*", "deploy-pages@v5", "deploy-pages@v5"),
        ("pull-request", "script/build check", "echo ${{ github.event.pull_request.title }}", "untrusted"),
        ("pull-request", "  pull_request:", "  pull_requests:", "pull_requests"),
        ("pull-request", "  pull_request:", "  pull_request_target:", "pull_request_target"),
        ("nightly", r"cron: .*", "cron: 23 4 * *", "23 4 * *"),
    ],
)  # fmt: skip
def test_the_linter_sees_a_seeded_fault(tmp_path: Path, name: str, old: str, new: str, said: str) -> None:
    text = (ROOT / ".github" / "workflows" / f"{name}.yml").read_text(encoding="utf-8")
    changed, count = re.subn(old, lambda _found: new, text, count=1)
    assert count == 1
    faulty = tmp_path / f"{name}.yml"
    faulty.write_text(changed, encoding="utf-8")
    assert said in " ".join(jactionlint([faulty])[faulty])


# --- Least rights -----------------------------------------------------------------------------------------------------


@each_workflow
def test_a_workflow_has_no_rights_but_those_of_its_jobs(path: Path) -> None:
    assert content(path)["permissions"] == {}
    assert all("permissions" in job for job in content(path)["jobs"].values())


def test_only_what_publishes_may_write() -> None:
    writing = {name: [right for right, how in job["permissions"].items() if how == "write"] for name, job in jobs()}
    assert {name: rights for name, rights in writing.items() if rights} == {
        "publish.attest": ["id-token", "attestations"],
        "publish.release": ["contents"],
        "publish.pages": ["pages", "id-token"],
        "publish.record": ["contents"],
    }


def test_no_job_that_may_write_runs_code_of_the_repository() -> None:
    for name, job in jobs():
        if "write" in job["permissions"].values():
            said = [step.get("uses", step.get("run", "")) for step in job["steps"]]
            assert not [one for one in said if "checkout" in one or "script/" in one or ".ci/" in one], name


def test_a_change_from_a_fork_gets_no_rights() -> None:
    for path in WORKFLOWS:
        events = content(path)[True]
        assert not {"pull_request_target", "workflow_run", "issue_comment"} & set(events)
        if "pull_request" in events:
            assert all(job["permissions"] == {"contents": "read"} for job in content(path)["jobs"].values())
            assert "secrets." not in path.read_text(encoding="utf-8")
            assert "actions/cache@" not in path.read_text(encoding="utf-8")  # it would write; cache/restore reads


@each_workflow
def test_each_action_is_pinned_by_commit_with_its_version_beside_it(path: Path) -> None:
    uses = [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if "uses:" in line]
    assert uses
    assert [line for line in uses if not PINNED.search(line)] == []


def test_an_action_has_one_pin_everywhere() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in WORKFLOWS)
    pins = {
        (found[1].removesuffix("/restore"), found[2], found[3])
        for found in re.finditer(PINNED.pattern, text, re.MULTILINE)
    }
    assert len(pins) == len({name for name, _, _ in pins})


def test_no_expression_stands_in_a_shell_line() -> None:
    assert [step["run"] for _, step in steps() if "${{" in step.get("run", "")] == []


def test_checkouts_leave_no_credentials_behind() -> None:
    checkouts = [step for _, step in steps() if step.get("uses", "").startswith("actions/checkout@")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)


# --- Order and limits -------------------------------------------------------------------------------------------------


@each_workflow
def test_runs_wait_for_or_replace_each_other_and_end(path: Path) -> None:
    workflow = content(path)
    assert workflow["concurrency"]["group"]
    assert all(1 <= job["timeout-minutes"] <= 120 for job in workflow["jobs"].values())
    assert all(job["runs-on"] == "ubuntu-24.04" for job in workflow["jobs"].values())


def test_publishing_is_never_broken_off_and_never_from_a_branch() -> None:
    workflow = content(ROOT / ".github" / "workflows" / "publish.yml")
    assert workflow["concurrency"] == {"group": "publish", "cancel-in-progress": False}
    assert workflow[True]["push"]["branches"] == ["main"]
    assert workflow["jobs"]["build"]["if"] == "github.ref == 'refs/heads/main'"


def test_what_is_published_is_signed_and_waits_for_no_test() -> None:
    found = content(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    assert {name: job.get("needs") for name, job in found.items()} == {
        "build": None, "test": None, "attest": "build", "release": "attest", "pages": "release", "record": "pages"
    }  # fmt: skip
    assert [step["run"] for step in found["build"]["steps"] if "run" in step][1:] == [
        ".ci/publish build/published", ".ci/sbom build/published"
    ]  # fmt: skip
    assert [step["run"] for step in found["test"]["steps"] if "run" in step][1:] == ["script/build check", ".ci/run"]


def test_a_release_has_the_list_of_what_made_it() -> None:
    found = content(ROOT / ".github" / "workflows" / "publish.yml")["jobs"]
    options = [step.get("with", {}) for step in found["build"]["steps"]]
    kept = next(one["path"] for one in options if one.get("name") == "release")
    released = " ".join(step.get("run", "") for step in found["release"]["steps"])
    for name in ("python.cdx.json", "fonts.cdx.json"):
        assert f"build/published/{name}\n" in kept
        assert name in released
    assert "*.cdx.json" in found["attest"]["steps"][-1]["with"]["subject-path"]


@pytest.mark.parametrize("folder", [".github", "leafletpress/build/new_project"])
def test_whatever_changes_what_is_published_starts_a_run(folder: str) -> None:
    push = content(ROOT / folder / "workflows" / "publish.yml")[True]["push"]
    ignored = push.get("paths-ignore", [])
    assert not [one for one in PUBLISHED for pattern in ignored if PurePosixPath(one).match(pattern)]
    assert "paths" not in push


PUBLISHED = (
    "leaflets/warts.yaml", "leaflets/warts.svg", "locales/es/LC_MESSAGES/warts.po", "locales/es/locale.toml",
    "signoffs/warts.toml", "sites/north.toml", "templates/patient/print.css", "published.toml", "leafletpress.toml",
)  # fmt: skip


def test_in_a_new_project_a_fault_of_one_leaflet_stops_no_other() -> None:
    folder = ROOT / "leafletpress" / "build" / "new_project" / "workflows"
    publishing = [step["run"] for step in content(folder / "publish.yml")["jobs"]["build"]["steps"] if "run" in step]
    assert publishing[-2:] == ["leafletpress fonts", ".ci/publish build/published"]
    checking = [step["run"] for step in content(folder / "check.yml")["jobs"]["check"]["steps"] if "run" in step]
    assert "leafletpress check" in checking
    assert content(folder / "publish.yml")[True]["schedule"]  # what is past its review leaves on its day


def test_no_failure_is_swallowed() -> None:
    for path in WORKFLOWS:
        assert "continue-on-error" not in path.read_text(encoding="utf-8")
    assert [step["run"] for _, step in steps() if "|| true" in step.get("run", "")] == []
    conditions = {name: step["uses"].split("@")[0] for name, step in steps() if "if" in step}
    assert conditions == {"pull-request.report": "actions/upload-artifact"}  # the report of a failure is kept too


def test_shell_lines_are_single_commands_of_scripts_that_exist() -> None:
    for _, step in steps():
        first = step.get("run", "").split(" ")[0]
        if "/" in first:
            assert os.access(ROOT / first, os.X_OK), first


# --- .ci/publish and .ci/report ---------------------------------------------------------------------------------------


def checkout(root: Path, build: str) -> Path:
    """A checkout whose script/build notes what it is asked, and then does as the shell lines `build` say."""
    shutil.copytree(ROOT / ".ci", root / ".ci")
    (root / "script").mkdir()
    (root / "script" / "build").write_text(f'echo "$@" >>"{root}/asked"\n{build}\n', encoding="utf-8")
    return root


def run(root: Path, *command: str) -> tuple[int, str, str]:
    """The exit code, what script/build was asked, and the summary of the job."""
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "GITHUB_STEP_SUMMARY": str(root / "summary")}, check=False
    )
    asked, summary = root / "asked", root / "summary"
    return (
        done.returncode,
        asked.read_text(encoding="utf-8") if asked.exists() else "",
        summary.read_text(encoding="utf-8") if summary.exists() else "",
    )


ARCHIVES = 'if [ "$1" = archive ]; then mkdir "$2" && echo "33 documents" >"$2/summary.md"; fi'


@posix
@pytest.mark.parametrize("code", [0, 3])
def test_what_is_not_withheld_is_published(tmp_path: Path, code: int) -> None:
    root = checkout(tmp_path, f'{ARCHIVES}; [ "$1" != build ] || exit {code}')
    assert run(root, ".ci/publish", "published") == (
        0,
        "build --release --prune\nverify\narchive published\n",
        "33 documents\n",
    )


@posix
def test_one_of_several_sites_is_published(tmp_path: Path) -> None:
    root = checkout(tmp_path, ARCHIVES)
    code, asked, _ = run(root, ".ci/publish", "published", "--site", "north")
    site = " --site north\n"
    assert (code, asked) == (0, f"build --release --prune{site}verify{site}archive published{site}")


@posix
@pytest.mark.parametrize("code", [1, 2, 4, 137])
def test_nothing_is_published_when_the_build_fails(tmp_path: Path, code: int) -> None:
    root = checkout(tmp_path, f'{ARCHIVES}; [ "$1" != build ] || exit {code}')
    said = f"Nothing is published: the build ended with exit code {code}. What is public stays as it was.\n"
    assert run(root, ".ci/publish", "published") == (code, "build --release --prune\n", said)
    assert not (root / "published").exists()


@posix
def test_nothing_is_published_when_the_output_is_not_what_the_manifest_says(tmp_path: Path) -> None:
    root = checkout(tmp_path, f'{ARCHIVES}; [ "$1" != verify ] || exit 1')
    assert run(root, ".ci/publish", "published")[:2] == (1, "build --release --prune\nverify\n")
    assert not (root / "published").exists()


REPORTS = 'if [ "$1" = report ]; then echo "2 handouts change" >"$7"; fi'


@posix
@pytest.mark.parametrize("code", [0, 1])
def test_a_change_is_reported_also_when_something_cannot_be_built(tmp_path: Path, code: int) -> None:
    base = checkout(tmp_path / "base", "")
    root = checkout(tmp_path / "head", f'{REPORTS}; [ "$1" != build ] || exit {code}')
    into = root / "report"
    report = f"report {into}/before {into}/after --output {into}/report.html --summary {into}/summary.md"
    assert run(root, ".ci/report", "../base", "report") == (
        0,
        f"build --quiet --output {into}/after\n{report}\n",
        "2 handouts change\n",
    )
    assert (base / "asked").read_text(encoding="utf-8") == f"build --quiet --output {into}/before\n"


@posix
def test_what_a_report_finds_wrong_is_told_and_fails_the_job(tmp_path: Path) -> None:
    checkout(tmp_path / "base", "")
    root = checkout(tmp_path / "head", f'{REPORTS}; [ "$1" != report ] || exit 1')
    code, _, summary = run(root, ".ci/report", "../base", "report")
    assert (code, summary) == (1, "2 handouts change\n")


@posix
def test_without_a_build_there_is_no_report(tmp_path: Path) -> None:
    checkout(tmp_path / "base", "exit 4")
    root = checkout(tmp_path / "head", REPORTS)
    assert run(root, ".ci/report", "../base", "report") == (4, "", "")


# --- .ci/pythons ------------------------------------------------------------------------------------------------------

# Stands in for a Python of a version: makes a venv of itself, and builds one file.
FAKE_PYTHON = """\
#!/bin/sh
case "$*" in
    *ensurepip*) for last; do :; done; [ "$last" = VERSION ] ;;
    *venv*) mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
    *pip*) echo "VERSION pip" >>asked ;;
    *build*)
        echo "VERSION build" >>asked
        while [ "$1" != --output ]; do shift; done
        mkdir -p "$2/.leafletpress" && echo leaflet >"$2/a.pdf" && echo $$ >"$2/.leafletpress/own" ;;
esac
"""


def pythons(root: Path, *versions: str) -> Path:
    """A checkout and a machine with some Pythons."""
    shutil.copytree(ROOT / ".ci", root / ".ci")
    for place in ("script/setup", "requirements.lock"):
        (root / place).parent.mkdir(exist_ok=True)
        (root / place).touch()
    for version, path in [("here", root / ".venv/bin/python"), *((v, root / f"bin/python{v}") for v in versions)]:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(FAKE_PYTHON.replace("VERSION", version), encoding="utf-8")
        path.chmod(0o755)
    return root


def compared(root: Path, *versions: str) -> tuple[int, str]:
    """The exit code of .ci/pythons, and what it prints."""
    path = f"{root / 'bin'}:/usr/bin:/bin"
    done = subprocess.run(
        [root / ".ci" / "pythons", *versions],
        cwd=root.parent,
        env={"PATH": path, "HOME": str(root), "TMPDIR": str(root)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout


@posix
def test_pythons_that_are_there_are_compared_and_the_others_named(tmp_path: Path) -> None:
    root = pythons(tmp_path / "root", "3.12", "3.13")
    said = (
        "Python 3.12 makes the same 1 files\nPython 3.13 makes the same 1 files\n"
        "Python 3.14 is not on this machine: nothing compared\n"
    )
    assert compared(root) == (0, said)
    asked = (root / "asked").read_text(encoding="utf-8")
    assert asked == "here build\n3.12 pip\n3.12 build\n3.13 pip\n3.13 build\n"


@posix
def test_packages_are_installed_anew_only_when_the_lock_has_changed(tmp_path: Path) -> None:
    root = pythons(tmp_path / "root", "3.12")
    for text in ("", "", "other==1\n"):
        (root / "requirements.lock").write_text(text, encoding="utf-8")
        assert compared(root, "3.12")[0] == 0
    assert (root / "asked").read_text(encoding="utf-8").count("pip") == 2


@posix
def test_other_bytes_and_a_missing_python_that_was_asked_for_fail(tmp_path: Path) -> None:
    root = pythons(tmp_path / "root", "3.12")
    assert compared(root, "3.12", "3.14") == (
        1,
        "Python 3.12 makes the same 1 files\nPython 3.14 is not on this machine: nothing compared\n",
    )
    fake = root / "bin" / "python3.12"
    fake.write_text(fake.read_text(encoding="utf-8").replace("echo leaflet", "echo other"), encoding="utf-8")
    shutil.rmtree(root / ".tools")
    code, said = compared(root, "3.12")
    assert code == 1
    assert "./a.pdf" in said


# --- Containerfile ----------------------------------------------------------------------------------------------------

CONTAINERFILE = (ROOT / "Containerfile").read_text(encoding="utf-8")


def test_all_builds_begin_with_one_image_by_its_digest() -> None:
    (image,) = re.findall(r"^FROM (\S+)$", CONTAINERFILE, re.MULTILINE)
    assert re.fullmatch(r"debian:bookworm-\d{8}-slim@sha256:[0-9a-f]{64}", image)
    assert {job["container"] for _, job in jobs() if "container" in job} == {image}


def test_the_packages_of_debian_are_of_the_day_of_the_image() -> None:
    (command,) = re.findall(r"sed -i ('.+') /etc/apt/sources", CONTAINERFILE)
    shipped = "Types: deb\n# http://archive.example.org/{0}/20260824\nURIs: http://example.org/{0}\nSuites: bookworm\n"
    text = "\n".join(shipped.format(name) for name in ("debian", "debian-security"))
    done = subprocess.run(["sed", *shlex.split(command)], input=text, capture_output=True, encoding="utf-8", check=True)
    wanted = "Types: deb\nURIs: http://archive.example.org/{0}/20260824\nSuites: bookworm\n"
    assert done.stdout == "\n".join(wanted.format(name) for name in ("debian", "debian-security"))


def test_each_package_of_the_container_has_its_version() -> None:
    (listed,) = re.findall(r"--no-install-recommends((?: \\\n\s+[^&\s]+)+)", CONTAINERFILE)
    packages = listed.replace("\\", "").split()
    assert packages
    assert [package for package in packages if not re.fullmatch(r"[a-z0-9.-]+=[\w.:+~-]+", package)] == []
    wanted = re.findall(
        r"^debian_packages='(.+)'$", (ROOT / "script" / "setup").read_text(encoding="utf-8"), re.MULTILINE
    )
    names = {package.split("=")[0] for package in packages}
    assert names == {*wanted[0].split(), "python3", "python3-venv"}


def test_what_the_container_copies_is_there_and_is_sent_to_it() -> None:
    sources = [one for line in re.findall(r"^COPY (.+)$", CONTAINERFILE, re.MULTILINE) for one in line.split()[:-1]]
    sent = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    content = () if are_shipped() else ("leaflets/", "sites/")  # git keeps no empty folder
    for source in (source for source in sources if source not in content):
        path = ROOT / source
        assert path.is_dir() if source.endswith("/") else path.is_file(), source
        assert any(Path(source).match(line.removeprefix("!")) for line in sent if line.startswith("!")), source


def test_the_container_sets_up_from_all_files_that_setting_up_asks_for() -> None:
    asked = re.search(r"digests\(\) \{ cksum (.+) \.venv/pyvenv\.cfg; \}", (ROOT / "script" / "setup").read_text())
    assert asked
    files = {path.relative_to(ROOT).as_posix() for pattern in asked[1].split() for path in ROOT.glob(pattern)}
    before = CONTAINERFILE.split("RUN script/setup")[0]
    copied = {one.rstrip("/") for line in re.findall(r"^COPY (.+)$", before, re.MULTILINE) for one in line.split()[:-1]}
    assert {name for name in files if name.split("/")[0] not in copied} == set()
