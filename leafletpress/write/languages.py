"""In which language each part of a text is said: what screen readers are told of words that are foreign to it."""

from collections.abc import Iterable, Iterator
from itertools import groupby, islice

from leafletpress.model.handout import Handout, Text, texts
from leafletpress.model.text.languages import by_language, is_latin

Said = tuple[str, str | None]
"""Words and their language (BCP 47), None where that is the language around them."""


class Languages:
    """The languages of a handout's words."""

    def __init__(self, handout: Handout) -> None:
        self._foreign = handout.foreign_words
        self._latin = is_latin(str(text) for text in texts(handout) if not text.language)

    def said(self, text: Text) -> tuple[Said, ...]:
        """A text in parts; one that is all in another language is one part, for it says so itself."""
        if text.language:
            return ((str(text), None),)
        return tuple(by_language(str(text), self._foreign, latin=self._latin))


def cut(said: tuple[Said, ...], pieces: Iterable[str]) -> Iterator[tuple[Said, ...]]:
    """What is said, cut into pieces, which together are all of it; each again in parts."""
    if len(said) < 2:  # most texts
        yield from (tuple((piece, language) for _, language in said) for piece in pieces)
        return
    known = (language for words, language in said for _ in words)
    for piece in pieces:
        letters = zip(piece, islice(known, len(piece)), strict=True)
        parts = groupby(letters, key=lambda letter: letter[1])
        yield tuple(("".join(char for char, _ in part), language) for language, part in parts)
