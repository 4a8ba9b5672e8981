"""Chooses the spacing with which a document keeps to its pages and nothing on them stands badly."""

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Any, TypeAlias

from leafletpress.write.pdf import boxes
from leafletpress.write.pdf.breaks import LATE, faults, is_late, rungs_off
from leafletpress.write.pdf.patches.pages import watched
from leafletpress.write.pdf.tall import too_tall

# The shares of their usual height that spaces may have, in the order in which they are tried: a last page with next to
# nothing is sooner filled by wide spaces than spared by tight ones, and pages have air by it. And those that they may
# have so that the emergency box stands whole on the first page, or that a booklet takes a sheet less.
SPACINGS = (1.0, 1.2, 0.92, 0.85, 1.1)
TIGHTER = (0.72, 0.6, 0.5)

# What is amiss, the weightiest first: a late warning, pages over the budget, rungs off the first page, faults.
_Cost: TypeAlias = tuple[bool, float, float, float]
_NOTHING, _LATE, _ANYTHING = (False, 0, 0, 0), (True, 0, 0, 0), (True, inf, inf, inf)
_FIRST_TWO = 2


def balanced(lay_out: Callable[[float, bool], Any], most: int, *, folded: bool = False, ladder: bool = False) -> Any:
    """The pages at the spacing that leaves no late warning, then the fewest pages over `most` and the fewest faults.

    Where a `ladder` has room on the first page, its rungs that are not there come before faults. `lay_out` gives the
    laid-out document for a spacing, and with the emergency box whole or parted: where no spacing brings it to the first
    page, better over two than on the second alone. Of equals, the first that was tried is taken.

    A layout ends with the page behind which it can't be the best; late ones are weighed only where all are late.
    """
    search = _Search(lay_out, most, folded=folded, ladder=ladder)
    return search.best(_LATE) or search.best(_ANYTHING)


class _GivenUpError(Exception):
    """A layout can't be the best: so much at least is amiss with it."""

    def __init__(self, cost: _Cost) -> None:
        super().__init__(cost)
        self.cost = cost


@dataclass(frozen=True)
class _Search:
    """The rules by which layouts of a document are compared; see `balanced`."""

    lay_out: Callable[[float, bool], Any]
    most: int
    folded: bool
    ladder: bool

    def best(self, least: _Cost) -> Any:
        """The best layout of those with which less is amiss than `least`; None where there is none."""
        best, too_wide = None, inf
        off_at: dict[float, float] = {}
        for whole, spacings in ((True, SPACINGS), (True, TIGHTER), (False, SPACINGS)):
            waiting = list(spacings)
            while waiting:
                spacing = waiting.pop(0)
                # Wider spaces bring no box forward and spare no page.
                fewest_off = max((off for other, off in off_at.items() if other <= spacing), default=0)
                if whole and (spacing >= too_wide or (False, 0, fewest_off, 0) >= least):
                    continue
                document, cost = self._tried(spacing, whole, least)
                late, over, off, _ = cost
                # The tightest spaces tell in two pages whether any bring the box forward.
                if late and whole and too_wide == inf and least == _LATE:
                    too_wide = 0 if self._is_late_at(TIGHTER[-1]) else spacing
                too_wide = min(too_wide, spacing) if over or late else too_wide
                if off:
                    off_at[spacing] = off
                    waiting.sort(key=lambda other: (other > 1, abs(other - 1)))
                if document is not None and cost < least:
                    best, least = document, cost
                if least == _NOTHING:
                    return best
            late, over, *_ = least
            if not late and not (over and self.folded and spacings is SPACINGS):
                break
        return best

    def _is_late_at(self, spacing: float) -> bool:
        """Whether the emergency box, kept whole, is known not to come to the first page."""
        (late, *_) = self._tried(spacing, True, _NOTHING)[1]
        return late

    def _tried(self, spacing: float, whole: bool, least: _Cost) -> tuple[Any, _Cost]:
        """The document at a spacing, and what is amiss with it.

        Where no less than `least` is amiss, the layout may end early: there is no document then, and the cost is that
        of the pages that were laid out.
        """
        first: _Cost = _NOTHING

        def see(pages: list[Any]) -> None:
            nonlocal first
            seen = boxes.Seen(pages)
            if len(pages) == _FIRST_TWO:
                first = is_late(seen), 0, self._off(seen), 0
            if len(pages) >= _FIRST_TWO:
                cost = self._at_least(pages, first, least)
                if cost >= least and not too_tall(seen):
                    raise _GivenUpError(cost)

        try:
            with watched(see):
                document = self.lay_out(spacing, whole)
        except _GivenUpError as given_up:
            return None, given_up.cost
        found = list(faults(document, folded=self.folded))
        late = any(fault.kind == LATE for fault in found)
        return document, (late, self._over(document.pages), self._off(document), len(found))

    def _at_least(self, pages: list[Any], first: _Cost, least: _Cost) -> _Cost:
        """What is amiss with the pages so far, of which the first two are known.

        Faults are looked for only where they decide, and not on the last of the pages: it may become another yet, when
        something on the next proves too tall.
        """
        late, _, off, _ = first
        cost = late, self._over(pages), off
        decide = cost == least[:3] and least[3]
        return *cost, sum(1 for _ in faults(boxes.Seen(pages[:-1]), folded=True)) if decide else 0

    def _over(self, pages: list[Any]) -> int:
        return max(len(pages) - self.most, 0)

    def _off(self, document: Any) -> int:
        return rungs_off(document) if self.ladder else 0
