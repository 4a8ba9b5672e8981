"""Makes the write-in lines of a PDF fillable: a form field lies over the printed rule, where one can type.

WeasyPrint's own fields embed whole fonts, and leave their look to the viewer, which PDF/A forbids. Those made here
share one small font and show nothing until somebody types; WeasyPrint tags them as it does its own.
"""

import io
import re
from functools import cache
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

from leafletpress.write.fonts import FIELDS, cut, font_file

_FONT = "NotoSans"
_CODES = range(0x20, 0x100)
# What viewers set letter by letter: Latin, Greek, Cyrillic. Letters of other scripts are to be joined, turned round,
# stacked, or chosen from thousands, and viewers differ in that.
_LETTER_BY_LETTER = re.compile(r"[\u0000-\u052f\u1d00-\u20cf]*")
_POINTS = 0.75  # in a CSS pixel
# ISO 32000-1, tables 165, 228 and 123.
_PRINTS, _LINES, _STAYS_IN_ITS_BOX, _NO_SYMBOLS = 1 << 2, 1 << 12, 1 << 23, 1 << 5


def field(box: Any, pdf: Any, page: Any) -> Any:
    """The form field over a box, added to the PDF and to its page (a dictionary); None where nothing can be typed.

    The box is that of an element with `data-field` (the field's name), `data-kind` ("words", "figures" or "lines") and
    `title` (the prompt, which screen readers tell). Figures can be typed in every language.
    """
    name, kind, prompt = (box.element.attrib.get(key, "") for key in ("data-field", "data-kind", "title"))
    if not name or not (kind == "figures" or _LETTER_BY_LETTER.fullmatch(prompt)):
        return None
    form = _form(pdf)
    fields = [pdf.objects[int(reference.split()[0])] for reference in form["Fields"]]
    if name in [field["T"].string for field in fields]:  # the box of an element that goes on behind a page break
        return None
    size, width, height = (
        length * _POINTS for length in (box.style["font_size"], box.padding_width(), box.padding_height())
    )
    left, foot = box.padding_box_x() * _POINTS, page["TrimBox"][3] - box.padding_box_y() * _POINTS - height
    if kind != "lines":  # viewers put the text halfway up: this is as near to the rule as a hand writes
        height = min(height, 1.4 * size)
    widget = pydyf.Dictionary({
        "Type": "/Annot",
        "Subtype": "/Widget",
        "P": page.reference,
        "Rect": pydyf.Array([left, foot, left + width, foot + height]),
        "F": _PRINTS,
        "BS": pydyf.Dictionary({"W": 0}),
        "AP": pydyf.Dictionary({"N": _blank(pdf, form, width, height)}),
        "FT": "/Tx",
        "T": pydyf.String(name),
        "TU": pydyf.String(prompt),
        "Ff": _STAYS_IN_ITS_BOX | (_LINES if kind == "lines" else 0),
        "DA": pydyf.String(f"/{_FONT} {size:g} Tf 0 g"),
        "Q": 2 if box.style["direction"] == "rtl" else 0,
    })  # fmt: skip
    if kind == "lines":  # viewers set lines closer than the rules, so a ground covers these once there is text
        widget["MK"] = pydyf.Dictionary({"BG": pydyf.Array([1])})
    pdf.add_object(widget)
    page.setdefault("Annots", pydyf.Array()).append(widget.reference)
    form["Fields"].append(widget.reference)
    return widget


def _blank(pdf: Any, form: Any, width: float, height: float) -> Any:
    """The look of a field in which nothing is written."""
    box = pydyf.Array([0, 0, width, height])
    extra = {"Type": "/XObject", "Subtype": "/Form", "BBox": box, "Resources": form["DR"]}
    blank = pydyf.Stream([b"/Tx BMC", b"EMC"], extra)
    pdf.add_object(blank)
    return blank.reference


def _form(pdf: Any) -> Any:
    """The form of a PDF, with its font; made for the first field."""
    if "AcroForm" not in pdf.catalog:
        resources = pydyf.Dictionary({"Font": pydyf.Dictionary({_FONT: _font(pdf)})})
        pdf.add_object(resources)
        pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array(), "DR": resources.reference})
    return pdf.catalog["AcroForm"]


def _font(pdf: Any) -> Any:
    """The font of the fields: a simple one in WinAnsi, for with composite ones few viewers let anybody type."""
    content, widths, measures = _program()
    program = pydyf.Stream([content], {"Length1": len(content)}, compress=True)
    pdf.add_object(program)
    name = "/FIELDS+Noto-Sans"  # the mark of a subset, and the family
    descriptor = pydyf.Dictionary({
        "Type": "/FontDescriptor", "FontName": name, "Flags": _NO_SYMBOLS, "FontFile2": program.reference, **measures
    })  # fmt: skip
    pdf.add_object(descriptor)
    font = pydyf.Dictionary({
        "Type": "/Font",
        "Subtype": "/TrueType",
        "BaseFont": name,
        "Encoding": "/WinAnsiEncoding",
        "FirstChar": _CODES[0],
        "LastChar": _CODES[-1],
        "Widths": pydyf.Array(widths),
        "FontDescriptor": descriptor.reference,
    })  # fmt: skip
    pdf.add_object(font)
    return font.reference


@cache
def _program() -> tuple[bytes, list[int], dict[str, Any]]:
    """The font file, cut down to WinAnsi; the width of each code, and measures of the font, in thousandths of an em."""
    letters = [ord(bytes([code]).decode("cp1252", "replace")) for code in _CODES]
    content = cut(font_file(FIELDS, "400Regular"), letters, shapes=False)
    font = TTFont(io.BytesIO(content))
    scale, names, advances, head = 1000 / font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"], font["head"]
    widths = [round(advances[names.get(letter, ".notdef")][0] * scale) for letter in letters]
    measures = {
        "FontBBox": pydyf.Array(round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)),
        "ItalicAngle": 0,
        "Ascent": round(font["hhea"].ascent * scale),
        "Descent": round(font["hhea"].descent * scale),
        "CapHeight": round(font["OS/2"].sCapHeight * scale),
        "StemV": 80,
    }
    return content, widths, measures
