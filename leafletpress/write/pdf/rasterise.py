"""Turns a drawing (SVG) into dots, for a format that can't hold its lines."""

import base64
import re
from functools import lru_cache
from io import BytesIO
from xml.etree import ElementTree

import pypdfium2

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.write.pdf import engine

_DPI = 300
_COLOURS = 32  # enough for a few flat colours and the steps between them at their edges
# The address of a picture that is inside the page: as long as the picture.
_INSIDE = re.compile(r"(data:[\w/+-]+)[^\s']*")
_PAGE = (
    "<style>@page {{ size: {width}mm {height}mm; margin: 0 }} html, body {{ margin: 0; font-size: 0 }}"
    'img {{ display: block; width: 100% }}</style><img src="data:image/svg+xml;base64,{drawing}" alt="">'
)


@lru_cache
def dots(name: str, drawing: bytes) -> bytes:
    """The drawing as PNG, as large as it says (300 dots an inch); raises LeafletError under its name."""
    width, height = size(drawing)
    page = _PAGE.format(width=width, height=height, drawing=base64.b64encode(drawing).decode())
    document = pypdfium2.PdfDocument(_drawn(page, Origin(name)))
    picture = document[0].render(scale=_DPI / 72).to_pil()
    document.close()
    buffer = BytesIO()
    picture.quantize(_COLOURS).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _drawn(page: str, place: Origin) -> bytes:
    content = b""
    with engine.heard() as messages:
        content = engine.draw(page)
    if messages:
        raise LeafletError([Problem(place, _INSIDE.sub(r"\1…", text)) for text in dict.fromkeys(messages)])
    return content


def size(drawing: bytes) -> tuple[float, float]:
    """How wide and high the drawing is on paper, in mm."""
    root = ElementTree.fromstring(drawing)
    _, _, across, down = (float(number) for number in root.attrib["viewBox"].replace(",", " ").split())
    width = float(root.attrib["width"].removesuffix("mm"))
    return width, width * down / across
