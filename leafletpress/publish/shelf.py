"""What is published of each leaflet, by language and audience: its title, its documents, and how to link it."""

from collections.abc import Iterable, Mapping
from html import escape

from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.locale import SOURCE, Locale
from leafletpress.model.releases import Key
from leafletpress.publish.manifest import Change, Row
from leafletpress.publish.web import Voice, spoken

_FORMATS = ("html", "pdf", "docx")


class Shelf:
    """The rows of a manifest, to be looked up by leaflet."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self.rows: dict[Key, list[Row]] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self._everyday: dict[tuple[str, str], str] = {}
        self._changes: dict[tuple[str, str], tuple[Change, ...]] = {}
        for row in sorted(rows, key=_order):
            self.rows.setdefault(row.key, []).append(row)
            if row.changes:
                self._changes.setdefault((row.condition, row.locale), row.changes)
            if row.title:
                self._titles.setdefault((row.condition, row.locale), row.title)
                self._everyday.setdefault((row.condition, row.locale), row.everyday)

    def published(self, key: Key) -> list[Row]:
        """The documents that are published of a leaflet in a language for an audience, the best for a screen first."""
        return [row for row in self.rows.get(key, ()) if row.path]

    def title(self, condition: str, locale: Locale) -> tuple[str, bool]:
        """The title in a language, and whether it has one; else in English, or what the leaflet is filed under."""
        own = self._titles.get((condition, locale.name))
        return own or self._titles.get((condition, SOURCE)) or condition, own is not None

    def names(self, condition: str, locale: str) -> tuple[str, str] | None:
        """The title and the everyday name in a language, None where it has none."""
        title = self._titles.get((condition, locale))
        return None if title is None else (title, self._everyday[condition, locale])

    def changes(self, condition: str, locale: str) -> tuple[Change, ...]:
        """What is new in each version, as far as it is known: in a language, else in English."""
        return self._changes.get((condition, locale)) or self._changes.get((condition, SOURCE), ())

    def titled(self, condition: str, voice: Voice) -> str:
        """The title as HTML, in a language or else in English."""
        text, own = self.title(condition, voice.locale)
        return voice.plain(text) if own else spoken(escape(text), voice.locale.english)


def documents(rows: Iterable[Row]) -> Mapping[str, list[Row]]:
    """The documents of a leaflet by edition, the default one first."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.edition, []).append(row)
    return found


def _order(row: Row) -> tuple[str, str, str, bool, str, int, str]:
    """The default edition first; of each edition what is for a screen, for paper, to be changed."""
    default, format_ = row.edition == DEFAULT_EDITION, row.format
    at = _FORMATS.index(format_) if format_ in _FORMATS else len(_FORMATS)
    return row.condition, row.locale, row.audience, not default, row.edition, at, format_
