"""Limits on time and memory: what is without measure is given up, so that it costs seconds and not the machine."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_AGAIN = 1.0  # seconds after which it rings again, for those who caught everything and went on


class TimeLimitError(BaseException):
    """The time is over; no `Exception`, so that what libraries do with those can't stop it."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TimeLimitError when the block takes more of the processor; one block at a time, not one inside another.

    What counts is the time at work, not that on the clock: on a busy machine a good document takes its time.
    The alarm is that of POSIX and rings in the main thread alone; elsewhere there is no limit.
    """
    if sys.platform == "win32" or threading.current_thread() is not threading.main_thread():
        yield
        return
    over = False

    def ring(*_signal: object) -> None:
        nonlocal over
        if inside:  # once out of the block it must not ring, not even while it is switched off
            over = True
            raise TimeLimitError

    inside = True
    earlier = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
    try:
        try:
            yield
        finally:
            inside = False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, earlier)
    if over:  # somebody kept the exception to himself
        raise TimeLimitError


def limit_memory(most: int) -> None:
    """Let this process have no more than so many bytes of address space, where the platform can see to that."""
    if sys.platform != "win32":
        import resource

        with suppress(ValueError, OSError):  # a lower limit is there already, or it can't be set
            resource.setrlimit(resource.RLIMIT_AS, (most, resource.getrlimit(resource.RLIMIT_AS)[1]))
