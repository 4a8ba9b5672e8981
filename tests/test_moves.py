"""Every reader puts each glyph where it belongs: no move stands behind an empty string, which some of them forget."""

import io
import re
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from patched import named, printed, without
from PIL import Image, ImageChops, ImageFilter
from readback import shown
from shipped import Shipped
from validators import require

from leafletpress.write.pdf.patches import moves

# Words in which a glyph is moved, and the next one with it: hard, blood, push, skin, calcium.
BENGALI = "শক্ত রক্ত ধাক্কা ত্বক ক্যালসিয়াম"
PAGE = f"<p>{BENGALI}<p><b>{BENGALI}</b>"
# A string in hexadecimal or in brackets, empty, among what is shown.
_NONE = rb"(?:<\s*>|(?<!\\)\(\))"
EMPTY = re.compile(rb"\[[^\]]*" + _NONE + rb"[^\]]*\]\s*TJ|" + _NONE + rb"\s*Tj")


def pixels_apart(content: bytes, folder: Path) -> int:
    """How many pixels of a page differ in pictures of pdfium and poppler by more than the edge of a letter."""
    require("pdftotext")  # pdftoppm comes with it
    (folder / "page.pdf").write_bytes(content)
    command = ("pdftoppm", "-r", "216", "-png", "-singlefile", folder / "page.pdf")
    poppler = Image.open(io.BytesIO(subprocess.run(command, capture_output=True, check=True).stdout))
    pdfium = pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil()
    soft = [picture.convert("L").filter(ImageFilter.BoxBlur(2)) for picture in (pdfium, poppler)]
    return sum(ImageChops.difference(*soft).histogram()[80:])


def test_bengali_words_look_the_same_in_pdfium_and_poppler(tmp_path: Path) -> None:
    assert pixels_apart(printed(PAGE, "bn"), tmp_path) < 100
    with without(named("moves")):
        assert pixels_apart(printed(PAGE, "bn"), tmp_path) > 2000


def test_no_stream_of_any_leaflet_shows_an_empty_string(shipped: Shipped) -> None:
    paths = sorted(shipped.folder.rglob("*.pdf"))
    assert len(paths) > 90
    found = [path.name for path in paths if any(EMPTY.search(part) for part in shown(path.read_bytes()))]
    assert found == []


def test_the_search_for_empty_strings_finds_them() -> None:
    with without(named("moves")):
        assert any(EMPTY.search(part) for part in shown(printed(PAGE, "bn")))
    assert EMPTY.search(b"[(a)-20()] TJ")
    assert not EMPTY.search(b"/Span << /ActualText () >> BDC [(a\\()20<0041>] TJ")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<0041>-20<0042>", "<0041>-20<0042>"),
        ("<0041>-20<>30.5<0042>", "<0041>10.5<0042>"),
        ("<>-300<0041>", "-300<0041>"),
        ("<0041>20<>-20<0042>", "<0041><0042>"),
        ("<0041><><0042>", "<0041><0042>"),
        ("<0041>0.1<>0.2<>", "<0041>0.3"),
        ("<>", None),
        ("", None),
    ],
)
def test_moves_that_follow_one_another_are_one(written: str, read: str | None) -> None:
    lines: list[str] = []
    moves.show_text(lambda _stream, text: lines.append(text))(None, written)
    assert lines == ([] if read is None else [read])
