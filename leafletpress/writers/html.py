"""Writes a handout as one self-contained HTML page."""

import base64

from leafletpress.handout import Handout
from leafletpress.templates import Template
from leafletpress.writers.pictures import pictures


def write(handout: Handout, template: Template) -> bytes:
    """The page in UTF-8; pictures are inside it."""
    return page(handout, template).encode()


def page(handout: Handout, template: Template, spacing: float = 1) -> str:
    """The page as text, its spaces of this share of their usual height."""
    return template.render(handout, {name: _data_uri(content) for name, content in pictures(handout)}, spacing)


def _data_uri(content: bytes) -> str:
    kind = "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
