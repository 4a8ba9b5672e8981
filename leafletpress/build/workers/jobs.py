"""What a worker does: one document, within its time and memory."""

import gc
import os
import signal
import threading
from dataclasses import dataclass
from functools import cache
from multiprocessing import connection, parent_process

from leafletpress.build.workers.limits import WAITING, TimeLimitError, limit_memory, resident, within
from leafletpress.model.document import Document
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.write import WRITERS
from leafletpress.write.template import Template
from leafletpress.write.tools import reported

MOST_SECONDS = 60  # for one document, which takes a few
SILENT = WAITING * MOST_SECONDS + 30  # by the clock: a worker that gave up nothing until then is stopped or stuck
MOST_MEMORY = 2_000_000_000  # bytes of address space for one worker, which needs a quarter of it
TOO_LARGE = "needs more memory than there is for one document"

Script = tuple[str, ...]  # the font families that it is set in
Result = bytes | LeafletError


@dataclass(frozen=True, slots=True)
class Answer:
    """What a worker gives for a job: the result, and what its writers report of the libraries under them.

    `memory` are the bytes that the worker holds now; 0 where it need not be watched.
    """

    result: Result
    reported: tuple[Problem, ...] = ()
    memory: int = 0


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be written, all that it is made of as values."""

    document: Document
    handout: Handout
    template: Template

    @property
    def script(self) -> Script:
        """What documents share whose fonts a worker can keep."""
        return self.handout.typography.families


def write_document(job: Job) -> bytes:
    """The bytes of one document: all that a worker does."""
    return WRITERS[job.document.format](job.handout, job.template)


def attempt(job: Job) -> Result:
    """The document, or why there is none; what exceeds its time or memory costs its own document and no other."""
    try:
        with within(MOST_SECONDS):
            return write_document(job)
    except LeafletError as error:
        return error
    except TimeLimitError:
        text = f"takes longer than {MOST_SECONDS} s"
    except MemoryError:
        text = TOO_LARGE
    except RecursionError:
        text = "elements are nested too deep"
    return failed(job, text)


def failed(job: Job, text: str) -> LeafletError:
    """Why a document that exceeded a limit was not written."""
    hint = "is a text, a table or a picture too large, or does a template repeat itself?"
    return LeafletError([Problem(Origin(job.document.path), text, hint)])


def begin() -> None:
    """What a process of our own does first."""
    # Ctrl+C reaches the workers too: they leave the answer to the process that asked them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(MOST_MEMORY)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End when the process that asks is gone, however it ended: it could not stop this one any more."""
    parent = parent_process()
    assert parent
    connection.wait([parent.sentinel])
    os._exit(1)


def serve(job: Job) -> Answer:
    """What a process of our own does for each job."""
    result = attempt(job)
    _settle(job.document.format, job.script)
    return Answer(result, reported(), resident())


@cache
def _settle(_format: str, _script: Script) -> None:
    """Keep the fonts, templates and code that a first document leaves out of all later searches for garbage."""
    gc.collect()
    gc.freeze()
