"""Finds what turns a text round: a word for today where the English says tomorrow, an arm for a leg."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from leafletpress.model.text.glossary import pattern, spaced
from leafletpress.model.text.sentences import beside

JOINTS = "and_or"  # the table of words that join: what they join stands in lists, see `listed`
_MAY_MUST = "may_must"
# Words of English that doubt: no month, no "you can", which other languages say without a word for it, no "may not".
_MAY = re.compile(
    r"(?<!\d )\b(?:may|might|could)\b(?! not\b| \d)|(?<!\bi )(?<!\bwe )(?<!\byou )\bcan\b(?! (?:not|i|we|you)\b)"
)
_TWO = re.compile(r"(?<![\w-])[\w-]+ (?:or|and) (?:to )?[\w-]+")
_COMMA = re.compile(r"[,;،؛、，；]")


class Sides:
    """A language's words for the sides of a table, two or more that exclude each other, by the sides' English names.

    A * at either end of a word stands for any letters. `neither` are phrases in which such a word means something else.
    """

    def __init__(self, words: Mapping[str, Iterable[str]], neither: Iterable[str] = ()) -> None:
        means = dict.fromkeys(neither, "") | {form: side for side, forms in words.items() for form in forms}
        longest_first = sorted(means, key=lambda form: (-len(form), form))
        self._means = [means[form] for form in longest_first]
        self._pattern = pattern(tuple(longest_first))

    def in_text(self, text: str) -> Mapping[str, list[str]]:
        """The sides that a text is on, each with the words that say so; of two words, the longer counts."""
        found: dict[str, list[str]] = {}
        for said in self._pattern.finditer(spaced(text)):
            side = self._means[(said.lastindex or 0) - 1]
            if side:
                found.setdefault(side, []).append(said[0])
        return found


@dataclass(frozen=True, eq=False)
class Opposites:
    """A language's words for opposites, by the names of the tables: those of the sides, joined by _."""

    pairs: Mapping[str, Sides] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the English says (`side`), what its translation says instead, and the word that says it."""

    side: str
    other: str
    word: str


def exchanges(english: str, translation: str, of_english: Opposites, of_language: Opposites) -> Iterator[Exchange]:
    """Where a translation lacks a side that the English is on, and is on one that the English is not on.

    It lacks a side that it is on less often than the English, too: "too little" for one "too much" of two. Sentence by
    sentence where both texts have as many; of a sentence on several sides, clause by clause in the same way.
    """
    for sentence, own in beside(english, translation) if of_language.pairs else ():
        clauses = _clauses(sentence, own)
        for pair, said in _said(of_english, sentence).items():
            yield from _exchanged(said, pair, own, of_language)
            for clause, own_clause in clauses if len(said) > 1 else ():
                if len(in_clause := _said(of_english, clause).get(pair, {})) == 1:
                    yield from _exchanged(in_clause, pair, own_clause, of_language)


def lost_sides(
    english: str, translation: str, of_english: Opposites, of_language: Opposites
) -> Iterator[tuple[str, str]]:
    """Two sides that the English names together ("start or stop") and of which the translation has one alone.

    Those words of the English, and the side that is lost.
    """
    for sentence, own in beside(english, translation) if of_language.pairs else ():
        for found in _TWO.finditer(sentence):
            for pair, said in _said(of_english, found[0]).items():
                has = of_language.pairs[pair].in_text(own) if pair in of_language.pairs else {}
                if len(said) > 1 and len(lost := said.keys() - has.keys()) < len(said):
                    yield from ((found[0], side) for side in sorted(lost))


def lost_doubt(english: str, translation: str, of_language: Opposites) -> str:
    """The "may" of an English sentence whose translation has fewer words for it, so that it says "will"; else ""."""
    may = of_language.pairs.get(_MAY_MUST)
    for sentence, own in beside(english, translation) if may else ():
        found = _MAY.findall(sentence.lower())
        if found and may and len(may.in_text(own).get("may", ())) < len(found):
            return str(found[-1])
    return ""


def _exchanged(said: Mapping[str, list[str]], pair: str, own: str, of_language: Opposites) -> Iterator[Exchange]:
    found = of_language.pairs[pair].in_text(own) if pair in of_language.pairs else {}
    lost = [side for side in said if len(found.get(side, ())) < len(said[side])]
    gained = [side for side in found if side not in said]
    # Of two sides, a word may be twice where the other is lost: neither stop nor stop it.
    gained += [side for side in found if side in said and len(found[side]) > len(said[side]) and {*lost} - {*found}]
    if lost and gained:
        yield Exchange(lost[0], gained[0], found[gained[0]][0])


def _clauses(english: str, translation: str) -> list[tuple[str, str]]:
    """The parts of a sentence between commas, each with that of the translation; none where they differ in number."""
    parts, own = (_COMMA.split(text) for text in (english, translation))
    return list(zip(parts, own, strict=True)) if len(parts) == len(own) > 1 else []


@lru_cache(maxsize=4_000)  # the English is asked for each language
def _said(words: Opposites, text: str) -> Mapping[str, Mapping[str, list[str]]]:
    """The tables of which a text is on a side, with those sides and the words that say so."""
    return {pair: said for pair, sides in words.pairs.items() if pair != JOINTS and (said := sides.in_text(text))}
