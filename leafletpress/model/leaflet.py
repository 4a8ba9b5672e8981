"""What the clinical author wrote: one condition's leaflet, still in English, each text with its place in the file."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Annotated, Literal

from leafletpress.model.blocks import KINDS, Section
from leafletpress.model.forms import Pattern, PlainWords, WebAddress
from leafletpress.model.links import Link
from leafletpress.model.locale import PSEUDO_LOCALES, SOURCE
from leafletpress.model.problems import Origin
from leafletpress.model.site import ContactKind
from leafletpress.model.text.markup import is_words, parse
from leafletpress.model.text.negation import strong_negations
from leafletpress.model.text.urgency import tells_to_act
from leafletpress.model.walk import Place, for_audience, section_texts

# A text with these words, as a new leaflet has them, waits for its author.
UNFILLED = "FILL IN"
# The context of the texts that say what changed with a version. They stand on web pages, and wait there in English for
# their translation.
CHANGES = "leaflet.changes"
# The catalog of the template words.
FURNITURE = "furniture"

FactKind = Literal[
    "dose",
    "frequency",
    "measurement",
    "range",
    "ratio",
    "percentage",
    "count",
    "duration",
    "length",
    "temperature",
    "rate",
    "text",
]
# Kinds of facts that tell how to take something: each text that prints one bears safety.
_TAKEN: tuple[FactKind, ...] = ("dose", "frequency")


@dataclass(frozen=True, slots=True)
class Message:
    """English text with markup, white space folded: what a translator translates.

    Identity is context and text. `place` and `origin` serve comments and error messages.
    """

    text: str
    origin: Origin
    place: Place

    @property
    def context(self) -> str:
        """The msgctxt."""
        return self.place.context

    @property
    def key(self) -> tuple[str, str]:
        """What it is known by: its context and its text."""
        return self.context, self.text


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure that no translator can touch; `value` and `unit` as the author wrote them, checked by the reader.

    Every text that prints it bears safety if it is a dose or a frequency, or if its author says so (`safety`).
    """

    kind: FactKind
    value: str
    unit: str | None
    sources: tuple[str, ...]
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from; `checked` is the day on which its details were looked up."""

    title: PlainWords
    publisher: PlainWords
    year: Annotated[str, Pattern(r"\d{4}|no date", 'four digits, or "no date"')]
    address: WebAddress
    checked: date
    authors: PlainWords | None = None
    evidence: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What changed with a version, on a day, told to those who read the leaflet."""

    version: str
    day: date
    why: Message


@dataclass(frozen=True, slots=True)
class Leaflet:
    """One condition's leaflet as written.

    `version_origin` and `review_origin` are the places of `version` and `next_review` in the file. It is made for
    `audiences` and in `languages` (and English) alone, and prints those of the site's `contacts`; empty tuples stand
    for all. With `notes` it has the lines to write on that its audience has. `sides` are the most sides of paper that
    it may have in the default edition, for audiences for which it sets its own.
    `pictures` holds the content of each picture's file; `right_to_left_pictures`, by the same names, what takes its
    place where the script runs right to left. The newest of `changes` is the first. `linked` are the
    conditions of other leaflets that decide what its links lead to.
    """

    condition: str
    code: str
    title: Message
    subtitle: Message
    main_message: Mapping[str, Message]
    codes: Mapping[str, str]
    version: str
    version_origin: Origin
    written: date
    next_review: date
    review_origin: Origin
    readability_exceptions: tuple[str, ...]
    links: Mapping[str, Link]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    sections: tuple[Section[Message], ...]
    pictures: Mapping[str, bytes]
    right_to_left_pictures: Mapping[str, bytes]
    changes: tuple[Change, ...] = ()
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contacts: tuple[ContactKind, ...] = ()
    notes: bool = True
    sides: Mapping[str, int] = field(default_factory=dict)
    linked: tuple[str, ...] = ()

    def is_for(self, audience: str) -> bool:
        """Whether it is made for an audience."""
        return not self.audiences or audience in self.audiences

    def is_in(self, locale: str) -> bool:
        """Whether it is made in a language."""
        return is_in(self.languages, locale)


def is_in(languages: Collection[str], locale: str) -> bool:
    """Whether what is in some languages (none: in all) is in this one; in English and test languages it always is."""
    return not languages or locale in languages or locale in (SOURCE, *PSEUDO_LOCALES)


def read_by(leaflet: Leaflet, audience: str) -> list[Message]:
    """The texts that an audience reads, in reading order."""
    main = leaflet.main_message.get(audience)
    sections = for_audience(leaflet.sections, audience)
    head = [leaflet.title, leaflet.subtitle, *([main] if main else [])]
    changes = [change.why for change in leaflet.changes]
    return [*head, *(text for section in sections for text in section_texts(section)), *changes]


def is_translated(message: Message, facts: Mapping[str, Fact]) -> bool:
    """Whether a text has an entry in catalogs: it has words, or a figure that somebody takes.

    A cell that is nothing but a dose has no words, but translators must see when the dose changes.
    """
    pieces, _ = parse(message.text)
    named = (facts.get(piece.value) for piece in pieces if piece.kind == "fact")
    return is_words(pieces) or any(fact is not None and fact.kind in _TAKEN for fact in named)


def bears_safety(message: Message, facts: Mapping[str, Fact]) -> bool:
    """Whether a wrong word in a text harms.

    It warns, is a step, says not to, or has a dose or a frequency; or it is in a block and tells when to act or of pain
    or medicines; or its author marked it so.
    """
    pieces, _ = parse(message.text)
    named = [facts[piece.value] for piece in pieces if piece.kind == "fact" and piece.value in facts]
    in_figures = any(fact.kind in _TAKEN or fact.safety for fact in named)
    in_words = message.place.kind in KINDS and tells_to_act(pieces)
    return message.place.safety or strong_negations(pieces) > 0 or in_figures or in_words


def messages(leaflet: Leaflet) -> Iterator[Message]:
    """Every text of the leaflet in reading order: what extraction writes and what the checks read."""
    yield leaflet.title
    yield leaflet.subtitle
    yield from leaflet.main_message.values()
    for section in leaflet.sections:
        yield from section_texts(section)
    yield from (change.why for change in leaflet.changes)
