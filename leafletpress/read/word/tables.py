"""Gives the tables of a Word file their place: tables, names and what they mean, or frames that only hold text."""

from collections.abc import Iterable, Iterator, Sequence

from leafletpress.model.blocks import Definition, Definitions, Table
from leafletpress.read.word import filling
from leafletpress.read.word.pieces import Grid, Paragraph, Piece
from leafletpress.read.word.texts import Texts

_EMPTY = "–"
_MOST_IN_A_CELL = 3  # paragraphs; a cell with more holds text, not a thing to look up


def opened(pieces: Iterable[Piece], texts: Texts) -> Iterator[Piece]:
    """The pieces, in place of each table that is a frame for text the paragraphs in it."""
    for piece in pieces:
        if not isinstance(piece, Grid) or not _is_frame(piece):
            yield piece
            continue
        texts.note(piece.place, "a frame: its text stands in the section; is it a box (callout)?")
        yield from (paragraph for row in piece.rows for cell in row for paragraph in cell)


def _is_frame(grid: Grid) -> bool:
    cells = [[one for one in cell if one.text] for row in grid.rows for cell in row]
    holds_text = any(len(cell) > _MOST_IN_A_CELL or any(one.level is not None for one in cell) for cell in cells)
    return len(grid.rows[0]) == 1 or (holds_text and not grid.has_head)


def content_of(grid: Grid, texts: Texts) -> Table[str] | Definitions[str]:
    """A table with its head, or names and meanings where it has two columns and no head."""
    if grid.is_merged:
        texts.note(grid.place, "cells that were joined: their text stands in the first of them")
    has_head = (grid.has_head or _is_strong(grid.rows[0])) and len(grid.rows) > 1
    has_terms = not has_head and len(grid.rows[0]) == 2
    first, *others = [
        tuple(
            _cell(cell, row[:at], grid.place, texts, is_head=at == 0 if has_terms else has_head and number == 0)
            for at, cell in enumerate(row)
        )
        for number, row in enumerate(grid.rows)
    ]
    if has_terms:
        return Definitions(tuple(Definition(term, text) for term, text in (first, *others)))
    if not has_head:
        texts.note(grid.place, "a table without a marked head: its first row is taken for it")
    return Table(first, tuple(others) or ((_EMPTY,) * len(first),))


def _is_strong(row: Iterable[Iterable[Paragraph]]) -> bool:
    shown = [span for cell in row for one in cell for span in one.spans if span.text.strip()]
    return bool(shown) and all(span.strong for span in shown)


def _cell(
    cell: Sequence[Paragraph], before: Sequence[Sequence[Paragraph]], place: str, texts: Texts, *, is_head: bool
) -> str:
    """The text of a cell, its paragraphs as lines of it."""
    label = " ".join(one.text for one in before[-1]) if before else ""
    shown = [one for one in cell if one.text]
    if is_head:
        lines = [texts.plain(one.spans, one.place) for one in shown]
    else:
        lines = [f"{'– ' if one.listed else ''}{texts.text(one.spans, one.place, label)}" for one in shown]
    parts = texts.parts("[/]".join(filter(None, lines)) or _EMPTY, place)
    if len(parts) > 1:
        texts.note(place, "a cell that is too long", " ".join(parts))
    return parts[0] if len(parts) == 1 else filling.UNREADABLE
