"""Looks at printed pages as a photocopier does that knows black and white and nothing between."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops

DPI = 200
MM = DPI / 25.4  # pixels in a millimetre
_BLACK, _WHITE = (0, 0, 0, 255), (255, 255, 255, 255)
# Darker than a tinted ground, which may vanish: a line, a letter.
_DRAWN = re.compile(rb"[\x00-\xdf]+")

Edges = tuple[int, int, int, int]  # left, top, right, bottom, in pixels


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in shades of grey, its black and white copy, and a copy of its letters alone, had they all been black.

    Also where its texts, characters, icons and pictures stand. Texts that are less than a millimetre wide or cover less
    than a square one are left out, for two dots are a large share of them; they are looked at as characters.
    """

    grey: Image.Image
    copy: Image.Image
    letters: Image.Image
    texts: tuple[Edges, ...]
    characters: tuple[Edges, ...]
    icons: tuple[Edges, ...]
    pictures: tuple[Edges, ...]


def sheets(content: bytes) -> Iterator[Sheet]:
    """The pages of a PDF."""
    alone = pdfium.PdfColorScheme(path_fill=_WHITE, path_stroke=_WHITE, text_fill=_BLACK, text_stroke=_BLACK)
    for page in pdfium.PdfDocument(content):
        grey = page.render(scale=DPI / 72, grayscale=True).to_pil()
        letters = page.render(scale=DPI / 72, color_scheme=alone).to_pil().convert("L")
        yield Sheet(
            grey,
            _copied(grey),
            _copied(letters),
            tuple(text for text in _objects(page, raw.FPDF_PAGEOBJ_TEXT) if _is_wide(text)),
            tuple(_characters(page)),
            tuple(_objects(page, raw.FPDF_PAGEOBJ_FORM)),
            tuple(_objects(page, raw.FPDF_PAGEOBJ_IMAGE)),
        )


def _is_wide(edges: Edges) -> bool:
    left, top, right, foot = edges
    return right - left > MM and (right - left) * (foot - top) > MM**2


def _copied(page: Image.Image) -> Image.Image:
    return page.point([0 if shade < 128 else 255 for shade in range(256)])


def _objects(page: Any, kind: int) -> Iterator[Edges]:
    for found in page.get_objects(max_depth=1):
        if found.type == kind:
            left, bottom, right, top = found.get_bounds()
            yield from _edges(page, left, bottom, right, top)


def _characters(page: Any) -> Iterator[Edges]:
    """Letters, figures and signs that take room; where the text behind joined letters is told, places are guesses."""
    reader = page.get_textpage()
    for index in range(reader.count_chars()):
        category = unicodedata.category(chr(raw.FPDFText_GetUnicode(reader.raw, index)))
        if category[0] in "LNPS" and not raw.FPDFText_IsGenerated(reader.raw, index):
            yield from _edges(page, *reader.get_charbox(index, loose=True))


def _edges(page: Any, left: float, bottom: float, right: float, top: float) -> Iterator[Edges]:
    height = page.get_height()
    found = tuple(round(side * DPI / 72) for side in (left, height - top, right, height - bottom))
    if found[2] - found[0] > 1 and found[3] - found[1] > 1:
        yield found  # type: ignore[misc]


def black_share(page: Image.Image, edges: Edges) -> float:
    """How much of a part of a copy is black."""
    part = page.crop(edges).histogram()
    return part[0] / sum(part)


def is_knocked_out(sheet: Sheet, place: Edges) -> bool:
    """Whether a text stands white in a black band: most that its letters cover is white in the copy, the rest black."""
    letters, copy = (picture.crop(place).point([255] + [0] * 255) for picture in (sheet.letters, sheet.copy))
    covered = letters.histogram()[255]
    kept = ImageChops.multiply(letters, copy).histogram()[255]
    black, beside = copy.histogram()[255] - kept, copy.width * copy.height - covered
    return kept < covered / 2 and black > beside / 2


