"""Builds what is missing or out of date: plans the documents, has them written, publishes them, notes how."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from leafletpress.build.extent import Extent
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.freshness.inputs import Inputs
from leafletpress.build.freshness.ledger import Detail, Entry, Ledger
from leafletpress.build.plan import Earlier, Gaps, Plan, Task, compose_changed, find_unchanged, read_changed
from leafletpress.build.project import Project, Unit, Wanted, read_settings
from leafletpress.build.publishing import Outcome, Publisher
from leafletpress.build.writing import written
from leafletpress.model.digests import part_digests
from leafletpress.model.locale import PSEUDO_LOCALES
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.claim import refuse_foreign
from leafletpress.publish.lock import Lock
from leafletpress.publish.manifest import Row
from leafletpress.publish.output import Output
from leafletpress.read.releases import read_releases

if TYPE_CHECKING:
    from leafletpress.build.workers import Pool


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked of a build: which documents, and where; `label` is what messages call the output folder.

    With `release`, what its site lets out is published, all formats of it, and all else is withheld with its reason.
    What that is depends on the day, `today`: by default, this one.
    With `prune`, documents that the project no longer makes are removed; it is wrong usage with filters. With
    `tell_gaps`, gaps are also reported of handouts that are up to date. `workers` are the processes to write with,
    None for one a core.
    """

    wanted: Wanted
    output: Path
    label: str
    release: bool = False
    prune: bool = False
    tell_gaps: bool = False
    workers: int | None = None
    today: date | None = None

    @property
    def is_for_everything(self) -> bool:
        """Whether no document is left out on purpose."""
        return self.wanted == Wanted(site=self.wanted.site)


@dataclass(frozen=True, slots=True)
class Build:
    """What became of a build: what it did, and the rows of what it left as it was.

    `gaps` are those of the handouts that were read, and of all where they were asked for.
    """

    outcomes: tuple[Outcome, ...]
    unchanged: tuple[Row, ...]
    gaps: Gaps
    problems: tuple[Problem, ...]
    exit_codes: tuple[ExitCode, ...]


@dataclass(frozen=True, slots=True)
class Listener:
    """Who hears how far a build is: each step, the number of documents, fonts that are missing, each document."""

    step: Callable[[str], None] = lambda _name: None
    begin: Callable[[int], None] = lambda _count: None
    missing: Callable[[Collection[Problem]], None] = lambda _problems: None
    done: Callable[[Outcome], None] = lambda _outcome: None


_NOBODY = Listener()


def build(
    project: Project,
    order: Order,
    listener: Listener = _NOBODY,
    *,
    lock: Lock | None = None,
    pool: "Pool | None" = None,
    cache: Cache | None = None,
) -> Build:
    """Build and publish what is ordered and missing or out of date in the output folder.

    The folder's `lock` is taken before anything is written, and the caller releases it; without a lock another build is
    not kept out. What `cache` holds is not written again. The work is done by `pool`, or by a new one. Raises
    LeafletError where nothing can be built at all.
    """
    _refuse(order)
    refuse_foreign(order.output, order.label, project.root)
    listener.step("1 read")
    wanted, release = order.wanted, order.release
    files = project.files()
    settings = read_settings(files, wanted, order.today)
    if release:
        read_releases(files)  # one that was cut or changed by hand ends it here: nobody knows what may be published
    taken = lock.take() if lock else ()
    folder = Output(order.output, order.label, settings.site.id, "release" if release else "draft")
    ledger = Ledger(order.output, order.label)
    inputs = Inputs(files, settings, ledger.leaflets)
    publisher = Publisher(folder, listener.done, release=release)
    plan = Plan((), (), (), frozenset(), {}, ())
    problems: list[Problem] = []
    try:
        earlier = Earlier(order.output, folder.rows, ledger)
        freshness = find_unchanged(settings, wanted, earlier, inputs, release=release, tell_gaps=order.tell_gaps)
        library = read_changed(files, settings, inputs, freshness)

        listener.step("2 compose")
        plan = compose_changed(library, settings, wanted, earlier, inputs, freshness, release=release)
        if order.is_for_everything:
            folder.retire(Extent(settings, inputs.is_chosen, plan.broken).has, prune=order.prune, release=release)

        folder.keep(row.document for row in _unchanged(plan))

        listener.step("3 write, 4 publish")
        listener.begin(sum(not task.row for task in plan.tasks) + len(plan.unread))
        for document, why in plan.unread:
            publisher.withhold_unread(document, why)
        to_write = publisher.begin(plan.tasks, cache)
        parts = files, to_write, pool, order.workers
        for task, came in written(*parts, listener.missing, publisher.hear):
            if cache and isinstance(came, bytes):
                cache.put(task.made.key, came)
            publisher.publish(task, came)
        if release:
            folder.leave_drafts()
    finally:
        if lock:
            lock.confirm()
        folder.close()
        listed = {document.path for document in folder.rows}
        problems += _record(plan, publisher.outcomes, inputs, ledger, listed, cache)
    reported = (
        *taken,
        *folder.problems,
        *ledger.problems,
        *(cache.take_problems() if cache else ()),
        *publisher.heard,
        *problems,
        *plan.problems,
    )
    return _report(plan, publisher.outcomes, reported)


