"""Spaces: none twice, and one before the signs that a language keeps apart from their word, as French does."""

import re
from collections.abc import Iterator

from leafletpress.model.text.issue import Issue
from leafletpress.model.text.markup import Piece, without_facts

# Of a word, so much is looked at and told.
_TWICE = re.compile(r"\S{0,30}[ \u00a0\u202f]{2,}\S{0,30}")
_BEFORE_SIGN = re.compile(r"\w{1,30}[)»”]? ([.,;:!?،؛؟।۔])(?=\s|$)")
_GUILLEMETS = re.compile(r"«\w{1,30}|\w{1,30}[.!?]?»")


def spaces(english: str, pieces: tuple[Piece, ...], spaced_signs: str) -> Iterator[Issue]:
    """Spaces in a translation that are too many or too few, each a warning: they change no meaning.

    `spaced_signs` have a space before them in the language of the translation.
    """
    words = without_facts(pieces)
    for piece in pieces:
        if piece.kind == "words" and (found := _TWICE.search(piece.value)):
            yield Issue("spaces", f'two spaces in "{found[0]}"', "delete one", "warning")
    for found in _BEFORE_SIGN.finditer(words):
        if found[1] not in spaced_signs and not _BEFORE_SIGN.search(english):
            yield Issue("spaces", f'a space before the sign in "{found[0]}"', "delete it", "warning")
    if spaced_signs:
        apart = re.compile(rf"[\w)»]{{1,30}}[{re.escape(spaced_signs)}]+(?=\s|$)")
        for found in [*apart.finditer(words), *(_GUILLEMETS.finditer(words))]:
            hint = "the language has one before ; : ! ? and inside of « »; print keeps it in the line"
            yield Issue("spaces", f'no space beside the sign in "{found[0]}"', hint, "warning")
