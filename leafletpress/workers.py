"""Has documents written by a pool of processes: whatever one of them does, it costs its own document and no other."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from leafletpress.errors import LeafletError, Origin, Problem
from leafletpress.handout import Handout
from leafletpress.limits import TimeLimitError, limit_memory, within
from leafletpress.publishing.manifest import Document
from leafletpress.templates import read_template
from leafletpress.writers import WRITERS

MOST_SECONDS = 60  # at work on one document, which takes a few
MOST_MEMORY = 2_000_000_000  # bytes of address space for one worker, which needs a quarter of it
_TOO_LARGE = "needs more memory than there is for one document"


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be written."""

    document: Document
    handout: Handout
    templates: Path


def write_document(job: Job) -> bytes:
    """The bytes of one document: all that a worker does."""
    document = job.document
    return WRITERS[document.format](job.handout, read_template(job.templates, document.audience, document.edition))


def _attempt(job: Job) -> bytes | LeafletError:
    """The document, or why there is none; what is without measure costs its own document and no other."""
    try:
        with within(MOST_SECONDS):
            return write_document(job)
    except LeafletError as error:
        return error
    except TimeLimitError:
        said = f"takes longer than {MOST_SECONDS} s"
    except MemoryError:
        said = _TOO_LARGE
    except RecursionError:
        said = "elements are nested too deep"
    return _failed(job, said)


def _failed(job: Job, said: str) -> LeafletError:
    hint = "is a text, a table or a picture too large, or does a template repeat itself?"
    return LeafletError([Problem(Origin(job.document.path), said, hint)])


def new_pool(workers: int | None = None) -> Executor:
    """Workers for documents, by default one per core; each keeps its fonts and templates from one to the next."""
    return ProcessPoolExecutor(workers or os.cpu_count() or 1, get_context("spawn"), _begin)


def _begin() -> None:
    """What a worker does first."""
    # Ctrl+C reaches the workers too: they leave the answer to the process that asked them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(MOST_MEMORY)


def results(jobs: list[Job], workers: int | None, pool: Executor | None) -> Iterator[bytes | LeafletError]:
    """What the jobs give, in their order, however many workers there are."""
    count = min(workers or os.cpu_count() or 1, len(jobs))
    if not pool and count <= 1:
        yield from map(_attempt, jobs)
        return
    done = 0
    while done < len(jobs):
        with nullcontext(pool) if pool else new_pool(count) as shared:
            try:
                for result in shared.map(_attempt, jobs[done:]):
                    yield result
                    done += 1
            except BrokenProcessPool:  # a worker died, and took the others with it: whose fault it was, nobody knows
                pool = None
        if done < len(jobs):
            yield _alone(jobs[done])
            done += 1


def _alone(job: Job) -> bytes | LeafletError:
    """What a job gives in a process of its own, which it may kill."""
    with new_pool(1) as own:
        try:
            return own.submit(_attempt, job).result()
        except BrokenProcessPool:
            return _failed(job, f"the process that wrote it died: most likely it {_TOO_LARGE}")
