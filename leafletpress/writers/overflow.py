"""Sees where a text leaves its column or what a printer reaches: it would be cut, or lie on another."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from leafletpress.errors import Origin, Problem

_MM = 25.4 / 96  # a CSS pixel
# Lines of Arabic script may come out wider than they were reckoned to be; this much is free beside every column.
_TOLERANCE = 1 / _MM
_UNPRINTABLE = 3.7  # mm along the edges of the paper: 4 for a laser, less what a line keeps free round its letters
_HINT = "shorten it, or put U+200B (zero width space) where a line may break"

_Column = tuple[float, float]  # left and right edge, in CSS pixels


def misfits(pages: Any, document: Origin) -> Iterator[Problem]:
    """What is wrong with each text of the laid-out pages that does not fit where it stands."""
    told: set[str] = set()
    for number, page in enumerate(pages, start=1):
        for text, said in _misfits(page._page_box):  # noqa: SLF001 - WeasyPrint shows no boxes otherwise
            if text not in told:
                told.add(text)
                yield Problem(document, f'page {number}: "{text[:40]}" {said}', _HINT)


def _misfits(page: Any) -> Iterator[tuple[str, str]]:
    """The texts of a page that do not fit, and what is wrong with each."""
    for box in page.children:
        if isinstance(box, boxes.MarginBox):
            yield from _near_the_edge(box, page.margin_height())
            yield from _too_wide(box, (0, page.margin_width()))
        else:
            yield from _too_wide(box, _column(page))
            yield from _too_low(box, page.content_box_y() + page.height)


def _near_the_edge(box: Any, height: float) -> Iterator[tuple[str, str]]:
    """Running marks where a printer does not print: of many lines, the first stands too high or the last too low."""
    for line, text in _lines(box):
        distance = _MM * min(line.position_y, height - line.position_y - line.height)
        if distance < _UNPRINTABLE:
            yield text, f"stands {distance:.1f} mm from the edge of the paper, where a printer does not print"


def _too_low(box: Any, foot: float) -> Iterator[tuple[str, str]]:
    """Lines below the foot of the page's text: they are cut off, or lie on its running marks."""
    for line, text in _lines(box):
        over = line.position_y + line.height - foot
        if over > _TOLERANCE:
            yield text, f"stands {over * _MM:.1f} mm below the foot of the page"


def _lines(box: Any) -> Iterator[tuple[Any, str]]:
    """The lines in a box that hold text, with it."""
    for line in box.descendants():
        if isinstance(line, boxes.LineBox):
            text = "".join(child.text for child in line.descendants() if isinstance(child, boxes.TextBox)).strip()
            if text:
                yield line, text


def _too_wide(box: Any, column: _Column) -> Iterator[tuple[str, str]]:
    """Texts that leave the block that they stand in, or any block round it."""
    if isinstance(box, boxes.BlockContainerBox):
        left, right = _column(box)
        column = max(left, column[0]), min(right, column[1])
    for child in box.children:
        shown = child._box if isinstance(child, AbsolutePlaceholder) else child  # noqa: SLF001
        if isinstance(shown, boxes.TextBox):
            over = max(column[0] - shown.position_x, shown.position_x + shown.width - column[1])
            if over > _TOLERANCE and shown.text.strip():
                yield shown.text.strip(), f"runs {over * _MM:.1f} mm over the edge of its column"
        elif not shown.is_outside_marker:
            yield from _too_wide(shown, column)


def _column(box: Any) -> _Column:
    return box.content_box_x(), box.content_box_x() + box.width
