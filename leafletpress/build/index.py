"""Makes the page that finds leaflets: of its template and the search library, for an archive and an output folder."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from leafletpress.build.library import Project, Wanted, read_units
from leafletpress.build.project import Settings, read_settings
from leafletpress.build.search import search_script
from leafletpress.model.approval import Signoffs
from leafletpress.model.problems import LeafletError
from leafletpress.publish.files import INDEX, put, writing
from leafletpress.publish.folder import read_published
from leafletpress.publish.index import index_page
from leafletpress.publish.manifest import UNMADE
from leafletpress.publish.notices import notices
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.read.located.files import Files
from leafletpress.read.signoffs import read_signoffs
from leafletpress.read.templates import read_index
from leafletpress.write.page import make_page


def renderer(files: Files) -> Callable[..., str]:
    """What makes the page of its values; raises LeafletError where the template can't be read."""
    texts = dict(read_index(files))
    return make_page(texts, "index/page.html.j2", {}, {"library": search_script()}).render


def write_index(project: Project, site: str | None, folder: Path, label: str) -> bool:
    """Put the page into an output folder, of what its manifest lists; whether it changed.

    Raises LeafletError: where nothing can be built at all, (4) where the folder can't be read or written.
    """
    published = read_published(folder, label)
    files = project.files()
    settings = read_settings(files, Wanted(site=site))
    shelf = Shelf(published.rows.values())
    public = _public(files, settings, shelf)
    page = index_page(shelf, public, notices(shelf, public), published.manifest, archived=False)
    with writing(f"{label}/{INDEX}"):
        return put(folder / INDEX, page.encode())


def _public(files: Files, settings: Settings, shelf: Shelf) -> Public:
    """A project as far as this page is concerned: how its documents must be, `archive` asks."""
    library = read_units(files, replace(settings, units=()), ())
    withdrawn = [row for rows in shelf.rows.values() for row in rows if row.status == "withdrawn"]
    unmade = {row.key for row in withdrawn if row.reason == UNMADE}
    return Public(
        site=settings.site,
        locales=library.locales,
        furniture=library.furniture,
        audiences=settings.audiences,
        signoffs=dict(_signoffs(files, {row.condition for row in withdrawn}, settings.today)),
        releases=library.releases,
        today=settings.today,
        has_handout=lambda key: key not in unmade,
        expected=lambda _document: None,
        render=renderer(files),
    )


def _signoffs(files: Files, conditions: Iterable[str], today: date) -> Iterator[tuple[str, Signoffs]]:
    for condition in sorted(conditions):
        with suppress(LeafletError):  # reported by the build; the page says that it is withheld
            yield condition, read_signoffs(files, condition, today)
