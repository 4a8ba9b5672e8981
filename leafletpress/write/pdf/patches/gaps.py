"""Puts a space between two lines of a text: WeasyPrint leaves out the one at which it breaks a line.

Then whoever takes text after text from a PDF reads "breaksopen". No space goes where there was none: not in Chinese or
Thai, not within a word, not behind a hyphen or slash.
"""

from collections.abc import Iterator
from itertools import chain
from typing import Any

from weasyprint.formatting_structure import boxes

from leafletpress.write.pdf.patches import edges


def split_text_box(stock: Any) -> Any:
    """For `layout.inline.split_text_box`: each line of a text knows whether a space stood before it, and at its end."""

    def ours(context: Any, box: Any, available_width: Any, skip: int | None, *how: Any, **more: Any) -> Any:
        found = stock(context, box, available_width, skip, *how, **more)
        line, resume_at, _ = found
        if line is not None:
            text, start = box.text.encode(), skip or 0
            line.space_before = text[:start][-1:].isspace()
            line.space_after = text[start:resume_at][-1:].isspace()
        return found

    return ours


def draw_page(stock: Any) -> Any:
    """For `draw.draw_page`: a text behind which a space is not drawn has a `gap` there: "left" or "right"."""

    def ours(page: Any, stream: Any) -> None:
        for lines in _paragraphs(page):
            _tell_gaps(lines)
            if lines[0].style["direction"] == "rtl":
                edges.note([text for line in lines for text in _texts(line) if text.text])
        stock(page, stream)

    return ours


def _tell_gaps(lines: list[Any]) -> None:
    """Note the gaps of a paragraph: at the ends of lines, and where a text within one is nothing but a space.

    A text which goes on from another page or column at a space has it before itself.
    """
    texts = [(text, "left" if line.style["direction"] == "rtl" else "right") for line in lines for text in _texts(line)]
    last, side, space = None, "", False
    for text, end in texts:
        if text.text.strip():
            space = space or getattr(text, "space_before", False)
            if last is None:
                text.goes_on = space
            elif space:
                last.gap = side
            last, side = text, end
            space = getattr(text, "space_after", False) and not text.text.endswith(" ")
        else:
            space = space or text.text != "" or getattr(text, "space_after", False)
    if last is not None and space:  # the paragraph goes on on the next page
        last.gap = side


def _paragraphs(box: Any) -> Iterator[list[Any]]:
    """The lines of each paragraph in a box."""
    children = [getattr(child, "_box", child) for child in getattr(box, "children", ())]
    lines = [child for child in children if isinstance(child, boxes.LineBox)]
    if lines:
        yield lines
    yield from chain.from_iterable(map(_paragraphs, children))


def _texts(box: Any) -> Iterator[Any]:
    """The texts of a line, in their order."""
    for child in box.children:
        if isinstance(child, boxes.TextBox):
            yield child
        elif isinstance(child, boxes.InlineBox):
            yield from _texts(child)
