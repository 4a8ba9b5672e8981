"""Whatever letters stdout has and wherever it leads, a command does its work, says so, and keeps its exit code."""

import compileall
import json
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from projects import CONDITION, ROOT, by_rote, catalog, make_project, replace

from leafletpress.build.library import Project
from leafletpress.publish.verify import verify

pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs the command of a POSIX machine")

PAGES = ("--locale", "en", "--format", "html", "--jobs", "1")
EVERYWHERE: Mapping[str, str] = {}  # nothing but what this machine says
# What a machine can say of the letters that it has; the last is a terminal of long ago.
POOR = {
    "latin-1": {"PYTHONIOENCODING": "latin-1"},
    "ascii": {"PYTHONIOENCODING": "ascii"},
    "c-locale": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
}


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program around a small project in which a check of catalogs finds much; nothing may change it."""
    root = tmp_path_factory.mktemp("streams") / "checkout"
    make_project(root)
    shutil.rmtree(root / "locales" / "zh_Hans")
    for locale in ("es", "ar"):
        text = by_rote(locale, "Between two boxes.")
        replace(catalog(Project(root), locale), f'msgstr "{text}"', f'msgstr "{text} {{people}}"')
    shutil.copy(ROOT / "build_leaflets.py", root)
    shutil.copytree(ROOT / "leafletpress", root / "leafletpress")
    compileall.compile_dir(root / "leafletpress", quiet=2)  # once: no process of these tests may write there
    return root


def run(
    checkout: Path,
    *arguments: str,
    stdout: int = subprocess.PIPE,
    stderr: int = subprocess.PIPE,
    closed: int | None = None,
    environment: Mapping[str, str] = EVERYWHERE,
) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a person does, with a stream of these, or with one of them closed before it begins."""
    command = [sys.executable, str(checkout / "build_leaflets.py"), *arguments]
    if closed is not None:
        command = ["sh", "-c", f'exec "$@" {closed}>&-', "sh", *command]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    env |= {"PYTHONDONTWRITEBYTECODE": "1", **environment}
    return subprocess.run(
        command, env=env, stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, check=False, timeout=120
    )


@contextmanager
def full() -> Iterator[int]:
    """A disk on which there is no room."""
    descriptor = os.open("/dev/full", os.O_WRONLY)
    yield descriptor
    os.close(descriptor)


@contextmanager
def unread() -> Iterator[int]:
    """A pipe whose reader is gone, as with `| head -1`."""
    reads, writes = os.pipe()
    os.close(reads)
    yield writes
    os.close(writes)


@pytest.mark.parametrize("poor", POOR)
def test_a_build_ends_as_everywhere_where_stdout_lacks_letters(checkout: Path, tmp_path: Path, poor: str) -> None:
    done = run(checkout, *PAGES, "--verbose", "--no-cache", "--output", str(tmp_path / "ö"), environment=POOR[poor])
    assert done.returncode == 0, done.stderr
    printed = done.stdout.decode("latin-1" if poor == "latin-1" else "ascii")
    assert f"| {CONDITION} | en       | patient   | a4      | html    | ?     | draft |" in printed
    assert printed.endswith("2 built, 0 withheld, 0 failed, 0 unchanged\n")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("catalogs", "status"), 0),
        (("catalogs", "check"), 1),
        (("check",), 0),
        (("build", "--dry-run"), 0),
        (("verify", "ö"), 2),
        (("--help",), 0),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_every_command_ends_as_everywhere_where_stdout_lacks_letters(
    checkout: Path, arguments: tuple[str, ...], code: int
) -> None:
    done = run(checkout, *arguments, environment=POOR["ascii"])
    assert done.returncode == code, done.stderr
    assert b"Traceback" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "arguments",
    [("catalogs", "check", "--json"), ("catalogs", "status", "--json"), ("check", "--json"), ("verify", "ö", "--json")],
    ids="-".join,
)
def test_json_says_the_same_where_stdout_lacks_letters(checkout: Path, arguments: tuple[str, ...]) -> None:
    rich, done = (run(checkout, *arguments, environment=letters) for letters in ({"PYTHONUTF8": "1"}, POOR["ascii"]))
    assert done.returncode == rich.returncode
    assert done.stdout.isascii()
    assert json.loads(done.stdout) == json.loads(rich.stdout)
    if arguments in (("catalogs", "check", "--json"), ("verify", "ö", "--json")):
        assert not rich.stdout.isascii()


