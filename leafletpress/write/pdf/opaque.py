"""Keeps what is transparent out of a PDF: many a printer makes one picture, slow and unsharp, of a page that has any.

WeasyPrint puts each background picture into a transparency group (ISO 32000-1, 11.6.6), though all of it is opaque.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

SEEN_THROUGH = (
    "something is transparent (`opacity`, or a colour that lets others through): printers make a picture of such a "
    "page, slow and without sharp letters; mix the colour with white instead"
)


def ungroup(pdf: Any) -> None:
    """Make plain forms of the transparency groups of a PDF: the same to see where nothing is transparent."""
    for part in pdf.objects:
        if isinstance(part, pydyf.Stream):
            part.extra.pop("Group", None)


def is_see_through(pdf: Any) -> bool:
    """Whether anything in a PDF is transparent: a state of the graphics, or a picture with a mask."""
    return any("SMask" in part or _opacity(part) < 1 for part in _dictionaries(pdf))


def _dictionaries(pdf: Any) -> Iterator[Any]:
    """The states of graphics of a PDF, and what its streams say of themselves."""
    for part in pdf.objects:
        own = part.extra if isinstance(part, pydyf.Stream) else part
        if isinstance(own, dict):
            yield own
            inside = own.get("Resources", own)
            yield from inside.get("ExtGState", {}).values() if isinstance(inside, dict) else ()


def _opacity(state: Any) -> float:
    return float(min(state.get("ca", 1), state.get("CA", 1)))
