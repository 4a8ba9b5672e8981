"""A leaflet is read whole, or every problem in it is told at its line and column in one pass."""

import re
from datetime import date
from pathlib import Path

import pytest
from projects import INVALID, VALID

from leafletpress.model.blocks import KINDS, kind_of
from leafletpress.model.leaflet import Leaflet, messages
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.read.conditions import conditions
from leafletpress.read.leaflets import parse_leaflet, read_leaflet
from leafletpress.read.located.files import Files

AUDIENCES = ("clinician", "patient")
CASES = sorted(INVALID.glob("*.yaml"))
EVERY_BLOCK = (VALID / "every-block.yaml").read_bytes()


def expected(content: bytes) -> list[str]:
    """The problems that the first lines of a file announce."""
    text = content.decode("utf-16" if content.startswith(b"\xff\xfe") else "utf-8", errors="replace")
    return re.findall(r"^# expect (.+)$", text, re.MULTILINE)


def found(condition: str, content: bytes, beside: Path = INVALID) -> list[str]:
    """The problems as they are printed, in their order, without the file's name; `file:` for those of the whole."""
    shown = f"leaflets/{condition}.yaml"
    try:
        parse_leaflet(Files(beside.parent), condition, content, AUDIENCES)
    except LeafletError as error:
        printed = [str(problem).removeprefix(f"{shown}:") for problem in error.problems]
        return [text if text[:1].isdigit() else f"file:{text}" for text in printed]
    return []


def parsed(content: bytes) -> Leaflet:
    return parse_leaflet(Files(VALID.parent), "every-block", content, AUDIENCES)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_problems_of_a_leaflet_are_exactly_these(path: Path) -> None:
    content = path.read_bytes()
    assert expected(content), f"{path.name} does not say what is wrong with it"
    assert sorted(found(path.stem, content)) == sorted(expected(content))


@pytest.mark.parametrize("name", ["several-at-once", "names-and-markup", "address-of-source"])
def test_problems_are_told_in_the_order_of_the_file(name: str) -> None:
    problems = found(name, (INVALID / f"{name}.yaml").read_bytes())
    places = [tuple(map(int, problem.split(":")[:2])) for problem in problems]
    assert len(places) > 2
    assert places == sorted(places)


@pytest.mark.parametrize(
    "content", [b"", b"\n \n", b"\xef\xbb\xbf\n"], ids=["no_bytes", "blank_lines", "byte_order_mark"]
)
def test_an_empty_file_is_told_so(content: bytes) -> None:
    assert found("empty", content) == ["1:1: the file is empty"]


def test_a_leaflet_that_is_cut_off_anywhere_is_read_or_refused_with_a_place() -> None:
    for end in range(0, len(EVERY_BLOCK), 97):
        for problem in found("every-block", EVERY_BLOCK[:end]):
            assert re.match(r"\d+:\d+: ", problem), problem


def test_a_leaflet_that_lost_lines_is_read_or_refused_with_a_place() -> None:
    lines = EVERY_BLOCK.splitlines(keepends=True)
    for number in range(0, len(lines), 3):
        for problem in found("every-block", b"".join(lines[:number] + lines[number + 2 :])):
            assert re.match(r"\d+:\d+: ", problem), problem


def many(texts: int, letters: int = 4) -> bytes:
    """A leaflet with so many texts of so many letters more."""
    section = "  - id: many\n    heading: Many\n    blocks:\n      - id: all\n        bullets:\n"
    item = f"          - {'w' * letters}\n"
    return EVERY_BLOCK + (section + item * texts).encode()


def test_brackets_without_end_are_refused_and_do_not_exhaust_the_reader() -> None:
    for brackets in (900, 1_000_000):
        (problem,) = found("deep", b"code: " + b"[" * brackets + b"]" * brackets)
        assert problem == "1:26: nested more than 20 deep (is a bracket too many, or the indentation?)"


def test_a_leaflet_of_more_texts_or_letters_than_fit_is_refused() -> None:
    assert found("every-block", many(1_930), VALID) == []
    (problem,) = found("every-block", many(2_000), VALID)
    assert problem.endswith(" texts, at most 2000 fit a leaflet (make several leaflets of it)")
    assert found("every-block", many(98, 1_000), VALID) == []
    (problem,) = found("every-block", many(101, 1_000), VALID)
    assert problem.endswith(" letters, at most 100000 fit a leaflet (make several leaflets of it)")


