"""What is typed into the form of a PDF is there, letter by letter, whatever program it is typed in."""

from collections.abc import Callable
from pathlib import Path

import pytest
from filled import FILLS, form_page, lost_letters, spoilt_names, typed
from PIL import Image


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory, print_page: Callable[[str, str], bytes]) -> Path:
    """A page with a field for each letter and name."""
    path = tmp_path_factory.mktemp("form") / "form.pdf"
    path.write_bytes(print_page(form_page(), "en"))
    return path


@pytest.fixture(scope="module", params=FILLS)
def drawn(request: pytest.FixtureRequest, form: Path) -> dict[str, Image.Image]:
    """The picture of each field, by the text that a program has set in it."""
    return typed(FILLS[request.param], form)


def test_every_letter_is_drawn_and_no_two_are_alike(drawn: dict[str, Image.Image]) -> None:
    assert lost_letters(drawn) == []


def test_no_letter_of_a_name_is_lost_or_cut_off(drawn: dict[str, Image.Image]) -> None:
    assert spoilt_names(drawn) == []


def test_a_lost_letter_and_a_name_that_is_cut_off_are_found(drawn: dict[str, Image.Image]) -> None:
    blank = {text: Image.new("L", picture.size) for text, picture in drawn.items()}
    assert lost_letters({**drawn, "Ł": blank["Ł"]}) != []
    assert lost_letters({**drawn, "ı": drawn["i"]}) == ["i and ı"]
    assert spoilt_names({**drawn, "Ağrı": blank["Ağrı"]}) == ["Ağrı"]
