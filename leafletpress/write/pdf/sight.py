"""Sees whether each text of laid-out pages can be read: how large it is, its colour on its ground, what lies over it.

A style sheet can print every word and show none.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from leafletpress.model.text.excerpt import excerpt
from leafletpress.write.contrast import LEAST, WHITE, Colour, contrast, over
from leafletpress.write.pdf import boxes

_SMALLEST = 4.5  # points; citations in the smallest print of a reference have 5
_POINT = 96 / 72  # CSS pixels
_TOUCHES = 1.0  # CSS pixels that a thing is thick at least to cover a text, and by which lines may overlap
_BESIDE = 96 / 25.4  # 1 mm, by which Arabic words may come out wider than they were reckoned to be

_Area = tuple[float, float, float, float]  # left, top, right, bottom in CSS pixels


@dataclass(frozen=True, slots=True)
class _Around:
    """What the boxes around a text do to it: its ground (None where that is no one colour), and who they are."""

    ground: Colour | None = WHITE
    opacity: float = 1.0
    changed: str = ""
    boxes: frozenset[int] = frozenset()


@dataclass(slots=True)
class _Page:
    """What a page shows: its texts, and what is painted where by which box."""

    texts: list[tuple[Any, _Around]] = field(default_factory=list)
    painted: list[tuple[_Area, int]] = field(default_factory=list)


def unseen(pages: Iterable[Any]) -> Iterator[str]:
    """What can't be read on the pages (WeasyPrint's): the first text of each kind of fault, and how many more."""
    found: dict[str, list[str]] = {}
    for number, page in enumerate(pages, start=1):
        for text, fault in _faults(_looked_at(boxes.sheet(page))):
            found.setdefault(fault, []).append(f"page {number}: “{excerpt(text)}”")
    for fault, (first, *more) in found.items():
        yield f"{first}{f' and {len(more)} more' if more else ''} {fault}"


def _looked_at(sheet: Any) -> _Page:
    page = _Page()
    for box, around in boxes.walk(sheet, _Around(), _inside):
        if isinstance(box, boxes.TextBox):
            if box.text.strip() and box.style["visibility"] == "visible":
                page.texts.append((box, around))
        elif box.style["visibility"] == "visible":
            page.painted += [(area, id(box)) for area in _painted(box)]
    return page


def _inside(box: Any, around: _Around) -> _Around:
    """What a box adds to what is around the texts in it."""
    style = box.style
    ground = around.ground
    if style["background_color"] != "transparent" and (alpha := _alpha(style["background_color"], style)):
        ground = over(_rgb(style["background_color"], style), alpha, ground or WHITE) if ground or alpha == 1 else None
    if any(kind.endswith("gradient") for kind, _ in style["background_image"]):
        ground = None
    changed = next((name for name in ("transform", "clip") if style[name]), around.changed)
    return _Around(ground, around.opacity * style["opacity"], changed, around.boxes | {id(box)})


def _faults(page: _Page) -> Iterator[tuple[str, str]]:
    """Texts of a page, and what is wrong with each."""
    for box, around in page.texts:
        if box.style["font_size"] < _SMALLEST * _POINT:
            yield box.text, f"is smaller than {_SMALLEST} pt"
        if around.opacity < 1:
            yield box.text, "lets its ground through (opacity)"
        if "line-through" in box.style["text_decoration_line"]:
            yield box.text, "is struck through"
        if around.changed:
            yield box.text, f"is moved or cut by {around.changed}"
        colour = _rgb(box.style["color"], box.style)
        if around.ground is None:
            yield box.text, "stands on more than one colour"
        elif contrast(over(colour, _alpha(box.style["color"], box.style), around.ground), around.ground) < LEAST:
            yield box.text, f"has a contrast of less than {LEAST} to 1 on its ground"
    yield from ((text, "lies over or under something else") for text in _covered(page))


def _covered(page: _Page) -> Iterator[str]:
    """The texts that share a place with another, or with what is painted by a box that they do not stand in."""
    texts = [(_core(box), id(box), box.text, around.boxes) for box, around in page.texts]
    things = [*texts, *((area, owner, "", frozenset[int]()) for area, owner in page.painted)]
    near: list[tuple[_Area, int, str, frozenset[int]]] = []  # from the top down, what reaches to this height
    for thing in sorted(things, key=lambda one: one[0][1]):
        area, owner, text, around = thing
        near = [one for one in near if one[0][3] > area[1]]
        for other, its_owner, its_text, its_around in near:
            if (text or its_text) and its_owner not in around and owner not in its_around and _overlap(area, other):
                yield text or its_text
                break
        near.append(thing)


def _core(box: Any) -> _Area:
    """Where the letters of a text stand, for certain: its height without what is kept free above and below."""
    top, height = box.position_y, box.height
    return box.position_x, top + height / 4, box.position_x + box.width, top + height * 3 / 4


def _painted(box: Any) -> Iterator[_Area]:
    """What a box covers: with its ground, its frame, or a picture."""
    if not hasattr(box, "border_box_x") or not isinstance(box.width, int | float):
        return
    left, top = box.border_box_x(), box.border_box_y()
    right, bottom = left + box.border_width(), top + box.border_height()
    if isinstance(box, boxes.ReplacedBox) or _has_ground(box):
        yield left, top, right, bottom
        return
    sides = (
        (left, top, right, top + box.border_top_width),
        (left, bottom - box.border_bottom_width, right, bottom),
        (left, top, left + box.border_left_width, bottom),
        (right - box.border_right_width, top, right, bottom),
    )
    yield from (side for side in sides if side[2] - side[0] > _TOUCHES < side[3] - side[1])


def _has_ground(box: Any) -> bool:
    pictures = any(kind != "none" for kind, _ in box.style["background_image"])
    return pictures or _alpha(box.style["background_color"], box.style) > 0


def _overlap(one: _Area, other: _Area) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > _BESIDE and high > _TOUCHES


def _rgb(colour: Any, style: Any) -> Colour:
    red, green, blue = (style["color"] if colour == "currentcolor" else colour).to("srgb").coordinates
    return red, green, blue


def _alpha(colour: Any, style: Any) -> float:
    return float((style["color"] if colour == "currentcolor" else colour).alpha)
