"""How the texts of each published format are read."""

from collections.abc import Callable, Mapping

import pypdfium2

from leafletpress.compare.from_docx import read_docx
from leafletpress.compare.from_html import read_html
from leafletpress.compare.passages import Passage, Reading
from leafletpress.model.handout import Run, Text


def read_pdf(content: bytes) -> Reading:
    """The words of a PDF, a passage for each page: a PDF does not show where paragraphs end."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"{error}") from error
    try:
        pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    finally:
        document.close()
    passages = (Passage(Text((Run(words),)), f"page {number}", "page") for number, words in enumerate(pages, start=1))
    return Reading("", "ltr", tuple(passages), {})


# The format that gives the texts of a handout best comes first.
READERS: Mapping[str, Callable[[bytes], Reading]] = {
    "html": read_html,
    "docx": read_docx,
    "pdf": read_pdf,
}
