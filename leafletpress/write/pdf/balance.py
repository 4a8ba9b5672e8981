"""Chooses the spacing with which a document keeps to its pages and nothing on them stands badly."""

from collections.abc import Callable
from typing import Any

from leafletpress.write.pdf.breaks import LATE, faults

# The shares of their usual height that spaces may have, in the order in which they are tried. At the last, the style
# sheet lets the emergency box go over two pages: better so than that it begins on the second.
SPACINGS = (1.0, 0.9, 0.8, 0.72, 0.65, 1.15, 0.5, 0.49)


def balanced(lay_out: Callable[[float], Any], most: int, *, folded: bool = False) -> Any:
    """The pages at the spacing that leaves the fewest of them over `most`, then no late warning and the fewest faults.

    `lay_out` gives the laid-out document for a spacing. Of equals, the first in `SPACINGS` is taken.
    """
    best, least = None, (0, False, 0)
    for spacing in SPACINGS:
        document = lay_out(spacing)
        found = list(faults(document, folded=folded))
        cost = max(len(document.pages) - most, 0), any(fault.kind == LATE for fault in found), len(found)
        if best is None or cost < least:
            best, least = document, cost
        if least == (0, False, 0):
            break
    return best
