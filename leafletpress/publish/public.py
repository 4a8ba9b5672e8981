"""What a project has to say of the documents that are made public: how they must be, and what stands beside them."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from leafletpress.model.approval import Signoffs, Withdrawal
from leafletpress.model.audience import Audience
from leafletpress.model.document import Document
from leafletpress.model.leaflet import Message
from leafletpress.model.locale import SOURCE, Locale
from leafletpress.model.papers import Papers
from leafletpress.model.problems import Problem
from leafletpress.model.releases import Key, Releases
from leafletpress.model.site import Site


@dataclass(frozen=True, slots=True)
class Expected:
    """How a document of the project must be: on at most so many `sides`, of this `english` (its digest).

    Either is None where the sources can't be read.
    """

    english: str | None = None
    sides: int | None = None


@dataclass(frozen=True, slots=True)
class Public:
    """A project on a day, as far as those who get its documents are concerned.

    `locales` are its languages with their template words (`furniture`). `has_handout` says whether it makes a leaflet
    in a language for an audience, `expected` how a document must be, None where it does not make it. `unread` are the
    conditions whose records can't be read, `problems` those for which nothing may be published. `render` makes a page
    that is no leaflet, by its name, of the values that its template names. `papers` are all that were ever published.
    """

    site: Site
    locales: Mapping[str, Locale]
    furniture: Mapping[str, Message]
    audiences: Mapping[str, Audience]
    signoffs: Mapping[str, Signoffs]
    releases: Releases
    today: date
    has_handout: Callable[[Key], bool]
    expected: Callable[[Document], Expected | None]
    render: Callable[..., str]
    unread: Collection[str] = ()
    problems: tuple[Problem, ...] = ()
    papers: Papers = field(default_factory=dict)

    def withdrawal(self, key: Key) -> Withdrawal | None:
        """That of a leaflet in a language for an audience, if it was withdrawn."""
        condition, locale, audience = key
        signoffs = self.signoffs.get(condition)
        return signoffs.withdrawal(locale, audience) if signoffs else None

    @property
    def staff(self) -> Locale:
        """The language of the staff, or English where that can't be read."""
        return self.locales.get(self.site.staff) or self.locales[SOURCE]
