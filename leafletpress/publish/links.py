"""What a published file links to, and what in it can be linked to."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from lxml import etree, html

from leafletpress.disk import MOST_OF_A_DOCUMENT, unpacked

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
# What pikepdf raises where a part of a PDF is not of the kind that stands there in every PDF.
_ROTTEN = (pikepdf.PdfError, TypeError, AttributeError, KeyError, IndexError, RuntimeError, OverflowError)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Links:
    """The addresses that a file links to, and the names of places in it; "#name" is a link to one of these.

    `pages` is the number of pages of a PDF.
    """

    addresses: tuple[str, ...]
    anchors: frozenset[str]
    pages: int | None = None


def links_of(format_: str, content: bytes) -> Links:
    """The links of a document in one of the formats that have any; raises ValueError when it is not of this format."""
    match format_:
        case "html":
            return _html(content)
        case "pdf":
            return _pdf(content)
        case "docx":
            return _docx(content)
    return Links((), frozenset())


def _html(content: bytes) -> Links:
    try:
        page: Any = html.document_fromstring(content)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    addresses = dict.fromkeys(address for _, _, address, _ in page.iterlinks())
    return Links(tuple(addresses), frozenset(map(str, [*page.xpath("//@id"), *page.xpath("//a/@name")])))


def _pdf(content: bytes) -> Links:
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            pages: dict[Any, int] = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
            root: Any = pdf.Root
            names = {str(name) for name in root.get("/Dests", pikepdf.Dictionary())}
            if tree := root.get("/Names", {}).get("/Dests"):
                names |= {str(name) for name in pikepdf.NameTree(tree)}
            addresses = dict.fromkeys(
                _address(annotation, pages)
                for page in pdf.pages
                for annotation in page.obj.get("/Annots", ())
                if annotation.get("/Subtype") == "/Link"
            )
            anchors = {*names, *(f"page {number}" for number in pages.values())}
            return Links(tuple(addresses), frozenset(anchors), len(pages))
    except _ROTTEN as error:
        raise ValueError(str(error)) from error


def _address(annotation: Any, pages: dict[Any, int]) -> str:
    """Where a link annotation leads: an address, a place in the file, or "action:" for what leaflets do not do."""
    action = annotation.get("/A", {})
    kind = str(action.get("/S", ""))
    if kind == "/URI":
        return str(action.get("/URI", ""))
    if kind not in ("", "/GoTo"):
        return f"action:{kind.removeprefix('/')}"
    place = action.get("/D") if kind else annotation.get("/Dest")
    if isinstance(place, pikepdf.Array) and len(place):
        return f"#page {pages.get(place[0].objgen, 'that is not there')}"
    return f"#{place}"


def _docx(content: bytes) -> Links:
    files = unpacked(content, MOST_OF_A_DOCUMENT)
    try:
        parts = {name: etree.fromstring(part, _PARSER) for name, part in files.items() if _has_links(name)}
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    addresses = [address for part in parts.values() for address in _word_addresses(part)]
    bookmarks = {mark.get(f"{_W}name", "") for part in parts.values() for mark in part.iter(f"{_W}bookmarkStart")}
    return Links(tuple(dict.fromkeys(addresses)), frozenset(bookmarks))


def _has_links(name: str) -> bool:
    return name.startswith("word/") and name.endswith((".xml", ".rels"))


def _word_addresses(part: etree._Element) -> Iterator[str]:
    for relation in part.iter(_RELATION):
        if relation.get("TargetMode") == "External":
            yield relation.get("Target", "")
    for link in part.iter(f"{_W}hyperlink"):
        if anchor := link.get(f"{_W}anchor"):
            yield f"#{anchor}"
