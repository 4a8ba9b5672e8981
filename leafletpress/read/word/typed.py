"""Finds lists and paragraphs that somebody typed with points, numbers and empty lines, where Word has no list."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from leafletpress.read.word.pieces import Grid, Paragraph, Piece, cut
from leafletpress.read.word.styles import Listed

_SIGN = re.compile(r"\s*([•·▪◦●○■‣➢✓✔►*☐□❏❑–—-])[ \t\u00a0]+(?=\S)")
_LINE_SIGNS = "*–—-"  # one of these alone begins no list
_TICKS = "☐□❏❑"
_NUMBER = re.compile(r"\s*\(?(\d{1,2})[.)][ \t\u00a0]+(?=\S)")
_LINES = re.compile(r"\n\s*\n|\n(?=\s*[•·▪●■☐□])")


def with_typed_lists(pieces: Iterable[Piece]) -> list[Piece]:
    """The pieces, with what was typed as a list as the items of one, and a paragraph with empty lines as several."""
    return list(_typed_lists(_parted(pieces)))


def _parted(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, a paragraph that has empty lines or typed points in it as several."""
    for piece in pieces:
        words = "".join(span.text for span in piece.spans) if isinstance(piece, Paragraph) else ""
        cuts = [0, *(found.end() for found in _LINES.finditer(words)), len(words)]
        if isinstance(piece, Grid) or len(cuts) == 2:
            yield piece
            continue
        for number, (start, end) in enumerate(pairwise(cuts)):
            yield replace(
                piece, spans=cut(piece.spans, start, end), pictures=piece.pictures if number == len(cuts) - 2 else ()
            )


def _typed_lists(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The pieces, paragraphs that begin with typed points, boxes or numbers as the items of lists."""
    found = list(pieces)
    for at, piece in enumerate(found):
        sign = _sign(piece)
        beside = [_sign(found[near]) for near in (at - 1, at + 1) if 0 <= near < len(found)]
        if not isinstance(piece, Paragraph) or sign is None or (sign in _LINE_SIGNS and sign not in beside):
            yield piece
            continue
        number = int(sign) if sign.isdecimal() else None
        if number is not None and not _counts(found, at, number):
            yield piece
            continue
        matched = (_NUMBER if number else _SIGN).match("".join(span.text for span in piece.spans))
        spans = cut(piece.spans, matched.end() if matched else 0, len("".join(span.text for span in piece.spans)))
        yield replace(
            piece, spans=spans, listed=Listed("typed" + ("" if number else sign), 0, number is not None, sign in _TICKS)
        )


def _sign(piece: Piece) -> str | None:
    """The sign or number that a paragraph of no list begins with."""
    if not isinstance(piece, Paragraph) or piece.listed or piece.level is not None:
        return None
    words = "".join(span.text for span in piece.spans)
    found = _SIGN.match(words) or _NUMBER.match(words)
    return found[1] if found else None


def _counts(pieces: Sequence[Piece], at: int, number: int) -> bool:
    """Whether a typed number is one of several that count from 1, paragraph by paragraph."""
    first = at - number + 1
    if number < 1 or first < 0 or any(_sign(pieces[first + step]) != f"{step + 1}" for step in range(number)):
        return False
    return number > 1 or (at + 1 < len(pieces) and _sign(pieces[at + 1]) == "2")
