"""One build at a time works in an output folder; the second is told who is there."""

import json
import os
import platform
import signal
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from projects import ROOT

from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.heartbeat import BEAT
from leafletpress.publish.lock import Lock, holder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the lock is that of a POSIX machine")

NOW = datetime(2026, 2, 28, 12, 30, tzinfo=UTC)
HOLD = """
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path
from leafletpress.publish.heartbeat import BEAT
from leafletpress.publish.lock import Lock
Lock(Path(sys.argv[1]), "out", datetime(2026, 2, 28, 12, 30, tzinfo=UTC)).take()
print("held", flush=True)
sys.stdin.read()
"""


def hold(folder: Path) -> "subprocess.Popen[str]":
    """Another process that holds the lock."""
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8",
    )  # fmt: skip
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    return other


def end(other: "subprocess.Popen[str]") -> None:
    other.send_signal(signal.SIGKILL)
    other.communicate()


def text(folder: Path) -> Path:
    return folder / ".leafletpress" / "lock"


def test_the_second_is_told_who_holds_the_lock_and_since_when(tmp_path: Path) -> None:
    other = hold(tmp_path)
    with pytest.raises(LeafletError) as caught:
        Lock(tmp_path, "out", NOW).take()
    assert caught.value.exit_code == ExitCode.MISSING
    who = f"process {other.pid} on {platform.node()}, since 2026-02-28 12:30:00+00:00"
    assert str(caught.value) == (
        f"out: another build holds this folder: {who} (wait for it, stop it, or name another folder with --output)"
    )
    assert holder(tmp_path) == who
    end(other)


def test_a_killed_holder_frees_the_lock_and_that_is_said_once(tmp_path: Path) -> None:
    other = hold(tmp_path)
    end(other)
    assert holder(tmp_path) is None
    with Lock(tmp_path, "out", NOW) as lock:
        (said,) = lock.take()
        assert said.severity == "warning"
        assert f"did not come to its end (process {other.pid} on {platform.node()}, since 2026" in said.text
        assert said.text.endswith("its lock is taken over")
        assert lock.take() == ()
    with Lock(tmp_path, "out", NOW) as lock:
        assert lock.take() == ()


