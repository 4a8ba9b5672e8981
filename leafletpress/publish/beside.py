"""What stands beside the documents of an output folder, made of what its manifest lists."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from leafletpress.publish.feed import feed, links_of_feed
from leafletpress.publish.fhir import FHIR, addresses, bundle_path, faulty, read_resources, resource_of
from leafletpress.publish.files import FEED, holds, put, refuse_links
from leafletpress.publish.links import Links, links_of
from leafletpress.publish.lookup import LOOKUP, lookup_files, places, read_lookup
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import Notice
from leafletpress.publish.public import Public
from leafletpress.publish.releases import leaflet_code
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.status import STATUS, has_status_page, status_pages, status_path

_FOLDERS = ("status", "lookup", "fhir")


def beside(
    shelf: Shelf, found: Collection[Notice], public: Public, folder: Path | None = None
) -> Iterator[tuple[str, bytes]]:
    """Each file with its path; what an output folder holds already need not be checked again."""
    from leafletpress.publish.document_references import fhir_files  # with all that knows FHIR; to verify needs none

    yield from lookup_files(shelf)
    yield from fhir_files(shelf, public, lambda path, content: folder is not None and holds(folder / path, content))
    for path, page in status_pages(shelf, found, public):
        yield path, page.encode()
    yield FEED, feed(shelf, found, public)


def is_beside(path: str) -> bool:
    """Whether a path is that of such a file."""
    return path == FEED or any(form.fullmatch(path) for form in (STATUS, LOOKUP, FHIR))


def there(folder: Path) -> Iterator[str]:
    """The paths of such files that an output folder holds, in order."""
    if (folder / FEED).is_file():
        yield FEED
    for name in _FOLDERS:
        found = (path.relative_to(folder).as_posix() for path in (folder / name).rglob("*") if path.is_file())
        yield from sorted(path for path in found if is_beside(path))


def links_beside(path: str, content: bytes) -> Links:
    """Where such a file leads, and the places in it: of one for record systems, the documents that it lists.

    Raises ValueError where it is not what its name says.
    """
    if path == FEED:
        return links_of_feed(content)
    up = "../" * path.count("/")
    if FHIR.fullmatch(path):
        found = dict.fromkeys(one for resource in read_resources(content) for one in addresses(resource))
        return Links(tuple(one if ":" in one else f"{up}{one}" for one in found), frozenset(found))
    if LOOKUP.fullmatch(path):
        listed = read_lookup(content)
        return Links(tuple(f"{up}{one}" for one in listed), frozenset(listed))
    return links_of("html", content)


def of_other_files(path: str, content: bytes, built: Mapping[str, Row]) -> Iterator[str]:
    """The documents, of those that were built, whose checksum such a file gives wrong."""
    if LOOKUP.fullmatch(path):
        for listed, digest in read_lookup(content).items():
            if listed in built and built[listed].sha256 != digest:
                yield listed
    elif FHIR.fullmatch(path):
        for resource in read_resources(content):
            for listed in dict.fromkeys(addresses(resource)):
                if listed in built and faulty(resource, built[listed]):
                    yield listed


def leading_to(row: Row, site: str) -> Iterator[str]:
    """The addresses, from the root, of such files in which a published document must be found."""
    code = leaflet_code(row.code)
    if has_status_page(code):
        yield f"{status_path(code)}#{row.check_code}" if row.check_code else status_path(code)
    listing = [path for place in places(row) for path in (place.path, bundle_path(place))]
    yield from (f"{path}#{row.path}" for path in (*listing, resource_of(row, site)))


def put_beside(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[str]:
    """Put these files into an output folder, and take out those that are no more; the paths of those that changed.

    They are not flushed to disk: `verify` shows what a power cut took, and `verify --repair` makes it again. Raises
    OSError.
    """
    wanted, changed = set(), []
    for path, content in files:
        wanted.add(path)
        refuse_links(folder, folder / path)
        changed += [path] if put(folder / path, content, flush=False) else []
    old = [path for path in there(folder) if path not in wanted]
    for path in old:
        refuse_links(folder, folder / path)
        (folder / path).unlink()
        for above in (folder / path).relative_to(folder).parents[:-1]:
            with suppress(OSError):  # other files are in there
                (folder / above).rmdir()
    return [*changed, *old]
