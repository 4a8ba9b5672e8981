"""Spares WeasyPrint text that is measured again and again: words, lines, fonts looked up, the height of lines.

A function that is replaced gives what the original gives; for anything but the plain case the original is asked. All
are held to the pinned version by a test, and written so that they could be offered to WeasyPrint.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from weasyprint.css.properties import INHERITED
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

from leafletpress.write.pdf.patches.line_ends import split_first_line

# The functions of WeasyPrint that are replaced, one of them in its mended form.
ORIGINALS = {
    "Layout.setup": line_break.Layout.setup,
    "Layout.deactivate": line_break.Layout.deactivate,
    "Layout.reactivate": line_break.Layout.reactivate,
    "split_first_line": split_first_line,
    "strut": line_break.strut,
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
# The properties that decide where lines break.
_BREAKING = (
    "white_space", "overflow_wrap", "word_break", "hyphens", "hyphenate_character", "hyphenate_limit_chars", "tab_size"
)  # fmt: skip
_REMEMBERED: list[dict[Any, Any]] = []  # what was measured of the document that is laid out


@dataclass(frozen=True, slots=True)
class _Type:
    """What texts of one font, size, language and direction share."""

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


# Where each of them is put: what holds it, its name there, and ours.
PLACES: tuple[tuple[Any, str, Any], ...] = (
    (line_break.Layout, "setup", _setup),
    (line_break.Layout, "deactivate", _deactivate),
    (line_break.Layout, "reactivate", _reactivate),
    (preferred, "split_first_line", _measure),
    (inline, "split_first_line", _split),
    *((module, "strut", _strut) for module in (line_break, inline)),
)


@cache
def install() -> None:
    """Put the functions in their places; once a process."""
    for holder, name, ours in PLACES:
        setattr(holder, name, ours)
