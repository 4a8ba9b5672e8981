"""Surveys a project: a row for each leaflet in each language for each audience, and for what was withdrawn."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from leafletpress.build.desk.kept import Kept
from leafletpress.build.desk.rows import Row, RowState, urgency
from leafletpress.build.desk.standing import made_row, unmade_rows, unread_row
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.freshness.inputs import Inputs
from leafletpress.build.library import Library, read_units
from leafletpress.build.project import Project, Settings, Unit, Wanted, read_settings, refuse_unknown
from leafletpress.model.problems import ExitCode, LeafletError, Problem, weightiest
from leafletpress.model.releases import Release
from leafletpress.model.site import Site
from leafletpress.read.conditions import conditions
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_releases
from leafletpress.read.signoffs import read_signoffs, recorded_conditions
from leafletpress.read.templates import read_audiences

_AT_ONCE = 25  # conditions that are in memory together: about 4 MB each, in sixteen languages
_Published = Mapping[str, Mapping[tuple[str, str], Release]]  # by condition; by language and audience


@dataclass(frozen=True, slots=True)
class Survey:
    """The rows of a site on a day, the worst first; `problems` are those of files that are no leaflet's.

    `languages` are the English names of languages.
    """

    site: Site
    today: date
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    languages: Mapping[str, str]

    @property
    def exit_code(self) -> ExitCode:
        """1 where something can't be read, 3 where a release would lack something that nobody withdrew, else 0."""
        wrong = [*self.problems, *(problem for row in self.rows for problem in row.problems)]
        unreadable = any(row.state == "unreadable" for row in self.rows)
        codes = [ExitCode.CONTENT] if unreadable or any(one.severity == "error" for one in wrong) else []
        codes += [ExitCode.WITHHELD] if any(row.is_held_back for row in self.rows) else []
        return weightiest(codes)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which rows are asked for; an empty tuple asks for all. `due`: those whose review is in so many days, or past."""

    conditions: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    states: tuple[RowState, ...] = ()
    due: int | None = None

    def takes(self, row: Row, today: date) -> bool:
        """Whether a row is asked for; one that stands for all languages is, whichever is asked for."""
        return (
            (not self.conditions or row.condition in self.conditions)
            and (not self.locales or row.locale is None or row.locale in self.locales)
            and (not self.audiences or row.audience is None or row.audience in self.audiences)
            and (not self.states or row.state in self.states)
            and (self.due is None or row.is_due(today, self.due))
        )


def survey(project: Project, site: str | None, choice: Choice, today: date, cache: Cache | None = None) -> Survey:
    """All that is chosen, as it is on a day; what `cache` holds and did not change is not read again.

    Raises LeafletError as `read_settings` does, and where the file of what was published is broken: then nobody knows
    what may be.
    """
    files = project.files()
    settings = read_settings(files, Wanted(site=site), today)
    published: dict[str, dict[tuple[str, str], Release]] = defaultdict(dict)
    for (condition, locale, audience), release in read_releases(files).items():
        published[condition][locale, audience] = release
    written = conditions(files)
    gone = sorted({*recorded_conditions(files), *published} - {*written})
    _refuse_unknown(files, choice, [*written, *gone], published)
    named = [name for name in written if not choice.conditions or name in choice.conditions]
    rows, problems = _read_all(files, settings, named, published, Kept(files, settings, cache))
    for condition in gone:
        rows += _of_gone(files, condition, published.get(condition, {}), today)
    chosen = sorted((row for row in rows if choice.takes(row, today)), key=urgency)
    languages = {name: known.english_name for name, known in settings.locales.items()}
    found = (*problems, *(cache.take_problems() if cache else ()))
    return Survey(settings.site, today, tuple(chosen), found, languages)


def _refuse_unknown(files: Files, choice: Choice, known: list[str], published: _Published) -> None:
    of = [key for texts in published.values() for key in texts]
    refuse_unknown(
        {
            "condition": (choice.conditions, known),
            "locale": (choice.locales, sorted({*locale_names(files), *(locale for locale, _ in of)})),
            "audience": (choice.audiences, sorted({*read_audiences(files), *(audience for _, audience in of)})),
        }
    )


def _of_gone(files: Files, condition: str, published: Mapping[tuple[str, str], Release], today: date) -> list[Row]:
    """The rows of a condition without a leaflet."""
    try:
        return list(unmade_rows(condition, read_signoffs(files, condition, today), published))
    except LeafletError as error:
        return [unread_row(condition, None, error.problems)]


def _read_all(
    files: Files, settings: Settings, named: list[str], published: _Published, kept: Kept
) -> tuple[list[Row], list[Problem]]:
    """The rows of these conditions, and the problems of no leaflet; a few conditions are in memory at a time."""
    rows: list[Row] = []
    problems: dict[Problem, None] = {}
    for first in range(0, len(named), _AT_ONCE):
        unread = []
        for condition in named[first : first + _AT_ONCE]:
            known = kept.rows(condition, published.get(condition, {}))
            rows += known or ()
            unread += [condition] if known is None else []
        if unread:
            library = read_units(files, settings, tuple(Unit(one, name) for one in unread for name in settings.names))
            rows += _composed(library, published, kept)
            problems |= dict.fromkeys(_of_no_unit(library, kept.inputs))
        files.let_go(lambda _name: True)
    return rows, list(problems)


def _composed(library: Library, published: _Published, kept: Kept) -> Iterator[Row]:
    """The rows of all that was read; those of conditions without a problem are kept."""
    rows: dict[str, list[Row]] = {unit.condition: [] for unit in library.units}
    faults = {unit: tuple(kept.inputs.problems_of(unit, library.problems)) for unit in library.units}
    for made in library.compositions(Wanted()):
        fault = faults[Unit(made.handout.condition, made.handout.locale)]
        rows[made.handout.condition].append(made_row(library, made, fault[0] if fault else None))
    for condition, made_ in rows.items():
        units = [unit for unit in library.units if unit.condition == condition]
        leaflet, signoffs = library.leaflets.get(condition), library.signoffs.get(condition)
        if leaflet is None or signoffs is None:
            yield unread_row(condition, None, faults[units[0]])
            continue
        unread = [unit.locale for unit in units if not library.holds(unit)]
        found = [*made_, *(unread_row(condition, unit.locale, faults[unit]) for unit in units if unit.locale in unread)]
        texts = published.get(condition, {})
        readable = {of: release for of, release in texts.items() if of[0] not in unread}
        of_made = [(row.locale, row.audience) for row in made_ if row.locale and row.audience]
        found += unmade_rows(condition, signoffs, readable, of_made)
        if not any(faults[unit] for unit in units):
            kept.keep(leaflet, texts, found)
        yield from found


def _of_no_unit(library: Library, inputs: Inputs) -> Iterable[Problem]:
    """The problems of files that no leaflet is made of."""
    of_units = {one for unit in library.units for one in inputs.problems_of(unit, library.problems)}
    return (problem for problem in library.problems if problem not in of_units)
