"""How much room a text takes: on a line, and in a message."""

import re

# Letters wider than Latin ones: Tamil, Telugu, Kannada, Malayalam, Sinhala; Han and Kana.
_WIDER = ((re.compile(r"[\u0b80-\u0dff]"), 0.5), (re.compile(r"[\u2e80-\uffef]"), 1))


def letters_across(text: object) -> int:
    """About how much room a text takes in a line, in Latin letters."""
    letters = str(text)
    return len(letters) + round(sum(more * len(wider.findall(letters)) for wider, more in _WIDER))
