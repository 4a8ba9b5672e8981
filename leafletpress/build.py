"""Builds what is not there yet: plans the documents, has them written, publishes them in order, and notes it all."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from leafletpress.inputs import Files, Inputs
from leafletpress.keys import text_digests
from leafletpress.model.document import Document
from leafletpress.model.edition import Edition
from leafletpress.model.locale import PSEUDO_LOCALES
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.plan import Gaps, Place, Plan, Task, make_plan, makes
from leafletpress.project import Project, Unit, Wanted, read_settings
from leafletpress.publishing.cache import Cache
from leafletpress.publishing.ledger import Detail, Entry, Ledger
from leafletpress.publishing.lock import Lock
from leafletpress.publishing.manifest import Row
from leafletpress.publishing.output import Output, sides

if TYPE_CHECKING:
    from leafletpress.workers import Pool


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its row, or the problems that kept it from being built; `cached`: not written anew."""

    document: Document
    row: Row | None
    problems: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.OK
    cached: bool = False


@dataclass(frozen=True, slots=True)
class Build:
    """What became of a whole build: what it did, and the rows of what it left as it was.

    `gaps` are those of the handouts that were read, and of all where they were asked for.
    """

    outcomes: tuple[Outcome, ...]
    unchanged: tuple[Row, ...]
    gaps: Gaps
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
    pool: "Pool | None" = None,
    cache: Cache | None = None,
    tell_gaps: bool = False,
    step: Callable[[str], None] = lambda _name: None,
    begin: Callable[[int], None] = lambda _count: None,
    done: Callable[[Outcome], None] = lambda _outcome: None,
) -> Build:
    """Build and publish what is wanted and does not stand in the output folder as it should.

    `step` hears of each step as it begins, `begin` how many documents there are, `done` of each as it comes.

    With `release`, a handout with any gap is withheld in every format, and a PDF with too many sides is not published.
    With `prune`, documents that no source makes any more are removed; it is wrong usage with filters. The folder's
    `lock` is taken before anything is written, and stays with whoever gave it; without one nobody is kept out.
    What `cache` holds is not written again. The work is done by `pool`, or by a new one of so many `workers`.
    """
    if release and any(name in PSEUDO_LOCALES for name in wanted.locales):
        said = "a pseudo-language is for looking at pages, never for release"
        raise LeafletError([Problem(Origin("--release"), said)], ExitCode.USAGE)
    everything = wanted == Wanted(site=wanted.site)
    if prune and not everything:
        said = "what a build leaves out on purpose is not to be removed"
        raise LeafletError([Problem(Origin("--prune"), said, "build everything, without filters")], ExitCode.USAGE)
    step("1 read")
    files = Files(project)
    settings = read_settings(project, wanted)
    taken = lock.take() if lock else ()
    folder = Output(output, shown, settings.site.id)
    ledger = Ledger(output, shown)
    inputs = Inputs(project, files, settings, ledger.pictures)
    plan = Plan((), (), (), frozenset(), {}, ())
    outcomes: list[Outcome] = []
    problems: list[Problem] = []

    def note(outcome: Outcome) -> None:
        outcomes.append(outcome)
        done(outcome)

    def finish(task: Task, result: bytes | LeafletError, *, cached: bool = False) -> None:
        too_long = _too_long(task.document, result, settings.editions) if isinstance(result, bytes) else ()
        if isinstance(result, LeafletError):
            note(Outcome(task.document, None, result.problems, result.exit_code))
        elif too_long and release:
            note(Outcome(task.document, None, too_long, ExitCode.CONTENT))
        else:
            listed = task.document.locale not in PSEUDO_LOCALES
            row = folder.publish(task.document, task.handout, result, listed=listed)
            note(Outcome(task.document, row, too_long, ExitCode.CONTENT if too_long else ExitCode.OK, cached))

    try:
        place = Place(output, folder.rows, ledger)
        plan = make_plan(project, settings, wanted, place, inputs, release=release, tell_gaps=tell_gaps, step=step)
        if everything:
            folder.retire(makes(settings, plan), prune=prune, release=release)
        todo = [task for task in plan.tasks if not task.row]
        step("3 write, 4 publish")
        begin(len(todo))
        jobs: list[Task] = []
        for task in todo:
            if release and task.gaps:
                row = folder.withhold(task.document, task.handout, task.gaps)
                note(Outcome(task.document, row, exit_code=ExitCode.WITHHELD))
            elif cache and (found := cache.get(task.made.key)) is not None:
                finish(task, found, cached=True)
            else:
                jobs.append(task)
        if jobs:
            _write(project, jobs, workers, pool, cache, finish)
    finally:
        folder.close()
        problems += _record(plan, outcomes, inputs, ledger, {document.path for document in folder.rows}, cache)
    unchanged = (*plan.standing, *(task.row for task in plan.tasks if task.row))
    codes = [outcome.exit_code for outcome in outcomes]
    codes += [ExitCode.CONTENT] if plan.problems else []
    codes += [ExitCode.WITHHELD] if any(row.state == "withheld" for row in unchanged) else []
    told = (*taken, *folder.problems, *ledger.problems, *(cache.told() if cache else ()), *problems, *plan.problems)
    return Build(tuple(outcomes), unchanged, plan.gaps, told, tuple(codes))


