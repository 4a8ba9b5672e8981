"""Keeps a second build out of an output folder, and tells who is at work in it."""

import errno
import json
import os
import platform
import stat
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from leafletpress.disk import parse_json, read_file, typed
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import OWN_FOLDER, own_folder, unwritable
from leafletpress.publish.heartbeat import SILENCE, Heartbeat, look_on, silence

if sys.platform != "win32":
    import fcntl

_NAME = f"{OWN_FOLDER}/lock"
_NEW = "it has just begun"
_UNKNOWN = "nobody knows when"
_MOST_BYTES = 10_000
# Neither follow a symbolic link nor wait for the other end of a pipe; Windows has no such names for either.
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a lock; `since` is a time for people to read; nothing is computed from it, because clocks jump."""

    pid: int
    host: str
    since: str

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}, since {self.since}"


class Lock:
    """The lock of an output folder, taken once and held until it is released or its process is gone.

    The lock itself is the kernel's (flock), which a dead process loses; the text in its file says who holds it. The
    file is there only while the lock is held, or where its holder was killed. On Windows nobody is kept out. What the
    kernel of another machine or container locks may not be seen here: its holder touches the file as a sign of life.

    `wait` waits for some seconds.
    """

    def __init__(
        self,
        folder: Path,
        label: str,
        since: datetime | None = None,
        wait: Callable[[float], object] = look_on,
    ) -> None:
        self._path = folder / _NAME
        self._label, self._wait = label, wait
        self._own = Holder(os.getpid(), platform.node(), since.isoformat(" ", "seconds") if since else _UNKNOWN)
        self._descriptor: int | None = None
        self._heartbeat = Heartbeat()

    def __enter__(self) -> "Lock":
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()

    def take(self) -> tuple[Problem, ...]:
        """Take the lock, where it is not held already; a warning when its last holder did not come to its end.

        Raises LeafletError (exit code 4): another build holds it, or one on another machine that gave a sign of life
        within the last `SILENCE` seconds; or the folder can't be written.
        """
        if self._descriptor is not None:
            return ()
        silent = 0.0
        try:
            self._descriptor = _open(self._path)
            earlier = _read(self._path)
            if earlier and earlier.host != self._own.host and not (silent := silence(self._path, self._wait)):
                text = f"a build on another machine holds this folder: {earlier}"
                raise self._refused(text, f"wait for it; if it is gone, this folder is free after {SILENCE:g} seconds")
            os.ftruncate(self._descriptor, 0)
            os.write(self._descriptor, json.dumps(asdict(self._own)).encode())
            self._heartbeat.begin(self._path)
        except BlockingIOError as error:
            text = f"another build holds this folder: {_read(self._path) or _NEW}"
            raise self._refused(text, "wait for it, stop it, or name another folder with --output") from error
        except OSError as error:
            self._let_go()
            raise LeafletError([unwritable(self._label, error)], ExitCode.MISSING) from error
        except LeafletError:
            self._let_go()
            raise
        if not earlier:
            return ()
        sign = f", without a sign of life for {silent:.0f} seconds" if silent else ""
        text = f"an earlier build did not come to its end ({earlier}{sign}); its lock is taken over"
        return (Problem(Origin(self._label), text, severity="warning"),)

    def confirm(self) -> None:
        """Raise LeafletError (exit code 4) where a build on another machine took this lock over.

        It may: where this machine slept, or lost its way to the folder, there was no sign of life.
        """
        other = _read(self._path) if self._descriptor is not None else None
        if other not in (None, self._own):
            text = f"this build gave no sign of life, and another took its folder over: {other}"
            raise self._refused(text, "build again when that one is done")

    def release(self) -> None:
        """Let others in."""
        if self._descriptor is not None:
            self._heartbeat.stop()
            with suppress(OSError):  # a file that could not be removed locks nothing
                if _read(self._path) in (None, self._own):
                    os.ftruncate(self._descriptor, 0)
                    self._path.unlink()
                    self._path.parent.rmdir()
            self._let_go()

    def _let_go(self) -> None:
        self._heartbeat.stop()
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _refused(self, text: str, hint: str) -> LeafletError:
        return LeafletError([Problem(Origin(self._label), text, hint)], ExitCode.MISSING)


def holder(folder: Path) -> str | None:
    """Who is at work in an output folder, None when nobody is. Nothing is written, nobody is kept out."""
    path = folder / _NAME
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_LINK)
    except OSError:
        return None
    try:
        _flock(descriptor, exclusive=False)
    except BlockingIOError:
        return str(_read(path) or _NEW)
    finally:
        os.close(descriptor)
    return None


def _open(path: Path) -> int:
    """The open and locked file. Raises BlockingIOError when somebody holds it."""
    while True:
        own_folder(path.parent)
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _NO_LINK, 0o644)
        except FileNotFoundError:
            continue
        try:
            _refuse_other(descriptor)
            _flock(descriptor, exclusive=True)
            # Between the opening and the locking, its last holder may have removed the file.
            with suppress(FileNotFoundError):
                if path.stat().st_ino == os.fstat(descriptor).st_ino:
                    return descriptor
        except BaseException:
            os.close(descriptor)
            raise
        os.close(descriptor)


def _refuse_other(descriptor: int) -> None:
    """Raise OSError for a file that is no lock alone: it is emptied, and by another name it may be somebody's."""
    known = os.fstat(descriptor)
    if not stat.S_ISREG(known.st_mode) or known.st_nlink > 1:
        raise OSError(errno.EINVAL, f"{_NAME} is not a file of its own")


def _flock(descriptor: int, *, exclusive: bool) -> None:
    if sys.platform != "win32":
        fcntl.flock(descriptor, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | fcntl.LOCK_NB)


def _read(path: Path) -> Holder | None:
    """Who wrote the lock's text; None where there is none, or it was cut off."""
    try:
        content = parse_json(read_file(path, _MOST_BYTES))
        return typed(Holder, (content["pid"], content["host"], content["since"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