def _ink(sheet: Sheet, place: Edges) -> float:
    """The share of a place that the letters of the copy take: black ones, or white ones in a black band."""
    share = black_share(sheet.copy, place)
    return 1 - share if is_knocked_out(sheet, place) else share


def faded(sheet: Sheet, places: tuple[Edges, ...], least: float) -> list[Edges]:
    """Where the copy has less than `least` of the ink that the letters should have."""
    wanted = ((place, black_share(sheet.letters, place)) for place in places)
    return [place for place, share in wanted if share and _ink(sheet, place) < least * share]


def smudged(sheet: Sheet, most: float) -> list[Edges]:
    """The texts that stand in more than their own ink: the share of the ground that has any is above `most`."""
    return [place for place in sheet.texts if _ink(sheet, place) - black_share(sheet.letters, place) > most]


def blackest(copy: Image.Image, size: int = 20) -> float:
    """The black share of the blackest square, `size` mm wide, in steps of 5 mm."""
    step = 5
    cells = copy.reduce(round(step * MM))
    across = size // step
    shares = [
        cells.crop((x, y, x + across, y + across)).resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
        for x in range(cells.width - across)
        for y in range(cells.height - across)
    ]
    return 1 - min(shares) / 255  # type: ignore[type-var, operator]


def likeness(one: Image.Image, other: Image.Image) -> float:
    """The share of two pictures that is the same when both have one size."""
    size = (48, 48)
    difference = ImageChops.difference(*(_copied(picture.resize(size)) for picture in (one, other)))
    return difference.histogram()[0] / (size[0] * size[1])


def rules(page: Image.Image) -> Iterator[Edges]:
    """The lines of a page, one pixel each.

    They are 30 mm across or more, for joined letters are shorter, or 10 mm down.
    """
    for at, left, right in _runs(page, 30):
        yield left, at, right, at + 1
    for at, top, bottom in _runs(page.transpose(Image.Transpose.TRANSPOSE), 10):
        yield at, top, at + 1, bottom


def _runs(page: Image.Image, least: float) -> Iterator[tuple[int, int, int]]:
    """Row, start and end of what is drawn in one go, `least` mm long or more."""
    shades = page.tobytes()
    for row in range(page.height):
        start = row * page.width
        for found in _DRAWN.finditer(shades, start, start + page.width):
            if found.end() - found.start() >= least * MM:
                yield row, found.start() - start, found.end() - start


def upright(copy: Image.Image, place: float) -> int:
    """How many lines stand upright on the copy, `place` mm from the left edge of the paper."""
    at = round(place * MM)
    return sum(left == at and right == at + 1 for left, _, right, _ in rules(copy))


def lost_rules(sheet: Sheet) -> list[Edges]:
    """The lines that the copy has neither in their place nor a pixel beside it; the edge of a picture is no line."""
    lines = (rule for rule in rules(sheet.grey) if not any(_is_inside(rule, picture) for picture in sheet.pictures))
    return [line for line in lines if not (_is_kept(sheet.copy, line) or _is_in_band(sheet.copy, line))]


def _is_inside(inner: Edges, outer: Edges) -> bool:
    """Whether it lies in another, or on its edges."""
    return all(one >= other - 1 for one, other in zip(inner[:2], outer[:2], strict=True)) and all(
        one <= other + 1 for one, other in zip(inner[2:], outer[2:], strict=True)
    )


def _is_in_band(copy: Image.Image, rule: Edges) -> bool:
    """Whether an upright line is none, but a part of a black band: it is black on either side."""
    left, top, _, foot = rule
    sides = ((left - 4, top, left - 3, foot), (left + 3, top, left + 4, foot))
    return foot - top > 1 and min(black_share(copy, side) for side in sides) > 0.5


def _is_kept(copy: Image.Image, rule: Edges) -> bool:
    left, top, right, bottom = rule
    is_across = bottom - top == 1
    beside = ((0, step) if is_across else (step, 0) for step in (-1, 0, 1))
    return max(black_share(copy, (left + x, top + y, right + x, bottom + y)) for x, y in beside) > 0.95
