"""The block vocabulary of a leaflet, generic in its text."""

from dataclasses import dataclass, field
from typing import Annotated, Generic, Literal, TypeAlias, TypeVar

from leafletpress.model.forms import AnyOf, Id, PictureName, PrintedWidth

T = TypeVar("T")

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
class Checklist(Generic[T]):
    """A list with a box before each item, for the reader to tick with a pen."""

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
    """A framed notice; without a heading of its own it prints the standard words of its level.

    `calls` are lines beside those words, whom to call; they come from the site when the leaflet is composed.
    """

    level: Level
    heading: T | None = None
    text: T | None = None
    bullets: tuple[T, ...] = ()
    calls: tuple[T, ...] = field(default=(), metadata={"written": False})


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
    own, and one web address with a `code` to scan.
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
    Paragraph[T]
    | Bullets[T]
    | Steps[T]
    | Checklist[T]
    | Definitions[T]
    | Table[T]
    | Callout[T]
    | QA[T]
    | Figure[T]
    | Contact[T]
)

KINDS: dict[str, type] = {
    "paragraph": Paragraph,
    "bullets": Bullets,
    "steps": Steps,
    "checklist": Checklist,
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
    """Blocks below a heading; `safety` says that all their texts bear safety.

    The first that a reader sees may have no heading: it opens the leaflet, below the title.
    """

    id: Id
    blocks: tuple[Block[T], ...]
    heading: T | None = None
    audience: Audience | None = None
    note: str | None = None
    safety: bool = False
