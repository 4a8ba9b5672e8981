"""One PDF is for print, for the archive and for every reader: what is added to WeasyPrint, and that it still fits."""

import hashlib
import inspect
import io
from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest
from projects import by_rote, catalog, composed, replace

from leafletpress.handout import Handout
from leafletpress.library import Project
from leafletpress.templates import read_template
from leafletpress.writers import pdf, tagging

# What the replaced functions were when ours were written. Where WeasyPrint changes one: compare, adapt, pin anew.
PINNED = {
    "Stream.marked": "3fa3acacbbf66422e7b0de4346b6eaf638657280a0f62c73172e3c445b888692",
    "tags._build_box_tree": "f716251a83e7096e9cae972b63e633aab21c664d200582166dd0d5096780f9c4",
}


def written(project: Project, locale: str, audience: str = "clinician") -> pikepdf.Pdf:
    handout: Handout = composed(project, locale, audience).handout
    return pikepdf.open(io.BytesIO(pdf.write(handout, read_template(project.folder("templates"), audience, "a4"))))


def elements(document: pikepdf.Pdf) -> Iterator[Any]:
    """The structure elements, parents first."""
    waiting = [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Dictionary) and element.get("/S"):
            yield element
            kids = element.get("/K", pikepdf.Array())
            waiting[:0] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def instructions(page: pikepdf.Page) -> Iterator[tuple[Any, str]]:
    """The operands and operators of a page."""
    for instruction in pikepdf.parse_content_stream(page):
        yield instruction.operands, str(instruction.operator)


def shown(document: pikepdf.Pdf, page: int) -> Iterator[tuple[list[str], Any]]:
    """Each text that a page shows, with the marks that it stands under."""
    marks: list[str] = []
    for operands, operator in instructions(document.pages[page]):
        match operator:
            case "BDC" | "BMC":
                marks.append(str(operands[0]))
            case "EMC":
                marks.pop()
            case "Tj" | "TJ":
                yield list(marks), operands


@pytest.mark.parametrize(
    ("name", "function"),
    [("Stream.marked", tagging.ORIGINALS[0]), ("tags._build_box_tree", tagging.ORIGINALS[1])],
)
def test_the_replaced_functions_of_weasyprint_are_those_that_were_read(name: str, function: Any) -> None:
    assert hashlib.sha256(inspect.getsource(function).encode()).hexdigest() == PINNED[name]


def test_the_file_says_that_it_is_both(shared_project: Project) -> None:
    document = written(shared_project, "es")
    metadata = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="2" pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert metadata.count("</rdf:RDF>") == 1


def test_what_repeats_on_each_page_is_an_artifact_and_nothing_else_is(shared_project: Project) -> None:
    document = written(shared_project, "es", "patient")
    assert len(document.pages) > 1
    for number in range(len(document.pages)):
        kinds = [marks[-1] for marks, _ in shown(document, number) if marks]
        assert len(kinds) == len(list(shown(document, number)))
        assert set(kinds) <= {"/Span", "/Artifact"}
        assert 0 < kinds.count("/Artifact") < 12  # code, version, language, next check; page; title and marks
        assert "/Span" in kinds


def test_each_change_of_language_is_marked(project: Project) -> None:
    replace(catalog(project, "ar"), f'msgstr "{by_rote("ar", "Between two boxes.")}"', 'msgstr ""')
    document = written(project, "ar")
    assert str(document.Root.Lang) == "ar"
    marked = [(str(element.S), str(element.Lang)) for element in elements(document) if "/Lang" in element]
    assert ("/P", "en") in marked
    assert {language for _, language in marked} == {"en"}
    assert len(marked) >= 3


def test_tables_and_lists_tell_readers_how_they_are_read(shared_project: Project) -> None:
    document = written(shared_project, "en")
    found = list(elements(document))
    heads = [element for element in found if element.S == "/TH"]
    assert heads
    assert all(head.A.Scope == "/Column" for head in heads)
    lists = [str(element.A.ListNumbering) for element in found if element.S == "/L"]
    assert {"/Decimal", "/Disc"} <= set(lists) <= {"/Decimal", "/Disc", "/None"}


@pytest.mark.parametrize(("locale", "direction"), [("ar", "/R2L"), ("es", None)])
def test_the_direction_of_reading_is_told(shared_project: Project, locale: str, direction: str | None) -> None:
    document = written(shared_project, locale)
    preferences = document.Root.ViewerPreferences
    assert preferences.get("/Direction") == direction
    assert bool(preferences.DisplayDocTitle)


def test_right_to_left_text_stands_behind_its_structure_element_in_the_order_of_reading(
    shared_project: Project,
) -> None:
    document = written(shared_project, "ar")
    texts = [str(element.ActualText) for element in elements(document) if "/ActualText" in element]
    assert any(text.startswith("نص") for text in texts)


def test_joined_letters_carry_their_text_where_they_are_shown(project: Project) -> None:
    path = catalog(project, "es")
    replace(path, f'msgstr "{by_rote("es", "Between two boxes.")}"', 'msgstr "नहीं, किडनी"')
    locale = project.folder("locales") / "es" / "locale.toml"
    replace(locale, '["Noto Sans"]', '["Noto Sans", "Noto Sans Devanagari"]')
    document = written(project, "es")
    found = [
        str(operands[1].ActualText)
        for page in document.pages
        for operands, operator in instructions(page)
        if operator == "BDC" and "/ActualText" in operands[1]
    ]
    assert "".join(found) == "नहीं, किडनी"
