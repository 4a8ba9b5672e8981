"""From what was written to what is printed: choose the audience, translate, put facts in, format for the locale."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from leafletpress.blocks import Block, Callout, Contact, Level, Section, Way, for_audience, walk
from leafletpress.errors import LeafletError, Origin, Problem
from leafletpress.facts import numbers, unit_of
from leafletpress.handout import Handout, Head, Notes, References, Run, Text
from leafletpress.islands import islands
from leafletpress.leaflet import UNFILLED, Fact, Leaflet, Message, Source
from leafletpress.locale import SOURCE, Locale
from leafletpress.markup import Piece, is_words, locked, parse
from leafletpress.site import PhoneKind, Site, dialled
from leafletpress.templates import Audience

NO_BREAK_SPACE = "\u00a0"
FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Gap:
    """A text that must not go to the public: not written yet, or in English for want of a good translation.

    `origin` is where to mend it.
    """

    origin: Origin
    context: str
    reason: Literal["missing", "fuzzy", "failing", "unfinished"]
    text: str
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Composition:
    """A handout and the gaps in its translation; only one without gaps may be released."""

    handout: Handout
    gaps: tuple[Gap, ...]


def compose(
    leaflet: Leaflet, locale: Locale, audience: Audience, site: Site, furniture: Mapping[str, Message]
) -> Composition:
    """The handout of one leaflet for one audience in one language, from one site."""
    composer = _Composer(leaflet, locale, audience, site, furniture)
    handout = composer.handout()
    return Composition(handout, tuple(dict.fromkeys(composer.gaps)))


class _Composer:
    """Composes one handout; collects the sources in order of citation, and the gaps."""

    def __init__(
        self, leaflet: Leaflet, locale: Locale, audience: Audience, site: Site, furniture: Mapping[str, Message]
    ) -> None:
        self._leaflet, self._locale, self._audience, self._site = leaflet, locale, audience, site
        self._furniture = furniture
        self._cited: dict[str, int] = {}
        self.gaps: list[Gap] = []

    def handout(self) -> Handout:
        leaflet, locale, audience = self._leaflet, self._locale, self._audience
        service = self._own_words(self._site.name, " · ", self._site.service)
        label = self._words(audience.label)
        title = self._message(leaflet.title)
        subtitle = self._message(leaflet.subtitle)
        first = leaflet.main_message.get(audience.id)
        main_message = self._message(first) if first else None
        sections = tuple(self._section(section) for section in for_audience(leaflet.sections, audience.id))
        notes = Notes(self._words("notes"), audience.notes_lines) if audience.notes_lines else None
        references = self._references()
        code = f"{leaflet.code}-{audience.letter}-{locale.tag}"
        details = self._details()
        page_label = self._words("page", {"page": None, "pages": None})
        next_review = self._words("next_review", {"date": locale.month(leaflet.next_review)})
        version = self._words("version", {"version": leaflet.version})
        foot = self._joined(self._plain(code), version, self._plain(locale.own_name), next_review)
        return Handout(
            condition=leaflet.condition,
            audience=audience.id,
            locale=locale.name,
            language=locale.tag,
            direction=locale.direction,
            code=code,
            version=leaflet.version,
            status="draft",
            dated=leaflet.written.isoformat(),
            head=Head(service, label, self._drafts(), title, subtitle, details, main_message),
            sections=sections,
            notes=notes,
            references=references,
            foot=foot,
            page_label=page_label,
            typography=locale.typography,
            pictures=tuple(sorted(leaflet.pictures.items())),
        )

    # --- head -----------------------------------------------------------------------------------------------------

    def _drafts(self) -> tuple[Text, ...]:
        drafts = [self._words("draft_leaflet")]
        if self._locale.draft:
            drafts.append(self._words("draft_translation"))
        if any(gap.reason != "unfinished" for gap in self.gaps):
            drafts.append(self._words("draft_untranslated"))
        return tuple(drafts)

    def _details(self) -> Text:
        locale, leaflet = self._locale, self._leaflet
        language = locale.own_name
        if locale.english_name != locale.own_name:
            language += f" ({locale.english_name})"
        codes = [f"{name.upper().replace('_', '-')} {code}" for name, code in leaflet.codes.items()]
        return self._joined(
            self._plain(language),
            *(self._plain(code) for code in codes if self._audience.shows_codes),
            self._words("version", {"version": leaflet.version}),
            self._words("written", {"date": locale.day(leaflet.written)}),
            self._words("next_review", {"date": locale.month(leaflet.next_review)}),
        )

    def _joined(self, *texts: Text) -> Text:
        """The texts in one line, a middle dot between them."""
        dot = Run(f"{NO_BREAK_SPACE}· ")
        runs = [run for text in texts for run in (dot, *text.runs)]
        return Text(tuple(runs[1:]))

    # --- sections -------------------------------------------------------------------------------------------------

    def _section(self, section: Section[Message]) -> Section[Text]:
        translated = walk(section, lambda _place, message: self._message(message))
        return Section(translated.id, translated.heading, tuple(self._furnished(block) for block in translated.blocks))

    def _furnished(self, block: Block[Text]) -> Block[Text]:
        """The block with what the site and the template words add to it; what is not printed falls away."""
        match block.content:
            case Callout(level, heading, text, bullets):
                return Block(block.id, Callout(level, heading or self._level(level), text, bullets))
            case Contact(text):
                return Block(block.id, Contact(text, self._ways()))
            case content:
                return Block(block.id, content)

    def _level(self, level: Level) -> Text:
        number = self._site.phone("emergency") if level == "now" else None
        if number:
            return self._words("level_now_number", {"number": _unbroken(number)})
        return self._words(f"level_{level}")

    def _ways(self) -> tuple[Way[Text], ...]:
        ways = []
        for phone in self._site.phones:
            hours = self._own_words(phone.hours) if phone.hours else None
            label = self._words(f"contact_{phone.kind}")
            ways.append(Way(label, self._plain(_unbroken(phone.number)), _phone_link(phone.kind, phone.number), hours))
        for page in self._site.web:
            shown = self._plain(page.address.removeprefix("https://"))
            ways.append(Way(self._words(f"contact_{page.kind}"), shown, page.address, qr=True))
        return tuple(ways)

    def _references(self) -> References | None:
        sources = [self._leaflet.sources[key] for key in self._cited]
        if not sources:
            return None
        for key, source in zip(self._cited, sources, strict=True):
            if UNFILLED in f"{source.authors} {source.title} {source.publisher}":
                self.gaps.append(Gap(self._leaflet.title.origin, f"sources.{key}", "unfinished", source.title))
        heading = self._words(self._audience.references_heading)
        if self._audience.numbered_references:
            items = tuple(self._english(_numbered(source), untranslated=False) for source in sources)
            return References(heading, items, numbered=True)
        runs = [run for run in dict.fromkeys(map(_listed, sources)) for run in (Run(" · "), run)]
        return References(heading, (self._english(tuple(runs[1:]), untranslated=False),), numbered=False)

    # --- text -----------------------------------------------------------------------------------------------------

    def _words(self, key: str, values: Mapping[str, str | None] | None = None) -> Text:
        """Template words, their {names} filled in; a value None is a page field."""
        return self._text(FURNITURE, self._template_words(key), values or {})

    def _template_words(self, key: str) -> Message:
        if key not in self._furniture:
            raise LeafletError([Problem(Origin("templates/furniture.toml"), f'the words "{key}" are missing')])
        return self._furniture[key]

    def _message(self, message: Message) -> Text:
        return self._text(self._leaflet.condition, message, {})

    def _text(self, domain: str, message: Message, values: Mapping[str, str | None]) -> Text:
        english, _ = parse(message.text)
        if UNFILLED in message.text:
            self.gaps.append(Gap(message.origin, message.context, "unfinished", message.text))
        pieces = english if not is_words(english) else self._translated(domain, message, english)
        locale = self._locale if pieces is not None else self._locale.english
        runs: list[Run] = []
        for piece in english if pieces is None else pieces:
            match piece.kind:
                case "words":
                    runs.extend(self._linked(piece))
                case "citation":
                    self._cite(runs, (piece.value,))
                case "fact" if piece.value in values:
                    value = values[piece.value]
                    runs.append(
                        Run(value, strong=piece.strong) if value is not None else Run("", field=_field(piece.value))
                    )
                case "fact":
                    fact = self._leaflet.facts[piece.value]
                    runs.append(Run(self._fact(fact, locale), strong=piece.strong))
                    self._cite(runs, fact.sources)
        if pieces is None:
            return self._english(tuple(runs), untranslated=True)
        return Text(self._isolated(runs))

    def _translated(self, domain: str, message: Message, english: tuple[Piece, ...]) -> tuple[Piece, ...] | None:
        """The pieces of the translation, or None with a gap noted."""
        found = self._locale.translate(domain, message.context, message.text)
        if found.text is None or found.state != "translated":
            reason: Literal["missing", "fuzzy"] = "fuzzy" if found.state == "fuzzy" else "missing"
            self.gaps.append(Gap(found.origin, message.context, reason, message.text))
            return None
        pieces, faults = parse(found.text)
        fault = faults[0].text if faults else _difference(english, pieces)
        if fault:
            self.gaps.append(Gap(found.origin, message.context, "failing", message.text, fault))
            return None
        return pieces

    def _linked(self, piece: Piece) -> tuple[Run, ...]:
        """The run of some words; a link is followed by its address, for paper can't be clicked."""
        if piece.link is None:
            return (Run(piece.value, strong=piece.strong),)
        address = self._leaflet.links[piece.link]
        shown = address.removeprefix("https://").rstrip("/")
        return (Run(piece.value, strong=piece.strong, link=address), Run(f" ({shown})", strong=piece.strong))

    def _cite(self, runs: list[Run], sources: tuple[str, ...]) -> None:
        """Note the citations; where references are numbered, print the numbers, those that meet as one.

        They stand in brackets, so that nobody reads the one behind a figure as part of it.
        """
        numbers_ = [self._cited.setdefault(source, len(self._cited) + 1) for source in sources]
        if not self._audience.numbered_references or not numbers_:
            return
        before = runs.pop().text.strip("[]").split(",") if runs and runs[-1].raised else []
        merged = dict.fromkeys([*before, *map(str, numbers_)])
        runs.append(Run(f"[{','.join(merged)}]", raised=True))

    def _plain(self, text: str) -> Text:
        return Text(self._isolated([Run(text)]))

    def _own_words(self, *parts: Mapping[str, str] | str) -> Text:
        """A site's own words in this language, else in English and noted as a gap."""
        name = self._locale.name
        if all(isinstance(part, str) or name in part for part in parts):
            return self._plain("".join(part if isinstance(part, str) else part[name] for part in parts))
        english = "".join(part if isinstance(part, str) else part[SOURCE] for part in parts)
        self.gaps.append(Gap(self._site.origin, "site", "missing", english))
        return self._english((Run(english),), untranslated=True)

    def _english(self, runs: tuple[Run, ...], *, untranslated: bool) -> Text:
        """English text in this handout; `untranslated` where it only stands in for a translation."""
        if self._locale.name == self._locale.english.name:
            return Text(runs)
        return Text(runs, language=self._locale.english.tag, direction="ltr", untranslated=untranslated)

    def _isolated(self, runs: list[Run]) -> tuple[Run, ...]:
        """The runs, those in one manner joined, cut at the borders of islands where the script runs right to left.

        They are joined first, so that "OR" and the figure behind it make one island.
        """
        joined: list[Run] = []
        for run in runs:
            if joined and not run.field and replace(joined[-1], text=run.text) == run:
                run = replace(run, text=joined.pop().text + run.text)
            joined.append(run)
        if self._locale.direction == "ltr":
            return tuple(joined)
        return tuple(
            replace(run, text=text, island=island)
            for run in joined
            for text, island in ([(run.text, run.raised)] if run.raised or run.field else islands(run.text))
        )

    # --- figures --------------------------------------------------------------------------------------------------

    def _fact(self, fact: Fact, locale: Locale) -> str:
        """A fact as the locale writes it, in one line."""
        if fact.kind == "text":
            return fact.value
        first, last = numbers(fact)
        match fact.kind:
            case "ratio" | "rate":
                pair = {"part": locale.number(first), "whole": locale.number(last or first)}
                return self._pattern(fact.kind, locale, pair)
            case "range" | "count":
                low, high = locale.number(first), None if last is None else locale.number(last)
            case "percentage":
                low = locale.percent(first)
                high = None if last is None else locale.percent(last)
            case "dose" | "duration" | "length" | "temperature":
                unit, per = unit_of(fact)
                low = locale.quantity(first, unit) if last is None else locale.number(first)
                high = None if last is None else locale.quantity(last, unit)
                if per and high is None:
                    low = self._pattern(f"per_{per}", locale, {"dose": low})
                elif per and high:
                    high = self._pattern(f"per_{per}", locale, {"dose": high})
        return _unbroken(low if high is None else self._pattern("range", locale, {"low": low, "high": high}))

    def _pattern(self, key: str, locale: Locale, values: Mapping[str, str]) -> str:
        """A pattern of the template words, such as "{low} to {high}", filled in."""
        message = self._template_words(key)
        if locale.name == self._locale.name:
            return _unbroken(str(self._text(FURNITURE, message, values)))
        return _unbroken("".join(values.get(piece.value, piece.value) for piece in parse(message.text)[0]))


