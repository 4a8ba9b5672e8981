"""What differs between two versions of a text: the words that went and the words that came."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Literal

from leafletpress.model.handout import Run, Text
from leafletpress.model.text.glossary import without_spaces

# A figure with all that belongs to it: 2.5, +44 20 7946 0958, 5-10, 38°C, 20 %.
FIGURE = (
    r"[+<>≥≤~±−]?\d+(?:(?:[.,:/'’\u066b\u066c\u00a0\u202f\u2010-\u2013\-] ?|[ ()]{1,2})\d+)*(?:[ \u00a0\u202f]?[%٪])?"
)
_PARTS = re.compile(rf"({FIGURE})|(\s+)")
# Below this share of common words, marks on single words would hide more than they show.
_ALIKE = 0.35

Change = Literal["", "gone", "come"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text in one manner, and whether it is in both versions, in the old or in the new one."""

    run: Run
    change: Change


def marked(old: Text, new: Text) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Both versions with the words that differ marked, in whole words, figures and islands."""
    both = merged(old, new)
    return tuple(mark for mark in both if mark.change != "come"), tuple(mark for mark in both if mark.change != "gone")


def merged(old: Text, new: Text) -> tuple[Mark, ...]:
    """Both versions in one text: what is in both, and in its place what went before what came."""
    before, after = tuple(tokens(old)), tuple(tokens(new))
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return (*marked_as(old, "gone"), *marked_as(new, "come"))
    marks: list[Mark] = []
    held: tuple[list[Run], list[Run]] = ([], [])
    for change, at, end, there, until in matcher.get_opcodes():
        slight = change == "equal" and not any(char.isalnum() for run in before[at:end] for char in run.text)
        if change != "equal" or (slight and any(held) and end < len(before)):  # a space between changed words
            held[0].extend(before[at:end])
            held[1].extend(after[there:until])
            continue
        marks.extend(_changed(*held))
        held = ([], [])
        marks.extend(Mark(run, "") for run in _joined(before[at:end]))
    return (*marks, *_changed(*held))


def in_islands(marks: Iterable[Mark]) -> Iterator[tuple[Mark, ...]]:
    """The marks, those of one island together; what went is not of one island with what came in its place."""
    group: list[Mark] = []
    for mark in marks:
        island = mark.run.island and not mark.run.raised
        before = group[-1] if group else None
        goes_on = island and before and before.run.island and not before.run.raised
        if before and not (goes_on and (before.change, mark.change) != ("gone", "come")):
            yield tuple(group)
            group = []
        group.append(mark)
    if group:
        yield tuple(group)


def _changed(gone: list[Run], come: list[Run]) -> Iterator[Mark]:
    yield from (Mark(run, "gone") for run in _joined(gone))
    yield from (Mark(run, "come") for run in _joined(come))


def marked_as(text: Text, change: Change) -> tuple[Mark, ...]:
    """A text with one mark on all of it."""
    return tuple(Mark(run, change) for run in text.runs)


def _joined(pieces: Iterable[Run]) -> Iterator[Run]:
    """Neighbours of one manner joined; islands stay apart, each is one piece."""
    held: Run | None = None
    for piece in pieces:
        if held and not held.island and replace(held, text=piece.text) == piece:
            held = replace(held, text=held.text + piece.text)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def tokens(text: Text) -> Iterator[Run]:
    """The text in the pieces that are compared: islands whole, figures, words, spaces and single signs.

    A script without spaces between words is compared by letters, each with its marks.
    """
    letters = without_spaces(str(text))
    for run in text.runs:
        parts = [run.text] if run.island else _parts(run.text, letters)
        yield from (replace(run, text=part) for part in parts)


def _parts(text: str, letters: bool) -> Iterator[str]:
    at = 0
    for found in _PARTS.finditer(text):
        yield from _words(text[at : found.start()], letters)
        yield found[0]
        at = found.end()
    yield from _words(text[at:], letters)


def _words(text: str, letters: bool) -> Iterator[str]:
    """Words with the marks of their letters; every other sign alone."""
    word = ""
    for char in text:
        kind = unicodedata.category(char)[0]
        joins = kind == "M" or char in "\u200c\u200d" or (kind in "LN" and not letters)
        if word and not (joins and unicodedata.category(word[0])[0] in "LMN"):
            yield word
            word = ""
        word += char
    if word:
        yield word
