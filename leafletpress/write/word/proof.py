"""Reads the proof of a Word file: whether it holds the handout's text, exactly and in its order.

What a base document hides or a fault of ours leaves out would be seen on a ward, if at all.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby, zip_longest
from typing import Any

from docx.oxml.ns import qn

from leafletpress.model.handout import Handout, texts, whole_islands
from leafletpress.model.text.excerpt import excerpt
from leafletpress.write.word.scripts import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK

_PARAGRAPH, _TEXT, _LINE, _CONTROL, _FIELD = (qn(f"w:{name}") for name in ("p", "t", "br", "sdt", "fldSimple"))
_PLACEHOLDER = f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}"
_TURNED, _RAISED = (f"{qn('w:rPr')}/{qn(f'w:{name}')}" for name in ("rtl", "vertAlign"))
_MARKS = dict.fromkeys(map(ord, (LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK)))


def paragraphs(story: Any) -> list[str]:
    """The text of each paragraph of a body, a header or a footer, those in tables and controls too, without empty ones.

    What a control shows until it is filled in is none, nor is a page number.
    """
    unread = {text for control in story.iter(_CONTROL) if _is_empty(control) for text in control.iter(_TEXT)}
    unread |= {text for field in story.iter(_FIELD) for text in field.iter(_TEXT)}
    found: list[str] = []
    for element in story.iter(_PARAGRAPH, _TEXT, _LINE):
        if element.tag == _PARAGRAPH:
            found.append("")
        elif element.tag == _LINE:
            found[-1] += "\n"
        elif element not in unread:
            found[-1] += element.text or ""
    return [text for text in (one.translate(_MARKS) for one in found) if text]


def mismatches(document: Any, handout: Handout) -> Iterator[str]:
    """What is wrong with the document (python-docx's) of a handout."""
    body, section = document.element.body, document.sections[0]
    wanted = [str(text).translate(_MARKS) for text in texts(handout)]
    yield from _first_difference([text for text in wanted if text], paragraphs(body))
    if handout.direction == "rtl":
        yield from _turned_round(body, handout)
    head, foot = (handout.head.title, *handout.head.marks), (handout.foot, handout.page_label)
    for name, part, marks in (
        ("header", section.header, head),
        ("footer", section.footer, foot),
        ("footer of the first page", section.first_page_footer, foot),
    ):
        held = "".join(paragraphs(part._element))  # noqa: SLF001 - python-docx's own name for the element
        yield from (
            f"the {name} lacks “{excerpt(str(mark))}”" for mark in marks if str(mark).translate(_MARKS) not in held
        )


def _is_empty(control: Any) -> bool:
    """Whether a control shows its prompt, because nobody filled it in yet."""
    return control.find(_PLACEHOLDER) is not None


def _first_difference(wanted: list[str], found: list[str]) -> Iterator[str]:
    for one, other in zip_longest(wanted, found):
        if one is None:
            yield f"“{excerpt(other)}” is not a text of the leaflet"
            return
        if one != other:
            instead = f"; there stands “{excerpt(other)}”" if other else ""
            yield f"“{excerpt(one)}” is not whole and in its place{instead}"
            return


def _turned_round(body: Any, handout: Handout) -> Iterator[str]:
    """The islands that no runs of their own keep from left to right."""
    kept = Counter(_unturned(body))
    for text in texts(handout):
        for group in whole_islands(text.runs) if text.direction != "ltr" else ():
            if group[0].island:
                island = "".join(run.text for run in group).translate(_MARKS)
                kept[island] -= 1
                if kept[island] < 0:
                    yield f"“{excerpt(island)}” is not kept from left to right"


def _unturned(body: Any) -> Iterator[str]:
    """What stands together between marks that keep it from left to right."""
    for paragraph in body.iter(_PARAGRAPH):
        for (unturned, _), group in groupby(paragraph.iter(_TEXT), key=_order):
            if unturned:
                yield "".join(text.text for text in group).translate(_MARKS)


def _order(text: Any) -> tuple[bool, bool]:
    """Whether the text of a run is kept from left to right, and whether it is a raised number of a reference."""
    run, content = text.getparent(), text.text or ""
    between = len(content) > 2 and content[0] == content[-1] == LEFT_TO_RIGHT_MARK
    is_reference = content.translate(_MARKS).startswith("[")
    return between and run.find(_TURNED) is None, is_reference and run.find(_RAISED) is not None
