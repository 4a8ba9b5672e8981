"""What is without measure is given up in time, whatever it does with exceptions; memory has an end too."""

import os
import subprocess
import sys
import threading
import time
from contextlib import suppress

import pytest

from leafletpress.build.workers.limits import TimeLimitError, within

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the alarm and the limit are those of POSIX")


def test_what_takes_too_long_is_given_up() -> None:
    started = time.monotonic()
    with pytest.raises(TimeLimitError), within(0.05):
        time.sleep(10)
    assert time.monotonic() - started < 5


def test_what_is_done_in_time_is_left_alone() -> None:
    with within(0.05):
        done = True
    time.sleep(0.1)
    assert done


def test_who_has_to_wait_for_the_processor_is_given_longer() -> None:
    with within(0.4):
        time.sleep(0.6)
        done = True
    assert done


def test_who_catches_the_alarm_hears_it_again() -> None:
    def work() -> None:
        with suppress(TimeLimitError):
            time.sleep(10)
        time.sleep(10)

    with pytest.raises(TimeLimitError), within(0.05):
        work()


def test_who_catches_the_alarm_and_ends_is_out_of_time_all_the_same() -> None:
    with pytest.raises(TimeLimitError), within(0.05), suppress(BaseException):
        time.sleep(10)


def test_no_except_exception_keeps_the_alarm() -> None:
    assert not issubclass(TimeLimitError, Exception)


def test_a_failure_in_time_is_told_as_it_is() -> None:
    with pytest.raises(ZeroDivisionError), within(5):
        raise ZeroDivisionError


@pytest.mark.parametrize("caught", [False, True])
def test_the_limit_holds_in_other_threads_than_the_main_one(caught: bool) -> None:
    ended: list[str] = []

    def work() -> None:
        until = time.monotonic() + 10
        try:
            with within(0.05), suppress(BaseException if caught else KeyError):
                while time.monotonic() < until:
                    pass
        except TimeLimitError:
            ended.append("over")
        for _ in range(1000):  # an alarm that came late would be heard here
            pass
        ended.append("went on")

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == ["over", "went on"]


def test_what_is_done_in_time_in_another_thread_is_left_alone() -> None:
    ended: list[bool] = []

    def work() -> None:
        with within(0.05):
            pass
        time.sleep(0.1)
        ended.append(True)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert ended == [True]


@pytest.mark.skipif(sys.platform != "linux", reason="others know the limit and do not keep it")
def test_a_process_gets_no_more_memory_than_its_limit() -> None:
    program = (
        "from leafletpress.build.workers.limits import limit_memory\n"
        "limit_memory(500_000_000)\n"
        "try:\n    bytes(1_000_000_000)\nexcept MemoryError:\n    print('no more')\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout == "no more\n"
