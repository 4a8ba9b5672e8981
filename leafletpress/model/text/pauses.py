"""Where in an English sentence a comma or the like may come or go, and the sentence still says the same."""

from collections.abc import Sequence

from leafletpress.model.text.small_words import APART, LIMITS, OPENERS, PHRASES, RELATIVES
from leafletpress.model.text.wording import Token


def why_no_other_sign(words: Sequence[Token], at: int) -> str:
    """Why the sign before the word `at` of a sentence may not be another or none, or "".

    It may tell how far a "not", an "only" or an "if" reaches, and what "and" and "or" join.
    """
    folded = [token.folded for token in words]
    deciding = _reaching(words, at) or next((word for word in folded[1:] if word in OPENERS), None)
    deciding = deciding or (folded[at] if folded[at] in RELATIVES else None)
    if deciding:
        return f'it may change what "{deciding}" is about'
    return 'it may change what "and" and "or" join' if {"and", "or"} <= {*folded} else ""


def why_not_apart(words: Sequence[Token], at: int, *, is_only_sign: bool) -> str:
    """Why no sign may come or go before the word `at` of a sentence, or "".

    With it, two words are two things, and without it perhaps one ("fish oil"). It is not so where a phrase begins, nor
    where a clause that begins with "if" ends: that it does is plain if the sentence has no other sign.
    """
    before, behind = words[at - 1], words[at]
    if behind.folded in PHRASES or before.folded in APART or (is_only_sign and words[0].folded in OPENERS):
        return ""
    return f'"{before.text}" and "{behind.text}" may be one thing or two'


def _reaching(words: Sequence[Token], at: int) -> str | None:
    """The word that a sign before the word `at` could keep from reaching on, or from reaching back.

    A "not" reaches on, but not back over an "and"; "only" and the like reach both ways. A "but" of its own joins.
    """
    joins = words[at].folded in ("and", "but")
    for place, token in enumerate(words):
        is_joint = (
            place == at and token.folded == "but" and not words[at - 1].folded.startswith(("all", "any", "every"))
        )
        if token.denies and not is_joint and (place < at or token.folded in LIMITS or not joins):
            return token.folded
    return None
