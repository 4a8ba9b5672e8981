"""Shows raised signs behind the text in which they stand: PDF.js parts a word at each, PDFBox puts a space there.

A move leads back to the place of each, and another to the end of the text. A sign says nothing where it is drawn: what
it is, empty glyphs in the text say (letters.py).
"""

import re
from collections import ChainMap
from typing import Any

import pydyf

from leafletpress.write.pdf.patches.strings import SHOWN, numbers

_Sign = tuple[float, bytes, bytes]
"""How far behind the begin of the text a sign stands, the operator that raises it, and the one that shows it."""

_FIRST_MOVE = re.compile(rb"\[(-?[0-9.e-]+)?")


def show(stream: Any, text: str) -> None:
    """Show a raised sign, which says nothing here, and remember where: at the operator that raises it."""
    if _is_rise(stream.stream[-1]):
        vars(stream).setdefault("signs", set()).add(len(stream.stream) - 1)
    pydyf.Stream.begin_marked_content(stream, "Span", pydyf.Dictionary({"ActualText": pydyf.String("")}))
    pydyf.Stream.show_text(stream, text)
    pydyf.Stream.end_marked_content(stream)


def put_last(stream: Any, begun: int) -> None:
    """Move the signs in what a stream has shown since it had so many operators behind the glyphs of their font."""
    places: set[int] | None = vars(stream).pop("signs", None)
    if not places:
        return
    operators = enumerate(stream.stream[begun:], begun)
    del stream.stream[begun:]
    widths: Any = {}
    signs: list[_Sign] = []
    far = skipped = 0.0
    for place, operator in operators:
        if place in places:
            sign = next(one for _, one in operators if _shows(one))
            next(one for _, one in operators if one == b"0 Ts")
            signs.append((far, operator, sign))
            skipped += _width(sign, widths)
            far += _width(sign, widths)
        elif _shows(operator):
            stream.stream.append(_moved(operator, skipped))
            far, skipped = far + _width(operator, widths), 0.0
        else:
            _show_kept(stream, signs, far - skipped, far, widths)
            far = skipped = 0.0
            widths = _widths(stream, operator) or widths
            stream.stream.append(operator)


def _show_kept(stream: Any, signs: list[_Sign], at: float, end: float, widths: Any) -> None:
    """Show the signs that were left out, each at its place, and go on at the end of the text."""
    if signs:
        pydyf.Stream.begin_marked_content(stream, "Span", pydyf.Dictionary({"ActualText": pydyf.String("")}))
        for place, rise, sign in signs:
            stream.stream += [rise, _moved(sign, place - at)]
            at = place + _width(sign, widths)
        stream.stream.append(b"0 Ts")
        pydyf.Stream.end_marked_content(stream)
        stream.stream.append(_moved(b"[] TJ", end - at))
        signs.clear()


def _is_rise(operator: Any) -> bool:
    return isinstance(operator, bytes) and operator.endswith(b" Ts") and operator != b"0 Ts"


def _shows(operator: Any) -> bool:
    return isinstance(operator, bytes) and operator.endswith(b" TJ")


def _moved(shown: bytes, move: float) -> bytes:
    """What is shown, a move further to the right: in thousandths of the size of type."""
    if not move:
        return shown
    return _FIRST_MOVE.sub(lambda found: b"[%.6g" % (float(found[1] or 0) - move), shown, count=1)


def _width(shown: bytes, widths: Any) -> float:
    """How far what is shown leads to the right."""
    far = 0.0
    for found in SHOWN.finditer(shown[1:-4].decode()):
        glyphs = found[1]
        far += -float(found[0]) if glyphs is None else sum(widths[number] for number in numbers(glyphs))
    return far


def _widths(stream: Any, operator: Any) -> Any:
    """The width of each number that shows a glyph of the font that an operator chooses, None where it chooses none."""
    if not isinstance(operator, bytes) or not operator.endswith(b" Tf"):
        return None
    name = operator[1:].split()[0].decode()
    fonts = [font for font in stream._fonts.values() if font.hash == name]  # noqa: SLF001
    known = ChainMap(*(font.widths for font in fonts))
    others = {number: glyph for (glyph, _), number in getattr(fonts[0], "codes", {}).items() if glyph in known}
    return ChainMap({number: known[glyph] for number, glyph in others.items()}, known)
