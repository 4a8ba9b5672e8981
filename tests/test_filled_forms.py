"""What is typed into the form of a PDF is there, letter by letter, whatever program it is typed in."""

from collections.abc import Callable
from itertools import combinations
from pathlib import Path

import pytest
from filled import FILLS, places
from PIL import Image, ImageChops

NAMES = ("Łukasz", "Nguyễn Thị Hương", "Олена Їжак", "Ελένη", "Ağrı", "Ștefan", "Źdźbło €", "12 грудня 2026", "№ 1")
LIKE_OTHERS = set("ОоеаЕν")  # letters of one script that look like those of another
LETTERS = sorted(set("".join(NAMES)) - {" "} | set("LlSsTtıiGgZzbBоaeouOUIyYαεη"))
_LOOK = "<style>div { float: left; height: 8mm; margin: 2mm }</style>"
_FIELD = '<div data-field="{}" data-kind="words" title="Name" style="width: {}mm"></div>'


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory, print_page: Callable[[str, str], bytes]) -> Path:
    """A page with a field for each letter and name."""
    path = tmp_path_factory.mktemp("form") / "form.pdf"
    sizes = {**dict.fromkeys(LETTERS, 8), **dict.fromkeys(NAMES, 60)}
    fields = "".join(_FIELD.format(_name(text), size) for text, size in sizes.items())
    path.write_bytes(print_page(_LOOK + fields, "en"))
    return path


def _name(text: str) -> str:
    """The name of the field that a text is typed into."""
    return "-".join(f"{ord(char):x}" for char in text)


@pytest.fixture(scope="module", params=FILLS)
def drawn(request: pytest.FixtureRequest, form: Path) -> dict[str, Image.Image]:
    """The picture of each field, by the text that a program has set in it."""
    texts = {_name(text): text for text in (*LETTERS, *NAMES)}
    page = FILLS[request.param](form, texts)
    boxes = places(form)
    return {text: ImageChops.invert(page.crop(boxes[name])) for name, text in texts.items()}


def test_every_letter_is_drawn_and_no_two_are_alike(drawn: dict[str, Image.Image]) -> None:
    assert [letter for letter in LETTERS if not drawn[letter].getbbox()] == []
    different = [letter for letter in LETTERS if letter not in LIKE_OTHERS]
    assert [pair for pair in combinations(different, 2) if _alike(*map(drawn.__getitem__, pair))] == []


def _alike(one: Image.Image, other: Image.Image) -> bool:
    """Whether two letters are drawn alike, as are those that are lost: as a box, or without their accents."""
    size = (min(one.width, other.width), min(one.height, other.height))
    return _ink(ImageChops.difference(one.crop((0, 0, *size)), other.crop((0, 0, *size)))) < 0.02 * _ink(one)


def test_no_letter_of_a_name_is_lost_or_cut_off(drawn: dict[str, Image.Image]) -> None:
    for name in NAMES:
        letters = sum(_ink(drawn[letter]) for letter in name if letter != " ")
        assert _ink(drawn[name]) == pytest.approx(letters, rel=0.03), name


def _ink(picture: Image.Image) -> int:
    return sum(shade * count for shade, count in enumerate(picture.histogram()))
