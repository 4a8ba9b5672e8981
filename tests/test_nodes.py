"""Located trees become typed values; what does not fit is told at its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Generic, Literal, TypeVar

import pytest

from leafletpress.model.forms import AnyOf, Id, Pattern
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, did_you_mean, weightiest
from leafletpress.model.text.characters import forbidden_characters
from leafletpress.read.located.decode import Decoder
from leafletpress.read.located.files import Files, decode_text
from leafletpress.read.located.nodes import Scalar, Table
from leafletpress.read.located.yaml import read_nodes

T = TypeVar("T")
ID_HINT = "small letters, digits and underscores, a letter first"


@dataclass(frozen=True, slots=True)
class Sign(Generic[T]):
    text: T


@dataclass(frozen=True, slots=True)
class Door(Generic[T]):
    id: Id
    sign: Sign[T] | None = None
    width: float = 0.9


@dataclass(frozen=True, slots=True)
class House(Generic[T]):
    name: T
    built: date
    floors: int
    colour: Literal["red", "green"]
    doors: tuple[Door[T], ...]
    owner: Annotated[str, AnyOf("person")] | None = None
    postcode: Annotated[str, Pattern(r"\d{4}", "four digits")] | None = None
    rooms: Mapping[Id, int] | None = None


GOOD = """\
name: The old mill
built: 1890-05-01
floors: 3
colour: red
doors:
  - id: front
    sign: Welcome
  - id: back
    sign: {text: No entry}
    width: "1.2"
