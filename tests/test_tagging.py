"""One PDF is for print, for the archive and for every reader: what is added to WeasyPrint's tags and metadata."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace as changed
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import pikepdf
import pytest
from lxml import html
from projects import by_rote, catalog, composed, replace, template_of
from scripts import make_script_project
from validators import verapdf

from leafletpress.build.library import Project
from leafletpress.model.blocks import Callout, Contact
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.model.problems import LeafletError
from leafletpress.write.pdf import writer as pdf


def written(project: Project, locale: str, audience: str = "clinician") -> pikepdf.Pdf:
    handout: Handout = composed(project, locale, audience).handout
    return opened(pdf.write(handout, template_of(project, audience, "a4")))


class Shared(Protocol):
    """Gives the PDF of a leaflet that no test changes, which is written once."""

    def __call__(self, locale: str, audience: str = "clinician") -> pikepdf.Pdf: ...


@pytest.fixture(scope="module")
def shared(shared_project: Project) -> Shared:
    return cache(lambda locale, audience="clinician": written(shared_project, locale, audience))


def short(project: Project, address: str) -> Handout:
    """A leaflet for patients of which there is the head alone, a link in it."""
    handout = composed(project, "en", "patient").handout
    head = changed(handout.head, subtitle=Text((Run("Read more", link=address),)))
    return changed(handout, head=head, sections=(), notes=None, references=None)


def opened(content: bytes) -> pikepdf.Pdf:
    """The file; it must be kept for as long as its parts are looked at."""
    return pikepdf.open(io.BytesIO(content))


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


def test_the_file_says_that_it_is_both(shared: Shared) -> None:
    document = shared("es")
    metadata = document.Root.Metadata.read_bytes().decode()
    assert 'pdfaid:part="2" pdfaid:conformance="A"' in metadata
    assert 'pdfuaid:part="1"' in metadata
    assert metadata.count("</rdf:RDF>") == 1


def test_what_repeats_on_each_page_is_an_artifact_and_nothing_else_is(shared: Shared) -> None:
    document = shared("es", "patient")
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
    assert {("/P", "en"), ("/L", "en")} <= set(marked)  # a text without a translation; the references
    assert {language for _, language in marked} == {"en"}


def test_lists_tell_readers_how_they_are_numbered(shared: Shared) -> None:
    document = shared("en")
    lists = [str(element.A.ListNumbering) for element in elements(document) if element.S == "/L"]
    assert {"/Decimal", "/Disc"} <= set(lists) <= {"/Decimal", "/Disc", "/None"}


def test_each_cell_names_the_head_of_its_row_and_of_its_column(shared: Shared) -> None:
    document = shared("en")
    (table,) = (element for element in elements(document) if element.S == "/Table")
    cells = [[str(cell.S)[1:], cell] for group in table.K if group.S != "/Caption" for row in group.K for cell in row.K]
    heads = {str(cell.ID): str(cell.A.Scope) for kind, cell in cells if kind == "TH"}
    assert list(heads.values()) == ["/Column"] * 3 + ["/Row"] * 2  # three columns; two rows
    named = [[str(name) for name in cell.A.Headers] for kind, cell in cells if kind == "TD"]
    (_, dose, result), rows = list(heads)[:3], list(heads)[3:]
    assert named == [[row, column] for row in rows for column in (dose, result)]


def test_citations_lead_to_their_references_and_these_back(shared: Shared) -> None:
    document = shared("en")
    names = list(document.Root.Names.Dests.Names)
    places = {str(name) for name in names[::2]}
    inner = [note for note in links(document) if "/Dest" in note]
    assert {str(note.Dest) for note in inner} <= places
    said = [(str(note.Dest), str(note.Contents)) for note in inner]
    assert {(f"reference-{number}", f"References {number}") for number in (1, 2)} <= set(said)
    back = [one for one in said if one[0].startswith("citation-")]
    assert back == [(f"citation-{number}", "Back to the text") for number in range(1, len(back) + 1)]
    assert len(back) > 1
    marks = [element.K[0] for element in elements(document) if element.S == "/Lbl" and element.K[0].S == "/Link"]
    assert [str(link.K[0].Obj.Dest) for link in marks] == [place for place, _ in back]
    assert all(link.K[1].S == "/Span" for link in marks)  # the number


def test_a_link_says_what_it_is_for(shared_project: Project, shared: Shared) -> None:
    handout = composed(shared_project, "en", "patient").handout
    contents = [block.content for section in handout.sections for block in section.blocks]
    (ways,) = (content.ways for content in contents if isinstance(content, Contact))
    boxes = [content for content in contents if isinstance(content, Callout) and content.calls]
    calls = [said for box in boxes for said in (f"{box.heading}: {box.calls[0]}", *map(str, box.calls[1:]))]
    document = shared("en", "patient")
    said = [str(note.Contents) for note in links(document)]
    assert len(calls) == 3
    assert said == [*calls, "link", "example.org/more/about-blocks", *(f"{way.label}: {way.value}" for way in ways)]


def test_a_picture_stands_where_it_is_read(shared: Shared) -> None:
    document = shared("en", "patient")
    found = list(elements(document))
    of_page: dict[Any, list[int]] = {}
    for element in found:
        if isinstance(element.K, pikepdf.Array) and len(element.K) and isinstance(element.K[0], int):
            of_page.setdefault(element.Pg.objgen, []).append(element.K[0])
    assert all(numbers == list(range(len(numbers))) for numbers in of_page.values())
    pictures = [element for element in found if element.S == "/Figure"]
    assert pictures
    assert all(str(picture.Alt) for picture in pictures)


def test_english_words_in_another_script_are_a_part_that_says_so(tmp_path: Path) -> None:
    project = make_script_project(tmp_path / "project")
    handout = composed(project, "he", "patient").handout
    page = html.fromstring(template_of(project, "patient", "a4").page(handout, "paper"))
    spans = [span for span in page.iter("span") if span.get("lang")]
    assert {str(span.text) for span in spans if span.keys() == ["dir", "lang"]} == {"Hebrew", "WhatsApp"}
    document = written(project, "he", "patient")
    parts = [element for element in elements(document) if element.S == "/Span" and "/Lang" in element]
    assert [str(part.Lang) for part in parts] == [span.get("lang") for span in spans]


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_a_list_holds_its_items_and_an_item_its_parts_once(project: Project, audience: str) -> None:
    long = " ".join(["All kinds of blocks together."] * 20)
    replace(project.folder("leaflets") / "every-block.yaml", "All kinds of blocks together.", long)
    document = written(project, "en", audience)
    found = list(elements(document))
    lists = [element for element in found if element.S == "/L"]
    assert {str(item.S) for element in lists for item in element.K} == {"/LI"}
    assert sum(len(element.K) for element in lists) == sum(element.S == "/LI" for element in found)
    parts = [tuple(str(part.S) for part in item.K) for element in lists for item in element.K]
    assert set(parts) == {("/Lbl", "/LBody"), ("/LBody",)}
    named = [element for element in lists if element.A.ListNumbering == "/None" and element.K[0].K[0].S == "/Lbl"]
    assert sum(len(element.K) for element in named) == 2  # block, vocabulary


@pytest.mark.parametrize(("locale", "direction"), [("ar", "/R2L"), ("es", None)])
def test_the_direction_of_reading_is_told(shared: Shared, locale: str, direction: str | None) -> None:
    document = shared(locale)
    preferences = document.Root.ViewerPreferences
    assert preferences.get("/Direction") == direction
    assert bool(preferences.DisplayDocTitle)


def test_right_to_left_text_stands_behind_its_structure_element_in_the_order_of_reading(
    shared: Shared,
) -> None:
    document = shared("ar")
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


# --- links --------------------------------------------------------------------------------------------------------

ENGLISH = "all that there is to know about warm hands and dry feet"
ARABIC = "كل ما يمكن أن تعرفه عن اليدين الدافئتين والقدمين الجافتين"
each_language = pytest.mark.parametrize(("language", "text"), [("en", ENGLISH), ("ar", ARABIC)])


def linked(text: str) -> str:
    """A narrow paragraph with a long link and a short one."""
    long, short = f'<a href="https://example.org/more">{text}</a>', '<a href="#end">on</a>'
    return f'<p style="width: 60mm">{long} {short}.</p><p id="end">End</p>'


def links(document: pikepdf.Pdf) -> list[Any]:
    return [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]


@each_language
def test_a_link_over_several_lines_is_one_annotation_with_a_part_for_each_line(
    print_page: Callable[[str, str], bytes], language: str, text: str
) -> None:
    document = opened(print_page(linked(text), language))
    long, short = links(document)
    assert "/QuadPoints" not in short
    points = [float(place) for place in long.QuadPoints]
    across, up = points[::2], points[1::2]
    feet = up[::4]
    assert len(feet) == len(points) / 8 == len(set(feet)) > 1
    assert feet == sorted(feet, reverse=True)
    assert [float(edge) for edge in long.Rect] == [min(across), max(up), max(across), min(up)]


@each_language
def test_a_link_over_several_lines_is_one_element_that_holds_all_its_text(
    print_page: Callable[[str, str], bytes], language: str, text: str
) -> None:
    document = opened(print_page(linked(text), language))
    long, _ = links(document)
    element, _ = (element for element in elements(document) if element.S == "/Link")
    reference, *lines = element.K
    assert reference.Obj == long
    assert len(lines) == len(long.QuadPoints) / 8
    numbers = list(document.Root.StructTreeRoot.ParentTree.Nums)
    holders = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    assert holders[int(long.StructParent)] == element
    assert [holders[0][int(line.K[0])] for line in lines] == lines
    if language == "ar":
        assert " ".join(str(line.ActualText).strip() for line in lines) == text


def test_two_links_to_one_address_stay_two(print_page: Callable[[str, str], bytes]) -> None:
    address = '<a href="https://example.org/more">{}</a>'
    body = f"<p>{address.format('Hands')} and {address.format('feet')}.</p>"
    document = opened(print_page(body, "en"))
    first, second = links(document)
    assert first.A == second.A
    assert "/QuadPoints" not in first
    assert "/QuadPoints" not in second


def test_links_over_several_lines_pass_verapdf(print_page: Callable[[str, str], bytes], tmp_path: Path) -> None:
    paths = [tmp_path / "en.pdf", tmp_path / "ar.pdf"]
    for path, text in zip(paths, (ENGLISH, ARABIC), strict=True):
        path.write_bytes(print_page(linked(text), path.stem))
    for profile in ("2a", "ua1"):
        assert [finding for findings in verapdf(paths, profile).values() for finding in findings] == []


def test_each_reference_of_the_clinician_leaflet_is_one_link(shared_project: Project, shared: Shared) -> None:
    handout = composed(shared_project, "en", "clinician").handout
    assert handout.references
    lead = {item.runs[1].link: item.runs[0].text.strip() for item in handout.references.items}
    document = shared("en")
    found = [(str(note.A.URI), str(note.Contents)) for note in links(document) if "/A" in note]
    assert [one for one in found if one[0] in lead] == list(lead.items())


@pytest.mark.parametrize(
    "address", ["http://example.org/", "javascript:alert(1)", "JavaScript:alert(1)", "file:///etc/passwd", "data:,x"]
)
def test_a_link_that_does_more_than_open_a_secure_page_stops_the_pdf(shared_project: Project, address: str) -> None:
    with pytest.raises(LeafletError) as caught:
        pdf.write(short(shared_project, address), template_of(shared_project, "patient", "a4"))
    (problem,) = caught.value.problems
    assert address in problem.text
    assert problem.origin.file == "every-block-patient-en.pdf"


@pytest.mark.parametrize("address", ["https://example.org/", "mailto:skin@example.org", "tel:+442079460958"])
def test_a_link_may_open_a_secure_page_write_a_mail_or_call(shared_project: Project, address: str) -> None:
    document = opened(pdf.write(short(shared_project, address), template_of(shared_project, "patient", "a4")))
    assert address in [str(note.A.URI) for note in links(document) if "/A" in note]
