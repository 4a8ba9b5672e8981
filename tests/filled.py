"""Programs that nobody here wrote fill in the form of a PDF, each as its users do, and draw what came of it."""

import base64
import io
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdf_readers import asked_of_pdfjs, poppler_pictures, run_java
from PIL import Image
from validators import SYSTEM_PYTHON, TIMEOUT, require

DOTS = 216  # to the inch: three to the point
_POPPLER = Path(__file__).with_name("poppler_fill.py")

Fill = Callable[[Path, Mapping[str, str]], Image.Image]
"""Fills in the fields of these names, all on the first page of a file, and gives the picture of this page, in grey."""


def places(path: Path) -> dict[str, tuple[int, int, int, int]]:
    """Where the fields of the first page are, in dots of its picture: left, top, right, bottom."""
    with pikepdf.open(path) as document:
        page = document.pages[0]
        _, _, _, height = map(float, page.mediabox)
        scale, found = DOTS / 72, {}
        for widget in page.Annots:
            left, foot, right, top = map(float, widget.Rect)
            edges = (left, height - top, right, height - foot)
            left, top, right, foot = (round(edge * scale) for edge in edges)
            found[str(widget["/T"])] = (left, top, right, foot)
    return found


def _picture(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("L")


def in_pdfium(path: Path, texts: Mapping[str, str]) -> Image.Image:
    """Typed letter by letter, as in Chrome, Edge and on Android."""
    with pdfium.PdfDocument(path) as document:
        document.init_forms()
        assert document.formenv
        page, form = document[0], document.formenv.raw
        for name, (left, top, right, bottom) in places(path).items():
            across, up = (left + right) / 2 * 72 / DOTS, page.get_height() - (top + bottom) / 2 * 72 / DOTS
            raw.FORM_OnLButtonDown(form, page.raw, 0, across, up)
            raw.FORM_OnLButtonUp(form, page.raw, 0, across, up)
            for unit in memoryview(texts.get(name, "").encode("utf-16-le")).cast("H"):
                raw.FORM_OnChar(form, page.raw, unit, 0)
            raw.FORM_ForceToKillFocus(form)
        drawn: Image.Image = page.render(scale=DOTS / 72, may_draw_forms=True).to_pil()
        return drawn.convert("L")


def in_pdfjs(path: Path, texts: Mapping[str, str]) -> Image.Image:
    """Saved by pdf.js, as in Firefox, and opened there again."""
    drawn = asked_of_pdfjs(f"filledAt({json.dumps(dict(texts))}, {DOTS / 72})", [path])
    return _picture(base64.b64decode(drawn[path][0]))


def in_poppler(path: Path, texts: Mapping[str, str]) -> Image.Image:
    """Saved by poppler, as in Evince."""
    require("poppler_glib")
    with tempfile.TemporaryDirectory() as folder:
        saved = Path(folder, "filled.pdf")
        command: list[str | Path] = [SYSTEM_PYTHON, _POPPLER, path, saved, *_pairs(texts)]
        subprocess.run(command, timeout=TIMEOUT, check=True)
        return poppler_pictures([saved], DOTS)[saved][0]


def in_pdfbox(path: Path, texts: Mapping[str, str]) -> Image.Image:
    """Set by a program in Java."""
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder, "page.png")
        run_java("PdfFill.java", path, picture, str(DOTS), *_pairs(texts))
        return _picture(picture.read_bytes())


def in_mupdf(path: Path, texts: Mapping[str, str]) -> Image.Image:
    """Set by a program in Python."""
    require("mupdf")
    import pymupdf

    with pymupdf.open(path) as document:
        page = document[0]
        for widget in page.widgets():
            if widget.field_name in texts:
                widget.field_value = texts[widget.field_name]
                widget.update()
        drawn = page.get_pixmap(matrix=pymupdf.Matrix(DOTS / 72, DOTS / 72), colorspace=pymupdf.csGRAY)
        return Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)


def _pairs(texts: Mapping[str, str]) -> list[str]:
    return [part for pair in texts.items() for part in pair]


FILLS: dict[str, Fill] = {
    "pdfium": in_pdfium,
    "pdf.js": in_pdfjs,
    "poppler": in_poppler,
    "PDFBox": in_pdfbox,
    "MuPDF": in_mupdf,
}
