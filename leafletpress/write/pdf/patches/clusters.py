"""Says of each glyph which letters it stands for, where letters are joined, stacked or printed in another order.

The shaper tells which letters a group of glyphs stands for, and no more. WeasyPrint gives all of these to the first
glyph that it meets, wherever that stands from then on. Here the glyphs of a group share its letters, in their order,
so that a reader that takes glyph after glyph has the text; where it can, a glyph says the letter that it is.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from weasyprint.text.ffi import ffi, pango

# What a glyph says that has no letter left to say: a mark of direction, which is no letter.
NOTHING = "\u200e"
_ITSELF, _ANOTHER, _NO_MARK, _SILENT = 4, -1, -20, -40

_PARTS = re.compile("(m*+)(l*+)([ml]*)")

Group = tuple[tuple[tuple[int, bool], ...], str]


def groups(box: Any) -> Iterator[tuple[Group, int]]:
    """For each glyph of the line of a text, as it is drawn: the group that it is in, and its place there.

    A group is the numbers of its glyphs, each with whether it is a mark, which is over or under others, and the text.
    It is "" where glyphs run from right to left. To be asked while WeasyPrint draws the text.
    """
    text = box.pango_layout.text.encode()
    run = box.pango_layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item, shown = run.data.item, run.data.glyphs
        infos = shown.glyphs[0 : shown.num_glyphs]
        starts = [item.offset + start for start in shown.log_clusters[0 : shown.num_glyphs]]
        drawn: list[tuple[int, bool]] = []
        begun = item.offset
        for info, start, until in zip(infos, starts, (*starts[1:], item.offset + item.length), strict=True):
            if info.glyph != pango.PANGO_GLYPH_EMPTY:
                drawn.append((info.glyph, info.geometry.width == 0))
            leftwards = item.analysis.level % 2
            letters = "" if leftwards else text[begun:until].decode()
            if leftwards or (until != start and _is_enough(letters, drawn)) or until == item.offset + item.length:
                yield from (((tuple(drawn), letters), place) for place in range(len(drawn)))
                drawn, begun = [], until
        run = run.next


def _is_enough(letters: str, drawn: list[tuple[int, bool]]) -> bool:
    """Whether each glyph with a width has a letter to say: the two halves of a vowel are in different groups."""
    return len(unicodedata.normalize("NFD", letters)) >= sum(not is_mark for _, is_mark in drawn)


def parted(text: str) -> tuple[str, str, str]:
    """What goes before a text that a glyph with a width says, that text, and what goes behind it.

    It holds no mark where it can: PDF.js takes a glyph that says one for a mark, without a width.
    """
    found = _PARTS.fullmatch("".join("m" if unicodedata.category(char) == "Mn" else "l" for char in text))
    assert found  # as any text
    return (
        ("", text, "")
        if not found[2]
        else (text[: found.end(1)], text[found.end(1) : found.end(2)], text[found.end(2) :])
    )


def said(group: Group, place: int, own: Mapping[int, str]) -> str:
    """What a glyph of a group says, "" where that isn't known; `own` has the letter of each glyph that is one."""
    glyphs, text = group
    return _shared(tuple((own.get(glyph, ""), is_mark) for glyph, is_mark in glyphs), text)[place] if text else ""


@lru_cache(4096)
def _shared(glyphs: tuple[tuple[str, bool], ...], text: str) -> tuple[str, ...]:
    """What each glyph of a group says; together they say the text."""
    if len(text) < len(glyphs):  # one vowel may be two glyphs, on both sides of a letter, and be written as two letters
        text = unicodedata.normalize("NFD", text)
    return tuple(part or NOTHING for part in _best(glyphs, text)[1])


def _best(glyphs: tuple[tuple[str, bool], ...], text: str) -> tuple[int, tuple[str, ...]]:
    """How a text is best cut into as many parts as there are glyphs, and how good that is."""
    (own, is_mark), rest = glyphs[0], glyphs[1:]
    if not rest:
        return _worth(text, own, is_mark=is_mark), (text,)
    cuts = []
    for end in range(len(text) + 1):
        worth, parts = _best(rest, text[end:])
        cuts.append((worth + _worth(text[:end], own, is_mark=is_mark), (text[:end], *parts)))
    return max(cuts, key=lambda cut: cut[0])


def _worth(part: str, own: str, *, is_mark: bool) -> int:
    """How well a part of a text is said by a glyph that is this letter, or "" for none."""
    if not part:
        return _SILENT if is_mark else _SILENT + _NO_MARK
    if not own:
        return 0
    return _ITSELF if part == own else _ANOTHER
