"""Programs that nobody here wrote open a PDF: each draws its pages, or reads their words, as its users get them.

All take many files at once, for some are slow to start. One that this machine lacks skips the test: validators.py.
"""

import base64
import io
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
from browser import chromium
from PIL import Image
from validators import JARS, PDFJS, ROOT, TIMEOUT, pdftotext, require

if TYPE_CHECKING:
    from playwright.sync_api import Route

Pictures = dict[Path, list[Image.Image]]
"""The pages of each file in grey, `DOTS` to the inch."""
Words = dict[Path, list[str]]
"""The text of each page of each file, as the program copies it or searches in it."""

DOTS = 101.59  # to the inch, a hair less than four to the millimetre: a page of A4 has 840 by 1188 in every program
JAVA = ROOT / "tests" / "java"
_PDFJS_PAGE = Path(__file__).with_name("pdfjs.js").read_text(encoding="utf-8")
_SITE = "http://localhost/"  # nothing is asked of it: Playwright answers from the folder of pdf.js, and with the file


def _grey(content: bytes) -> Image.Image:
    """The picture in a file."""
    return Image.open(io.BytesIO(content)).convert("L")


# --- pdfium: Chrome, Edge, Android ----------------------------------------------------------------------------------


def pdfium_pictures(paths: Iterable[Path]) -> Pictures:
    """What pdfium draws, its form fields with it."""
    found: Pictures = {}
    for path in paths:
        with pdfium.PdfDocument(path) as document:
            document.init_forms()
            found[path] = [page.render(scale=DOTS / 72, grayscale=True).to_pil().convert("L") for page in document]
    return found


def pdfium_words(paths: Iterable[Path]) -> Words:
    """What pdfium reads."""
    found: Words = {}
    for path in paths:
        with pdfium.PdfDocument(path) as document:
            found[path] = [page.get_textpage().get_text_range() for page in document]
    return found


# --- poppler: Evince, Okular ----------------------------------------------------------------------------------------


def poppler_pictures(paths: Iterable[Path], dots: float = DOTS) -> Pictures:
    """What poppler draws."""
    require("pdftoppm")
    found: Pictures = {}
    for path in paths:
        with tempfile.TemporaryDirectory() as folder:
            command = ("pdftoppm", "-q", "-gray", "-r", str(dots), path, f"{folder}/page")
            subprocess.run(command, timeout=TIMEOUT, check=True)
            found[path] = [_grey(page.read_bytes()) for page in sorted(Path(folder).iterdir())]
    return found


def poppler_words(paths: Iterable[Path]) -> Words:
    """What poppler reads."""
    return {path: pdftotext(path).split("\f")[:-1] for path in paths}


# --- MuPDF: SumatraPDF and readers on phones -------------------------------------------------------------------------


def mupdf_pictures(paths: Iterable[Path]) -> Pictures:
    """What MuPDF draws."""
    require("mupdf")
    import pymupdf

    scale = pymupdf.Matrix(DOTS / 72, DOTS / 72)
    found: Pictures = {}
    for path in paths:
        with pymupdf.open(path) as document:
            drawn = [page.get_pixmap(matrix=scale, colorspace=pymupdf.csGRAY) for page in document]
            found[path] = [Image.frombytes("L", (one.width, one.height), one.samples) for one in drawn]
    return found


def mupdf_words(paths: Iterable[Path]) -> Words:
    """What MuPDF reads."""
    require("mupdf")
    import pymupdf

    found: Words = {}
    for path in paths:
        with pymupdf.open(path) as document:
            found[path] = [page.get_text() for page in document]
    return found


# --- pdf.js: Firefox, here in Chromium ------------------------------------------------------------------------------


def pdfjs_pictures(paths: Iterable[Path]) -> Pictures:
    """What pdf.js draws on the canvas of a browser."""
    drawn = asked_of_pdfjs(f"picturesAt({DOTS / 72})", paths)
    return {path: [_grey(base64.b64decode(page)) for page in pages] for path, pages in drawn.items()}


def pdfjs_words(paths: Iterable[Path]) -> Words:
    """What pdf.js reads."""
    return asked_of_pdfjs("words", paths)


def asked_of_pdfjs(function: str, paths: Iterable[Path]) -> dict[Path, list[str]]:
    """What a function of pdfjs.js says of each page of each file; all are opened in one page of a browser."""
    require("pdfjs")
    files = {f"{_SITE}{number}.pdf": path for number, path in enumerate(paths)}

    def answer(route: "Route") -> None:
        url = route.request.url
        file = files.get(url, PDFJS / url.removeprefix(_SITE))
        kind = "text/javascript" if file.suffix == ".mjs" else "application/octet-stream"
        if url == _SITE:
            route.fulfill(body="<!doctype html>", content_type="text/html")
        else:
            route.fulfill(body=file.read_bytes(), content_type=kind)

    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as browser:
        page = browser.new_page()
        page.route("**", answer)
        page.goto(_SITE)
        page.add_script_tag(content=_PDFJS_PAGE, type="module")
        page.wait_for_function("'words' in window")
        return {path: page.evaluate(function, url) for url, path in files.items()}


# --- PDFBox: record systems and archives in Java --------------------------------------------------------------------


def pdfbox_words(paths: Iterable[Path]) -> Words:
    """What PDFBox reads, in one start of Java."""
    wanted = list(paths)
    with tempfile.TemporaryDirectory() as folder:
        run_java("PdfWords.java", folder, *wanted)
        read = [Path(folder, str(number)).read_text(encoding="utf-8") for number in range(len(wanted))]
    return {path: text.split("\f")[:-1] for path, text in zip(wanted, read, strict=True)}


def run_java(program: str, *arguments: str | Path) -> str:
    """What a program of the folder java prints; it is compiled as it starts."""
    require("jars")
    # One thread collects garbage, and little is compiled: for a minute or less it is the faster way.
    quick = ("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dlog4j2.statusLoggerLevel=OFF")
    command = ("java", *quick, "-cp", f"{JARS}/*", JAVA / program, *arguments)
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=TIMEOUT, check=False)
    if done.returncode:
        raise RuntimeError(f"{program} failed:\n{done.stderr}")
    return done.stdout


PICTURES: dict[str, Callable[[Iterable[Path]], Pictures]] = {
    "pdfium": pdfium_pictures,
    "poppler": poppler_pictures,
    "MuPDF": mupdf_pictures,
    "pdf.js": pdfjs_pictures,
}
WORDS: dict[str, Callable[[Iterable[Path]], Words]] = {
    "pdfium": pdfium_words,
    "poppler": poppler_words,
    "pdf.js": pdfjs_words,
    "PDFBox": pdfbox_words,
    "MuPDF": mupdf_words,
}
