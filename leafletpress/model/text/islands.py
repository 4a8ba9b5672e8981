"""Left-to-right islands in right-to-left text: numbers, doses, phones, signs and Latin words keep their order.

The rule is that of the Unicode bidirectional algorithm (UAX #9) for a right-to-left paragraph, each island an isolate.
By itself, the algorithm brings a number and what belongs to it into the order of the sentence: "+44 20 7946" is printed
as "7946 20 44+", "5 ± 2 mg" as "2 mg ± 5". Whatever it would so turn round is an island, found in four steps (in
brackets: the names of the algorithm's classes and rules).

1. Letters have a side (L; R, AL). Figures are on the left-to-right side (EN, AN), and so are signs that stand for
   letters or figures: ½, ℃, №. What has no place of its own goes with the character before it (NSM, BN: W1, X9). An
   Arabic comma is on the right-to-left side, unless it is the decimal sign of a figure (CS: W4).
2. Brackets pair, and quotes as they do (BD16). If there is right-to-left text in them, or nothing from left to right
   beside them, they are the sentence's; else they are the island's (N0): 5 mg (IV), (020) 7946.
3. A sign goes with the letter or figure that it touches (as ET and ES go with EN: W5): −20, Na+, £9.90, 24.7%, @name.
   A sign of numbers (ET: %, °, £, ±) does so over a space too, and one that compares (<, ≥, ≈) with what is behind it:
   38 °C, < 30. At the ends, what parts sentences does not, nor do brackets and quotes; between a letter of each side,
   only signs of numbers do: ה-DNA is Hebrew, a hyphen and DNA.
4. What stands between two of the left-to-right side is on that side (N1), the rest on that of the sentence (N2).
"""

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import groupby, pairwise, takewhile
from typing import Literal

_Side = Literal["left", "right", "neutral"]
_Step = Literal[1, -1]  # to what follows, to what comes before

_SIDES: dict[str, _Side] = {"L": "left", "EN": "left", "AN": "left", "R": "right", "AL": "right"}
_PLACELESS = ("NSM", "BN")
_LEFT_TO_RIGHT_MARK = "\u200e"
_ARABIC_COMMA = "\u060c"
_PARTS_SENTENCES = frozenset(".,:;!?'\"")
_BRACKETS = frozenset(("Ps", "Pe", "Pi", "Pf"))  # and quotes
_ONE_QUOTE_FOR_BOTH = frozenset("'\"")


def islands(text: str) -> Iterator[tuple[str, bool]]:
    """The text in stretches, each with whether it is an island; the stretches together are the text."""
    return (stretch for part in islands_over((text,)) for stretch in part)


def islands_over(parts: Sequence[str]) -> Iterator[list[tuple[str, bool]]]:
    """The same for each part of a text; an island may go on from one part to the next."""
    text = "".join(parts)
    sides = _of_letters(text)
    _settle_pairs(text, sides)
    _settle_signs(text, sides)
    _settle_between(sides)
    at = 0
    for part in parts:
        placed = zip(part, sides[at : at + len(part)], strict=True)
        grouped = groupby(placed, key=lambda one: one[1] == "left")
        yield [("".join(char for char, _ in stretch), is_island) for is_island, stretch in grouped]
        at += len(part)


def in_order(island: str) -> str:
    """The island with marks round its Arabic figures (AN), if it has more than those.

    Even in an isolate, the algorithm brings several of them into the order of the sentence: ٠٢٠ ٧٩٤٦ (N1, L2).
    """
    parts = groupby(island, key=lambda char: unicodedata.bidirectional(char) == "AN")
    return _LEFT_TO_RIGHT_MARK.join("".join(part) for _, part in parts)


# --- 1. Letters and figures -------------------------------------------------------------------------------------------


def _of_letters(text: str) -> list[_Side]:
    sides: list[_Side] = []
    for at, char in enumerate(text):
        if unicodedata.bidirectional(char) in _PLACELESS:
            sides.append(sides[-1] if sides else "neutral")
        elif char == _ARABIC_COMMA:
            sides.append("neutral" if _is_figure(text, at - 1) and _is_figure(text, at + 1) else "right")
        else:
            sides.append(_side(char))
    return sides


@cache
def _side(char: str) -> _Side:
    by_class = _SIDES.get(unicodedata.bidirectional(char))
    if by_class:
        return by_class
    stands_for = unicodedata.normalize("NFKC", char)
    return "left" if any(unicodedata.category(part)[0] in "LN" for part in stands_for) else "neutral"


def _is(text: str, at: int, categories: str) -> bool:
    return 0 <= at < len(text) and unicodedata.category(text[at])[0] in categories


def _is_letter(text: str, at: int) -> bool:
    return _is(text, at, "LM")


def _is_figure(text: str, at: int) -> bool:
    return _is(text, at, "N")


# --- 2. Brackets and quotes -------------------------------------------------------------------------------------------


