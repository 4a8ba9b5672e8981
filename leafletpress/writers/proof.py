"""Looks over the pages as they were laid out: every text in a pinned font, and inside of its column and page."""

from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

_SLACK = 2  # CSS pixels, half a millimetre: what rounding may add up to
_GENERIC = "sans-serif"  # what the style sheets name last, and no font answers to


def faults(pages: Iterable[Any], families: tuple[str, ...]) -> Iterator[str]:
    """What is wrong with WeasyPrint's pages, whose texts may be set in these font families."""
    unpinned: set[str] = set()
    for number, page in enumerate(pages, start=1):
        sheet = page._page_box  # noqa: SLF001 - WeasyPrint's own name for the laid-out page
        lines = list(_lines(sheet, sheet))
        lost = next((line for line, around in lines if _is_lost(line, around, sheet)), None)
        if lost:
            words = _text(lost)[:60].strip()
            yield f"page {number}: “{words}” has no room: is a word too long, has a table too many columns?"
        unpinned |= {name for line, _ in lines for text in _texts(line) for name in text.style["font_family"]}
    for name in sorted(unpinned - {*families, _GENERIC}):
        yield f"'{name}' is not a pinned font of this language"


def _lines(box: Any, around: Any) -> Iterator[tuple[Any, Any]]:
    """Every line of text inside a box, with the box whose column it stands in."""
    if isinstance(box, boxes.LineBox):
        yield box, around
    for child in _children(box):
        yield from _lines(child, box)


def _is_lost(line: Any, around: Any, sheet: Any) -> bool:
    """Whether a line leaves its column, the margins or the paper: its words are cut off, or print over others."""
    start = max(box.content_box_x() for box in (around, sheet))
    end = min(box.content_box_x() + box.width for box in (around, sheet))
    below = line.position_y + line.height - sheet.margin_height()
    return bool(max(start - line.position_x, line.position_x + line.width - end, below) > _SLACK)


def _texts(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TextBox):
        yield box
    for child in _children(box):
        yield from _texts(child)


def _text(box: Any) -> str:
    return "".join(text.text for text in _texts(box))


def _children(box: Any) -> Iterator[Any]:
    """The boxes inside; where one is placed out of the flow, a stand-in holds it."""
    for child in getattr(box, "children", ()):
        yield child._box if isinstance(child, AbsolutePlaceholder) else child  # noqa: SLF001
