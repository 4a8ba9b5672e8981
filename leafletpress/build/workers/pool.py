"""A pool of workers: jobs grouped by script, results in order, and what one worker does costs its own document."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import nullcontext
from dataclasses import dataclass, field
from multiprocessing import active_children, get_context
from multiprocessing.process import BaseProcess
from typing import Self

from leafletpress.build.workers.jobs import (
    MOST_MEMORY,
    SILENT,
    TOO_LARGE,
    Answer,
    Job,
    Result,
    Script,
    attempt,
    begin,
    failed,
    serve,
)
from leafletpress.build.workers.limits import memory_within
from leafletpress.build.workers.queue import Queue, Tell
from leafletpress.model.problems import Problem
from leafletpress.write.tools import reported

MOST_RESIDENT = 230_000_000  # bytes of memory that a worker may keep from one document to the next
_AHEAD = 128  # jobs begun or done before their turn: about those of one leaflet, so that scripts can gather
_AT_ONCE = 2  # jobs of one worker: it need not wait for the next while its last is published
_PAUSE = 0.1  # seconds, between two looks whether a process that was killed is gone
_LOOK = 5.0  # seconds after which a cluster that is silent is asked whether it is still there


def _nobody(_problems: tuple[Problem, ...]) -> None:
    """Who does not want to hear it."""


@dataclass(slots=True)
class Lane:
    """A process, or a whole cluster: how it is started, what it does for a job, and how many jobs it may hold at once.

    `room` is 0 when it is gone for good, and then `gone` is called. `fails` are the errors by which a single job is
    lost. `since` is when it began with the first of them, by the clock of `time.monotonic`.
    """

    start: Callable[[], Executor]
    serve: Callable[[Job], Answer]
    room: Callable[[], int]
    fails: tuple[type[Exception], ...] = ()
    gone: Callable[[], None] = lambda: None
    executor: Executor | None = None
    script: Script = ()
    held: dict[Future[Answer], int] = field(default_factory=dict)
    processes: frozenset[BaseProcess] = frozenset()
    since: float = 0.0
    alone: bool = False
    full: bool = False
    ended: bool = False

    def give(self, number: int, job: Job) -> None:
        """Let it do a job."""
        self.script, self.since = job.script, self.since if self.held else time.monotonic()
        others = active_children()
        self.executor = self.executor or self.start()
        try:
            future = self.executor.submit(self.serve, job)
            self.processes = self.processes or frozenset(active_children()).difference(others)
        except BrokenExecutor as error:  # it died since it was last heard of
            future = Future()
            future.set_exception(error)
        self.held[future] = number

    def stop(self, *, wait: bool = False) -> None:
        """Let go of its memory; what it holds is cancelled, and the next job starts it anew.

        One with nothing to do ends at once, and may be waited for: Python complains of one that ends as it does itself.
        """
        wait = wait and not self.held
        for future in self.held:
            future.cancel()
        self.held.clear()
        self.alone = self.full = self.ended = False
        if self.executor:
            self.executor.shutdown(wait=wait)
            self.executor, self.processes = None, frozenset()

    @property
    def patience(self) -> float:
        """The seconds that its process may still be silent; it gives up by itself long before."""
        return self.since + SILENT - time.monotonic() if self.held else SILENT

    def end_if_silent(self) -> None:
        """Kill a process that is stopped or stuck; what it held is lost, as if it had died by itself."""
        if self.patience <= 0:
            self.ended = True
            for process in self.processes:
                process.kill()


class Pool:
    """Workers that stay, with their fonts and templates, from one build to the next; they start when there is work.

    The workers are processes of this machine, by default one per core, or those of a `cluster`, as long as it is there.
    """

    def __init__(self, workers: int | None = None, cluster: Lane | None = None) -> None:
        self._most, self._cluster = workers or os.cpu_count() or 1, cluster
        self.processes: list[Lane] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.shutdown()

    def shutdown(self) -> None:
        """Stop the workers; what they have not begun is not done."""
        for lane in self._lanes():
            lane.stop(wait=True)

    def results(self, jobs: Iterable[Job], tell: Tell = _nobody) -> Iterator[Result]:
        """What the jobs give, in their order; no more of them are taken or kept than the workers can be busy with.

        What each worker reports of its libraries goes to `tell`.
        """
        queue = Queue(iter(jobs), tell)
        try:
            while queue.filled(self._size()):
                self._collect(queue)
                self._hand_out(queue)
                if queue.ready:
                    yield queue.next()
        finally:  # jobs of an earlier call, whose results nobody takes any more, must not be in the way
            for lane in self._lanes():
                if lane.held:
                    lane.stop()

    def _lanes(self) -> list[Lane]:
        return [*self.processes, *([self._cluster] if self._cluster else [])]

    def _size(self) -> int:
        return max(_AHEAD, 4 * (self._cluster.room() if self._cluster else self._most * _AT_ONCE))

    def _collect(self, queue: Queue) -> None:
        """Take what is done; wait for it where there is nothing else to do."""
        futures = [future for lane in self._lanes() for future in lane.held]
        if futures:
            patience = _LOOK if self._cluster else min(lane.patience for lane in self.processes)
            wait(futures, timeout=0 if queue.ready else max(patience, _PAUSE), return_when=FIRST_COMPLETED)
        for lane in self.processes:
            lane.end_if_silent()
        for lane in self._lanes():
            _take_done(lane, queue)
        if self._cluster and not self._cluster.room():
            queue.again(self._cluster.held.values())
            self._cluster.stop()
            self._cluster.gone()
            self._cluster = None

    def _hand_out(self, queue: Queue) -> None:
        """Keep the workers busy; a job that was at work when a process died runs alone in a new one."""
        while queue.suspects and (lane := self._idle()):
            lane.stop()
            lane.alone = True
            number = queue.suspects.pop()
            lane.give(number, queue.jobs[number])
        while queue.waiting and (lane := self._roomiest()):
            number = queue.chosen(lane.script, [other.script for other in self.processes if other.held])
            lane.give(number, queue.jobs[number])

    def _idle(self) -> Lane | None:
        return next((lane for lane in self.processes if not lane.held), None) or self._another()

    def _roomiest(self) -> Lane | None:
        """Who can take a job, the one that has the fewest."""
        if self._cluster:
            return self._cluster if len(self._cluster.held) < self._cluster.room() else None
        free = [lane for lane in self.processes if not (lane.alone or lane.full) and len(lane.held) < lane.room()]
        best = min(free, key=lambda lane: len(lane.held), default=None)
        return best if best and not best.held else self._another() or best

    def _another(self) -> Lane | None:
        if len(self.processes) == self._most:
            return None
        self.processes.append(Lane(_process, serve, lambda: _AT_ONCE))
        return self.processes[-1]


def _process() -> Executor:
    return ProcessPoolExecutor(1, get_context("spawn"), begin)


def _take_done(lane: Lane, queue: Queue) -> None:
    """Take what a lane has done; of a process that died, the first job is the suspect: it was at work."""
    for future in [future for future in lane.held if future.done()]:
        number, lane.since = lane.held.pop(future), time.monotonic()
        try:
            answer = future.result()
        except lane.fails:
            queue.suspects.append(number)
        except CancelledError:  # a cluster is gone: no job's fault
            queue.again([number])
        except BrokenExecutor:
            queue.again(lane.held.values())
            if lane.alone:
                died = f"the process that wrote it died: most likely it {TOO_LARGE}"
                text = f"takes longer than {SILENT} s by the clock" if lane.ended else died
                queue.done[number] = failed(queue.jobs[number], text)
            else:
                queue.suspects.append(number)
            lane.stop()
            return
        else:
            queue.done[number] = answer.result
            queue.tell(answer.reported)
            lane.alone, lane.full = False, lane.full or answer.memory > MOST_RESIDENT
    if lane.full and not lane.held:
        lane.stop()


def results(jobs: Iterable[Job], workers: int | None, pool: Pool | None, tell: Tell = _nobody) -> Iterator[Result]:
    """What the jobs give, in their order, whoever does them: the pool, or so many workers of their own.

    Where one worker is asked for, this process does all of them. Of many jobs, few are taken before their turn.
    """
    if not pool and workers == 1:
        for job in jobs:
            with memory_within(MOST_MEMORY):
                result = attempt(job)
            tell(reported())
            yield result
        return
    with nullcontext(pool) if pool else Pool(workers) as shared:
        yield from shared.results(jobs, tell)
