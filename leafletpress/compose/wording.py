"""Words for paper: a message becomes the text that is printed, translated, its facts put in, its islands isolated."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import partial
from typing import Literal

from leafletpress.compose.figures import written
from leafletpress.model.audience import Audience
from leafletpress.model.facts import frequency, shown_to_translators
from leafletpress.model.gap import Gap
from leafletpress.model.handout import Direction, Run, Text
from leafletpress.model.leaflet import FURNITURE, UNFILLED, Fact, Leaflet, Message, bears_safety, is_translated
from leafletpress.model.locale import SOURCE, Locale, Translation
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.site import Opening
from leafletpress.model.text.islands import in_order, islands_over
from leafletpress.model.text.markup import Piece, parse
from leafletpress.model.text.quantities import NO_BREAK_SPACE, in_one_line, kept_together

_APART = "\u200f"  # in place of a run that stands by itself: a right-to-left mark, which no text may hold


class Wording:
    """Words the texts of one handout; collects the sources in order of citation (`cited`), and the gaps.

    `translations` are those of the leaflet's texts, by context and English.
    """

    def __init__(self, leaflet: Leaflet, locale: Locale, audience: Audience, furniture: Mapping[str, Message]) -> None:
        self._leaflet, self._locale, self._audience, self._furniture = leaflet, locale, audience, furniture
        self.cited: dict[str, int] = {}
        self.gaps: list[Gap] = []
        self.translations: dict[tuple[str, str], str | None] = {}

    def words(self, key: str, values: Mapping[str, str | None] | None = None) -> Text:
        """Template words, their {names} filled in, each in one line; a value None is a page field."""
        return self._text(FURNITURE, self._template_words(key), values or {})

    def _template_words(self, key: str) -> Message:
        if key not in self._furniture:
            text, hint = f'the words "{key}" are missing', "take them over from the program's own file of this name"
            raise LeafletError([Problem(Origin("templates/furniture.toml", 1, 1), text, hint)])
        return self._furniture[key]

    def message(self, message: Message) -> Text:
        """A text of the leaflet."""
        return self._text(self._leaflet.condition, message, {})

    def _text(self, domain: str, message: Message, values: Mapping[str, str | None]) -> Text:
        english, _ = parse(message.text)
        if UNFILLED in message.text:
            self.gaps.append(Gap(message.origin, message.context, "unfinished", message.text))
        facts = {} if domain == FURNITURE else self._leaflet.facts
        pieces = self._translated(domain, message) if is_translated(message, facts) else english
        if domain != FURNITURE and self._lacks_words(message, english):
            pieces = None
        locale = self._locale if pieces is not None else self._locale.english
        runs: list[Run] = []
        for piece in english if pieces is None else pieces:
            match piece.kind:
                case "words":
                    runs.extend(self._linked(piece, kept_together(piece.value, locale.tag)))
                case "citation":
                    self._cite(runs, (piece.value,))
                case "fact" if piece.value in values:
                    value = values[piece.value]
                    runs.append(
                        Run("", field=_field(piece.value))
                        if value is None
                        else Run(in_one_line(value, locale.tag), strong=piece.strong)
                    )
                case "fact":
                    fact = self._leaflet.facts[piece.value]
                    runs.append(Run(self._fact(fact, locale), strong=piece.strong))
                    self._cite(runs, fact.sources)
        text = Text(self._isolated(runs)) if pieces is not None else self.english(tuple(runs), untranslated=True)
        return replace(text, context=message.context)

    def _translated(self, domain: str, message: Message) -> tuple[Piece, ...] | None:
        """The pieces of the translation, or None with a gap noted."""
        found = self._locale.translate(domain, message.context, message.text)
        if domain != FURNITURE:
            found = self._known_values(message, found)
            self.translations[message.key] = found.text
        if found.text is None or found.state != "translated":
            reason = "missing" if found.state == "translated" else found.state
            safety = bears_safety(message, self._leaflet.facts)
            self.gaps.append(Gap(found.origin, message.context, reason, message.text, found.issue, safety))
            return None
        return parse(found.text)[0]

    def _lacks_words(self, message: Message, english: tuple[Piece, ...]) -> bool:
        """Whether the language has no words for how often something is done, as a text says; then a gap is noted."""
        named = [self._leaflet.facts.get(piece.value) for piece in english if piece.kind == "fact"]
        often = [frequency(fact).words for fact in named if fact and fact.kind == "frequency"]
        lacked = next((words for words in often if not self._locale.has_words(words)), None)
        if lacked is None:
            return False
        safety = bears_safety(message, self._leaflet.facts)
        place = Origin(f"locales/{self._locale.name}/locale.toml", 1, 1)
        issue = f'the language has no words for "{lacked}"'
        self.gaps.append(Gap(place, message.context, "failing", message.text, issue, safety))
        return True

    def _known_values(self, message: Message, found: Translation) -> Translation:
        """The translation; it counts as fuzzy until its translator saw the values that its facts have now."""
        for piece in parse(message.text)[0] if found.text is not None and found.comments is not None else ():
            fact = self._leaflet.facts.get(piece.value) if piece.kind == "fact" else None
            if fact and shown_to_translators(piece.value, fact) not in (found.comments or ""):
                issue = f"{{{piece.value}}} is {fact.value} now, which no translator saw"
                return Translation(None, "fuzzy", found.origin, issue)
        return found

    def _linked(self, piece: Piece, words: str) -> tuple[Run, ...]:
        """The run of the words of a piece; a link is followed by its address, for paper can't be clicked."""
        if piece.link is None:
            return (Run(words, strong=piece.strong, shift=piece.shift),)
        link = self._leaflet.links[piece.link]
        address: str | None = link.address
        shown = unbroken(link.shown)
        if link.code:
            address = link.beside(self._audience.id, self._locale.name)
            shown = f"{link.code}-{self._audience.letter}-{link.language(self._locale.name).replace('_', '-')}"
        runs = Run(words, link=address), Run(" ("), Run(shown, link=address), Run(")")
        return tuple(replace(run, strong=piece.strong) for run in runs)

    def _cite(self, runs: list[Run], sources: tuple[str, ...]) -> None:
        """Note the citations; where references are numbered, print the numbers, those that meet as one.

        They stand in brackets, so that nobody reads the one behind a figure as part of it.
        """
        numbers_ = [self.cited.setdefault(source, len(self.cited) + 1) for source in sources]
        if not self._audience.numbered_references or not numbers_:
            return
        before = runs.pop().text.strip("[]").split(",") if runs and runs[-1].raised else []
        merged = dict.fromkeys([*before, *map(str, numbers_)])
        runs.append(Run(f"[{','.join(merged)}]", raised=True))

    def plain(self, text: str) -> Text:
        """A text that is the same in every language."""
        return Text(self._isolated([Run(text)]))

    def hours(self, openings: tuple[Opening, ...], region: str) -> Text:
        """Opening hours in one line, as CLDR writes days and times; in English where a word between them is missing."""
        known = len(self.gaps)
        said = self._hours(openings, region, self._locale)
        if len(self.gaps) == known:
            return self.plain(said)
        return self.english((Run(self._hours(openings, region, self._locale.english)),), untranslated=True)

    def _hours(self, openings: tuple[Opening, ...], region: str, locale: Locale) -> str:
        days = (locale.listed([self._days(run, locale) for run in opening.days]) for opening in openings)
        times = (self._times(opening, region, locale) for opening in openings)
        return f"{NO_BREAK_SPACE}· ".join(map(locale.beside, days, times))

    def _days(self, run: tuple[int, int], locale: Locale) -> str:
        first, last = map(locale.weekday, run)
        if first == last:
            return first
        return self._pattern("opening_days", {"first": first, "last": last}, locale).replace(NO_BREAK_SPACE, " ")

    def _times(self, opening: Opening, region: str, locale: Locale) -> str:
        if opening.begin == opening.end:
            return unbroken(locale.quantity(Decimal(24), "duration-hour"))
        low, high = (locale.clock(value, region) for value in (opening.begin, opening.end))
        return self._pattern("range", {"low": low, "high": high}, locale)

    def own_words(self, origin: Origin, *parts: Mapping[str, str] | str) -> Text:
        """A site's own words in this language, else in English and noted as a gap."""
        own = [part if isinstance(part, str) else self._locale.choose(part) for part in parts]
        if None not in own:
            text = "".join(part for part in own if part is not None)
            self._look_for_unfilled(origin, text)
            return self.plain(text)
        english = "".join(part if isinstance(part, str) else part[SOURCE] for part in parts)
        self.gaps.append(Gap(origin, "site", "missing", english))
        return self.english((Run(english),), untranslated=True)

    def own_english(self, origin: Origin, text: str) -> Text:
        """A site's own words that are the same in every language, and English."""
        self._look_for_unfilled(origin, text)
        return self.english((Run(text),), untranslated=False)

    def _look_for_unfilled(self, origin: Origin, text: str) -> None:
        if UNFILLED in text:
            self.gaps.append(Gap(origin, "site", "unfinished", text))

    def english(self, runs: tuple[Run, ...], *, untranslated: bool) -> Text:
        """English text in this handout; `untranslated` where it only stands in for a translation."""
        if self._locale.name == self._locale.english.name:
            return Text(runs)
        return Text(runs, language=self._locale.english.tag, direction="ltr", untranslated=untranslated)

    def _isolated(self, runs: list[Run]) -> tuple[Run, ...]:
        return isolated(runs, self._locale.direction)

    def _fact(self, fact: Fact, locale: Locale) -> str:
        """A fact as the locale writes it, in one line."""
        pattern = partial(self._pattern, locale=locale)
        return written(fact, locale, pattern, in_full=self._audience.units_in_full)

    def _pattern(self, key: str, values: Mapping[str, str], locale: Locale) -> str:
        """A pattern of the template words, such as "{low} to {high}", filled in."""
        message = self._template_words(key)
        if locale.name == self._locale.name:
            return in_one_line(str(self._text(FURNITURE, message, values)), locale.tag)
        said = (values.get(piece.value, piece.value) for piece in parse(message.text)[0])
        return in_one_line("".join(said), locale.tag)


