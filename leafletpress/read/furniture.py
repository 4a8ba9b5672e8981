"""Reads templates/furniture.toml: the words that templates and the program put on paper."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Generic

from leafletpress.model.blocks import T
from leafletpress.model.forms import Id
from leafletpress.model.furniture import FILLED_IN
from leafletpress.model.leaflet import Message
from leafletpress.model.problems import LeafletError, Origin, Problem, did_you_mean
from leafletpress.model.text.markup import parse
from leafletpress.model.walk import Place
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Scalar
from leafletpress.read.located.toml import read_toml
from leafletpress.read.program import program_folder

_FILE = "templates/furniture.toml"
_CHOSEN = ("audience_", "sources", "references", "form_", "edition_")  # what keys of chosen words begin with


@dataclass(frozen=True, slots=True)
class _Words(Generic[T]):
    text: T
    note: str | None = None
    safety: bool = False


def read_furniture(files: Files) -> dict[str, Message]:
    """The template words by key, as messages of the domain `furniture`; raises LeafletError with every problem."""
    words: dict[str, _Words[Scalar]] = read_toml(_FILE, files.content(_FILE), Mapping[Id, _Words[Scalar]])
    problems = [problem for key, word in words.items() for problem in _faults(key, word.text)]
    if files.is_own(_FILE):
        problems += _lacking(words)
    if problems:
        raise LeafletError(problems)
    return {
        key: Message(word.text.text, word.text.origin, Place(f"furniture.{key}", "words", None, word.note, word.safety))
        for key, word in words.items()
    }


def _lacking(words: Mapping[str, object]) -> Iterator[Problem]:
    """An error for each of the words that the program prints and a project's own file has not.

    Those that an audience or an edition chooses by its settings are not wanted before it does.
    """
    for key in (key for key in read_furniture(Files(program_folder())) if not key.startswith(_CHOSEN)):
        if key not in words:
            hint = "take them over from the program's own file of this name"
            yield Problem(Origin(_FILE, 1, 1), f'the words "{key}" are missing', hint)


def _faults(key: str, text: Scalar) -> Iterator[Problem]:
    """What is wrong with some words: their markup, and names that nothing is put in for, or that are missing."""
    pieces, faults = parse(text.text)
    yield from (Problem(text.at(fault.offset), fault.text, fault.hint) for fault in faults)
    wanted = FILLED_IN.get(key, frozenset())
    found = Counter(piece.value for piece in pieces if piece.kind == "fact")
    for piece in pieces:
        if piece.kind == "citation" or piece.link:
            yield Problem(text.at(piece.offset), "these words cite nothing and link to nothing")
        elif piece.shift:
            yield Problem(text.at(piece.offset), "these words stand in one line, none of them raised or lowered")
        elif piece.kind == "fact" and piece.value not in wanted:
            hint = did_you_mean(piece.value, wanted) or "nothing is put in here"
            yield Problem(text.at(piece.offset), f'unknown name "{piece.value}" in braces', hint)
    wrong = sorted(name for name in wanted if found[name] != 1)
    if wrong:
        yield Problem(text.origin, f'"{key}" does not hold each of its names once: {{{"}, {".join(wrong)}}}')
