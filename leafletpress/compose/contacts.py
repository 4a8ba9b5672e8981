"""How readers get in touch: on the contact card and beside "Call us today"; whether a leaflet has a number to call."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Literal

from leafletpress.compose.wording import Wording, joined, unbroken
from leafletpress.model.blocks import Callout, Contact, Level, Section, Way
from leafletpress.model.gap import Gap
from leafletpress.model.handout import Text
from leafletpress.model.leaflet import Leaflet, Message
from leafletpress.model.site import ContactKind, Phone, PhoneKind, Site
from leafletpress.model.text.markup import parse, plain
from leafletpress.model.walk import section_texts

# Where a person answers who can be asked.
_ANSWERED: tuple[PhoneKind, ...] = ("clinic", "out_of_hours", "call_back")
# Whom boxes of a level have called: the first of these that the site has.
_CALLED: Mapping[Level, tuple[PhoneKind, ...]] = {"today": ("clinic", "call_back"), "soon": ("call_back", "clinic")}
_US = (
    r"us|our|(?:the|your)\s+(?:\w+\s+)?(?:clinic|hospital|ward|department|unit|service|team|nurse)|th(?:e|is)\s+number"
)
_CALL_US = re.compile(
    rf"\b(?:(?:call|phone|ring|telephone)\s+(?:{_US})|give\s+us\s+a\s+(?:call|ring))\b", re.IGNORECASE
)


def ways(leaflet: Leaflet, site: Site, wording: Wording) -> Iterator[Way[Text]]:
    """The ways to get in touch with a site that a leaflet prints, in order of printing."""
    for phone in (phone for phone in site.phones if _prints(leaflet, phone.kind)):
        hours = wording.hours(phone.hours, site.region) if phone.hours else None
        yield Way(wording.words(f"contact_{phone.kind}"), _number(phone, wording), phone.link, hours)
    if site.email and _prints(leaflet, "email"):
        yield Way(wording.words("contact_email"), wording.plain(site.email), f"mailto:{site.email}", form="line")
    if site.address and _prints(leaflet, "address"):
        yield Way(wording.words("contact_address"), wording.own_english(site.origin, site.address), "", form="line")
    pages = [page for page in site.web if _prints(leaflet, page.kind)]
    for page in (*pages[1:], *pages[:1]):
        address = wording.plain(page.address.removeprefix("https://"))
        form: Literal["line", "code"] = "code" if page is pages[0] else "line"
        yield Way(wording.words(f"contact_{page.kind}"), address, page.address, form=form)


def calls(level: Level, leaflet: Leaflet, site: Site, wording: Wording) -> Iterator[Text]:
    """Whom a box of this level has called: the number, then its hours and where somebody answers at other times."""
    printed = [phone for phone in site.phones if _prints(leaflet, phone.kind)]
    first = next((phone for kind in _CALLED.get(level, ()) for phone in printed if phone.kind == kind), None)
    if first is None:
        return
    yield _dialled(first, wording)
    further = [wording.hours(first.hours, site.region)] if first.hours else []
    for phone in printed if level == "today" else ():
        if phone.kind == "out_of_hours":
            label = wording.words(f"contact_{phone.kind}")
            number = _dialled(phone, wording)
            *before, last = label.runs
            further.append(replace(label, runs=(*before, replace(last, text=f"{last.text} "), *number.runs)))
    if any(text.language for text in further):  # each says for itself in which language it is
        yield from further
    elif further:
        yield joined(*further)


def _dialled(phone: Phone, wording: Wording) -> Text:
    """A number that stands out, and dials itself where it can."""
    number = _number(phone, wording)
    return replace(number, runs=tuple(replace(run, strong=True, link=phone.link) for run in number.runs))


def _prints(leaflet: Leaflet, kind: ContactKind) -> bool:
    return not leaflet.contacts or kind in leaflet.contacts


def _number(phone: Phone, wording: Wording) -> Text:
    """A number with its extension, in one line."""
    if phone.extension is None:
        return wording.plain(unbroken(phone.number))
    words = wording.words("phone_extension", {"number": phone.number, "extension": phone.extension})
    return replace(words, runs=tuple(replace(run, text=unbroken(run.text)) for run in words.runs))


def unreachable(sections: tuple[Section[Message], ...], leaflet: Leaflet, site: Site) -> Gap | None:
    """What is wrong where these sections tell their reader to call and print no number that somebody answers."""
    told = next((message for section in sections for message in _tells_to_call(section)), None)
    if told is None:
        return None
    if not any(isinstance(block.content, Contact) for section in sections for block in section.blocks):
        return Gap(told.origin, told.context, "unreachable", told.text, "give it a contact block")
    kinds = f"{', '.join(_ANSWERED[:-1])} or {_ANSWERED[-1]}"
    if not any(_prints(leaflet, kind) for kind in _ANSWERED):
        return Gap(told.origin, told.context, "unreachable", told.text, f"take {kinds} into its contacts")
    if not any(phone.kind in _ANSWERED and _prints(leaflet, phone.kind) for phone in site.phones):
        hint = f"give the site a phone of the kind {kinds}"
        return Gap(site.origin, told.context, "unreachable", told.text, hint)
    return None


def _tells_to_call(section: Section[Message]) -> Iterator[Message]:
    """The texts of a section that say so, and those under the heading "Call us today"."""
    for block in section.blocks:
        match block.content:
            case Callout("today", None, text, bullets):
                yield from (text,) if text else bullets[:1]
    yield from (message for message in section_texts(section) if _CALL_US.search(plain(parse(message.text)[0])))
