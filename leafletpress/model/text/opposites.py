"""Words that turn advice round where one stands for the other: today for tomorrow, hot for cold, help for harm."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from leafletpress.model.text.glossary import pattern, spaced
from leafletpress.model.text.sentences import beside


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

    Sentence by sentence where both texts have as many.
    """
    for sentence, own in beside(english, translation) if of_language.pairs else ():
        for pair, side in _one_sided(of_english, sentence).items():
            found = of_language.pairs[pair].in_text(own) if pair in of_language.pairs else {}
            if len(found) == 1 and side not in found:
                yield Exchange(side, *found, *found.values())


@lru_cache(maxsize=4_000)  # the English is asked for each language
def _one_sided(words: Opposites, text: str) -> Mapping[str, str]:
    """The pairs of which a text says one side alone, with that side."""
    said = {pair: sides.in_text(text) for pair, sides in words.pairs.items()}
    return {pair: side for pair, sides in said.items() if len(sides) == 1 for side in sides}
