"""What a written DOCX must keep and no validator looks at: reading order, alt text, whole references, safe figures.

`lint` names each rule that is broken, [] where all is well.
"""

import io
import math
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
_LISTS = "word/numbering.xml"
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
    found = [*_described(document), *_related(document), *_numbered(document), *_headings(document), *_bound(document)]
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
    """Lists: each that is named is there, so is what it is made from, and each is one of its own."""
    lists = document.values("w:num/@w:numId", "word/numbering.xml")
    for name in ("word/styles.xml", *document.stories):
        for used in document.values("//w:numPr/w:numId/@w:val", name):
            if used not in (*lists, "0"):
                yield f"{name}: no list {used}"
    models = document.values("w:abstractNum/@w:abstractNumId", "word/numbering.xml")
    made_from = document.values("w:num/w:abstractNumId/@w:val", "word/numbering.xml")
    yield from (f"word/numbering.xml: no list model {model}" for model in made_from if model not in models)
    for kind, numbers in (("lists are", made_from), ("models have", document.values("//w:nsid/@w:val", _LISTS))):
        yield from (f"word/numbering.xml: {n} {kind} of one {one}" for one, n in Counter(numbers).items() if n > 1)
    styles = document.values("w:style/@w:styleId", "word/styles.xml")
    for level in _elements(document.parts[_LISTS], "//w:lvl") if _LISTS in document.parts else ():
        if not set(_all(level, "w:pStyle/@w:val")) & set(styles):
            (model,) = _all(level, "../@w:abstractNumId")
            yield f"word/numbering.xml: a level of list model {model} names no style"
    yield from _broken_lists(document.stories["word/document.xml"])


def _broken_lists(body: etree._Element) -> Iterator[str]:
    """Lists whose items do not follow each other: a list of its own stands in one place."""
    numbers = ["".join(_all(paragraph, "w:pPr/w:numPr/w:numId/@w:val")) for paragraph in body.iterfind(".//w:p", _NS)]
    ended = Counter(number for number, after in zip(numbers, [*numbers[1:], ""], strict=True) if number != after)
    yield from (f"list {number} stands in {count} places" for number, count in ended.items() if number and count > 1)


def _headings(document: _Document) -> Iterator[str]:
    """Headings: a style with an outline level is one of Word's own, or is based on it, as readers know no others."""
    for style in _elements(document.parts["word/styles.xml"], "w:style[w:pPr/w:outlineLvl]"):
        (name,) = _all(style, "w:name/@w:val")
        if not re.fullmatch("heading [1-3]", name):
            yield f"the style {name} is a heading by its outline level alone"


def _pictures(story: etree._Element) -> Iterator[str]:
    for picture in story.iterfind(".//wp:docPr", _NS):
        if not picture.get("descr", "").strip() and picture.find(".//adec:decorative[@val='1']", _NS) is None:
            yield f"picture {picture.get('id')} has no alt text"


def _tables(story: etree._Element, document: _Document) -> Iterator[str]:
    """Tables: grids inside the margins without merged cells, and header rows where there are, and there alone."""
    named = document.values(f"w:style[w:name/@w:val='{_DATA_TABLE}']/@w:styleId", "word/styles.xml")
    emergency = document.values("w:style[w:name/@w:val='Leaflet Box now']/@w:styleId", "word/styles.xml")
    for number, table in enumerate(story.iterfind(".//w:tbl", _NS), start=1):
        rows = _inside(table, "w:tr")
        style = _all(table, "w:tblPr/w:tblStyle/@w:val")
        heads = [bool(_all(row, "w:trPr/w:tblHeader")) for row in rows]
        if heads != [style == named, *[False] * (len(rows) - 1)]:
            yield f"table {number} has no header row, or one that is none"
        if _all(table, "w:tblPr/w:tblLook/@w:firstRow") != [str(int(heads[0]))]:
            yield f"table {number} is not marked as what it is: with a header row or without"
        # An emergency box may: else a long one would leave the first page empty below the title.
        parted = style == emergency
        if any(not _all(row, "w:trPr/w:cantSplit") for row in rows[parted:]):
            yield f"table {number} has a row that may split over pages"
        if any(_last(cell) != f"{{{_W}}}p" for row in rows for cell in _cells(row)):
            yield f"table {number} has a cell that ends without a paragraph"
        if {len(_cells(row)) for row in rows} != {len(_all(table, "w:tblGrid/w:gridCol"))}:
            yield f"table {number} has a row that its columns don't fit"
        if _all(table, ".//w:gridSpan | .//w:vMerge | .//w:hMerge"):
            yield f"table {number} has merged cells"
        if _all(table, ".//w:tbl") or _all(table, "following-sibling::*[1][self::w:tbl]"):
            yield f"table {number} holds another or meets one"
        if _is_right_to_left(document) and not _all(table, "w:tblPr/w:bidiVisual"):
            yield f"table {number} is not mirrored"
        if _outer_width(table, document) > _text_width(document):
            yield f"table {number} stands out into the margin"


