"""A text that could not be printed as it should."""

from dataclasses import dataclass
from typing import Literal

from leafletpress.model.problems import Origin

# The reasons for which a text is printed in English.
UNTRANSLATED = ("missing", "fuzzy", "failing")


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that must not go to the public: not written yet, in English for want of a good translation, or one that
    tells people to call (`unreachable`) where no number is printed.

    `origin` is where to mend it. `safety` is whether the text bears safety.
    """

    origin: Origin
    context: str
    reason: Literal["missing", "fuzzy", "failing", "unfinished", "unreachable"]
    text: str
    issue: str = ""
    safety: bool = False
