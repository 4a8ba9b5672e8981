"""How a language writes amounts: its signs, and its words for units, rates, limits, fractions, months and hours."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from typing import Generic, Literal, TypeVar

from leafletpress.model.text.amounts.numerals import legible

T = TypeVar("T")

NUMBER = "{number}"
TIMES = "times"  # the unit of "3 times", which is none of CLDR's
Limit = Literal["more", "less", "not more", "not less"]
_LONGEST = 32  # characters of words beside a number
_JOINED = re.compile(r"\s*[-\u2010\u2011]?\s*")
# Thai to Tibetan, Myanmar, Khmer, Han and Kana: without spaces between words, so that a word has no borders.
RUNNING = r"\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff"
# Letters of any other script, with the vowel signs of India, which are no letters to Python.
_LETTER = rf"(?![{RUNNING}])(?:[^\W\d_]|[\u0900-\u0963\u0971-\u0dff])"
_IS_LETTER = re.compile(_LETTER)
_IS_LATIN = re.compile(r"[a-z\u00df-\u024f\u1e00-\u1eff]")
_WORD_BEGINS = re.compile(rf"(?<![^\W\d_])\S|[{RUNNING}]|(?<=[{RUNNING}])\S")


@dataclass(frozen=True, slots=True)
class Said(Generic[T]):
    """Words of a lexicon in a text: where they stand, and all that they can mean."""

    at: int
    end: int
    means: frozenset[T]


@dataclass(frozen=True, slots=True)
class _Word(Generic[T]):
    """A word of a lexicon, or its stem where any ending may follow."""

    stem: str
    has_ending: bool
    means: frozenset[T]

    def ends(self, text: str, at: int) -> int:
        """Where the word ends that begins at a place of the text; -1 where it is another or goes on."""
        end = at + len(self.stem)
        if not text.startswith(self.stem, at) or (at and _goes_on(text[at - 1], self.stem[0])):
            return -1
        if self.has_ending or end == len(text):
            return end
        # A letter with a mark of its own, such as a Khmer vowel sign, is not the letter that the word ends in.
        is_marked = unicodedata.category(text[end]).startswith("M")
        return -1 if is_marked or _goes_on(text[end], self.stem[-1]) else end


@lru_cache(maxsize=16_384)  # those of all languages that the program knows
def _spelt(word: str) -> str:
    return legible(" ".join(word.split()))[0]


class Lexicon(Generic[T]):
    """Words and what they mean, found in legible text; the longest wins, and one that ends in * may have any ending."""

    def __init__(self, words: Iterable[tuple[str, T]] = ()) -> None:
        means: dict[str, set[T]] = {}
        for word, meaning in words:
            means.setdefault(_spelt(word), set()).add(meaning)
        self._by_letter: dict[str, list[_Word[T]]] = {}
        for word in sorted(means, key=lambda word: (-len(word.rstrip("*")), word)):
            entry = _Word(word.rstrip("*"), word.endswith("*"), frozenset(means[word]))
            self._by_letter.setdefault(word[0], []).append(entry)

    def at(self, text: str, place: int) -> Said[T] | None:
        """What begins at a place of the text."""
        for word in self._by_letter.get(text[place : place + 1], ()):
            if (end := word.ends(text, place)) >= 0:
                return Said(place, end, word.means)
        return None

    def all_in(self, text: str, start: int = 0, end: int | None = None) -> list[Said[T]]:
        """Everything that a stretch of the text says, from left to right."""
        last = len(text) if end is None else end
        found: list[Said[T]] = []
        for begins in _WORD_BEGINS.finditer(text, start, last) if self._by_letter else ():
            said = self.at(text, begins.start()) if not found or begins.start() >= found[-1].end else None
            if said and said.end <= last:
                found.append(said)
        return found

    def behind(self, text: str, place: int) -> Said[T] | None:
        """What is said directly behind a place, but for spaces and a hyphen."""
        joined = _JOINED.match(text, place)
        return self.at(text, joined.end() if joined else place)

    def before(self, text: str, place: int) -> Said[T] | None:
        """What is said directly before a place, but for spaces."""
        ahead = text[:place].rstrip()
        return next(
            (said for said in self.all_in(ahead, max(0, len(ahead) - _LONGEST)) if said.end == len(ahead)), None
        )


class Forms(Generic[T]):
    """Words beside a number, written with {number} in its place, and what they mean; `behind` and `before` it."""

    def __init__(self, forms: Iterable[tuple[str, T]] = ()) -> None:
        parts = [(form.partition(NUMBER), meaning) for form, meaning in forms]
        self.before = Lexicon((words.strip(), meaning) for (words, _, _), meaning in parts if words.strip())
        self.behind = Lexicon((words.strip(), meaning) for (_, _, words), meaning in parts if words.strip())


@dataclass(frozen=True, slots=True)
class Writing:
    """How a language writes amounts.

    `units` stand beside a number and have the names of CLDR ("{number} mg" is mass-milligram). `rates` say how often or
    per how much, by a unit's name ("per day" and "daily" are duration-day); `mentions` are words for units that can do
    so without a number ("day"), and `per` what makes a rate of them. `limits` mean more or less ("over {number}"), or
    not so; `wholes` mark what a part is taken of ("{number} में से"), `minus` means the sign. `numbers` are numbers in
    words, with the unit that a word may hold ("two days" in Arabic), and `counted` those that have a word of their own.
    `months` mean 1 to 12, `periods` are parts of the day by their hours, and `clock` words at an hour. Thousands may be
    parted by a space (`groups_with_space`); the calendar may be some `years_ahead`.
    """

    decimal: str = "."
    units: Forms[str] = field(default_factory=Forms)
    rates: Lexicon[str] = field(default_factory=Lexicon)
    mentions: Lexicon[str] = field(default_factory=Lexicon)
    per: Lexicon[str] = field(default_factory=Lexicon)
    limits: Forms[Limit] = field(default_factory=Forms)
    wholes: Forms[str] = field(default_factory=Forms)
    minus: Forms[str] = field(default_factory=Forms)
    numbers: Lexicon[tuple[Fraction, str]] = field(default_factory=Lexicon)
    counted: frozenset[Fraction] = frozenset()
    months: Lexicon[int] = field(default_factory=Lexicon)
    periods: Lexicon[frozenset[int]] = field(default_factory=Lexicon)
    clock: Forms[str] = field(default_factory=Forms)
    groups_with_space: bool = False
    years_ahead: int = 0


def _goes_on(beside: str, letter: str) -> bool:
    """Whether a word goes on from one letter to another beside it: not over the border of Latin script, as in 5mg的."""
    if not _IS_LETTER.match(beside) or not _IS_LETTER.match(letter):
        return False
    return bool(_IS_LATIN.match(beside)) or not _IS_LATIN.match(letter)
