"""The contact card of a Word file: what to call, and codes to scan."""

import re
from collections.abc import Mapping

from docx.shared import Mm

from leafletpress.model.blocks import Contact, Way
from leafletpress.model.codes import code
from leafletpress.model.handout import Text
from leafletpress.model.text.measure import letters_across
from leafletpress.write.word.markup import TAB, WordMarkup, tabs
from leafletpress.write.word.tables import WordTables

_MOST_CODES, _BETWEEN = 4, 3  # in a row; mm from one to the next
_WIDE_LETTERS = 1.12  # how wide bold letters and figures are, to others
_LABEL, _VALUE, _HOURS = "Leaflet Contact Label", "Leaflet Contact Value", "Leaflet Contact Hours"
_PAGE, _ADDRESS = "Leaflet Web Label", "Leaflet Web Address"


def card(contact: Contact[Text], word: WordMarkup, tables: WordTables, pictures: Mapping[str, bytes]) -> str:
    """The sentence before it, a table of what to call, other addresses, then the codes, with their words below.

    `pictures` are the codes by what they lead to.
    """
    numbers, lines, pages = ([way for way in contact.ways if way.form == form] for form in ("number", "line", "code"))
    parts = [word.paragraph("Leaflet Contact Intro", contact.text)]
    parts.extend([_numbers(numbers, word, tables)] if numbers else [])
    for way in lines:
        parts += [word.paragraph(_PAGE, way.label), word.paragraph(_ADDRESS, way.value, link=way.link or None)]
    abreast = _abreast(pages, word)
    for at in range(0, len(pages), abreast):
        row = [(way, pictures[way.link]) for way in pages[at : at + abreast]]
        parts.append(_codes(row, 1 / abreast, word, tables))
    return "".join(parts)


def _numbers(ways: list[Way[Text]], word: WordMarkup, tables: WordTables) -> str:
    empty = f"<w:p>{word.properties(_HOURS)}</w:p>"
    rows = [
        (
            word.paragraph(_LABEL, way.label),
            word.paragraph(_VALUE, way.value, link=way.link),
            word.paragraph(_HOURS, way.hours) if way.hours else empty,
        )
        for way in ways
    ]
    padding = tables.padding("Leaflet Contact")

    def widest(style: str, texts: list[Text]) -> float:
        """The share of the page that the longest text takes in a line, about."""
        letters = max(map(letters_across, texts), default=0) * _WIDE_LETTERS
        return letters / word.letters(style) + padding if texts else 0

    label, value = widest(_LABEL, [way.label for way in ways]), widest(_VALUE, [way.value for way in ways])
    hours = widest(_HOURS, [way.hours for way in ways if way.hours])
    label = min(label, (1 - value) * label / (label + hours))  # a number is never broken
    spare = 1 - label - value
    widths = (label, value, spare) if hours else (label + spare / 2, value + spare / 2)
    return tables.table("Leaflet Contact", widths, [row[: len(widths)] for row in rows], row_heads=True)


def _codes(row: list[tuple[Way[Text], bytes]], share: float, word: WordMarkup, tables: WordTables) -> str:
    """Codes side by side, each `share` of the page, and a table of their words below.

    The paragraph of codes keeps that table apart from the one before it: Word makes one of two that meet.
    """
    codes = TAB.join(word.picture(dots, f"{way.label}: {way.value}", code(way.link).mm) for way, dots in row)
    stops = tabs(number * share * word.width for number in range(1, len(row)))
    words = tuple(
        word.paragraph(_PAGE, way.label) + word.paragraph(_ADDRESS, way.value, link=way.link) for way, _ in row
    )
    pictures = f"<w:p>{word.properties('Leaflet Code', tabs=stops)}{codes}</w:p>"
    return pictures + tables.table("Leaflet Codes", (share,) * len(row), (words,))


def _abreast(ways: list[Way[Text]], word: WordMarkup) -> int:
    """How many codes stand side by side, so that no address is broken but behind a hyphen or a slash."""
    pieces = (letters_across(piece) for way in ways for piece in re.split("[-/]", str(way.value)))
    by_words = word.letters(_ADDRESS) / (max(pieces, default=1) + 3)
    by_codes = word.width / int(Mm(1)) / (max((code(way.link).mm for way in ways), default=1) + _BETWEEN)
    return min(max(int(min(by_words, by_codes)), 1), _MOST_CODES)
