"""What is without measure is given up in time, whatever it does with exceptions; memory has an end too."""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from leafletpress.limits import TimeLimitError, within

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the alarm and the limit are those of POSIX")


def work(seconds: float) -> None:
    """Take so much of the processor."""
    started = time.process_time()
    while time.process_time() - started < seconds:
        pass


def test_what_takes_too_long_is_given_up() -> None:
    started = time.process_time()
    with pytest.raises(TimeLimitError), within(0.05):
        work(10)
    assert time.process_time() - started < 5


def test_who_waits_for_a_busy_machine_loses_no_time() -> None:
    with within(0.1):
        time.sleep(0.5)
        done = True
    assert done


def test_what_is_done_in_time_is_left_alone() -> None:
    with within(0.05):
        done = True
    work(0.2)
    assert done


def test_who_catches_the_alarm_hears_it_again() -> None:
    def go_on() -> None:
        with suppress(TimeLimitError):
            work(10)
        work(10)

    with pytest.raises(TimeLimitError), within(0.05):
        go_on()


def test_who_catches_the_alarm_and_ends_is_out_of_time_all_the_same() -> None:
    with pytest.raises(TimeLimitError), within(0.05), suppress(BaseException):
        work(10)


def test_no_except_exception_keeps_the_alarm() -> None:
    assert not issubclass(TimeLimitError, Exception)


def test_a_failure_in_time_is_told_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), within(5):
        raise ZeroDivisionError


def test_elsewhere_than_in_the_main_thread_there_is_no_limit() -> None:
    ended: list[bool] = []

    def go() -> None:
        with within(0.01):
            work(0.1)
        ended.append(True)

    thread = threading.Thread(target=go)
    thread.start()
    thread.join()
    assert ended == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="others know the limit and do not keep it")
def test_a_process_gets_no_more_memory_than_its_limit() -> None:
    program = (
        "from leafletpress.limits import limit_memory\n"
        "limit_memory(500_000_000)\n"
        "try:\n    bytes(1_000_000_000)\nexcept MemoryError:\n    print('no more')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "no more\n"
