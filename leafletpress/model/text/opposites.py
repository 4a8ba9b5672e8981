"""Words that turn advice round where one stands for the other: today for tomorrow, hot for cold, help for harm."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from leafletpress.model.text.glossary import pattern, spaced
from leafletpress.model.text.sentences import beside

_COMMA = re.compile(r"[,;،؛、，；]")


class Sides:
    """A language's words for the two sides of a pair, by the sides' English names.

    A * at either end of a word stands for any letters. `neither` are phrases in which such a word means something else.
    """

    def __init__(self, words: Mapping[str, Iterable[str]], neither: Iterable[str] = ()) -> None:
        means = dict.fromkeys(neither, "") | {form: side for side, forms in words.items() for form in forms}
        longest_first = sorted(means, key=lambda form: (-len(form), form))
        self._means = [means[form] for form in longest_first]
        self._pattern = pattern(tuple(longest_first))

    def in_text(self, text: str) -> Mapping[str, str]:
        """The sides that a text is on, each with the first word that says so; of two words, the longer counts."""
        found: dict[str, str] = {}
        for said in self._pattern.finditer(spaced(text)):
            side = self._means[(said.lastindex or 0) - 1]
            if side:
                found.setdefault(side, said[0])
        return found


@dataclass(frozen=True, eq=False)
class Opposites:
    """A language's words for opposites, by the names of the pairs."""

    pairs: Mapping[str, Sides] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Exchange:
    """What the English says (`side`), what its translation says instead, and the word that says it."""

    side: str
    other: str
    word: str


def exchanges(english: str, translation: str, of_english: Opposites, of_language: Opposites) -> Iterator[Exchange]:
    """Where the English is on one side of a pair alone, and its translation on the other alone.

    Sentence by sentence where both texts have as many; of a sentence on both sides, clause by clause in the same way.
    """
    for sentence, own in beside(english, translation) if of_language.pairs else ():
        for pair, side in _one_sided(of_english, sentence).items():
            yield from _exchanged(side, pair, own, of_language)
        for pair in _two_sided(of_english, sentence) if (clauses := _clauses(sentence, own)) else ():
            for clause, own_clause in clauses:
                if said := _one_sided(of_english, clause).get(pair):
                    yield from _exchanged(said, pair, own_clause, of_language)


def _exchanged(side: str, pair: str, own: str, of_language: Opposites) -> Iterator[Exchange]:
    found = of_language.pairs[pair].in_text(own) if pair in of_language.pairs else {}
    if len(found) == 1 and side not in found:
        yield Exchange(side, *found, *found.values())


def _clauses(english: str, translation: str) -> list[tuple[str, str]]:
    """The parts of a sentence between commas, each with that of the translation; none where they differ in number."""
    parts, own = (_COMMA.split(text) for text in (english, translation))
    return list(zip(parts, own, strict=True)) if len(parts) == len(own) > 1 else []


@lru_cache(maxsize=4_000)  # the English is asked for each language
def _one_sided(words: Opposites, text: str) -> Mapping[str, str]:
    """The pairs of which a text says one side alone, with that side."""
    said = {pair: sides.in_text(text) for pair, sides in words.pairs.items()}
    return {pair: side for pair, sides in said.items() if len(sides) == 1 for side in sides}


@lru_cache(maxsize=4_000)
def _two_sided(words: Opposites, text: str) -> tuple[str, ...]:
    """The pairs of which a text says both sides."""
    return tuple(pair for pair, sides in words.pairs.items() if len(sides.in_text(text)) > 1)
