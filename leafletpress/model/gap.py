"""A text that could not be printed as it should."""

from dataclasses import dataclass
from typing import Literal

from leafletpress.model.problems import Origin


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that must not go to the public: not written yet, or in English for want of a good translation.

    `origin` is where to mend it.
    """

    origin: Origin
    context: str
    reason: Literal["missing", "fuzzy", "failing", "unfinished"]
    text: str
    issue: str = ""
