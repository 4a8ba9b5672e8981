"""Marks what a PDF shows: what repeats on each page is an artifact, and joined letters carry the text that they are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf

from leafletpress.write.pdf.patches import clusters, edges, letters

# Scripts whose letters do not come back from their glyphs one by one: Indic, Thai, Lao, Tibetan, Myanmar, Khmer.
_JOINED = re.compile(r"[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f\u00ad]")


def marked(_stock: Any) -> Any:
    """For `pdf.stream.Stream.marked`."""

    @contextmanager
    def ours(self: Any, box: Any, tag: str) -> Iterator[None]:
        tags = self._tags
        if tags is None:
            yield
        elif box.element is None or getattr(box, "repeats", False):  # in the margins, boxes belong to no element
            begun = len(self.stream)
            with self.artifact():
                yield
                letters.end(self, begun)
        else:
            properties = pydyf.Dictionary({"MCID": len(tags)})
            tags[box] = {"tag": tag, "mcid": len(tags)}
            if is_joined(box):
                properties["ActualText"] = pydyf.String(text(box))
            pydyf.Stream.begin_marked_content(self, tag, properties)
            self.island, self.right_to_left = _is_island(box), box.style["direction"] == "rtl"
            self.groups = clusters.groups(box) if is_joined(box) else None
            self.gap = "" if _draws_space(box) else getattr(box, "gap", "")
            begun = len(self.stream)
            try:
                yield
                letters.end(self, begun)
                edges.show(self, box, begun)
            finally:
                self.island, self.right_to_left, self.groups, self.gap = False, False, None, ""
                pydyf.Stream.end_marked_content(self)

    return ours


def is_joined(box: Any) -> bool:
    """Whether a box has text in a script whose letters are joined, stacked or printed in another order."""
    return bool(_JOINED.search(getattr(box, "text", "")))


def text(box: Any) -> str:
    """The text of a box as it is read: no soft hyphen, and the space at which a line was broken off or goes on."""
    shown: str = box.text.replace("\u00ad", "")
    return " " * getattr(box, "goes_on", False) + shown + " " * bool(getattr(box, "gap", ""))


def _draws_space(box: Any) -> bool:
    """Whether the space at the end of a text, which has no width any more, is drawn nevertheless."""
    return "pango_layout" in vars(box) and bool(box.pango_layout.text.endswith(" "))


def _is_island(box: Any) -> bool:
    """Whether a text runs left to right for itself: one marked so, and the number of a heading or item."""
    if str(box.element_tag).endswith(("::before", "::marker")):
        return bool(box.style["direction"] == "rtl")
    return box.element.tag in ("span", "a") and box.element.attrib.get("dir") == "ltr"
