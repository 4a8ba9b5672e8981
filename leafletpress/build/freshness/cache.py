"""Documents by their keys: what was written once, by whatever build, need not be written again."""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from leafletpress.model.problems import Origin, Problem
from leafletpress.publish.files import put

_SEAL = 32  # bytes of a digest, before those of the document


class Cache:
    """A folder of documents, of at most so many bytes; those that were not asked for longest leave first.

    Any number of builds may share it, and anybody may delete any of it at any time: what is not there, or is damaged,
    is written again. Where it can't be used, that is a problem of the cache, never of a build.
    """

    def __init__(self, folder: Path, label: str, most_bytes: int) -> None:
        self._folder, self._label, self._most = folder, label, most_bytes
        self._untrimmed = 0
        self._problems: list[Problem] = []

    def get(self, key: str) -> bytes | None:
        """The document of a key, if it is there and undamaged."""
        path = self._path(key)
        try:
            sealed = path.read_bytes()
            os.utime(path)
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
            # Not flushed to disk: what a power cut tears does not match its seal, and is made again.
            put(self._path(key), _seal(key, content) + content, flush=False)
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
        return self._folder / key[:2] / key[2:]

    def _report(self, text: str) -> None:
        problem = Problem(Origin(self._label), text, severity="warning")
        if problem not in self._problems:
            self._problems.append(problem)


def _seal(key: str, content: bytes) -> bytes:
    """The digest kept before a document's bytes; it covers the key, so that no file is taken for another."""
    return hashlib.sha256(key.encode() + content).digest()


def _files(folder: Path) -> Iterable[tuple[int, int, str]]:
    """When each file was last asked for, its size and place."""
    for place, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118 - a hundred thousand files: no object for each
            with suppress(OSError):
                known = os.stat(path)  # noqa: PTH116 - the same
                yield known.st_mtime_ns, known.st_size, path
