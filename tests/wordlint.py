"""What a written DOCX must keep and no validator looks at: reading order, alt text, whole references, safe figures.

`lint` names each rule that is broken, [] where all is well.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NS = {
    "w": _W,
    "r": _R,
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "adec": "http://schemas.microsoft.com/office/drawing/2017/decorative",
    "dc": "http://purl.org/dc/elements/1.1/",
    "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
}
_MARK = "\u200e"
_TURNED = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")  # what would change places in a right-to-left run
# Hebrew to Myanmar, Khmer and Mongolian; Chinese characters.
_COMPLEX, _HAN, _LATIN = (
    re.compile(f"[{chars}]") for chars in ("\u0590-\u109f\u1780-\u18af", "\u3400-\u9fff", "A-Za-z0-9")
)
_DATA_TABLE = "Leaflet Table"
_SLOTS = ("val", "eastAsia", "bidi")


@dataclass(frozen=True, slots=True)
class _Document:
    """The XML parts of a file by name; `stories` are those that hold text: the body, headers and footers."""

    names: frozenset[str]
    parts: dict[str, etree._Element]
    stories: dict[str, etree._Element]

    def values(self, path: str, part: str) -> list[str]:
        """What an XPath finds in a part, nothing where the part is missing."""
        return _all(self.parts[part], path) if part in self.parts else []


def lint(content: bytes) -> list[str]:
    """The rules that a file breaks, each with where."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        try:
            parts = {name: etree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))}
        except etree.XMLSyntaxError as error:
            return [f"not XML: {error}"]
    stories = {
        name: part for name, part in parts.items() if re.fullmatch(r"word/(document|header\d*|footer\d*)\.xml", name)
    }
    document = _Document(frozenset(names), parts, stories)
    found = [*_described(document), *_related(document), *_numbered(document)]
    ids: Counter[tuple[str, str]] = Counter()
    for name, story in stories.items():
        found += [f"{name}: {said}" for said in (*_pictures(story), *_tables(story, document), *_paragraphs(story))]
        found += [f"{name}: {said}" for said in (*_islands(story, document), *_fields(story), *_links(story))]
        found += [f"{name}: {said}" for said in (*_scripts(story), *_controls(story))]
        for kind in ("wp:docPr/@id", "w:bookmarkStart/@w:id", "w:sdtPr/w:id/@w:val"):
            ids.update((kind, number) for number in _all(story, f"//{kind}"))
    return found + [f"{kind} {number} stands {count} times" for (kind, number), count in ids.items() if count > 1]


def _described(document: _Document) -> Iterator[str]:
    """Title and language, in the properties and as what all text has."""
    titles, languages = (document.values(f"//dc:{tag}/text()", "docProps/core.xml") for tag in ("title", "language"))
    if len(titles) != 1 or not titles[0].strip():
        yield "no title, or more than one"
    if len(languages) != 1:
        yield "no language, or more than one"
    for slot in _SLOTS:
        if document.values(f"//w:docDefaults//w:lang/@w:{slot}", "word/styles.xml") != languages:
            yield f"the default text is not in the document's language (w:{slot})"


def _related(document: _Document) -> Iterator[str]:
    """Relationships and styles: what is named is there."""
    for name, part in document.parts.items():
        if name.endswith(".rels"):
            folder = posixpath.dirname(posixpath.dirname(name))
            for target in _all(part, "rel:Relationship[not(@TargetMode='External')]/@Target"):
                if posixpath.normpath(posixpath.join("/", folder, target))[1:] not in document.names:
                    yield f"{name}: {target} does not exist"
        else:
            folder, base = posixpath.split(name)
            known = document.values("rel:Relationship/@Id", f"{folder}/_rels/{base}.rels")
            yield from (f"{name}: no relationship {used}" for used in _all(part, "//@r:*") if used not in known)
    styles = document.values("w:style/@w:styleId", "word/styles.xml")
    for name, story in document.stories.items():
        used = _all(story, "//w:pStyle/@w:val | //w:rStyle/@w:val | //w:tblStyle/@w:val")
        yield from (f"{name}: no style {style}" for style in used if style not in styles)


def _numbered(document: _Document) -> Iterator[str]:
    """Lists: each that is named is there, and so is what it is made from."""
    lists = document.values("w:num/@w:numId", "word/numbering.xml")
    for name in ("word/styles.xml", *document.stories):
        for used in document.values("//w:numPr/w:numId/@w:val", name):
            if used not in (*lists, "0"):
                yield f"{name}: no list {used}"
    models = document.values("w:abstractNum/@w:abstractNumId", "word/numbering.xml")
    for model in document.values("w:num/w:abstractNumId/@w:val", "word/numbering.xml"):
        if model not in models:
            yield f"word/numbering.xml: no list model {model}"


def _pictures(story: etree._Element) -> Iterator[str]:
    for picture in story.iterfind(".//wp:docPr", _NS):
        if not picture.get("descr", "").strip() and picture.find(".//adec:decorative[@val='1']", _NS) is None:
            yield f"picture {picture.get('id')} has no alt text"


