"""Reads printed documents back: the words of a DOCX and of a PDF in their order, and where each stands on the page."""

import ctypes
import io
import re
import unicodedata
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from fontTools.ttLib import TTFont
from lxml import etree
from validators import Word

from leafletpress.model.handout import Handout, texts, whole_islands
from leafletpress.model.text.glossary import without_spaces, words

# How pdfium reads a hyphen at the end of a line.
_LINE_END_HYPHENS = dict.fromkeys((0x02, 0xFFFE), "-")
# Brackets are turned round by readers that take the line for right-to-left: their order is not tested.
_BRACKETS = dict.fromkeys(map(ord, "()[]"))
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
_UNSEEN = _DIRECTION_MARKS | {0xAD: None}
# In a PDF of WeasyPrint: what a number says, a font or the numbers that are shown, these and each of them.
_MAPPED = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")
_SHOWN = re.compile(rb"/(\w+) [0-9.]+ Tf|\[(.*?)\] TJ|/MCID (\d+)|/Artifact")
_STRINGS = re.compile(rb"<([0-9a-f]*)>")
_CODES = re.compile(rb"[0-9a-f]{4}")


def docx_paragraphs(content: bytes) -> list[str]:
    """The text of every paragraph of the body in order, content controls and tables included, empty ones left out."""
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    return [text for text in (text.translate(_DIRECTION_MARKS) for text in _paragraph_texts(body)) if text]


def _paragraph_texts(element: etree._Element) -> Iterator[str]:
    """The text of each paragraph inside, whatever stands between: tables, cells, controls round any of them."""
    for child in element:
        if child.tag == f"{_W}p":
            reader = _Reader()
            reader.read(child)
            yield reader.text
        elif not _shows_prompt(child):
            yield from _paragraph_texts(child)


class _Reader:
    """Reads the text of a paragraph, a line feed for a break: no tabs, nothing that a field fills in, no prompt."""

    def __init__(self) -> None:
        self.text = ""
        self._fields = 0  # begun and not ended

    def read(self, element: etree._Element) -> None:
        if element.tag == f"{_W}br":
            self.text += "\n"
        if element.tag == f"{_W}fldChar":
            self._fields += {"begin": 1, "end": -1}.get(element.get(f"{_W}fldCharType", ""), 0)
        elif element.tag == f"{_W}t":
            self.text += "" if self._fields else element.text or ""
        elif element.tag != f"{_W}fldSimple" and not _shows_prompt(element):
            for child in element:
                self.read(child)


def _shows_prompt(element: etree._Element) -> bool:
    """Whether it is a control that nobody filled in yet."""
    return element.tag == f"{_W}sdt" and element.find(f"{_W}sdtPr/{_W}showingPlcHdr") is not None


def squeezed(text: str) -> str:
    """The text without white space and direction marks: what a line break can't change."""
    return "".join(unicodedata.normalize("NFC", text).translate(_DIRECTION_MARKS).split())


def handout_text(handout: Handout) -> str:
    """The body text of a handout in reading order, without white space."""
    return squeezed("".join(map(str, texts(handout))))


def latin_words(text: str) -> list[str]:
    """The Latin words and the numbers of a text, in order, a number cut at its point: an address may break there."""
    return re.findall(r"[A-Za-z]+|[0-9]+", text.translate(_DIRECTION_MARKS))


def in_order(wanted: list[list[str]], found: list[list[str]]) -> bool:
    """Whether the words that stand but once come in the same order of texts; inside a text, readers differ."""
    text_of = {word: number for number, words in enumerate(wanted) for word in words}
    counts = Counter(word for words in wanted for word in words)
    order = [text_of[word] for words in found for word in sorted(words, key=text_of.__getitem__) if counts[word] == 1]
    return len(order) > 1 and order == sorted(order)


def recall(wanted: str, found: str) -> float:
    """The share of the wanted words that were read back, counted as often as they stand there.

    In scripts without spaces a line may end anywhere: there, a stretch of letters counts wherever it is found.
    """
    readable = [unicodedata.normalize("NFC", text.translate(_DIRECTION_MARKS)) for text in (wanted, found)]
    whole = "".join(readable[1].split())
    counts = Counter(words(readable[1]))
    wanted_counts = Counter(words(readable[0]))
    come_back = sum(
        min(count, whole.count(word) if without_spaces(word) else counts[word]) for word, count in wanted_counts.items()
    )
    return come_back / wanted_counts.total()


def pdfium_text(content: bytes) -> str:
    """The words of a PDF as pdfium reads them."""
    return "\n".join(pdfium_pages(content))


def pdfium_pages(content: bytes) -> list[str]:
    """The words of each page."""
    pages_ = pdfium.PdfDocument(content)
    return [page.get_textpage().get_text_range().translate(_LINE_END_HYPHENS) for page in pages_]


