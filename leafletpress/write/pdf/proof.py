"""Reads the proof: whether the pages as they are laid out hold all of the handout, in pinned fonts.

What a template or a style sheet leaves out would be seen on paper, if at all.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from leafletpress.model.handout import Handout, Run, texts, whole_islands

_GENERIC = "sans-serif"  # what the style sheets name last, and no font answers to
_ISOLATES = re.compile("[\u200e\u2066-\u2069]")
_CHANGES = re.compile(r"[\s\u00ad\u2010-]+")  # what the end of a line takes away or puts in


def faults(pages: Iterable[Any], handout: Handout) -> Iterator[str]:
    """What is wrong with the pages (WeasyPrint's) of a handout."""
    sheets = [page._page_box for page in pages]  # noqa: SLF001 - WeasyPrint's own name for the laid-out page
    yield from _unprinted(sheets, handout)
    yield from _turned_round(sheets, handout)
    for number, sheet in enumerate(sheets, start=1):
        yield from _missing_marks(sheet, number, len(sheets), handout)
        if not all(any(_elements(table, "th")) for table in _elements(sheet, "table")):
            yield f"page {number}: a table has no head, by which readers who do not see it know its columns"


def unpinned(pages: Iterable[Any], families: tuple[str, ...]) -> Iterator[str]:
    """The names of fonts that texts are set in, or would be if the fonts were there, and that are none of these."""
    texts_ = (text for page in pages for text in _texts(page._page_box))  # noqa: SLF001
    for name in sorted({name for text in texts_ for name in text.style["font_family"]} - {*families, _GENERIC}):
        yield f"'{name}' is not a pinned font of this language"


def _unprinted(sheets: list[Any], handout: Handout) -> Iterator[str]:
    """The texts that do not stand on the pages, whole and in their order."""
    body = _squeezed("".join(_text(part) for sheet in sheets for part in _children(sheet) if not _is_margin(part)))
    at = 0
    for text in texts(handout):
        wanted = _squeezed(str(text))
        found = body.find(wanted, at)
        if found < 0:
            where = f" ({text.context})" if text.context else ""
            yield f"“{_shown(str(text))}” is not printed whole and in its place{where}"
        else:
            at = found + len(wanted)


def _turned_round(sheets: list[Any], handout: Handout) -> Iterator[str]:
    """The islands that no element of their own keeps from left to right."""
    kept: defaultdict[Any, defaultdict[int, str]] = defaultdict(lambda: defaultdict(str))
    for number, sheet in enumerate(sheets):
        for box in _left_to_right(sheet):
            kept[box.element][number] += _text(box)
    # A page end parts an island; the head of a table is there again on the next page.
    count = Counter(_squeezed("".join(dict.fromkeys(parts.values()))) for parts in kept.values())
    for group in (group for text in texts(handout) for group in whole_islands(text.runs) if group[0].island):
        island = "".join(run.text for run in group)
        count[_squeezed(island)] -= 1
        if count[_squeezed(island)] < 0:
            yield f"“{_shown(island)}” is not kept from left to right"


def _missing_marks(sheet: Any, number: int, count: int, handout: Handout) -> Iterator[str]:
    """What must stand in the margins of every page and does not; on the first page, the head holds the drafts."""
    fields = {"page": str(number), "pages": str(count)}
    margins = _squeezed("".join(_text(part) for part in _children(sheet) if _is_margin(part)))
    for mark in (handout.foot, handout.page_label, *(handout.head.drafts if number > 1 else ())):
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
    words = " ".join(_ISOLATES.sub("", text).split())
    return words if len(words) <= 60 else f"{words[:57]}…"


def _is_margin(box: Any) -> bool:
    return isinstance(box, boxes.MarginBox)


def _texts(box: Any) -> Iterator[Any]:
    """The stretches of text that can be seen."""
    if isinstance(box, boxes.TextBox) and box.style["visibility"] == "visible":
        yield box
    for child in _children(box):
        yield from _texts(child)


def _elements(box: Any, tag: str) -> Iterator[Any]:
    """The boxes inside of elements with this tag."""
    for child in _children(box):
        if child.element_tag == tag:
            yield child
        yield from _elements(child, tag)


def _left_to_right(box: Any) -> Iterator[Any]:
    """The outermost boxes inside that an element sets from left to right."""
    for child in _children(box):
        if child.element is not None and child.element.attrib.get("dir") == "ltr":
            yield child
        else:
            yield from _left_to_right(child)


def _text(box: Any) -> str:
    return "".join(text.text for text in _texts(box))


def _children(box: Any) -> Iterator[Any]:
    """The boxes inside; where one is placed out of the flow, a stand-in holds it."""
    for child in getattr(box, "children", ()):
        yield child._box if isinstance(child, AbsolutePlaceholder) else child  # noqa: SLF001