def _tables(story: etree._Element, document: _Document) -> Iterator[str]:
    named = document.values(f"w:style[w:name/@w:val='{_DATA_TABLE}']/@w:styleId", "word/styles.xml")
    emergency = document.values("w:style[w:name/@w:val='Leaflet Box now']/@w:styleId", "word/styles.xml")
    for number, table in enumerate(story.iterfind(".//w:tbl", _NS), start=1):
        rows = _inside(table, "w:tr")
        if _all(table, "w:tblPr/w:tblStyle/@w:val") == named and not _all(rows[0], "w:trPr/w:tblHeader"):
            yield f"table {number} has no header row"
        # An emergency box may: else a long one would leave the first page empty below the title.
        parted = _all(table, "w:tblPr/w:tblStyle/@w:val") == emergency
        if any(not _all(row, "w:trPr/w:cantSplit") for row in rows[parted:]):
            yield f"table {number} has a row that may split over pages"
        if any(_last(cell) != f"{{{_W}}}p" for row in rows for cell in _cells(row)):
            yield f"table {number} has a cell that ends without a paragraph"
        if {sum(map(_span, _cells(row))) for row in rows} != {len(_all(table, "w:tblGrid/w:gridCol"))}:
            yield f"table {number} has a row that its columns don't fit"
        if _is_right_to_left(document) and not _all(table, "w:tblPr/w:bidiVisual"):
            yield f"table {number} is not mirrored"


def _inside(element: etree._Element, tag: str) -> list[etree._Element]:
    """The rows of a table or the cells of a row, also those that are content controls."""
    return _elements(element, f"{tag} | w:sdt/w:sdtContent/{tag}")


def _cells(row: etree._Element) -> list[etree._Element]:
    return _inside(row, "w:tc")


def _last(cell: etree._Element) -> str:
    """The tag of what a cell ends with; of a control, what it holds."""
    found = _elements(cell, "*[last()][not(self::w:sdt)] | *[last()][self::w:sdt]/w:sdtContent/*[last()]")
    return found[0].tag if found else ""


def _span(cell: etree._Element) -> int:
    return int(*_all(cell, "w:tcPr/w:gridSpan/@w:val") or ["1"])


def _paragraphs(story: etree._Element) -> Iterator[str]:
    """Empty paragraphs, which a screen reader announces; a cell that holds nothing, or a table at its end, has one."""
    for number, paragraph in enumerate(story.iterfind(".//w:p", _NS), start=1):
        if _shown(paragraph).strip() or _all(paragraph, ".//w:drawing | .//w:fldSimple | .//w:fldChar"):
            continue
        before = paragraph.getprevious()
        in_cell = _all(paragraph, "parent::w:tc") and paragraph.getnext() is None
        if not (in_cell and before is not None and before.tag in (f"{{{_W}}}tcPr", f"{{{_W}}}tbl")):
            yield f"paragraph {number} is empty"


def _is_right_to_left(document: _Document) -> bool:
    return bool(document.values("w:style[@w:default='1'][@w:type='paragraph']/w:pPr/w:bidi", "word/styles.xml"))


def _islands(story: etree._Element, document: _Document) -> Iterator[str]:
    """In right-to-left paragraphs, what has its own order stands between two marks in a run that is not turned."""
    if not _is_right_to_left(document):
        return
    for run in story.iterfind(".//w:r", _NS):
        shown = _shown(run)
        if not _TURNED.search(shown) or _all(run, "ancestor::w:p[1]/w:pPr/w:bidi[@w:val='0']"):
            continue
        if _elements(run, "parent::w:fldSimple"):  # one number alone
            continue
        if _all(run, "w:rPr/w:rtl") or not (len(shown) > 2 and shown[0] == shown[-1] == _MARK):
            yield f"“{shown}” is no island"


def _scripts(story: etree._Element) -> Iterator[str]:
    """Runs take their font from the slot of their script: Word does not tell by the letters alone."""
    for run in story.iterfind(".//w:r", _NS):
        if _all(run, "w:rPr/w:rFonts/@w:cs"):  # its font is named for every slot
            continue
        shown = _shown(run)
        if _all(run, "w:rPr/w:cs | w:rPr/w:rtl"):
            if _LATIN.search(shown):
                yield f"“{shown}” has Latin letters or figures in the slot of complex scripts"
        elif _COMPLEX.search(shown):
            yield f"“{shown}” is not in the slot of complex scripts"
        if _HAN.search(shown) and not _all(run, "w:rPr/w:rFonts[@w:hint='eastAsia']"):
            yield f"“{shown}” leaves its signs to the font of Latin"


def _controls(story: etree._Element) -> Iterator[str]:
    """Content controls have a name and a number, and can be filled in; a group round the whole text is none."""
    for control in story.iterfind(".//w:sdt", _NS):
        if _elements(control, "w:sdtPr/w:group"):
            continue
        name = "".join(_all(control, "w:sdtPr/w:alias/@w:val"))
        if not name.strip():
            yield "a control has no name"
        if len(_all(control, "w:sdtPr/w:id/@w:val")) != 1:
            yield f"the control “{name}” has no number"
        if {"contentLocked", "sdtContentLocked"} & set(_all(control, "w:sdtPr/w:lock/@w:val")):
            yield f"the control “{name}” can't be filled in"
        if not _elements(control, "w:sdtContent/*"):
            yield f"the control “{name}” holds nothing"


def _fields(story: etree._Element) -> Iterator[str]:
    """Fields begin and end in the same story, one inside the other."""
    open_ = 0
    for kind in _all(story, "//w:fldChar/@w:fldCharType"):
        open_ += {"begin": 1, "end": -1}.get(kind, 0)
        if open_ < 0:
            yield "a field ends that never began"
            return
    if open_:
        yield "a field never ends"


def _links(story: etree._Element) -> Iterator[str]:
    for link in story.iterfind(".//w:hyperlink", _NS):
        if not _shown(link).strip():
            yield f"link {link.get(f'{{{_R}}}id')} has no text"


def _shown(element: etree._Element) -> str:
    return "".join(_all(element, ".//w:t/text()"))


def _elements(element: etree._Element, path: str) -> list[etree._Element]:
    return element.xpath(path, namespaces=_NS)  # type: ignore[return-value]


def _all(element: etree._Element, path: str) -> list[str]:
    """What an XPath finds, attributes and text as they are."""
    return element.xpath(path, namespaces=_NS)  # type: ignore[return-value]
