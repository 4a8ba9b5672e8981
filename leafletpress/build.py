"""Plans the documents of a build and has them written, here or by a pool of workers, and published in order."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import MappingProxyType

from leafletpress.catalogs.pseudo import PSEUDO_LOCALES
from leafletpress.errors import ExitCode, LeafletError, Origin, Problem
from leafletpress.handout import Handout
from leafletpress.library import Project, Wanted, read_library
from leafletpress.limits import TimeLimitError, limit_memory, within
from leafletpress.publishing.manifest import Document, Row
from leafletpress.publishing.output import Output, sides
from leafletpress.templates import Edition, read_template
from leafletpress.wording import Gap
from leafletpress.writers import WRITERS

MOST_SECONDS = 60  # for one document, which takes a few
MOST_MEMORY = 2_000_000_000  # bytes of address space for one worker, which needs a quarter of it
_TOO_LARGE = "needs more memory than there is for one document"


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be written."""

    document: Document
    handout: Handout
    templates: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its row, or the problems that kept it from being built."""

    document: Document
    row: Row | None
    problems: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.OK


@dataclass(frozen=True, slots=True)
class Build:
    """What became of a whole build; `handouts` are those that now stand in the output folder as they are."""

    outcomes: tuple[Outcome, ...]
    handouts: Mapping[Document, Handout]
    gaps: Mapping[tuple[str, str, str], tuple[Gap, ...]]
    problems: tuple[Problem, ...]
    exit_codes: tuple[ExitCode, ...]


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


def build(
    project: Project,
    wanted: Wanted,
    output: Path,
    shown: str,
    *,
    release: bool = False,
    workers: int | None = None,
    pool: Executor | None = None,
    earlier: Mapping[Document, Handout] = MappingProxyType({}),
    step: Callable[[str], None] = lambda _name: None,
    begin: Callable[[int], None] = lambda _count: None,
    done: Callable[[Outcome], None] = lambda _outcome: None,
) -> Build:
    """Build and publish what is wanted.

    `step` hears of each step as it begins, `begin` how many documents there are, `done` of each as it comes.

    With `release`, a handout with any gap is withheld in every format, and a PDF with too many sides is not published.
    A document whose handout is the same as in `earlier` is left as it is. The work is done by `pool`, or by a new one
    of so many `workers`.
    """
    if release and any(name in PSEUDO_LOCALES for name in wanted.locales):
        said = "a pseudo-language is for looking at pages, never for release"
        raise LeafletError([Problem(Origin("--release"), said)], ExitCode.USAGE)
    step("1 read")
    library = read_library(project, wanted)
    folder = Output(output, shown, library.site.id)
    jobs: list[Job] = []
    outcomes: list[Outcome] = []
    handouts: dict[Document, Handout] = {}
    gaps: dict[tuple[str, str, str], tuple[Gap, ...]] = {}
    withheld: list[tuple[Job, str]] = []
    step("2 compose")
    for composition in library.compositions(wanted):
        handout = composition.handout
        gaps[handout.condition, handout.locale, handout.audience] = composition.gaps
        for document in _documents(handout, library.editions, wanted):
            job = Job(document, handout, project.folder("templates"))
            if release and composition.gaps:
                withheld.append((job, reason(composition.gaps)))
            elif earlier.get(document) == handout:
                handouts[document] = handout
            else:
                jobs.append(job)
    step("3 write, 4 publish")
    begin(len(jobs) + len(withheld))

    def note(outcome: Outcome) -> None:
        outcomes.append(outcome)
        done(outcome)

    try:
        for job, why in withheld:
            note(Outcome(job.document, folder.withhold(job.document, job.handout, why), exit_code=ExitCode.WITHHELD))
        for job, result in zip(jobs, _results(jobs, workers, pool), strict=True):
            too_long = _too_long(job.document, result, library.editions) if isinstance(result, bytes) else ()
            if isinstance(result, LeafletError):
                note(Outcome(job.document, None, result.problems, result.exit_code))
            elif too_long and release:
                note(Outcome(job.document, None, too_long, ExitCode.CONTENT))
            else:
                row = folder.publish(
                    job.document, job.handout, result, listed=job.document.locale not in PSEUDO_LOCALES
                )
                handouts[job.document] = job.handout
                note(Outcome(job.document, row, too_long, ExitCode.CONTENT if too_long else ExitCode.OK))
    finally:
        folder.close()
    codes = [outcome.exit_code for outcome in outcomes]
    codes += [ExitCode.CONTENT] if library.problems else []
    return Build(tuple(outcomes), handouts, gaps, (*folder.problems, *library.problems), tuple(codes))


def _documents(handout: Handout, editions: Mapping[str, Edition], wanted: Wanted) -> Iterator[Document]:
    """The documents that a handout becomes."""
    for name, edition in editions.items():
        if handout.audience in edition.pages:
            for format_ in edition.formats:
                if not wanted.formats or format_ in wanted.formats:
                    yield Document(handout.condition, handout.locale, handout.audience, name, format_)


def _too_long(document: Document, content: bytes, editions: Mapping[str, Edition]) -> tuple[Problem, ...]:
    """What is wrong with a PDF that has more sides than its edition allows; a pseudo-language may be longer."""
    most = editions[document.edition].most_sides(document.audience, document.locale)
    if document.format != "pdf" or document.locale in PSEUDO_LOCALES or (count := sides(content)) <= most:
        return ()
    said = f"{count} sides, at most {most} are allowed"
    return (Problem(Origin(document.path), said, "shorten the text, or change templates/editions.toml"),)


def new_pool(workers: int | None = None) -> Executor:
    """Workers for documents, by default one per core; each keeps its fonts and templates from one to the next."""
    return ProcessPoolExecutor(workers or os.cpu_count() or 1, get_context("spawn"), _begin)


def _begin() -> None:
    """What a worker does first."""
    # Ctrl+C reaches the workers too: they leave the answer to the process that asked them.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(MOST_MEMORY)


def _results(jobs: list[Job], workers: int | None, pool: Executor | None) -> Iterator[bytes | LeafletError]:
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


def reason(gaps: Iterable[Gap]) -> str:
    """Why a handout is withheld: how many texts are missing, fuzzy or failing, and where the first one stands."""
    listed = list(gaps)
    counts = Counter(gap.reason for gap in listed)
    return f"{', '.join(f'{count} {why}' for why, count in sorted(counts.items()))}; first: {listed[0].origin}"
