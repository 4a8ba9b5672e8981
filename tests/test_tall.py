"""What is too tall for a page is printed all the same: it begins where it stands, and goes over to the next page."""

import re
from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from projects import composed, template_of

from leafletpress.build.library import Project
from leafletpress.model.blocks import (
    Block,
    Bullets,
    Callout,
    Content,
    Definition,
    Definitions,
    Figure,
    Paragraph,
    Section,
    Table,
)
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.write import WRITERS
from leafletpress.write.pdf import boxes, breaks, writer
from leafletpress.write.pdf.tall import filled

SENTENCE = "Take it with food and a full glass of water, and tell us if the sore gets worse or smells. "


def text(words: str) -> Text:
    return Text((Run(words),))


LONG = text((SENTENCE * 20).strip())
STARTS = ("First", "Beside", "Third", "Do<")
TABLE = Table(
    (text("Name"), text("What it does"), text("Notes")),
    (
        (text("First"), text("It helps some people."), text("Short.")),
        (LONG, text(f"Beside that: {LONG}"), text("A note that is short.")),
        (text("Third"), text("It helps others."), text("Short too.")),
    ),
)


def handout(project: Project, *contents: Content[Text], audience: str = "patient") -> Handout:
    blocks = tuple(Block(f"b{number}", content) for number, content in enumerate(contents))
    made = composed(project, "en", audience).handout
    return replace(made, sections=(Section("a", blocks, text("Treatments")),), references=None)


def laid_out(project: Project, *contents: Content[Text], edition: str = "a4") -> Any:
    """The laid-out pages, of which the proof finds nothing wrong."""
    made, template = handout(project, *contents), template_of(project, "patient", edition)
    assert writer.write(made, template).startswith(b"%PDF")
    return writer.laid_out(made, template)


def cells(page: Any) -> list[Any]:
    rows = [box for part in boxes.body(page) for box in boxes.every(part) if box.element_tag == "tr"]
    return [cell for row in rows for cell in boxes.inside(row) if cell.element_tag in ("td", "th")]


def marked(cell: Any) -> bool:
    """Whether a cell shows the mark that it goes on."""
    return bool(cell.background) and any(layer.image for layer in cell.background.layers)


def words(page: Any) -> str:
    return squeezed("".join(boxes.text(part) for part in boxes.body(page)))


def squeezed(said: str) -> str:
    """Without the spaces, which line ends take away."""
    return "".join(said.split())


def test_a_row_taller_than_half_a_page_goes_over_with_its_head_and_a_mark(shared_project: Project) -> None:
    document = laid_out(shared_project, Paragraph(text("What helps:")), TABLE, edition="large_print")
    first, *others = document.pages
    assert squeezed("What helps:") in words(first)
    assert squeezed("Beside that:") in words(first)
    assert all(squeezed("What it does") in words(page) for page in others[:2])
    every = [cell for page in document.pages for cell in cells(page)]
    # The last page of each text has no mark, and the pages before it have.
    for start in ("Take it", "Beside that", "A note", "First", "Third"):
        element = next(cell.element for cell in every if boxes.text(cell).startswith(start))
        pieces = [cell for cell in every if cell.element is element and boxes.text(cell).strip()]
        assert [marked(piece) for piece in pieces] == [True] * (len(pieces) - 1) + [False], start
    assert [fault.kind for fault in breaks.faults(document)] == []


@pytest.mark.parametrize("edition", ["a4", "large_print"])
def test_a_box_about_as_long_as_a_page_begins_where_it_stands(shared_project: Project, edition: str) -> None:
    box = Callout("do", text("Do"), None, (text(SENTENCE.strip()),) * 16)
    document = laid_out(shared_project, Paragraph(text("These things help most people.")), box, edition=edition)
    first = document.pages[0]
    assert squeezed(SENTENCE) in words(first)
    assert filled(first) > 0.9


def test_lists_and_tables_of_one_item_are_not_tied_to_what_stands_behind_them(shared_project: Project) -> None:
    single: list[Content[Text]] = [
        Bullets((text(SENTENCE * 2),)),
        Definitions((Definition(text("Word"), text(SENTENCE * 2)),)),
        replace(TABLE, rows=TABLE.rows[:1]),
    ]
    introduced = [block for item in single * 3 for block in (Paragraph(text("Lead-in to what follows.")), item)]
    document = laid_out(shared_project, *introduced)
    assert all(filled(page) > 0.75 for page in document.pages[:-1])
    assert not words(document.pages[0]).endswith(squeezed("Lead-in to what follows."))


def test_a_tall_photograph_leaves_room_for_what_is_before_it(shared_project: Project) -> None:
    photograph = BytesIO()
    Image.new("L", (900, 3000)).save(photograph, "PNG")
    made = handout(shared_project, Figure("tall.png", text("A photograph"), width="120mm"))
    made = replace(made, pictures=(("tall.png", photograph.getvalue()),))
    (first, *_) = writer.laid_out(made, template_of(shared_project, "patient", "a4")).pages
    (picture,) = [box for part in boxes.body(first) for box in boxes.every(part) if isinstance(box, boxes.ReplacedBox)]
    assert "Treatments" in words(first)
    assert picture.height <= boxes.sheet(first).height * 0.6


def test_a_word_file_lets_rows_and_boxes_go_over_that_take_more_than_half_a_page(shared_project: Project) -> None:
    boxed = [Callout("do", text("Do"), None, (text(SENTENCE),) * count) for count in (2, 16)]
    made = replace(handout(shared_project, TABLE, *boxed), embeds_fonts=False)
    content = WRITERS["docx"](made, template_of(shared_project, "patient", "large_print"))
    body = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    rows = re.findall(r"<w:tr>.*?</w:tr>", body, re.DOTALL)
    whole = {start: ["cantSplit" in row for row in rows if f">{start}" in row] for start in STARTS}
    assert whole == {"First": [True], "Beside": [False], "Third": [True], "Do<": [True, False]}
