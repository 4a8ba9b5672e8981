"""The pictures of a handout: those of its figures, and a QR code for each web address of its contact card."""

import base64
from collections.abc import Iterator
from functools import lru_cache
from io import BytesIO

import segno

from leafletpress.model.blocks import Contact
from leafletpress.model.codes import code
from leafletpress.model.handout import Handout


@lru_cache(maxsize=64)
def qr_png(address: str) -> bytes:
    """The QR code of an address as PNG, eight dots a module, with its quiet zone."""
    wanted, buffer = code(address), BytesIO()
    made = segno.make(wanted.content, wanted.level, wanted.version, mode="byte", boost_error=False)
    made.save(buffer, kind="png", scale=8, border=4)
    return buffer.getvalue()


def is_drawing(picture: bytes) -> bool:
    """Whether a picture is a drawing (SVG); the others are made of dots."""
    return picture.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def pictures(handout: Handout) -> Iterator[tuple[str, bytes]]:
    """Name (of a figure's file) or address (behind a QR code), and the picture."""
    yield from handout.pictures
    for section in handout.sections:
        for block in section.blocks:
            if isinstance(block.content, Contact):
                for way in block.content.ways:
                    if way.form == "code":
                        yield way.link, qr_png(way.link)


def data_uris(handout: Handout) -> dict[str, str]:
    """The pictures by name or address, each as an address that holds it (data URI)."""
    return {name: data_uri(content) for name, content in pictures(handout)}


def data_uri(picture: bytes) -> str:
    """An address that holds the picture."""
    kind = "svg+xml" if is_drawing(picture) else "png" if picture.startswith(b"\x89PNG") else "jpeg"
    return f"data:image/{kind};base64,{base64.b64encode(picture).decode()}"