def test_json_has_the_letters_of_a_path_where_the_machine_knows_none(checkout: Path) -> None:
    done = run(checkout, "verify", "ö", "--json", environment=POOR["c-locale"])
    assert [problem["file"] for problem in json.loads(done.stdout)["problems"]] == ["ö/manifest.json"]


def test_a_worksheet_is_utf_8_whatever_letters_stdout_has(checkout: Path) -> None:
    done = run(checkout, "catalogs", "backtranslate", "ar", environment=POOR["latin-1"])
    assert done.returncode == 0, done.stderr
    texts = [text["translation"] for text in tomllib.loads(done.stdout.decode())["texts"]]
    assert by_rote("ar", "Do **not** wait.") in texts


TOLD = {
    "full": b"stdout: can't be written: No space left on device\n",
    "unread": b"stdout: can't be written: Broken pipe\n",
    "closed": b"stdout: can't be written: Bad file descriptor\n",
}


def lost(
    checkout: Path, how: str, *arguments: str, environment: Mapping[str, str] = EVERYWHERE
) -> subprocess.CompletedProcess[bytes]:
    """Run a command whose stdout takes nothing."""
    if how == "closed":
        return run(checkout, *arguments, closed=1, environment=environment)
    with full() if how == "full" else unread() as descriptor:
        return run(checkout, *arguments, stdout=descriptor, environment=environment)


# What prints in a way of its own: click, rich, JSON, single lines; buffered, and each line at once.
@pytest.mark.parametrize(
    ("how", "arguments", "unbuffered"),
    [
        ("full", ("--help",), ""),
        ("unread", ("--help",), ""),
        ("closed", ("--help",), ""),
        ("full", ("catalogs", "status"), ""),
        ("unread", ("catalogs", "status"), ""),
        ("full", ("catalogs", "check", "--json"), ""),
        ("unread", ("catalogs", "check", "--json"), "1"),
        ("full", ("build", "--dry-run", "--output", "/nowhere"), "1"),
        ("closed", ("build", "--dry-run", "--output", "/nowhere"), ""),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else value,
)
def test_a_stdout_that_takes_nothing_is_told_in_one_line(
    checkout: Path, how: str, arguments: tuple[str, ...], unbuffered: str
) -> None:
    done = lost(checkout, how, *arguments, environment={"PYTHONUNBUFFERED": unbuffered})
    assert (done.returncode, done.stderr) == (4, TOLD[how])


@pytest.mark.parametrize("how", TOLD)
def test_a_build_whose_stdout_takes_nothing_does_its_work(checkout: Path, tmp_path: Path, how: str) -> None:
    done = lost(checkout, how, *PAGES, "--no-cache", "--output", str(tmp_path / "o"))
    assert done.returncode == 4
    assert [line.partition(b"] ")[2] for line in done.stderr.splitlines()[:-1]] == [
        f"{CONDITION}/en/{CONDITION}-{audience}-en.html: built".encode() for audience in ("patient", "clinician")
    ]
    assert done.stderr.endswith(TOLD[how])
    assert verify(tmp_path / "o", "o").problems == ()


@pytest.mark.parametrize("how", ["full", "closed"])
def test_where_nothing_is_printed_a_stdout_that_takes_nothing_is_not_missed(
    checkout: Path, tmp_path: Path, how: str
) -> None:
    done = lost(checkout, how, *PAGES, "--quiet", "--no-cache", "--output", str(tmp_path / "o"))
    assert (done.returncode, done.stderr) == (0, b"")
    assert lost(checkout, how, "--lokale", "en").returncode == 2


@pytest.mark.parametrize("how", TOLD)
def test_a_stderr_that_takes_nothing_stops_no_work(checkout: Path, tmp_path: Path, how: str) -> None:
    for arguments, code in (((*PAGES, "--no-cache", "--output", str(tmp_path / "o")), 0), (("--lokale",), 2)):
        if how == "closed":
            done = run(checkout, *arguments, closed=2)
        else:
            with full() if how == "full" else unread() as descriptor:
                done = run(checkout, *arguments, stderr=descriptor)
        assert done.returncode == code
    assert (tmp_path / "o" / "manifest.json").is_file()
