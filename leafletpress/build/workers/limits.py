"""Limits on time and memory: work that exceeds them is given up, so that it costs seconds and not the machine."""

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

WAITING = 5  # times as long by the clock, for a machine on which others are at work too
_AGAIN = 1.0  # seconds after which it rings again, for those who caught everything and went on


class TimeLimitError(BaseException):
    """The time is over; no `Exception`, so that what libraries do with those can't stop it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeLimitError when the block takes longer on the processor; one block at a time, not one inside another.

    By the clock it may take five times as long, so that a busy machine gives up nothing that an idle one would do.
    In the main thread the alarm is that of POSIX. Elsewhere a second thread raises the error in the first one, which
    meets it at its next step of Python: not while it waits.
    """
    in_main = threading.current_thread() is threading.main_thread()
    alarm = _by_signal if in_main and sys.platform != "win32" else _by_thread
    over, inside, begun, worked = False, True, time.monotonic(), time.process_time()

    def rings() -> bool:
        nonlocal over
        out = time.process_time() - worked >= seconds or time.monotonic() - begun >= WAITING * seconds
        over = over or (inside and out)  # once out of the block it must not ring, not even while it is switched off
        return inside and out

    with alarm(seconds, rings):
        try:
            yield
        finally:
            inside = False
    if over:  # somebody kept the exception to himself
        raise TimeLimitError


@contextmanager
def _by_signal(seconds: float, rings: Callable[[], bool]) -> Iterator[None]:
    def ring(*_signal: object) -> None:
        if rings():
            raise TimeLimitError

    earlier = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, earlier)


@contextmanager
def _by_thread(seconds: float, rings: Callable[[], bool]) -> Iterator[None]:
    ended, one = threading.Event(), ctypes.c_ulong(threading.get_ident())
    raise_in = ctypes.pythonapi.PyThreadState_SetAsyncExc

    def watch() -> None:
        pause = seconds
        while not ended.wait(pause):
            pause = _AGAIN
            if rings():
                raise_in(one, ctypes.py_object(TimeLimitError))

    second = threading.Thread(target=watch, daemon=True)
    second.start()
    try:
        yield
    finally:
        ended.set()
        second.join()
        raise_in(one, None)  # one that is on its way must not arrive later


@contextmanager
def memory_within(most: int) -> Iterator[None]:
    """Let the block take no more than so many bytes of address space beside what there is, where that is supported."""
    if sys.platform == "win32":
        yield
        return
    import resource

    earlier = resource.getrlimit(resource.RLIMIT_AS)
    limit_memory(_pages(0) + most)
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, earlier)


def limit_memory(most: int) -> None:
    """Let this process have no more than so many bytes of address space, where the platform supports that."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # a lower limit is there already, or it can't be set
            resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))


def resident() -> int:
    """The bytes of memory that this process holds now; 0 where the platform does not report it."""
    return _pages(1)


def _pages(column: int) -> int:
    """The bytes of a column of /proc/self/statm, which counts pages: 0 what is mapped, 1 what is resident."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[column]
    except OSError:
        return 0
    return int(pages) * os.sysconf("SC_PAGE_SIZE")
