"""Spares WeasyPrint what it does many times for one answer: words measured again, fonts looked up again, styles.

A function that is replaced gives what the original gives; for anything but the plain case the original is asked. All
are held to the pinned version by a test, and written so that they could be offered to WeasyPrint.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import inf
from typing import Any

from PIL import Image
from weasyprint import css, images
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES, Dimension
from weasyprint.formatting_structure import boxes
from weasyprint.layout import absolute, block, column, grid, inline, page, percent, preferred, table
from weasyprint.layout import float as floats
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

# The functions of WeasyPrint that are replaced.
ORIGINALS = {
    "Layout.setup": line_break.Layout.setup,
    "Layout.deactivate": line_break.Layout.deactivate,
    "Layout.reactivate": line_break.Layout.reactivate,
    "split_first_line": line_break.split_first_line,
    "strut": line_break.strut,
    "ComputedStyle.__init__": css.ComputedStyle.__init__,
    "ComputedStyle.__missing__": css.ComputedStyle.__missing__,
    "AnonymousStyle.__init__": css.AnonymousStyle.__init__,
    "resolve_percentages": percent.resolve_percentages,
    "RasterImage._get_png_data": images.RasterImage._get_png_data,  # noqa: SLF001
}
# What stands in the narrowest line: a word within which no line breaks (no hyphen, no script without spaces) before a
# space behind which one does, or at the end; or one Han character before another.
_LETTERS = r"a-zA-Z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u0590-\u06d5\u06ee-\u06ff\u0900-\u0dff"
_HAN = r"\u4e00-\u9fff"
_WORD = re.compile(rf"([{_LETTERS}]+[.,;:!?]?)( (?=[{_LETTERS}])|$)|[{_HAN}](?=[{_HAN}])")
# The properties that make a style of type.
_TYPE = frozenset(key for key in INHERITED if key.startswith("font_")) | {
    "lang", "direction", "letter_spacing", "word_spacing", "text_decoration", "text_decoration_line"
}  # fmt: skip
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
# The properties that decide where lines break.
_BREAKING = (
    "white_space", "overflow_wrap", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars", "tab_size"
)  # fmt: skip
_REMEMBERED: list[dict[Any, Any]] = []  # what was measured of the document that is laid out
_ACROSS = (
    "margin_left", "margin_right", "padding_left", "padding_right", "width", "min_width", "max_width"
)  # fmt: skip
_ALONG = ("margin_top", "margin_bottom", "padding_top", "padding_bottom")
_BORDERS = tuple(f"border_{side}_width" for side in ("top", "right", "bottom", "left"))


@dataclass(frozen=True, slots=True)
class _Type:
    """What texts of one font, size, language and direction share, and the words that were measured in it."""

    context: Any
    description: Any
    language: Any
    attributes: Any
    struts: dict[float, tuple[float, float]] = field(default_factory=dict)


def _type(style: Any) -> _Type | None:
    """What the texts of a style share; None for a style with anything out of the ordinary."""
    try:
        return style.type_  # type: ignore[no-any-return]
    except AttributeError:
        style.type_ = _shared_type(style)
        return style.type_  # type: ignore[no-any-return]


def _shared_type(style: Any) -> _Type | None:
    parent = style.parent_style
    rules = getattr(style, "cascaded", ())
    if (
        parent is not None
        and _TYPE.isdisjoint(rules)
        and all(style[key] == parent[key] for key in _TYPE & style.keys())
    ):
        return _type(parent)
    features = font_features(
        style["font_kerning"],
        style["font_variant_ligatures"],
        style["font_variant_position"],
        style["font_variant_caps"],
        style["font_variant_numeric"],
        style["font_variant_alternates"],
        style["font_variant_east_asian"],
        style["font_feature_settings"],
    )
    plain = (
        (not features or style["overflow_wrap"] == "normal")  # else each text changes the attributes
        and style["text_decoration_line"] == "none"
        and style["font_language_override"] == "normal"
        and style["font_variation_settings"] == "normal"
        and style["letter_spacing"] == "normal"
        and style["word_spacing"] == 0
        and style["lang"]
    )
    if not plain:
        return None
    kinds = ("font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps", "lang", "direction")
    key = (tuple(style["font_family"]), *features.items(), *(style[kind] for kind in kinds))
    known = style.font_config.__dict__.setdefault("types", {})
    if key not in known:
        known[key] = _new_type(style, features)
    return known[key]  # type: ignore[no-any-return]


def _new_type(style: Any, features: dict[str, Any]) -> _Type:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name, _kept = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    attributes = None
    if features:
        named = ",".join(f"{key} {value}" for key, value in features.items())
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        pango.pango_attr_list_insert(attributes, pango.pango_attr_font_features_new(named.encode()))
    return _Type(context, get_font_description(style), language, attributes)


def _setup(self: Any, style: Any) -> None:
    """`Layout.setup`; texts of one style of type share its context and the description of its font."""
    shared = _type(style)
    if shared is None:
        ORIGINALS["Layout.setup"](self, style)
        return
    self.style, self.language, self.first_line_direction = style, shared.language, 0
    self.layout = ffi.gc(pango.pango_layout_new(shared.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)
    pango.pango_layout_set_font_description(self.layout, shared.description)
    if shared.attributes:
        pango.pango_layout_set_attributes(self.layout, shared.attributes)
    self.ascent = self.underline_position = self.strikethrough_position = None


def _deactivate(self: Any) -> None:
    """`Layout.deactivate`; a line that is laid out is kept as it is until it is drawn."""


def _reactivate(self: Any, style: Any) -> None:
    """`Layout.reactivate`; only a justified line has other spaces when it is drawn."""
    if self.justification_spacing:
        ORIGINALS["Layout.reactivate"](self, style)


@contextmanager
def one_document() -> Iterator[None]:
    """Remember what is measured, for the same document is laid out several times."""
    _REMEMBERED.append({})
    try:
        yield
    finally:
        _REMEMBERED.pop()


def _split(text: str, style: Any, context: Any, max_width: float | None, *how: Any, **more: Any) -> Any:
    """`split_first_line`; a line is split once for all that is laid out of a document."""
    shared = _type(style)
    if shared is None or not _REMEMBERED:
        return ORIGINALS["split_first_line"](text, style, context, max_width, *how, **more)
    known = _REMEMBERED[-1]
    key = (id(shared), text, max_width, how, *more.items(), *(style[kind] for kind in _BREAKING))
    if key not in known:
        known[key] = ORIGINALS["split_first_line"](text, style, context, max_width, *how, **more)
    return known[key]


def _measure(text: str, style: Any, context: Any, max_width: float | None, *how: Any, **more: Any) -> Any:
    """`split_first_line` for measuring, where only the width and where to go on are asked.

    Where the narrowest line holds a word or a character that is known beforehand, nothing but that is measured.
    """
    shared = _type(style) if max_width == 0 and _REMEMBERED else None
    found = _WORD.match(text) if shared else None
    if not shared or not found or style["white_space"] != "normal" or style["overflow_wrap"] == "anywhere":
        return _split(text, style, context, max_width, *how, **more)
    known = _REMEMBERED[-1]
    word = found[1] or found[0]
    key = id(shared), word
    if key not in known:
        layout = line_break.Layout(style)
        layout.set_text(word)
        known[key] = line_break.line_size(layout.get_first_line()[0], style)[0]
    return None, None, None if found.end() == len(text) else len(found[0].encode()), known[key], None, None


def _strut(style: Any) -> tuple[float, float]:
    """`strut`, asked once for each style of type and height of lines."""
    shared, height = _type(style), style["line_height"]
    if shared is None or not isinstance(height, float):
        return ORIGINALS["strut"](style)  # type: ignore[no-any-return]
    if height not in shared.struts:
        shared.struts[height] = ORIGINALS["strut"](style)
    return shared.struts[height]


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
    (line_break.Layout, "setup", _setup),
    (line_break.Layout, "deactivate", _deactivate),
    (line_break.Layout, "reactivate", _reactivate),
    (preferred, "split_first_line", _measure),
    (inline, "split_first_line", _split),
    *((module, "strut", _strut) for module in (line_break, inline)),
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
