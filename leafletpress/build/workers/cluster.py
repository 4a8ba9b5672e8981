"""Lends the pool the workers of other machines, by way of a Dask scheduler."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from threading import Lock
from typing import Any
from uuid import uuid4

from leafletpress.build.workers.jobs import Answer, Job, attempt
from leafletpress.build.workers.pool import Lane, Pool
from leafletpress.build.workers.toolchain import differences, toolchain
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.write.tools import reported

_PLACE = Origin("--scheduler")
try:
    from distributed import Client, KilledWorker
    from distributed.diagnostics.plugin import WorkerPlugin
except ImportError as error:
    missing = Problem(_PLACE, f"a Python package is missing: {error.name}", "install leafletpress[cluster]")
    raise LeafletError([missing], ExitCode.MISSING) from error

CONNECTS = 10.0  # seconds in which a scheduler answers
ANSWERS = 60.0  # seconds in which its workers load all that they write with, and report its versions
RETURNS = 30.0  # seconds in which a lost worker may come back where it was the last
_LOOK = 2.0  # seconds between two counts of the workers
_EACH = 2  # jobs of each worker: one at work, one on its way
_ONE_AT_A_TIME = Lock()  # the threads of a process share what the libraries log


@contextmanager
def cluster_pool(
    address: str, workers: int | None = None, say: Callable[[str], None] = lambda _text: None
) -> Iterator[Pool]:
    """The workers of a scheduler ("tcp://HOST:PORT"), as a pool.

    A document that costs a worker its life is tried again by `workers` of this machine; so is all the rest when the
    scheduler or its last worker is lost, and `say` hears of it. Raises LeafletError (exit code 4) for a scheduler that
    does not answer or has no workers, and for workers that would write other bytes than this machine.
    """
    with _connected(address) as client:
        _refuse_others(address, client)
        guest = _Guest()
        client.register_plugin(guest, name=guest.name)
        lane = Lane(
            start=lambda: client.get_executor(pure=False, resources={guest.name: 1}),
            serve=_serve,
            room=_room(client, guest.name),
            fails=(KilledWorker,),
            gone=lambda: say(f"{address} or its last worker is gone: the rest is written here"),
        )
        try:
            with Pool(workers, lane) as pool:
                yield pool
        finally:
            if client.status == "running":
                with suppress(OSError):  # it went in this moment
                    client.unregister_worker_plugin(guest.name)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    try:
        client = Client(address, timeout=CONNECTS, set_as_default=False)
    except (OSError, ValueError) as error:
        text = f"no scheduler answers at {address}"
        hint = f"{error}" if isinstance(error, ValueError) else "is it running, and can this machine reach it?"
        raise LeafletError([Problem(_PLACE, text, hint)], ExitCode.MISSING) from error
    with client:
        yield client


def _refuse_others(address: str, client: Client) -> None:
    """Raise LeafletError with every difference between the tools of a worker and of this machine."""
    try:
        answers = client.run(toolchain, on_error="return", callback_timeout=ANSWERS)
    except TimeoutError as error:
        text = f"the workers of {address} did not report their versions within {ANSWERS:.0f} s"
        raise LeafletError([Problem(_PLACE, text)], ExitCode.MISSING) from error
    if not answers:
        hint = "start some: python -m distributed.cli.dask_worker ADDRESS --nthreads 1, in a checkout that is set up"
        raise LeafletError([Problem(_PLACE, f"{address} has no workers", hint)], ExitCode.MISSING)
    problems = [
        Problem(Origin(f"worker {worker}"), text, "bring it to the same state (git, script/setup) and start it again")
        for worker, tools in sorted(answers.items())
        for text in _wrong(tools)
    ]
    if problems:
        raise LeafletError(problems, ExitCode.MISSING)


def _wrong(tools: Mapping[str, str] | Exception) -> list[str]:
    if isinstance(tools, Exception):
        return [f"can't write leaflets: {type(tools).__name__}: {tools}"]
    return differences(toolchain(), tools)


def _room(client: Client, guest: str) -> Callable[[], int]:
    """How many jobs the workers may hold; 0 when they or their scheduler are gone."""
    room, asked, seen = 0, float("-inf"), time.monotonic()

    def current() -> int:
        nonlocal room, asked, seen
        now = time.monotonic()
        if client.status != "running":
            return 0
        if now - asked >= _LOOK:
            try:
                workers = client.scheduler_info()["workers"].values()
            except OSError:
                return 0
            asked, count = now, sum(guest in worker["resources"] for worker in workers)
            seen = now if count else seen
            if count or now - seen > RETURNS:
                room = _EACH * count
        return room

    return current


def _serve(job: Job) -> Answer:
    """What a worker of a cluster does for each job."""
    with _ONE_AT_A_TIME:
        return Answer(attempt(job), reported())


class _Guest(WorkerPlugin):  # type: ignore[misc]
    """What each worker gets, now or when it comes later: the mark by which it is given jobs.

    A worker that came later and would write other bytes gets no mark.
    """

    def __init__(self) -> None:
        self._tools = toolchain()
        self.name = f"leafletpress-{uuid4()}"

    async def setup(self, worker: Any) -> None:
        """Mark the worker."""
        if not differences(self._tools, toolchain()):
            await worker.set_resources(**{self.name: 1})

    async def teardown(self, worker: Any) -> None:
        """Take the mark away."""
        await worker.set_resources(**{self.name: 0})