def test_a_file_of_more_texts_than_are_read_is_told_where_reading_ended() -> None:
    (problem,) = found("every-block", many(100_000))
    line, column, said = problem.split(":", 2)
    assert said == " more than 20000 texts in one file (is a table or a list too long?)"
    assert (int(line) > 19_000, column) == (True, "13")


def test_a_file_that_is_not_there_is_a_problem_of_that_file(tmp_path: Path) -> None:
    with pytest.raises(LeafletError, match=r"^leaflets/absent\.yaml: can't be read") as caught:
        read_leaflet(Files(tmp_path), "absent", AUDIENCES)
    assert caught.value.exit_code == ExitCode.CONTENT


def test_a_leaflet_with_every_block_reads_well() -> None:
    leaflet = parsed(EVERY_BLOCK)
    kinds = {kind_of(block.content) for section in leaflet.sections for block in section.blocks}
    assert kinds == KINDS.keys()
    assert (leaflet.code, leaflet.version, leaflet.written) == ("EVERY", "1.2", date(2026, 1, 31))
    assert leaflet.facts["course"].sources == ("first_2020", "second_2021")
    assert leaflet.facts["share"].sources == ()
    assert leaflet.sources["second_2021"].year == "no date"
    assert leaflet.pictures == {name: (VALID / name).read_bytes() for name in ("dots.png", "shapes.svg")}
    assert leaflet.right_to_left_pictures == {}


def test_every_text_has_its_context_and_its_place_in_the_file() -> None:
    lines = EVERY_BLOCK.decode().split("\n")
    listed = list(messages(parsed(EVERY_BLOCK)))
    assert [message.context for message in listed[:4]] == [
        "leaflet.title", "leaflet.subtitle", "leaflet.main_message", "leaflet.main_message"
    ]  # fmt: skip
    assert {message.context for message in listed} >= {"warnings.heading", "warnings.now", "lists.rows", "reach.card"}
    for message in listed:
        rest = lines[message.origin.line - 1][message.origin.column - 1 :]
        assert rest.lstrip("\"'").startswith(message.text[:8]) or rest == ">-"


def test_white_space_of_folded_texts_is_one_space() -> None:
    content = EVERY_BLOCK.replace(
        b"paragraph: Between two boxes.", b"paragraph: >-\n          Between\n\n           two\n          boxes."
    )
    assert content != EVERY_BLOCK
    assert "Between two boxes." in [message.text for message in messages(parsed(content))]


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + EVERY_BLOCK, EVERY_BLOCK.replace(b"\n", b"\r\n"), b"---\n" + EVERY_BLOCK + b"...\n"],
    ids=["byte_order_mark", "windows_line_ends", "document_marks"],
)
def test_what_editors_add_to_a_file_changes_nothing(content: bytes) -> None:
    plain, changed = parsed(EVERY_BLOCK), parsed(content)
    assert [(m.context, m.text) for m in messages(changed)] == [(m.context, m.text) for m in messages(plain)]


def test_words_that_yaml_takes_for_other_things_stay_words() -> None:
    content = EVERY_BLOCK.replace(b"title: Every block", b"title: yes").replace(
        b"subtitle: A leaflet for trying", b"subtitle: 012"
    )
    leaflet = parsed(content)
    assert (leaflet.title.text, leaflet.subtitle.text) == ("yes", "012 things out")


def test_a_note_for_translators_and_an_audience_are_handed_down_from_section_to_block() -> None:
    places = {message.context: message.place for message in messages(parsed(EVERY_BLOCK))}
    assert places["prose.plain"].note == "Words in a row."
    assert places["patient_only.words"].audience == "patient"
    assert places["reach.clinician_words"].audience == "clinician"
    assert places["reach.card"].audience is None


def test_conditions_are_the_yaml_files_in_alphabetical_order(tmp_path: Path) -> None:
    (tmp_path / "leaflets").mkdir()
    for name in ("b.yaml", "a.yaml", "leaflet.schema.json", "c.yaml~"):
        (tmp_path / "leaflets" / name).touch()
    assert conditions(Files(tmp_path)) == ["a", "b"]
