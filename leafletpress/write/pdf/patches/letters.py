"""Lets letters come back from a PDF as they are printed: when it is copied, searched or read by a program.

A letter may be drawn as two glyphs (Vietnamese ị as i and a dot). WeasyPrint gives the whole letter to the second and
nothing to the first, wherever these stand from then on; so each says what it is by itself, and the pair has its text
beside it, for some readers put a space between the two.

Readers of Arabic and Hebrew take each glyph for its text and turn a line of right-to-left glyphs round. That fails
where one glyph is two letters (lam and alef), for these come out turned; where a vowel sign is raised, for it is taken
for another line; and beside a left-to-right island, where the space changes sides. So glyphs that are empty and have no
width stand in the line and say what is missing: the letter, the sign, the direction. Nothing on the page changes.

From right to left, an opening bracket is drawn as a closing one. Some readers turn it round again and some do not: each
gets the one of which it makes what was typed.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pydyf

from leafletpress.write.pdf.patches import brackets, clusters, raised
from leafletpress.write.pdf.patches.codes import code
from leafletpress.write.pdf.patches.glyphs import RIGHT_TO_LEFT_MARK, Letters, letters_of
from leafletpress.write.pdf.patches.strings import GLYPHS, numbers, tokens

# What a raised sign itself says, where it can't say nothing: a mark of direction, which is no letter.
_NOTHING = "\u061c"
# Where glyphs are shown in two goes: PDF.js forgets a move right behind a glyph that says nothing.
_SPLIT = "|"
# The first glyph, or the last.
_ENDS = re.compile(r"(?:^<|(?=[0-9a-f]{4}>[-0-9.e]*$))([0-9a-f]{4})")
_RAISED_SIGN = re.compile(r"(?:-?[0-9.e-]+)?<[0-9a-f]{4}>")
# The move back from a raised sign, then the letters that it belongs to.
_LINE = re.compile(r"(?:<>-?[0-9.e-]+)?<")


def show_text(_stock: Any) -> Any:
    """For `pydyf.Stream.show_text`: show glyphs, as numbers in hexadecimal between < and >, moves between them.

    A stream knows whether it shows an `island`, whether its text runs from `right_to_left`, which signs are `carried`
    to the letters that follow, the `groups` of glyphs of what it shows, and on which side of that a space is left out,
    the `gap`. One on the left is not drawn.
    """

    def ours(self: Any, text: str) -> None:
        fonts = [font for font in self._fonts.values() if font.hash == self._current_font[0]]
        letters = letters_of(fonts[0])
        if getattr(self, "groups", None):
            for part in GLYPHS.sub(lambda codes: _grouped(self, codes[1], letters, fonts), text).split(_SPLIT):
                pydyf.Stream.show_text(self, part)
            return
        turned = brackets.said(text, letters, fonts) and getattr(self, "right_to_left", False)
        for part, bracket in brackets.parts(text, letters) if turned else [(text, "")]:
            if bracket:
                _show_turned(self, part, bracket, letters, fonts)
            elif letters.texts:
                _show_right_to_left(self, part, letters, fonts)
            else:
                _show_in_parts(self, part, letters, fonts)

    return ours


def _show_turned(self: Any, text: str, bracket: str, letters: Letters, fonts: list[Any]) -> None:
    """Show a bracket that is typed as the one that faces the other way.

    Poppler reads the typed one from an empty glyph, on the side where the text in brackets is not; it puts no bracket
    into the order of reading. Others skip what has no width, and turn round the one that is seen.
    """
    if RIGHT_TO_LEFT_MARK not in letters.carriers:
        pydyf.Stream.show_text(self, text)
        return
    typed = brackets.mirrored(bracket)
    shown = [(text, ""), (f"<{_carrier(RIGHT_TO_LEFT_MARK, letters, fonts)}>", typed)]
    for glyph, meant in shown if unicodedata.category(typed) in ("Ps", "Pi") else reversed(shown):
        _show_as(self, glyph, meant)


def end(self: Any, begun: int) -> None:
    """Put raised signs last in what a stream has shown since it had so many operators, then the space left out."""
    raised.put_last(self, begun)
    if getattr(self, "gap", "") == "right" and b"ET" in self.stream[begun:]:
        fonts = [font for font in self._fonts.values() if font.hash == self._old_font[0]]
        last = len(self.stream) - self.stream[::-1].index(b"ET") - 1
        if space := letters_of(fonts[0]).space:
            self.stream.insert(last, f"[{_space(space, fonts)}] TJ".encode())


def _space(space: tuple[int, int], fonts: list[Any]) -> str:
    """A space, to be shown."""
    glyph, width = space
    for font in fonts:
        font.to_unicode[glyph] = " "
        font.widths.setdefault(glyph, width)
    return f"<{glyph:04x}>"


def _grouped(self: Any, codes: str, letters: Letters, fonts: list[Any]) -> str:
    """Glyphs, each under the number that says its share of the letters of its group."""
    shown = ""
    for glyph in numbers(codes):
        group, place = next(self.groups)
        text, is_mark = clusters.said(group, place, letters.own), group[0][place][1]
        before, itself, after = ("", text, "") if is_mark or letters.empty is None else clusters.parted(text)
        said = [
            *([_silent(before, letters, fonts)] if before else []),
            code(glyph, itself, letters.own.get(glyph, ""), fonts) if itself else glyph,
            *([_silent(after, letters, fonts)] if after else []),
        ]
        shown += f"<{''.join(f'{number:04x}' for number in said)}>{_SPLIT if text == clusters.NOTHING else ''}"
    return shown or "<>"


def _silent(text: str, letters: Letters, fonts: list[Any]) -> int:
    """The number under which the empty glyph says a text."""
    assert letters.empty is not None
    for font in fonts:
        font.widths[letters.empty] = 0
    return code(letters.empty, text, "", fonts)


def _show_right_to_left(self: Any, text: str, letters: Letters, fonts: list[Any]) -> None:
    """Show glyphs of a font with Arabic or Hebrew letters, with empty ones beside them that say what is missing."""
    text = _with_kept_spaces(text, letters, fonts)
    spelt = GLYPHS.sub(lambda codes: f"<{''.join(_spelt(codes[1], letters, fonts))}>", text)
    carried = getattr(self, "carried", "")
    if _RAISED_SIGN.fullmatch(text) and spelt != text:
        self.carried = carried + spelt[len(text) - 1 : -1]
        raised.show(self, text)
        return
    if carried:
        spelt = _LINE.sub(lambda start: start[0] + carried, spelt, count=1)
        self.carried = ""
    if getattr(self, "island", False) and RIGHT_TO_LEFT_MARK in letters.carriers:
        mark = f"<{_carrier(RIGHT_TO_LEFT_MARK, letters, fonts)}>"
        spelt = mark + spelt + mark
    pydyf.Stream.show_text(self, spelt)


def _with_kept_spaces(text: str, letters: Letters, fonts: list[Any]) -> str:
    """Glyphs, with a mark of direction in a space that stands first or last.

    PDF.js drops such a space where the next text stands to the left; but not a glyph that says more than a space.
    """

    def kept(found: re.Match[str]) -> str:
        space = letters.own.get(int(found[1], 16), "")
        if not space.isspace():
            return found[0]
        number = code(int(found[1], 16), RIGHT_TO_LEFT_MARK + space, space, fonts)
        return found[0].replace(found[1], f"{number:04x}")

    return _ENDS.sub(kept, text)


def _show_in_parts(self: Any, text: str, letters: Letters, fonts: list[Any]) -> None:
    """Show glyphs, each letter that is drawn as two with its text beside it."""
    parts = list(tokens(text))
    glyphs = [(at, int(token[1:-1], 16)) for at, token in enumerate(parts) if token[0] == "<"]
    shown = 0
    for (start, letter), (end, mark) in pairwise(glyphs):
        whole = _composed(letters.own.get(letter, ""), letters.own.get(mark, ""))
        if whole:
            for font in fonts:
                font.to_unicode[letter], font.to_unicode[mark] = letters.own[letter], letters.own[mark]
            _show(self, parts[shown:start])
            _show_as(self, " ".join(parts[start : end + 1]), whole)
            shown = end + 1
    if shown:
        _show(self, parts[shown:])
    else:
        pydyf.Stream.show_text(self, text)


def _show(self: Any, parts: list[str]) -> None:
    if parts:
        pydyf.Stream.show_text(self, " ".join(parts))


def _show_as(self: Any, text: str, meant: str) -> None:
    """Show glyphs that are read as another text."""
    pydyf.Stream.begin_marked_content(self, "Span", pydyf.Dictionary({"ActualText": pydyf.String(meant)}))
    pydyf.Stream.show_text(self, text)
    pydyf.Stream.end_marked_content(self)


def _composed(letter: str, mark: str) -> str:
    """The one character that a letter and a mark make, "" where there is none."""
    whole = unicodedata.normalize("NFC", letter + mark)
    return whole if mark and unicodedata.combining(mark) and len(whole) == 1 else ""


def _spelt(codes: str, letters: Letters, fonts: list[Any]) -> Iterator[str]:
    """The numbers of glyphs, with those of carriers where a glyph is a sign or several letters.

    They stand as on the page, from left to right: the last letter first.
    """
    for glyph in numbers(codes):
        yield f"{glyph:04x}"
        text = letters.texts.get(glyph, "")
        is_sign = all(unicodedata.combining(char) for char in text)
        beside = text[::-1] if is_sign else text[-2::-1]
        if text and set(beside) <= letters.carriers.keys():
            for font in fonts:
                font.to_unicode[glyph] = _NOTHING if is_sign else text[-1]
            yield from (_carrier(char, letters, fonts) for char in beside)
        elif is_sign and len(text) == 1:  # no empty glyph is left for it: it says itself, and stands where it stands
            for font in fonts:
                font.to_unicode[glyph] = text


def _carrier(char: str, letters: Letters, fonts: list[Any]) -> str:
    """The number of the empty glyph that says a character."""
    glyph = letters.carriers[char]
    for font in fonts:
        font.to_unicode[glyph], font.widths[glyph] = char, 0
    return f"{glyph:04x}"
