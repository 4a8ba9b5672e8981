"""Builds the structure of a PDF from the elements of its page: each is one, on however many lines and pages it stands.

WeasyPrint makes a structure element of each box. A list over a page end would be two lists, a list in columns a list in
a list, a text of ten lines ten paragraphs. Of languages, scopes of heads and numbering it tells nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.logger import LOGGER

from leafletpress.write.pdf import form
from leafletpress.write.pdf.patches import marks
from leafletpress.write.pdf.patches.inside import itself

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_POINTS = 0.75  # in a CSS pixel
# ISO 32000-1, 14.8.4; what is none of these, such as a strong word, says nothing of its own (NonStruct).
_KINDS = {
    "main": "Part", "article": "Art", "section": "Sect", "div": "Div", "blockquote": "BlockQuote", "p": "P",
    "ul": "L", "ol": "L", "dl": "L", "li": "LI", "li::marker": "Lbl", "dt": "Lbl", "dd": "LBody",
    "table": "Table", "caption": "Caption", "thead": "THead", "tbody": "TBody", "tfoot": "TFoot",
    "tr": "TR", "th": "TH", "td": "TD", "figcaption": "Caption", "span": "Span", "a": "Link",
    **{f"h{level}": f"H{level}" for level in range(1, 7)},
}  # fmt: skip
_NUMBERINGS = {"ol": "/Decimal", "ul": "/Disc"}


@dataclass(eq=False, slots=True)
class _Part:
    """A structure element, and the part round it; a table and its rows know the names of their heads by column."""

    element: Any
    around: "_Part | None"
    tag: str = ""
    heads: dict[int, list[Any]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """What it is: P, LI, Table."""
        return str(self.element["S"][1:])

    def over(self) -> "Iterator[_Part]":
        """The parts round it, from the nearest on."""
        part = self.around
        while part is not None:
            yield part
            part = part.around


@dataclass(slots=True)
class _Page:
    """A page whose boxes are being put into the structure.

    `made` has what there is so far of the whole document: the part of each element of the page's source, and of each
    mark or other thing that a style puts beside it. `numbers` has who holds each marked content of this page.
    """

    pdf: Any
    reference: bytes
    made: dict[Any, _Part]
    numbers: dict[int, Any]
    annotations: list[Any]
    tags: dict[Any, Any]


def build_box_tree(_stock: Any) -> Any:
    """For `pdf.tags._build_box_tree`: puts all of a page into the structure, below the element of the document."""

    def ours(
        box: Any, parent: Any, pdf: Any, page_number: int, nums: dict[int, Any], annotations: Any, tags: dict[Any, Any]
    ) -> tuple[()]:
        made = pdf.__dict__.setdefault("structure_made", {})
        page = _Page(pdf, pdf.page_references[page_number], made, nums, annotations, tags)
        _add(page, box, _Part(parent, None))
        return ()

    return ours


def _add(page: _Page, box: Any, within: _Part) -> None:
    """Put a box, and all inside it, into a part or what follows from it."""
    box = itself(box)
    if isinstance(box, boxes.MarginBox) or getattr(box, "repeats", False):
        return
    if isinstance(box, boxes.TextBox):
        _show(page, box, _room(page, within, ""))
    elif "data-field" in _attributes(box):
        _add_rule(page, box, within)
    else:
        part = _part(page, box, within)
        if box.link_annotation is not None:
            part = page.made[box.element, box.element_tag] = _linked(page, box.link_annotation, part)
        if isinstance(box, boxes.ReplacedBox):
            _show(page, box, part)
        for child in getattr(box, "children", ()):
            _add(page, child, part)


def _add_rule(page: _Page, box: Any, within: _Part) -> None:
    """Put a rule to write on into a part if one can type there; else it has nothing to be read."""
    widget = form.field(box, page.pdf, _object(page.pdf, page.reference))
    if widget is not None:
        _refer(page, widget, _made(page, "Form", _part(page, box, within)))


def _part(page: _Page, box: Any, within: _Part) -> _Part:
    """The part of the element that a box is of; made for the first of its boxes."""
    if box.element is None or box.element_tag in ("html", "body"):
        return within
    key = (box.element, box.element_tag)
    if key not in page.made:
        kind = "Figure" if isinstance(box, boxes.ReplacedBox) else _kind(box, within)
        room = _room(page, within, kind)
        is_second = kind == "LBody" and (room, kind) in page.made
        page.made[key] = page.made[room, kind] if is_second else _made(page, kind, room, box.element_tag)
        if kind == "LBody":
            page.made[room, kind] = page.made[key]
        _describe(page, page.made[key], box)
    return page.made[key]


def _kind(box: Any, within: _Part) -> str:
    if box.element_tag == "div" and within.tag == "dl":
        return "LI"  # of a term and what it means
    return _KINDS.get(box.element_tag, "NonStruct")


def _room(page: _Page, within: _Part, kind: str) -> _Part:
    """Where something of a kind has its place: in a list in an item, in an item behind its mark in the body."""
    if within.kind == "LI" and kind not in ("Lbl", "LBody"):
        return _once(page, "LBody", within)
    if within.kind == "L" and kind in ("Lbl", "LBody"):  # a term begins an item
        if kind == "Lbl":
            page.made.pop((within, "LI"), None)
        return _once(page, "LI", within)
    return within


def _once(page: _Page, kind: str, within: _Part) -> _Part:
    """The one part of a kind in another, where no element of the page's source stands for it."""
    if (within, kind) not in page.made:
        page.made[within, kind] = _made(page, kind, within)
    return page.made[within, kind]


