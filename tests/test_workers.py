"""Workers are given few jobs at once, give back in order, are replaced when they have grown, and leave in the end."""

import gc
import os
import re
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import replace
from itertools import groupby
from multiprocessing import active_children, get_context
from pathlib import Path

import pytest
from projects import CONDITION, ROOT, read, template_of

from leafletpress.build.library import Project, Wanted
from leafletpress.build.workers import Job, Pool, pool, results
from leafletpress.build.workers.jobs import Answer, begin, serve
from leafletpress.model.document import Document
from leafletpress.model.handout import Run, Text
from leafletpress.model.problems import LeafletError
from leafletpress.write import WRITERS

PATIENCE = 60  # seconds; it takes a moment


def jobs(project: Project, count: int) -> Iterator[Job]:
    """So many pages, in four languages by turns, each with its number on it."""
    handouts = [made.handout for made in read(project).compositions(Wanted())]
    for number in range(count):
        handout = handouts[number % len(handouts)]
        handout = replace(handout, head=replace(handout.head, details=Text((Run(f"CODE{number}"),))))
        document = Document(CONDITION, handout.locale, handout.audience, "a4", "html")
        yield Job(document, handout, template_of(project, handout.audience))


class Lanes:
    """Threads in the place of processes, each with a list of what it was given; they write no more than the number."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, memory: int = 0) -> None:
        self.given: list[list[Job]] = []
        self._memory = memory
        monkeypatch.setattr(pool, "_process", self._start)
        monkeypatch.setattr(pool, "serve", self._serve)

    def _start(self) -> Executor:
        self.given.append([])
        return ThreadPoolExecutor(1, initializer=self._begin, initargs=(self.given[-1],))

    def _begin(self, given: list[Job]) -> None:
        self._here.given = given

    def _serve(self, job: Job) -> Answer:
        self._here.given.append(job)
        return Answer(str(job.handout.head.details).encode(), memory=self._memory)

    _here = threading.local()


def numbers(given: Iterable[bytes | LeafletError]) -> list[int]:
    """The numbers on the pages."""
    found = []
    for page in given:
        assert isinstance(page, bytes)
        code = re.search(rb"CODE([0-9]+)", page)
        assert code
        found.append(int(code[1]))
    return found


@pytest.mark.parametrize("workers", [2, 3])
def test_results_come_in_the_order_of_their_jobs(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch, workers: int
) -> None:
    Lanes(monkeypatch)
    assert numbers(results(jobs(shared_project, 200), workers, None)) == list(range(200))


def test_no_more_jobs_are_taken_than_can_be_looked_over(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lanes(monkeypatch)
    taken = 0

    def counted() -> Iterator[Job]:
        nonlocal taken
        for job in jobs(shared_project, 400):
            taken += 1
            yield job

    with Pool(2) as shared:
        for done, _ in enumerate(shared.results(counted()), start=1):
            assert taken - done < 128
    assert taken == 400


def test_a_worker_stays_with_its_script_as_long_as_there_is_any(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    lanes = Lanes(monkeypatch)
    with Pool(2) as shared:
        assert len(list(shared.results(jobs(shared_project, 96)))) == 96
    assert sum(map(len, lanes.given)) == 96
    for given in lanes.given:
        scripts = [script for script, _ in groupby(job.script for job in given)]
        assert len(scripts) == len(set(scripts))


def test_a_worker_that_has_grown_is_replaced(shared_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    lanes = Lanes(monkeypatch, memory=pool.MOST_RESIDENT + 1)
    with Pool(2) as shared:
        assert numbers(shared.results(jobs(shared_project, 20))) == list(range(20))
    assert len(lanes.given) >= 10
    assert max(map(len, lanes.given)) <= 2


def test_a_build_that_was_broken_off_leaves_nothing_to_the_next(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    Lanes(monkeypatch)
    with Pool(2) as shared:
        begun = shared.results(jobs(shared_project, 50))
        next(begun)
        del begun
        assert numbers(shared.results(jobs(shared_project, 20))) == list(range(20))


def test_a_worker_that_died_while_it_waited_is_started_anew(shared_project: Project) -> None:
    with Pool(1) as shared:
        assert numbers(shared.results(jobs(shared_project, 2))) == [0, 1]
        (process,) = active_children()
        process.kill()
        process.join()
        assert numbers(shared.results(jobs(shared_project, 2))) == [0, 1]


@pytest.mark.skipif(sys.platform == "win32", reason="stops a process")
def test_a_worker_that_is_stopped_is_ended_after_its_time_and_its_jobs_are_done_by_others(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Pool(2) as shared:
        assert numbers(shared.results(jobs(shared_project, 4))) == list(range(4))
        monkeypatch.setattr(pool, "SILENT", 3)
        stopped = min(active_children(), key=lambda process: process.pid or 0)
        assert stopped.pid
        os.kill(stopped.pid, signal.SIGSTOP)
        assert numbers(shared.results(jobs(shared_project, 8))) == list(range(8))
        stopped.join(PATIENCE)
        assert stopped.exitcode == -signal.SIGKILL


@pytest.mark.skipif(sys.platform == "win32", reason="stops a process")
def test_a_job_whose_worker_is_silent_twice_is_given_up(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "serve", _stop)
    monkeypatch.setattr(pool, "SILENT", 3)
    (result,) = results(jobs(shared_project, 1), None, None)
    assert isinstance(result, LeafletError)
    assert "takes longer than 3 s by the clock" in str(result)


def _greedy(*_handout_and_template: object) -> bytes:
    return b"".join(bytes(10**9) for _ in range(4))


def _serve_greedily(job: Job) -> Answer:
    WRITERS["html"] = _greedy
    return serve(job)


def _stop(_job: Job) -> Answer:
    os.kill(os.getpid(), signal.SIGSTOP)
    return Answer(b"")


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory")
@pytest.mark.parametrize("workers", [None, 1])
def test_a_job_alone_has_limits_too(
    shared_project: Project, monkeypatch: pytest.MonkeyPatch, workers: int | None
) -> None:
    monkeypatch.setitem(WRITERS, "html", _greedy)
    monkeypatch.setattr(pool, "serve", _serve_greedily)
    before = resource.getrlimit(resource.RLIMIT_AS)
    (result,) = results(jobs(shared_project, 1), workers, None)
    assert isinstance(result, LeafletError)
    assert "needs more memory" in str(result)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_a_worker_tells_its_memory_and_keeps_what_it_has_loaded_from_the_garbage_collector(
    shared_project: Project,
) -> None:
    (job,) = jobs(shared_project, 1)
    with ProcessPoolExecutor(1, get_context("spawn"), begin) as own:
        assert 10_000_000 < own.submit(serve, job).result().memory < pool.MOST_RESIDENT
        assert own.submit(gc.get_freeze_count).result() > 10_000


ASK = """
import os, sys, time
from multiprocessing import active_children
from pathlib import Path
from leafletpress.build.workers import Pool
from projects import make_project
from test_workers import jobs

if __name__ == "__main__":
    with Pool(2) as pool:
        list(pool.results(jobs(make_project(Path(sys.argv[1])), 8)))
        print(*(process.pid for process in active_children()), flush=True)
        time.sleep(600)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_leave_when_the_build_is_killed(tmp_path: Path) -> None:
    program = tmp_path / "ask.py"
    program.write_text(ASK, encoding="utf-8")
    path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
    with subprocess.Popen(
        [sys.executable, str(program), str(tmp_path / "project")],
        env={**os.environ, "PYTHONPATH": path}, stdout=subprocess.PIPE, encoding="utf-8",
    ) as asking:  # fmt: skip
        assert asking.stdout
        workers = [Path("/proc") / pid for pid in asking.stdout.readline().split()]
        assert len(workers) == 2
        assert all(map(runs, workers))
        asking.kill()
    until = time.monotonic() + PATIENCE
    while any(map(runs, workers)):
        assert time.monotonic() < until
        time.sleep(0.05)


def runs(process: Path) -> bool:
    """Whether there is such a process; one that nobody has buried yet does not run."""
    try:
        return (process / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False
