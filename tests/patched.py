"""WeasyPrint with some of the patches of the PDF writer, or with none; and small pages printed with it."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import leafletpress.write.pdf.engine  # first: it keeps the machine's fonts out of sight  # noqa: F401
from leafletpress.write.fonts import font_faces
from leafletpress.write.pdf.claims import finish
from leafletpress.write.pdf.patches.rows import Row, put
from leafletpress.write.pdf.patches.table import ROWS

from weasyprint import CSS, HTML  # isort: skip
from weasyprint.text.fonts import FontConfiguration  # isort: skip

SPEED = [row for row in ROWS if row.kind == "speed"]
RIGHT = [row for row in ROWS if row.kind == "right"]


@contextmanager
def without(rows: Iterable[Row]) -> Iterator[None]:
    """Leave some rows of the table out."""
    left_out = list(rows)
    put(row for row in ROWS if row not in left_out)
    try:
        yield
    finally:
        put(ROWS)


def named(name: str) -> list[Row]:
    """The row of a name."""
    (row,) = (row for row in ROWS if row.name == name)
    return [row]


def changed(row: Row) -> Row:
    """A row as it is where WeasyPrint has changed what it replaces."""
    first, *others = row.replaces
    return replace(row, replaces=(*others, replace(first, sha256="0" * 64)))


def printed(body: str, language: str) -> bytes:
    """The body of a page, in a language ("en"), printed as each PDF is: tagged, with pinned fonts and no others."""
    families = (
        "Noto Sans",
        "Vazirmatn",
        "Noto Sans Bengali",
        "Noto Sans Devanagari",
        "Noto Sans Tamil",
        "Noto Sans Thai",
    )
    fonts = FontConfiguration()
    look = f"{font_faces(families)} html {{ font: 14pt {', '.join(map(repr, families))} }}"
    content: bytes = HTML(string=f"<html lang={language}><title>A page</title>{body}").write_pdf(
        stylesheets=[CSS(string=look, font_config=fonts)],
        font_config=fonts,
        pdf_variant="pdf/a-2a",
        finisher=finish,
    )
    return content
