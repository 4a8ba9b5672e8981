"""A file is put in its place all of it or nothing, whatever stops the writing and whoever else writes it."""

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import ROOT

from leafletpress.disk import parse_json, read_file
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.files import put, put_new, writing
from leafletpress.read.located.files import Files

OLD, NEW = b"old" * 1000, b"new" * 2000


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize("flush", [True, False])
def test_a_file_is_put_in_place_with_its_folders_and_left_alone_while_it_says_the_same(
    tmp_path: Path, flush: bool
) -> None:
    path = tmp_path / "a" / "b" / "file"
    assert put(path, OLD, flush=flush)
    assert not put(path, OLD, flush=flush)
    before = path.stat().st_ino
    assert put(path, NEW, flush=flush)
    assert path.read_bytes() == NEW
    assert path.stat().st_ino != before  # whoever has the old file open reads it to its end
    assert names(path.parent) == ["file"]


def test_what_is_flushed_is_on_the_disk_before_it_takes_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    for name in ("fsync", "replace"):
        real: Callable[..., None] = getattr(os, name)

        def watched(*arguments: object, name: str = name, real: Callable[..., None] = real) -> None:
            calls.append(name)
            real(*arguments)

        monkeypatch.setattr(os, name, watched)
    put(tmp_path / "file", NEW)
    assert calls == ["fsync", "replace", *([] if os.name == "nt" else ["fsync"])]  # the file, its place, the name
    calls.clear()
    put(tmp_path / "other", NEW, flush=False)
    assert calls == ["replace"]


@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(errno.ENOSPC, "No space left on device"), KeyboardInterrupt()])
def test_what_cannot_be_written_leaves_the_earlier_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, error: BaseException
) -> None:
    put(tmp_path / "file", OLD)

    def fail(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(type(error)):
        put(tmp_path / "file", NEW)
    with pytest.raises(type(error)):
        put_new(tmp_path / "fresh", NEW)
    assert names(tmp_path) == ["file"]
    assert (tmp_path / "file").read_bytes() == OLD


def test_a_refusal_of_the_disk_is_told_with_exit_code_4(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    with (
        pytest.raises(LeafletError, match=r"^locales/x: can't be written: Is a directory$") as caught,
        writing("locales/x", hint=""),
    ):
        put(tmp_path / "folder", NEW)
    assert caught.value.exit_code == ExitCode.MISSING
    full = OSError(errno.ENOSPC, "No space left on device")
    with pytest.raises(LeafletError, match="make room and run the same command again"), writing("x", hint=""):
        raise full


def test_a_new_file_takes_the_place_of_none(tmp_path: Path) -> None:
    path = tmp_path / "file"
    put_new(path, OLD)
    with pytest.raises(FileExistsError):
        put_new(path, NEW)
    assert path.read_bytes() == OLD
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(FileExistsError):
        put_new(tmp_path / "link", NEW)
    assert names(tmp_path) == ["file", "link"]


# Begins when all others are there, then does what it is told with a file, its own content and the path.
TOGETHER = """
import sys; from pathlib import Path
sys.path.insert(0, {root!r})
from leafletpress.publish.files import put, put_new
path, own = Path(sys.argv[1]), sys.argv[2].encode()
print(flush=True); sys.stdin.readline()
{body}
"""


def together(path: Path, body: str, count: int = 4) -> list[str]:
    """What each of several processes prints that do the same at once."""
    program = TOGETHER.format(root=str(ROOT), body=body)
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(path), str(number)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for number in range(count)
    ]
    for process in running:
        assert process.stdout
        process.stdout.readline()
    for process in running:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    printed = [process.communicate()[0] for process in running]
    assert [process.returncode for process in running] == [0] * count
    return printed


def test_processes_that_write_the_same_file_at_once_tear_nothing(tmp_path: Path) -> None:
    body = """
for number in range(150):
    put(path, own * (50_000 + number), flush=False)
    found = path.read_bytes()
    assert len(set(found)) == 1 and 50_000 <= len(found) < 50_150, "torn"
"""
    together(tmp_path / "file", body)
    assert names(tmp_path) == ["file"]


def test_of_processes_that_want_a_name_at_once_one_gets_it(tmp_path: Path) -> None:
    body = """
for number in range(60):
    try:
        put_new(path.with_name(f"{path.name}{number}"), own * 50_000)
    except FileExistsError:
        continue
    print(number)
"""
    printed = together(tmp_path / "file", body)
    taken = sorted(int(line) for said in printed for line in said.split())
    assert taken == list(range(60))
    for number, said in enumerate(printed):
        for line in said.split():
            assert (tmp_path / f"file{line}").read_bytes() == str(number).encode() * 50_000
    assert len(names(tmp_path)) == 60


# --- reading ----------------------------------------------------------------------------------------------------------


def test_a_file_is_read_whole_and_no_more_than_its_limit(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(OLD)
    assert read_file(path, len(OLD)) == OLD
    with pytest.raises(OSError, match="it has more than") as caught:
        read_file(path, len(OLD) - 1)
    assert caught.value.errno == errno.EFBIG


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_regular_file_is_refused_and_not_waited_for(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "strange")
    opened = Path("/proc/self/fd")
    before = names(opened) if opened.exists() else []
    for _ in range(3):
        with pytest.raises(OSError, match=r"it is not a regular file|Is a directory"):
            read_file(tmp_path / "strange", 1000)
    assert len(before) == (len(names(opened)) if before else 0)


@pytest.mark.parametrize(
    "content", ["[" * 100_000, '{"a":' * 100_000, "NaN", "1" * 5000, '"\\ud800"', b"\xff", "{", ""]
)
def test_json_that_cannot_be_read_or_written_again_is_refused_as_one_kind_of_error(content: str | bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        parse_json(content)


def test_json_keeps_letters_that_are_written_as_pairs() -> None:
    assert parse_json('{"a": "\\ud83d\\ude00"}') == {"a": "😀"}


@pytest.mark.parametrize("name", ["leaflets/x.yaml", "leaflets/picture.png", "templates/patient/page.html.j2"])
def test_a_link_that_leads_out_of_the_project_is_not_followed(tmp_path: Path, name: str) -> None:
    project, secret = tmp_path / "project", tmp_path / "secret"
    secret.write_text("theirs", encoding="utf-8")
    (project / name).parent.mkdir(parents=True)
    (project / name).symlink_to(secret)
    files = Files(project, project)
    assert files.digest(name) == ""
    with pytest.raises(LeafletError, match="outside of the project"):
        files.content(name)


def test_a_folder_that_is_a_link_leads_nowhere_else_and_names_with_dots_neither(tmp_path: Path) -> None:
    project, theirs = tmp_path / "project", tmp_path / "project-of-others"
    theirs.mkdir()
    (theirs / "x.yaml").write_text("theirs", encoding="utf-8")
    (project / "leaflets").mkdir(parents=True)
    (project / "leaflets" / "more").symlink_to(theirs)
    for name in ("leaflets/more/x.yaml", "../project-of-others/x.yaml"):
        with pytest.raises(LeafletError, match="outside of the project"):
            Files(project, project).content(name)


def test_a_link_inside_of_the_project_is_followed(tmp_path: Path) -> None:
    project = tmp_path / "project"
    (project / "leaflets").mkdir(parents=True)
    (project / "leaflets" / "x.yaml").write_text("ours", encoding="utf-8")
    (project / "leaflets" / "y.yaml").symlink_to("x.yaml")
    (tmp_path / "link").symlink_to(project)
    assert Files(tmp_path / "link", tmp_path / "link").content("leaflets/y.yaml") == b"ours"
