"""Which handouts and documents a project makes: by its languages, audiences and editions, and each leaflet's choice."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from leafletpress.build.project import Settings, Unit, Wanted
from leafletpress.model.document import Document
from leafletpress.model.edition import Edition
from leafletpress.model.releases import Key


@dataclass(frozen=True, slots=True)
class Extent:
    """All that a project makes; `is_chosen` says for whom and in which languages a leaflet is.

    What can't be read (`broken`) counts as made, in whatever form, for it may be.
    """

    settings: Settings
    is_chosen: Callable[[Unit, str], bool]
    broken: frozenset[Unit]

    def has_handout(self, key: Key) -> bool:
        """Whether a leaflet is made in a language for an audience, in any edition."""
        condition, locale, audience = key
        unit = Unit(condition, locale)
        if unit in self.broken:
            return True
        known = self.settings.locales.get(locale)
        if known is None or unit not in self.settings.units or audience not in known.audiences:
            return False
        return self.is_chosen(unit, audience)

    def has(self, document: Document) -> bool:
        """Whether a document is made."""
        if Unit(document.condition, document.locale) in self.broken:
            return True
        if not self.has_handout((document.condition, document.locale, document.audience)):
            return False
        edition = self.settings.editions.get(document.edition)
        return edition is not None and document.audience in edition.pages and document.format in edition.formats


def documents(unit: Unit, audience: str, editions: Mapping[str, Edition], wanted: Wanted) -> Iterator[Document]:
    """The documents that a unit becomes for an audience."""
    if wanted.audiences and audience not in wanted.audiences:
        return
    for name, edition in editions.items():
        if audience in edition.pages:
            for format_ in edition.formats:
                if not wanted.formats or format_ in wanted.formats:
                    yield Document(unit.condition, unit.locale, audience, name, format_)