def _refuse(order: Order) -> None:
    """Raise LeafletError (exit code 2) for what can't be asked of a build."""
    if order.release and any(name in PSEUDO_LOCALES for name in order.wanted.locales):
        text = "a pseudo-language is for looking at pages, never for release"
        raise LeafletError([Problem(Origin("--release"), text)], ExitCode.USAGE)
    if order.prune and not order.is_for_everything:
        text = "what a build leaves out on purpose is not to be removed"
        raise LeafletError([Problem(Origin("--prune"), text, "build everything, without filters")], ExitCode.USAGE)


def _report(plan: Plan, outcomes: list[Outcome], problems: tuple[Problem, ...]) -> Build:
    """All that became of a build, with the exit codes that it leads to."""
    unchanged = _unchanged(plan)
    codes = [outcome.exit_code for outcome in outcomes]
    codes += [ExitCode.CONTENT] if set(plan.problems) - plan.withholding else []
    codes += [ExitCode.WITHHELD] if any(row.state == "withheld" for row in unchanged) else []
    rows = [*unchanged, *(outcome.row for outcome in outcomes if outcome.row)]
    faulty = plan.withholding or any(outcome.problems for outcome in outcomes)
    if faulty and not any(row.state == "built" for row in rows):
        codes.append(ExitCode.CONTENT)  # nothing is left to publish: more is wrong than some documents
    return Build(tuple(outcomes), unchanged, plan.gaps, problems, tuple(codes))


def _unchanged(plan: Plan) -> tuple[Row, ...]:
    """The rows of the documents that were up to date."""
    return (*plan.current, *(task.row for task in plan.tasks if task.row))


def _record(
    plan: Plan, outcomes: list[Outcome], inputs: Inputs, ledger: Ledger, listed: set[str], cache: Cache | None
) -> list[Problem]:
    """Note in the ledger what was built from what, but nothing where fonts or the program changed meanwhile."""
    if not plan.tasks and not plan.complete:
        return []
    rows = {outcome.document: outcome.row for outcome in outcomes if outcome.row and not outcome.problems}
    written = {outcome.document for outcome in outcomes if not outcome.cached}
    if written and inputs.tools_moved():
        if cache:
            cache.drop(task.made.key for task in plan.tasks if task.document in written)
        return []
    if cache:
        cache.trim()
    faulty = {outcome.document for outcome in outcomes if outcome.problems}
    units: dict[Unit, list[Task]] = {unit: [] for unit in plan.complete}
    for task in plan.tasks:
        units.setdefault(task.unit, []).append(task)
    for unit, tasks in units.items():
        if unit.locale not in PSEUDO_LOCALES:
            current = [(task, row) for task in tasks if (row := task.row or rows.get(task.document))]
            digest = inputs.digest(unit)
            complete = unit in plan.complete and faulty.isdisjoint(task.document for task in tasks)
            ledger.units[str(unit)] = digest if complete else ""
            ledger.days[str(unit)] = _days(tasks)
            entries = {
                task.document.path: Entry(digest, task.made.key, row.sha256, task.held.always, task.held.release)
                for task, row in current
            }
            ledger.note(str(unit), _detail(unit, digest, [task for task, _ in current], inputs, plan.gaps), entries)
    try:
        ledger.write(listed)
    except OSError as error:
        text = f"what was built can't be noted: {error.strerror}; the next build makes it again"
        return [Problem(Origin(ledger.label), text, severity="warning")]
    return []


def _detail(unit: Unit, digest: str, tasks: list[Task], inputs: Inputs, gaps: Gaps) -> Detail:
    """All that is known of some documents of a unit."""
    handouts = {task.made.handout: task.handout for task in tasks}
    found = {handout.audience: gaps[unit.condition, unit.locale, handout.audience] for handout in handouts.values()}
    return Detail(
        {digest: inputs.of(unit)},
        {known: part_digests(handout) for known, handout in handouts.items()},
        {task.document.path: (digest, task.made) for task in tasks},
        {digest: found},
    )


def _days(tasks: list[Task]) -> tuple[date, date | None]:
    """The days on which no document of a unit changes by itself: the first, and the last if there is one."""
    days = [task.held.days for task in tasks]
    return max((first for first, _ in days), default=date.min), min((last for _, last in days if last), default=None)
