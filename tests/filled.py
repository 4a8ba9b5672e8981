"""Programs that nobody here wrote fill in the form of a PDF, each as its users do, and draw what came of it."""

import base64
import io
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from itertools import combinations
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from pdf_readers import asked_of_pdfjs, poppler_pictures, run_java
from PIL import Image, ImageChops
from validators import SYSTEM_PYTHON, TIMEOUT, require

DOTS = 216  # to the inch: three to the point
NAMES = ("Łukasz", "Nguyễn Thị Hương", "Олена Їжак", "Ελένη", "Ağrı", "Ștefan", "Źdźbło €", "12 грудня 2026", "№ 1")
LETTERS = sorted(set("".join(NAMES)) - {" "} | set("LlSsTtıiGgZzbBоaeouOUIyYαεη"))
_LIKE_OTHERS = set("ОоеаЕν")  # letters of one script that look like those of another
_LOOK = "<style>div { float: left; height: 8mm; margin: 2mm }</style>"
_FIELD = '<div data-field="{}" data-kind="words" title="Name" style="width: {}mm"></div>'
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


# --- What came of it ------------------------------------------------------------------------------------------------


def form_page() -> str:
    """The body of a page with a field for each letter and name."""
    sizes = {**dict.fromkeys(LETTERS, 8), **dict.fromkeys(NAMES, 60)}
    return _LOOK + "".join(_FIELD.format(_name(text), size) for text, size in sizes.items())


def _name(text: str) -> str:
    """The name of the field that a text is typed into."""
    return "-".join(f"{ord(char):x}" for char in text)


def typed(fill: Fill, form: Path) -> dict[str, Image.Image]:
    """The picture of each field of the page, by the letter or name that a program has set in it."""
    texts = {_name(text): text for text in (*LETTERS, *NAMES)}
    page = fill(form, texts)
    boxes = places(form)
    return {text: ImageChops.invert(page.crop(boxes[name])) for name, text in texts.items()}


def lost_letters(drawn: Mapping[str, Image.Image]) -> list[str]:
    """Letters that are not drawn, and pairs that are drawn alike: both as a box, or without their accents."""
    different = [letter for letter in LETTERS if letter not in _LIKE_OTHERS]
    pairs = combinations(different, 2)
    alike = [f"{one} and {other}" for one, other in pairs if _alike(drawn[one], drawn[other])]
    return [letter for letter in LETTERS if not drawn[letter].getbbox()] + alike


def _alike(one: Image.Image, other: Image.Image) -> bool:
    size = (min(one.width, other.width), min(one.height, other.height))
    return _ink(ImageChops.difference(one.crop((0, 0, *size)), other.crop((0, 0, *size)))) < 0.02 * _ink(one)


def spoilt_names(drawn: Mapping[str, Image.Image]) -> list[str]:
    """Names that have more or less ink than their letters: one is lost, or cut off."""
    letters = {name: sum(_ink(drawn[letter]) for letter in name if letter != " ") for name in NAMES}
    return [name for name, ink in letters.items() if abs(_ink(drawn[name]) - ink) > 0.03 * ink]


def _ink(picture: Image.Image) -> int:
    return sum(shade * count for shade, count in enumerate(picture.histogram()))
