"""Where an English text says "not": lost in print or in translation, it turns advice into its opposite."""

import re

from leafletpress.model.text.markup import Piece, strong_spans

WORDS = ("not", "never", "no", "nor", "neither", "cannot")

_NOT = re.compile(rf"\b(?:{'|'.join(WORDS)}|none of)\b|n['’]t\b", re.IGNORECASE)
_FORBIDS = re.compile(r"\b(?:do|must|should)\s+not\b|\bnever\b|\b(?:do|must|should|ca)n['’]t\b", re.IGNORECASE)


def strong_negations(pieces: tuple[Piece, ...]) -> int:
    """How many strong spans say "not"."""
    return sum(bool(_NOT.search(span)) for span in strong_spans(pieces))


def unmarked_negations(pieces: tuple[Piece, ...], *, safety: bool) -> list[str]:
    """The words of each "not" that is not strong: in `safety` text any, elsewhere those that forbid."""
    pattern = _NOT if safety else _FORBIDS
    words = "".join(piece.value if piece.kind == "words" else " " for piece in pieces)
    strong = [piece.strong for piece in pieces for _ in (piece.value if piece.kind == "words" else " ")]
    return [found[0] for found in pattern.finditer(words) if not any(strong[found.start() : found.end()])]
