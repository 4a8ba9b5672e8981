"""Reads opposites.toml: words for the sides of tables such as hot and cold; English says which tables there are."""

from collections import Counter
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
    Annotated[str, Pattern(r"[a-z]+(?:_[a-z]+)+", "the names of its sides: hot_cold")], Mapping[str, tuple[str, ...]]
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
    """Tables that lack a side or have another's, and words that are on more than one side."""
    for pair, words in tables.items():
        sides = pair.split("_")
        listed = Counter(word for side in sides for word in words.get(side, ()))
        if words.keys() - {NEITHER} != {*sides}:
            hint = f"it needs {', '.join(sides[:-1])} and {sides[-1]}, and may have {NEITHER}"
            yield Problem(toml_place(file, content, pair), f"[{pair}] has {', '.join(words) or 'nothing'}", hint)
        elif twice := sorted(word for word, times in listed.items() if times > 1):
            last = next(side for side in reversed(sides) if twice[0] in words[side])
            text = f"[{pair}] has on two sides: {', '.join(twice)}"
            yield Problem(toml_place(file, content, pair, last), text, "leave out what means both")
