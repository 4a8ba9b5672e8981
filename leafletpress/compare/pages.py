"""Changed pages of PDFs as pictures, old and new, with what differs marked on them."""

import ctypes
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image, ImageChops, ImageDraw

from leafletpress.compare.alignment import aligned
from leafletpress.model.text.glossary import without_spaces

_SCALE = 90 / 72  # of pictures that are shown: 90 dots an inch
_COMPARED = 45 / 72  # of those that are compared alone: grey shows each difference
_COLOURS = 64
_GONE, _COME, _MOVED = (200, 20, 20), (0, 140, 60), (60, 90, 160)
_CELL = 8  # dots: smaller differences are marked together
_BAR = 4  # dots: the width of a bar at the edge
# Raised vowel signs of Arabic and marks of direction: where they are read depends on where the lines end.
_UNSTEADY = re.compile("[\u061c\u064b-\u065f\u0670\u200e\u200f]")
_ARABIC = re.compile("[\u0620-\u06ff\u0750-\u077f]")
_FAINT = 24  # of 255: a difference of brightness that nobody sees


@dataclass(frozen=True, slots=True)
class PagePair:
    """A page before and after, as PNG, and their numbers from 1; None where there is none."""

    old_number: int | None
    new_number: int | None
    old: bytes | None
    new: bytes | None


@dataclass(frozen=True, slots=True)
class PageChanges:
    """How the pages of a PDF changed: their counts, how many differ, and pictures of as many as were asked for."""

    old_count: int
    new_count: int
    changed: int
    same_text: bool
    same_figures: bool
    pictured: tuple[PagePair, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a page and where it is in its picture: left, top, right, bottom."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(slots=True)
class _Page:
    """A page, its picture, its text and, where they were asked for, the words that its other version lacks."""

    number: int
    page: Any
    image: Image.Image
    text: str
    marks: list[_Word] = field(default_factory=list)


_Pair = tuple[_Page | None, _Page | None]


def page_changes(old: bytes, new: bytes, most: int) -> PageChanges:
    """Compare two PDFs page by page, with pictures of `most` changed pages; raises ValueError where one is no PDF."""
    with _opened(old, drawn=most > 0) as before, _opened(new, drawn=most > 0) as after:
        pairs = _paired(before, after)
        changed = [pair for pair in pairs if not _same(*pair)]
        if changed and most:
            _mark_words(before, after)
        return PageChanges(
            len(before),
            len(after),
            len(changed),
            Counter(_words(before)) == Counter(_words(after)),
            len(before) != len(after) or _figures(before) == _figures(after),
            tuple(_drawn(*pair) for pair in changed[:most]),
        )


@contextmanager
def _opened(content: bytes, *, drawn: bool) -> Iterator[list[_Page]]:
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            yield [
                _Page(number, page, _picture(page, drawn), _text(page)) for number, page in enumerate(document, start=1)
            ]
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"{error}") from error


def _picture(page: Any, drawn: bool) -> Image.Image:
    image: Image.Image = page.render(scale=_SCALE if drawn else _COMPARED, grayscale=not drawn).to_pil()
    return image


def _text(page: Any) -> str:
    text: str = page.get_textpage().get_text_bounded()
    return _UNSTEADY.sub("", text)


def _words(pages: list[_Page]) -> Iterator[str]:
    """The words, without those that number the pages; of Arabic script the letters: its words come back in parts."""
    numbers = {str(number) for number in range(1, len(pages) + 1)}
    for page in pages:
        for word in page.text.split():
            if _ARABIC.search(word):
                yield from word
            elif word not in numbers:
                yield word


def _figures(pages: list[_Page]) -> Counter[str]:
    return Counter(word for page in pages for word in page.text.split() if any(map(str.isdecimal, word)))


def _paired(old: list[_Page], new: list[_Page]) -> list[_Pair]:
    """The pages by number; where their count changed, those that say most of the same."""
    if len(old) == len(new):
        return list(zip(old, new, strict=True))
    return aligned(old, new, _likeness, 0.2)


def _likeness(one: _Page, other: _Page) -> float:
    before, after = Counter(one.text.split()), Counter(other.text.split())
    return (before & after).total() / max(before.total(), after.total(), 1)


def _same(one: _Page | None, other: _Page | None) -> bool:
    return one is not None and other is not None and one.image == other.image


