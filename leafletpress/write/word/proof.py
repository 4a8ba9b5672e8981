"""Reads the proof of a Word file: whether it holds the handout's text, exactly and in its order.

What a base document hides or a fault of ours leaves out would be seen on a ward, if at all.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from docx.oxml.ns import qn

from leafletpress.model.handout import Handout, texts
from leafletpress.write.word.markup import LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK

_PARAGRAPH, _TEXT, _CONTROL, _FIELD = (qn(f"w:{name}") for name in ("p", "t", "sdt", "fldSimple"))
_PLACEHOLDER, _TURNED = f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}", f"{qn('w:rPr')}/{qn('w:rtl')}"
_MARKS = dict.fromkeys(map(ord, (LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK)))


def paragraphs(story: Any) -> list[str]:
    """The text of each paragraph of a body, a header or a footer, those in tables and controls too, without empty ones.

    What a control shows until it is filled in is none, nor is a page number.
    """
    unread = {text for control in story.iter(_CONTROL) if _is_empty(control) for text in control.iter(_TEXT)}
    unread |= {text for field in story.iter(_FIELD) for text in field.iter(_TEXT)}
    found: list[str] = []
    for element in story.iter(_PARAGRAPH, _TEXT):
        if element.tag == _PARAGRAPH:
            found.append("")
        elif element not in unread:
            found[-1] += element.text or ""
    return [text for text in (one.translate(_MARKS) for one in found) if text]


def faults(document: Any, handout: Handout) -> Iterator[str]:
    """What is wrong with the document (python-docx's) of a handout."""
    body, section = document.element.body, document.sections[0]
    wanted = [str(text) for text in texts(handout)]
    yield from _first_difference([text for text in wanted if text], paragraphs(body))
    if handout.direction == "rtl":
        yield from _turned_round(body, handout)
    head, foot = (handout.head.title, *handout.head.drafts), (handout.foot, handout.page_label)
    for name, part, marks in (
        ("header", section.header, head),
        ("footer", section.footer, foot),
        ("footer of the first page", section.first_page_footer, foot),
    ):
        held = "".join(paragraphs(part._element))  # noqa: SLF001 - python-docx's own name for the element
        yield from (f"the {name} lacks “{_shown(str(mark))}”" for mark in marks if str(mark) not in held)


def _is_empty(control: Any) -> bool:
    """Whether a control shows its prompt, because nobody filled it in yet."""
    return control.find(_PLACEHOLDER) is not None


def _first_difference(wanted: list[str], found: list[str]) -> Iterator[str]:
    for one, other in zip_longest(wanted, found):
        if one is None:
            yield f"“{_shown(other)}” is not a text of the leaflet"
            return
        if one != other:
            instead = f"; there stands “{_shown(other)}”" if other else ""
            yield f"“{_shown(one)}” is not whole and in its place{instead}"
            return


def _turned_round(body: Any, handout: Handout) -> Iterator[str]:
    """The islands that no run of their own keeps from left to right."""
    marked = (text for text in body.iter(_TEXT) if (text.text or "").startswith(LEFT_TO_RIGHT_MARK))
    kept = Counter(text.text for text in marked if text.getparent().find(_TURNED) is None)
    for text in texts(handout):
        for run in text.runs if text.direction != "ltr" else ():
            if run.island:
                island = f"{LEFT_TO_RIGHT_MARK}{run.text}{LEFT_TO_RIGHT_MARK}"
                kept[island] -= 1
                if kept[island] < 0:
                    yield f"“{_shown(run.text)}” is not kept from left to right"


def _shown(text: str) -> str:
    """The text as a person can look for it; the beginning of a long one."""
    return text if len(text) <= 60 else f"{text[:57]}…"
