"""Each program that opens our PDFs in tests draws a small page, and reads it, as it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_readers import PICTURES, WORDS
from PIL import ImageChops

MARGIN = 79  # dots: that of WeasyPrint, 75 px
SIDES = ("<h1>Hand care</h1><p>Keep your hands warm.", "<p>Wash them with warm water.")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory, print_page: Callable[[str, str], bytes]) -> list[Path]:
    """A page of A4, and two."""
    folder = tmp_path_factory.mktemp("files")
    made = [folder / "one side.pdf", folder / "two.pdf"]
    one, other = SIDES
    made[0].write_bytes(print_page(one, "en"))
    made[1].write_bytes(print_page(f"{one}<div style='break-before: page'>{other}</div>", "en"))
    return made


@pytest.mark.parametrize("reader", PICTURES)
def test_every_side_of_every_file_is_drawn(files: list[Path], reader: str) -> None:
    drawn = PICTURES[reader](files)
    assert {path: [(page.mode, page.size) for page in pages] for path, pages in drawn.items()} == {
        path: [("L", (840, 1188))] * sides for path, sides in zip(files, (1, 2), strict=True)
    }
    (only,), (first, second) = (drawn[path] for path in files)
    assert ImageChops.difference(only, first).getbbox() is None
    assert ImageChops.difference(only, second).getbbox() is not None
    left, top, right, bottom = ImageChops.invert(only).getbbox() or (0, 0, 0, 0)
    assert MARGIN <= left < right <= 840 - MARGIN
    assert MARGIN <= top < bottom <= 1188 / 4


@pytest.mark.parametrize("reader", WORDS)
def test_the_words_of_every_side_of_every_file_are_read(files: list[Path], reader: str) -> None:
    read = WORDS[reader](files)
    one, other = ["Hand", "care", "Keep", "your", "hands", "warm."], ["Wash", "them", "with", "warm", "water."]
    assert {path: [page.split() for page in pages] for path, pages in read.items()} == {
        files[0]: [one],
        files[1]: [one, other],
    }
