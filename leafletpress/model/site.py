"""The hospital or service whose name, phone numbers and web addresses are printed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from leafletpress.model.problems import Origin

PhoneKind = Literal["emergency", "out_of_hours", "clinic", "call_back", "whatsapp"]
WebKind = Literal["booking", "second_opinion", "specialists", "health_checks"]


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as it is printed where the site stands, the link that dials it, its extension, its hours by locale."""

    kind: PhoneKind
    number: str
    link: str
    extension: str | None = None
    hours: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Web:
    """A web page (https); it gets a QR code with its address beside it."""

    kind: WebKind
    address: str


@dataclass(frozen=True, slots=True)
class Site:
    """One hospital or service: its names by locale (English always), phones and web pages in order of printing.

    `editions` are the names of those that it builds. `logo` is the name and content of a PNG or JPEG file. Its Word
    files bring their fonts or not (`embeds_fonts`), and their text is kept from slips of the hand or not (`protected`).
    """

    id: str
    region: str
    name: Mapping[str, str]
    service: Mapping[str, str]
    phones: tuple[Phone, ...]
    web: tuple[Web, ...]
    editions: tuple[str, ...]
    embeds_fonts: bool
    logo: tuple[str, bytes] | None
    protected: bool
    origin: Origin

    def phone(self, kind: PhoneKind) -> str | None:
        """The first number of this kind, if the site has one."""
        return next((phone.number for phone in self.phones if phone.kind == kind), None)
