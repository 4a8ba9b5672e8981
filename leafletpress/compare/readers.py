"""How the texts of each published format are read."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import pypdfium2

from leafletpress.compare.from_docx import read_docx
from leafletpress.compare.from_html import read_html
from leafletpress.compare.passages import Passage, Reading
from leafletpress.model.handout import Run, Text
from leafletpress.model.text.check_code import ALPHABET, LENGTH

# The check code behind the code of a handout.
_CHECKED = re.compile(rf"\b([A-Z]{{4,6}}-[A-Z]-[A-Za-z]{{2,8}}(?:-[A-Za-z]{{2,8}}){{0,3}})\s[{ALPHABET}]{{{LENGTH}}}\b")


def read_pdf(content: bytes) -> Reading:
    """The words of a PDF, a passage for each page: a PDF does not show where paragraphs end."""
    try:
        document = pypdfium2.PdfDocument(content)
        try:
            pages = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"{error}") from error
    passages = (Passage(Text((Run(words),)), f"page {number}", "page") for number, words in enumerate(pages, start=1))
    return Reading("", "ltr", tuple(passages), {})


def _without_check_codes(read: Callable[[bytes], Reading]) -> Callable[[bytes], Reading]:
    """A reader that leaves out what changes with every letter elsewhere, and says nothing of its own."""

    def uncoded(passage: Passage) -> Passage:
        runs = tuple(replace(run, text=_CHECKED.sub(r"\1", run.text)) for run in passage.text.runs)
        return replace(passage, text=replace(passage.text, runs=runs))

    def reading(content: bytes) -> Reading:
        found = read(content)
        return replace(found, passages=tuple(map(uncoded, found.passages)))

    return reading


# The format that gives the texts of a handout best comes first.
READERS: Mapping[str, Callable[[bytes], Reading]] = {
    name: _without_check_codes(read) for name, read in (("html", read_html), ("docx", read_docx), ("pdf", read_pdf))
}
