"""The QR codes of every edition scan from a black and white copy, and so do those of long addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium
import pytest
import zxingcpp
from paper import DPI
from PIL import Image
from projects import composed, template_of
from shipped import EDITIONS, SETTINGS, Shipped
from validators import soffice_pdf, zbar

from leafletpress.build.library import Project
from leafletpress.model.codes import LONGEST, code
from leafletpress.write import WRITERS

LENGTHS = (29, 60, 120, 180, LONGEST)
LONG = ["https://forms.example.org/".ljust(length, "x") for length in LENGTHS]
MM = DPI / 25.4  # pixels in a millimetre
QUIET = 8  # modules of the two white edges, which a decoder leaves out
DRAWN_OVER = 0.03  # of a module that the places of corners, whole pixels, may be out


@dataclass(frozen=True, slots=True)
class Scanned:
    """What both decoders read from the pages of a document, and the size of a module in mm by what it leads to."""

    addresses: list[str]
    modules: dict[str, float]


def scanned(content: bytes, folder: Path) -> Scanned:
    """From pictures of 1 bit and 200 dots an inch of the pages that have a code."""
    pictures = [
        picture
        for page in pdfium.PdfDocument(content)
        if any(found.type == pdfium.raw.FPDF_PAGEOBJ_IMAGE for found in page.get_objects())
        for picture in [page.render(scale=DPI / 72, grayscale=True).to_pil().convert("1", dither=Image.Dither.NONE)]
    ]
    paths = []
    for number, picture in enumerate(pictures):
        paths.append(folder / f"{number}.png")
        picture.save(paths[-1])
    by_zxing = [found for picture in pictures for found in zxingcpp.read_barcodes(picture)]
    assert sorted(zbar(paths)) == sorted(found.text for found in by_zxing)
    return Scanned(sorted(found.text for found in by_zxing), {found.text: _module(found) for found in by_zxing})


def _module(found: zxingcpp.Barcode) -> float:
    across = abs(found.position.top_right.x - found.position.top_left.x) / MM
    return float(across / (code(found.text).modules - QUIET))


def documents(shipped: Shipped, folder: Path) -> Iterator[tuple[str, bytes]]:
    """English in every edition, as PDF and as LibreOffice prints the Word file; the other scripts on A4."""
    words = []
    for name, edition in EDITIONS.items():
        for audience in edition.pages:
            yield f"{audience} {name}", shipped.content("en", audience, "pdf", name)
            words += [shipped.path("en", audience, "docx", name)] if "docx" in edition.formats else []
    for locale, settings in SETTINGS.items():
        if settings["direction"] == "rtl" or locale in ("ta", "zh_Hans"):
            yield locale, shipped.content(locale, "patient", "pdf")
    for path, printed in soffice_pdf(words, folder).items():
        yield path.name, printed.read_bytes()


def test_both_decoders_read_the_codes_of_every_edition(shipped: Shipped, tmp_path: Path) -> None:
    wanted = [shipped.library.site.web[0].address]
    for name, content in documents(shipped, tmp_path):
        found = scanned(content, tmp_path)
        assert (name, found.addresses) == (name, wanted)
        assert min(found.modules.values()) >= 0.5 - DRAWN_OVER, name


def with_page(project: Project, address: str) -> Project:
    """The project, its site with one web address."""
    site = project.folder("sites") / "example-hospital.toml"
    kept = re.split(r"(?m)^\[\[web\]\]", site.read_text(encoding="utf-8"))[0]
    site.write_text(f'{kept}[[web]]\nkind = "booking"\naddress = "{address}"\n', encoding="utf-8")
    return project


@pytest.mark.parametrize(("audience", "locale"), [("patient", "en"), ("clinician", "ar")])
def test_the_code_of_a_long_address_scans(project: Project, tmp_path: Path, audience: str, locale: str) -> None:
    files = {}
    for address in LONG:
        handout = composed(with_page(project, address), locale, audience).handout
        for format_ in ("pdf", "docx"):
            path = tmp_path / f"{len(address)}.{format_}"
            path.write_bytes(WRITERS[format_](handout, template_of(project, audience, "a4")))
            files[path] = address
    words = [path for path in files if path.suffix == ".docx"]
    (tmp_path / "printed").mkdir()
    for path, printed in soffice_pdf(words, tmp_path / "printed").items():
        files[printed] = files.pop(path)
    for path, address in files.items():
        found = scanned(path.read_bytes(), tmp_path)
        assert found.addresses == [address]
        assert min(found.modules.values()) >= 0.5 - DRAWN_OVER
