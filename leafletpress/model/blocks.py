"""The block vocabulary of a leaflet, generic in its text, and the one walk that extraction and translation share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Annotated, Generic, Literal, TypeAlias, TypeVar, assert_never

from leafletpress.model.forms import AnyOf, Id, PictureName, PrintedWidth

T = TypeVar("T")
U = TypeVar("U")

Level = Literal["now", "today", "soon", "do", "dont", "note"]
Audience = Annotated[str, AnyOf("audience")]


@dataclass(frozen=True, slots=True)
class Paragraph(Generic[T]):
    """One paragraph of running text."""

    text: T


@dataclass(frozen=True, slots=True)
class Bullets(Generic[T]):
    """A list whose order does not matter."""

    items: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Steps(Generic[T]):
    """A numbered list, done in this order; numbering starts at 1."""

    items: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Definition(Generic[T]):
    """A name and what it means."""

    term: T
    text: T


@dataclass(frozen=True, slots=True)
class Definitions(Generic[T]):
    """A two-column list of names and meanings."""

    items: tuple[Definition[T], ...]


@dataclass(frozen=True, slots=True)
class Table(Generic[T]):
    """A table with one header row; every row has as many cells as there are columns."""

    columns: tuple[T, ...]
    rows: tuple[tuple[T, ...], ...]
    caption: T | None = None


@dataclass(frozen=True, slots=True)
class Callout(Generic[T]):
    """A framed notice; without a heading of its own it prints the standard words of its level."""

    level: Level
    heading: T | None = None
    text: T | None = None
    bullets: tuple[T, ...] = ()


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """A question that readers ask, and its answer."""

    question: T
    answer: T


@dataclass(frozen=True, slots=True)
class QA(Generic[T]):
    """Questions and answers."""

    items: tuple[Question[T], ...]


@dataclass(frozen=True, slots=True)
class Figure(Generic[T]):
    """A picture (SVG, PNG or JPEG file beside the leaflet), its text alternative, and a caption.

    `labels` say what the figures 1, 2, 3 … in the picture point at; they are printed beside it as a numbered list.
    `width` is that on paper; without it, a photograph has that of the dots per inch that its file tells.
    """

    image: PictureName
    alt: T
    caption: T | None = None
    labels: tuple[T, ...] = ()
    width: PrintedWidth | None = None


@dataclass(frozen=True, slots=True)
class Way(Generic[T]):
    """One way to get in touch: its label, the number or address as printed, opening hours, and the link behind it.

    `link` is "" where there is none: a postal address. The card has `number`s in a table, each `line` in one of its
    own, and each web address with a `code` to scan.
    """

    label: T
    value: T
    link: str
    hours: T | None = None
    form: Literal["number", "line", "code"] = "number"


@dataclass(frozen=True, slots=True)
class Contact(Generic[T]):
    """The contact card: a sentence by the author; the ways come from the site when the leaflet is composed."""

    text: T
    ways: tuple[Way[T], ...] = field(default=(), metadata={"written": False})


Content: TypeAlias = (
    Paragraph[T] | Bullets[T] | Steps[T] | Definitions[T] | Table[T] | Callout[T] | QA[T] | Figure[T] | Contact[T]
)

KINDS: dict[str, type] = {
    "paragraph": Paragraph,
    "bullets": Bullets,
    "steps": Steps,
    "definitions": Definitions,
    "table": Table,
    "callout": Callout,
    "qa": QA,
    "figure": Figure,
    "contact": Contact,
}
_NAMES = {kind: name for name, kind in KINDS.items()}


def kind_of(content: Content[T]) -> str:
    """The name of a block's kind, as leaflets and templates have it."""
    return _NAMES[type(content)]


@dataclass(frozen=True, slots=True)
class Block(Generic[T]):
    """One block of a section; `audience` None means every reader, `note` is for translators.

    `safety` says that its texts bear safety, whatever its kind.
    """

    id: Id
    content: Content[T] = field(metadata={"kinds": KINDS})
    audience: Audience | None = None
    note: str | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Section(Generic[T]):
    """A heading and its blocks; `safety` says that all their texts bear safety."""

    id: Id
    heading: T
    blocks: tuple[Block[T], ...]
    audience: Audience | None = None
    note: str | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is: its message context, the kind of its block, its audience and the author's note.

    `safety` where all texts here warn, forbid, tell what to do, or give a dose, or their author says so.
    """

    context: str
    kind: str
    audience: str | None
    note: str | None
    safety: bool = False


def for_audience(sections: tuple[Section[T], ...], audience: str) -> Iterator[Section[T]]:
    """The sections and blocks that this audience reads; a section left without blocks is left out."""
    for section in sections:
        if section.audience not in (None, audience):
            continue
        blocks = tuple(block for block in section.blocks if block.audience in (None, audience))
        if blocks:
            yield replace(section, blocks=blocks)


def walk(section: Section[T], visit: Callable[[Place, T], U]) -> Section[U]:
    """The section with every text replaced by what `visit` makes of it, in reading order.

    Contexts are `section.heading` and `section.block`.
    """

    def place(kind: str, block: str, audience: str | None, note: str | None, *, safety: bool = False) -> Place:
        return Place(f"{section.id}.{block}", kind, audience or section.audience, note or section.note, safety)

    heading = visit(place("heading", "heading", None, None, safety=section.safety), section.heading)
    blocks = []
    for block in section.blocks:
        warns = isinstance(block.content, Callout) and block.content.level != "note"
        safety = warns or isinstance(block.content, Steps) or block.safety or section.safety
        at = place(kind_of(block.content), block.id, block.audience, block.note, safety=safety)
        content = _walk_content(block.content, lambda text, at=at: visit(at, text))  # type: ignore[misc]
        blocks.append(Block(block.id, content, block.audience, block.note, block.safety))
    return Section(section.id, heading, tuple(blocks), section.audience, section.note, section.safety)


def section_texts(section: Section[T]) -> list[T]:
    """Every text of a section in reading order."""
    found: list[T] = []
    walk(section, lambda _place, text: found.append(text))
    return found


def _walk_content(content: Content[T], visit: Callable[[T], U]) -> Content[U]:
    def maybe(text: T | None) -> U | None:
        return None if text is None else visit(text)

    def each(texts: tuple[T, ...]) -> tuple[U, ...]:
        return tuple(visit(text) for text in texts)

    match content:
        case Paragraph(text):
            return Paragraph(visit(text))
        case Bullets(items):
            return Bullets(each(items))
        case Steps(items):
            return Steps(each(items))
        case Definitions(items):
            return Definitions(tuple(Definition(visit(item.term), visit(item.text)) for item in items))
        case Table(columns, rows, caption):
            title = maybe(caption)
            return Table(each(columns), tuple(each(row) for row in rows), title)
        case Callout(level, heading, text, bullets):
            return Callout(level, maybe(heading), maybe(text), each(bullets))
        case QA(items):
            return QA(tuple(Question(visit(item.question), visit(item.answer)) for item in items))
        case Figure(image, alt, caption, labels, width):
            words, numbered = visit(alt), each(labels)
            return Figure(image, words, maybe(caption), numbered, width)
        case Contact(text, ways):
            return Contact(
                visit(text),
                tuple(Way(visit(way.label), visit(way.value), way.link, maybe(way.hours), way.form) for way in ways),
            )
    assert_never(content)
