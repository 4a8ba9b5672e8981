"""Reads the text of a Word file: paragraphs, tables and pictures in order, and all words that are beside the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from leafletpress.read.word.package import WordFile, child, descendants, name_of, of_properties, value_of
from leafletpress.read.word.pieces import Aside, Grid, Paragraph, Picture, Piece, Span
from leafletpress.read.word.raw import BREAKS, paragraphs_in, words_in
from leafletpress.read.word.styles import Styles

_EMU_PER_MM = 36_000  # English metric units, in which Word measures pictures
_REMOVED = {"del": "deleted in a tracked change", "moveFrom": "moved away in a tracked change"}
_UNSEEN = {"vanish": "hidden text", "strike": "text that is struck through", "dstrike": "text that is struck through"}
_FIELD_ADDRESS = re.compile(r'\bHYPERLINK\s+(?:\\[a-z]\s+)*"([^"]+)"')
_PARTS = {
    "header": "in the header",
    "footer": "in the footer",
    "footnotes": "a footnote",
    "endnotes": "an endnote",
    "comments": "a comment",
    "data": "in a drawing (SmartArt)",
    "chart": "in a chart",
}
_REFERENCES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes", "commentReference": "comments"}


@dataclass(slots=True)
class _Reading:
    """What is gathered while one paragraph is read."""

    place: str
    spans: list[Span] = field(default_factory=list)
    sizes: dict[int, int] = field(default_factory=dict)
    pictures: list[Picture] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)


class Body:
    """The pieces of a Word file in reading order; `asides` fill while they are read."""

    def __init__(self, file: WordFile) -> None:
        self._file, self._styles, self._relations = file, Styles(file), file.relations(file.main)
        self._count = self._tables = 0
        self._fields: list[str] = []
        self.asides: list[Aside] = []
        self._is_adjacent = False  # nothing was read since the last of them
        self._referred: dict[tuple[str, str], str] = {}

    def pieces(self) -> Iterator[Piece]:
        """All pieces of the text; then the asides hold what the other parts say, too."""
        tree = self._file.tree(self._file.main)
        if tree is not None:
            yield from self._blocks(tree)
        for kind, part in self._file.others():
            self._beside(kind, part)

    def _blocks(self, parent: etree._Element) -> Iterator[Piece]:
        for node in parent:
            match name_of(node):
                case "p":
                    yield from self._paragraph(node)
                case "tbl":
                    yield from self._table(node)
                case "del" | "moveFrom" as removed:
                    self._set_aside(f"behind paragraph {self._count}", _REMOVED[removed], words_in(node))
                case "sdt" if of_properties(node, "sdtPr", "showingPlcHdr") is not None:
                    self._set_aside(f"behind paragraph {self._count}", "a prompt to type something", words_in(node))
                case _:
                    yield from self._blocks(node)

    def _paragraph(self, node: etree._Element) -> Iterator[Piece]:
        self._count += 1
        found = _Reading(f"paragraph {self._count}")
        self._inline(node, found, None)
        size = max(found.sizes, key=lambda one: found.sizes[one], default=0)
        yield Paragraph(
            found.place,
            tuple(found.spans),
            self._styles.name(node),
            self._styles.heading(node),
            self._styles.listed(node),
            size,
            tuple(found.pictures),
        )
        for box in found.boxes:
            self._set_aside(found.place, "a text box: its text stands behind this paragraph")
            yield from self._blocks(box)

    def _inline(self, parent: etree._Element, found: _Reading, link: str | None) -> None:
        for node in parent:
            match name_of(node):
                case "r":
                    self._run(node, found, link)
                case "hyperlink":
                    self._inline(node, found, self._relations.get(value_of(node, "id") or "") or link)
                case "fldSimple":
                    self._inline(node, found, _address(value_of(node, "instr") or "") or link)
                case "del" | "moveFrom" as removed:
                    self._set_aside(found.place, _REMOVED[removed], words_in(node))
                case "sdt" if of_properties(node, "sdtPr", "showingPlcHdr") is not None:
                    self._set_aside(found.place, "a prompt to type something", words_in(node))
                case "oMath" | "oMathPara":
                    self._set_aside(found.place, "a formula, plain now")
                    found.spans.append(Span(words_in(node)))
                case "pPr" | "rPr" | "sdtPr":
                    pass
                case _:
                    self._inline(node, found, link)

    def _run(self, run: etree._Element, found: _Reading, link: str | None) -> None:
        look = Span(
            "",
            self._styles.is_on(run, "b"),
            {"superscript": "up", "subscript": "down"}.get(value_of(of_properties(run, "rPr", "vertAlign")) or ""),
            link or next((address for code in self._fields if (address := _address(code))), None),
        )
        unseen = next((what for mark, what in _UNSEEN.items() if self._styles.is_on(run, mark)), "")
        if any(code.split()[:1] == ["TOC"] for code in self._fields):
            unseen = unseen or "the table of contents"
        size = self._styles.size(run)
        for node in run:
            self._in_run(node, found, look, size, unseen)

    def _in_run(self, node: etree._Element, found: _Reading, look: Span, size: int, unseen: str) -> None:
        name = name_of(node)
        match name:
            case "t" | "br" | "cr" | "tab" | "ptab" | "noBreakHyphen" | "softHyphen":
                words = node.text or "" if name == "t" else BREAKS[name]
                words = " " if value_of(node, "type") in ("page", "column") else words
                if unseen:
                    self._set_aside(found.place, unseen, words)
                elif words:
                    found.spans.append(replace(look, text=words))
                    self._is_adjacent = False
                    found.sizes[size] = found.sizes.get(size, 0) + len(words.strip())
            case "delText":
                self._set_aside(found.place, _REMOVED["del"], node.text or "")
            case "sym":
                self._set_aside(found.place, f"a sign of the font {value_of(node, 'font')}, which no text can hold")
            case "fldChar" | "instrText":
                self._field(node)
            case "drawing" | "pict" | "object":
                self._drawing(node, found)
            case "footnoteReference" | "endnoteReference" | "commentReference":
                self._referred[_REFERENCES[name], value_of(node, "id") or ""] = found.place
            case "rPr":
                pass
            case _:
                for below in node:
                    self._in_run(below, found, look, size, unseen)

    def _field(self, node: etree._Element) -> None:
        """Keep the instructions of the fields that the reader is in, the innermost last."""
        kind = value_of(node, "fldCharType")
        if kind == "begin":
            self._fields.append("")
        elif kind == "end" and self._fields:
            self._fields.pop()
        elif name_of(node) == "instrText" and self._fields:
            self._fields[-1] += node.text or ""

    def _drawing(self, node: etree._Element, found: _Reading) -> None:
        boxes = [box for box in descendants(node, "txbxContent") if not _is_inside(box, "txbxContent", node)]
        found.boxes += boxes
        about = next(descendants(node, "docPr"), None)
        told = " ".join(filter(None, (value_of(about, "title"), value_of(about, "descr"))))
        width = value_of(next(descendants(node, "extent"), None), "cx") or ""
        pictures = [one for one in descendants(node, "blip", "imagedata") if not _is_inside(one, "txbxContent", node)]
        for one in pictures:
            part = self._relations.get(value_of(one, "embed") or value_of(one, "id") or value_of(one, "link") or "", "")
            crop = child(one.getparent(), "srcRect")
            found.pictures.append(
                Picture(
                    part,
                    told,
                    int(width) / _EMU_PER_MM if width.isdecimal() else None,
                    crop is not None and bool(crop.attrib),
                    found.place,
                )
            )
        if told and not pictures:
            self._set_aside(found.place, "what Word says of a drawing", told)
        if not pictures and not boxes:
            self._set_aside(found.place, "a drawing or object that is no picture is not taken over")

    def _table(self, node: etree._Element) -> Iterator[Piece]:
        self._tables += 1
        place = f"table {self._tables}, behind paragraph {self._count}"
        rows, merged = [], False
        for row in _rows(node, "tr"):
            cells: list[tuple[Paragraph, ...]] = []
            for cell in _rows(row, "tc"):
                inside = list(self._blocks(cell))
                if any(isinstance(piece, Grid) for piece in inside):
                    self._set_aside(place, "a table inside of a cell: its cells are lines of that cell")
                cells.append(tuple(_flat(inside)))
                span = value_of(child(cell, "tcPr", "gridSpan")) or "1"
                extra = min(int(span), 64) - 1 if span.isdecimal() else 0
                cells += [()] * extra
                merged = merged or extra > 0 or child(cell, "tcPr", "vMerge") is not None
            rows.append((cells, child(row, "trPr", "tblHeader") is not None))
        look = child(node, "tblPr", "tblLook")
        first, mask = value_of(look, "firstRow"), value_of(look) or "0"
        looks = first in ("1", "true", "on") if first else bool(int(mask, 16) & 0x20) if mask.isalnum() else False
        looks = looks and child(node, "tblPr", "tblStyle") is not None
        width = max((len(cells) for cells, _ in rows), default=0)
        full = tuple((*cells, *[()] * (width - len(cells))) for cells, _ in rows)
        if full:
            yield Grid(place, full, looks or rows[0][1], merged)

    def _beside(self, kind: str, tree: etree._Element) -> None:
        what = _PARTS.get(kind, f"in the part {kind} of the file")
        for note in tree if kind in _REFERENCES.values() else (tree,):
            place = self._referred.get((kind, value_of(note, "id") or ""), "")
            for words in paragraphs_in(note):
                self.asides.append(Aside(place, what, words))
        if any(True for _ in descendants(tree, "blip", "imagedata")):
            self.asides.append(Aside("", f"a picture {what}; a logo belongs into the site's file"))

    def _set_aside(self, place: str, what: str, words: str = "") -> None:
        """Note what has no place; words that follow each other are one note."""
        last = self.asides[-1] if self.asides else None
        if last and self._is_adjacent and (last.place, last.what) == (place, what):
            self.asides[-1] = replace(last, words=last.words + words)
        elif words.strip() or not words:
            self.asides.append(Aside(place, what, words))
        self._is_adjacent = True


def _address(instruction: str) -> str | None:
    found = _FIELD_ADDRESS.search(instruction)
    return found[1] if found else None


def _is_inside(node: etree._Element, name: str, top: etree._Element) -> bool:
    """Whether an element of this name is between a node and one above it."""
    for above in node.iterancestors():
        if above is top:
            return False
        if name_of(above) == name:
            return True
    return False


def _rows(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """The rows of a table or cells of a row, those in content controls too, but not those of tables inside."""
    for node in parent:
        if name_of(node) == name:
            yield node
        elif name_of(node) not in ("tbl", "tr", "tc", "p"):
            yield from _rows(node, name)


def _flat(pieces: list[Piece]) -> Iterator[Paragraph]:
    for piece in pieces:
        if isinstance(piece, Paragraph):
            yield piece
        else:
            yield from (paragraph for row in piece.rows for cell in row for paragraph in cell)
