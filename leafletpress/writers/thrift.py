"""Spares WeasyPrint what it does many times for one answer: words measured again, fonts looked up again, styles.

A function that is replaced gives what the original gives; for anything but the plain case the original is asked. All
are held to the pinned version by a test, and written so that they could be offered to WeasyPrint.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from weasyprint import css
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import inline, preferred
from weasyprint.text import line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description

# The functions of WeasyPrint that are replaced.
ORIGINALS = (line_break.Layout.setup, line_break.split_first_line, line_break.strut, css.ComputedStyle.__missing__)
# What stands in the narrowest line: a word within which no line breaks (no hyphen, no script without spaces) before a
# space behind which one does, or at the end; or one Han character before another.
_LETTERS = r"a-zA-Z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u0590-\u06d5\u06ee-\u06ff\u0900-\u0dff"
_HAN = r"\u4e00-\u9fff"
_WORD = re.compile(rf"([{_LETTERS}]+[.,;:!?]?)( (?=[{_LETTERS}])|$)|[{_HAN}](?=[{_HAN}])")


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
# The properties of the flow of text that stand for one of the four sides, by direction.
_FLOWING = {
    direction: {key: name(block="ttb", inline=direction) for key, name in PHYSICAL_FUNCTIONS.items()}
    for direction in ("ltr", "rtl")
}


@dataclass(frozen=True, slots=True)
class _Type:
    """What texts of one font, size, language and direction share, and the words that were measured in it."""

    context: Any
    description: Any
    language: Any


@cache
def install() -> None:
    """Put the functions in their places; once a process."""
    line_break.Layout.setup = _setup
    preferred.split_first_line = _measure
    for module in (line_break, inline):
        module.strut = _strut
    css.ComputedStyle.__missing__ = _computed


def _type(style: Any) -> _Type | None:
    """What the texts of a style share; None for a style with anything out of the ordinary."""
    try:
        return style.type_  # type: ignore[no-any-return]
    except AttributeError:
        style.type_ = _shared_type(style)
        return style.type_  # type: ignore[no-any-return]


def _shared_type(style: Any) -> _Type | None:
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
        not features
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
    key = (tuple(style["font_family"]), *(style[kind] for kind in kinds))
    known = style.font_config.__dict__.setdefault("types", {})
    if key not in known:
        known[key] = _new_type(style)
    return known[key]  # type: ignore[no-any-return]


def _new_type(style: Any) -> _Type:
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003 - a C function
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name, _kept = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    return _Type(context, get_font_description(style), language)


def _setup(self: Any, style: Any) -> None:
    """`Layout.setup`; texts of one style of type share its context and the description of its font."""
    shared = _type(style)
    if shared is None:
        ORIGINALS[0](self, style)
        return
    self.style, self.language, self.first_line_direction = style, shared.language, 0
    self.layout = ffi.gc(pango.pango_layout_new(shared.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003
    pango.pango_layout_set_font_description(self.layout, shared.description)
    self.ascent = self.underline_position = self.strikethrough_position = None


def _measure(
    text: str,
    style: Any,
    context: Any,
    max_width: float | None,
    justification_spacing: float,
    is_line_start: bool = True,  # noqa: FBT001, FBT002 - as the original
    minimum: bool = False,  # noqa: FBT001, FBT002
) -> tuple[Any, Any, int | None, float, Any, Any]:
    """`split_first_line` for measuring, where only the width and where to go on are asked.

    Where the narrowest line holds a word or a character that is known beforehand, it is measured once a layout.
    """
    shared = _type(style) if max_width == 0 else None
    found = _WORD.match(text) if shared else None
    if not shared or not found or style["white_space"] != "normal" or style["overflow_wrap"] == "anywhere":
        ask = (text, style, context, max_width, justification_spacing, is_line_start, minimum)
        return ORIGINALS[1](*ask)  # type: ignore[no-any-return]
    known = context.__dict__.setdefault("words", {})
    word = found[1] or found[0]
    key = id(shared), word
    if key not in known:
        layout = line_break.Layout(style)
        layout.set_text(word)
        known[key] = line_break.line_size(layout.get_first_line()[0], style)[0]
    return None, None, None if found.end() == len(text) else len(found[0].encode()), known[key], None, None


def _strut(style: Any) -> tuple[float, float]:
    """`strut`, asked once for each style."""
    try:
        return style.strut_  # type: ignore[no-any-return]
    except AttributeError:
        style.strut_ = ORIGINALS[2](style)
        return style.strut_  # type: ignore[no-any-return]


def _computed(self: Any, key: str) -> Any:
    """`ComputedStyle.__missing__`; what no rule sets is taken over as it is."""
    parent, rules = self.parent_style, self.cascaded
    if key not in rules and parent is not None:
        flowing = _FLOWING["ltr"].get(key)
        if flowing is None or (flowing not in rules and _FLOWING["rtl"][key] not in rules):
            if key in _INITIAL:
                self[key] = value = _INITIAL[key]
                return value
            if key in _PASSED_ON or key.startswith("__"):
                value = parent[key]
                if not check_math(value):
                    self[key] = value
                    return value
    return ORIGINALS[3](self, key)
