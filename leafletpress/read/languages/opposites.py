"""Reads opposites.toml: words for the two sides of pairs such as hot and cold; English says which pairs there are."""

from collections.abc import Iterator, Mapping
from typing import Annotated

from leafletpress.model.forms import AnyOf, Pattern
from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.text.opposites import Opposites, Sides
from leafletpress.read.languages.settings import lineage
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml, toml_place
from leafletpress.read.program import program_folder

NEITHER = "neither"
# By pair, by side.
Words = Mapping[str, Mapping[str, tuple[str, ...]]]

_English = Mapping[
    Annotated[str, Pattern(r"[a-z]+_[a-z]+", "the names of its two sides: hot_cold")], Mapping[str, tuple[str, ...]]
]
_OfLanguage = Mapping[Annotated[str, AnyOf("pair")], Mapping[Annotated[str, AnyOf("side")], tuple[str, ...]]]


def opposites_file(name: str) -> str:
    """The file in which a locale keeps its words for opposites, below the project's folder."""
    return f"locales/{name}/opposites.toml"


def read_opposites(files: Files, name: str, english: Opposites | None) -> Opposites:
    """A language's words for opposites, as `read_words` finds them, ready to look for; raises LeafletError."""
    words = read_words(files, name, english.pairs if english else None)
    return Opposites({pair: _sides(pair, sides) for pair, sides in words.items()})


def read_words(files: Files, name: str, pairs: Mapping[str, object] | None = None) -> Words:
    """A language's words for opposites, none where it has no file; `pairs` are those of English, None to read these.

    A language without a file takes its parent's, else that which the program brings. Raises LeafletError.
    """
    places = ((place, opposites_file(one)) for place in (files, Files(program_folder())) for one in lineage(name))
    place, file = next(((place, file) for place, file in places if place.holds(file)), (None, ""))
    if place is None:
        return {}
    if pairs is None:
        words: Words = read_toml(file, place.content(file), _English)
    else:
        sides = {NEITHER, *(side for pair in pairs for side in pair.split("_"))}
        words = read_toml(file, place.content(file), _OfLanguage, {"pair": pairs, "side": sides})
    if problems := list(_problems(file, place.content(file), words)):
        raise LeafletError(problems)
    return words


def _sides(pair: str, words: Mapping[str, tuple[str, ...]]) -> Sides:
    return Sides({side: words[side] for side in pair.split("_")}, words.get(NEITHER, ()))


def _problems(file: str, content: bytes, tables: Words) -> Iterator[Problem]:
    """Tables that lack a side or have another's, and words that are on both sides."""
    for pair, words in tables.items():
        one, other = pair.split("_")
        if words.keys() - {NEITHER} != {one, other}:
            hint = f"it needs {one} and {other}, and may have {NEITHER}"
            yield Problem(toml_place(file, content, pair), f"[{pair}] has {', '.join(words) or 'nothing'}", hint)
        elif both := set(words[one]) & set(words[other]):
            text = f"[{pair}] has on both sides: {', '.join(sorted(both))}"
            yield Problem(toml_place(file, content, pair, other), text, "leave out what means both")