owner: ada
postcode: "0123"
rooms: {hall: 1}
"""


def decoded(text: str) -> tuple[Any, list[str]]:
    tree, problems = read_nodes("house", text.encode())
    assert tree
    value = Decoder(problems, {"person": ("ada", "grace")}).decode(tree, House)
    return value, [str(problem).removeprefix("house:") for problem in problems]


def test_a_good_file_becomes_its_dataclass() -> None:
    house, problems = decoded(GOOD)
    assert problems == []
    assert house.name.text == "The old mill"
    assert (house.built, house.floors, house.colour, house.owner) == (date(1890, 5, 1), 3, "red", "ada")
    assert (house.postcode, house.rooms) == ("0123", {"hall": 1})
    front, back = house.doors
    assert (front.sign.text.text, front.width) == ("Welcome", 0.9)
    assert (back.sign.text.text, back.width) == ("No entry", 1.2)


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("name: The", "nam: The", '1:1: unknown key "nam" (did you mean "name"?)'),
        ("1890-05-01", "1890", '2:8: built "1890" is not a date (year-month-day, for example 2026-11-22)'),
        ("floors: 3", "floors: three", '3:9: floors "three" is not a number (digits)'),
        ("colour: red", "colour: gren", '4:9: unknown colour "gren" (did you mean "green"?)'),
        ("colour: red", "colour: Red", '4:9: unknown colour "Red" (did you mean "red"?)'),
        ("id: back", "id: front", '8:9: duplicate id "front" in doors (first used at line 6)'),
        ("id: back", "id: Back", f'8:9: id "Back" has the wrong form ({ID_HINT})'),
        ("{text: No entry}", "{txt: No entry}", '9:12: unknown key "txt" (did you mean "text"?)'),
        ("sign: Welcome", "sign: [Welcome]", "7:11: sign takes a text, not a list"),
        ("owner: ada", "owner: bob", '11:8: unknown person "bob" (known: ada, grace)'),
        ('"0123"', "123", '12:11: postcode "123" has the wrong form (four digits)'),
        ("{hall: 1}", "[hall]", '13:8: rooms takes keys and values, one "key: value" each'),
        ("{hall: 1}", "{the hall: 1}", f'13:9: rooms key "the hall" has the wrong form ({ID_HINT})'),
        ("{hall: 1}", "{hall: one}", '13:15: hall "one" is not a number (digits)'),
    ],
)  # fmt: skip
def test_a_fault_is_told_at_its_place(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    _, problems = decoded(GOOD.replace(old, new, 1))
    assert problem in problems


def test_one_pass_finds_the_faults_of_all_parts() -> None:
    _, problems = decoded("name: ''\nbuilt: soon\nfloors: many\ncolour: blue\ndoors: none\nattic: yes\n")
    assert [problem.split(":")[0] for problem in problems] == ["1", "2", "3", "4", "5", "6"]


def test_a_missing_key_is_told_at_the_group_that_lacks_it() -> None:
    _, problems = decoded(GOOD.replace("  - id: front\n    sign", "  - sign"))
    assert problems == ['6:5: doors lacks "id"']


def test_a_member_that_does_not_fit_is_left_out_and_the_others_stay() -> None:
    house, problems = decoded(GOOD.replace("id: back", "id: BACK"))
    assert len(problems) == 1
    assert [door.id for door in house.doors] == ["front"]


def test_texts_that_are_printed_are_collected_in_order() -> None:
    tree, problems = read_nodes("house", GOOD.encode())
    assert tree
    decoder = Decoder(problems, {"person": ("ada",)})
    decoder.decode(tree, House)
    assert [text.text for text in decoder.texts] == ["The old mill", "Welcome", "No entry"]


@pytest.mark.parametrize(
    ("written", "offset", "place"),
    [
        ("one two", 4, (3, 14)),
        ('"one two"', 4, (3, 15)),
        (">-\n   one\n   two", 4, (5, 4)),
        ("|\n   one\n\n   two", 4, (6, 4)),
        ("one\n   two", 4, (4, 4)),
        ("one two", 0, (3, 10)),
        ("one two", 6, (3, 16)),
    ],
    ids=["plain", "quoted", "folded", "literal", "continued", "first", "last"],
)
def test_an_offset_in_a_folded_text_is_found_again_in_the_file(
    written: str, offset: int, place: tuple[int, int]
) -> None:
    tree, problems = read_nodes("f", f"a: b\n# c\ndefghij: {written}\n".encode())
    assert not problems
    assert isinstance(tree, Table)
    _, value = tree.items[1]
    assert isinstance(value, Scalar)
    assert value.text == "one two"
    origin = value.at(offset)
    assert (origin.line, origin.column) == place


@pytest.mark.parametrize(
    "char",
    [
        "\u202a",
        "\u202e",
        "\u2066",
        "\u2069",
        "\u200e",
        "\u200f",
        "\u061c",
        "\x00",
        "\x1b",
        "\x7f",
        "\x85",
        "\ufeff",
        "\ue000",
        "\r",
    ],
)
def test_a_character_that_hides_is_named(char: str) -> None:
    ((offset, name),) = forbidden_characters(f"one{char}two")
    assert offset == 3
    assert name.startswith(f"U+{ord(char):04X}")


@pytest.mark.parametrize(
    "text", ["naïve – “quoted”…", "العربية ٣", "中文，标点", "a\u00a0b\u202fc", "tab\tand\nline", "x\u0301"]
)
def test_letters_and_signs_of_all_scripts_are_allowed(text: str) -> None:
    assert list(forbidden_characters(text)) == []


def test_text_that_is_not_utf_8_is_told_at_its_byte() -> None:
    text, problems = decode_text("f", b"one\ntwo \xe9\n")
    assert text == ""
    assert [str(problem) for problem in problems] == [
        "f:2:5: this file is not UTF-8 text (save it with the encoding UTF-8)"
    ]


def test_a_file_of_two_megabytes_is_read_and_a_longer_one_is_told(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_bytes(bytes(2_000_000))
    assert len(Files(tmp_path).content(path.name)) == 2_000_000
    path.write_bytes(bytes(2_000_001))
    with pytest.raises(LeafletError, match=r"^long\.txt: the file has more than 2 MB"):
        Files(tmp_path).content(path.name)


def test_a_file_without_end_is_not_read_to_its_end() -> None:
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("this platform has no such file")
    with pytest.raises(LeafletError, match=r"^zero: can't be read: it is not a regular file"):
        Files(endless.parent).content(endless.name)


def test_a_file_full_of_what_is_not_allowed_is_told_a_hundred_times() -> None:
    _, problems = decode_text("f", b"one\n\x01\x01\n" * 100_000)
    assert len(problems) == 100
    assert [(problem.origin.line, problem.origin.column) for problem in problems[:3]] == [(2, 1), (2, 2), (4, 1)]


def test_a_problem_prints_its_place_its_words_and_its_hint() -> None:
    assert str(Problem(Origin("f", 3, 7), "is odd", "make it even")) == "f:3:7: is odd (make it even)"
    assert str(Problem(Origin("f"), "is odd", severity="warning")) == "f: warning: is odd"


def test_problems_survive_the_way_back_from_another_process() -> None:
    import pickle

    error = pickle.loads(pickle.dumps(LeafletError([Problem(Origin("f", 1, 2), "is odd")], ExitCode.MISSING)))
    assert (str(error), error.exit_code) == ("f:1:2: is odd", ExitCode.MISSING)


def test_of_several_exit_codes_missing_comes_first_then_content_usage_withheld() -> None:
    codes = [ExitCode.OK, ExitCode.WITHHELD, ExitCode.USAGE, ExitCode.CONTENT, ExitCode.MISSING]
    while codes:
        assert weightiest(codes) == codes[-1]
        assert weightiest(reversed(codes)) == codes[-1]
        codes.pop()
    assert weightiest([]) == ExitCode.OK


def test_a_hint_names_the_closest_word_or_all_of_a_few() -> None:
    assert did_you_mean("paragraf", ["steps", "paragraph"]) == 'did you mean "paragraph"?'
    assert did_you_mean("zzz", ["b", "a"]) == "known: a, b"
    assert did_you_mean("zzz", map(str, range(18))) == ""
    assert did_you_mean("zzz", []) == ""
