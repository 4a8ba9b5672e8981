"""Makes a link that goes over several lines one annotation: WeasyPrint makes one for each line, each read as a link."""

from typing import Any

import pydyf


def add_links(stock: Any) -> Any:
    """For `pdf.anchors.add_links`; the box of each line knows the annotation as its `link_annotation`."""

    def ours(links_and_anchors: Any, matrix: Any, pdf: Any, page: Any, names: Any, tags: Any) -> None:
        links, anchors = links_and_anchors
        lines: dict[Any, list[Any]] = {}
        for link in links:
            _, _, _, box = link
            lines.setdefault(box if box.element is None else box.element, []).append(link)
        stock(([first for first, *_ in lines.values()], anchors), matrix, pdf, page, names, tags)
        for (_, _, _, first), *more in lines.values():
            if first.link_annotation is not None and more:
                _spread(first.link_annotation, more, matrix)

    return ours


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
