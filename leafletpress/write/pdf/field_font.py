"""The font of the form fields, in which every viewer finds the letters of a name, from wherever that is.

Its codes are those of Unicode (UTF-16). Viewers find the code of a letter that is typed in ToUnicode, and there it is
itself. PDFBox would take the number of a glyph for its code if the font's file had a table of characters: it has none.
"""

import io
import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

from leafletpress.write.fonts import FIELDS, characters, cut, font_file

# What a name or a date may be written with: Latin with all its diacritics, Greek, Cyrillic (without the letters of
# Church Slavonic, which weigh as much as all of Greek), Vietnamese; punctuation, currencies, numero, trade mark, minus.
_BLOCKS = ((0x20, 0x45F), (0x48A, 0x4FF), (0x1E00, 0x1EFF), (0x2010, 0x20CF))
_SIGNS = (0x2116, 0x2122, 0x2212)
_NAME = "/FIELDS+Noto-Sans"  # the mark of a subset, and the family
_SYMBOLIC = 1 << 2  # ISO 32000-1, table 123: letters beyond the standard Latin ones
_DRAWS = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")  # the tables that a font for drawing needs
_MOST_RANGES = 100  # in one list of a CMap
_TO_UNICODE = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{ranges}endcmap
CMapName currentdict /CMap defineresource pop
end
end"""


def add_font(pdf: Any) -> Any:
    """Add the font to a PDF of pydyf, and give its reference."""
    program, length, glyphs, to_unicode, widths, measures = _parts()
    descriptor = pydyf.Dictionary({
        "Type": "/FontDescriptor",
        "FontName": _NAME,
        "Flags": _SYMBOLIC,
        "FontFile2": _added(pdf, _packed_stream(program, {"Length1": length})),
        **measures,
    })  # fmt: skip
    descendant = pydyf.Dictionary({
        "Type": "/Font",
        "Subtype": "/CIDFontType2",
        "BaseFont": _NAME,
        "CIDSystemInfo": b"<</Registry (Adobe) /Ordering (Identity) /Supplement 0>>",
        "FontDescriptor": _added(pdf, descriptor),
        "CIDToGIDMap": _added(pdf, _packed_stream(glyphs)),
        "W": widths,
    })  # fmt: skip
    font = pydyf.Dictionary({
        "Type": "/Font",
        "Subtype": "/Type0",
        "BaseFont": _NAME,
        "Encoding": "/Identity-H",
        "DescendantFonts": pydyf.Array([_added(pdf, descendant)]),
        "ToUnicode": _added(pdf, _packed_stream(to_unicode)),
    })  # fmt: skip
    return _added(pdf, font)


def _added(pdf: Any, part: Any) -> Any:
    pdf.add_object(part)
    return part.reference


def _packed_stream(content: bytes, extra: dict[str, Any] | None = None) -> Any:
    """A stream of what is packed already: once for all documents."""
    return pydyf.Stream([content], {"Filter": "/FlateDecode", **(extra or {})})


@cache
def _parts() -> tuple[bytes, int, bytes, bytes, bytes, dict[str, Any]]:
    """The font file (packed) and its length, the glyph of each code and ToUnicode (packed), widths, and measures.

    Widths and measures are in thousandths of an em.
    """
    known = characters(FIELDS)
    wanted = [code for first, last in _BLOCKS for code in range(first, last + 1) if code in known]
    smaller = cut(font_file(FIELDS, "400Regular"), (*wanted, *_SIGNS), shapes=False)
    with TTFont(io.BytesIO(smaller), recalcTimestamp=False) as font:
        names = font.getBestCmap()
        codes = sorted(names)
        glyphs = bytearray(2 * (codes[-1] + 1))
        for code in codes:
            glyphs[2 * code : 2 * code + 2] = font.getGlyphID(names[code]).to_bytes(2)
        scale, head, advances = 1000 / font["head"].unitsPerEm, font["head"], font["hmtx"]
        ascent, descent = font["hhea"].ascent, font["hhea"].descent
        widths = b" ".join(
            b"%d [%b]" % (run[0], b" ".join(b"%d" % round(advances[names[code]][0] * scale) for code in run))
            for run in _runs(codes)
        )
        measures = {
            # As high as a line, without the few letters that stick out: PDFBox sets lines so far apart.
            "FontBBox": pydyf.Array(round(edge * scale) for edge in (head.xMin, descent, head.xMax, ascent)),
            "ItalicAngle": 0,
            "Ascent": round(ascent * scale),
            "Descent": round(descent * scale),
            "CapHeight": round(font["OS/2"].sCapHeight * scale),
            "StemV": 80,
        }
        for tag in set(font.keys()) - {"GlyphOrder", *_DRAWS}:
            del font[tag]
        file = io.BytesIO()
        font.save(file)
    program = file.getvalue()
    return zlib.compress(program), len(program), zlib.compress(glyphs), _to_unicode(codes), b"[%b]" % widths, measures


def _runs(codes: Iterable[int]) -> Iterator[list[int]]:
    """Codes that follow each other without a gap, and have the same first byte, as ranges of a CMap must."""
    for _, run in groupby(enumerate(codes), key=lambda numbered: (numbered[1] - numbered[0], numbered[1] >> 8)):
        yield [code for _, code in run]


def _to_unicode(codes: list[int]) -> bytes:
    """The CMap (packed) that says of each code that it is its own letter (ISO 32000-1, 9.10.3)."""
    ranges = [f"<{run[0]:04X}> <{run[-1]:04X}> <{run[0]:04X}>\n" for run in _runs(codes)]
    lists = [ranges[start : start + _MOST_RANGES] for start in range(0, len(ranges), _MOST_RANGES)]
    said = "".join(f"{len(some)} beginbfrange\n{''.join(some)}endbfrange\n" for some in lists)
    return zlib.compress(_TO_UNICODE.format(ranges=said).encode())
