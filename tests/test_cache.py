"""A cache touches nothing but its own documents, and takes no folder that holds anything else."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from leafletpress.build.freshness.cache import Cache
from leafletpress.model.problems import ExitCode, LeafletError

KEY = "0123456789abcdef0123456789abcdef"
OTHER = "fedcba9876543210fedcba9876543210"


def filled(folder: Path, most: int = 10_000) -> Cache:
    cache = Cache(folder, "cache", most)
    cache.put(KEY, bytes(1000))
    return cache


def everything(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_cache_is_marked_for_backups_and_named_as_ours(tmp_path: Path) -> None:
    filled(tmp_path / "new")
    assert sorted(path.relative_to(tmp_path / "new").as_posix() for path in (tmp_path / "new").rglob("*.*")) == [
        "01/23456789abcdef0123456789abcdef.leaflet",
        "CACHEDIR.TAG",
    ]
    # The first 43 bytes say that a folder is a cache: https://bford.info/cachedir/
    assert (tmp_path / "new" / "CACHEDIR.TAG").read_bytes()[:43] == b"Signature: 8a477f597d28d172789f06886806bc55"
    assert Cache(tmp_path / "new", "cache", 10_000).get(KEY) == bytes(1000)


@pytest.mark.parametrize(
    "name",
    ["letter.txt", ".git/config", "ab", "abc/letter", "0g/letter", "01/letter", "01/23456789abcdef0123456789abcdef"],
)
@pytest.mark.parametrize("tag", [None, b"", b"Signature: 8a477f597d28d172789f06886806bc55\n# of another program\n"])
def test_a_folder_that_holds_something_else_is_refused_before_anything_is_done(
    tmp_path: Path, name: str, tag: bytes | None
) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")
    if tag is not None:
        (tmp_path / "CACHEDIR.TAG").write_bytes(tag)
    before = everything(tmp_path)
    with pytest.raises(LeafletError, match="cache: is no cache: it h") as caught:
        filled(tmp_path, 1)
    assert caught.value.exit_code == ExitCode.USAGE
    assert everything(tmp_path) == before


def test_what_somebody_puts_into_a_cache_refuses_it_from_then_on(tmp_path: Path) -> None:
    cache = filled(tmp_path)
    (tmp_path / "letter.txt").write_text("mine")
    cache.put(OTHER, bytes(20_000))
    cache.trim()
    assert (tmp_path / "letter.txt").read_text() == "mine"
    with pytest.raises(LeafletError, match=r'it holds "letter\.txt"'):
        Cache(tmp_path, "cache", 1)


def test_trimming_removes_documents_and_what_was_left_of_them_alone(tmp_path: Path) -> None:
    cache = filled(tmp_path / "cache", 1500)
    part = tmp_path / "cache" / "01"
    (tmp_path / "elsewhere").mkdir()
    theirs = [part / "letter.txt", part / f"{KEY[2:]}.pdf", tmp_path / "elsewhere" / f"{KEY[2:]}.leaflet"]
    left = part / f".{KEY[2:]}.leaflet.77.new"
    for path in (*theirs, left):
        path.write_text("some bytes")
    (tmp_path / "cache" / "ee").symlink_to(tmp_path / "elsewhere")
    (part / f"{OTHER[2:]}.leaflet").symlink_to(theirs[2])
    cache.put(OTHER, bytes(2000))
    assert [path.read_text() for path in theirs] == ["some bytes"] * 3
    assert not left.exists()
    assert not (part / f"{KEY[2:]}.leaflet").exists()


@pytest.mark.parametrize("make", [os.mkfifo, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_in_the_place_of_a_document_is_not_read(tmp_path: Path, make: Callable[[Path], None]) -> None:
    cache = filled(tmp_path)
    place = tmp_path / "01" / f"{KEY[2:]}.leaflet"
    place.unlink()
    make(place)
    assert cache.get(KEY) is None


def let_others_write(path: Path) -> None:
    path.chmod(path.stat().st_mode | 0o020)


@pytest.mark.skipif(os.name == "nt", reason="rights are those of a POSIX machine")
@pytest.mark.parametrize("which", ["cache", "cache/01", f"cache/01/{KEY[2:]}.leaflet"])
def test_what_others_can_write_is_not_believed_and_that_is_said_with_what_helps(tmp_path: Path, which: str) -> None:
    filled(tmp_path / "cache")
    let_others_write(tmp_path / which)
    cache = Cache(tmp_path / "cache", "cache", 10_000)
    assert cache.get(KEY) is None
    (problem,) = cache.take_problems()
    assert str(problem) == (
        "cache: warning: others can write this cache, so it is not believed: documents are made anew "
        "(chmod -R go-w cache, or name a folder of your own with --cache)"
    )


@pytest.mark.skipif(os.name == "nt", reason="rights are those of a POSIX machine")
def test_what_another_user_wrote_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = filled(tmp_path / "cache")
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    assert cache.get(KEY) is None


@pytest.mark.skipif(os.name == "nt", reason="rights are those of a POSIX machine")
def test_a_document_that_others_could_write_is_believed_once_it_is_made_anew(tmp_path: Path) -> None:
    cache = filled(tmp_path / "cache")
    let_others_write(tmp_path / "cache" / "01" / f"{KEY[2:]}.leaflet")
    cache.put(KEY, bytes(1000))
    assert cache.get(KEY) == bytes(1000)
    assert cache.take_problems() == ()


@pytest.mark.skipif(os.name == "nt", reason="rights are those of a POSIX machine")
def test_who_lets_a_group_write_new_files_has_a_cache_of_their_own_all_the_same(tmp_path: Path) -> None:
    earlier = os.umask(0o002)
    try:
        cache = filled(tmp_path / "cache")
    finally:
        os.umask(earlier)
    assert cache.get(KEY) == bytes(1000)
    assert cache.take_problems() == ()
