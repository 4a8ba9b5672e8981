"""Characters that hide in a text and change what is read, by their Unicode category."""

import unicodedata
from collections.abc import Iterable

# Controls, and the marks that turn the direction of text: they hide in a line and change what is read.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


_NOT_TEXT = ("Cc", "Cn", "Co", "Cs", "Zl", "Zp")


def forbidden_characters(text: str) -> Iterable[tuple[int, str]]:
    """Offset and name of each control, bidi-control, line-separating, private or unassigned character."""
    if text.isprintable():  # nothing of "other" and "separator" but spaces, as most texts are
        return
    for offset, char in enumerate(text):
        if char in "\n\t":
            continue
        if char in _BIDI_CONTROLS or unicodedata.category(char) in _NOT_TEXT or char == "\ufeff":
            yield offset, f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}"
