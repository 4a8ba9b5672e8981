"""Sees what in the style sheets of a page would hide a text or fetch something.

A browser lays the page out in widths and schemes that nobody has tried, so each declaration is judged by itself.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from leafletpress.write.html import palette
from leafletpress.write.html.declared import PAGE, Declared, declarations
from leafletpress.write.sheets import style_sheets

# What each of these may be set to; any other value may take a text out of sight or turn it round.
_ALLOWED: dict[str, frozenset[str]] = {
    name: frozenset(values.split("|"))
    for name, values in {
        "clip": "auto", "clip-path": "none", "content-visibility": "visible", "filter": "none",
        "backdrop-filter": "none",
        "mask": "none", "mask-image": "none", "mix-blend-mode": "normal", "opacity": "1|100%|1.0", "rotate": "none",
        "scale": "none|1", "transform": "none", "translate": "none", "offset-path": "none", "visibility": "visible",
        "zoom": "1|100%", "animation": "none", "animation-name": "none", "line-clamp": "none",
        "-webkit-line-clamp": "none", "-webkit-mask": "none", "-webkit-mask-image": "none",
        "-webkit-text-fill-color": "currentcolor", "-webkit-text-security": "none", "background-clip": "border-box",
        "writing-mode": "horizontal-tb", "unicode-bidi": "isolate|normal|plaintext", "text-overflow": "clip",
        "overflow": "visible|auto", "overflow-x": "visible|auto", "overflow-y": "visible|auto",
        "overflow-block": "visible|auto", "overflow-inline": "visible|auto", "position": "static|relative",
        "all": "", "direction": "", "font-size-adjust": "none", "text-combine-upright": "none",
        "ruby-position": "", "appearance": "none|auto",
    }.items()
}  # fmt: skip
_REFUSED = {
    "display": {"none"},
    "flex-direction": {"row-reverse", "column-reverse"},
    "flex-flow": {"row-reverse", "column-reverse"},
    "flex-wrap": {"wrap-reverse"},
    "text-decoration": {"line-through"},
    "text-decoration-line": {"line-through"},
}
_TOO_SHORT = ("height", "max-height", "block-size", "max-block-size")
_TOO_NARROW = ("width", "max-width", "inline-size", "max-inline-size")
_MOVES = ("top", "right", "bottom", "left")
_SMALLEST = {"px": 9.0, "pt": 7.0, "mm": 2.4, "cm": 0.24, "in": 0.1, "pc": 0.6, "rem": 0.6}
_EM_OF = {"px": 1 / 16, "pt": 1 / 12, "mm": 0.236, "cm": 2.36, "in": 6.0, "pc": 1.0, "rem": 1.0, "em": 1.0, "%": 0.1}
_LEAST_NEGATIVE = -0.25  # of an em: what lets two frames be one
_PSEUDO = ("::before", "::after")


def hidden_or_fetched(page: str) -> Iterator[tuple[int, str]]:
    """Offsets in the page, and what its style sheets do there that a leaflet may not: hide a text, or fetch."""
    sheets = tuple(style_sheets(page))
    for offset, fault in _faults(tuple(sheet for _, sheet in sheets)):
        yield _in_page(offset, sheets), fault


@lru_cache(maxsize=64)  # all leaflets in a language have the same
def _faults(sheets: tuple[str, ...]) -> tuple[tuple[int, str], ...]:
    declared = list(declarations(sheets))
    found = []
    for one in declared:
        if fetched := _fetched(one):
            found.append((one.offset, f'"{fetched}" is outside of the project'))
        elif _hides(one):
            found.append((one.offset, f'"{one.name}: {one.text[:80]}" hides a part of the leaflet'))
    return (*found, *palette.unseen(declared))


def _in_page(offset: int, sheets: tuple[tuple[int, str], ...]) -> int:
    """The place in the page of an offset in its style sheets, of which each has its own place."""
    for start, sheet in sheets:
        if offset < len(sheet):
            return start + offset
        offset -= len(sheet)
    raise ValueError("an offset behind all style sheets")


def _hides(one: Declared) -> bool:
    """Whether a declaration may take a text out of sight."""
    # The head of a table goes where each cell names its column; small pictures stand in pseudo-elements.
    if one.is_about("thead") and one.name in (*_ALLOWED, *_TOO_SHORT, *_TOO_NARROW):
        return one.name in ("opacity", "visibility", "filter")
    if one.is_about(*_PSEUDO) and one.name in ("position", "filter", *_MOVES):
        return False
    if one.is_about(PAGE) and one.name in ("content", "direction", *_TOO_NARROW):
        return False  # the running marks, which the templates make of the handout
    if one.name in _ALLOWED:
        return one.text.removesuffix(" !important") not in _ALLOWED[one.name]
    if one.name in _REFUSED:
        return not _REFUSED[one.name].isdisjoint(one.text.split())
    if any(token.type == "function" and token.lower_name.endswith("gradient") for token in one.value):
        return one.name.startswith("background")
    return _is_too_small(one) or _is_moved(one) or _is_written(one)


def _is_too_small(one: Declared) -> bool:
    lengths = list(_lengths(one.value))
    match one.name:
        case "font-size" | "font":
            functions = any(token.type == "function" for token in one.value)
            return functions or "smaller" in one.text.split() or any(_is_tiny(one, *length) for length in lengths[:1])
        case name if name in _TOO_SHORT:
            return bool(lengths) and not one.is_about("img", *_PSEUDO) and lengths != [(100.0, "%")]
        case name if name in _TOO_NARROW:
            return not one.is_about("img", *_PSEUDO) and any(_em(*length) < 5 for length in lengths)
        case "line-height":
            return not one.is_about("sup", "sub") and any(_em(*length) < 1 for length in lengths)
    return False


def _is_tiny(one: Declared, number: float, unit: str) -> bool:
    if unit in ("em", "%"):
        share = number / 100 if unit == "%" else number
        return share < (0.6 if one.is_about("sup", "sub", "small") else 1)  # shares of shares soon come to nothing
    return number < _SMALLEST.get(unit, float("inf"))


def _is_moved(one: Declared) -> bool:
    """Whether a text is moved out of its place, or over another."""
    if one.is_about(*_PSEUDO):
        return False
    least = [_em(*length) for length in _lengths(one.value)]
    if one.name in _MOVES or one.name.startswith("inset"):
        return any(least)
    if one.name.startswith("margin"):
        return any(token.type == "function" for token in one.value) or any(one < _LEAST_NEGATIVE for one in least)
    if one.name in ("text-indent", "letter-spacing", "word-spacing"):
        return any(not -0.05 <= length <= 3 for length in least)
    return False


def _is_written(one: Declared) -> bool:
    """Whether words come from a style sheet, or a picture in the place of words."""
    if one.name != "content":
        return False
    words = any(token.type == "string" and any(map(str.isalnum, token.value)) for token in one.value)
    return words or not one.is_about(*_PSEUDO, "::marker")


def _lengths(value: tuple[Any, ...]) -> Iterator[tuple[float, str]]:
    """The numbers of a value with their units."""
    for token in value:
        if token.type == "dimension":
            yield token.value, token.lower_unit
        elif token.type == "percentage":
            yield token.value, "%"
        elif token.type == "number":
            yield token.value, "em"


def _em(number: float, unit: str) -> float:
    """About how many times the size of the type a length is."""
    return number * _EM_OF.get(unit, 1.0)


def _fetched(one: Declared) -> str:
    """The address that a declaration has the browser fetch, "" where all it needs is in the page."""
    if one.name == "@import":
        return f"@import {one.text[:80]}"
    return next((address for address in _addresses(one.value) if not address.lower().startswith("data:")), "")


def _addresses(tokens: Any) -> Iterator[str]:
    for token in tokens:
        if token.type == "url":
            yield token.value
        elif token.type == "function":
            if token.lower_name in ("url", "src", "image", "image-set", "-webkit-image-set"):
                yield from (part.value for part in token.arguments if part.type == "string")
            yield from _addresses(token.arguments)
