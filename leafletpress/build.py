"""Plans the documents of a build, has them written, and publishes them in order."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from leafletpress.catalogs.pseudo import PSEUDO_LOCALES
from leafletpress.errors import ExitCode, LeafletError, Origin, Problem
from leafletpress.handout import Handout
from leafletpress.library import Project, Wanted, read_library
from leafletpress.publishing.lock import Lock
from leafletpress.publishing.manifest import Document, Row
from leafletpress.publishing.output import Output, sides
from leafletpress.templates import Edition
from leafletpress.wording import Gap
from leafletpress.workers import Job, Pool, results


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


def build(
    project: Project,
    wanted: Wanted,
    output: Path,
    shown: str,
    *,
    release: bool = False,
    prune: bool = False,
    lock: Lock | None = None,
    workers: int | None = None,
    pool: Pool | None = None,
    earlier: Mapping[Document, Handout] = MappingProxyType({}),
    step: Callable[[str], None] = lambda _name: None,
    begin: Callable[[int], None] = lambda _count: None,
    done: Callable[[Outcome], None] = lambda _outcome: None,
) -> Build:
    """Build and publish what is wanted.

    `step` hears of each step as it begins, `begin` how many documents there are, `done` of each as it comes.

    With `release`, a handout with any gap is withheld in every format, and a PDF with too many sides is not published.
    With `prune`, documents that no source makes any more are removed; it is wrong usage with filters. The folder's
    `lock` is taken before anything is written, and stays with whoever gave it; without one nobody is kept out.
    A document whose handout is the same as in `earlier` is left as it is. The work is done by `pool`, or by a new one
    of so many `workers`.
    """
    if release and any(name in PSEUDO_LOCALES for name in wanted.locales):
        said = "a pseudo-language is for looking at pages, never for release"
        raise LeafletError([Problem(Origin("--release"), said)], ExitCode.USAGE)
    everything = wanted == Wanted(site=wanted.site)
    if prune and not everything:
        said = "what a build leaves out on purpose is not to be removed"
        raise LeafletError([Problem(Origin("--prune"), said, "build everything, without filters")], ExitCode.USAGE)
    step("1 read")
    library = read_library(project, wanted)
    taken = lock.take() if lock else ()
    folder = Output(output, shown, library.site.id)
    jobs: list[Job] = []
    outcomes: list[Outcome] = []
    handouts: dict[Document, Handout] = {}
    gaps: dict[tuple[str, str, str], tuple[Gap, ...]] = {}
    withheld: list[tuple[Job, str]] = []
    made: set[Document] = set()
    step("2 compose")
    for composition in library.compositions(wanted):
        handout = composition.handout
        gaps[handout.condition, handout.locale, handout.audience] = composition.gaps
        for document in _documents(handout, library.editions, wanted):
            made.add(document)
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
        if everything:
            folder.retire(
                lambda document: document in made or library.unread(document.condition, document.locale),
                prune=prune,
                release=release,
            )
        for job, why in withheld:
            note(Outcome(job.document, folder.withhold(job.document, job.handout, why), exit_code=ExitCode.WITHHELD))
        for job, result in zip(jobs, results(jobs, workers, pool), strict=True):
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
    return Build(tuple(outcomes), handouts, gaps, (*taken, *folder.problems, *library.problems), tuple(codes))


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


def reason(gaps: Iterable[Gap]) -> str:
    """Why a handout is withheld: how many texts are missing, fuzzy or failing, and where the first one stands."""
    listed = list(gaps)
    counts = Counter(gap.reason for gap in listed)
    return f"{', '.join(f'{count} {why}' for why, count in sorted(counts.items()))}; first: {listed[0].origin}"
