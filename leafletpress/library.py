"""Reads everything that a build, a check or an update of catalogs is about, each problem kept with its place."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leafletpress import __version__
from leafletpress.catalogs.locales import CatalogLocale, locale_names, read_locale
from leafletpress.catalogs.pseudo import PSEUDO_LOCALES, pseudo_locale
from leafletpress.catalogs.update import Domain
from leafletpress.compose import Composition, compose
from leafletpress.errors import ExitCode, LeafletError, Origin, Problem, did_you_mean
from leafletpress.leaflet import Leaflet, Message, messages
from leafletpress.limits import TimeLimitError, within
from leafletpress.locale import SOURCE
from leafletpress.site import Site
from leafletpress.source.leaflets import conditions, read_leaflet
from leafletpress.source.sites import read_site, site_ids
from leafletpress.templates import Audience, Edition, read_audiences, read_editions, read_furniture
from leafletpress.wording import FURNITURE
from leafletpress.writers import WRITERS

MOST_SECONDS = 20  # to read a leaflet, which takes a tenth of one


@dataclass(frozen=True, slots=True)
class Project:
    """Where the folders of a project are."""

    root: Path

    def folder(self, name: str) -> Path:
        """One of leaflets, locales, templates, sites."""
        return self.root / name


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are asked for; an empty tuple asks for all."""

    conditions: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    site: str | None = None


@dataclass(slots=True)
class Library:
    """Everything that was read, and the problems of what could not be; `editions` are those to be built.

    `there` are the conditions and languages that have files, whether these could be read or not.
    """

    site: Site
    editions: dict[str, Edition]
    audiences: dict[str, Audience]
    furniture: dict[str, Message]
    there: tuple[frozenset[str], frozenset[str]]
    leaflets: dict[str, Leaflet] = field(default_factory=dict)
    locales: dict[str, CatalogLocale] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def compositions(self, wanted: Wanted) -> Iterator[Composition]:
        """The handouts asked for, in order of condition, locale and audience; what lacks its catalog is left out."""
        for leaflet in self.leaflets.values():
            for locale in self.locales.values():
                if not locale.holds(FURNITURE, leaflet.condition):
                    continue
                for audience in locale.audiences:
                    if not wanted.audiences or audience in wanted.audiences:
                        yield compose(leaflet, locale, self.audiences[audience], self.site, self.furniture)

    def unread(self, condition: str, locale: str) -> bool:
        """Whether there may be leaflets of a condition in a language, were its files not broken or missing."""
        if condition in self.leaflets and locale in self.locales:
            return not self.locales[locale].holds(FURNITURE, condition)
        return condition in self.there[0] and locale in self.there[1]


def read_library(project: Project, wanted: Wanted) -> Library:
    """All that the wanted documents are made of.

    A leaflet or catalog that can't be read is a problem of the library; raises LeafletError where nothing can be
    built at all: no site, no templates, a filter that names nothing.
    """
    templates = project.folder("templates")
    audiences, editions = read_audiences(templates), read_editions(templates)
    found = {
        "condition": (wanted.conditions, conditions(project.folder("leaflets"))),
        "locale": (wanted.locales, [*locale_names(project.folder("locales")), *PSEUDO_LOCALES]),
        "audience": (wanted.audiences, list(audiences)),
        "format": (wanted.formats, list(WRITERS)),
        "edition": (wanted.editions, list(editions)),
    }
    _refuse_unknown(found)
    site = _site(project, wanted.site, editions)
    chosen = {name: editions[name] for name in wanted.editions or site.editions}
    there = (frozenset(found["condition"][1]), frozenset(locale_names(project.folder("locales"))))
    library = Library(site, chosen, audiences, read_furniture(templates), there)
    library.leaflets, problems = _read_leaflets(project, audiences, wanted.conditions)
    names = wanted.locales or tuple(locale_names(project.folder("locales")))
    library.locales, unread = _read_locales(project, audiences, names, (FURNITURE, *library.leaflets))
    library.problems = [*problems, *unread]
    return library


