"""Finds the documents that a build need not write again: by the files they are made of, then by what they print."""

from collections.abc import Iterator, Mapping
from dataclasses import astuple, dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from leafletpress.build.extent import documents
from leafletpress.build.freshness.inputs import Inputs
from leafletpress.build.freshness.keys import Made, handout_digest
from leafletpress.build.freshness.ledger import Entry, Ledger
from leafletpress.build.policy import Held, held
from leafletpress.build.project import Settings, Unit, Wanted
from leafletpress.model.document import Document
from leafletpress.model.edition import Edition
from leafletpress.model.gap import Gap
from leafletpress.model.handout import Handout
from leafletpress.model.locale import PSEUDO_LOCALES
from leafletpress.model.problems import Problem
from leafletpress.model.releases import Releases
from leafletpress.publish.manifest import Row
from leafletpress.read.located.files import Files

if TYPE_CHECKING:
    from leafletpress.build.library import Library

Gaps = Mapping[tuple[str, str, str], tuple[Gap, ...]]


@dataclass(frozen=True, slots=True)
class Task:
    """A document that was composed: what it is made of, and its row if the file in the folder is up to date.

    `edition` has the leaflet's own page budget, where it sets one. `held` says why it may not be printed.
    """

    unit: Unit
    document: Document
    edition: Edition
    handout: Handout
    made: Made
    held: Held
    row: Row | None


@dataclass(frozen=True, slots=True)
class Plan:
    """What became of the units: `current` are the rows of those that were not read, `tasks` are of those that were.

    Of the units that were read, `complete` are those without a problem, and `broken` those that could not be composed,
    so that their texts are unknown. `unread` are their documents, with the reason for which a release withholds them,
    and `withholding` the problems that make it withhold something. `gaps` are known for units that were read, and for
    others where they were asked for.
    """

    current: tuple[Row, ...]
    tasks: tuple[Task, ...]
    complete: tuple[Unit, ...]
    broken: frozenset[Unit]
    gaps: Gaps
    problems: tuple[Problem, ...]
    unread: tuple[tuple[Document, str], ...] = ()
    withholding: frozenset[Problem] = frozenset()


@dataclass(frozen=True, slots=True)
class Freshness:
    """Which units are up to date, before any is read: `current` are their rows, `unread` are all other units.

    `gaps` are those of units that are up to date, where they were asked for.
    """

    current: tuple[Row, ...]
    unread: tuple[Unit, ...]
    gaps: Gaps


@dataclass(frozen=True, slots=True)
class Earlier:
    """What earlier builds left in the output folder: rows whose files are there, and what those were made of."""

    folder: Path
    rows: Mapping[Document, Row]
    ledger: Ledger

    def current_row(self, document: Document, entry: Entry | None, why: str) -> Row | None:
        """The row of a document whose file is the one that its entry notes; if it is withheld, for the reason `why`."""
        row = self.rows.get(document)
        if entry is None or row is None:
            return None
        if why:
            gone = row.state == "withheld" and row.reason == why and not (self.folder / document.path).exists()
            return row if gone else None
        return row if row.state == "built" and row.sha256 == entry.sha256 else None


def find_unchanged(
    settings: Settings,
    wanted: Wanted,
    earlier: Earlier,
    inputs: Inputs,
    *,
    release: bool = False,
    tell_gaps: bool = False,
) -> Freshness:
    """The units that are up to date, and the others; with `tell_gaps`, also the gaps of the former."""
    current: list[Row] = []
    gaps: dict[tuple[str, str, str], tuple[Gap, ...]] = {}
    unread: list[Unit] = []
    for unit in settings.units:
        rows = _unchanged(unit, settings, wanted, earlier, inputs, release=release)
        known = _known_gaps(unit, rows, earlier.ledger) if rows and tell_gaps else {}
        if rows is None or known is None:
            unread.append(unit)
        else:
            current += rows
            gaps |= known
    return Freshness(tuple(current), tuple(unread), gaps)


def read_changed(files: Files, settings: Settings, inputs: Inputs, freshness: Freshness) -> "Library | None":
    """A library of the units that have to be read, None where there are none.

    In a project without any units, the files that units would share are read all the same, for their problems.
    Raises LeafletError as `read_units` does.
    """
    if settings.units and not freshness.unread:
        return None
    # Imported when there is something to read: a build with nothing to do begins without YAML and Babel.
    from leafletpress.build.library import read_units

    if freshness.unread:
        inputs.keep(freshness.unread)
    library = read_units(files, settings, freshness.unread)
    for leaflet in library.leaflets.values():
        inputs.learn(leaflet)
    return library


