"""Fits a Word base document to an edition: its paper, its margins, its sizes of type."""

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn
from docx.shared import Length, Mm

from leafletpress.model.edition import Edition

_HALF_POINTS = 2  # in a point: what Word counts type in
_EMU_PER_TWIP, _NEAR = 635, 20  # twips by which a tab stop may miss the end of its line
_SIZES = (qn("w:sz"), qn("w:szCs"))
# What stands on each page, beside the text: it keeps its size, as it does in the PDF.
_RUNNING_MARKS = ("header", "footer")


def fit(document: Any, edition: Edition) -> None:
    """Set a python-docx document on the edition's paper.

    Where the edition names a type size, every size of type becomes the share of it that it was of the default text, and
    the room of list marks and icons grows with it; none but those of the running marks is below the edition's smallest.
    """
    section = document.sections[0]
    before = _twips_across(section)
    section.page_width, section.page_height = map(Mm, edition.size)
    if edition.margins:
        section.top_margin, sides, section.bottom_margin = map(_length, edition.margins.split())
        section.left_margin = section.right_margin = sides
    _move_tabs(document, before, _twips_across(section))
    if edition.type_size:
        styles, numbering = document.styles.element, document.part.numbering_part.element
        default = int(styles.find(f"{qn('w:docDefaults')}//{_SIZES[0]}").get(qn("w:val")))
        share = edition.type_size * _HALF_POINTS / default
        least = (edition.smallest_type or 0) * _HALF_POINTS
        for size in _sizes(styles, numbering):
            size.set(qn("w:val"), str(round(max(int(size.get(qn("w:val"))) * share, least))))
        for indent in (*styles.iter(qn("w:ind")), *numbering.iter(qn("w:ind"))):
            for side, twips in indent.items():
                indent.set(side, str(round(int(twips) * share)))


def _twips_across(section: Any) -> int:
    """The width of the text."""
    across: float = (section.page_width - section.left_margin - section.right_margin) / _EMU_PER_TWIP
    return round(across)


def _length(millimetres: str) -> Length:
    return Mm(int(millimetres.removesuffix("mm")))


def _move_tabs(document: Any, before: int, now: int) -> None:
    """Keep the tab stops of the running marks that stand at the end of a line there."""
    section = document.sections[0]
    parts = [section.header, section.footer, section.first_page_footer]
    for element in (document.styles.element, *(part._element for part in parts)):  # noqa: SLF001 - python-docx's own name
        for tab in element.iter(qn("w:tab")):
            if abs(int(tab.get(qn("w:pos"), 0)) - before) <= _NEAR:
                tab.set(qn("w:pos"), str(now))


def _sizes(styles: Any, numbering: Any) -> Iterator[Any]:
    """Every size of type in the styles and list marks but those of the running marks."""
    for part in (styles, numbering):
        for child in part:
            name = child.find(qn("w:name"))
            if name is None or name.get(qn("w:val")).lower() not in _RUNNING_MARKS:
                yield from child.iter(*_SIZES)
