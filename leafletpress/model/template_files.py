"""The files of templates/ that an audience's leaflets are made with, as values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Medium = Literal["paper", "screen"]
"""What a page is laid out for: sheets of paper of one size, or windows of any."""

# The formats that are made from a page; the others are made from the Word base document.
PAGES: Mapping[str, Medium] = {"html": "screen", "pdf": "paper"}


def page_name(audience: str, medium: Medium) -> str:
    """The page template of an audience, by name below templates/."""
    return "shared/screen.html.j2" if medium == "screen" else f"{audience}/page.html.j2"


@dataclass(frozen=True, slots=True)
class TemplateFiles:
    """The page, style sheets, Word base document and icons of an audience.

    `texts` are pages and style sheets by name below templates/ ("patient/page.html.j2"); `base_docx` is the Word base
    document; `lines` are the icons of callouts as SVG, `dots` the same as PNG, by level. `own` are the names
    of texts that the project has itself, instead of the program's.
    """

    audience: str
    texts: tuple[tuple[str, str], ...]
    base_docx: bytes
    lines: tuple[tuple[str, bytes], ...]
    dots: tuple[tuple[str, bytes], ...]
    own: tuple[str, ...] = ()
