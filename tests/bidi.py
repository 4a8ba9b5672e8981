"""The Unicode bidirectional algorithm with isolates, by FriBidi, and texts for it whose islands are known."""

import ctypes
import ctypes.util
import re
import unicodedata
from functools import cache
from typing import Any

from hypothesis import strategies as st

LEFT_TO_RIGHT_ISOLATE, END_OF_ISOLATE = "\u2066", "\u2069"
_RIGHT_TO_LEFT = 0x111  # FRIBIDI_PAR_RTL
_CONTROLS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u2066\u2067\u2068\u2069"))
_MIRRORED = str.maketrans(")]}»”’", "([{«“‘")


@cache
def _fribidi() -> Any:
    """The library, which Pango brings with it."""
    return ctypes.CDLL(ctypes.util.find_library("fribidi") or "libfribidi.so.0")


def visual(text: str) -> str:
    """What a reader sees from the left edge to the right of a right-to-left paragraph, signs mirrored."""
    size = len(text)
    logical, shown = (ctypes.c_uint32 * size)(*map(ord, text)), (ctypes.c_uint32 * (size + 1))()
    base = ctypes.c_uint32(_RIGHT_TO_LEFT)
    assert _fribidi().fribidi_log2vis(logical, size, ctypes.byref(base), shown, None, None, None)
    return "".join(map(chr, shown[:size])).translate(_CONTROLS)


def isolate(island: str) -> str:
    """An island as an isolate that runs from left to right."""
    return f"{LEFT_TO_RIGHT_ISOLATE}{island}{END_OF_ISOLATE}"


def outlined(line: str) -> str:
    """A line with each right-to-left word as one letter, without spaces and without the side that a bracket opens to.

    For joined letters, readers of a page differ in what they call them and where they say that they stand.
    """
    word = "".join("א" if unicodedata.bidirectional(char) in ("R", "AL", "NSM") else char for char in line)
    return re.sub(r"\s", "", re.sub("א+", "א", word).translate(_MIRRORED))


# --- Texts: what is composed here as an island is one, whatever the program takes for it ------------------------------

_WORDS = {
    "ar": ("خذ", "حبة", "في اليوم", "عند", "المريض", "أو", "من الدم"),
    "he": ("קח", "כדור", "ביום", "בחום של", "החולה", "או", "של דם"),
}
_NUMBERS = (
    "5", "2.5", "2½", "½", "2·5", "−20", "+4", "±2", "1,250", "24.7%", "20 %", "£9.90", "$5", "3 €", "10⁹", "<30",
    "< 30", "≥ 38", "≤5", "≈ 7", "~5", ".5", "3+", "1:20", "5/7", "٢٫٥", "٥", "۵۰٪", "+44 20 7946 0958",
    "(020) 7946-0958",
)  # fmt: skip
_UNITS = ("", " mg", "\u00a0mg", " μg", " µg", "µg", " °C", "°", " ℃", "/L", " mmol/L", " mg/kg", " g/m²", "⁺", "™")
_NAMES = (
    "IL-1β", "TNF-α", "Na+", "Cl−", "Ca²⁺", "HER2+", "vitamin D", "WhatsApp", "naïve", "C++", "don’t", "p53",
    "x@example.org", "example.org/book?a=b", "@clinic", "#7", "A&E", "CODE-P-ar", "N₂O", "№ 5",
)  # fmt: skip
_BETWEEN = (" ", "–", "…", "...", " ± ", " + ", " = ", " × ", ", ", "; ", " – ", " · ", " / ", ": ", ". ", " → ", " < ")
_MARKS = ("{}", "({})", "[{}]", "«{}»", "“{}”", '"{}"', "{}.", "{},", "{}؟", "({}).", "{}:", "({})،")


@st.composite
def islands(draw: st.DrawFn) -> str:
    """A stretch of numbers, units, signs, brackets and Latin words."""
    items = st.one_of(
        st.builds("{}{}".format, st.sampled_from(_NUMBERS), st.sampled_from(_UNITS)), st.sampled_from(_NAMES)
    )
    island = draw(items)
    for _ in range(draw(st.integers(0, 2))):
        item = draw(items)
        in_marks = draw(st.sampled_from((" ({})", " [{}]", " “{}”", " ({}) x"))).format(item)
        island += draw(st.one_of(st.just(in_marks), st.builds("{}{}".format, st.sampled_from(_BETWEEN), st.just(item))))
    return island


@st.composite
def sentences(draw: st.DrawFn, script: str) -> list[tuple[str, bool]]:
    """A sentence in an Arabic or Hebrew script in stretches, each with whether it is an island."""
    words = st.sampled_from(_WORDS[script])
    stretches = [(draw(words) + " ", False)] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 3))):
        before, behind = draw(st.sampled_from(_MARKS)).split("{}")
        stretches += [(before, False), (draw(islands()), True), (f"{behind} {draw(words)} ", False)]
    if draw(st.booleans()):
        before, behind = draw(st.sampled_from(_MARKS)).split("{}")
        stretches += [(before, False), (draw(islands()), True), (behind, False)]
    return [(text, is_island) for text, is_island in stretches if text]
