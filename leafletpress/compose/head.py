"""What stands above the text and repeats on each page: which leaflet it is, for whom, and how far it has come."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from leafletpress.compose.wording import Wording, joined, unbroken
from leafletpress.model.approval import Standing
from leafletpress.model.audience import Audience
from leafletpress.model.digests import printed_digest
from leafletpress.model.handout import Handout, Text, Typography
from leafletpress.model.leaflet import Leaflet
from leafletpress.model.locale import Locale
from leafletpress.model.text.check_code import check_code


@dataclass(frozen=True, slots=True)
class Voice:
    """A language in which something is said of a leaflet, and its wording: that of its reader, or of the staff."""

    locale: Locale
    wording: Wording


def stated(
    handout: Handout, leaflet: Leaflet, audience: Audience, standing: Standing, reader: Voice, staff: Voice | None
) -> Handout:
    """The handout with its state, the line for staff who read another language, and what is made of all of it."""
    version = handout.version if handout.revision is None else f"{handout.version}-{handout.revision}"
    numbered = reader.wording.words("version", {"version": version})
    next_review = _next_review(leaflet, reader)
    head = replace(
        handout.head,
        marks=tuple(_marks(leaflet, standing, reader)),
        details=_details(leaflet, audience, standing, reader, numbered, next_review),
        staff=_for_staff(handout, leaflet, audience, standing, staff) if staff else None,
    )
    handout = replace(handout, status=standing.state, head=head, typography=_typography(handout.typography, staff))
    code = check_code(printed_digest(handout))
    named = (reader.wording.plain(f"{handout.code} {code}"), numbered, reader.wording.plain(handout.dated), next_review)
    return replace(handout, check_code=code, foot=joined(*map(_in_one_line, named)))


def _marks(leaflet: Leaflet, standing: Standing, voice: Voice) -> Iterator[Text]:
    """What its paper must warn of on each page."""
    words = voice.wording.words
    if standing.lacks("author") or standing.lacks("clinician"):
        yield words("draft_leaflet")
    if standing.lacks("translator") or standing.lacks("reviser"):
        yield words("draft_translation")
    if standing.untranslated:
        behind = {"count": str(standing.untranslated)}
        yield words("behind", behind) if standing.behind else words("draft_untranslated")
    if standing.state == "expired":
        yield words("expired", {"date": voice.locale.month(leaflet.next_review)})


def _details(
    leaflet: Leaflet, audience: Audience, standing: Standing, voice: Voice, numbered: Text, next_review: Text
) -> Text:
    locale, wording = voice.locale, voice.wording
    language = locale.own_name
    if locale.english_name != locale.own_name:
        language += f" ({locale.english_name})"
    codes = [f"{name.upper().replace('_', '-')} {code}" for name, code in leaflet.codes.items()]
    return joined(
        wording.plain(language),
        *(wording.plain(code) for code in codes if audience.shows_codes),
        numbered,
        wording.words("written", {"date": locale.day(leaflet.written)}),
        *_approved(standing, voice),
        next_review,
    )


def _for_staff(handout: Handout, leaflet: Leaflet, audience: Audience, standing: Standing, staff: Voice) -> Text:
    """What a nurse must know who can't read the leaflet: for whom it is, about what, its state and its next check."""
    wording = staff.wording
    begin = wording.words("for_staff")
    line = joined(
        begin,
        wording.plain(handout.code),
        wording.words(audience.label),
        wording.message(leaflet.title),
        *(_approved(standing, staff) or [wording.words(f"status_{standing.state.replace(' ', '_')}")]),
        _next_review(leaflet, staff),
    )
    return replace(line, language=staff.locale.tag, direction=staff.locale.direction, context=begin.context)


def _approved(standing: Standing, voice: Voice) -> list[Text]:
    if standing.state != "approved" or standing.day is None:
        return []
    return [voice.wording.words("approved", {"date": voice.locale.day(standing.day)})]


def _next_review(leaflet: Leaflet, voice: Voice) -> Text:
    return voice.wording.words("next_review", {"date": voice.locale.month(leaflet.next_review)})


def _typography(typography: Typography, staff: Voice | None) -> Typography:
    """The fonts of the reader's language, and behind them those of the staff's."""
    theirs = staff.locale.typography.families if staff else ()
    return replace(typography, families=tuple(dict.fromkeys((*typography.families, *theirs))))


def _in_one_line(text: Text) -> Text:
    return replace(text, runs=tuple(replace(run, text=unbroken(run.text)) for run in text.runs))
