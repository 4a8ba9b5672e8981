"""Sees where a text leaves its column or what a printer reaches: it would be cut, or lie on another."""

from collections.abc import Iterable, Iterator
from typing import Any, Literal

from leafletpress.model.problems import Origin, Problem
from leafletpress.model.text.excerpt import excerpt
from leafletpress.write.pdf import boxes

_MM = 25.4 / 96  # a CSS pixel
# Lines of Arabic script may come out wider than they were reckoned to be, the more the larger their letters; this much
# is free beside every column: a millimetre, in large print a little more.
_TOLERANCE, _OF_TYPE, _MOST = 1 / _MM, 0.2, 1.3 / _MM
_UNPRINTABLE = 3.7  # mm along the edges of the paper: 4 for a laser, less what a line keeps free round its letters
_HINTS: dict[str, str] = {
    "wide": "shorten it, or put U+200B (zero width space) where a line may break",
    "tall": "shorten it, or cut what it stands in into several blocks",
    "near": "shorten the marks",
}

_Misfit = tuple[str, Literal["wide", "tall", "near"], str]
_Room = tuple[float, float, float]  # left and right edge and foot, in CSS pixels


def misfits(pages: Iterable[Any], document: Origin) -> Iterator[Problem]:
    """What is wrong with each text of the laid-out pages that does not fit where it stands."""
    reported: set[str] = set()
    for number, page in enumerate(pages, start=1):
        for text, kind, misfit in _misfits(page):
            if text not in reported:
                reported.add(text)
                yield Problem(document, f"page {number}: “{excerpt(text)}” {misfit}", _HINTS[kind])


def _misfits(page: Any) -> Iterator[_Misfit]:
    """The texts of a page that do not fit, in which way, and what is wrong with each."""
    sheet = boxes.sheet(page)
    for box in boxes.body(page):
        yield from _without_room(box, _room(sheet))
    for box in boxes.margins(page):
        yield from _near_the_edge(box, sheet.margin_height())
        yield from _without_room(box, (0, sheet.margin_width(), sheet.margin_height()))


def _near_the_edge(margin: Any, height: float) -> Iterator[_Misfit]:
    """Running marks where a printer does not print: of many lines, the first stands too high or the last too low."""
    for line in boxes.every(margin):
        if isinstance(line, boxes.LineBox) and (text := boxes.text(line).strip()):
            distance = _MM * min(line.position_y, height - line.position_y - line.height)
            if distance < _UNPRINTABLE:
                yield (
                    text,
                    "near",
                    f"stands {distance:.1f} mm from the edge of the paper, where a printer does not print",
                )


def _without_room(box: Any, room: _Room) -> Iterator[_Misfit]:
    """Texts that leave the block that they stand in, or any block round it; markers beside an item may."""
    for found, (left, right, foot) in boxes.walk(box, room, _narrowed):
        if isinstance(found, boxes.TextBox):
            over = max(left - found.position_x, found.position_x + found.width - right)
            if over > _tolerated(found) and found.text.strip():
                yield (
                    found.text.strip(),
                    "wide",
                    f"has no room: it runs {over * _MM:.1f} mm over the edge of its column",
                )
        elif isinstance(found, boxes.LineBox):
            below = found.position_y + found.height - foot
            if below > _TOLERANCE and (text := boxes.text(found).strip()):
                yield text, "tall", f"has no room: it stands {below * _MM:.1f} mm below the foot of its box"


def _tolerated(text: Any) -> float:
    """How far a text may stand over the edge of its column, in CSS pixels."""
    return max(_TOLERANCE, min(_OF_TYPE * float(text.style["font_size"]), _MOST))


def _narrowed(box: Any, room: _Room) -> _Room | None:
    """The room that a box leaves to those inside it."""
    if box.is_outside_marker:
        return None
    if not isinstance(box, boxes.BlockContainerBox):
        return room
    left, right, foot = _room(box)
    return max(left, room[0]), min(right, room[1]), min(foot, room[2])


def _room(box: Any) -> _Room:
    left, top = box.content_box_x(), box.content_box_y()
    return left, left + box.width, top + box.height
