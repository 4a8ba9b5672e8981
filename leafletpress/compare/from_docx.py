"""Reads the texts of a published Word file."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from leafletpress.compare.passages import Passage, Reading, digest, folded
from leafletpress.disk import MOST_OF_A_DOCUMENT, unpacked
from leafletpress.model.handout import Direction, Run, Text

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_LEFT_TO_RIGHT, _RIGHT_TO_LEFT = "\u200e", "\u200f"  # round an island; on the sentence's side
_MARKS = dict.fromkeys(map(ord, _LEFT_TO_RIGHT + _RIGHT_TO_LEFT))


def read_docx(content: bytes) -> Reading:
    """The texts of a Word file; raises ValueError for what is not a Word file."""
    parts = unpacked(content, MOST_OF_A_DOCUMENT)
    digests = {name: digest(part) for name, part in parts.items() if not name.startswith("docProps/")}
    texts = [name for name in sorted(parts) if re.fullmatch(r"word/(?:document|header\d*|footer\d*)\.xml", name)]
    passages = [passage for name in texts for passage in _paragraphs(parts, name)]
    direction = passages[0].text.direction if passages else None
    return Reading("", direction or "ltr", tuple(passages), digests)


def _xml(content: bytes) -> etree._Element:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{error}") from error


def _paragraphs(parts: Mapping[str, bytes], name: str) -> Iterator[Passage]:
    relations = parts.get(name.replace("word/", "word/_rels/") + ".rels")
    links = {one.get("Id"): one.get("Target") for one in _xml(relations)} if relations else {}
    place = "text" if name == "word/document.xml" else "margins"
    for paragraph in _xml(parts[name]).iter(f"{_W}p"):
        direction: Direction = "rtl" if paragraph.find(f"{_W}pPr/{_W}bidi") is not None else "ltr"
        runs = folded([run for element in paragraph.iter(f"{_W}r") for run in _runs(element, links)])
        if runs:
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            yield Passage(Text(runs, None, direction), place, (style is not None and style.get(f"{_W}val")) or "p")


def _runs(element: etree._Element, links: Mapping[str | None, str | None]) -> Iterator[Run]:
    signs = {f"{_W}tab": " ", f"{_W}br": " ", f"{_W}noBreakHyphen": "\u2011"}
    words = "".join(signs.get(str(part.tag), part.text or "") for part in element if part.tag in (*signs, f"{_W}t"))
    strong = element.find(f"{_W}rPr/{_W}b")
    raised = element.find(f"{_W}rPr/{_W}vertAlign")
    link = next((links.get(above.get(_LINK)) for above in element.iterancestors(f"{_W}hyperlink")), None)
    if plain := words.translate(_MARKS):
        yield Run(
            plain,
            strong is not None and strong.get(f"{_W}val") not in ("0", "false"),
            words.startswith(_LEFT_TO_RIGHT),
            raised is not None and raised.get(f"{_W}val") == "superscript",
            link,
        )