def _utf16(call: Any, *arguments: Any) -> str:
    size = call(*arguments, None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(*arguments, ctypes.cast(buffer, call.argtypes[-2]), size)
    return buffer.raw[: size - 2].decode("utf-16-le")


def pdf_blocks(content: bytes) -> Iterator[tuple[str, str]]:
    """Type and text of the blocks of a tagged PDF in the order of its structure; bullets and numbers are left out.

    A text of its own that stands first in a heading is the section's number, printed by the style sheet: left out too.
    """
    document = pdfium.PdfDocument(content)
    for page in document:
        reader = page.get_textpage()
        marked: dict[int, str] = defaultdict(str)
        for item in page.get_objects(max_depth=8):
            if item.type == raw.FPDF_PAGEOBJ_TEXT:
                text = _utf16(raw.FPDFTextObj_GetText, item.raw, reader.raw)
                number = raw.FPDFPageObj_GetMarkedContentID(item.raw)
                if number >= 0:  # else it is an artifact, which belongs to no element
                    marked[number] += text.translate(_LINE_END_HYPHENS)
        tree = raw.FPDF_StructTree_GetForPage(page.raw)
        for number in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _blocks(raw.FPDF_StructTree_GetChildAtIndex(tree, number), marked)


_INLINE = ("Span", "Link", "NonStruct", "Reference", "Em", "Strong", "Quote")


def _children(element: Any) -> Iterator[tuple[Any, int]]:
    for number in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, number)
        yield child or None, raw.FPDF_StructElement_GetChildMarkedContentID(element, number)


def _blocks(element: Any, marked: dict[int, str]) -> Iterator[tuple[str, str]]:
    kind = _utf16(raw.FPDF_StructElement_GetType, element)
    own = ""
    for index, (child, content_id) in enumerate(_children(element)):
        if child is None:
            own += marked.get(content_id, "") + "\n"
        elif _utf16(raw.FPDF_StructElement_GetType, child) in _INLINE:
            inner = list(_blocks(child, marked))
            text = "".join(found for _, found in inner)
            if kind == "H2" and index == 0 and text.translate(_DIRECTION_MARKS).strip().isdecimal():
                continue
            if len(inner) == 1:
                own += text
            else:
                yield from inner
        else:
            if own:
                yield kind, own
                own = ""
            yield from _blocks(child, marked)
    is_marker = kind == "Lbl" and not any(char.isalpha() for char in own)
    yield kind, "" if is_marker else own


def pdf_text(content: bytes) -> str:
    """The text of a tagged PDF in the order of its structure, without white space, list labels and heading numbers.

    The heads of a table that goes on over the page stand there again; they count once.
    """
    heads: set[str] = set()
    shown = []
    for kind, text in pdf_blocks(content):
        if kind != "TH" or text not in heads:
            shown.append(text)
        heads |= {text} if kind == "TH" else set()
    return squeezed("".join(shown))


def visual_lines(content: bytes, *, brackets: bool = False) -> list[str]:
    """What stands on each line of the pages, read from the left edge to the right, without white space.

    Brackets are left out unless they are asked for, by whoever knows that readers may have turned them round.
    """
    lines = []
    for page in pdfium.PdfDocument(content):
        reader = page.get_textpage()
        rows: dict[int, list[tuple[float, str]]] = defaultdict(list)
        for index in range(reader.count_chars()):
            char = chr(raw.FPDFText_GetUnicode(reader.raw, index)).translate(_LINE_END_HYPHENS)
            char = char.translate({} if brackets else _BRACKETS).translate(_DIRECTION_MARKS)  # these can't be seen
            x, y = ctypes.c_double(), ctypes.c_double()
            if not char.strip() or not raw.FPDFText_GetCharOrigin(reader.raw, index, x, y):
                continue
            rows[round(y.value * 2)].append((x.value, char))
        lines += ["".join(char for _, char in sorted(row, key=lambda place: place[0])) for row in rows.values()]
    return lines


def islands(handout: Handout) -> Counter[str]:
    """The words of every left-to-right island of a handout, counted: each must stand on paper in this very order.

    An address may be broken behind a slash or a hyphen: each part of it counts as a word. Brackets are left out.
    """
    groups = (group for text in texts(handout) for group in whole_islands(text.runs) if group[0].island)
    found = ("".join(run.text for run in group).translate(_BRACKETS) for group in groups)
    return Counter(word for island in found for word in re.split(r"\s|(?<=[/-])", island) if word)


def missing_islands(handout: Handout, content: bytes) -> list[str]:
    """The words of islands that stand on no line of the PDF in their order."""
    lines = visual_lines(content)
    return [word for word in islands(handout) if not any(word in line for line in lines)]


def places(words: list[Word], number: str) -> list[tuple[int, list[float]]]:
    """Page and left edges of each place where the parts of a phone number follow one another on one line."""
    parts = number.split()
    found = []
    for page in {word.page for word in words}:
        for top in {round(word.top) for word in words if word.page == page}:
            row = [word for word in words if word.page == page and abs(word.top - top) < 2]
            lefts = [next((word.left for word in row if part in word.text), None) for part in parts]
            if None not in lefts:
                found.append((page, [left for left in lefts if left is not None]))
    return found


