"""Knows which heads of tables stand on a page again, for readers who hear a table once have heard its head."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from leafletpress.write.pdf.patches.inside import inside


def generate_pdf(stock: Any) -> Any:
    """For `pdf.generate_pdf`; each box of a head or foot that stood on a page before knows that it `repeats`."""

    def ours(document: Any, *how: Any, **more: Any) -> Any:
        seen: set[Any] = set()
        for page in document.pages:
            for group in _heads_and_feet(page._page_box):  # noqa: SLF001
                if group.element in seen:
                    _mark(group)
                seen.add(group.element)
        return stock(document, *how, **more)

    return ours


def _heads_and_feet(box: Any) -> Iterator[Any]:
    if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
        yield box
        return
    for child in inside(box):
        yield from _heads_and_feet(child)


def _mark(box: Any) -> None:
    box.repeats = True
    for child in inside(box):
        _mark(child)
