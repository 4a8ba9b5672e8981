"""Reads what a project has to say of its published documents, and composes nothing: `archive` goes by it."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from leafletpress.build.extent import Extent
from leafletpress.build.index import papers, renderer
from leafletpress.build.library import Project, Wanted, read_units
from leafletpress.build.project import Settings, Unit, read_settings
from leafletpress.build.translations import read_leaflets
from leafletpress.model.approval import Signoffs
from leafletpress.model.digests import english_digest
from leafletpress.model.document import Document
from leafletpress.model.leaflet import Leaflet
from leafletpress.model.problems import LeafletError
from leafletpress.model.releases import RELEASES_FILE
from leafletpress.publish.public import Expected, Public
from leafletpress.read.conditions import conditions
from leafletpress.read.located.files import Files
from leafletpress.read.signoffs import read_signoffs, recorded_conditions


def read_public(project: Project, site: str | None, today: date) -> Public:
    """A project on a day, as far as those who get its documents are concerned.

    What is wrong with a leaflet or a language is left to `check`, and to the release, which withholds it. Raises
    LeafletError where nothing can be built at all.
    """
    files = project.files()
    settings = read_settings(files, Wanted(site=site), today)
    library = read_units(files, replace(settings, units=()), ())
    leaflets, _ = read_leaflets(files, settings.audiences, conditions(files))
    extent = _extent(settings, leaflets)
    signoffs = dict(_signoffs(files, today))
    return Public(
        site=settings.site,
        locales=library.locales,
        furniture=library.furniture,
        audiences=settings.audiences,
        signoffs={condition: found for condition, found in signoffs.items() if found},
        releases=library.releases,
        today=today,
        has_handout=extent.has_handout,
        expected=_expected(extent, leaflets),
        render=renderer(files),
        unread=[condition for condition, found in signoffs.items() if found is None],
        problems=tuple(one for one in library.problems if one.origin.file == RELEASES_FILE),
        papers=papers(files),
    )


def _extent(settings: Settings, leaflets: dict[str, Leaflet]) -> Extent:
    def is_chosen(unit: Unit, audience: str) -> bool:
        leaflet = leaflets[unit.condition]
        return leaflet.is_for(audience) and leaflet.is_in(unit.locale)

    unread = (one for one in settings.units if one.condition not in leaflets or one.locale not in settings.locales)
    return Extent(settings, is_chosen, frozenset(unread))


def _expected(extent: Extent, leaflets: dict[str, Leaflet]) -> Callable[[Document], Expected | None]:
    """How each document of the project must be."""

    @cache
    def english(condition: str, audience: str) -> str:
        return english_digest(leaflets[condition], audience)

    def expected(document: Document) -> Expected | None:
        if not extent.has(document):
            return None
        leaflet, audience = leaflets.get(document.condition), document.audience
        edition = extent.settings.editions.get(document.edition)
        if leaflet is None or edition is None or audience not in edition.pages:
            return Expected()
        own = edition.with_sides(audience, leaflet.sides.get(audience))
        return Expected(english(document.condition, audience), own.most_sides(audience, document.locale))

    return expected


def _signoffs(files: Files, today: date) -> Iterator[tuple[str, Signoffs | None]]:
    """What is on record of each condition, those without a leaflet included; None where that can't be read."""
    for condition in recorded_conditions(files):
        try:
            yield condition, read_signoffs(files, condition, today)
        except LeafletError:
            yield condition, None  # a release withholds it, and `check` says what is wrong