def shown(content: bytes) -> list[bytes]:
    """What the pages of a PDF show, and the forms in it: each stream of operators as it stands in the file."""
    with pikepdf.open(io.BytesIO(content)) as document:
        found = [page.Contents for page in document.pages]
        parts = [part for one in found for part in (one if isinstance(one, pikepdf.Array) else [one])]
        forms = [one for one in document.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"]
        return [part.read_bytes() for part in (*parts, *forms)]


def glyph_texts(content: bytes) -> str:
    """What the glyphs of a PDF say by themselves (ToUnicode), in the order of its content, and nothing between them."""
    with pikepdf.open(io.BytesIO(content)) as document:
        return "".join(said for page in document.pages for _, said in _said_by_glyphs(page))


def _said_by_glyphs(page: pikepdf.Page) -> Iterator[tuple[int | None, str]]:
    """What each string of glyphs says, with the number of the marked content that it is in: none for artifacts."""
    fonts = {
        name[1:].encode(): dict(_MAPPED.findall(font.ToUnicode.read_bytes()))
        for name, font in page.Resources.Font.items()
    }
    texts, number = fonts[min(fonts)], None
    for found in _SHOWN.finditer(page.Contents.read_bytes()):
        font, codes, marked = found.groups()
        if codes is not None:
            said = b"".join(texts[code] for string in _STRINGS.findall(codes) for code in _CODES.findall(string))
            yield number, bytes.fromhex(said.decode()).decode("utf-16-be")
        elif font:
            texts = fonts[font]
        else:
            number = int(marked) if marked else None


def structure_texts(content: bytes) -> str:
    """What the texts of a PDF say in its structure: those of a paragraph with nothing between them.

    A text says its ActualText, and one that has none what its glyphs say.
    """
    paragraphs: dict[tuple[int, int], str] = defaultdict(str)
    with pikepdf.open(io.BytesIO(content)) as document:
        shown: dict[Any, str] = defaultdict(str)
        for page in document.pages:
            for number, said in _said_by_glyphs(page):
                shown[page.objgen, number] += said
        for element in document.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/Span":
                around = element.P
                while str(around.S)[1:] in _INLINE:
                    around = around.P
                said = "".join(shown[element.Pg.objgen, kid] for kid in element.K if isinstance(kid, int))
                paragraphs[around.objgen] += str(element.get("/ActualText", said))
    return "\n".join(paragraphs.values())


def glued(texts_: Iterable[str], found: str) -> list[str]:
    """Two words that follow one another in a text, and were read as one."""
    sentences = [text.translate(_UNSEEN).split() for text in texts_]
    known = {word for words_ in sentences for word in words_}
    pairs = {first + second for words_ in sentences for first, second in pairwise(words_)} - known
    return [word for word in found.translate(_UNSEEN).split() if word in pairs]


def families(content: bytes) -> set[str]:
    """The families of a PDF that LibreOffice printed, without their spaces."""
    with pikepdf.open(io.BytesIO(content)) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        return {str(font.BaseFont).rpartition("+")[2].rpartition("-")[0] for font in fonts}


def boxes(content: bytes) -> list[str]:
    """The fonts of a PDF that LibreOffice printed in which a character has the glyph of one that is missing."""
    found = []
    with pikepdf.open(io.BytesIO(content)) as document:
        for one in document.objects:
            if isinstance(one, pikepdf.Dictionary) and "/FontFile2" in one:
                with TTFont(io.BytesIO(one["/FontFile2"].read_bytes())) as font:
                    drawn = [
                        list(font["glyf"][glyph].getCoordinates(font["glyf"])[0]) for glyph in font.getGlyphOrder()
                    ]
                    found += [str(one["/FontName"])] if drawn[0] and drawn[0] in drawn[1:] else []
    return found


def foreign_fonts(content: bytes, families: tuple[str, ...]) -> list[str]:
    """What is wrong with the fonts of a PDF that should hold subsets of these families and nothing else."""
    wrong = []
    with pikepdf.open(io.BytesIO(content)) as document:
        fonts = [one for one in document.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/Font"]
        for font in fonts:
            name = str(font.get("/BaseFont", "/without a name"))[1:]
            prefix, _, face = name.rpartition("+")
            # Pango puts a comma behind a name that ends with a figure, lest that be taken for a size.
            if face.removesuffix("-Bold").rstrip(",").replace("-", " ") not in families:
                wrong.append(f"{name}: another family")
            if not re.fullmatch("[A-Z]{6}", prefix):
                wrong.append(f"{name}: not a subset")
            if font.get("/Subtype") == "/Type3":
                wrong.append(f"{name}: pictures of letters")
            elif font.get("/Subtype") != "/Type0" and not _is_embedded(font):
                wrong.append(f"{name}: not embedded")
    return wrong if fonts else ["no fonts"]


def _is_embedded(font: Any) -> bool:
    """Whether a font, which is no Type0 (its descendant is another font), has its file in the document."""
    descriptor = font.get("/FontDescriptor", {})
    return any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))


def pages(path: Path) -> int:
    """The number of pages of a PDF file."""
    return len(pdfium.PdfDocument(path))
