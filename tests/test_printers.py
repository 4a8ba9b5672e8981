"""A page reaches the printer as letters and lines, in black, at its size: no printer has to make a picture of it."""

import io
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image
from projects import change, composed, template_of
from shipped import OFFERED, Shipped
from validators import TIMEOUT, require

from leafletpress.build.library import Project
from leafletpress.write import WRITERS
from leafletpress.write.pdf import writer as pdf

# What of a page in the languages of printers are letters. PCL XL: BeginChar with the name of its font, "@".
LETTERS: dict[str, Callable[[bytes], int]] = {
    "pxlmono": lambda content: content.count(b"\xc8\xc0\x01@\xf8\xa8R"),
    "ps2write": lambda content: content.count(b"%%BeginResource: file (PDF CharProc"),
}


def transparent(document: pikepdf.Pdf) -> Iterator[str]:
    """What is transparent in a PDF, or makes programs think so (ISO 32000-1, 11.6)."""
    part: Any
    for part in document.objects:
        if not isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            continue
        for own in [part, *states(part)]:
            if "/Group" in own and own.Group.get("/S") == "/Transparency":
                yield "a group"
            if own.get("/SMask", "/None") != "/None":
                yield "a mask"
            if own.get("/BM", "/Normal") not in ("/Normal", "/Compatible"):
                yield "a blend mode"
            if any(isinstance(own.get(key), int | float | pikepdf.Object) and own[key] < 1 for key in ("/ca", "/CA")):
                yield "an opacity"


def states(part: Any) -> list[Any]:
    """The states of graphics that a part of a PDF names."""
    return list(dict(part.get("/ExtGState", part.get("/Resources", {}).get("/ExtGState", {}))).values())


def test_nothing_in_any_pdf_is_transparent(shipped: Shipped) -> None:
    paths = sorted(shipped.folder.rglob("*.pdf"))
    assert len(paths) > len(OFFERED)
    for path in paths:
        with pikepdf.open(path) as document:
            assert set(transparent(document)) == set(), path.name


def test_a_logo_that_is_transparent_is_printed_on_white(project: Project) -> None:
    logo = io.BytesIO()
    Image.new("RGBA", (40, 20), (0, 0, 0, 0)).save(logo, "PNG")
    site = next(project.folder("sites").glob("*.toml"))
    site.with_name("logo.png").write_bytes(logo.getvalue())
    change(site, lambda text: f'logo = "logo.png"\n{text}')
    content = pdf.write(composed(project, "en", "patient").handout, template_of(project, "patient", "a4"))
    with pikepdf.open(io.BytesIO(content)) as document:
        pictures = [part for part in document.objects if isinstance(part, pikepdf.Stream)]
        (logo_,) = (part for part in pictures if part.get("/Subtype") == "/Image" and part.Width == 40)
        assert pikepdf.PdfImage(logo_).as_pil_image().convert("RGB").getpixel((3, 3)) == (255, 255, 255)
        assert set(transparent(document)) == set()


@pytest.mark.parametrize("device", LETTERS)
@pytest.mark.parametrize(("locale", "audience"), [("en", "patient"), ("en", "clinician"), ("hi", "patient")])
def test_a_printer_gets_letters(shipped: Shipped, tmp_path: Path, locale: str, audience: str, device: str) -> None:
    require("ghostscript")
    path, made = shipped.path(locale, audience, "pdf"), tmp_path / "made"
    options = ("-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", f"-sDEVICE={device}", "-r600", f"-sOutputFile={made}")
    subprocess.run(("gs", *options, path), timeout=TIMEOUT, check=True)
    with pikepdf.open(path) as document:
        sides = len(document.pages)
    content = made.read_bytes()
    assert LETTERS[device](content) > 200
    assert len(content) / sides < 250_000  # one picture of a side is 1,000,000


def test_text_is_black_and_nothing_is_nearly_black(shipped: Shipped) -> None:
    for audience in ("patient", "clinician"):
        letters = dict[tuple[float, ...], int]()
        with pikepdf.open(shipped.path("en", audience, "pdf")) as document:
            for page in document.pages:
                for colour, shown in shown_in(page):
                    letters[colour] = letters.get(colour, 0) + shown
        assert max(letters, key=letters.__getitem__) == (0, 0, 0)
        assert [colour for colour in letters if 0 < max(colour) < 0.2] == []


def shown_in(page: pikepdf.Page) -> Iterator[tuple[tuple[float, ...], int]]:
    """The colours of a page's texts, each with the bytes that are shown."""
    colour: tuple[float, ...] = (0,)
    kept = []
    for instruction in pikepdf.parse_content_stream(page):
        operands: list[Any] = list(instruction.operands)
        match str(instruction.operator):
            case "rg" | "g":
                colour = tuple(map(float, operands))
            case "q":
                kept.append(colour)
            case "Q":
                colour = kept.pop()
            case "TJ" | "Tj":
                shown: list[Any] = list(operands[0]) if isinstance(operands[0], pikepdf.Array) else [operands[0]]
                yield colour, sum(len(bytes(text)) for text in shown if isinstance(text, pikepdf.String))


def test_word_files_are_black_too(shared_project: Project) -> None:
    from zipfile import ZipFile

    for audience in ("patient", "clinician"):
        handout = composed(shared_project, "en", audience).handout
        content = WRITERS["docx"](handout, template_of(shared_project, audience))
        with ZipFile(io.BytesIO(content)) as archive:
            styles = b"".join(archive.read(f"word/{part}.xml").lower() for part in ("styles", "document"))
        colours = {bytes.fromhex(found.decode()) for found in re.findall(rb'w:(?:val|color)="([0-9a-f]{6})"', styles)}
        assert bytes(3) in colours
        assert [colour.hex() for colour in colours if 0 < max(colour) < 51] == []
