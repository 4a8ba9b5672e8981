"""Says a space at both ends of each text in a right-to-left line that stands between spaces, or where there is an end.

Readers put no space where the next text stands to the left: PDF.js glued the number of a heading to its words, and a
cell to the next. PDFBox turns all texts of a line round as one, so that the space at the end of one comes before it. An
empty glyph without a width says a space; the other end of such a text has a space beside it anyway.
"""

from itertools import pairwise
from typing import Any

from leafletpress.write.pdf.patches.codes import code
from leafletpress.write.pdf.patches.glyphs import RIGHT_TO_LEFT_MARK, letters_of

# PDF.js drops a glyph that says nothing but a space at an end.
_SAID = RIGHT_TO_LEFT_MARK + " "
# How far it stands beside the text, in thousandths of the size of type: a letter with a sign may begin before its text.
_ASIDE = 100


def note(texts: list[Any]) -> None:
    """Note of each text of a paragraph, a box, whether it is to say a space on its left and on its right: `edges`."""
    ends = [True, *(_are_apart(one, other) for one, other in pairwise(texts)), True]
    for text, (before, after) in zip(texts, pairwise(ends), strict=False):
        if before and after and text.text.strip():
            missing = not text.text[0].isspace(), not text.text[-1].isspace()
            text.edges = missing if text.style["direction"] == "ltr" else missing[::-1]


def _are_apart(one: Any, other: Any) -> bool:
    """Whether between two texts is a space, or the end of a line that was one."""
    return bool(one.text[-1].isspace() or other.text[0].isspace() or getattr(other, "space_before", False))


def show(stream: Any, box: Any, begun: int) -> None:
    """Show the edges of a text, in what a stream has shown of it since it had so many operators."""
    left, right = getattr(box, "edges", (False, False))
    shown = stream.stream[begun:]
    if b"ET" not in shown or not stream._old_font:  # noqa: SLF001 - a text without a glyph
        return
    fonts = [name for name in map(_font, shown) if name] or [stream._old_font[0]]  # noqa: SLF001
    if right:
        end = len(shown) - 1 - shown[::-1].index(b"ET")
        stream.stream[begun + end : begun + end] = _space(stream, fonts[-1], -_ASIDE)
    if left:
        begin = shown.index(b"BT") + 1
        while isinstance(shown[begin], bytes) and shown[begin].endswith((b" Tm", b" Tf")):
            begin += 1
        stream.stream[begun + begin : begun + begin] = _space(stream, fonts[0], _ASIDE)


def _font(operator: Any) -> str:
    """The font that an operator chooses, "" for any other operator."""
    is_choice = isinstance(operator, bytes) and operator.endswith(b" Tf")
    return operator[1:].split()[0].decode() if is_choice else ""


def _space(stream: Any, name: str, aside: int) -> list[bytes]:
    """The operator that shows, to the left, an empty glyph of a font that says a space; none where it has none."""
    fonts = [font for font in stream._fonts.values() if font.hash == name]  # noqa: SLF001
    letters = letters_of(fonts[0])
    if letters.empty is None:
        return []
    for font in fonts:
        font.widths[letters.empty] = 0
    number = code(letters.empty, _SAID, RIGHT_TO_LEFT_MARK if letters.carriers else "", fonts)
    return [f"[{aside}<{number:04x}>{-aside}] TJ".encode()]
