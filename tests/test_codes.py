"""QR codes are made so that they scan from paper, or their address is refused where it is written."""

from pathlib import Path

import pytest
import segno
from segno.encoder import DataOverflowError

from leafletpress.model.codes import LONGEST, code
from leafletpress.model.problems import LeafletError
from leafletpress.read.located.files import Files
from leafletpress.read.sites import read_site

HOST = "https://forms.example.org/"
SITE = (
    'region = "GB"\n[name]\nen = "A hospital"\n[service]\nen = "A clinic"\n[[web]]\nkind = "booking"\naddress = "{}"\n'
)


def address(letters: int) -> str:
    return HOST + "a" * (letters - len(HOST))


def problems(tmp_path: Path, written: str) -> list[str]:
    path = tmp_path / "sites" / "north.toml"
    path.parent.mkdir()
    path.write_text(SITE.format(written), encoding="utf-8")
    try:
        read_site(Files(tmp_path), "north", ("a4",))
    except LeafletError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_code_has_modules_of_half_a_millimetre_or_more_and_is_no_wider_than_33() -> None:
    for letters in range(len(HOST), LONGEST + 1):
        made = code(address(letters))
        assert made.mm <= 33
        assert made.mm / made.modules >= 0.5


@pytest.mark.parametrize("letters", [42, 62, 84, 106, 122, 152, 180, LONGEST])
def test_a_code_is_the_smallest_symbol_that_holds_its_address(letters: int) -> None:
    made = code(address(letters))
    symbol = segno.make(made.content, made.level, made.version, mode="byte", boost_error=False)
    assert symbol.symbol_size(border=4) == (made.modules, made.modules)
    with pytest.raises(DataOverflowError):
        segno.make(made.content, made.level, made.version - 1, mode="byte", boost_error=False)
    if letters < LONGEST:
        assert code(address(letters + 1)) != made


def test_a_code_grows_with_its_address_and_corrects_as_many_errors_as_it_has_room_for() -> None:
    made = [code(address(letters)) for letters in (30, 62, 100, 180, LONGEST)]
    assert [one.level for one in made] == ["Q", "M", "M", "M", "L"]
    widths = [one.mm for one in made]
    assert widths == sorted(widths)
    assert widths[0] < 20 < widths[2]


def test_letters_beyond_ascii_are_in_a_code_as_a_browser_sends_them() -> None:
    assert code("https://example.org/größe?a=1&b=%20").content == "https://example.org/gr%C3%B6%C3%9Fe?a=1&b=%20"


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (address(LONGEST + 1), "of 201 letters"),
        (address(2000), "of 2000 letters"),
        (HOST + "ж" * 40, "of 266 letters, each beyond ASCII written as %…"),
    ],
)
def test_an_address_too_long_for_a_code_that_scans_is_an_error_where_it_is_written(
    tmp_path: Path, written: str, said: str
) -> None:
    (problem,) = problems(tmp_path, written)
    assert problem == (
        f"sites/north.toml:8:11: address {said}, more than the 200 of which a QR code can be made that scans"
        " (shorten it to 200 letters, better to 60)"
    )


def test_an_address_of_the_most_letters_is_read(tmp_path: Path) -> None:
    assert problems(tmp_path, address(LONGEST)) == []
