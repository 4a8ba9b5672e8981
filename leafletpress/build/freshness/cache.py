"""Documents by their keys: what was written once, by whatever build, need not be written again."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from leafletpress.disk import MOST_OF_A_DOCUMENT, NotOwnError, read_file, read_own, refuse_foreign
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import own_folder, put

_SEAL = 32  # bytes of a digest, before those of the document
_TAG = "CACHEDIR.TAG"  # by which backups know a cache: https://bford.info/cachedir/
_SIGNATURE = b"Signature: 8a477f597d28d172789f06886806bc55\n"
_OURS = b"# Documents that leafletpress keeps; this folder may be deleted at any time.\n"
_TAGS = re.compile(rf"{_TAG}|\.{_TAG}\.[0-9]+\.new")  # the mark, or what another process makes it of
_PART = re.compile(r"[0-9a-f]{2}")  # a folder of the cache
# A document there, or what was left of one when its process was killed.
_ENTRY = re.compile(r"[0-9a-f]{30}\.leaflet|\.[0-9a-f]{30}\.leaflet\.[0-9]+\.new")


class Cache:
    """A folder of documents, of at most so many bytes; those that were not asked for longest leave first.

    Any number of builds may share it, and anybody may delete any of it at any time: what is not there, or is damaged,
    is written again. Where it can't be used, that is a problem of the cache, never of a build. What others than this
    user can write is not believed: they could put a wrong dose into it.

    The folder is marked as a cache of this program, and files of other names in it are never touched. Raises
    LeafletError (exit code 2) for a folder that holds something and has no such mark, or something beside the cache.
    """

    def __init__(self, folder: Path, label: str, most_bytes: int) -> None:
        self._folder, self._label, self._most = folder, label, most_bytes
        self._untrimmed = 0
        self._problems: list[Problem] = []
        _refuse_foreign(folder, label)

    def get(self, key: str) -> bytes | None:
        """The document of a key, if it is there and undamaged."""
        path = self._path(key)
        try:
            sealed = read_own(path, MOST_OF_A_DOCUMENT)
            refuse_foreign(self._folder.stat())
            os.utime(path)
        except NotOwnError:
            hint = f"chmod -R go-w {self._label}, or name a folder of your own with --cache"
            self._report("others can write this cache, so it is not believed: documents are made anew", hint)
            return None
        except OSError:
            return None
        content = sealed[_SEAL:]
        if sealed[:_SEAL] == _seal(key, content):
            return content
        self._report("a damaged document in the cache is made again")
        with suppress(OSError):
            path.unlink()
        return None

    def put(self, key: str, content: bytes) -> None:
        """Keep a document."""
        try:
            if not (self._folder / _TAG).exists():
                own_folder(self._folder)
                put(self._folder / _TAG, _SIGNATURE + _OURS, flush=False, own=True)
            # Not flushed to disk: what a power cut tears does not match its seal, and is made again.
            put(self._path(key), _seal(key, content) + content, flush=False, own=True)
        except OSError as error:
            self._report(f"the cache can't be written: {error.strerror}")
            return
        self._untrimmed += len(content)
        if self._untrimmed > self._most // 10:
            self.trim()

    def drop(self, keys: Iterable[str]) -> None:
        """Forget some documents."""
        for key in keys:
            with suppress(OSError):
                self._path(key).unlink()

    def trim(self) -> None:
        """Keep to the most bytes, if anything was put in."""
        if not self._untrimmed:
            return
        self._untrimmed = 0
        kept = sorted(_files(self._folder), reverse=True)
        room = self._most
        for _, size, path in kept:
            room -= size
            if room < 0:
                with suppress(OSError):
                    Path(path).unlink()

    def take_problems(self) -> tuple[Problem, ...]:
        """The problems since this was last called."""
        reported, self._problems = tuple(self._problems), []
        return reported

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.leaflet"

    def _report(self, text: str, hint: str = "") -> None:
        problem = Problem(Origin(self._label), text, hint, "warning")
        if problem not in self._problems:
            self._problems.append(problem)


def _seal(key: str, content: bytes) -> bytes:
    """The digest kept before a document's bytes; it covers the key, so that no file is taken for another."""
    return hashlib.sha256(key.encode() + content).digest()


def _refuse_foreign(folder: Path, label: str) -> None:
    try:
        entries = list(os.scandir(folder))
    except OSError:  # it is not there, or putting something into it will fail
        return
    parts = [entry for entry in entries if _is_part(entry)]
    strange = sorted(entry.name for entry in entries if entry not in parts and not _TAGS.fullmatch(entry.name))
    if strange or (entries and not _is_marked(folder) and (parts or (folder / _TAG).exists())):
        text = f'it holds "{strange[0]}"' if strange else f"it has no {_TAG} of this program"
        hint = "name a new folder with --cache; one that an earlier version filled can be deleted"
        raise LeafletError([Problem(Origin(label), f"is no cache: {text}", hint)], ExitCode.USAGE)


def _is_marked(folder: Path) -> bool:
    try:
        return read_file(folder / _TAG, 1000).startswith(_SIGNATURE + _OURS)
    except OSError:
        return False


def _is_part(entry: "os.DirEntry[str]") -> bool:
    return _PART.fullmatch(entry.name) is not None and entry.is_dir(follow_symlinks=False)


def _files(folder: Path) -> Iterator[tuple[int, int, str]]:
    """When each document was last asked for, its size and place."""
    with suppress(OSError):  # it was deleted meanwhile
        for part in filter(_is_part, os.scandir(folder)):
            with suppress(OSError):
                for entry in os.scandir(part):
                    if _ENTRY.fullmatch(entry.name) and entry.is_file(follow_symlinks=False):
                        known = entry.stat()
                        yield known.st_mtime_ns, known.st_size, entry.path
