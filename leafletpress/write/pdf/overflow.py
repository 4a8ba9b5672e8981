"""Sees where a text leaves its column or what a printer reaches: it would be cut, or lie on another."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from leafletpress.model.problems import Origin, Problem

_MM = 25.4 / 96  # a CSS pixel
# Lines of Arabic script may come out wider than they were reckoned to be; this much is free beside every column.
_TOLERANCE = 1 / _MM
_UNPRINTABLE = 3.7  # mm along the edges of the paper: 4 for a laser, less what a line keeps free round its letters
_HINT = "shorten it, or put U+200B (zero width space) where a line may break"

_Room = tuple[float, float, float]  # left and right edge and foot, in CSS pixels


def misfits(pages: Any, document: Origin) -> Iterator[Problem]:
    """What is wrong with each text of the laid-out pages that does not fit where it stands."""
    told: set[str] = set()
    for number, page in enumerate(pages, start=1):
        for text, said in _misfits(page._page_box):  # noqa: SLF001 - WeasyPrint shows no boxes otherwise
            if text not in told:
                told.add(text)
                yield Problem(document, f"page {number}: “{text[:40]}” {said}", _HINT)


def _misfits(page: Any) -> Iterator[tuple[str, str]]:
    """The texts of a page that do not fit, and what is wrong with each."""
    for box in page.children:
        if isinstance(box, boxes.MarginBox):
            yield from _near_the_edge(box, page.margin_height())
            yield from _without_room(box, (0, page.margin_width(), page.margin_height()))
        else:
            yield from _without_room(box, _room(page))


def _near_the_edge(box: Any, height: float) -> Iterator[tuple[str, str]]:
    """Running marks where a printer does not print: of many lines, the first stands too high or the last too low."""
    for line in box.descendants():
        if isinstance(line, boxes.LineBox) and _text(line):
            distance = _MM * min(line.position_y, height - line.position_y - line.height)
            if distance < _UNPRINTABLE:
                yield (
                    _text(line),
                    f"stands {distance:.1f} mm from the edge of the paper, where a printer does not print",
                )


def _text(line: Any) -> str:
    return "".join(child.text for child in line.descendants() if isinstance(child, boxes.TextBox)).strip()


def _without_room(box: Any, room: _Room) -> Iterator[tuple[str, str]]:
    """Texts that leave the block that they stand in, or any block round it."""
    if isinstance(box, boxes.BlockContainerBox):
        own = _room(box)
        room = max(own[0], room[0]), min(own[1], room[1]), min(own[2], room[2])
    for child in box.children:
        shown = child._box if isinstance(child, AbsolutePlaceholder) else child  # noqa: SLF001
        if isinstance(shown, boxes.TextBox):
            over = max(room[0] - shown.position_x, shown.position_x + shown.width - room[1])
            if over > _TOLERANCE and shown.text.strip():
                yield shown.text.strip(), f"has no room: it runs {over * _MM:.1f} mm over the edge of its column"
        elif not shown.is_outside_marker:
            yield from _without_room(shown, room)
    if isinstance(box, boxes.LineBox):
        below = box.position_y + box.height - room[2]
        text = _text(box)
        if below > _TOLERANCE and text:
            yield text, f"has no room: it stands {below * _MM:.1f} mm below the foot of its box"


def _room(box: Any) -> _Room:
    left, top = box.content_box_x(), box.content_box_y()
    return left, left + box.width, top + box.height
