"""A line that fits but for the space at its end is kept whole, and nothing else breaks otherwise than before."""

from collections.abc import Iterator
from typing import Any

import pytest
import weasyprint
from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline

from leafletpress.write.pdf import writer as pdf
from leafletpress.write.pdf.patches import line_ends

TEXT = (
    "Солі кальцію накопичуються у вашій шкірі або одразу під нею. Вони утворюють тверді вузлики, які "
    "<strong>не</strong> розчиняються. Це трапляється рідко й має багато причин. Самі вузлики — <strong>не</strong> "
    "рак, але їхня причина може бути серйозною."
)
WIDTHS = range(90, 200)  # mm


def _lines(box: Any) -> Iterator[str]:
    if isinstance(box, boxes.LineBox):
        yield _words(box)
        return
    for child in getattr(box, "children", ()):
        yield from _lines(child)


def _words(box: Any) -> str:
    if isinstance(box, boxes.TextBox):
        return str(box.text)
    return "".join(map(_words, getattr(box, "children", ())))


def laid_out(width: int) -> list[str]:
    """The lines of the text in a column so many mm wide."""
    sheet, fonts = pdf._faces(("Noto Sans",))  # noqa: SLF001 - the pinned fonts
    style = f"@page {{ size: 250mm; margin: 0 }} p {{ width: {width}mm; font: 18pt/1.4 Noto Sans }}"
    html = weasyprint.HTML(string=f"<html lang=uk><style>{style}</style><p>{TEXT}")
    document = html.render(stylesheets=[sheet], font_config=fonts)
    return [line for page in document.pages for line in _lines(page._page_box)]  # noqa: SLF001


def alone(lines: list[str]) -> list[str]:
    """The lines, but the last, that hold one short word."""
    return [line for line in lines[:-1] if " " not in line.strip() and len(line) < 10]


def test_no_word_stands_alone_in_the_middle_of_a_paragraph() -> None:
    for width in WIDTHS:
        assert alone(laid_out(width)) == [], width


def test_without_it_some_do_and_all_other_lines_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    ours = [laid_out(width) for width in WIDTHS]
    monkeypatch.setattr(inline, "split_first_line", line_ends.ORIGINAL)
    theirs = [laid_out(width) for width in WIDTHS]
    broken = [alone(lines) for lines in theirs]
    assert any(broken)
    for mine, other, words in zip(ours, theirs, broken, strict=True):
        assert words or mine == other
