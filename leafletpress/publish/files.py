"""The one way to put a file in place, all of it or nothing, and the files of an output folder."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from leafletpress.disk import is_own, read_file
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem

MANIFEST = "manifest.json"
INDEX = "index.html"  # the page that finds leaflets
FEED = "feed.xml"  # of changes
MOST_OF_A_LIST = 200_000_000  # bytes of a manifest, a journal or a ledger: a hundred thousand documents take 80 million
OWN_FOLDER = ".leafletpress"  # in an output folder: what the program keeps for itself; nothing publishes it
ELSEWHERE = "name another folder with --output"


def write_flushed(path: Path, content: bytes, *, own: bool = False) -> None:
    """Write a file that is on the disk when this returns; its name is not, until `flush_folder`.

    With `own`, nobody else can write it, whatever the umask.
    """
    _write(path, content, own=own, flush=True)


def _write(path: Path, content: bytes, *, own: bool, flush: bool) -> None:
    def opened(name: str, flags: int) -> int:
        return os.open(name, flags, 0o644 if own else 0o666)

    with open(path, "wb", opener=opened) as file:
        file.write(content)
        if flush:
            file.flush()
            os.fsync(file.fileno())


def own_folder(path: Path) -> None:
    """Make a folder that nobody else can write, whatever the umask; one that is there stays as it is."""
    path.mkdir(mode=0o755, parents=True, exist_ok=True)


def put(path: Path, content: bytes, *, aside: Path | None = None, flush: bool = True, own: bool = False) -> bool:
    """Put a file in place, all of it or nothing, with the folders above it; whether its content changed.

    It is written `aside` first, on the same file system, by default beside its place: a reader sees the old file or the
    new one. With `flush` that holds after a power cut too; with `own`, nobody else can write the file. Raises OSError,
    and then leaves nothing aside.
    """
    if holds(path, content) and (is_own(path) or not own):
        return False
    (own_folder if own else _folder)(path.parent)
    # Named by process: two that write the same file at once must not write into each other's.
    aside = aside or path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        _write(aside, content, own=own, flush=flush)
        aside.replace(path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
    if flush:
        flush_folder(path.parent)
    return True


def _folder(path: Path) -> None:
    path.mkdir(parents=True, exist_ok=True)


def put_new(path: Path, content: bytes) -> None:
    """Put a file where there is none, as `put` does; raises FileExistsError where there is one."""
    path.open("xb").close()  # takes the name or fails: of two that want it at once, one gets it
    try:
        put(path, content)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def flush_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk; Windows has no way to ask for it, nor have some network folders."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
    finally:
        os.close(descriptor)


def unwritable(label: str, error: OSError, hint: str = ELSEWHERE) -> Problem:
    """The problem of a place that can't be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        hint = "make room and run the same command again: nothing is lost"
    return Problem(Origin(label), f"can't be written: {error.strerror}", hint)


@contextmanager
def writing(label: str, hint: str = ELSEWHERE) -> Iterator[None]:
    """Raise what the file system refuses as LeafletError (exit code 4)."""
    try:
        yield
    except OSError as error:
        raise LeafletError([unwritable(label, error, hint)], ExitCode.MISSING) from error


def size_of(path: str) -> int | None:
    """The bytes of a file, None where there is none."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - a quarter of a million of them; a Path takes twice as long
    except OSError:
        return None


def refuse_links(folder: Path, path: Path) -> None:
    """Raise OSError where a symbolic link leads from a folder to a path below it, for it may lead anywhere."""
    for place in path.parents:
        if place == folder:
            return
        if place.is_symlink():
            raise OSError(errno.ELOOP, f"{place.relative_to(folder)} is a symbolic link", str(place))


def holds(path: Path, content: bytes) -> bool:
    """Whether the file is these bytes already."""
    try:
        return path.stat().st_size == len(content) and read_file(path, len(content)) == content
    except OSError:
        return False


def documents_below(folder: Path) -> Iterator[str]:
    """The paths of all files below an output folder, but for the manifest and what the program keeps for itself."""
    for place, folders, files in os.walk(folder):
        folders.sort()
        here = Path(place).relative_to(folder)
        if place == str(folder):
            folders[:] = [name for name in folders if name != OWN_FOLDER]
            files = [name for name in files if name != MANIFEST]
        yield from ((here / name).as_posix() for name in sorted(files))
