"""Spares WeasyPrint what it works out again for each box: values that no rule sets, lengths in pixels, pictures.

A function that is replaced gives what the original gives; for anything but the plain case the original is asked. All
are held to the pinned version by a test, and written so that they could be offered to WeasyPrint.
"""

from functools import cache, lru_cache
from math import inf
from typing import Any

from PIL import Image
from weasyprint import css, images
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, grid, inline, page, percent, table
from weasyprint.layout import float as floats

# The functions of WeasyPrint that are replaced.
ORIGINALS = {
    "ComputedStyle.__init__": css.ComputedStyle.__init__,
    "ComputedStyle.__missing__": css.ComputedStyle.__missing__,
    "AnonymousStyle.__init__": css.AnonymousStyle.__init__,
    "resolve_percentages": percent.resolve_percentages,
    "RasterImage._get_png_data": images.RasterImage._get_png_data,  # noqa: SLF001
}
# Properties whose value is that of the parent, or the initial one, where no rule sets them.
_SPECIAL = ("position", "float", "display", "page")
_PASSED_ON = frozenset(key for key in INHERITED if not key.startswith("text_decoration_"))
_INITIAL = {
    key: value
    for key, value in INITIAL_VALUES.items()
    if key not in INHERITED | INITIAL_NOT_COMPUTED
    and key not in _SPECIAL
    and not key.startswith(("text_decoration_", "__"))
}
# What a property of the flow of text sets, in one direction or the other.
_SETS: dict[str, set[str]] = {}
for _direction in ("ltr", "rtl"):
    for _key, _name in PHYSICAL_FUNCTIONS.items():
        _SETS.setdefault(_name(block="ttb", inline=_direction), set()).add(_key)
_ACROSS = (
    "margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width"
)  # fmt: skip
_ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


def _begin_computed(self: Any, *values: Any) -> None:
    """`ComputedStyle.__init__`; what no rule sets has its initial value from the beginning."""
    ORIGINALS["ComputedStyle.__init__"](self, *values)
    if self.pseudo_type is None and self.parent_style is not None:
        self.update(_INITIAL)
        for rule in self.cascaded:
            for key in _SETS.get(rule, (rule,)):
                self.pop(key, None)
    elif "anchor" not in self.cascaded:  # asked of each, and not passed on
        self["anchor"] = INITIAL_VALUES["anchor"]


def _begin_anonymous(self: Any, parent_style: Any) -> None:
    """`AnonymousStyle.__init__`; the same for a box that no rule is about."""
    self.update(_INITIAL)
    ORIGINALS["AnonymousStyle.__init__"](self, parent_style)


def _computed(self: Any, key: str) -> Any:
    """`ComputedStyle.__missing__`; what no rule sets is taken over as it is."""
    parent = self.parent_style
    if key in _PASSED_ON and key not in self.cascaded and parent is not None:
        value = parent[key]
        if not check_math(value):
            self[key] = value
            return value
    return ORIGINALS["ComputedStyle.__missing__"](self, key)


def _resolve_percentages(box: Any, containing_block: Any) -> None:
    """`resolve_percentages`; lengths in pixels, which nearly all are, are taken as they are."""
    if isinstance(containing_block, boxes.Box):
        width, height = containing_block.width, containing_block.height
    else:
        width, height = containing_block
    _resolve(box, _ACROSS, width)
    _resolve(box, _ALONG, height if isinstance(box, boxes.PageBox) else width)
    style = box.style
    if height == "auto":
        own = style["height"]
        box.height = "auto" if own == "auto" or check_math(own) or own.unit == "%" else own.value
        _resolve(box, ("min_height",), 0)
        _resolve(box, ("max_height",), inf)
    else:
        _resolve(box, ("height", "min_height", "max_height"), height)
    collapse = style["border_collapse"] == "collapse"
    for key in _BORDERS:
        if not (collapse and hasattr(box, key)):
            setattr(box, key, style[key])
    if style["box_sizing"] != "content-box":
        percent.adjust_box_sizing(box, "width")
        percent.adjust_box_sizing(box, "height")


def _resolve(box: Any, keys: tuple[str, ...], refer_to: Any) -> None:
    style = box.style
    for key in keys:
        value = style[key]
        if type(value) is Dimension and value.unit == "px":
            setattr(box, key, value.value)
        elif value == "auto":
            setattr(box, key, 0 if key in ("min_width", "min_height") else value)
        else:
            percent.resolve_one_percentage(box, key, refer_to)


def _png_data(image: Any) -> bytes:
    """`RasterImage._get_png_data`; what was encoded for one document serves the next, as a QR code does."""
    if image.mode not in ("1", "L"):
        return ORIGINALS["RasterImage._get_png_data"](image)  # type: ignore[no-any-return]
    return _encoded(image.mode, image.size, image.tobytes())


@lru_cache(maxsize=64)
def _encoded(mode: str, size: tuple[int, int], dots: bytes) -> bytes:
    return ORIGINALS["RasterImage._get_png_data"](Image.frombytes(mode, size, dots))  # type: ignore[no-any-return]


# Where each of them is put: what holds it, its name there, and ours.
PLACES: tuple[tuple[Any, str, Any], ...] = (
    (css.ComputedStyle, "__init__", _begin_computed),
    (css.ComputedStyle, "__missing__", _computed),
    (css.AnonymousStyle, "__init__", _begin_anonymous),
    *(
        (module, "resolve_percentages", _resolve_percentages)
        for module in (percent, absolute, block, column, floats, grid, inline, page, table)
    ),
    (images.RasterImage, "_get_png_data", staticmethod(_png_data)),
)


@cache
def install() -> None:
    """Put the functions in their places; once a process."""
    for holder, name, ours in PLACES:
        setattr(holder, name, ours)
