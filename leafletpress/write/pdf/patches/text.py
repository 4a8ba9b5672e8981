"""Spares WeasyPrint lines and words that it would measure again: tables and columns are laid out several times.

Each function gives what WeasyPrint's gives; for anything but the plain case, that is asked.
"""

import re
from typing import Any

from weasyprint.css.properties import INHERITED
from weasyprint.text import line_break
from weasyprint.text.fonts import font_features

from leafletpress.write.pdf.patches.memory import remembered

# What stands in the narrowest line: a word within which no line breaks (no hyphen, no script without spaces) before a
# space behind which one does, or at the end; or one Han character before another.
_LETTERS = r"a-zA-Z0-9\u00c0-\u024f\u0370-\u03ff\u0400-\u04ff\u0590-\u06d5\u06ee-\u06ff\u0900-\u0dff"
_HAN = r"\u4e00-\u9fff"
_WORD = re.compile(rf"([{_LETTERS}]+[.,;:!?]?)( (?=[{_LETTERS}])|$)|[{_HAN}](?=[{_HAN}])")
# The properties that make a style of type, and those of which it has one value each.
_TYPE = frozenset(key for key in INHERITED if key.startswith("font_")) | {
    "lang", "direction", "letter_spacing", "word_spacing", "text_decoration", "text_decoration_line"
}  # fmt: skip
_KINDS = ("font_style", "font_stretch", "font_weight", "font_size", "font_variant_caps", "lang", "direction")
_FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps", "font_variant_numeric",
    "font_variant_alternates", "font_variant_east_asian", "font_feature_settings",
)  # fmt: skip
# The properties that decide where lines break.
_BREAKING = (
    "white_space", "overflow_wrap", "word_break", "tab_size",
    "hyphens", "hyphenate_character", "hyphenate_limit_chars", "hyphenate_limit_zone",
)  # fmt: skip


def split(stock: Any) -> Any:
    """For `text.line_break.split_first_line`; a line is split once for all that is laid out of a document."""

    def ours(text: str, style: Any, context: Any, max_width: float | None, *how: Any, **more: Any) -> Any:
        type_, known = _type(style), remembered()
        if type_ is None or known is None:
            return stock(text, style, context, max_width, *how, **more)
        key = (type_, text, max_width, how, *more.items(), *(style[kind] for kind in _BREAKING))
        if key not in known:
            known[key] = stock(text, style, context, max_width, *how, **more)
        return known[key]

    return ours


def measure(stock: Any) -> Any:
    """For `text.line_break.split_first_line` where only the width and where to go on are asked.

    Where the narrowest line holds a word or a character that is known beforehand, nothing but that is measured.
    """

    def ours(text: str, style: Any, context: Any, max_width: float | None, *how: Any, **more: Any) -> Any:
        known = remembered() if max_width == 0 else None
        type_ = _type(style) if known is not None else None
        found = _WORD.match(text) if type_ else None
        if known is None or not found or style["white_space"] != "normal" or style["overflow_wrap"] == "anywhere":
            return stock(text, style, context, max_width, *how, **more)
        word = found[1] or found[0]
        key = type_, word
        if key not in known:
            layout = line_break.Layout(style)
            layout.set_text(word)
            known[key] = line_break.line_size(layout.get_first_line()[0], style)[0]
        return None, None, None if found.end() == len(text) else len(found[0].encode()), known[key], None, None

    return ours


def _type(style: Any) -> object | None:
    """The style of type that texts have in common; None for a style with anything out of the ordinary."""
    try:
        return style.type_  # type: ignore[no-any-return]
    except AttributeError:
        style.type_ = _common_type(style)
        return style.type_  # type: ignore[no-any-return]


def _common_type(style: Any) -> object | None:
    parent = style.parent_style
    rules = getattr(style, "cascaded", ())
    if (
        parent is not None
        and _TYPE.isdisjoint(rules)
        and all(style[key] == parent[key] for key in _TYPE & style.keys())
    ):
        return _type(parent)
    plain = (
        style["text_decoration_line"] == "none"
        and style["font_language_override"] == "normal"
        and style["font_variation_settings"] == "normal"
        and style["letter_spacing"] == "normal"
        and style["word_spacing"] == 0
    )
    if not plain:
        return None
    features = font_features(*(style[key] for key in _FEATURES))
    key = (tuple(style["font_family"]), *features.items(), *(style[kind] for kind in _KINDS))
    types: dict[Any, object] = style.font_config.__dict__.setdefault("types", {})
    return types.setdefault(key, object())
