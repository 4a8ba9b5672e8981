"""Finds lists of which a translation lost an item, and those that it joins with "and" where the English says "or"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafletpress.model.text.glossary import times
from leafletpress.model.text.opposites import JOINTS, Opposites
from leafletpress.model.text.sentences import beside
from leafletpress.model.text.small_words import OPENERS, PHRASES, RELATIVES

_SIGN = re.compile(r"[,;،؛、，；]|(?<=\w)/(?=\w)")
_WORD = r"[^\W\d_][\w'’-]*"
# An item has up to three words, and none that begins a clause: "fever, swelling and a hot joint".
_ARTICLES = frozenset(("the", "a", "an", "your", "my", "his", "her", "their", "our"))
_APART = "|".join(sorted((OPENERS | PHRASES | RELATIVES) - _ARTICLES))
_ITEM = rf"(?:(?!(?:{_APART})\b){_WORD})(?: (?!(?:{_APART})\b){_WORD}){{0,2}}"
# A word begins where no other goes on: looking from each of its letters takes the square of the time.
_BEGIN = r"(?<![\w-])(?<![\w-]['’])"
_LIST = re.compile(rf"(?:{_BEGIN}{_ITEM}, ){{1,30}}{_ITEM},? (?:and|or) {_ITEM}", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no|nor|never|neither|cannot|without)\b|n['’]t\b", re.IGNORECASE)
_WITHOUT_SIGNS = re.compile(r"[\u0e00-\u0eff]")  # Thai and Lao part the items of a list with spaces


@dataclass(frozen=True, slots=True)
class LostItem:
    """A list of the English: its words, how many items it has, and how many that of the translation has at most."""

    words: str
    english: int
    translation: int


@dataclass(frozen=True, slots=True)
class Joined:
    """The word that joins in the English (`side`), the other that does so in the translation, and how it is written."""

    side: str
    other: str
    word: str


def lost_items(
    english: str, translation: str, of_language: Opposites, negations: tuple[str, ...]
) -> Iterator[LostItem]:
    """Lists of three items or more with fewer in the translation, by the signs and words that can part them.

    `negations` part them, too: "neither cut nor squeeze it".
    """
    if JOINTS not in of_language.pairs or _WITHOUT_SIGNS.search(translation):
        return
    for sentence, own in beside(english, translation):
        for found in _LIST.finditer(sentence):
            words = of_language.pairs[JOINTS].in_text(own)
            parted = len(_SIGN.findall(own)) + sum(map(len, words.values()))
            parted += times(own, negations) if _NOT.search(sentence) else 0
            if parted < (wanted := found[0].count(",") + (", and " not in found[0] and ", or " not in found[0])):
                yield LostItem(found[0], wanted + 1, parted + 1)


def joined_otherwise(english: str, translation: str, of_english: Opposites, of_language: Opposites) -> Iterator[Joined]:
    """Where the English says "or" and never "and", and the translation the other way round, or so exchanged.

    Where there is a "not", other languages may join with either.
    """
    if JOINTS not in of_english.pairs or JOINTS not in of_language.pairs:
        return
    for sentence, own in beside(english, translation):
        said, found = of_english.pairs[JOINTS].in_text(sentence), of_language.pairs[JOINTS].in_text(own)
        if len(said) == len(found) == 1 and said.keys() != found.keys() and not _NOT.search(sentence):
            (side,), ((other, words),) = said, found.items()
            yield Joined(side, other, words[0])
