"""Marks what a PDF shows: what repeats on each page is an artifact, and joined letters carry the text that they are."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf

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
            with self.artifact():
                yield
        else:
            properties = pydyf.Dictionary({"MCID": len(tags)})
            tags[box] = {"tag": tag, "mcid": len(tags)}
            text = getattr(box, "text", "")
            if _JOINED.search(text):
                properties["ActualText"] = pydyf.String(text.replace("\u00ad", ""))
            pydyf.Stream.begin_marked_content(self, tag, properties)
            self.island = _is_island(box)
            try:
                yield
            finally:
                self.island = False
                pydyf.Stream.end_marked_content(self)

    return ours


def _is_island(box: Any) -> bool:
    """Whether a text runs left to right for itself: one marked so, and the number of a heading or item."""
    is_counter = str(box.element_tag).endswith(("::before", "::marker"))
    return is_counter or (box.element.tag in ("span", "a") and box.element.attrib.get("dir") == "ltr")
