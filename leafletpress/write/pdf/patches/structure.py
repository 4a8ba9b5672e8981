"""Builds the structure of a PDF as PDF/UA asks for it: WeasyPrint's tells no language, no scope and no numbering.

It also makes an element of each line of a link, and of what stands in the margins of pages.
"""

import re
from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as weasyprint_tags

from leafletpress.write.pdf import form
from leafletpress.write.pdf.patches.lists import mended, pdf_object

_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")


def build_box_tree(stock: Any) -> Any:
    """For `pdf.tags._build_box_tree`.

    Margins of pages are left out, and elements tell language, scope and numbering. Rules to write on become form
    fields. The lines of a link are one element, as they are one annotation.
    """

    def ours(
        box: Any, parent: Any, pdf: Any, page_number: int, nums: dict[int, Any], annotations: Any, tags: dict[Any, Any]
    ) -> Iterator[Any]:
        if isinstance(box, boxes.MarginBox):
            return
        box = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001
        texts = {tags[child]["mcid"]: child for child in _inside(box) if isinstance(child, boxes.TextBox)}
        begun = [pdf_object(pdf, reference) for reference, note in annotations if note is box.link_annotation]
        elements: list[Any] = []
        if begun:
            _go_on(begun[0], box, pdf, page_number, nums, annotations, tags)
        else:
            if _attributes(box).get("data-field") and box.widget_annotation is None:
                box.widget_annotation = form.field(box, pdf, pdf_object(pdf, pdf.page_references[page_number]))
                if box.widget_annotation is None:  # a rule to write on by hand, with nothing to be read
                    return
            elements += mended([*stock(box, parent, pdf, page_number, nums, annotations, tags)], box, parent, pdf)
        if not isinstance(box, boxes.PageBox) and box.element_tag not in ("html", "body"):  # these make no element
            for element in elements:
                _describe(element, box)
        for mcid, child in texts.items():
            if _RIGHT_TO_LEFT.search(child.text):
                _holder(mcid, pdf, nums)["ActualText"] = pydyf.String(child.text)
        yield from elements

    return ours


def _go_on(
    link: Any, box: Any, pdf: Any, page_number: int, nums: dict[int, Any], annotations: Any, tags: dict[Any, Any]
) -> None:
    """Put the next line of a link into its structure element."""
    for child in _inside(box):
        if isinstance(child, boxes.TextBox):
            mcid = tags.pop(child)["mcid"]
            link["K"].append(mcid)
            nums[mcid] = link.reference
        else:
            inner = weasyprint_tags._build_box_tree(  # noqa: SLF001 - what stands there: ours
                child, link, pdf, page_number, nums, annotations, tags
            )
            link["K"].extend(element.reference for element in inner)


def _inside(box: Any) -> Iterator[Any]:
    """The boxes that the function takes for children of this box."""
    for child in getattr(box, "children", ()):
        yield from child.children if isinstance(child, boxes.LineBox) else [child]


def _attributes(box: Any) -> Any:
    """The attributes of the element that a box is of; of none for a box that is of none."""
    return getattr(box.element, "attrib", {})


def _holder(mcid: int, pdf: Any, nums: dict[int, Any]) -> Any:
    """The structure element of one text alone; it is made for that of a link, which may have several."""
    element = pdf_object(pdf, nums[mcid])
    if element["S"] == "/Link":
        link = element
        element = pydyf.Dictionary(
            {"Type": "/StructElem", "S": "/Span", "K": pydyf.Array([mcid]), "Pg": link["Pg"], "P": link.reference}
        )
        pdf.add_object(element)
        link["K"][link["K"].index(mcid)] = nums[mcid] = element.reference
    return element


def _describe(element: Any, box: Any) -> None:
    """Add to a structure element what PDF/UA asks for and the box knows."""
    attributes = _attributes(box)
    if attributes.get("lang"):
        element["Lang"] = pydyf.String(attributes["lang"])
    if element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if attributes.get("scope") == "row" else "/Column"
    elif element["S"] == "/L":
        numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(box.element.tag, "/None")
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
