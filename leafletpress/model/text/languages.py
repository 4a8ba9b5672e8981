"""Words of another language in a text: a screen reader says them in their language when it is told which it is."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from leafletpress.model.locale import SOURCE

# Whole words of Latin letters, those in a row together; no parts of an address, and no letters with figures.
_BEFORE, _BEHIND = r"(?<![\w./@:+-])", r"(?![\w/@-]|[.:][\w/])"
_WORD = r"(?<![A-Za-z0-9./@:_+-])[A-Za-z][A-Za-z’'-]*[A-Za-z](?![A-Za-z0-9/@_]|[.:][A-Za-z0-9/])"
_WORDS = rf"{_WORD}(?:[ \u00a0]{_WORD})*"
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")

ForeignWords = tuple[tuple[str, str], ...]
"""Words or phrases, each with its language (BCP 47)."""


def by_language(text: str, foreign: ForeignWords = (), *, latin: bool = False) -> Iterator[tuple[str, str | None]]:
    """The text in stretches: foreign words with their language, the rest in the language around it (None).

    Where the text's own language is not written in `latin` script, all other Latin words are taken for English.
    """
    languages = {_folded(words): language for words, language in foreign}
    at = 0
    for found in _pattern(tuple(sorted(languages, key=len, reverse=True)), latin).finditer(text):
        if found.start() > at:
            yield text[at : found.start()], None
        yield found[0], languages.get(_folded(found[0]), SOURCE)
        at = found.end()
    if at < len(text):
        yield text[at:], None


@lru_cache(maxsize=32)  # one for each language
def _pattern(foreign: tuple[str, ...], latin: bool) -> re.Pattern[str]:
    names = "|".join(re.escape(words).replace(r"\ ", "[ \u00a0]") for words in foreign) or r"(?!)"
    if latin:
        return re.compile(rf"{_BEFORE}(?:{names}){_BEHIND}", re.IGNORECASE)
    return re.compile(rf"{_BEFORE}(?:{names}){_BEHIND}|{_WORDS}", re.IGNORECASE)


def _folded(words: str) -> str:
    return words.replace("\u00a0", " ").casefold()


def is_words(text: str) -> bool:
    """Whether a text is nothing but words of Latin letters, and so has a language: not FGF23."""
    return re.fullmatch(_WORDS, text) is not None


def is_latin(texts: Iterable[str]) -> bool:
    """Whether most letters of the texts are Latin ones."""
    whole = "".join(texts)
    return 2 * len(_LATIN.findall(whole)) >= sum(map(str.isalpha, whole))
