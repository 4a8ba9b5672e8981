"""Sees what stands badly on laid-out pages: a heading alone, a box in two, a last page with next to nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from leafletpress.write.pdf import boxes
from leafletpress.write.pdf.tall import EARLY, LONG, classes, filled

# What must stay in one piece: elements, and classes of elements.
_WHOLE_TAGS = ("tr", "figure")
_WHOLE_CLASSES = ("callout", "qa", "contact", "notes")
_EMERGENCY, LATE = ["callout", "now"], "late warning"
_HEADINGS = ("h1", "h2", "h3", "caption")
_INTRODUCED = ("ul", "ol", "dl", "table", "figure")  # by a paragraph before them, and so are questions
_LISTS = ("ul", "ol", "dl", "tbody")
_RUNNING = ("p", "li", "dd", "section")
# A line stands badly alone, and so does a row of a list with fewer lines than three.
_TWO_LINES, _THREE_LINES = 2, 3
_LEAST_FILLED, _LEAST_OF_OTHERS = 0.2, 0.3  # of the last page, and of one before it


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
    yield from _empty_pages(document)
    if not folded:
        yield from _thin_last_page(document)


def late_warning(document: Any) -> Fault | None:
    """The emergency box of the first section, where it does not begin on the first page of a document of WeasyPrint."""
    return next(_late(_lines(document)), None)


def is_late(document: Any) -> bool:
    """Whether the pages so far show that the emergency box begins behind the first, and that it ends on one of them."""
    lines = _lines(document)
    return any(_late(lines)) and not any(_is_emergency(element) for element, _ in lines[-1].elements)


def rungs_off(document: Any) -> int:
    """How many boxes of the ladder, "now" first, do not stand whole on the first page of a document of WeasyPrint."""
    lines = _lines(document)
    ladder = _ladder(lines)
    rungs = {inner for line in lines if line.page for inner, _ in line.elements if _is_rung(inner)}
    return sum(1 for rung in rungs if ladder is not None and rung in ladder.iter())


def _is_rung(element: Any) -> bool:
    named = classes(element)
    return named[:1] == ["callout"] and named[1:2] in (["now"], ["today"], ["soon"])


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
    """Headings and the paragraphs before lists, tables and the like, whose next line is elsewhere."""
    for line, following in pairwise(lines):
        place = line.elements[-1][1]
        if place not in (place for _, place in following.elements):
            if _heads(line):
                yield Fault("stranded heading", line.page + 1, line.words)
            elif _introduces(line, following):
                yield Fault("stranded lead-in", line.page + 1, line.words)


def _parted(lines: list[_Line]) -> Iterator[Fault]:
    """Elements that a page or column parts where it should not."""
    parts: dict[Any, dict[int, list[_Line]]] = {}
    for line in lines:
        for element, place in line.elements:
            where = line.page if element.tag in _LISTS else place  # columns side by side do not part a list
            parts.setdefault(element, {}).setdefault(where, []).append(line)
    for element, places in parts.items():
        pieces = list(places.values()) if len(places) > 1 else []
        is_long = LONG in classes(element)
        if pieces and _is_whole(element) and not (_is_emergency(element) and pieces[0][0].page == 0):
            yield _fault("split box", pieces[1])
        for piece in pieces if not is_long else ():
            rows = {inner for line in piece for inner, _ in line.elements if inner in element}
            if element.tag in _LISTS and len(rows) == 1 and _count(piece) < _THREE_LINES:
                yield _fault("lone row", piece)
            elif element.tag in _RUNNING and _count(piece) < _TWO_LINES:
                yield _fault("lone line", piece)


def _late(lines: list[_Line]) -> Iterator[Fault]:
    """The emergency box of the ladder, where it does not begin on the first page."""
    first = _ladder(lines)
    for line in lines:
        inside = [element for element, _ in line.elements]
        if first in inside and any(_is_emergency(element) for element in inside):
            if line.page:
                yield _fault(LATE, [line])
            return


def _ladder(lines: list[_Line]) -> Any:
    """The section that says when to get help, the first: what opens a leaflet without a heading is none."""
    return next((element for line in lines for element, _ in line.elements if element.tag == "section"), None)


def _is_whole(element: Any) -> bool:
    """Whether an element should stay in one piece, and could."""
    named = classes(element)
    is_meant = element.tag in _WHOLE_TAGS or any(one in named for one in _WHOLE_CLASSES)
    return is_meant and (LONG not in named or EARLY in named)


def _is_emergency(element: Any) -> bool:
    return classes(element)[:2] == _EMERGENCY


def _introduces(line: _Line, following: _Line) -> bool:
    """Whether a line is the last of a paragraph that is followed by what it may introduce."""
    depth = len(line.elements) - 1
    around = [element for element, _ in line.elements[:depth]]
    same = [element for element, _ in following.elements[:depth]] == around
    if line.elements[-1][0].tag != "p" or not same or len(following.elements) <= depth:
        return False
    behind = following.elements[depth][0]
    return behind.tag in _INTRODUCED or "qa" in classes(behind)


def _heads(line: _Line) -> bool:
    """Whether a line is one of a heading."""
    return line.elements[-1][0].tag in _HEADINGS


def _count(piece: list[_Line]) -> int:
    """The lines of a piece, those of headings left out."""
    return sum(line.lines for line in piece if not _heads(line))


def _fault(kind: str, piece: list[_Line]) -> Fault:
    return Fault(kind, piece[0].page + 1, piece[0].words)


def _empty_pages(document: Any) -> Iterator[Fault]:
    """Pages before the last that are nearly empty."""
    for number, page in enumerate(document.pages[:-1], start=1):
        if (share := filled(page)) < _LEAST_OF_OTHERS:
            yield Fault("empty page", number, f"{share:.0%} filled")


def _thin_last_page(document: Any) -> Iterator[Fault]:
    """A last page that holds next to nothing."""
    share = filled(document.pages[-1])
    if len(document.pages) > 1 and share < _LEAST_FILLED:
        yield Fault("thin last page", len(document.pages), f"{share:.0%} filled")
