"""The files of an output folder: what is there, and how each is written whole, its name flushed to disk as well."""

import errno
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from leafletpress.model.problems import Origin, Problem

MANIFEST = "manifest.json"
OWN_FOLDER = ".leafletpress"  # in an output folder: what the program keeps for itself; nothing publishes it


def write_flushed(path: Path, content: bytes) -> None:
    """Write a file that is on the disk when this returns; its name is not, until `flush_folder`."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def write_whole(path: Path, content: bytes, aside: Path) -> None:
    """Write a file so that a reader sees the old one or the new one, even after a power cut.

    It is written as `aside`, on the same file system, and then renamed.
    """
    write_flushed(aside, content)
    aside.replace(path)
    flush_folder(path.parent)


def put(path: Path, content: bytes) -> bool:
    """Put a file in place, all of it or nothing, with the folders above it; whether its content changed."""
    if holds(path, content):
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content, path.with_name(f".{path.name}.new"))
    return True


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


def unwritable(shown: str, error: OSError) -> Problem:
    """What to say of a place that the file system refuses."""
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    hint = "make room and build again: nothing is lost" if full else "name another folder with --output"
    return Problem(Origin(shown), f"can't be written: {error.strerror}", hint)


def size_of(path: str) -> int | None:
    """The bytes of a file, None where there is none."""
    try:
        return os.stat(path).st_size  # noqa: PTH116 - a quarter of a million of them; a Path takes twice as long
    except OSError:
        return None


def holds(path: Path, content: bytes) -> bool:
    """Whether the file is these bytes already."""
    try:
        return path.stat().st_size == len(content) and path.read_bytes() == content
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
