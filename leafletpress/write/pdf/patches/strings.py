"""Reads what a PDF shows as text: glyphs, as numbers in hexadecimal between < and >, and moves between them."""

import re
from collections.abc import Iterator

# Glyphs; and glyphs, or moves.
GLYPHS = re.compile(r"<([0-9a-f]*)>")
SHOWN = re.compile(r"<([0-9a-f]*)>|[^<>]+")
_FIGURES = 4  # of a number


def numbers(glyphs: str) -> list[int]:
    """The numbers of glyphs."""
    return [int(glyphs[at : at + _FIGURES], 16) for at in range(0, len(glyphs), _FIGURES)]


def tokens(text: str) -> Iterator[str]:
    """Each glyph for itself, between < and >, and each stretch of moves."""
    for found in SHOWN.finditer(text):
        yield from [found[0]] if found[1] is None else (f"<{glyph:04x}>" for glyph in numbers(found[1]))
