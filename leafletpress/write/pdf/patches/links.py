"""Makes links that readers can tell apart: one for each, not for each of its lines, and in words what it is for."""

from collections.abc import Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes


def gather_anchors(stock: Any) -> Any:
    """For `anchors.gather_anchors`; the mark of an item with `data-mark-leads` is a link to the element of this id."""

    def ours(box: Any, *how: Any, **more: Any) -> None:
        if box.is_outside_marker and (target := box.element.attrib.get("data-mark-leads")):
            box.link = ("url", ("internal", target))
        stock(box, *how, **more)

    return ours


def add_links(stock: Any) -> Any:
    """For `pdf.anchors.add_links`; the box of each line knows the annotation as its `link_annotation`.

    Screen readers are told the `title` of the link's element, or else its words; WeasyPrint gives them the address.
    """

    def ours(links_and_anchors: Any, matrix: Any, pdf: Any, page: Any, names: Any, tags: Any) -> None:
        links, anchors = links_and_anchors
        lines: dict[Any, list[Any]] = {}
        for link in (link for link in links if link[-1].link is not None):  # the others are of elements inside a link
            _, _, _, box = link
            lines.setdefault(box if box.element is None else box.element, []).append(link)
        stock(([first for first, *_ in lines.values()], anchors), matrix, pdf, page, names, tags)
        for group in lines.values():
            (_, _, _, first), *more = group
            if first.link_annotation is None:
                continue
            if said := _said(first, [box for _, _, _, box in group]):
                first.link_annotation["Contents"] = pydyf.String(said)
            if more:
                _spread(first.link_annotation, more, matrix)

    return ours


def _said(first: Any, lines: list[Any]) -> str:
    """What a screen reader is told of a link, whose boxes are these; "" where nothing is known."""
    title = first.element.attrib.get("title") if first.element is not None else None
    return title or " ".join("".join(_texts(line)).strip() for line in lines).strip()


def _texts(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.TextBox):
        yield box.text
    for child in getattr(box, "children", ()):
        yield from _texts(child)


def _spread(annotation: Any, lines: list[Any], matrix: Any) -> None:
    """Let an annotation cover more lines, each with a quadrilateral of its own."""
    rectangles = [list(annotation["Rect"])]
    for _, _, (left, top, right, bottom), box in lines:
        box.link_annotation = annotation
        rectangles.append([*matrix.transform_point(left, top), *matrix.transform_point(right, bottom)])
    lefts, tops, rights, bottoms = zip(*rectangles, strict=True)
    annotation["Rect"] = pydyf.Array([min(lefts), max(tops), max(rights), min(bottoms)])
    annotation["QuadPoints"] = pydyf.Array(
        place
        for left, top, right, bottom in rectangles
        for place in (left, bottom, right, bottom, right, top, left, top)
    )