def isolated(runs: Iterable[Run], direction: Direction) -> tuple[Run, ...]:
    """The runs, those in one manner joined, cut at the borders of islands where the script runs right to left.

    An island goes on over the end of a run, but not over a reference number or what a writer fills in.
    """
    joined: list[Run] = []
    for run in runs:
        if joined and not run.field and replace(joined[-1], text=run.text) == run:
            run = replace(run, text=joined.pop().text + run.text)
        joined.append(run)
    if direction == "ltr":
        return tuple(joined)
    marked = [_APART if run.raised or run.field or run.shift == "line" else run.text for run in joined]
    return tuple(part for parts in map(_cut, joined, islands_over(marked)) for part in parts)


def _cut(run: Run, stretches: list[tuple[str, bool]]) -> list[Run]:
    if run.raised or run.field or run.shift == "line":
        return [replace(run, island=run.raised)]
    return [replace(run, text=in_order(text) if island else text, island=island) for text, island in stretches]


def _field(name: str) -> Literal["page", "pages"]:
    return "page" if name == "page" else "pages"


def joined(*texts: Text) -> Text:
    """The texts in one line, a middle dot between them."""
    dot = Run(f"{NO_BREAK_SPACE}· ")
    runs = [run for text in texts for run in (dot, *text.runs)]
    return Text(tuple(runs[1:]))


def unbroken(text: str) -> str:
    """The text in one line: its spaces made no-break spaces."""
    return text.replace(" ", NO_BREAK_SPACE)