def _text_width(document: _Document) -> float:
    """The width between the margins in twips; none is too wide for a page whose size is no number."""
    section = document.stories["word/document.xml"]
    found = [
        _all(section, f"w:body/w:sectPr/{path}") for path in ("w:pgSz/@w:w", "w:pgMar/@w:left", "w:pgMar/@w:right")
    ]
    if not all(one and one[0].isdigit() for one in found):
        return math.inf
    across, left, right = (int(one[0]) for one in found)
    return across - left - right


def _outer_width(table: etree._Element, document: _Document) -> float:
    """How far a table reaches from the margin, its indent and the halves of the lines on both sides among it; twips."""
    styles = "".join(_all(table, "w:tblPr/w:tblStyle/@w:val"))
    style = f"w:style[@w:styleId='{styles}']/w:tblPr/w:tblBorders"
    width = float(sum(map(int, _all(table, "w:tblGrid/w:gridCol/@w:w"))))
    for side in ("left", "right"):
        lines = document.values(f"{style}/w:{side}/@w:sz", "word/styles.xml")
        lines += _all(table, f"w:tr/w:tc/w:tcPr/w:tcBorders/w:{side}/@w:sz")
        width += max((int(line) / 8 * 20 / 2 for line in lines), default=0)
    return width + sum(map(int, _all(table, "w:tblPr/w:tblInd/@w:w")))


def _inside(element: etree._Element, tag: str) -> list[etree._Element]:
    """The rows of a table or the cells of a row, also those that are content controls."""
    return _elements(element, f"{tag} | w:sdt/w:sdtContent/{tag}")


def _cells(row: etree._Element) -> list[etree._Element]:
    return _inside(row, "w:tc")


def _last(cell: etree._Element) -> str:
    """The tag of what a cell ends with; of a control, what it holds."""
    found = _elements(cell, "*[last()][not(self::w:sdt)] | *[last()][self::w:sdt]/w:sdtContent/*[last()]")
    return found[0].tag if found else ""


def _paragraphs(story: etree._Element) -> Iterator[str]:
    """Empty paragraphs, which a screen reader announces.

    A cell that holds nothing has one, and a cell that ends with a table; one that is hidden keeps two tables apart.
    """
    for number, paragraph in enumerate(story.iterfind(".//w:p", _NS), start=1):
        if _shown(paragraph).strip() or _all(paragraph, ".//w:drawing | .//w:fldSimple | .//w:fldChar"):
            continue
        before = paragraph.getprevious()
        apart = "preceding-sibling::*[1][self::w:tbl] and following-sibling::*[1][self::w:tbl]"
        if _elements(paragraph, f"self::*[w:pPr/w:rPr/w:vanish and {apart}]"):
            continue
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


def _bound(document: _Document) -> Iterator[str]:
    """Controls with a name of their own are bound to an element that is there, for record systems to fill in."""
    stores = {}
    for name, part in document.parts.items():
        if re.fullmatch(r"customXml/itemProps\d+\.xml", name):
            stores["".join(_all(part, "@*[local-name()='itemID']"))] = document.parts[name.replace("Props", "")]
    for control in document.stories["word/document.xml"].iterfind(".//w:sdtPr", _NS):
        name = "".join(_all(control, "w:tag/@w:val"))
        if not name:
            continue
        binding = control.find("w:dataBinding", _NS)
        if binding is None:
            yield f"the control “{name}” is bound to nothing"
            continue
        prefix, namespace = re.findall(r"xmlns:(\w+)='([^']*)'", binding.get(f"{{{_W}}}prefixMappings", ""))[0]
        store = stores.get(binding.get(f"{{{_W}}}storeItemID", ""))
        path = binding.get(f"{{{_W}}}xpath", "")
        found = store.getroottree().xpath(path, namespaces={prefix: namespace}) if store is not None else []
        if [etree.QName(element).localname for element in found] != [name]:  # type: ignore[arg-type,union-attr]
            yield f"the control “{name}” is not bound to its element"


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
