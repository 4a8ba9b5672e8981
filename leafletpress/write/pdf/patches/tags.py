"""Finishes what WeasyPrint leaves open in tags and metadata, so that one PDF is PDF/A-2a and PDF/UA-1.

WeasyPrint writes the one or the other, marks no language inside a page and gives no text behind joined letters. What
its public hook (`finisher`) reaches is done in `finish`; three functions have no hook and are replaced by `install`.
They are held to the pinned version by a test, and written so that they could be offered to WeasyPrint.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pydyf
import weasyprint.pdf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as weasyprint_tags
from weasyprint.pdf.stream import Stream

from leafletpress.write.pdf import form as fields
from leafletpress.write.pdf.patches.lists import mended, pdf_object

# Scripts whose letters do not come back from their glyphs one by one: Indic, Thai, Lao, Tibetan, Myanmar, Khmer.
_JOINED = re.compile(r"[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f\u00ad]")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]")
_UA = b"""\
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>The part of ISO 14289 that the document keeps</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

# The functions of WeasyPrint that are replaced.
ORIGINALS = (Stream.marked, weasyprint_tags._build_box_tree, weasyprint.pdf.add_links)  # noqa: SLF001


@cache
def install() -> None:
    """Put the functions in their places; once a process."""
    Stream.marked = _marked
    weasyprint_tags._build_box_tree = _build_box_tree  # noqa: SLF001
    weasyprint.pdf.add_links = _add_links


@contextmanager
def _marked(self: Any, box: Any, tag: str) -> Iterator[None]:
    """`Stream.marked`; what repeats on each page is an artifact, and joined letters carry the text that they are."""
    tags = self._tags
    if tags is None:
        yield
    elif box.element is None:  # only the boxes in the margins of a page belong to no element
        with self.artifact():
            yield
    else:
        properties = pydyf.Dictionary({"MCID": len(tags)})
        tags[box] = {"tag": tag, "mcid": len(tags)}
        text = getattr(box, "text", "")
        if _JOINED.search(text):
            properties["ActualText"] = pydyf.String(text.replace("\u00ad", ""))
        pydyf.Stream.begin_marked_content(self, tag, properties)
        self.island = _is_island(box)
        try:
            yield
        finally:
            self.island = False
            pydyf.Stream.end_marked_content(self)


def _is_island(box: Any) -> bool:
    """Whether a text runs left to right for itself: one marked so, and the number of a heading or item."""
    is_counter = str(box.element_tag).endswith(("::before", "::marker"))
    return is_counter or (box.element.tag in ("span", "a") and box.element.attrib.get("dir") == "ltr")


def _add_links(links_and_anchors: Any, matrix: Any, pdf: Any, page: Any, names: Any, tags: Any) -> None:
    """`pdf.add_links`; a link that goes over several lines is one annotation, with a quadrilateral for each.

    The box of each line knows it as its `link_annotation`.
    """
    links, anchors = links_and_anchors
    lines: dict[Any, list[Any]] = {}
    for link in links:
        _, _, _, box = link
        lines.setdefault(box if box.element is None else box.element, []).append(link)
    ORIGINALS[2](([first for first, *_ in lines.values()], anchors), matrix, pdf, page, names, tags)
    for (_, _, _, first), *more in lines.values():
        annotation = first.link_annotation
        if annotation is None or not more:
            continue
        rectangles = [list(annotation["Rect"])]
        for _, _, (left, top, right, bottom), box in more:
            box.link_annotation = annotation
            rectangles.append([*matrix.transform_point(left, top), *matrix.transform_point(right, bottom)])
        lefts, tops, rights, bottoms = zip(*rectangles, strict=True)
        annotation["Rect"] = pydyf.Array([min(lefts), max(tops), max(rights), min(bottoms)])
        annotation["QuadPoints"] = pydyf.Array(
            place
            for left, top, right, bottom in rectangles
            for place in (left, bottom, right, bottom, right, top, left, top)
        )


def _build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: int, nums: dict[int, Any], annotations: Any, tags: dict[Any, Any]
) -> Iterator[Any]:
    """`pdf.tags._build_box_tree`; margins of pages are left out, and elements tell language, scope and numbering.

    Rules to write on become form fields. The lines of a link are one element, as they are one annotation.
    """
    if isinstance(box, boxes.MarginBox):
        return
    box = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001
    texts = {tags[child]["mcid"]: child for child in _inside(box) if isinstance(child, boxes.TextBox)}
    begun = [pdf_object(pdf, reference) for reference, annotation in annotations if annotation is box.link_annotation]
    elements: list[Any] = []
    if begun:
        _go_on(begun[0], box, pdf, page_number, nums, annotations, tags)
    else:
        if _attributes(box).get("data-field") and box.widget_annotation is None:
            box.widget_annotation = fields.field(box, pdf, pdf_object(pdf, pdf.page_references[page_number]))
            if box.widget_annotation is None:  # a rule to write on by hand, with nothing to be read
                return
        elements += mended([*ORIGINALS[1](box, parent, pdf, page_number, nums, annotations, tags)], box, parent, pdf)
    for element in elements:
        _describe(element, box)
    for mcid, child in texts.items():
        if _RIGHT_TO_LEFT.search(child.text):
            _holder(mcid, pdf, nums)["ActualText"] = pydyf.String(child.text)
    yield from elements


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
            inner = _build_box_tree(child, link, pdf, page_number, nums, annotations, tags)
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
    if attributes.get("lang") and box.element.tag != "html":
        element["Lang"] = pydyf.String(attributes["lang"])
    if element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if attributes.get("scope") == "row" else "/Column"
    elif element["S"] == "/L":
        numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(box.element.tag, "/None")
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


def finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint's hook `finisher` does: the file says that it is PDF/UA-1 too, and which way it is read."""
    metadata = pdf_object(pdf, pdf.catalog["Metadata"])
    (content,) = metadata.stream
    metadata.stream = [content.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>", 1)]
    if document.pages[0]._page_box.style["direction"] == "rtl":  # noqa: SLF001
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
