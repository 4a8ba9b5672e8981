"""Writes a handout as one self-contained HTML page."""

import base64

from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Problem
from leafletpress.write.page import Traced
from leafletpress.write.pictures import is_drawing, pictures
from leafletpress.write.sheets import sheet_faults
from leafletpress.write.template import Template


def write(handout: Handout, template: Template) -> bytes:
    """The page in UTF-8; pictures are inside it."""
    return page(handout, template).encode()


def page(handout: Handout, template: Template, spacing: float = 1) -> str:
    """The page as text, its spaces of this share of their usual height.

    Raises LeafletError when a template fails or a style sheet has faults.
    """
    text = template.render(handout, _images(handout), spacing)
    if faults := list(sheet_faults(text)):
        traced = traced_page(handout, template)
        raise LeafletError([Problem(traced.origin(offset), reason) for offset, reason in faults])
    return text


def traced_page(handout: Handout, template: Template) -> Traced:
    """The page with the places in templates/ that its text comes from."""
    return template.trace(handout, _images(handout))


def _images(handout: Handout) -> dict[str, str]:
    return {name: _data_uri(content) for name, content in pictures(handout)}


def _data_uri(content: bytes) -> str:
    kind = "svg+xml" if is_drawing(content) else "png" if content.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
