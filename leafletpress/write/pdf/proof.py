"""Reads the proof: whether the pages as they are laid out hold all of the handout, in pinned fonts.

What a template or a style sheet leaves out would be seen on paper, if at all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from leafletpress.model.handout import Handout, Run, texts, whole_islands
from leafletpress.model.text.excerpt import excerpt
from leafletpress.write.pdf import boxes

_GENERIC = "sans-serif"  # what the style sheets name last, and no font answers to
_ISOLATES = re.compile("[\u200e\u2066-\u2069]")
_CHANGES = re.compile(r"[\s\u00ad\u2010-]+")  # what the end of a line takes away or puts in


def faults(pages: Sequence[Any], handout: Handout) -> Iterator[str]:
    """What is wrong with the pages (WeasyPrint's) of a handout."""
    yield from _unprinted(pages, handout)
    yield from _turned_round(pages, handout)
    for number, page in enumerate(pages, start=1):
        yield from _missing_marks(page, number, len(pages), handout)
        for said in _headless(page):
            yield f"page {number}: {said}"


def unpinned(pages: Sequence[Any], families: tuple[str, ...]) -> Iterator[str]:
    """The names of fonts that texts are set in, or would be if the fonts were there, and that are none of these."""
    named = {name for page in pages for text in boxes.texts(boxes.sheet(page)) for name in text.style["font_family"]}
    for name in sorted(named - {*families, _GENERIC}):
        yield f"'{name}' is not a pinned font of this language"


def _unprinted(pages: Sequence[Any], handout: Handout) -> Iterator[str]:
    """The texts that do not stand on the pages, whole and in their order."""
    body = _squeezed("".join(_in_reading_order(pages)))
    at = 0
    for text in texts(handout):
        wanted = _squeezed(str(text))
        found = body.find(wanted, at)
        if found < 0:
            where = f" ({text.context})" if text.context else ""
            yield f"“{_shown(str(text))}” is not printed whole and in its place{where}"
        else:
            at = found + len(wanted)


def _turned_round(pages: Sequence[Any], handout: Handout) -> Iterator[str]:
    """The islands that no element of their own keeps from left to right."""
    kept: defaultdict[Any, defaultdict[int, str]] = defaultdict(lambda: defaultdict(str))
    for number, page in enumerate(pages):
        for box in _left_to_right(boxes.sheet(page)):
            kept[box.element][number] += boxes.text(box)
    # A page end parts an island; the head of a table is there again on the next page.
    count = Counter(_squeezed("".join(dict.fromkeys(parts.values()))) for parts in kept.values())
    for group in (group for text in texts(handout) for group in whole_islands(text.runs) if group[0].island):
        island = "".join(run.text for run in group)
        count[_squeezed(island)] -= 1
        if count[_squeezed(island)] < 0:
            yield f"“{_shown(island)}” is not kept from left to right"


def _missing_marks(page: Any, number: int, count: int, handout: Handout) -> Iterator[str]:
    """What must stand in the margins of every page and does not; on the first page, the head holds the drafts."""
    fields = {"page": str(number), "pages": str(count)}
    margins = _squeezed("".join(map(boxes.text, boxes.margins(page))))
    for mark in (handout.foot, handout.page_label, *(handout.head.marks if number > 1 else ())):
        wanted = "".join(_marked(group, fields) for group in whole_islands(mark.runs))
        if _squeezed(wanted) not in margins:
            yield f"page {number}: “{_shown(wanted)}” is not in the margin"


def _marked(group: tuple[Run, ...], fields: dict[str, str]) -> str:
    """A run or the runs of an island as a margin of the page shows them."""
    shown = "".join(fields.get(run.field or "", run.text) for run in group)
    return f"\u2066{shown}\u2069" if group[0].island else shown


def _squeezed(text: str) -> str:
    """The text without what a line end, a style or an isolate may change."""
    return _CHANGES.sub("", text).casefold()


def _shown(text: str) -> str:
    """The text as a person can look for it; the beginning of a long one."""
    return excerpt(" ".join(_ISOLATES.sub("", text).split()))


def _in_reading_order(pages: Sequence[Any]) -> Iterator[str]:
    """The texts of the pages; those of a cell that goes over to a further page together, and heads of tables once."""
    parts: dict[Any, list[str]] = {}
    heads: set[Any] = set()
    for page in pages:
        repeated = frozenset(heads)
        for part in boxes.body(page):
            for box, cell in boxes.walk(part, (), partial(_cell, repeated)):
                if isinstance(box, boxes.TextBox) and box.style["visibility"] == "visible":
                    parts.setdefault(box if cell == () else cell, []).append(box.text)
                elif box.element_tag == "thead":
                    heads.add(box.element)
    return ("".join(found) for found in parts.values())


def _cell(repeated: frozenset[Any], box: Any, cell: Any) -> Any:
    """The cell that what is inside a box is of, () where it is of none; None for a head of a table that repeats."""
    if box.element_tag == "thead" and box.element in repeated:
        return None
    return box.element if box.element_tag in ("td", "th") else cell


def _headless(page: Any) -> Iterator[str]:
    """What is wrong with the tables of a page that have no head there."""
    for table in boxes.every(boxes.sheet(page)):
        if table.element_tag == "table" and not _has_head(table):
            words = _shown(boxes.text(table))
            yield f"the table at “{words}” has no head, by which readers who do not see it know its columns"


def _has_head(table: Any) -> bool:
    heads = (box for box in boxes.every(table) if box.element_tag == "th")
    return any(head.element.attrib.get("scope") != "row" for head in heads)


def _left_to_right(sheet: Any) -> Iterator[Any]:
    """The outermost boxes of a page that an element sets from left to right among text from right to left."""
    found = boxes.walk(sheet, "", lambda box, around: None if _is_kept(box, around) else box.style["direction"])
    return (box for box, around in found if _is_kept(box, around))


def _is_kept(box: Any, around: str) -> bool:
    return around == "rtl" and box.element is not None and box.element.attrib.get("dir") == "ltr"
