"""Gives each piece of a Word file its place in a leaflet: title, sections by their headings, blocks by their kind."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from leafletpress.model.blocks import (
    Block,
    Bullets,
    Checklist,
    Contact,
    Content,
    Definitions,
    Figure,
    Paragraph,
    Section,
    Steps,
    Table,
)
from leafletpress.model.problems import LeafletError, Origin
from leafletpress.read.pictures import published
from leafletpress.read.word import filling
from leafletpress.read.word import pieces as word
from leafletpress.read.word.pieces import Grid, Picture, Piece, Span
from leafletpress.read.word.styles import Listed
from leafletpress.read.word.tables import content_of, opened
from leafletpress.read.word.texts import Texts, free_name
from leafletpress.read.word.typed import with_typed_lists

_LONGEST_HEADING = 100  # letters: a line
_LARGER = 3  # half points above the usual size make a heading of a line
_ENDS_A_SENTENCE = (".", ";", ",", ":")
_MOST_PICTURES = 40
_SMALLEST, _WIDEST = 8, 180  # mm
_RESERVED = ("leaflet", "furniture", "heading")
_NAMES = {
    Paragraph: "text",
    Bullets: "points",
    Steps: "steps",
    Checklist: "to_tick",
    Definitions: "names",
    Table: "table",
    Figure: "picture",
    Contact: "card",
}


@dataclass(slots=True)
class _Part:
    """A section while it fills."""

    heading: str | None
    blocks: list[Content[str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Placed:
    """What a Word file becomes: the texts of the head, the sections, and its pictures by their names.

    `typed_numbers` are those that somebody typed before the items of a list, and that its steps print now.
    """

    title: str
    subtitle: str
    sections: tuple[Section[str], ...]
    pictures: dict[str, bytes]
    typed_numbers: tuple[str, ...]


class Placer:
    """Places pieces; what it has to guess or leave out is noted with the texts.

    `stem` is what names of pictures begin with; `parts` are those of the Word file.
    """

    def __init__(self, texts: Texts, stem: str, parts: dict[str, bytes]) -> None:
        self._texts, self._stem, self._parts = texts, stem, parts
        self._title = self._subtitle = ""
        self._sections = [_Part(None)]
        self._pictures: dict[str, tuple[str, bytes]] = {}
        self._caption: tuple[str, str] | None = None
        self._last_of_list: Counter[str] = Counter()
        self._card_at: _Part | None = None
        self._typed_numbers: list[str] = []

    def place(self, pieces: Iterable[Piece]) -> Placed:
        """All pieces in their places."""
        listed = with_typed_lists(opened(pieces, self._texts))
        usual = _usual_size(listed)
        last = max((at for at, one in enumerate(listed) if not _is_empty(one)), default=0)
        top = [piece for piece in listed if isinstance(piece, word.Paragraph) and piece.text and piece.level == 1]
        at = 0
        while at < len(listed):
            piece = listed[at]
            phones = len(self._texts.phones)
            at += 1
            if isinstance(piece, Grid):
                self._grid(piece)
            elif piece.listed and piece.text:
                end = next((n for n in range(at, len(listed)) if not _goes_on(piece.listed, listed[n])), len(listed))
                self._list([piece, *(one for one in listed[at:end] if isinstance(one, word.Paragraph))])
                at = end
            else:
                is_heading = self._is_heading(piece, usual, is_last=at > last)
                self._paragraph(piece, is_heading=is_heading, is_only_top=top == [piece])
            if len(self._texts.phones) > phones:
                self._card_at = self._sections[-1]
        self._drop_caption()
        return Placed(
            self._title or filling.TITLE,
            self._subtitle or filling.SUBTITLE,
            tuple(self._finished()),
            dict(self._pictures.values()),
            tuple(self._typed_numbers),
        )

    def _is_heading(self, piece: word.Paragraph, usual: int, *, is_last: bool) -> bool:
        """Whether a paragraph is a heading: by its style, or as a line that is bold or larger, with text behind it."""
        if piece.level is not None or piece.style in ("title", "subtitle"):
            return True
        words = piece.text
        if not words or len(words) > _LONGEST_HEADING or words.endswith(_ENDS_A_SENTENCE) or "\n" in words or is_last:
            return False
        all_strong = all(span.strong for span in piece.spans if span.text.strip())
        return (
            (all_strong or piece.size >= usual + _LARGER)
            and not piece.style.endswith("caption")
            and not self._texts.has_phone(words)
        )

    def _paragraph(self, piece: word.Paragraph, *, is_heading: bool, is_only_top: bool) -> None:
        has_headings = any(part.heading for part in self._sections)
        is_first = piece.level is None and not has_headings and not self._sections[0].blocks
        if not piece.text:
            pass
        elif not (self._title or has_headings) and is_heading and (piece.style == "title" or is_only_top or is_first):
            self._title = self._texts.plain(piece.spans, piece.place)
        elif piece.style == "subtitle" and not (self._subtitle or has_headings):
            self._subtitle = self._texts.plain(piece.spans, piece.place)
        elif is_heading:
            self._drop_caption()
            if (piece.level or 0) > 2:
                self._texts.note("", "headings below the second level begin sections as all others do")
            self._sections.append(_Part(self._texts.plain(piece.spans, piece.place)))
        elif piece.style.endswith("caption"):
            self._caption_of(piece)
        else:
            for text in self._texts.parts(self._texts.text(piece.spans, piece.place), piece.place):
                self._add(Paragraph(text))
        for picture in piece.pictures:
            self._picture(picture)

    def _caption_of(self, piece: word.Paragraph) -> None:
        text, blocks = self._texts.text(piece.spans, piece.place), self._sections[-1].blocks
        before = blocks[-1] if blocks else None
        if isinstance(before, Figure | Table) and before.caption is None:
            blocks[-1] = replace(before, caption=text)
        else:
            self._drop_caption()
            self._caption = (text, piece.place)

    def _drop_caption(self) -> None:
        """A caption that no table or picture follows is a paragraph."""
        if self._caption:
            self._sections[-1].blocks.append(Paragraph(self._caption[0]))
        self._caption = None

    def _list(self, items: Sequence[word.Paragraph]) -> None:
        first = items[0].listed
        assert first
        lines: list[list[str]] = []
        for item in items:
            text = self._texts.text(item.spans, item.place)
            if item.listed and item.listed.level == first.level and item.listed.is_numbered == first.is_numbered:
                lines.append([text])
            elif text:
                lines[-1].append(f"– {text}" if item.listed else text)
        if any(len(item) > 1 for item in lines):
            self._texts.note(items[0].place, "a list with lists or paragraphs inside: these are lines of their item")
        begun = self._last_of_list[first.ident]
        if first.is_numbered and begun and not first.ident.startswith("typed"):
            self._texts.note(items[0].place, f"Word may count on from {begun} here; steps begin at 1")
        self._last_of_list[first.ident] += len(lines)
        if first.is_numbered and first.ident.startswith("typed"):
            self._typed_numbers += [f"{number}" for number in range(1, len(lines) + 1)]
        made = tuple(part for item in lines for part in self._texts.parts("[/]".join(item), items[0].place))
        self._add((Checklist if first.is_ticked else Steps if first.is_numbered else Bullets)(made))
        for item in items:
            for picture in item.pictures:
                self._picture(picture)

    def _grid(self, grid: Grid) -> None:
        content = content_of(grid, self._texts)
        if self._caption and isinstance(content, Table):
            content, self._caption = replace(content, caption=self._caption[0]), None
        self._add(content)
        for row in grid.rows:
            for paragraph in (paragraph for cell in row for paragraph in cell):
                for picture in paragraph.pictures:
                    self._picture(picture)

    def _picture(self, picture: Picture) -> None:
        if picture.width and picture.width < _SMALLEST:
            self._texts.note(picture.place, "a small picture is left out: a sign, not a figure", picture.alt)
            return
        if picture.part not in self._pictures:
            content = self._parts.get(picture.part)
            if content is None or len(self._pictures) >= _MOST_PICTURES:
                what = "is not in the file" if content is None else f"is one too many: {_MOST_PICTURES} are taken over"
                self._texts.note(picture.place, f"picture {picture.part} {what}", picture.alt)
                return
            try:
                seen = published(content, f"picture {picture.part}", Origin(picture.place))
            except LeafletError as error:
                self._texts.note(picture.place, "; ".join(problem.text for problem in error.problems), picture.alt)
                return
            ending = "png" if seen.startswith(b"\x89PNG") else "jpg"
            self._pictures[picture.part] = (f"{self._stem}-{len(self._pictures) + 1}.{ending}", seen)
        name, _ = self._pictures[picture.part]
        if picture.is_cropped:
            self._texts.note(picture.place, f"{name} was cropped in Word, and is saved whole: crop it for good")
        width = f"{picture.width:.0f}mm" if picture.width and picture.width <= _WIDEST else None
        self._add(Figure(name, self._alt(picture), width=width))

    def _alt(self, picture: Picture) -> str:
        said = self._texts.plain([Span(picture.alt)], picture.place)
        return f"{filling.ALT_OF_WORD} {said}" if said else filling.ALT

    def _add(self, content: Content[str]) -> None:
        if self._caption and isinstance(content, Figure):
            content, self._caption = replace(content, caption=self._caption[0]), None
        elif not isinstance(content, Table):
            self._drop_caption()
        self._sections[-1].blocks.append(content)

    def _finished(self) -> Iterator[Section[str]]:
        """The sections that have something in them, the contact card behind the last phone number."""
        taken: list[str] = list(_RESERVED)
        (self._card_at or self._sections[-1]).blocks.append(Contact(filling.CARD))
        for part in self._sections:
            if part.heading is None and not part.blocks:
                continue
            ident = free_name(part.heading or "opening", taken)
            taken.append(ident)
            names: list[str] = list(_RESERVED)
            blocks = []
            for content in part.blocks or [Paragraph(filling.HEADING_ALONE)]:
                names.append(free_name(_NAMES[type(content)], names))
                blocks.append(Block(names[-1], content))
            yield Section(ident, tuple(blocks), part.heading)


def _goes_on(listed: Listed, piece: Piece) -> bool:
    """Whether a piece is a further item of a list, or inside of one: deeper, or styled to go with it."""
    if not isinstance(piece, word.Paragraph):
        return False
    other = piece.listed
    if other is None:
        return piece.style.startswith("list ") and bool(piece.text)
    return other.level > listed.level or (other.ident == listed.ident and other.level == listed.level)


def _is_empty(piece: Piece) -> bool:
    return isinstance(piece, word.Paragraph) and not (piece.text or piece.pictures)


def _usual_size(pieces: Iterable[Piece]) -> int:
    sizes: Counter[int] = Counter()
    for piece in pieces:
        if isinstance(piece, word.Paragraph) and piece.level is None:
            sizes[piece.size] += len(piece.text)
    return max(sizes, key=lambda one: sizes[one], default=0)
