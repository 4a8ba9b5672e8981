"""Writes what a page shows in the order in which it is read, for readers that know nothing of the structure.

By CSS 2.1, appendix E, what is placed, clipped or floats is painted before or behind all text round it: the mark of
each list item, each picture. Nothing of that lies on text, so it is painted where it stands among the text. What has a
z-index other than 0 is painted when it asks to be.
"""

from typing import Any

from weasyprint import draw, stacking
from weasyprint.formatting_structure import boxes
from weasyprint.stacking import StackingContext


def dispatch_children(_stock: Any) -> Any:
    """For `stacking._dispatch_children`.

    A child that is a stacking context stays among the children of a line or of a block of lines; in other blocks, it is
    one of the blocks inside.
    """

    def ours(box: Any, page: Any, contexts: list[Any], blocks: Any, _floats: Any, inside: dict[Any, Any]) -> Any:
        if not isinstance(box, boxes.ParentBox):
            return box
        is_in_line = isinstance(box, boxes.LineBox | boxes.InlineBox)
        has_lines = any(isinstance(child, boxes.LineBox) for child in box.children)
        children: list[Any] = []
        for child in box.children:
            found: list[Any] = []
            floating: list[Any] = []
            placed = stacking._dispatch(child, page, found, blocks, floating, inside)  # noqa: SLF001
            if placed is not None:
                children.append(placed)
            elif (context := (floating or found).pop(0)).z_index != 0:
                found.insert(0, context)
            elif is_in_line or has_lines:
                children.append(context)
            else:
                inside[context] = {}
            contexts.extend(found)
        if not is_in_line:
            _move_the_last(children, inside)
        return box.copy_with_children(children)

    return ours


def _move_the_last(children: list[Any], inside: dict[Any, Any]) -> None:
    """Make blocks inside of the contexts behind the last line: a block shows its lines when its last child is one."""
    end = len(children)
    while end and isinstance(children[end - 1], StackingContext):
        end -= 1
    inside.update((context, {}) for context in children[end:])
    del children[end:]


def draw_inline_level(stock: Any) -> Any:
    """For `draw.draw_inline_level`, which knows no contexts in a line but those of inline blocks."""

    def ours(stream: Any, page: Any, box: Any, *how: Any, **more: Any) -> None:
        if isinstance(box, StackingContext):
            draw.draw_stacking_context(stream, box)
        else:
            stock(stream, page, box, *how, **more)

    return ours


def draw_block_level(stock: Any) -> Any:
    """For `draw.draw_block_level`, which knows no contexts among the blocks."""

    def ours(page: Any, stream: Any, blocks: dict[Any, Any]) -> None:
        for block, inside in blocks.items():
            if isinstance(block, StackingContext):
                draw.draw_stacking_context(stream, block)
            else:
                stock(page, stream, {block: inside})

    return ours
