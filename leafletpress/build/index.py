"""Makes the pages that are no leaflets: of their templates and the search library, and puts them beside documents."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from leafletpress.build.library import Project, Wanted, read_units
from leafletpress.build.project import Settings, read_settings
from leafletpress.build.search import search_script
from leafletpress.model.approval import Signoffs
from leafletpress.model.papers import Papers
from leafletpress.model.problems import LeafletError
from leafletpress.publish.beside import beside, put_beside
from leafletpress.publish.files import INDEX, put, writing
from leafletpress.publish.folder import read_published
from leafletpress.publish.index import index_page
from leafletpress.publish.manifest import UNMADE
from leafletpress.publish.notices import notices
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_papers
from leafletpress.read.signoffs import read_signoffs
from leafletpress.read.templates import read_index
from leafletpress.write.page import make_page


def renderer(files: Files) -> Callable[..., str]:
    """What makes a page, by its name, of its values; raises LeafletError where a template can't be read."""
    texts, known = dict(read_index(files)), {"library": search_script()}
    pages = {name: make_page(texts, f"index/{name}.html.j2", {}, known) for name in ("page", "status")}

    def render(name: str, /, **values: object) -> str:
        return pages[name].render(**values)

    return render


def write_index(project: Project, site: str | None, folder: Path, label: str) -> list[str]:
    """Put what is no leaflet into an output folder, made of what its manifest lists; the paths of what changed.

    Raises LeafletError: where nothing can be built at all, (4) where the folder can't be read or written.
    """
    published = read_published(folder, label)
    files = project.files()
    settings = read_settings(files, Wanted(site=site))
    shelf = Shelf(published.rows.values())
    public = _public(files, settings, shelf)
    found = tuple(notices(shelf, public))
    with writing(label):
        changed = put_beside(folder, beside(shelf, found, public, folder))
    page = index_page(shelf, public, found, published.manifest, archived=False)
    with writing(f"{label}/{INDEX}"):
        # The last: where it is of the manifest, so are the others.
        return [*changed, INDEX] if put(folder / INDEX, page.encode()) else changed


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
        papers=papers(files),
    )


def papers(files: Files) -> Papers:
    """All papers that were ever published; none where that can't be read, which is reported with the releases."""
    try:
        return read_papers(files)
    except LeafletError:
        return {}


def _signoffs(files: Files, conditions: Iterable[str], today: date) -> Iterator[tuple[str, Signoffs]]:
    for condition in sorted(conditions):
        with suppress(LeafletError):  # reported by the build; the page says that it is withheld
            yield condition, read_signoffs(files, condition, today)
