"""Knows the brackets among glyphs: from right to left, each is drawn as the one that faces the other way."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from leafletpress.write.pdf.patches.strings import GLYPHS, numbers, tokens


def said(text: str, letters: Any, fonts: list[Any]) -> bool:
    """Let each bracket among glyphs, as numbers in hexadecimal between < and >, say what it shows; whether any is."""
    shown = (number for found in GLYPHS.findall(text) for number in numbers(found))
    brackets = [number for number in shown if mirrored(letters.own.get(number, ""))]
    for font in fonts:
        font.to_unicode.update((number, letters.own[number]) for number in brackets)
    return bool(brackets)


def parts(text: str, letters: Any) -> Iterator[tuple[str, str]]:
    """The glyphs and moves in parts, each with the bracket that it is, "" for the parts between."""
    between = ""
    for token in tokens(text):
        bracket = letters.own.get(int(token[1:-1], 16), "") if token[0] == "<" else ""
        if not mirrored(bracket):
            between += token
            continue
        if between:
            yield between, ""
        yield token, bracket
        between = ""
    if between:
        yield between, ""


@cache
def mirrored(char: str) -> str:
    """The bracket or quotation mark that faces the other way, "" for what is none (Unicode: Bidi_Mirrored)."""
    name = unicodedata.name(char, "") if char and unicodedata.mirrored(char) else ""
    sides = {"LEFT": "RIGHT", "RIGHT": "LEFT"}
    turned = re.sub("LEFT|RIGHT", lambda side: sides[side[0]], name)
    try:
        return unicodedata.lookup(turned) if turned != name else ""
    except KeyError:
        return ""
