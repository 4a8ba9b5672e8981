"""Raises the revision of each translation that changed since it was published, the English being the same."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from leafletpress.model.digests import english_digest, translation_digest
from leafletpress.model.leaflet import Leaflet, is_translated, read_by
from leafletpress.model.releases import Releases, TextVersion, unnumbered
from leafletpress.publish.files import put, writing
from leafletpress.read.languages.catalogs import REVISION
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.languages.settings import catalog_file
from leafletpress.read.located.files import Files
from leafletpress.translate.dump import dump_catalog
from leafletpress.translate.merge import with_field


def raise_revisions(
    files: Files, leaflets: Mapping[str, Leaflet], locales: Iterable[CatalogLocale], releases: Releases
) -> list[str]:
    """Write the new revision into the header of each catalog that needs one; the names of the files.

    It is the one after that which was published last. Raises LeafletError (exit code 4) where a file can't be written.
    """
    written = []
    for locale in locales:
        for condition, leaflet in leaflets.items():
            catalog, revision = locale.catalogs.get(condition), _needed(leaflet, locale, releases)
            if catalog is None or revision is None:
                continue
            name = catalog_file(locale.name, condition)
            raised = replace(catalog, header=with_field(catalog.header, REVISION, str(revision)))
            with writing(name, hint=""):
                put(files.path(name), dump_catalog(raised).encode())
            written.append(name)
    return written


def _needed(leaflet: Leaflet, locale: CatalogLocale, releases: Releases) -> int | None:
    """The revision that a translation must have, None where it may keep its own."""
    needed = []
    for audience in locale.audiences:
        last = releases.get((leaflet.condition, locale.name, audience))
        if last is None or last.text.revision is None:
            continue
        if english_digest(leaflet, audience) != last.text.english:
            continue  # its author has to number it first, and then revisions are counted anew
        found = _translations(leaflet, locale, audience)
        now = TextVersion(
            leaflet.version, locale.revision(leaflet.condition), last.text.english, translation_digest(found)
        )
        fault = unnumbered(last, now)
        if fault and fault.part == "revision":
            needed.append(last.text.revision + 1)
    return max(needed, default=None)


def _translations(leaflet: Leaflet, locale: CatalogLocale, audience: str) -> dict[tuple[str, str], str | None]:
    """The translations of what an audience reads, by context and English."""
    read = [message for message in read_by(leaflet, audience) if is_translated(message, leaflet.facts)]
    return {message.key: locale.translate(leaflet.condition, *message.key).text for message in read}
