"""Tells whether several programs draw a page alike, but for what each does at the edges of letters."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import reduce
from pathlib import Path

from pdf_readers import DOTS, Pictures
from PIL import Image, ImageChops

# Of 255. At four dots to the millimetre, and with a shift by a dot forgiven, programs differ by up to 174 at the edges
# of letters. Another letter, or one in another place, differs by nearly as much as ink is darker than paper, 226; this
# holds for type from 14 pt on, the size of leaflets for patients.
EDGE = 180
_DOTS_A_MM = DOTS / 25.4
_Choice = Callable[[Image.Image, Image.Image], Image.Image]


def differences(drawn: Mapping[str, Pictures], path: Path) -> Iterator[str]:
    """The pages of a file that programs draw differently, from their pictures by program: where, and who is alone."""
    for number, pages in enumerate(zip(*(pictures[path] for pictures in drawn.values()), strict=True), start=1):
        if place := differing(pages):
            rest = {one: [page for other, page in zip(drawn, pages, strict=True) if other != one] for one in drawn}
            alone = " or ".join(one for one in drawn if not differing(rest[one])) or "more than one program"
            left, top, right, bottom = (round(edge / _DOTS_A_MM) for edge in place)
            yield f"page {number}, {left} to {right} mm from the left, {top} to {bottom} mm down: {alone} differs"


def differing(pages: Collection[Image.Image]) -> tuple[int, int, int, int] | None:
    """The box, in dots, round all that is dark in one picture and light, there and at each dot beside, in another."""
    darkest, lightest = reduce(ImageChops.darker, pages), reduce(ImageChops.lighter, pages)
    dark_nearby = reduce(ImageChops.lighter, (_nearby(page, ImageChops.darker) for page in pages))
    light_nearby = reduce(ImageChops.darker, (_nearby(page, ImageChops.lighter) for page in pages))
    apart = ImageChops.lighter(ImageChops.subtract(dark_nearby, darkest), ImageChops.subtract(lightest, light_nearby))
    return apart.point(lambda grey: 255 * (grey > EDGE)).getbbox()


def _nearby(page: Image.Image, choose: _Choice) -> Image.Image:
    """The page with the darkest or lightest of the nine dots at and round each."""
    for across, down in ((1, 0), (0, 1)):
        beside = (ImageChops.offset(page, across, down), ImageChops.offset(page, -across, -down))
        page = reduce(choose, beside, page)
    return page
