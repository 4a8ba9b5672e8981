"""The Unicode bidirectional algorithm with isolates, by FriBidi, and texts for it whose islands are known."""

import ctypes
import re
import sys
import unicodedata
from functools import cache
from typing import Any

from hypothesis import Phase, given, settings
from hypothesis import strategies as st

_ISOLATE, _END_OF_ISOLATE = "\u2066", "\u2069"
_OVERRIDE, _END_OF_OVERRIDE = "\u202d", "\u202c"
_RIGHT_TO_LEFT = 0x111  # FRIBIDI_PAR_RTL
_CONTROLS = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202c\u202d\u2066\u2069"))
_MIRRORED = str.maketrans(")]}»”’>≥≈\u2044", "([{«“‘<≤≈/")


@cache
def _fribidi() -> Any:
    """The library, which Pango brings with it, by its name on this system: to look for it would start a process."""
    return ctypes.CDLL({"darwin": "libfribidi.0.dylib", "win32": "fribidi-0.dll"}.get(sys.platform, "libfribidi.so.0"))


def visual(text: str) -> str:
    """What a reader sees from the left edge to the right of a right-to-left paragraph, signs mirrored."""
    size = len(text)
    logical, shown = (ctypes.c_uint32 * size)(*map(ord, text)), (ctypes.c_uint32 * (size + 1))()
    base = ctypes.c_uint32(_RIGHT_TO_LEFT)
    assert _fribidi().fribidi_log2vis(logical, size, ctypes.byref(base), shown, None, None, None)
    return "".join(map(chr, shown[:size])).translate(_CONTROLS)


def isolate(island: str) -> str:
    """An island as an isolate."""
    return f"{_ISOLATE}{island}{_END_OF_ISOLATE}"


def typed(island: str) -> str:
    """An island as an isolate in which every character stands behind the one before it, Arabic figures too."""
    return isolate(f"{_OVERRIDE}{island}{_END_OF_OVERRIDE}")


def outlined(line: str) -> str:
    """A line with right-to-left words as one letter, without spaces, marks and the side that brackets and < open to.

    Of joined letters, of signs such as ½ and of what is mirrored, readers of a page differ in what they take it for.
    """
    plain = unicodedata.normalize("NFKC", line.translate(_CONTROLS)).translate(_MIRRORED)
    word = "".join("א" if unicodedata.bidirectional(char) in ("R", "AL", "NSM") else char for char in plain)
    return re.sub("א+", "א", re.sub(r"\s", "", word))


# --- Texts: what is composed here as an island is one, whatever the program takes for it ------------------------------

_WORDS = {
    "ar": ("خذ", "حبة", "في اليوم", "عند", "المريض", "أو", "من الدم"),
    "he": ("קח", "כדור", "ביום", "בחום של", "החולה", "או", "של דם"),
}
_NUMBERS = (
    "5", "2.5", "2½", "½", "2·5", "−20", "+4", "±2", "1,250", "24.7%", "20 %", "£9.90", "$5", "3 €", "10⁹", "<30",
    "< 30", "≥ 38", "≤5", "≈ 7", "~5", ".5", "3+", "1:20", "5/7", "+44 20 7946 0958", "(020) 7946-0958",
)  # fmt: skip
_NATIVE = {"ar": ("٢٫٥", "٥", "٢،٥", "۵۰٪", "٠٢٠ ٧٩٤٦"), "he": ()}
_UNITS = ("", " mg", "\u00a0mg", " μg", " µg", "µg", " °C", "°", " ℃", "/L", " mmol/L", " mg/kg", " g/m²", "⁺", "™")
_NAMES = (
    "IL-1β", "TNF-α", "Na+", "Cl−", "Ca²⁺", "HER2+", "vitamin D", "WhatsApp", "naïve", "C++", "don’t", "p53",
    "x@example.org", "example.org/book?a=b", "@clinic", "#7", "A&E", "CODE-P-ar", "N₂O", "№ 5",
)  # fmt: skip
_BETWEEN = (" ", "–", "…", "...", " ± ", " + ", " = ", " × ", ", ", "; ", " – ", " · ", " / ", ": ", ". ", " → ", " < ")
_MARKS = ("{}", "({})", "[{}]", "«{}»", "“{}”", '"{}"', "{}.", "{},", "({}).", "{}:", "{}!")
_OWN_MARKS = {"ar": ("{}؟", "({})،", "{}؛"), "he": ("{}׃", "{}־")}


@st.composite
def islands(draw: st.DrawFn, script: str) -> str:
    """A stretch of numbers, units, signs, brackets and Latin words."""
    numbers = st.sampled_from(_NUMBERS + _NATIVE[script])
    items = st.one_of(st.builds("{}{}".format, numbers, st.sampled_from(_UNITS)), st.sampled_from(_NAMES))
    island = draw(items)
    for _ in range(draw(st.integers(0, 2))):
        item = draw(items)
        in_marks = draw(st.sampled_from((" ({})", " [{}]", " “{}”", " ({}) x"))).format(item)
        island += draw(st.one_of(st.just(in_marks), st.builds("{}{}".format, st.sampled_from(_BETWEEN), st.just(item))))
    return island


def sample(script: str, count: int) -> list[list[tuple[str, bool]]]:
    """So many sentences, always the same, none of which is longer than a line of a page."""
    found: list[list[tuple[str, bool]]] = []

    @settings(max_examples=4 * count, derandomize=True, database=None, deadline=None, phases=[Phase.generate])
    @given(sentences(script))
    def collect(stretches: list[tuple[str, bool]]) -> None:
        if sum(len(text) for text, _ in stretches) < 60 and stretches not in found:
            found.append(stretches)

    collect()
    return found[-count:]


@st.composite
def sentences(draw: st.DrawFn, script: str) -> list[tuple[str, bool]]:
    """A sentence in an Arabic or Hebrew script in stretches, each with whether it is an island."""
    words, marks = st.sampled_from(_WORDS[script]), st.sampled_from(_MARKS + _OWN_MARKS[script])
    stretches = [(draw(words) + " ", False)] if draw(st.booleans()) else []
    for _ in range(draw(st.integers(1, 3))):
        before, behind = draw(marks).split("{}")
        stretches += [(before, False), (draw(islands(script)), True), (f"{behind} {draw(words)} ", False)]
    if draw(st.booleans()):
        before, behind = draw(marks).split("{}")
        stretches += [(before, False), (draw(islands(script)), True), (behind, False)]
    return [(text, is_island) for text, is_island in stretches if text]
