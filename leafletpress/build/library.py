"""Reads everything that a build, a check or an update of catalogs is about, each problem kept with its place."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from leafletpress.build.project import Project, Settings, Unit, Wanted, read_settings
from leafletpress.build.sources import unsourced
from leafletpress.build.translations import (
    Translations,
    catalogs_of,
    domains,
    faults_of_texts,
    read_leaflets,
    read_locales,
    read_translations,
    safety_keys,
)
from leafletpress.compose.handouts import Composition, compose
from leafletpress.compose.records import Records
from leafletpress.model.approval import Signoffs
from leafletpress.model.audience import Audience
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout, texts
from leafletpress.model.leaflet import FURNITURE, Leaflet, Message
from leafletpress.model.locale import PSEUDO_LOCALES, SOURCE, Locale
from leafletpress.model.problems import LeafletError, Problem, attempt
from leafletpress.model.releases import Releases
from leafletpress.model.site import Site
from leafletpress.read.furniture import read_furniture
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_releases
from leafletpress.read.signoffs import read_signoffs
from leafletpress.translate.backtranslation import BackTranslations, not_put_back, read_backtranslations

__all__ = ("Library", "Project", "Translations", "Wanted", "domains", "read_library", "read_translations", "read_units")


@dataclass(slots=True)
class Library:
    """Everything that was read, and the problems of what could not be; `editions` are those to be built.

    `signoffs` are what is on record of each condition, `releases` what was published last of each handout,
    `backtranslations` the safety texts of each language put back into English.
    """

    files: Files
    site: Site
    editions: Mapping[str, Edition]
    audiences: Mapping[str, Audience]
    furniture: dict[str, Message]
    units: tuple[Unit, ...]
    today: date
    leaflets: dict[str, Leaflet] = field(default_factory=dict)
    locales: dict[str, CatalogLocale] = field(default_factory=dict)
    signoffs: dict[str, Signoffs] = field(default_factory=dict)
    releases: Releases = field(default_factory=dict)
    backtranslations: dict[str, BackTranslations] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def compositions(self, wanted: Wanted) -> Iterator[Composition]:
        """The handouts asked for, in order of condition, locale and audience; what lacks its catalog is left out."""
        records: dict[str, Records] = {}
        for unit in self.units:
            if self.holds(unit) and self.leaflets[unit.condition].is_in(unit.locale):
                leaflet, locale = self.leaflets[unit.condition], self.locales[unit.locale]
                known = records.setdefault(unit.condition, self._records(unit.condition))
                for audience in locale.audiences:
                    if leaflet.is_for(audience) and (not wanted.audiences or audience in wanted.audiences):
                        for_whom = self.audiences[audience]
                        yield compose(leaflet, locale, for_whom, self.site, self.furniture, known, self._staff(unit))

    def not_put_back(self, handout: Handout) -> list[str]:
        """The contexts of the safety texts on a paper that nobody put back into English as they stand."""
        if handout.locale not in self.backtranslations:
            return []
        locale, known = self.locales[handout.locale], self.backtranslations[handout.locale]
        printed = {text.context for text in texts(handout)}
        listed = domains(self.furniture, {handout.condition: self.leaflets[handout.condition]})
        found = (key for domain in listed for key in not_put_back(domain, locale, known, handout.audience))
        return [context for context, _ in found if context in printed]

    def unsourced_doses(self, handout: Handout) -> list[Problem]:
        """The doses on a paper that name no source."""
        printed = {text.context for text in texts(handout)}
        found = (one for one in unsourced(self.leaflets[handout.condition]) if one.is_dose)
        return [
            one.problem
            for one in found
            if one.message.context in printed and one.message.place.audience in (None, handout.audience)
        ]

    def _records(self, condition: str) -> Records:
        return Records(self.today, self.signoffs[condition], self.releases)

    def _staff(self, unit: Unit) -> Locale:
        """The language of the staff, where its catalogs can be read; else English says the same."""
        staff = self.locales.get(self.site.staff)
        if staff is None or not staff.holds(FURNITURE, unit.condition):
            return self.locales[unit.locale].english
        return staff

    def holds(self, unit: Unit) -> bool:
        """Whether all that a unit is made of could be read; a leaflet that is not in a language needs no catalog."""
        leaflet, locale = self.leaflets.get(unit.condition), self.locales.get(unit.locale)
        if leaflet is None or locale is None or unit.condition not in self.signoffs:
            return False
        return locale.holds(FURNITURE, *([unit.condition] if leaflet.is_in(unit.locale) else []))


def read_library(project: Project, wanted: Wanted, today: date | None = None) -> Library:
    """All that the wanted documents are made of; raises LeafletError as `read_settings` and `read_units` do."""
    files = project.files()
    settings = read_settings(files, wanted, today)
    return read_units(files, settings, settings.units)


def read_units(files: Files, settings: Settings, units: tuple[Unit, ...]) -> Library:
    """All that these units are made of.

    A leaflet or catalog that can't be read is a problem of the library; raises LeafletError, with every problem,
    where nothing can be built at all: no template words, no English.
    """
    furniture = read_furniture(files)
    site, editions, audiences, today = settings.site, settings.editions, settings.audiences, settings.today
    library = Library(files, site, editions, audiences, furniture, units, today)
    named = tuple(dict.fromkeys(unit.condition for unit in units))
    library.leaflets, problems = read_leaflets(files, settings.audiences, named)
    asked: dict[str, list[str]] = {name: [] for name in [unit.locale for unit in units] or settings.names}
    for unit in units:
        for name in dict.fromkeys((unit.locale, site.staff)):
            if unit.condition not in asked.setdefault(name, []):
                asked[name].append(unit.condition)
    wanted = {name: catalogs_of(files, name, library.leaflets, of_name) for name, of_name in asked.items()}
    safety = safety_keys(domains(furniture, library.leaflets))
    read = attempt(lambda: read_locales(files, settings.audiences, wanted, safety), problems)
    library.locales, unread = read or ({}, [])
    problems += unread
    library.signoffs, library.backtranslations, library.releases = _records(files, named, asked, today, problems)
    library.problems = problems
    if read is None:
        raise LeafletError([*problems, *_looks(files, audiences)])
    return library


def _records(
    files: Files, conditions: Iterable[str], languages: Iterable[str], today: date, problems: list[Problem]
) -> tuple[dict[str, Signoffs], dict[str, BackTranslations], Releases]:
    """What is on record of some conditions, put back of some languages, and published; what is wrong is added."""
    signoffs = {one: attempt(lambda one=one: read_signoffs(files, one, today), problems) for one in conditions}  # type: ignore[misc]
    back, unread = read_backtranslations(files, [name for name in languages if name not in (SOURCE, *PSEUDO_LOCALES)])
    problems += unread
    releases = attempt(lambda: read_releases(files), problems) or {}
    return {one: found for one, found in signoffs.items() if found is not None}, back, releases


def faults(files: Files, audiences: Collection[str], conditions: list[str], names: Iterable[str]) -> list[Problem]:
    """What is wrong with leaflets, languages, records and looks, where nothing can be built."""
    languages = tuple(names)
    problems = faults_of_texts(files, audiences, conditions, languages)
    _records(files, conditions, languages, date.max, problems)
    return [*problems, *_looks(files, audiences)]


def _looks(files: Files, audiences: Collection[str]) -> Iterator[Problem]:
    # Imported where something is wrong: reading texts begins without Word and style sheets.
    from leafletpress.build.looks import unreadable_looks

    return unreadable_looks(files, audiences)
