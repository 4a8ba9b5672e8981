"""Where an English text says "not": lost in print or in translation, it turns advice into its opposite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafletpress.model.text.glossary import times
from leafletpress.model.text.markup import Piece, strong_spans
from leafletpress.model.text.sentences import beside

WORDS = ("not", "never", "no", "nor", "neither", "cannot")

_NOT = re.compile(rf"\b(?:{'|'.join(WORDS)}|none of)\b|n['’]t\b", re.IGNORECASE)
# What other languages may say with a "not": words that deny a part, limit or doubt; a question may ask "or not".
_NEARLY_NOT = re.compile(
    r"\b(?:un|in|im|ir|il|non|dis|dys|ab|mal)\w{4,}|\b\w+(?:less|free)\b|[?]"
    r"|\b(?:none|without|unless|unlike|except|exclud\w+|instead|rather|nothing|nobody|nowhere|fail\w*|lack\w*|avoid\w*"
    r"|stop\w*|prevent\w*|refus\w*|miss\w*|skip\w*|lost|loss|lose|rare|rarely|few|fewer|little|less|only|just|hard"
    r"|harder|hardly|difficult|weak|numb|too|alone|until|before|than|other|others|else|any|can|check|feel for|protect"
    r"|open|free|absent|absence|no longer|out|neg\w*|against|despite|yet|past|wait|save|minor|seldom|far|dry|still)\b",
    re.IGNORECASE,
)
_NO_LONGER = re.compile(r"\bno longer\b", re.IGNORECASE)  # what has stopped
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


@dataclass(frozen=True, slots=True)
class Nots:
    """How often the English says "not", and how often its translation."""

    english: int
    translation: int


def changed_nots(english: str, translation: str, negations: tuple[str, ...]) -> Iterator[Nots]:
    """Where a translation says "not" less often than the English, or does so where the English has nothing like it.

    Sentence by sentence where both texts have as many; more than the English has may be grammar. `negations` are the
    words of the language for it.
    """
    for sentence, own in beside(english, translation):
        wanted, found = len(_NOT.findall(_NO_LONGER.sub("", sentence))), times(own, negations)
        if found < wanted or (found and not wanted and not _NEARLY_NOT.search(sentence)):
            yield Nots(wanted, found)
