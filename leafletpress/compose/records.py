"""What is on record of a leaflet: who signed it, what of it was published, what was withdrawn."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from leafletpress.model.approval import Signoffs, Standing, standing
from leafletpress.model.digests import signed_digest
from leafletpress.model.gap import UNTRANSLATED, Gap
from leafletpress.model.handout import Handout, texts
from leafletpress.model.leaflet import CHANGES, Leaflet
from leafletpress.model.locale import SOURCE
from leafletpress.model.releases import Releases


@dataclass(slots=True)
class Records:
    """The signatures and withdrawals of a condition, what was published of all conditions, and the day it is."""

    today: date
    signoffs: Signoffs = field(default_factory=Signoffs)
    releases: Releases = field(default_factory=dict)
    _english: dict[str, Standing] = field(default_factory=dict, init=False, repr=False)

    def standing(
        self, handout: Handout, gaps: Iterable[Gap], leaflet: Leaflet, english: Callable[[], Standing]
    ) -> Standing:
        """How far a handout has come; `english` gives the same of the text that it translates, and is asked once."""
        audience = handout.audience
        if handout.locale != SOURCE and audience not in self._english:
            self._english[audience] = english()
        return standing(
            self.signoffs,
            handout.locale,
            audience,
            signed_digest(handout),
            whole=not any(gap.reason in UNTRANSLATED and gap.context != CHANGES for gap in gaps),
            untranslated=sum(text.untranslated for text in texts(handout)),
            published=(handout.condition, handout.locale, audience) in self.releases,
            english=None if handout.locale == SOURCE else self._english[audience],
            next_review=leaflet.next_review,
            today=self.today,
        )
