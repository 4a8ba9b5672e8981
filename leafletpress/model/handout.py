"""What is printed: one leaflet for one reader in one language, chosen, translated, formatted and bidi-isolated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from leafletpress.model.blocks import Figure, Section
from leafletpress.model.text.markup import Shift
from leafletpress.model.walk import section_texts

Direction = Literal["ltr", "rtl"]
Field = Literal["page", "pages"]
Written = Literal["words", "figures", "date"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text that is set in one way.

    `island` keeps its left-to-right order inside right-to-left text, together with its neighbours that do (a strong
    "5" and "mg"), unless one is `raised`, which is a reference number; `field` (with empty text) is filled in by the
    writer on each page. `shift` is where words stand that are raised or lowered, or "line" for a line break, "\n".
    """

    text: str
    strong: bool = False
    island: bool = False
    raised: bool = False
    link: str | None = None
    field: Field | None = None
    shift: Shift | None = None


def is_reference(run: Run) -> bool:
    """Whether a run that was read back as raised is the number of a reference, which stands in brackets."""
    return run.raised and run.text.startswith("[")


@dataclass(frozen=True, slots=True)
class Text:
    """The runs of one paragraph, heading, item or cell.

    `language` (BCP 47) and `direction` are set where they differ from the handout's; `untranslated` marks
    English that stands in for a translation. `context` is that of the message it was made of, "" where it was none.
    """

    runs: tuple[Run, ...]
    language: str | None = None
    direction: Direction | None = None
    untranslated: bool = False
    context: str = ""

    def __str__(self) -> str:
        return "".join(run.text for run in self.runs)


def whole_islands(runs: Iterable[Run]) -> Iterator[tuple[Run, ...]]:
    """The runs, those that are one island together."""
    for is_island, found in groupby(runs, key=lambda run: run.island and not run.raised):
        group = tuple(found)
        yield from [group] if is_island else [(run,) for run in group]


@dataclass(frozen=True, slots=True)
class Typography:
    """How a script is set: font families in order of preference, and line height as a multiple of the size."""

    families: tuple[str, ...]
    line_height: float


@dataclass(frozen=True, slots=True)
class WriteIn:
    """A line to write on, with its prompt and what is written there."""

    id: str
    prompt: Text
    written: Written


@dataclass(frozen=True, slots=True)
class Notes:
    """Lines for the reader to write on: those with a prompt, then `lines` without."""

    heading: Text
    fields: tuple[WriteIn, ...]
    lines: int


@dataclass(frozen=True, slots=True)
class References:
    """The sources in order of first citation: one item each where the text carries their numbers, else one line.

    `back` names the link from an item to where it is cited, in formats that have such links.
    """

    heading: Text
    items: tuple[Text, ...]
    numbered: bool
    back: Text


@dataclass(frozen=True, slots=True)
class Head:
    """What is printed above the text: whose leaflet it is, for whom, which, how old, and how far it has come.

    `marks` warn on each page: that it is a draft, behind the English, past its check date. `staff` says to those who
    can't read the leaflet which it is, in their language. `logo` is the name of a picture of the handout; its text
    alternative is the name of the service.
    """

    service: Text
    audience: Text
    marks: tuple[Text, ...]
    title: Text
    subtitle: Text
    details: Text
    main_message: Text | None
    staff: Text | None = None
    logo: str | None = None


@dataclass(frozen=True, slots=True)
class Handout:
    """One document before it has a format; every writer prints this and nothing else.

    What can be edited, such as a Word file, is `protected` from slips: only its write-in lines take text.
    `embeds_fonts` is whether a Word file brings its fonts; a PDF does always. `print_hint` stands on what is made for a
    screen: which format is better on paper. `spellings` are, by each language that is printed, the language as it is
    spelled where the site stands (en, en-GB): programs that check spelling want that.
    `version` is that of the English, `revision` that of its translation; `english` and `translation` are the digests of
    both texts, and what is of the translation is None where nothing is translated. `check_code` is made of all that is
    said here (`digests`). `foreign_words` are words and phrases of other languages in its texts, each with its language
    (BCP 47). `dated` and `next_review` are days (ISO 8601). `changes` tell what is new in each version (`changed_in`,
    in the same order); they stand on what is made for a screen alone. `codes` are those of the condition, by system.
    """

    condition: str
    audience: str
    locale: str
    language: str
    direction: Direction
    code: str
    version: str
    revision: int | None
    english: str
    translation: str | None
    check_code: str
    status: str
    dated: str
    next_review: str
    head: Head
    sections: tuple[Section[Text], ...]
    notes: Notes | None
    references: References | None
    changes: Section[Text] | None
    foot: Text
    page_label: Text
    print_hint: Text
    typography: Typography
    embeds_fonts: bool
    pictures: tuple[tuple[str, bytes], ...]
    protected: bool
    spellings: tuple[tuple[str, str], ...]
    foreign_words: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...] = ()
    changed_in: tuple[str, ...] = ()

    def spelled(self, language: str) -> str:
        """A language (BCP 47) as it is spelled where the site stands."""
        return dict(self.spellings).get(language, language)


def texts(handout: Handout) -> Iterator[Text]:
    """Every text that the body prints, in reading order.

    What repeats on each page (foot, page label), what is for screens alone (the hint for printing, the changes) and
    what stands for a picture are left out.
    """
    head = handout.head
    yield from (head.service, head.audience, *head.marks, head.title, head.subtitle, head.details)
    yield from (text for text in (head.staff, head.main_message) if text)
    for section in handout.sections:
        unprinted = {id(block.content.alt) for block in section.blocks if isinstance(block.content, Figure)}
        yield from (text for text in section_texts(section) if id(text) not in unprinted)
    if handout.notes:
        yield handout.notes.heading
        yield from (field.prompt for field in handout.notes.fields)
    if handout.references:
        yield handout.references.heading
        yield from handout.references.items
