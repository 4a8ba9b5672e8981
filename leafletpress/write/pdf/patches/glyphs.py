"""Knows what the glyphs of a font say by themselves: by its characters, and substitutions of Arabic and Hebrew."""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from fontTools.ttLib import TTFont

RIGHT_TO_LEFT_MARK = "\u200f"
# What empty glyphs say, in this order, so that a font always gives the same bytes.
_CARRIED = RIGHT_TO_LEFT_MARK + "\u0644\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654\u0670"
_LETTER = re.compile(r"[\u0590-\u05f4\u0620-\u065f\u0670-\u06ff\ufb1d-\ufdff\ufe70-\ufefc]")


@dataclass(frozen=True, slots=True)
class Letters:
    """What the glyphs of a font say, by their number.

    `own` has the character of each glyph that is one; `space` is the number of the space, if there is one, and its
    width, in thousandths of the size of type; `empty` is a glyph without width and ink. `texts` and `carriers` are for
    Arabic and Hebrew letters: what each glyph says, and the number of the empty glyph for each carried character.
    """

    own: dict[int, str]
    space: tuple[int, int] | None
    empty: int | None
    texts: dict[int, str]
    carriers: dict[str, int]


_LETTERS: dict[str, Letters] = {}  # by the hash of the font


def letters_of(font: Any) -> Letters:
    """What the glyphs of a font say."""
    if font.hash not in _LETTERS:
        _LETTERS[font.hash] = _read(TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True))
    return _LETTERS[font.hash]


def _read(font: TTFont) -> Letters:
    characters, numbers = font.getBestCmap(), font.getReverseGlyphMap()
    own = {numbers[name]: chr(char) for char, name in sorted(characters.items(), reverse=True)}
    advances = font["hmtx"].metrics
    name = characters.get(0x20)  # fonts of symbols have none
    space = (numbers[name], round(advances[name][0] * 1000 / font["head"].unitsPerEm)) if name else None
    if "glyf" not in font:
        return Letters(own, space, None, {}, {})
    outlines = font["glyf"]
    empty = {
        numbers[name] for name in characters.values() if advances[name][0] == 0 and outlines[name].numberOfContours == 0
    }
    if not any(_LETTER.match(chr(char)) for char in characters):
        return Letters(own, space, min(empty, default=None), {}, {})
    texts = {numbers[name]: text for name, text in _texts(font).items() if _LETTER.match(text)}
    return Letters(own, space, min(empty, default=None), texts, dict(zip(_CARRIED, sorted(empty), strict=False)))


def _texts(font: TTFont) -> dict[str, str]:
    """What each glyph says, by its name: by the character map, and by the substitutions that lead to it."""
    texts: dict[str, str] = {}
    for char, name in sorted(font.getBestCmap().items()):
        texts.setdefault(name, unicodedata.normalize("NFKC", chr(char)) if char >= 0xFB1D else chr(char))
    lookups = font["GSUB"].table.LookupList.Lookup if "GSUB" in font else ()
    tables = [getattr(table, "ExtSubTable", table) for lookup in lookups for table in lookup.SubTable]
    known = -1
    while known != len(texts):
        known = len(texts)
        for table in tables:
            for parts, name in _substitutions(table):
                if all(part in texts for part in parts):
                    texts.setdefault(name, "".join(texts[part] for part in parts))
    return texts


def _substitutions(table: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """The glyphs that a substitution of one or several by one takes, and the glyph that it gives."""
    match table.LookupType:
        case 1:
            yield from (((name,), given) for name, given in table.mapping.items())
        case 4:
            for first, ligatures in table.ligatures.items():
                yield from (((first, *ligature.Component), ligature.LigGlyph) for ligature in ligatures)