def _settle_pairs(text: str, sides: list[_Side]) -> None:
    one_sided = []
    for first, last in sorted(_pairs(text)):
        held = sides[first + 1 : last]
        if "right" in held:
            sides[first] = sides[last] = "right"
        elif "left" in held:
            one_sided.append((first, last))
    for first, last in one_sided:
        before = next((side for side in reversed(sides[:first]) if side != "neutral"), "right")
        behind = next((side for side in sides[last + 1 :] if side != "neutral"), "right")
        sides[first] = sides[last] = "left" if "left" in (before, behind) else "right"


def _pairs(text: str) -> Iterator[tuple[int, int]]:
    """The places of brackets and quotes that belong together."""
    opened: list[tuple[int, str]] = []
    for at, char in enumerate(text):
        in_word = _is(text, at - 1, "LMN") and _is(text, at + 1, "LMN")  # an apostrophe, or a sign of abbreviation
        depth = next((depth for depth in reversed(range(len(opened))) if opened[depth][1] == char), None)
        if depth is not None and not in_word:
            yield opened[depth][0], at
            del opened[depth:]
        elif (partner := _partner(char)) and not (partner == char and _is(text, at - 1, "LMN")):
            opened.append((at, partner))


@cache
def _partner(char: str) -> str:
    """What closes a bracket or quote that opens, else ""; stdlib's data has no Bidi_Paired_Bracket, but names."""
    if char in _ONE_QUOTE_FOR_BOTH:
        return char
    name = unicodedata.name(char, "")
    if unicodedata.category(char) not in _BRACKETS or "LEFT" not in name:
        return ""
    try:
        return unicodedata.lookup(name.replace("LEFT", "RIGHT"))
    except KeyError:
        return ""


# --- 3. Signs ---------------------------------------------------------------------------------------------------------


def _settle_signs(text: str, sides: list[_Side]) -> None:
    settled = [at for at, side in enumerate(sides) if side == "left"]
    while settled:
        settled = [sign for at in settled for step in (1, -1) for sign in _signs(text, sides, at, step)]
        for sign in settled:
            sides[sign] = "left"


def _signs(text: str, sides: list[_Side], at: int, step: _Step) -> list[int]:
    """The places of the signs on one side of a letter or figure that belong to it."""
    places = list(takewhile(lambda place: not text[place].isspace(), _neutrals(sides, at, step)))
    beyond = places[-1] + step if places else at + step
    if _is_letter(text, beyond) and sides[beyond] == "right":
        return list(takewhile(lambda place: _is_of_number(text[place], step), places))
    own = list(places)
    while own and _is_of_sentence(text, own[-1], step):
        del own[-1]
    if own == places:
        own += _over_space(text, sides, beyond, step)
    return own


def _neutrals(sides: list[_Side], at: int, step: _Step) -> Iterator[int]:
    """The places from there on that are on no side."""
    place = at + step
    while 0 <= place < len(sides) and sides[place] == "neutral":
        yield place
        place += step


def _over_space(text: str, sides: list[_Side], space: int, step: _Step) -> list[int]:
    """The places of a space and the signs beyond it, where these belong to the figure on this side of it."""
    if not (0 <= space < len(text) and text[space].isspace()):
        return []
    signs = takewhile(lambda place: _reaches_over_space(text[place], step), _neutrals(sides, space, step))
    return [place for found in [list(signs)] if found for place in (space, *found)]


def _reaches_over_space(char: str, step: _Step) -> bool:
    if step == 1:
        return unicodedata.bidirectional(char) == "ET" and unicodedata.category(char) != "Sm"  # ± wants what follows
    return unicodedata.bidirectional(char) == "ET" or _compares(char)


def _is_of_number(char: str, step: _Step) -> bool:
    """Whether a sign between a right-to-left letter and a figure is the figure's."""
    if step == 1:
        return unicodedata.bidirectional(char) == "ET"
    is_sign = unicodedata.bidirectional(char) in ("ET", "ES") and unicodedata.category(char) != "Pd"
    return is_sign or _compares(char)


def _compares(char: str) -> bool:
    """Whether it is a sign that the algorithm would mirror, such as < and ≥, or ~, which is typed for one."""
    return char == "~" or (unicodedata.category(char) == "Sm" and bool(unicodedata.mirrored(char)))


def _is_of_sentence(text: str, at: int, step: _Step) -> bool:
    """Whether what stands at an end of a word parts or ends a sentence."""
    char = text[at]
    kind = unicodedata.category(char)
    if kind == "Pd":
        return step == 1 and not any(map(str.isalpha, text[:at].split()[-1]))  # "1- …" counts, "Cl-" is one word
    if step == -1 and unicodedata.bidirectional(char) == "CS" and _is_figure(text, at + 1):
        return False  # ".5"
    return kind in _BRACKETS or unicodedata.normalize("NFKC", char)[0] in _PARTS_SENTENCES


# --- 4. What stands between -------------------------------------------------------------------------------------------


def _settle_between(sides: list[_Side]) -> None:
    left = [at for at, side in enumerate(sides) if side == "left"]
    for one, following in pairwise(left):
        if "right" not in sides[one:following]:
            sides[one:following] = ["left"] * (following - one)
