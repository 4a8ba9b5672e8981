"""From what was written to what is printed: choose the audience, translate, put facts in, format for the locale."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from leafletpress.compose.contacts import calls, unreachable, ways
from leafletpress.compose.head import Voice, stated
from leafletpress.compose.records import Records
from leafletpress.compose.wording import Wording, joined, unbroken
from leafletpress.model.approval import Standing
from leafletpress.model.audience import Audience
from leafletpress.model.blocks import Block, Callout, Contact, Definition, Definitions, Level, Section
from leafletpress.model.digests import english_digest, translation_digest
from leafletpress.model.gap import Gap
from leafletpress.model.handout import Handout, Head, Notes, References, Run, Text, WriteIn
from leafletpress.model.leaflet import UNFILLED, Leaflet, Message, Source
from leafletpress.model.locale import SOURCE, Locale
from leafletpress.model.site import Site
from leafletpress.model.text.languages import is_words
from leafletpress.model.text.quantities import NO_BREAK_SPACE
from leafletpress.model.walk import for_audience, walk


@dataclass(frozen=True, slots=True)
class Composition:
    """A handout, the gaps in its translation, and how far its approval has come."""

    handout: Handout
    gaps: tuple[Gap, ...]
    standing: Standing


def compose(
    leaflet: Leaflet,
    locale: Locale,
    audience: Audience,
    site: Site,
    furniture: Mapping[str, Message],
    records: Records,
    staff: Locale | None = None,
) -> Composition:
    """The handout of one leaflet for one audience in one language, from one site, with what is on record of it.

    To `staff` who speak another language than the reader, its head says which leaflet it is.
    """
    wording = Wording(leaflet, locale, audience, furniture)
    unstated = _Composer(leaflet, locale, audience, site, wording).handout()

    def english() -> Standing:
        return compose(leaflet, locale.english, audience, site, furniture, records).standing

    stands = records.standing(unstated, wording.gaps, leaflet, english)
    voice = None
    if staff and staff.name != locale.name:
        voice = Voice(staff, Wording(leaflet, staff, audience, furniture))
    handout = stated(unstated, leaflet, audience, stands, Voice(locale, wording), voice)
    return Composition(handout, tuple(dict.fromkeys(wording.gaps)), stands)


class _Composer:
    """Composes one handout, its texts worded by `wording`."""

    def __init__(self, leaflet: Leaflet, locale: Locale, audience: Audience, site: Site, wording: Wording) -> None:
        self._leaflet, self._locale, self._audience, self._site = leaflet, locale, audience, site
        self._wording = wording

    def handout(self) -> Handout:
        """The handout without its state: that follows from the text."""
        leaflet, locale, audience = self._leaflet, self._locale, self._audience
        service = self._service()
        label = self._wording.words(audience.label)
        title = self._wording.message(leaflet.title)
        subtitle = self._wording.message(leaflet.subtitle)
        first = leaflet.main_message.get(audience.id)
        main_message = self._wording.message(first) if first else None
        written = tuple(for_audience(leaflet.sections, audience.id))
        sections = tuple(self._section(section) for section in written)
        if gap := unreachable(written, self._leaflet, self._site):
            self._wording.gaps.append(gap)
        references = self._references()
        changes = self._changes()
        logo = (f"site/{self._site.logo[0]}", self._site.logo[1]) if self._site.logo else None
        revision = locale.revision(leaflet.condition)
        return Handout(
            condition=leaflet.condition,
            audience=audience.id,
            locale=locale.name,
            language=locale.tag,
            direction=locale.direction,
            code=f"{leaflet.code}-{audience.letter}-{locale.tag}",
            version=leaflet.version,
            revision=revision,
            english=english_digest(leaflet, audience.id),
            translation=None if revision is None else translation_digest(self._wording.translations),
            check_code="",
            status="draft",
            dated=leaflet.written.isoformat(),
            next_review=leaflet.next_review.isoformat(),
            head=Head(service, label, (), title, subtitle, Text(()), main_message, logo=logo and logo[0]),
            sections=sections,
            notes=self._notes(),
            references=references,
            changes=changes,
            foot=Text(()),
            page_label=self._wording.words("page", {"page": None, "pages": None}),
            print_hint=self._wording.words("print_pdf"),
            typography=locale.typography,
            embeds_fonts=self._site.embeds_fonts,
            pictures=tuple(sorted([*self._pictures().items(), *([logo] if logo else [])])),
            protected=self._site.protected,
            spellings=tuple((one.tag, one.spelled_in(self._site.region)) for one in (locale, locale.english)),
            foreign_words=() if locale.name == locale.english.name else (*locale.foreign_words, *self._kept_words()),
            codes=tuple(sorted(leaflet.codes.items())),
            changed_in=tuple(change.version for change in leaflet.changes),
        )

    def _kept_words(self) -> Iterator[tuple[str, str]]:
        """The author's own words that no language translates: facts of words."""
        facts = self._leaflet.facts.values()
        yield from ((fact.value, SOURCE) for fact in facts if fact.kind == "text" and is_words(fact.value))

    def _pictures(self) -> dict[str, bytes]:
        instead = self._leaflet.right_to_left_pictures if self._locale.direction == "rtl" else {}
        return {**self._leaflet.pictures, **instead}

    # --- head -----------------------------------------------------------------------------------------------------

    def _service(self) -> Text:
        """Whose leaflet it is: beside a service that is there in English alone, the name is English too."""
        origin, name, service = self._site.origin, self._site.name, self._site.service
        if isinstance(service, str):
            english = name if isinstance(name, str) else name[SOURCE]
            return self._wording.own_english(origin, f"{english} · {service}")
        return self._wording.own_words(origin, name, " · ", service)

    # --- sections -------------------------------------------------------------------------------------------------

    def _section(self, section: Section[Message]) -> Section[Text]:
        translated = walk(section, lambda _place, message: self._wording.message(message))
        return Section(translated.id, tuple(self._furnished(block) for block in translated.blocks), translated.heading)

    def _furnished(self, block: Block[Text]) -> Block[Text]:
        """The block with what the site and the template words add to it; without what is not printed."""
        match block.content:
            case Callout(level, None, text, bullets):
                called = tuple(calls(level, self._leaflet, self._site, self._wording))
                return Block(block.id, Callout(level, self._level(level), text, bullets, called))
            case Contact(text):
                return Block(block.id, Contact(text, tuple(ways(self._leaflet, self._site, self._wording))))
            case content:
                return Block(block.id, content)

    def _level(self, level: Level) -> Text:
        number = self._site.phone("emergency") if level == "now" else None
        if number:
            return self._wording.words("level_now_number", {"number": unbroken(number)})
        return self._wording.words(f"level_{level}")

    def _notes(self) -> Notes | None:
        if not self._leaflet.notes:
            return None
        lines = self._audience.notes_lines
        fields = tuple(
            WriteIn(name, self._wording.words(f"form_{name}"), written)
            for name, written in self._audience.fields.items()
        )
        return Notes(self._wording.words("notes"), fields, lines) if fields or lines else None

    def _changes(self) -> Section[Text] | None:
        items = []
        for change in self._leaflet.changes:
            version = self._wording.words("version", {"version": change.version})
            day = self._wording.plain(unbroken(self._locale.day(change.day)))
            items.append(Definition(joined(version, day), self._wording.message(change.why)))
        if not items:
            return None
        listed = Block("changes", Definitions(tuple(items)))
        return Section("list-of-changes", (listed,), self._wording.words("changes"))

    def _references(self) -> References | None:
        sources = [self._leaflet.sources[key] for key in self._wording.cited]
        if not sources:
            return None
        for key, source in zip(self._wording.cited, sources, strict=True):
            if UNFILLED in f"{source.authors} {source.title} {source.publisher}":
                self._wording.gaps.append(Gap(self._leaflet.title.origin, f"sources.{key}", "unfinished", source.title))
        heading, back = (self._wording.words(key) for key in (self._audience.references_heading, "back_to_text"))
        if self._audience.numbered_references:
            items = tuple(self._wording.english(_numbered(source), untranslated=False) for source in sources)
            return References(heading, items, numbered=True, back=back)
        runs = [run for run in dict.fromkeys(map(_listed, sources)) for run in (Run(f"{NO_BREAK_SPACE}· "), run)]
        line = self._wording.english(tuple(runs[1:]), untranslated=False)
        return References(heading, (line,), numbered=False, back=back)


def _numbered(source: Source) -> tuple[Run, ...]:
    """A full reference."""
    parts = (source.authors or "", source.title, _published(source))
    line = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
    address = source.address.removeprefix("https://").removeprefix("www.")
    return Run(f"{line} "), Run(address, link=source.address)


def _listed(source: Source) -> Run:
    """Who published it: what a reader of a short list can judge."""
    return Run(_VOLUME.split(source.publisher)[0])


# Where a journal's name ends, and its volume, pages and the like begin.
_VOLUME = re.compile(r"[,;]?\s[0-9(]")


def _published(source: Source) -> str:
    return source.publisher if source.year == "no date" else f"{source.publisher}, {source.year}"