def _write(
    project: Project,
    tasks: list[Task],
    workers: int | None,
    pool: "Pool | None",
    cache: Cache | None,
    finish: Callable[[Task, bytes | LeafletError], None],
) -> None:
    """Have documents written, keep them in the cache, and finish one after the other."""
    # Imported when there is something to write: a build with nothing to do begins without processes and writers.
    from leafletpress.workers import Job, results

    templates = project.folder("templates")
    jobs = (Job(task.document, task.handout, templates, task.made.looks) for task in tasks)
    for task, result in zip(tasks, results(jobs, workers, pool), strict=True):
        if cache and isinstance(result, bytes):
            cache.put(task.made.key, result)
        finish(task, result)


def _record(
    plan: Plan, outcomes: list[Outcome], inputs: Inputs, ledger: Ledger, listed: set[str], cache: Cache | None
) -> list[Problem]:
    """Note what was built from what; of what changed while it was at work, a build notes nothing."""
    if not plan.tasks and not plan.whole:
        return []
    rows = {outcome.document: outcome.row for outcome in outcomes if outcome.row and not outcome.problems}
    written = {outcome.document for outcome in outcomes if not outcome.cached}
    if written and inputs.looks_moved():
        if cache:
            cache.drop(task.made.key for task in plan.tasks if task.document in written)
        return []
    if cache:
        cache.trim()
    faulty = {outcome.document for outcome in outcomes if outcome.problems}
    units: dict[Unit, list[Task]] = {unit: [] for unit in plan.whole}
    for task in plan.tasks:
        units.setdefault(task.unit, []).append(task)
    for unit, tasks in units.items():
        if unit.locale not in PSEUDO_LOCALES:
            stands = [(task, row) for task in tasks if (row := task.row or rows.get(task.document))]
            digest = "" if inputs.moved(unit) else inputs.digest(unit)
            whole = digest and unit in plan.whole and faulty.isdisjoint(task.document for task in tasks)
            ledger.units[str(unit)] = digest if whole else ""
            entries = {task.document.path: Entry(digest, task.made.key, row.sha256, task.gaps) for task, row in stands}
            ledger.note(str(unit), _detail(unit, digest, [task for task, _ in stands], inputs, plan.gaps), entries)
    try:
        ledger.write(listed)
    except OSError as error:
        said = f"what was built can't be noted: {error.strerror}; the next build makes it again"
        return [Problem(Origin(ledger.shown), said, severity="warning")]
    return []


def _detail(unit: Unit, digest: str, tasks: list[Task], inputs: Inputs, gaps: Gaps) -> Detail:
    """All that is known of some documents of a unit."""
    handouts = {task.made.handout: task.handout for task in tasks}
    found = {handout.audience: gaps[unit.condition, unit.locale, handout.audience] for handout in handouts.values()}
    return Detail(
        {digest: inputs.of(unit)},
        {known: text_digests(handout) for known, handout in handouts.items()},
        {task.document.path: (digest, task.made) for task in tasks},
        {digest: {audience: known for audience, known in found.items() if known}},
    )


def _too_long(document: Document, content: bytes, editions: Mapping[str, Edition]) -> tuple[Problem, ...]:
    """What is wrong with a PDF that has more sides than its edition allows; a pseudo-language may be longer."""
    most = editions[document.edition].most_sides(document.audience, document.locale)
    if document.format != "pdf" or document.locale in PSEUDO_LOCALES or (count := sides(content)) <= most:
        return ()
    said = f"{count} sides, at most {most} are allowed"
    return (Problem(Origin(document.path), said, "shorten the text, or change templates/editions.toml"),)
