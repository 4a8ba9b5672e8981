"""Says in a PDF/A file what WeasyPrint does not: it is PDF/UA-1 too, what leaflet it is, how to read and print it."""

import re
from datetime import UTC, datetime
from typing import Any
from xml.sax.saxutils import quoteattr

import pydyf

from leafletpress.model.handout import Handout

_UA = b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1" />\n'
# What is said of a leaflet, by name: a field of the handout, and what it means.
_LEAFLET = {
    "code": "The code of the leaflet, as each page has it",
    "version": "The version of the leaflet, as each page has it",
    "check_code": "The check code of the leaflet, as each page has it",
    "status": "How far the approval of the leaflet has come",
}
_ABOUT = '<rdf:Description rdf:about="" xmlns:leaflet="urn:leafletpress:leaflet#" {} />\n'
_PROPERTY = """<rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>{}</pdfaProperty:name>
      <pdfaProperty:valueType>Text</pdfaProperty:valueType>
      <pdfaProperty:category>external</pdfaProperty:category>
      <pdfaProperty:description>{}</pdfaProperty:description>
    </rdf:li>"""
# Names that PDF/A does not know are explained in the file (ISO 19005-2, 6.6.2.3.3).
_SCHEMAS = (
    """\
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
  </rdf:li><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>Leaflet</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>urn:leafletpress:leaflet#</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>leaflet</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq>{}</rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""".format("".join(_PROPERTY.format(*said) for said in _LEAFLET.items()))
).encode()


def date(document: Any, handout: Handout) -> None:
    """Have WeasyPrint date the file by the leaflet, not by the clock; with a time of day, for readers that want one."""
    day = datetime.fromisoformat(handout.dated).replace(tzinfo=UTC)
    document.metadata.created = document.metadata.modified = day.isoformat()


def finish(document: Any, pdf: Any, handout: Handout | None = None) -> None:
    """What WeasyPrint's hook `finisher` does; the handout is None where a page is no leaflet's."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (content,) = metadata.stream
    about = _about(handout) if handout else b""
    metadata.stream = [content.replace(b"</rdf:RDF>", _UA + about + _SCHEMAS + b"</rdf:RDF>", 1)]
    metadata.compress = False  # so that programs that know no PDF find it
    preferences = pdf.catalog["ViewerPreferences"]
    preferences["PrintScaling"] = "/None"  # at its true size: type as large as promised, QR codes as they were tried
    if document.pages[0]._page_box.style["direction"] == "rtl":  # noqa: SLF001
        preferences["Direction"] = "/R2L"
    pdf.catalog["PageLabels"] = pydyf.Dictionary({"Nums": pydyf.Array([0, pydyf.Dictionary({"S": "/D"})])})


def _about(handout: Handout) -> bytes:
    said = (f"leaflet:{name}={quoteattr(getattr(handout, name))}" for name in _LEAFLET)
    return _ABOUT.format(" ".join(said)).encode()


def unclaimed(metadata: bytes) -> bytes:
    """The XMP of a finished file without what it claims: for one that is made from it and keeps no standard."""
    bare = re.sub(rb'<rdf:Description rdf:about="" pdfaid:[^>]*/>| xmlns:pdfaid="[^"]*"', b"", metadata)
    return bare.replace(_UA, b"").replace(_SCHEMAS, b"")
