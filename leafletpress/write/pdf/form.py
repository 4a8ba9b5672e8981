"""Makes the write-in lines of a PDF fillable: a form field lies over the printed rule, where one can type.

WeasyPrint's own fields embed whole fonts, and leave their look to the viewer, which PDF/A forbids. Those made here
share one font and show nothing until somebody types; WeasyPrint tags them as it does its own.
"""

import re
from typing import Any

import pydyf

from leafletpress.write.pdf.field_font import add_font

# By this name pdfium (cpdf_bafontmap.cpp) takes the font for one of symbols, and looks for every letter in it. By any
# other it would look there for Western European ones alone: the others come from the reader's machine, or are lost.
_FONT = "Webdings"
# What viewers set letter by letter: Latin, Greek, Cyrillic. Letters of other scripts are to be joined, turned round,
# stacked, or chosen from thousands, and viewers differ in that.
_LETTER_BY_LETTER = re.compile(r"[\u0000-\u052f\u1d00-\u20cf]*")
_POINTS = 0.75  # in a CSS pixel
# A field for one line, in sizes of its type: how high it is, and how much of that is below the rule. It is of the kind
# for many lines all the same, where text begins at the top: in one for a single line MuPDF (1.28) cuts names in half
# that have other letters than Western European ones, Greek or Cyrillic. PDFBox sets text lowest, and needs the room.
_ROOM, _BELOW = 1.9, 0.3
_PRINTS, _LINES, _STAYS_IN_ITS_BOX = 1 << 2, 1 << 12, 1 << 23  # ISO 32000-1, tables 165 and 228


def field(box: Any, pdf: Any, page: Any) -> Any:
    """The form field over a box, added to the PDF and to its page (a dictionary); None where nothing can be typed.

    The box is that of an element with `data-field` (the field's name), `data-kind` ("words", "figures", "date" or
    "lines") and `title` (the prompt, which screen readers tell). Figures can be typed in every language; what has words
    in it, as dates have, only where viewers set the script of the prompt: elsewhere the line is for the pen.
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
    if kind != "lines":
        foot, height = foot - _BELOW * size, _ROOM * size
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
        "Ff": _STAYS_IN_ITS_BOX | _LINES,
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
        resources = pydyf.Dictionary({"Font": pydyf.Dictionary({_FONT: add_font(pdf)})})
        pdf.add_object(resources)
        pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": pydyf.Array(), "DR": resources.reference})
    return pdf.catalog["AcroForm"]
