"""Where an English text says "not": lost in print or in translation, it turns advice into its opposite."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafletpress.model.text.glossary import times
from leafletpress.model.text.markup import Piece, strong_spans
from leafletpress.model.text.opposites import Opposites, Sides
from leafletpress.model.text.sentences import beside

WORDS = ("not", "never", "no", "nor", "neither", "cannot")

_NOT = re.compile(rf"\b(?:{'|'.join(WORDS)}|none of)\b|n['’]t\b", re.IGNORECASE)
# What other languages may say with a "not": words that deny a part, limit or doubt; a question may ask "or not".
_DENYING_PARTS = (
    r"un(?!der|it|til|ivers|ion|cle)\w{4,}|non-?\w{4,}|dys\w{4,}|ab(?:normal|sen)\w*"
    r"|in(?:ability|able|access|active|adequa|appropr|accura|complete|consist|correct|cura|defin|different|effect|fertil"
    r"|flexib|frequent|opera|secur|sensitiv|significan|solub|somni|stab|suffic|tact|toler|valid|visib|volunt)\w*"
    r"|im(?:balanc|matur|mobil|munodef|munosup|pair|perfect|possib|precis|proper)\w*"
    r"|il(?:leg|logic)\w*|ir(?:regular|relevan|replac|revers)\w*|mal(?:absor|form|funct|nour|nutri)\w*"
    r"|dis(?:ab|agre|allow|appear|connect|contin|lik|miss|order|orient|regard|prov|use)\w*|\w+(?:less|free)"
)
_NEARLY_NOT = re.compile(
    rf"\b(?:{_DENYING_PARTS})\b|[?]"
    r"|\b(?:none|without|unless|unlike|except|exclud\w+|instead|rather|nothing|nobody|nowhere|fail\w*|lack\w*"
    r"|miss\w*|skip\w*|lost|loss|lose|rare|rarely|few|fewer|little|less|only|hard|harder|hardly|difficult|weak\w*"
    r"|numb\w*|too \w+ to|alone|until|before|other than|check|feel for|open label|free|no longer|negativ\w*"
    r"|neglect\w*|despite|yet|seldom|trouble\w*|adverse|silent|sterile|poor)\b",
    re.IGNORECASE,
)
# What other languages may say with a "not" or with a word of their own; with both, it is turned round.
_ENDS = re.compile(r"\b(?:avoid|stop|prevent|refus)\w*", re.IGNORECASE)
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


def changed_nots(
    english: str, translation: str, negations: tuple[str, ...], opposites: Opposites | None = None
) -> Iterator[Nots]:
    """Where a translation says "not" less often than the English, or does so where the English has nothing like it.

    Sentence by sentence where both texts have as many; more than the English has may be grammar. `negations` are the
    words of the language for it, `opposites` those for "stop": "stop smoking" may be "smoke no longer".
    """
    ends = opposites.pairs.get("start_stop") if opposites else None
    for sentence, own in beside(english, translation):
        wanted, found = len(_NOT.findall(_NO_LONGER.sub("", sentence))), times(own, negations)
        if found < wanted or (found and not wanted and not _may_deny(sentence, own, ends)):
            yield Nots(wanted, found)


def _may_deny(english: str, translation: str, ends: Sides | None) -> bool:
    """Whether a translation may say with "not" what an English sentence without one says."""
    if _NEARLY_NOT.search(english):
        return True
    return bool(_ENDS.search(english)) and not (ends and "stop" in ends.in_text(translation))
