"""Lets letters come back from a PDF as they are printed: when it is copied, searched or read by a program.

A letter may be drawn as two glyphs (Vietnamese ị as i and a dot). WeasyPrint gives the whole letter to the second and
nothing to the first, wherever these stand from then on; so each says what it is by itself, and the pair has its text
beside it, for some readers put a space between the two.

Readers of Arabic and Hebrew take each glyph for its text and turn a line of right-to-left glyphs round. That fails
where one glyph is two letters (lam and alef), for these come out turned; where a vowel sign is raised, for it is taken
for another line; and beside a left-to-right island, where the space changes sides. So glyphs that are empty and have no
width stand in the line and say what is missing: the letter, the sign, the direction. Nothing on the page changes.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pydyf
from fontTools.ttLib import TTFont

_RIGHT_TO_LEFT_MARK = "\u200f"
# What a raised sign itself says, where it can't say nothing: a mark of direction, which is no letter.
_NOTHING = "\u061c"
# What empty glyphs say, in this order, so that a font always gives the same bytes.
_CARRIED = _RIGHT_TO_LEFT_MARK + "\u0644\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652\u0654\u0670"
_LETTER = re.compile(r"[\u0590-\u05f4\u0620-\u065f\u0670-\u06ff\ufb1d-\ufdff\ufe70-\ufefc]")
_CODES = re.compile(r"<([0-9a-f]*)>")
# Glyphs, or a move.
_SHOWN = re.compile(r"<([0-9a-f]*)>|[^<>]+")
_RAISED_SIGN = re.compile(r"(?:-?[0-9.e-]+)?<[0-9a-f]{4}>")
# The move back from a raised sign, then the letters that it belongs to.
_LINE = re.compile(r"(?:<>-?[0-9.e-]+)?<")


@dataclass(frozen=True, slots=True)
class _Letters:
    """What the glyphs of a font say, by their number.

    `own` has the character of each glyph that is one. `texts` and `carriers` are for Arabic and Hebrew letters: what
    each glyph says, and the number of the empty glyph for each carried character.
    """

    own: dict[int, str]
    texts: dict[int, str]
    carriers: dict[str, int]


_LETTERS: dict[str, _Letters] = {}  # by the hash of the font


def show_text(_stock: Any) -> Any:
    """For `pydyf.Stream.show_text`: show glyphs, as numbers in hexadecimal between < and >, moves between them.

    A stream knows whether it shows an `island`, and which signs are `carried` to the letters that follow.
    """

    def ours(self: Any, text: str) -> None:
        fonts = [font for font in self._fonts.values() if font.hash == self._current_font[0]]
        letters = _letters(fonts[0])
        if letters.texts:
            _show_right_to_left(self, text, letters, fonts)
        else:
            _show_in_parts(self, text, letters, fonts)

    return ours


def _show_right_to_left(self: Any, text: str, letters: _Letters, fonts: list[Any]) -> None:
    """Show glyphs of a font with Arabic or Hebrew letters, with empty ones beside them that say what is missing."""
    spelt = _CODES.sub(lambda codes: f"<{''.join(_spelt(codes[1], letters, fonts))}>", text)
    carried = getattr(self, "carried", "")
    if _RAISED_SIGN.fullmatch(text) and spelt != text:
        self.carried = carried + spelt[len(text) - 1 : -1]
        _show_as(self, text, "")
        return
    if carried:
        spelt = _LINE.sub(lambda start: start[0] + carried, spelt, count=1)
        self.carried = ""
    if getattr(self, "island", False) and _RIGHT_TO_LEFT_MARK in letters.carriers:
        mark = f"<{_carrier(_RIGHT_TO_LEFT_MARK, letters, fonts)}>"
        spelt = mark + spelt + mark
    pydyf.Stream.show_text(self, spelt)


def _show_in_parts(self: Any, text: str, letters: _Letters, fonts: list[Any]) -> None:
    """Show glyphs, each letter that is drawn as two with its text beside it."""
    tokens = [token for found in _SHOWN.finditer(text) for token in _parted(found)]
    numbers = [(at, int(token[1:-1], 16)) for at, token in enumerate(tokens) if token[0] == "<"]
    shown = 0
    for (start, letter), (end, mark) in pairwise(numbers):
        whole = _composed(letters.own.get(letter, ""), letters.own.get(mark, ""))
        if whole:
            for font in fonts:
                font.to_unicode[letter], font.to_unicode[mark] = letters.own[letter], letters.own[mark]
            _show(self, tokens[shown:start])
            _show_as(self, " ".join(tokens[start : end + 1]), whole)
            shown = end + 1
    if shown:
        _show(self, tokens[shown:])
    else:
        pydyf.Stream.show_text(self, text)


def _parted(found: re.Match[str]) -> list[str]:
    """Each glyph for itself, as <4 hexadecimal digits>, or the one move."""
    return [found[0]] if found[1] is None else [f"<{code:04x}>" for code in _numbers(found[1])]


def _show(self: Any, tokens: list[str]) -> None:
    if tokens:
        pydyf.Stream.show_text(self, " ".join(tokens))


def _show_as(self: Any, text: str, meant: str) -> None:
    """Show glyphs that are read as another text."""
    pydyf.Stream.begin_marked_content(self, "Span", pydyf.Dictionary({"ActualText": pydyf.String(meant)}))
    pydyf.Stream.show_text(self, text)
    pydyf.Stream.end_marked_content(self)


def _composed(letter: str, mark: str) -> str:
    """The one character that a letter and a mark make, "" where there is none."""
    whole = unicodedata.normalize("NFC", letter + mark)
    return whole if mark and unicodedata.combining(mark) and len(whole) == 1 else ""


def _numbers(codes: str) -> Iterator[int]:
    """The numbers of glyphs, four hexadecimal digits each."""
    return (int(codes[at : at + 4], 16) for at in range(0, len(codes), 4))


def _spelt(codes: str, letters: _Letters, fonts: list[Any]) -> Iterator[str]:
    """The numbers of glyphs, with those of carriers where a glyph is a sign or several letters.

    They stand as on the page, from left to right: the last letter first.
    """
    for code in _numbers(codes):
        yield f"{code:04x}"
        text = letters.texts.get(code, "")
        is_sign = all(unicodedata.combining(char) for char in text)
        beside = text[::-1] if is_sign else text[-2::-1]
        if text and set(beside) <= letters.carriers.keys():
            for font in fonts:
                font.to_unicode[code] = _NOTHING if is_sign else text[-1]
            yield from (_carrier(char, letters, fonts) for char in beside)
        elif is_sign and len(text) == 1:  # no empty glyph is left for it: it says itself, and stands where it stands
            for font in fonts:
                font.to_unicode[code] = text


def _carrier(char: str, letters: _Letters, fonts: list[Any]) -> str:
    """The number of the empty glyph that says a character."""
    glyph = letters.carriers[char]
    for font in fonts:
        font.to_unicode[glyph], font.widths[glyph] = char, 0
    return f"{glyph:04x}"


def _letters(font: Any) -> _Letters:
    """What the glyphs of a font say."""
    if font.hash not in _LETTERS:
        _LETTERS[font.hash] = _read(TTFont(io.BytesIO(font.file_content), fontNumber=font.index, lazy=True))
    return _LETTERS[font.hash]


def _read(font: TTFont) -> _Letters:
    characters, numbers = font.getBestCmap(), font.getReverseGlyphMap()
    own = {numbers[name]: chr(code) for code, name in sorted(characters.items(), reverse=True)}
    if "glyf" not in font or not any(_LETTER.match(chr(code)) for code in characters):
        return _Letters(own, {}, {})
    advances, outlines = font["hmtx"].metrics, font["glyf"]
    empty = {
        numbers[name] for name in characters.values() if advances[name][0] == 0 and outlines[name].numberOfContours == 0
    }
    texts = {numbers[name]: text for name, text in _texts(font).items() if _LETTER.match(text)}
    return _Letters(own, texts, dict(zip(_CARRIED, sorted(empty), strict=False)))


def _texts(font: TTFont) -> dict[str, str]:
    """What each glyph says, by its name: by the character map, and by the substitutions that lead to it."""
    texts: dict[str, str] = {}
    for code, name in sorted(font.getBestCmap().items()):
        texts.setdefault(name, unicodedata.normalize("NFKC", chr(code)) if code >= 0xFB1D else chr(code))
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
