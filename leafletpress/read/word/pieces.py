"""What a Word file is made of, as values: paragraphs, tables and pictures, and the words beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from leafletpress.read.word.styles import Listed


@dataclass(frozen=True, slots=True)
class Span:
    """Words that look alike; `link` is the address they lead to, `shift` "up" or "down"."""

    text: str
    strong: bool = False
    shift: str | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its part in the file, what Word says of it, and its width on paper in mm."""

    part: str
    alt: str
    width: float | None
    is_cropped: bool
    place: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, with its place as people find it; `size` in half points is that of most of its letters."""

    place: str
    spans: tuple[Span, ...]
    style: str = ""
    level: int | None = None
    listed: Listed | None = None
    size: int = 0
    pictures: tuple[Picture, ...] = ()

    @property
    def text(self) -> str:
        """Its words alone."""
        return "".join(span.text for span in self.spans).strip()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the paragraphs of each cell by rows, all of one length; `has_head` where Word marks its first row."""

    place: str
    rows: tuple[tuple[tuple[Paragraph, ...], ...], ...]
    has_head: bool
    is_merged: bool


Piece = Paragraph | Grid


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that have no place in the leaflet, or what its author should look at: where, what, the words."""

    place: str
    what: str
    words: str = ""

    def __str__(self) -> str:
        words = " ".join(self.words.split()).replace('"', "'")
        said = f': "{words}"' if words else ""
        return f"{self.place}: {self.what}{said}" if self.place else f"{self.what}{said}"


def cut(spans: Iterable[Span], start: int, end: int) -> tuple[Span, ...]:
    """The part of some words from one place to another."""
    cut, at = [], 0
    for span in spans:
        part = span.text[max(0, start - at) : max(0, end - at)]
        at += len(span.text)
        cut += [replace(span, text=part)] if part else []
    return tuple(cut)
