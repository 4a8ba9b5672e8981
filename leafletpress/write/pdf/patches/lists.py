"""Mends the lists in the structure of a PDF, so that a screen reader counts lists and items as the page shows them.

WeasyPrint makes each box a structure element. A list that is laid out as a table or in columns has boxes of its own
inside, which come out as lists in a list; and each part of a definition comes out as an item.
"""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes


def mended(elements: list[Any], box: Any, parent: Any, pdf: Any) -> Iterator[Any]:
    """The structure elements that a box becomes below its parent, as they should be."""
    for element in elements:
        if element["S"] == "/LBody" and box.element_tag == "dt":
            element["S"] = "/Lbl"
        inside = box.is_column or isinstance(box, boxes.TableBox | boxes.TableRowGroupBox)
        if element["S"] == "/L" and inside:
            yield from _taken_over(element, parent, pdf)
        else:
            if element["S"] == "/Div" and parent["S"] == "/L":
                _make_item(element, pdf)
            yield element


def _make_item(element: Any, pdf: Any) -> None:
    """One item of a term and what it means; where one of them goes over several lines, these were elements so far."""
    items = [pdf_object(pdf, reference) for reference in element["K"]]
    parts: list[Any] = []
    for part in (part for item in items for part in _taken_over(item, element, pdf)):
        if parts and parts[-1]["S"] == part["S"]:
            parts[-1]["K"] += [kid.reference for kid in _taken_over(part, parts[-1], pdf)]
        else:
            parts.append(part)
    element["S"], element["K"] = "/LI", pydyf.Array(part.reference for part in parts)


def _taken_over(element: Any, parent: Any, pdf: Any) -> list[Any]:
    """The children of an element as those of a parent; the element itself, which nothing names any more, is emptied."""
    kids = [pdf_object(pdf, reference) for reference in element["K"]]
    element.clear()
    for kid in kids:
        kid["P"] = parent.reference
    return kids


def pdf_object(pdf: Any, reference: bytes | str) -> Any:
    """The object of a PDF behind a reference."""
    return pdf.objects[int(reference.split()[0])]
