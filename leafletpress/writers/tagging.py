"""Finishes what WeasyPrint leaves open in tags and metadata, so that one PDF is PDF/A-2a and PDF/UA-1.

WeasyPrint writes the one or the other, marks no language inside a page and gives no text behind joined letters. What
its public hook (`finisher`) reaches is done in `finish`; two functions have no hook and are replaced by `install`. They
are held to the pinned version by a test, and written so that they could be offered to WeasyPrint.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf import tags as weasyprint_tags
from weasyprint.pdf.stream import Stream

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
ORIGINALS = (Stream.marked, weasyprint_tags._build_box_tree)  # noqa: SLF001


@cache
def install() -> None:
    """Put the two functions in their places; once a process."""
    Stream.marked = _marked
    weasyprint_tags._build_box_tree = _build_box_tree  # noqa: SLF001


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
        self.island = box.element.tag in ("span", "a") and box.element.attrib.get("dir") == "ltr"
        try:
            yield
        finally:
            self.island = False
            pydyf.Stream.end_marked_content(self)


def _build_box_tree(
    box: Any, parent: Any, pdf: Any, page_number: int, nums: dict[int, Any], annotations: Any, tags: dict[Any, Any]
) -> Iterator[Any]:
    """`pdf.tags._build_box_tree`; margins of pages are left out, and elements tell language, scope and numbering."""
    if isinstance(box, boxes.MarginBox):
        return
    box = box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001
    texts = {tags[child]["mcid"]: child for child in _texts(box) if child in tags}
    elements = list(ORIGINALS[1](box, parent, pdf, page_number, nums, annotations, tags))
    for element in elements:
        _describe(element, box)
    for mcid, child in texts.items():
        if _RIGHT_TO_LEFT.search(child.text) and mcid in nums:
            _object(pdf, nums[mcid])["ActualText"] = pydyf.String(child.text)
    yield from elements


def _texts(box: Any) -> Iterator[Any]:
    """The texts that the function tags as children of this box."""
    for child in getattr(box, "children", ()):
        inner = child.children if isinstance(child, boxes.LineBox) else [child]
        yield from (one for one in inner if isinstance(one, boxes.TextBox))


def _describe(element: Any, box: Any) -> None:
    """Add to a structure element what PDF/UA asks for and the box knows."""
    if box.element is None or isinstance(box.element, str):
        return
    language = box.element.attrib.get("lang")
    if language and box.element.tag != "html":
        element["Lang"] = pydyf.String(language)
    if element["S"] == "/TH":
        element["A"]["Scope"] = "/Row" if box.element.attrib.get("scope") == "row" else "/Column"
    elif element["S"] == "/L":
        numbering = {"ol": "/Decimal", "ul": "/Disc"}.get(box.element.tag, "/None")
        element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


def _object(pdf: Any, reference: bytes | str) -> Any:
    return pdf.objects[int(reference.split()[0])]


def finish(document: Any, pdf: Any) -> None:
    """What WeasyPrint's hook `finisher` does: the file says that it is PDF/UA-1 too, and which way it is read."""
    metadata = _object(pdf, pdf.catalog["Metadata"])
    (content,) = metadata.stream
    metadata.stream = [content.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>", 1)]
    if document.pages[0]._page_box.style["direction"] == "rtl":  # noqa: SLF001
        pdf.catalog["ViewerPreferences"]["Direction"] = "/R2L"
