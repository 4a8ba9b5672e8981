"""Chooses the spacing with which a document keeps to its pages and nothing on them stands badly."""

from collections.abc import Callable
from math import inf
from typing import Any

from leafletpress.write.pdf.breaks import LATE, faults, rungs_off

# The shares of their usual height that spaces may have, in the order in which they are tried: a last page with next to
# nothing is sooner filled by wide spaces than spared by tight ones, and pages have air by it. And those that they may
# have so that the emergency box stands whole on the first page, or that a booklet takes a sheet less.
SPACINGS = (1.0, 1.2, 0.92, 0.85, 1.1)
TIGHTER = (0.72, 0.6, 0.5)


def balanced(lay_out: Callable[[float, bool], Any], most: int, *, folded: bool = False, ladder: bool = False) -> Any:
    """The pages at the spacing that leaves no late warning, then the fewest pages over `most` and the fewest faults.

    Where a `ladder` has room on the first page, its rungs that are not there come before faults. `lay_out` gives the
    laid-out document for a spacing, and with the emergency box whole or parted: where no spacing brings it to the first
    page, better over two than on the second alone. Of equals, the first that was tried is taken.
    """
    best, least, too_wide, too_wide_for_ladder = None, (False, 0, 0, 0), inf, inf
    for whole, spacings in ((True, SPACINGS), (True, TIGHTER), (False, SPACINGS)):
        waiting = list(spacings)
        while waiting:
            spacing = waiting.pop(0)
            # Wider spaces bring no box forward and spare no page.
            if whole and (spacing >= too_wide or (spacing >= too_wide_for_ladder and not least[2])):
                continue
            document = lay_out(spacing, whole)
            found = list(faults(document, folded=folded))
            over, late = max(len(document.pages) - most, 0), any(fault.kind == LATE for fault in found)
            off = rungs_off(document) if ladder else 0
            too_wide = min(too_wide, spacing) if over or late else too_wide
            if off:
                too_wide_for_ladder = min(too_wide_for_ladder, spacing)
                waiting.sort(key=lambda other: (other > 1, abs(other - 1)))
            cost = late, over, off, len(found)
            if best is None or cost < least:
                best, least = document, cost
            if not any(least):
                return best
        late, over, *_ = least
        if not late and not (over and folded and spacings is SPACINGS):
            break
    return best
