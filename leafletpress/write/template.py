"""The looks of an audience's leaflets in an edition, as writers use them."""

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from leafletpress.model.blocks import kind_of
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout
from leafletpress.model.looks import Looks
from leafletpress.model.text.measure import letters_across
from leafletpress.write.fonts import families_of

if TYPE_CHECKING:
    from leafletpress.write.page import Page, Traced


@dataclass(frozen=True, slots=True)
class Template:
    """Everything that gives an audience's leaflet its looks in an edition."""

    looks: Looks
    edition: Edition

    @property
    def icons(self) -> Mapping[str, bytes]:
        """The icons of callouts as PNG, by level."""
        return dict(self.looks.dots)

    def render(self, handout: Handout, images: Mapping[str, str], spacing: float = 1) -> str:
        """The HTML page; `images` are addresses (data URIs) of the pictures and QR codes by name.

        `spacing` is the share that spaces have of their usual height.
        """
        page = _page(self.looks)
        return page.render(handout=handout, images=images, edition=self.edition, spacing=spacing)

    def trace(self, handout: Handout, images: Mapping[str, str]) -> "Traced":
        """The HTML page with the places in templates/ that its text comes from."""
        return _page(self.looks).trace(handout=handout, images=images, edition=self.edition, spacing=1)


@lru_cache(maxsize=8)
def _page(looks: Looks) -> "Page":
    """The page of these looks, compiled once a process."""
    # Imported when a page is written: a Word file needs no Jinja.
    from leafletpress.write.page import make_page
    from leafletpress.write.typography import css_content, tied

    drawings = {
        level: "data:image/svg+xml;base64," + base64.b64encode(content).decode() for level, content in looks.lines
    }
    filters: dict[str, Callable[..., Any]] = {
        "kind": kind_of,
        "families": families_of,
        "tied": tied,
        "css_content": css_content,
        "letters_across": letters_across,
    }
    return make_page(dict(looks.texts), f"{looks.audience}/page.html.j2", filters, {"icons": drawings})
