"""Tells which script and which font a stretch of text is in: Word sets each script in a font of its own."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from leafletpress.model.handout import Direction, Run
from leafletpress.write.fonts import characters

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"


@dataclass(frozen=True, slots=True)
class Script:
    """What the runs of a text say of its script, as their first and last properties; its Latin stretches say nothing.

    ECMA-376 part 1, 17.3.2.7 and 17.3.2.26: by w:cs and w:rtl, Word takes font, size, weight and language of complex
    scripts, by w:hint the font of Han for signs that Latin has too. Without them it goes by each character, and the
    signs and spaces between Thai words or Chinese characters come out as Latin ones.
    """

    first: str = ""
    last: str = ""
    turns: bool = False


LATIN, COMPLEX, HAN = Script(), Script(last="<w:cs/>"), Script(first='<w:rFonts w:hint="eastAsia"/>')
RIGHT_TO_LEFT = Script(last="<w:rtl/>", turns=True)
# Hebrew and Arabic to Myanmar, Khmer to Mongolian, and further blocks of these; Han, Kana and Hangul.
_COMPLEX_LETTER = re.compile(
    r"[\u0590-\u109f\u1780-\u18af\u1cd0-\u1cff\ua8e0-\ua8ff\ua9e0-\ua9ff\uaa60-\uaa7f\ufb1d-\ufdff\ufe70-\ufefc]"
)
_HAN_LETTER = re.compile(r"[\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]")
# From the first to the last Latin letter or digit of a stretch, with the signs that belong to it: +44, 38 °C, 20 %.
_CORE = r"A-Za-z0-9\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u2070-\u209f\u00c0-\u024f\u1e00-\u1eff"
_INNER = r" \u00a0\u202f.,:;/%°&@#?=~'’()+*×<>≥≤_\-\u2010\u2011\u2013"
_LATIN_STRETCH = re.compile(
    rf"(?<![+<>≥≤~])[+<>≥≤~]*[{_CORE}](?:[{_INNER}]*[{_CORE}])*(?:[ \u00a0\u202f]?[%°](?:[CF]\b)?)?"
)


def script_of(text: str, direction: Direction) -> Script:
    """The script that a text is written in."""
    if direction == "rtl":
        return RIGHT_TO_LEFT
    return COMPLEX if _COMPLEX_LETTER.search(text) else HAN if _HAN_LETTER.search(text) else LATIN


def stretches(run: Run, script: Script) -> Iterable[tuple[str, bool]]:
    """The run as it is shown, cut where its script changes, each stretch with whether it is Latin."""
    if script.turns or script == LATIN or run.raised:
        return [(run.text, run.island or run.raised or script == LATIN)]
    return _latin_stretches(run.text)


def _latin_stretches(text: str) -> Iterator[tuple[str, bool]]:
    """A text of another script in stretches, each with whether it is Latin."""
    at = 0
    for found in _LATIN_STRETCH.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False


def in_fonts(text: str, usual: str, families: tuple[str, ...]) -> Iterator[tuple[str, str | None]]:
    """A text in stretches, each with the first of the families that has its characters where the usual one lacks them.

    Marks and what is not seen go with what stands before them.
    """
    if text and characters(usual).issuperset(map(ord, text)):  # as nearly all are
        yield text, None
        return
    font: str | None = None
    placed: list[tuple[str, str | None]] = []
    for char in text:
        if unicodedata.category(char)[0] not in "MC":
            font = None if char.isspace() or ord(char) in characters(usual) else _other_font(char, families)
        placed.append((char, font))
    for font, stretch in groupby(placed, key=lambda one: one[1]):
        yield "".join(char for char, _ in stretch), font


@cache
def _other_font(char: str, families: tuple[str, ...]) -> str | None:
    return next((family for family in families if ord(char) in characters(family)), None)


def parted(runs: tuple[Run, ...]) -> Iterator[Run]:
    """The runs; one between two islands that has no letter of the sentence gets a mark that keeps it on its side.

    A raised number brings such a mark with it.
    """
    for before, run, behind in zip((Run(""), *runs), runs, (*runs[1:], Run("")), strict=False):
        between = before.island and behind.island and not (run.island or run.field or behind.raised)
        is_mute = not any(unicodedata.bidirectional(char) in ("R", "AL") for char in run.text)
        yield replace(run, text=RIGHT_TO_LEFT_MARK + run.text) if between and is_mute else run
