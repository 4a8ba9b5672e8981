"""Sees what stands badly on laid-out pages: a heading alone, a box in two, a last page with next to nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from leafletpress.write.pdf import boxes

# What must stay in one piece: elements, and classes of elements.
_WHOLE_TAGS = ("tr", "figure")
_WHOLE_CLASSES = ("callout", "qa", "contact", "notes")
_EMERGENCY, LATE = "callout now", "late warning"
_HEADINGS = ("h1", "h2", "h3", "caption")
_LISTS = ("ul", "ol", "dl", "tbody")
_RUNNING = ("p", "li", "dd", "section")
# A line stands badly alone, and so does a row of a list with fewer lines than three; the least that a last page holds.
_TWO_LINES, _THREE_LINES, _LEAST_FILLED = 2, 3, 0.2


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that stands badly: what, on which page (from 1), and the words there."""

    kind: str
    page: int
    words: str


_Elements = tuple[tuple[Any, int], ...]
_Around = tuple[_Elements, int]  # and the page or column


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text on a page (from 0), and the elements that it stands in, outermost first.

    A picture is as good as several `lines`. With each element comes its place: the page or column that it stands in,
    whatever columns it may hold itself.
    """

    page: int
    elements: _Elements
    words: str
    lines: int = 1


def faults(document: Any, *, folded: bool = False) -> Iterator[Fault]:
    """What stands badly in a document of WeasyPrint; one that is folded may end on any page, as blank ones follow."""
    lines = _lines(document)
    yield from _stranded(lines)
    yield from _parted(lines)
    yield from _late(lines)
    if not folded:
        yield from _thin_last_page(document)


def late_warning(document: Any) -> Fault | None:
    """The emergency box of the first section, where it does not begin on the first page of a document of WeasyPrint."""
    return next(_late(_lines(document)), None)


def _lines(document: Any) -> list[_Line]:
    return [line for number, page in enumerate(document.pages) for line in _page_lines(page, number)]


def _page_lines(page: Any, number: int) -> Iterator[_Line]:
    """The lines of a page; markers of lists and heads of tables, which repeat on each page, are none."""
    around: _Around = (), id(page)
    for part in boxes.body(page):
        for box, (elements, place) in boxes.walk(part, around, _inner):
            if isinstance(box, boxes.LineBox):
                yield _Line(number, elements, boxes.text(box))
            elif isinstance(box, boxes.ReplacedBox):
                yield _Line(number, _with(elements, box, place), "", _THREE_LINES)


def _inner(box: Any, around: _Around) -> _Around | None:
    """The elements that what is inside a box stands in, and the page or column."""
    if isinstance(box, boxes.LineBox) or str(box.element_tag).endswith("::marker") or box.element_tag == "thead":
        return None
    elements, place = around
    place = id(box) if box.is_column else place
    return _with(elements, box, place), place


def _with(elements: _Elements, box: Any, place: int) -> _Elements:
    """The elements, with that of a box where it is none of them."""
    known = box.element is None or any(box.element is element for element, _ in elements)
    return elements if known else (*elements, (box.element, place))


def _stranded(lines: list[_Line]) -> Iterator[Fault]:
    """Headings whose next line is elsewhere."""
    for line, following in pairwise(lines):
        place = line.elements[-1][1]
        if _heads(line) and place not in (place for _, place in following.elements):
            yield Fault("stranded heading", line.page + 1, line.words)


def _parted(lines: list[_Line]) -> Iterator[Fault]:
    """Elements that a page or column parts where it should not."""
    parts: dict[Any, dict[int, list[_Line]]] = {}
    for line in lines:
        for element, place in line.elements:
            where = line.page if element.tag in _LISTS else place  # columns side by side do not part a list
            parts.setdefault(element, {}).setdefault(where, []).append(line)
    for element, places in parts.items():
        pieces = list(places.values()) if len(places) > 1 else []
        whole = element.tag in _WHOLE_TAGS or element.get("class", "").split(" ")[0] in _WHOLE_CLASSES
        if pieces and whole and not (element.get("class") == _EMERGENCY and pieces[0][0].page == 0):
            yield _fault("split box", pieces[1])
        for piece in pieces:
            rows = {inner for line in piece for inner, _ in line.elements if inner in element}
            if element.tag in _LISTS and len(rows) == 1 and _count(piece) < _THREE_LINES:
                yield _fault("lone row", piece)
            elif element.tag in _RUNNING and _count(piece) < _TWO_LINES:
                yield _fault("lone line", piece)


def _late(lines: list[_Line]) -> Iterator[Fault]:
    """The emergency box of the first section, where it does not begin on the first page."""
    first = next((element for line in lines for element, _ in line.elements if element.tag == "section"), None)
    for line in lines:
        inside = [element for element, _ in line.elements]
        if first in inside and any(element.get("class") == _EMERGENCY for element in inside):
            if line.page:
                yield _fault(LATE, [line])
            return


def _heads(line: _Line) -> bool:
    """Whether a line is one of a heading."""
    return line.elements[-1][0].tag in _HEADINGS


def _count(piece: list[_Line]) -> int:
    """The lines of a piece, those of headings left out."""
    return sum(line.lines for line in piece if not _heads(line))


def _fault(kind: str, piece: list[_Line]) -> Fault:
    return Fault(kind, piece[0].page + 1, piece[0].words)


def _thin_last_page(document: Any) -> Iterator[Fault]:
    """A last page that holds next to nothing."""
    page = document.pages[-1]
    sheet = boxes.sheet(page)
    ends = [
        box.position_y + box.height
        for part in boxes.body(page)
        for box in boxes.every(part)
        if isinstance(box, boxes.LineBox | boxes.ReplacedBox)
    ]
    filled = (max(ends, default=0) - sheet.content_box_y()) / sheet.height
    if len(document.pages) > 1 and filled < _LEAST_FILLED:
        yield Fault("thin last page", len(document.pages), f"{filled:.0%} filled")
