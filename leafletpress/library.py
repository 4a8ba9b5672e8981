"""Reads everything that a build, a check or an update of catalogs is about, each problem kept with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leafletpress import __version__
from leafletpress.catalogs.locales import CatalogLocale, locale_names, read_locale
from leafletpress.catalogs.update import Domain
from leafletpress.compose import Composition, compose
from leafletpress.errors import ExitCode, LeafletError, Origin, Problem, did_you_mean
from leafletpress.leaflet import Leaflet, Message, messages
from leafletpress.locale import SOURCE
from leafletpress.site import Site
from leafletpress.source.leaflets import conditions, read_leaflet
from leafletpress.source.sites import read_site, site_ids
from leafletpress.templates import Audience, read_audiences, read_furniture
from leafletpress.wording import FURNITURE
from leafletpress.writers import WRITERS


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
    site: str | None = None


@dataclass(slots=True)
class Library:
    """Everything that was read, and the problems of what could not be."""

    site: Site
    audiences: dict[str, Audience]
    furniture: dict[str, Message]
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


def read_library(project: Project, wanted: Wanted) -> Library:
    """All that the wanted documents are made of.

    A leaflet or catalog that can't be read is a problem of the library; raises LeafletError where nothing can be
    built at all: no site, no templates, a filter that names nothing.
    """
    audiences = read_audiences(project.folder("templates"))
    found = {
        "condition": (wanted.conditions, conditions(project.folder("leaflets"))),
        "locale": (wanted.locales, locale_names(project.folder("locales"))),
        "audience": (wanted.audiences, list(audiences)),
        "format": (wanted.formats, list(WRITERS)),
    }
    _refuse_unknown(found)
    library = Library(_site(project, wanted.site), audiences, read_furniture(project.folder("templates")))
    for condition in found["condition"][1]:
        if not wanted.conditions or condition in wanted.conditions:
            path = project.folder("leaflets") / f"{condition}.yaml"
            try:
                library.leaflets[condition] = read_leaflet(path, f"leaflets/{path.name}", audiences)
            except LeafletError as error:
                library.problems.extend(error.problems)
    _read_locales(project, library, wanted.locales)
    return library


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


def _read_locales(project: Project, library: Library, names: tuple[str, ...]) -> None:
    folder = project.folder("locales")
    domains = (FURNITURE, *library.leaflets)
    english, _ = read_locale(folder, SOURCE, (), None)
    for name in locale_names(folder):
        if names and name not in names:
            continue
        try:
            locale, problems = (english, []) if name == SOURCE else read_locale(folder, name, domains, english)
        except LeafletError as error:
            library.problems.extend(error.problems)
            continue
        unknown = [audience for audience in locale.audiences if audience not in library.audiences]
        problems += [
            Problem(
                Origin(f"locales/{name}/locale.toml"),
                f'unknown audience "{audience}"',
                did_you_mean(audience, library.audiences),
            )
            for audience in unknown
        ]
        library.problems.extend(problems)
        if not unknown:
            library.locales[name] = locale


def _site(project: Project, name: str | None) -> Site:
    names = site_ids(project.folder("sites"))
    if name is None and len(names) != 1:
        said = f"there are {len(names)} sites" if names else "there is no site"
        hint = f"choose one with --site: {', '.join(names)}" if names else "write sites/<name>.toml"
        raise LeafletError([Problem(Origin("sites"), said, hint)], ExitCode.USAGE if names else ExitCode.CONTENT)
    _refuse_unknown({"site": ((name,) if name is not None else (), names)})
    chosen = name or names[0]
    return read_site(project.folder("sites") / f"{chosen}.toml", f"sites/{chosen}.toml")


def catalog_domains(project: Project, names: tuple[str, ...]) -> tuple[list[Domain], list[str], list[Problem]]:
    """What there is to translate, into which languages, and the problems of leaflets that can't be read."""
    library = read_library(project, Wanted(locales=(SOURCE,)))
    known = [name for name in locale_names(project.folder("locales")) if name != SOURCE]
    _refuse_unknown({"locale": (names, known)})
    furniture = Domain(FURNITURE, __version__, tuple(library.furniture.values()), {})
    leaflets = [
        Domain(leaflet.condition, leaflet.version, tuple(messages(leaflet)), leaflet.facts)
        for leaflet in library.leaflets.values()
    ]
    return [furniture, *leaflets], list(names or known), library.problems