def _read_leaflets(
    project: Project, audiences: Mapping[str, Audience], names: tuple[str, ...]
) -> tuple[dict[str, Leaflet], list[Problem]]:
    """The leaflets of these names (all where none are given), and the problems of those that can't be read."""
    leaflets: dict[str, Leaflet] = {}
    problems: list[Problem] = []
    for condition in conditions(project.folder("leaflets")):
        if not names or condition in names:
            path = project.folder("leaflets") / f"{condition}.yaml"
            try:
                with within(MOST_SECONDS):
                    leaflets[condition] = read_leaflet(path, f"leaflets/{path.name}", audiences)
            except LeafletError as error:
                problems.extend(error.problems)
            except TimeLimitError:
                problems.append(Problem(Origin(f"leaflets/{path.name}"), f"takes longer than {MOST_SECONDS} s to read"))
    return leaflets, problems


def _refuse_unknown(found: Mapping[str, tuple[tuple[str, ...], list[str]]]) -> None:
    """Raise LeafletError (exit code 2) for what an option names and nothing is called; noun -> names, known ones."""
    unknown = [
        Problem(Origin(f"--{noun}"), f'unknown {noun} "{name}"', did_you_mean(name, known))
        for noun, (names, known) in found.items()
        for name in names
        if name not in known
    ]
    if unknown:
        raise LeafletError(unknown, ExitCode.USAGE)


def _read_locales(
    project: Project, audiences: Mapping[str, Audience], names: tuple[str, ...], domains: tuple[str, ...]
) -> tuple[dict[str, CatalogLocale], list[Problem]]:
    """The languages of these names with their catalogs, and what is wrong with any of them."""
    folder = project.folder("locales")
    english, _ = read_locale(folder, SOURCE, (), None)
    locales: dict[str, CatalogLocale] = {}
    problems: list[Problem] = []
    for name in sorted(names, key=lambda name: (name != SOURCE, name)):
        try:
            locale, found = _read_one(folder, name, domains, english)
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
    folder: Path, name: str, domains: tuple[str, ...], english: CatalogLocale
) -> tuple[CatalogLocale, list[Problem]]:
    if name in PSEUDO_LOCALES:
        return pseudo_locale(name, english), []
    return (english, []) if name == SOURCE else read_locale(folder, name, domains, english)


def _site(project: Project, name: str | None, editions: Iterable[str]) -> Site:
    names = site_ids(project.folder("sites"))
    if name is None and len(names) != 1:
        said = f"there are {len(names)} sites" if names else "there is no site"
        hint = f"choose one with --site: {', '.join(names)}" if names else "write sites/<name>.toml"
        raise LeafletError([Problem(Origin("sites"), said, hint)], ExitCode.USAGE if names else ExitCode.CONTENT)
    _refuse_unknown({"site": ((name,) if name is not None else (), names)})
    chosen = name or names[0]
    return read_site(project.folder("sites") / f"{chosen}.toml", f"sites/{chosen}.toml", editions)


@dataclass(frozen=True, slots=True)
class Translations:
    """What there is to translate and the languages it is translated into; `problems` are of what can't be read."""

    domains: tuple[Domain, ...]
    locales: tuple[CatalogLocale, ...]
    problems: tuple[Problem, ...]


def read_translations(project: Project, names: tuple[str, ...] = (), *, catalogs: bool = True) -> Translations:
    """All languages, or those of `names`, with their catalogs; without `catalogs`, with their settings alone.

    Raises LeafletError (exit code 2) for a name that no language has.
    """
    audiences = read_audiences(project.folder("templates"))
    known = [name for name in locale_names(project.folder("locales")) if name != SOURCE]
    _refuse_unknown({"locale": (names, known)})
    leaflets, problems = _read_leaflets(project, audiences, ())
    furniture = read_furniture(project.folder("templates"))
    domains = [Domain(FURNITURE, __version__, tuple(furniture.values()), {})]
    domains += [Domain(x.condition, x.version, tuple(messages(x)), x.facts) for x in leaflets.values()]
    wanted = tuple(domain.name for domain in domains) if catalogs else ()
    locales, unread = _read_locales(project, audiences, names or tuple(known), wanted)
    return Translations(tuple(domains), tuple(locales.values()), (*problems, *unread))