def _numbered(source: Source) -> tuple[Run, ...]:
    """A full reference."""
    parts = (source.authors or "", source.title, _published(source))
    line = " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)
    shown = source.address.removeprefix("https://").removeprefix("www.")
    return Run(f"{line} "), Run(shown, link=source.address)


def _listed(source: Source) -> Run:
    """Who published it and when: what a reader of a short list can judge."""
    return Run(_published(source))


def _published(source: Source) -> str:
    return source.publisher if source.year == "no date" else f"{source.publisher}, {source.year}"


def _field(name: str) -> Literal["page", "pages"]:
    return "page" if name == "page" else "pages"


def _unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK_SPACE)


def _phone_link(kind: PhoneKind, number: str) -> str:
    digits = dialled(number)
    return f"https://wa.me/{digits.lstrip('+')}" if kind == "whatsapp" else f"tel:{digits}"


def _difference(english: tuple[Piece, ...], translated: tuple[Piece, ...]) -> str:
    """What a translation fails to carry over, in words; empty when nothing."""
    before, after = locked(english), locked(translated)
    for what, wanted in before.items():
        if after[what] != wanted:
            return f"{what}: English has {_counted(wanted)}, the translation {_counted(after[what])}"
    return ""


def _counted(counted: Counter[str]) -> str:
    return ", ".join(sorted(counted.elements())) or "none"