def compose_changed(
    library: "Library | None",
    settings: Settings,
    wanted: Wanted,
    earlier: Earlier,
    inputs: Inputs,
    freshness: Freshness,
    *,
    release: bool = False,
) -> Plan:
    """The plan of a build: what was read is composed, and each document is compared with what is in the folder."""
    if library is None:
        return Plan(freshness.current, (), (), frozenset(), freshness.gaps, ())
    gaps = dict(freshness.gaps)
    tasks: list[Task] = []
    found = {unit: tuple(inputs.problems_of(unit, library.problems)) for unit in freshness.unread}
    faults = {unit: problems[0] for unit, problems in found.items() if problems}
    for composition in library.compositions(wanted):
        handout = composition.handout
        unit = Unit(handout.condition, handout.locale)
        gaps[handout.condition, handout.locale, handout.audience] = composition.gaps
        signoffs = library.signoffs[handout.condition]
        policy, today = settings.site.policy, settings.today
        unsafe = library.not_put_back(handout), library.unsourced_doses(handout)
        why = held(composition, signoffs, library.releases, policy, today, *unsafe)
        if unit in faults and not why.release:
            why = replace(why, release=str(faults[unit]))
        printed, sides = handout_digest(handout), library.leaflets[handout.condition].sides.get(handout.audience)
        for document in documents(unit, handout.audience, settings.editions, wanted):
            edition = settings.editions[document.edition].with_sides(handout.audience, sides)
            made = inputs.made(handout, printed, edition, document.format)
            entry = earlier.ledger.documents.get(document.path)
            same = entry is not None and entry.key == made.key and not why.by(release=release)
            row = earlier.current_row(document, entry, "") if same else None
            tasks.append(Task(unit, document, edition, handout, made, why, row))
    complete = tuple(unit for unit in freshness.unread if library.holds(unit) and unit not in faults)
    broken = frozenset(unit for unit in freshness.unread if not library.holds(unit))
    plan = Plan(freshness.current, tuple(tasks), complete, broken, gaps, tuple(library.problems))
    if not release:
        return plan
    unread = tuple(
        (document, str(faults[unit]))
        for unit in broken
        if unit in faults
        for document in _unread(unit, settings, wanted, inputs, library.releases)
    )
    return replace(plan, unread=unread, withholding=frozenset(chain.from_iterable(found.values())))


def _unread(unit: Unit, settings: Settings, wanted: Wanted, inputs: Inputs, releases: Releases) -> Iterator[Document]:
    """The documents of a unit that can't be read: those that were published, or any that its language is made for."""
    published = [audience for condition, locale, audience in releases if (condition, locale) == astuple(unit)]
    language = settings.locales.get(unit.locale)
    for audience in published or (language.audiences if language else settings.audiences):
        if inputs.is_chosen(unit, audience):
            yield from documents(unit, audience, settings.editions, wanted)


def _unchanged(
    unit: Unit, settings: Settings, wanted: Wanted, earlier: Earlier, inputs: Inputs, *, release: bool
) -> list[Row] | None:
    """The rows of a unit whose documents are all there and whose inputs are those of its last build; else None."""
    digest = inputs.digest(unit)  # before any unit is read: a file that changes while it is read must count as changed
    locale = settings.locales.get(unit.locale)
    if earlier.ledger.units.get(str(unit)) != digest or locale is None or unit.locale in PSEUDO_LOCALES:
        return None
    if not earlier.ledger.holds_on(str(unit), settings.today):
        return None
    rows: list[Row] = []
    for audience in (one for one in locale.audiences if inputs.is_chosen(unit, one)):
        for document in documents(unit, audience, settings.editions, wanted):
            entry = earlier.ledger.documents.get(document.path)
            row = earlier.current_row(document, entry, entry.held(release=release)) if entry else None
            if entry is None or entry.inputs != digest or row is None:
                return None
            rows.append(row)
    return rows


def _known_gaps(unit: Unit, rows: list[Row], ledger: Ledger) -> Gaps | None:
    """The gaps of documents that are up to date, None where the ledger has lost them."""
    audiences = {row.audience for row in rows if ledger.documents[row.document.path].release}
    found = ledger.detail(str(unit)).gaps.get(ledger.units[str(unit)], {}) if audiences else {}
    if not audiences <= found.keys():
        return None
    return {(unit.condition, unit.locale, audience): found[audience] for audience in audiences if found[audience]}
