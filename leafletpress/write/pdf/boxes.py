"""Walks over the boxes of laid-out pages: the one way in which proof, overflow and page breaks look at them.

WeasyPrint has no public way to its boxes. A box that is placed out of the flow is a stand-in among its siblings.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import leafletpress.write.pdf.engine  # noqa: F401 - first: it keeps the machine's fonts out of WeasyPrint's sight

from weasyprint.formatting_structure.boxes import (  # isort: skip
    BlockContainerBox,
    LineBox,
    MarginBox,
    ReplacedBox,
    TextBox,
)

from leafletpress.write.pdf.patches.inside import inside  # isort: skip

__all__ = [
    "BlockContainerBox",
    "LineBox",
    "ReplacedBox",
    "Seen",
    "TextBox",
    "body",
    "every",
    "inside",
    "margins",
    "sheet",
    "text",
    "texts",
    "walk",
]

_Passed = TypeVar("_Passed")


class Seen:
    """The pages of a document that is not laid out to its end, made of their boxes."""

    def __init__(self, sheets: Iterable[Any]) -> None:
        self.pages = [_Sheet(box) for box in sheets]


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page, as WeasyPrint names its box."""

    _page_box: Any


def sheet(page: Any) -> Any:
    """The box of a whole page of a document of WeasyPrint."""
    return page._page_box  # noqa: SLF001 - WeasyPrint's own name for it


def body(page: Any) -> list[Any]:
    """The boxes of a page between its margins."""
    return [box for box in inside(sheet(page)) if not isinstance(box, MarginBox)]


def margins(page: Any) -> list[Any]:
    """The boxes in the margins of a page, which hold what is on every page."""
    return [box for box in inside(sheet(page)) if isinstance(box, MarginBox)]


def walk(box: Any, passed: _Passed, on: Callable[[Any, _Passed], _Passed | None]) -> Iterator[tuple[Any, _Passed]]:
    """A box and all inside it in their order, each with what the boxes round it pass `on`.

    `on` makes of a box, and of what was passed to it, what it passes to those inside; None where these are of no
    interest.
    """
    waiting = [(box, passed)]
    while waiting:
        box, passed = waiting.pop()
        yield box, passed
        further = on(box, passed)
        if further is not None:
            waiting.extend((child, further) for child in reversed(inside(box)))


def every(box: Any) -> Iterator[Any]:
    """A box and all inside it."""
    return (found for found, _ in walk(box, (), lambda _box, passed: passed))


def texts(box: Any) -> Iterator[Any]:
    """The boxes of text that can be seen."""
    return (found for found in every(box) if isinstance(found, TextBox) and found.style["visibility"] == "visible")


def text(box: Any) -> str:
    """The text in a box that can be seen."""
    return "".join(found.text for found in texts(box))
