"""Lets what is too tall for one page go over to the next: kept whole, it would be lost, or leave a page empty."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from leafletpress.write.pdf import boxes

# The class with which style sheets let an element go over to the next page; and the one of those that would leave most
# of a page empty before them, but may fit with other spaces.
LONG, EARLY = "long", "early"
_HALF = 0.5  # of a page
# Boxes that are parted only where they are longer than a page: other spaces are tried for the emergency box, and the
# contact card is cut out.
_KEPT = frozenset(("now", "contact"))


@dataclass(frozen=True, slots=True)
class _Piece:
    """What of an element stands on one page (from 0), and its height in CSS pixels."""

    element: Any
    page: int
    height: float


def classes(element: Any) -> list[str]:
    """The classes of an element."""
    return str(element.get("class", "")).split()


def too_tall(document: Any) -> dict[Any, str]:
    """The elements of a document of WeasyPrint that have to be parted and are not yet, each with its further classes.

    Those are rows taller than half a page, and boxes that either are taller than a page, or take more than half of one
    and leave more than half of the one before it empty.
    """
    half = _HALF * min(boxes.sheet(page).height for page in document.pages)
    found: dict[Any, list[_Piece]] = {}
    for piece in _pieces(document):
        found.setdefault(piece.element, []).append(piece)
    tall = {element: pieces for element, pieces in found.items() if sum(piece.height for piece in pieces) > half}
    wanted = {element: _further_classes(element, pieces, document) for element, pieces in tall.items()}
    return {element: further for element, further in wanted.items() if further}


def mark(document: Any) -> None:
    """Take the mark that a cell goes on, the ground of all cells of `LONG` rows, from where it does not."""
    cells = [cell for page in document.pages for cell in _cells_of_long_rows(page)]
    with_text = [cell for cell in cells if boxes.text(cell).strip()]
    last = {cell.element: cell for cell in with_text}
    go_on = {id(cell) for cell in with_text if last[cell.element] is not cell}
    for cell in cells:
        if id(cell) not in go_on and cell.background:
            layers = [layer._replace(image=None) for layer in cell.background.layers]
            cell.background = cell.background._replace(layers=layers)


def filled(page: Any) -> float:
    """How much of a page's height is used, down to its last line or picture."""
    sheet = boxes.sheet(page)
    ends = (
        box.position_y + box.height
        for part in boxes.body(page)
        for box in boxes.every(part)
        if isinstance(box, boxes.LineBox | boxes.ReplacedBox)
    )
    return float((max(ends, default=0) - sheet.content_box_y()) / sheet.height)


def _further_classes(element: Any, pieces: list[_Piece], document: Any) -> str:
    if element.tag == "tr" or len(pieces) > 1:
        return LONG
    first = pieces[0].page
    leaves_a_page_empty = first > 0 and filled(document.pages[first - 1]) < 1 - _HALF
    return f"{LONG} {EARLY}" if leaves_a_page_empty and not _KEPT.intersection(classes(element)) else ""


def _pieces(document: Any) -> Iterator[_Piece]:
    for number, page in enumerate(document.pages):
        for part in boxes.body(page):
            for box, _ in boxes.walk(part, (), _blocks):
                if box.element is not None and _is_whole(box) and not box.element_tag.count(":"):
                    yield _Piece(box.element, number, box.height)


def _blocks(box: Any, passed: tuple[()]) -> tuple[()] | None:
    return None if isinstance(box, boxes.LineBox) or box.element_tag == "thead" else passed


def _is_whole(box: Any) -> bool:
    """Whether a box, of all those of its element, is the one that stays in one piece."""
    return box.style["break_inside"] == "avoid" and LONG not in classes(box.element)


def _cells_of_long_rows(page: Any) -> Iterator[Any]:
    for part in boxes.body(page):
        for row in boxes.every(part):
            if row.element_tag == "tr" and LONG in classes(row.element):
                yield from (cell for cell in boxes.inside(row) if cell.element_tag in ("td", "th"))
