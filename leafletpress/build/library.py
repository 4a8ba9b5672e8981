"""Reads everything that a build, a check or an update of catalogs is about, each problem kept with its place."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from leafletpress import __version__
from leafletpress.build.project import Project, Settings, Unit, Wanted, read_settings, refuse_unknown
from leafletpress.build.workers.limits import TimeLimitError, within
from leafletpress.compose.handouts import Composition, compose
from leafletpress.compose.records import Records
from leafletpress.model.approval import Signoffs
from leafletpress.model.audience import Audience
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout, texts
from leafletpress.model.leaflet import FURNITURE, Leaflet, Message, messages
from leafletpress.model.locale import PSEUDO_LOCALES, SOURCE, Locale
from leafletpress.model.problems import LeafletError, Origin, Problem, did_you_mean
from leafletpress.model.releases import Releases
from leafletpress.model.site import Site
from leafletpress.read.conditions import conditions
from leafletpress.read.furniture import read_furniture
from leafletpress.read.languages.catalogs import Key
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.languages.pseudo import pseudo_locale
from leafletpress.read.languages.settings import lineage, locale_names
from leafletpress.read.leaflets import read_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_releases
from leafletpress.read.signoffs import read_signoffs
from leafletpress.read.templates import read_audiences
from leafletpress.translate.backtranslation import BackTranslations, not_put_back, read_backtranslations
from leafletpress.translate.update import Domain, unused_catalogs

__all__ = ("Library", "Project", "Translations", "Wanted", "domains", "read_library", "read_translations", "read_units")

MOST_SECONDS = 20  # to read a leaflet, which usually takes a tenth of a second


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

    A leaflet or catalog that can't be read is a problem of the library; raises LeafletError where nothing can be
    built at all: no template words, no English.
    """
    furniture = read_furniture(files)
    site, editions, audiences, today = settings.site, settings.editions, settings.audiences, settings.today
    library = Library(files, site, editions, audiences, furniture, units, today)
    named = tuple(dict.fromkeys(unit.condition for unit in units))
    library.leaflets, problems = read_leaflets(files, settings.audiences, named)
    wanted = {name: [FURNITURE] for name in [unit.locale for unit in units] or settings.names}
    for unit in units:
        leaflet = library.leaflets.get(unit.condition)
        for name in dict.fromkeys((unit.locale, site.staff)):
            known = wanted.setdefault(name, [FURNITURE])
            if leaflet and leaflet.is_in(name) and unit.condition not in known:
                known.append(unit.condition)
    safety = _safety(domains(furniture, library.leaflets))
    library.locales, unread = _read_locales(files, settings.audiences, wanted, safety)
    library.problems = [*problems, *unread]
    for condition in named:
        try:
            library.signoffs[condition] = read_signoffs(files, condition, today)
        except LeafletError as error:
            library.problems.extend(error.problems)
    translated = [name for name in library.locales if name not in (SOURCE, *PSEUDO_LOCALES)]
    library.backtranslations, unread_back = read_backtranslations(files, translated)
    library.problems.extend(unread_back)
    try:
        library.releases = read_releases(files)
    except LeafletError as error:
        library.problems.extend(error.problems)
    return library


def read_leaflets(
    files: Files, audiences: Mapping[str, Audience], names: Iterable[str]
) -> tuple[dict[str, Leaflet], list[Problem]]:
    """The leaflets of these names, and the problems of those that can't be read."""
    leaflets: dict[str, Leaflet] = {}
    problems: list[Problem] = []
    for condition in names:
        try:
            with within(MOST_SECONDS):
                leaflets[condition] = read_leaflet(files, condition, audiences)
        except LeafletError as error:
            problems.extend(error.problems)
        except TimeLimitError:
            problems.append(
                Problem(Origin(f"leaflets/{condition}.yaml"), f"takes longer than {MOST_SECONDS} s to read")
            )
    return leaflets, problems


def _read_locales(
    files: Files,
    audiences: Mapping[str, Audience],
    domains: Mapping[str, Iterable[str]],
    safety: Collection[tuple[str, Key]],
) -> tuple[dict[str, CatalogLocale], list[Problem]]:
    """The languages with their catalogs, and what is wrong with any of them.

    `domains` are the catalogs by language, `safety` the texts that bear safety.
    """
    english, _ = read_locale(files, SOURCE, (), None)
    locales: dict[str, CatalogLocale] = {}
    problems: list[Problem] = []
    for name in sorted(domains, key=lambda name: (name != SOURCE, name)):
        try:
            locale, found = _read_one(files, name, tuple(domains[name]), english, safety)
        except LeafletError as error:
            problems.extend(error.problems)
            continue
        unknown = [audience for audience in locale.audiences if audience not in audiences]
        place = Origin(f"locales/{name}/locale.toml")
        found += [Problem(place, f'unknown audience "{one}"', did_you_mean(one, audiences)) for one in unknown]
        problems.extend(found)
        if not unknown:
            locales[name] = locale
    return locales, problems


def _read_one(
    files: Files, name: str, domains: tuple[str, ...], english: CatalogLocale, safety: Collection[tuple[str, Key]]
) -> tuple[CatalogLocale, list[Problem]]:
    if name in PSEUDO_LOCALES:
        return pseudo_locale(name, english), []
    return (english, []) if name == SOURCE else read_locale(files, name, domains, english, safety)


@dataclass(frozen=True, slots=True)
class Translations:
    """What there is to translate and the languages it is translated into; `problems` are of what can't be read.

    `backtranslations` are those of each language.
    """

    leaflets: Mapping[str, Leaflet]
    domains: tuple[Domain, ...]
    locales: tuple[CatalogLocale, ...]
    backtranslations: Mapping[str, BackTranslations]
    problems: tuple[Problem, ...]


def read_translations(project: Project, names: tuple[str, ...] = (), *, catalogs: bool = True) -> Translations:
    """All languages, or those of `names`, with their catalogs; without `catalogs`, with their settings alone.

    Raises LeafletError (exit code 2) for a name that no language has.
    """
    files = project.files()
    audiences = read_audiences(files)
    known = [name for name in locale_names(files) if name != SOURCE]
    refuse_unknown({"locale": (names, known)})
    leaflets, problems = read_leaflets(files, audiences, conditions(files))
    texts = domains(read_furniture(files), leaflets)
    wanted = {name: [text.name for text in texts if catalogs and text.is_in(name)] for name in names or known}
    locales, unread = _read_locales(files, audiences, wanted, _safety(texts))
    back, unread_back = read_backtranslations(files, locales if catalogs else ())
    unused = unused_catalogs(files, texts, locales)
    return Translations(leaflets, texts, tuple(locales.values()), back, (*problems, *unread, *unread_back, *unused))


def domains(furniture: Mapping[str, Message], leaflets: Mapping[str, Leaflet]) -> tuple[Domain, ...]:
    """What the catalogs translate: the template words, then each leaflet."""
    words = Domain(FURNITURE, __version__, tuple(furniture.values()), {})
    return (words, *map(_domain, leaflets.values()))


def _safety(texts: Iterable[Domain]) -> frozenset[tuple[str, Key]]:
    """The texts that bear safety, each with its catalog."""
    return frozenset((domain.name, key) for domain in texts for key in domain.safety)


def _domain(leaflet: Leaflet) -> Domain:
    """A leaflet to be translated into its languages, and into those that they take missing texts from."""
    languages = frozenset(name for language in leaflet.languages for name in lineage(language))
    return Domain(leaflet.condition, leaflet.version, tuple(messages(leaflet)), leaflet.facts, languages)
