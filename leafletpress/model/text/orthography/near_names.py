"""Words that are one letter away from a name of the glossary, and not it: another medicine, or a slip."""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from leafletpress.model.problems import Severity
from leafletpress.model.text.glossary import Glossary, folded, words
from leafletpress.model.text.issue import Issue

_LONG = 7  # letters: shorter words have neighbours that mean something else
_ENDING = 2  # letters at the end of a word that grammar changes


def near_names(english: str, translation: str, glossary: Glossary, severity: Severity) -> Iterator[Issue]:
    """The words that a letter lost, added, changed or swapped makes of a name in the English, but for endings."""
    names = tuple(name for term in glossary.terms_in(english) for name in (*term.translation, term.term))
    known = _neighbours(names)
    for word in dict.fromkeys(words(folded(translation))) if known else ():
        name = _name(word, known) if len(word) >= _LONG - 1 else ""
        if name and not any(folded(agreed) in word for agreed in names):
            hint = "write the name; if it is right, list it with its term in glossary.toml"
            yield Issue("name", f'"{word}" is one letter away from "{name}" of the glossary', hint, severity)


@lru_cache(maxsize=1_000)
def _neighbours(names: tuple[str, ...]) -> Mapping[str, tuple[str, int]]:
    """What is left of each long single word without one of its letters: the word, folded, and which letter.

    The words are there whole, too, with -1.
    """
    long = [name for name in map(folded, names) if len(name) >= _LONG and " " not in name]
    shorter = {left: (name, at) for name in long for at, left in _without_one(name)}
    return shorter | {name: (name, -1) for name in long}


def _name(word: str, known: Mapping[str, tuple[str, int]]) -> str:
    """The name that a word is one letter away from, or ""."""
    if word in known:
        name, lost = known[word]
        return name if 0 <= lost < len(name) - _ENDING else ""  # itself, or with a letter lost
    for at, left in _without_one(word):
        name, lost = known.get(left, ("", 0))
        if name and at < len(word) - _ENDING and (lost == -1 or abs(lost - at) <= 1):
            return name
    return ""


def _without_one(word: str) -> Iterator[tuple[int, str]]:
    return ((at, word[:at] + word[at + 1 :]) for at in range(len(word)))
