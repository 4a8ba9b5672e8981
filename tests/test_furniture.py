"""The words of templates hold the names that are filled in in them, and no others."""

from pathlib import Path

import pytest
from projects import ROOT, copy_looks, replace

from leafletpress.model.furniture import FILLED_IN
from leafletpress.model.problems import LeafletError
from leafletpress.model.text.markup import parse
from leafletpress.read.furniture import read_furniture
from leafletpress.read.located.files import Files


def test_the_programs_own_words_hold_what_is_filled_in() -> None:
    words = read_furniture(Files(ROOT))
    held = {key: {piece.value for piece in parse(word.text)[0] if piece.kind == "fact"} for key, word in words.items()}
    assert {key: names for key, names in held.items() if names} == FILLED_IN


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            '"Version {version}"',
            '"Version {versoin}"',
            ['9: unknown name "versoin" in braces (did you mean "version"?)'],
        ),
        ('"Version {version}"', '"Version {version} {version}"', []),
        ('"Page {page} of {pages}"', '"Page"', []),
        ('"Call {number} now"', '"Call now"', []),
        (
            '"Patient information"',
            '"Patient {nobody}"',
            ['9: unknown name "nobody" in braces (nothing is put in here)'],
        ),
        ('"Patient information"', '"Patient **information"', ["9: ** is opened and never closed"]),
        ('"Patient information"', '"Patient [information](@x)"', ["9: these words cite nothing and link to nothing"]),
        ('"Patient information"', '"Patient information[@x]"', ["20: these words cite nothing and link to nothing"]),
    ],
)
def test_names_that_nothing_is_put_in_for_and_those_that_are_lost_are_told(
    tmp_path: Path, old: str, new: str, told: list[str]
) -> None:
    copy_looks(tmp_path)
    path = tmp_path / "templates" / "furniture.toml"
    line = path.read_text(encoding="utf-8").split("\n").index(f"text = {old}") + 1
    replace(path, old, new)
    with pytest.raises(LeafletError) as caught:
        read_furniture(Files(tmp_path))
    found = [str(problem) for problem in caught.value.problems]
    assert all(one.startswith(f"templates/furniture.toml:{line}:") for one in found)
    for one in told:
        assert any(one.partition(": ")[2] in problem for problem in found)
    assert told or "does not hold each of its names once" in found[-1]