def test_a_lock_that_is_released_leaves_nothing_behind(tmp_path: Path) -> None:
    with Lock(tmp_path / "out", "out", NOW) as lock:
        lock.take()
        assert json.loads(text(tmp_path / "out").read_text()) == {
            "pid": os.getpid(), "host": platform.node(), "since": "2026-02-28 12:30:00+00:00"
        }  # fmt: skip
        assert holder(tmp_path / "out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_lock_that_was_never_taken_touches_nothing(tmp_path: Path) -> None:
    with Lock(tmp_path / "out", "out", NOW):
        pass
    assert not (tmp_path / "out").exists()
    assert holder(tmp_path / "out") is None


def elsewhere(folder: Path, seconds: float) -> None:
    """A lock of another machine whose holder gave its last sign of life some seconds ago."""
    text(folder).parent.mkdir(exist_ok=True)
    text(folder).write_text(json.dumps({"pid": 7, "host": "elsewhere", "since": "noon"}))
    last = text(folder).stat().st_mtime_ns - int(seconds * 1e9)
    os.utime(text(folder), ns=(last, last))


def no_wait(_seconds: float) -> None:
    """Look on, without waiting."""


@pytest.mark.parametrize("seconds", [0, 29, -3600])
def test_the_lock_of_another_machine_is_told_and_not_taken_while_its_holder_gives_signs_of_life(
    tmp_path: Path, seconds: float
) -> None:
    elsewhere(tmp_path, seconds)
    with pytest.raises(LeafletError) as caught:
        Lock(tmp_path, "out", NOW, no_wait).take()
    assert caught.value.exit_code == ExitCode.MISSING
    assert str(caught.value) == (
        "out: a build on another machine holds this folder: process 7 on elsewhere, since noon "
        "(wait for it; if it is gone, this folder is free after 30 seconds)"
    )
    assert json.loads(text(tmp_path).read_text())["host"] == "elsewhere"
    assert [path.name for path in text(tmp_path).parent.iterdir()] == ["lock"]


@pytest.mark.parametrize("seconds", [30, 86_400])
def test_the_lock_of_another_machine_is_taken_over_after_a_silence_and_that_is_said(
    tmp_path: Path, seconds: float
) -> None:
    elsewhere(tmp_path, seconds)
    with Lock(tmp_path, "out", NOW, no_wait) as lock:
        (said,) = lock.take()
        assert str(said) == (
            "out: warning: an earlier build did not come to its end (process 7 on elsewhere, since noon, without a "
            f"sign of life for {seconds} seconds); its lock is taken over"
        )
        assert str(os.getpid()) in str(holder(tmp_path))
    with Lock(tmp_path, "out", NOW, no_wait) as lock:
        assert lock.take() == ()


def test_a_holder_who_lives_is_seen_though_a_clock_jumped(tmp_path: Path) -> None:
    elsewhere(tmp_path, 3600)
    waited: list[float] = []

    def look_on(seconds: float) -> None:
        waited.append(seconds)
        os.utime(text(tmp_path))  # the next sign of life

    with pytest.raises(LeafletError, match="on another machine holds this folder"):
        Lock(tmp_path, "out", NOW, look_on).take()
    assert min(waited) > BEAT


def test_whoever_holds_a_lock_gives_signs_of_life_until_it_is_released(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leafletpress.publish.heartbeat.BEAT", 0.001)
    with Lock(tmp_path, "out", NOW) as lock:
        lock.take()
        for _ in range(2):
            os.utime(text(tmp_path), (0, 0))
            while not text(tmp_path).stat().st_mtime:
                pass
        lock.release()
        text(tmp_path).parent.mkdir()
        text(tmp_path).write_text("")
        os.utime(text(tmp_path), (0, 0))
        assert "heartbeat" not in {thread.name for thread in threading.enumerate()}
    assert text(tmp_path).stat().st_mtime == 0


def test_a_build_whose_lock_was_taken_over_learns_it_and_leaves_it_to_the_other(tmp_path: Path) -> None:
    with Lock(tmp_path, "out", NOW) as lock:
        lock.confirm()
        lock.take()
        lock.confirm()
        elsewhere(tmp_path, 0)
        with pytest.raises(LeafletError, match="another took its folder over: process 7 on elsewhere") as caught:
            lock.confirm()
        assert caught.value.exit_code == ExitCode.MISSING
    assert json.loads(text(tmp_path).read_text())["host"] == "elsewhere"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"pid": 7}', '{"pid": "x", "host": "h", "since": "s"}', "\x00"])
def test_a_lock_file_without_sense_is_no_lock(tmp_path: Path, content: str) -> None:
    text(tmp_path).parent.mkdir()
    text(tmp_path).write_text(content)
    with Lock(tmp_path, "out", NOW) as lock:
        assert lock.take() == ()


def test_a_clock_that_jumps_does_not_matter(tmp_path: Path) -> None:
    for jump in (timedelta(days=-9000), timedelta(days=9000)):
        with Lock(tmp_path, "out", NOW) as lock:
            lock.take()
            with pytest.raises(LeafletError, match="another build holds"):
                Lock(tmp_path, "out", NOW + jump).take()
        end(hold(tmp_path))
        with Lock(tmp_path, "out", NOW + jump) as lock:
            assert len(lock.take()) == 1


def test_a_build_that_is_let_in_the_moment_the_file_is_removed_holds_the_new_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Lock(tmp_path, "out", NOW)
    first.take()
    real = os.open

    def late(path: Path, flags: int, *mode: int) -> int:
        descriptor = real(path, flags, *mode)
        monkeypatch.setattr(os, "open", real)
        first.release()  # between the opening of the file and its locking
        return descriptor

    monkeypatch.setattr(os, "open", late)
    with Lock(tmp_path, "out", NOW) as second:
        second.take()
        with pytest.raises(LeafletError, match="another build holds"):
            Lock(tmp_path, "out", NOW).take()


def test_a_file_where_the_folder_should_be_is_told(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    with pytest.raises(LeafletError, match=r"^out: can't be written") as caught:
        Lock(tmp_path / "out", "out", NOW).take()
    assert caught.value.exit_code == ExitCode.MISSING