def _made(page: _Page, kind: str, within: _Part, tag: str = "") -> _Part:
    element = pydyf.Dictionary({
        "Type": "/StructElem",
        "S": f"/{kind}",
        "K": pydyf.Array(),
        "Pg": page.reference,
        "P": within.element.reference,
    })  # fmt: skip
    page.pdf.add_object(element)
    within.element["K"].append(element.reference)
    return _Part(element, within, tag)


def _show(page: _Page, box: Any, part: _Part) -> None:
    """Put what is shown, a text or picture, into a part."""
    number = page.tags.pop(box)["mcid"]
    shown = part if part.kind == "Figure" else _made(page, "Span", part)
    shown.element["K"].append(number)
    page.numbers[number] = shown.element.reference
    if _runs_left(box) or marks.is_joined(box) or _lacks_space(box):
        shown.element["ActualText"] = pydyf.String(marks.text(box))


def _runs_left(box: Any) -> bool:
    """Whether what is shown is a text, any sign of which is drawn from right to left: brackets and stops too."""
    text = getattr(box, "text", "")
    return bool(text) and (box.style["direction"] == "rtl" or bool(_RIGHT_TO_LEFT.search(text)))


def _lacks_space(box: Any) -> bool:
    """Whether a space is read beside a text that its glyphs do not say."""
    return getattr(box, "gap", "") == "left" or getattr(box, "goes_on", False)


def _linked(page: _Page, annotation: Any, part: _Part) -> _Part:
    """The link that an annotation belongs to: the part itself, or one in it where a style makes a link of it."""
    link = part if part.kind == "Link" else _once(page, "Link", _room(page, part, "Link"))
    if all(known is not annotation for _, known in page.annotations):
        _refer(page, annotation, link)
    return link


def _refer(page: _Page, annotation: Any, part: _Part) -> None:
    """Let a part name an annotation as its own."""
    reference = pydyf.Dictionary({"Type": "/OBJR", "Obj": annotation.reference, "Pg": page.reference})
    page.pdf.add_object(reference)
    part.element["K"].append(reference.reference)
    page.annotations.append((part.element.reference, annotation))


def _describe(page: _Page, part: _Part, box: Any) -> None:
    """Add to a structure element what PDF/UA asks for and the box knows."""
    attributes, element = _attributes(box), part.element
    if attributes.get("lang"):
        element["Lang"] = pydyf.String(attributes["lang"])
    if part.kind == "L":
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": _NUMBERINGS.get(part.tag, "/None")})
    elif part.kind in ("TH", "TD"):
        element["A"] = pydyf.Dictionary({"O": "/Table"})
        _describe_cell(part, box)
    elif part.kind == "Figure":
        height = _object(page.pdf, page.reference)["MediaBox"][3]
        left, top = box.content_box_x() * _POINTS, height - box.content_box_y() * _POINTS
        edges = (left, top - box.height * _POINTS, left + box.width * _POINTS, top)
        element["A"] = pydyf.Dictionary({"O": "/Layout", "BBox": pydyf.Array(edges)})
        element["Alt"] = pydyf.String(attributes.get("alt", ""))
        if not attributes.get("alt"):
            LOGGER.error('Image "%s" has no required alt description', attributes.get("src", "unknown"))


def _describe_cell(part: _Part, box: Any) -> None:
    """Name a head, and name to a cell its heads: those of its row and of its columns."""
    attributes = part.element["A"]
    for key, span in (("ColSpan", box.colspan), ("RowSpan", box.rowspan)):
        if span != 1:
            attributes[key] = span
    row, table = (next((one for one in part.over() if one.kind == kind), part) for kind in ("TR", "Table"))
    columns = range(box.grid_x, box.grid_x + box.colspan)
    if part.kind == "TD":
        of_row = [name for names in row.heads.values() for name in names]
        of_columns = [name for column in columns for name in table.heads.get(column, [])]
        attributes["Headers"] = pydyf.Array([*of_row, *of_columns])
        return
    is_of_row = _attributes(box).get("scope") == "row"
    name = part.element["ID"] = pydyf.String(f"head-{part.element.number}")
    attributes["Scope"] = "/Row" if is_of_row else "/Column"
    for column in columns:
        (row if is_of_row else table).heads.setdefault(column, []).append(name)


def _attributes(box: Any) -> Any:
    """The attributes of the element that a box is of; of none for a box that is of none."""
    return getattr(box.element, "attrib", {})


def _object(pdf: Any, reference: bytes) -> Any:
    """The object of a PDF behind a reference."""
    return pdf.objects[int(reference.split()[0])]
