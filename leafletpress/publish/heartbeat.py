"""Signs of life of who holds a lock, and for how long there was none: no kernel tells that of another machine."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

BEAT = 2.0  # seconds between two signs of life
SILENCE = 30.0  # seconds without one, after which a holder counts as gone
_LOOK = 2.5 * BEAT  # a clock that jumped makes any holder look silent: so long a look finds one that lives


class Heartbeat:
    """Touches a file again and again, from when it is begun until it is stopped."""

    def __init__(self) -> None:
        self._stopped = Event()
        self._thread: Thread | None = None

    def begin(self, path: Path) -> None:
        """Begin. The thread ends with the process at the latest."""

        def beat() -> None:
            while not self._stopped.wait(BEAT):
                with suppress(OSError):
                    os.utime(path)

        self._thread = Thread(target=beat, name="heartbeat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Stop: no touch comes after this."""
        self._stopped.set()
        if self._thread:
            self._thread.join()
            self._thread = None
        self._stopped.clear()


def look_on(seconds: float) -> None:
    """Wait for some seconds."""
    Event().wait(seconds)


def silence(path: Path, wait: Callable[[float], object]) -> float:
    """For how many seconds a file was not touched, by the clock of the file system that it is on.

    0 where that is shorter than `SILENCE`, or where it is touched while this looks on. Raises OSError.
    """
    before = path.stat().st_mtime_ns
    seconds = (_now(path) - before) / 1e9
    if seconds < SILENCE:
        return 0
    wait(_LOOK)
    return seconds if path.stat().st_mtime_ns == before else 0


def _now(path: Path) -> int:
    """The time of the file system in nanoseconds: clocks of two machines differ, that of the folder is one for both."""
    probe = path.with_name(f"{path.name}.{os.getpid()}.now")
    try:
        probe.touch()
        os.utime(probe)
        return probe.stat().st_mtime_ns
    finally:
        probe.unlink(missing_ok=True)
