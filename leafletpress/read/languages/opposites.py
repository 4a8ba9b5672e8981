"""Reads opposites.toml: words for the two sides of pairs such as hot and cold; English says which pairs there are."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from leafletpress.model.forms import AnyOf, Pattern
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.opposites import Opposites, Sides
from leafletpress.read.languages.settings import lineage
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml
from leafletpress.read.program import program_folder

_NEITHER = "neither"
_Words = Mapping[Annotated[str, AnyOf("side")], tuple[str, ...]]
_English = Mapping[
    Annotated[str, Pattern(r"[a-z]+_[a-z]+", "the names of its two sides: hot_cold")], Mapping[str, tuple[str, ...]]
]
_File = Mapping[Annotated[str, AnyOf("pair")], _Words]


def opposites_file(name: str) -> str:
    """The file in which a locale keeps its words for opposites, below the project's folder."""
    return f"locales/{name}/opposites.toml"


def read_opposites(files: Files, name: str, english: Opposites | None) -> Opposites:
    """A language's words for opposites, none where it has no file; `english` are those of English, None to read these.

    A language without a file takes its parent's, else that which the program brings. Raises LeafletError.
    """
    found = next(
        (
            (place, opposites_file(one))
            for place in (files, Files(program_folder()))
            for one in lineage(name)
            if place.holds(opposites_file(one))
        ),
        None,
    )
    if found is None:
        return Opposites()
    place, file = found
    if english is None:
        tables = read_toml(file, place.content(file), _English)
    else:
        sides = {side for pair in english.pairs for side in pair.split("_")}
        tables = read_toml(file, place.content(file), _File, {"pair": english.pairs, "side": {*sides, _NEITHER}})
    if problems := list(_problems(file, tables)):
        raise LeafletError(problems)
    return Opposites(
        {
            pair: Sides({side: words[side] for side in pair.split("_")}, words.get(_NEITHER, ()))
            for pair, words in tables.items()
        }
    )


def _problems(file: str, tables: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Iterator[Problem]:
    """Tables that lack a side or have another's, and words that are on both sides."""
    for pair, words in tables.items():
        one, other = pair.split("_")
        if words.keys() - {_NEITHER} != {one, other}:
            hint = f"it needs {one} and {other}, and may have {_NEITHER}"
            yield Problem(Origin(file), f"[{pair}] has {', '.join(words) or 'nothing'}", hint)
        elif both := set(words[one]) & set(words[other]):
            listed = ", ".join(sorted(both))
            yield Problem(Origin(file), f"[{pair}] has on both sides: {listed}", "leave out what means both")
