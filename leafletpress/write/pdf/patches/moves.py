"""Writes moves between glyphs so that every reader makes them: none behind an empty string, none behind another move.

WeasyPrint writes both where a glyph is put to its place. PDFium forgets such moves, and draws Bengali words over
themselves.
"""

import re
from typing import Any

from leafletpress.write.pdf.patches.strings import SHOWN

_DIGITS = 4  # a thousandth of the size of type is a unit; the eye sees none of these


def show_text(stock: Any) -> Any:
    """For `pydyf.Stream.show_text`: show glyphs, as numbers in hexadecimal between < and >, moves between them."""

    def ours(self: Any, text: str) -> None:
        if "<>" in text:
            text = SHOWN.sub(_one_move, text.replace("<>", " "))
        if text:
            stock(self, text)

    return ours


def _one_move(shown: re.Match[str]) -> str:
    """The one move that several make; glyphs as they are."""
    if shown[0][0] == "<":
        return shown[0]
    move = round(sum(map(float, shown[0].split())), _DIGITS)
    return f"{move:g}" if move else ""