def _mark_words(old: list[_Page], new: list[_Page]) -> None:
    """Note on each page the words that only its version has; a word that went to another page is in both."""
    before, after = ([(page, word) for page in pages for word in _placed(page)] for pages in (old, new))
    texts, texts_now = ([word.text for _, word in side] for side in (before, after))
    for change, at, end, there, until in SequenceMatcher(None, texts, texts_now).get_opcodes():
        if change != "equal":
            for page, word in (*before[at:end], *after[there:until]):
                page.marks.append(word)


def _placed(page: _Page) -> Iterator[_Word]:
    """The words of a page with their places; a script without spaces between words gives its letters."""
    text_page = page.page.get_textpage()
    height = page.page.get_height()
    edges = [ctypes.c_double() for _ in range(4)]
    letters: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    count = text_page.count_chars()
    for index in range(count + 1):
        char = chr(pdfium.FPDFText_GetUnicode(text_page, index)) if index < count else " "
        if letters and (char.isspace() or without_spaces(char) or without_spaces(letters[-1])):
            sides = list(zip(*boxes, strict=True))
            yield _Word("".join(letters), (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3])))
            letters, boxes = [], []
        if not char.isspace() and not _UNSTEADY.match(char):
            pdfium.FPDFText_GetCharBox(text_page, index, *edges)
            left, right, bottom, top = (edge.value for edge in edges)
            letters.append(char)
            boxes.append((left * _SCALE, (height - top) * _SCALE, right * _SCALE, (height - bottom) * _SCALE))


def _drawn(one: _Page | None, other: _Page | None) -> PagePair:
    sides: list[bytes | None] = []
    places = _differing_places(one.image, other.image) if one and other else []
    for page, colour in ((one, _GONE), (other, _COME)):
        sides.append(_png(_marked(page, colour, places, alone=not (one and other))) if page else None)
    return PagePair(one.number if one else None, other.number if other else None, sides[0], sides[1])


_Places = list[tuple[int, int]]


def _differing_places(one: Image.Image, other: Image.Image) -> _Places:
    """The cells, by column and row, in which two pictures differ."""
    size = (max(one.width, other.width), max(one.height, other.height))
    sides = [Image.new("L", size, 255) for _ in range(2)]
    for side, image in zip(sides, (one, other), strict=True):
        side.paste(image.convert("L"))
    seen = ImageChops.difference(*sides).point(lambda value: 255 if value > _FAINT else 0).reduce(_CELL)
    width = seen.width
    return [(at % width, at // width) for at, value in enumerate(seen.tobytes()) if value]


def _marked(page: _Page, colour: tuple[int, int, int], places: _Places, *, alone: bool) -> Image.Image:
    """The picture with its changed words tinted; where no word changed, with frames round what looks different.

    A bar at the edge marks each line that is not what or where it was.
    """
    tints = Image.new("RGBA", page.image.size)
    draw = ImageDraw.Draw(tints)
    if alone:
        draw.rectangle((0, 0, page.image.width - 1, page.image.height - 1), outline=(*colour, 255), width=_BAR)
    for word in () if alone else page.marks:
        left, top, right, bottom = word.box
        draw.rectangle((left - 2, top - 2, right + 2, bottom + 2), fill=(*colour, 64))
        draw.line((left - 2, bottom + 2, right + 2, bottom + 2), fill=(*colour, 255), width=2)
    if not page.marks:
        for left, top, right, bottom in _frames(places):
            box = (left * _CELL - 3, top * _CELL - 3, (right + 1) * _CELL + 3, (bottom + 1) * _CELL + 3)
            draw.rectangle(box, outline=(*_MOVED, 255), width=2)
    for row in {row for _, row in places}:
        draw.rectangle((2, row * _CELL, 2 + _BAR, (row + 1) * _CELL), fill=(*_MOVED, 255))
    return Image.alpha_composite(page.image.convert("RGBA"), tints).convert("RGB")


def _frames(places: _Places) -> Iterator[tuple[int, int, int, int]]:
    """Boxes round the cells that lie together, no more than two cells apart."""
    left = set(places)
    near = [(across, down) for across in range(-2, 3) for down in range(-2, 3)]
    for place in places:
        if place not in left:
            continue
        left.remove(place)
        reached = [place]
        for column, row in reached:
            around = {(column + across, row + down) for across, down in near} & left
            left -= around
            reached.extend(sorted(around))
        columns, rows = zip(*reached, strict=True)
        yield min(columns), min(rows), max(columns), max(rows)


def _png(image: Image.Image) -> bytes:
    content = io.BytesIO()
    reduced = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    reduced.save(content, "PNG")
    return content.getvalue()
