"""A booklet, printed on both sides and folded, reads from its first page to its last; and it is for paper alone."""

import hashlib
import io
import os
import subprocess
import sys
import time
from collections import Counter
from functools import cache
from pathlib import Path

import pikepdf
import pypdfium2 as pdfium
import pytest
from PIL import ImageChops
from projects import by_rote, catalog, composed, replace, template_of
from readback import pdfium_text

from leafletpress.build.library import Project
from leafletpress.model.text.glossary import words
from leafletpress.write.fonts import font_faces
from leafletpress.write.pdf import writer as pdf
from leafletpress.write.pdf.booklet import impose

ROOT = Path(__file__).resolve().parent.parent
MM = 72 / 25.4
COUNTS = (1, 4, 5, 8, 12)
LETTERS = "ABCDEFGHIJKL"
Side = tuple[str, str]


@cache
def lettered(pages: int, size: str = "A5") -> bytes:
    """A PDF whose pages say A, B, C and so on."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    looks = f"@page {{ size: {size} }} body {{ font-family: 'Noto Sans' }} p + p {{ break-before: page }}"
    sheet = weasyprint.CSS(string=font_faces(("Noto Sans",)) + looks, font_config=fonts)
    texts = "".join(f"<p>{letter}</p>" for letter in LETTERS[:pages])
    html = weasyprint.HTML(string=f'<html lang="en"><title>Pages</title>{texts}')
    content: bytes = html.write_pdf(stylesheets=[sheet], font_config=fonts, pdf_variant="pdf/a-2a")
    return content


def printed(project: Project, locale: str) -> bytes:
    """A leaflet as it is before it is imposed."""
    handout = composed(project, locale, "patient").handout
    return pdf.write(handout, template_of(project, "patient", "a4"))


def sides(booklet: bytes) -> list[Side]:
    """The words on the left and on the right half of each side, in the order of printing."""
    found = []
    for side in pdfium.PdfDocument(booklet):
        width, height = side.get_size()
        reader = side.get_textpage()
        left, right = (reader.get_text_bounded(x, 0, x + width / 2, height) for x in (0, width / 2))
        found.append((left.strip(), right.strip()))
    return found


def folded(printed_sides: list[Side], *, right_to_left: bool) -> list[str]:
    """The pages in the order of reading, after the sheets were turned on the short edge, nested and folded.

    Turned so, a left half has the right half behind it. A book that is read from left to right has its fold on the
    left: the right half of the first side is its cover, and the inner sheets come between the halves of the outer.
    """
    before: list[str] = []
    after: list[str] = []
    for front, back in zip(printed_sides[::2], printed_sides[1::2], strict=True):
        first, last = (0, 1) if right_to_left else (1, 0)
        before += [front[first], back[last]]
        after = [back[first], front[last], *after]
    return before + after


def plain(content: bytes) -> bytes:
    """The same PDF with nothing in it compressed: any name in it can be searched for."""
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document:
        document.save(
            buffer,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
            fix_metadata_version=False,
        )
    return buffer.getvalue()


@pytest.mark.parametrize("right_to_left", [False, True])
@pytest.mark.parametrize("pages", COUNTS)
def test_folded_sheets_read_from_the_first_page_to_the_last(pages: int, right_to_left: bool) -> None:
    booklet = impose(lettered(pages), right_to_left=right_to_left)
    blank = [""] * (-pages % 4)
    assert folded(sides(booklet), right_to_left=right_to_left) == [*LETTERS[:pages], *blank]


def test_the_first_sheet_is_the_outermost() -> None:
    content = lettered(8)
    left_to_right, right_to_left = (impose(content, right_to_left=way) for way in (False, True))
    assert sides(left_to_right) == [("H", "A"), ("B", "G"), ("F", "C"), ("D", "E")]
    assert sides(right_to_left) == [("A", "H"), ("G", "B"), ("C", "F"), ("E", "D")]


def test_every_page_is_as_large_as_it_was_and_stands_on_its_half() -> None:
    content = lettered(4)
    booklet = pdfium.PdfDocument(impose(content, right_to_left=False))
    pages = pdfium.PdfDocument(content)
    width, _ = pages[0].get_size()
    for number, (side, offset) in enumerate([(0, width), (1, 0), (1, width), (0, 0)]):
        left, bottom, right, top = pages[number].get_textpage().get_charbox(0)
        imposed = booklet[side].get_textpage()
        index, _ = imposed.search(LETTERS[number]).get_next()
        wanted = (left + offset, bottom, right + offset, top)
        assert imposed.get_charbox(index) == pytest.approx(wanted, abs=0.001)


def test_a_page_looks_as_it_did(shared_project: Project) -> None:
    content = printed(shared_project, "ar")
    pages, booklet = pdfium.PdfDocument(content), pdfium.PdfDocument(impose(content, right_to_left=True))
    for number, side in ((0, 0), (2, 1)):  # those on the left half
        # At this scale a side is just twice as many dots wide as a page.
        wanted, whole = (page.render(scale=2).to_pil() for page in (pages[number], booklet[side]))
        found = whole.crop((0, 0, *wanted.size))
        assert wanted.getextrema() != ((255, 255),) * 3
        assert ImageChops.difference(wanted, found).getbbox() is None


@pytest.mark.parametrize(
    ("size", "width", "height"), [("A5", 296, 210), ("148.5mm 210mm", 297, 210), ("5.5in 8.5in", 11 * 25.4, 8.5 * 25.4)]
)
def test_a_sheet_is_two_pages_wide(size: str, width: float, height: float) -> None:
    with pikepdf.open(io.BytesIO(impose(lettered(5, size), right_to_left=False))) as document:
        assert len(document.pages) == 4
        for page in document.pages:
            box = [float(str(edge)) for edge in page.mediabox]
            assert box == pytest.approx([0, 0, width * MM, height * MM], abs=0.001)
            assert page.obj.TrimBox == page.mediabox


def test_pages_of_two_sizes_are_refused() -> None:
    with pikepdf.open(io.BytesIO(lettered(2))) as document:
        document.pages[1].trimbox = document.pages[1].mediabox = pikepdf.Array([0, 0, 300, 300])
        buffer = io.BytesIO()
        document.save(buffer)
    with pytest.raises(ValueError, match="too many values"):
        impose(buffer.getvalue(), right_to_left=False)


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
def test_every_word_of_a_leaflet_can_be_read_from_the_sheets(shared_project: Project, locale: str) -> None:
    content = printed(shared_project, locale)
    booklet = impose(content, right_to_left=locale == "ar")
    assert Counter(words(pdfium_text(booklet))) == Counter(words(pdfium_text(content)))


def test_joined_letters_keep_the_text_behind_them(project: Project) -> None:
    replace(catalog(project, "es"), f'msgstr "{by_rote("es", "Between two boxes.")}"', 'msgstr "नहीं, किडनी"')
    locale = project.folder("locales") / "es" / "locale.toml"
    replace(locale, '["Noto Sans"]', '["Noto Sans", "Noto Sans Devanagari"]')
    content = printed(project, "es")
    assert "नहीं, किडनी" in pdfium_text(content)
    assert "नहीं, किडनी" in pdfium_text(impose(content, right_to_left=False))


@pytest.mark.parametrize(("locale", "direction"), [("ar", "/R2L"), ("es", "/L2R")])
def test_the_booklet_says_what_it_is_and_how_it_is_printed(
    shared_project: Project, locale: str, direction: str
) -> None:
    content = printed(shared_project, locale)
    booklet = impose(content, right_to_left=direction == "/R2L")
    with pikepdf.open(io.BytesIO(content)) as before, pikepdf.open(io.BytesIO(booklet)) as after:
        assert {"/Title", "/Author", "/CreationDate", "/ModDate"} <= set(after.docinfo.keys())
        assert after.docinfo == before.docinfo
        assert after.Root.Lang == before.Root.Lang
        assert after.Root.ViewerPreferences == pikepdf.Dictionary(
            DisplayDocTitle=True,
            Direction=pikepdf.Name(direction),
            Duplex=pikepdf.Name.DuplexFlipShortEdge,
            PrintScaling=pikepdf.Name("/None"),
        )
        assert after.pdf_version == "1.7"  # the first that knows Duplex
        assert not after.check_pdf_syntax()


def test_nothing_is_left_of_what_paper_cannot_show(shared_project: Project) -> None:
    content = printed(shared_project, "ar")
    before, after = plain(content), plain(impose(content, right_to_left=True))
    structure = (b"/StructTreeRoot", b"/StructParent", b"/StructElem", b"/MarkInfo", b"/MCID")
    screen = (b"/Annots", b"/URI", b"/Outlines", b"/Dests")
    claims = (b"pdfaid", b"pdfuaid", b"pdfaExtension", b"/GTS_PDFA1")
    for name in (*structure, *screen, *claims):
        assert name in before, name
        assert name not in after, name


def test_fonts_and_pictures_are_there_once(shared_project: Project) -> None:
    content = printed(shared_project, "ar")
    before, after = plain(content), plain(impose(content, right_to_left=True))
    for name, in_fields in ((b"/FontFile2", 1), (b"/Subtype /Image", 0)):
        assert 0 < after.count(name) == before.count(name) - in_fields


def test_a_booklet_is_not_much_larger_than_its_pages(shared_project: Project) -> None:
    for content in (lettered(1), lettered(12), printed(shared_project, "en"), printed(shared_project, "ar")):
        assert len(impose(content, right_to_left=False)) < 1.3 * len(content)


def test_the_same_pages_give_the_same_bytes_in_every_process(tmp_path: Path, shared_project: Project) -> None:
    content = printed(shared_project, "ar")
    booklet = impose(content, right_to_left=True)
    time.sleep(1.1)  # the usual identifier of a file is made from the seconds of the clock
    assert impose(content, right_to_left=True) == booklet
    assert impose(content, right_to_left=False) != booklet
    path = tmp_path / "pages.pdf"
    path.write_bytes(content)
    program = (
        "import hashlib, pathlib, sys\n"
        "from leafletpress.write.pdf.booklet import impose\n"
        "content = pathlib.Path(sys.argv[1]).read_bytes()\n"
        "print(hashlib.sha256(impose(content, right_to_left=True)).hexdigest())\n"
    )
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        done = subprocess.run(
            [sys.executable, "-c", program, path],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            encoding="utf-8",
            check=True,
        )
        assert done.stdout.strip() == hashlib.sha256(booklet).hexdigest()
