"""The hospital or service whose name, phone numbers and web addresses are printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Literal

from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import Origin

PhoneKind = Literal["emergency", "out_of_hours", "clinic", "call_back", "text_relay", "interpreter", "whatsapp"]
WebKind = Literal["booking", "second_opinion", "specialists", "health_checks", "map"]
ContactKind = Literal[PhoneKind, WebKind, "email", "address"]
# Words by locale (English always), or a proper name that is the same in all of them.
Name = Mapping[str, str] | str


@dataclass(frozen=True, slots=True)
class Opening:
    """When it is open: runs of days (the first and the last, 0 for Monday), and the hours on each.

    Hours that end before they begin go on after midnight; those that begin and end at one time are the whole day.
    """

    days: tuple[tuple[int, int], ...]
    begin: time
    end: time


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is printed where the site stands, the link that dials it, its extension, its hours."""

    kind: PhoneKind
    number: str
    link: str
    extension: str | None = None
    hours: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True)
class Web:
    """A web page (https); it gets a QR code with its address beside it."""

    kind: WebKind
    address: str


@dataclass(frozen=True, slots=True)
class Policy:
    """What a release of a site lets out: `drafts`, with the mark on their paper, beside what is approved; what is past
    its review (`expired`), marked too; and a translation whose English moved on, for `lag_days` after the day of that.

    Text that bears safety never lags, and is `put_back` into English by somebody before it is let out.
    """

    drafts: bool = False
    expired: bool = False
    lag_days: int = 0
    put_back: bool = True


@dataclass(frozen=True, slots=True)
class Site:
    """One hospital or service: its names, its phones and web pages in order of printing, its other addresses.

    `editions` are the names of those that it builds. `logo` is the name and content of a PNG or JPEG file. Its Word
    files bring their fonts or not (`embeds_fonts`), and their text is kept from slips of the hand or not (`protected`).
    `staff` is the language (a folder of locales/) of those who hand out leaflets.
    """

    id: str
    region: str
    name: Name
    service: Name
    phones: tuple[Phone, ...]
    email: str | None
    address: str | None
    web: tuple[Web, ...]
    editions: tuple[str, ...]
    embeds_fonts: bool
    logo: tuple[str, bytes] | None
    protected: bool
    origin: Origin
    staff: str = SOURCE
    policy: Policy = Policy()

    def phone(self, kind: PhoneKind) -> str | None:
        """The first number of this kind, if the site has one."""
        return next((phone.number for phone in self.phones if phone.kind == kind), None)
