"""A Word file whose text is not the handout's, exactly and in its order, is never written."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from projects import ROOT, composed, template_of
from readback import docx_paragraphs

from leafletpress.build.library import Project
from leafletpress.model.handout import Handout, Run, Text, texts
from leafletpress.model.problems import LeafletError
from leafletpress.write.word import proof as word_proof
from leafletpress.write.word import writer as word

PROMPT = "<w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
FILLED = "<w:sdtPr/>"


def run(text: str) -> str:
    return f"<w:r><w:t>{text}</w:t></w:r>"


def control(inside: str, properties: str = FILLED) -> str:
    return f"<w:sdt>{properties}<w:sdtContent>{inside}</w:sdtContent></w:sdt>"


def paragraph(inside: str) -> str:
    return f"<w:p>{inside}</w:p>"


def row(cells: str) -> str:
    return f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"


def cell(inside: str) -> str:
    return f"<w:tc>{inside}</w:tc>"


BODIES = {
    "one": (paragraph(run("one")), ["one"]),
    "runs": (paragraph(run("o") + run("ne")), ["one"]),
    "tab_and_break": (paragraph(f"<w:r><w:t>o</w:t><w:tab/><w:t>n</w:t><w:br/></w:r>{run('e')}"), ["on\ne"]),
    "link": (paragraph(f"<w:hyperlink>{run('one')}</w:hyperlink>{run(' more')}"), ["one more"]),
    "marks": (paragraph(run("\u200e1\u200e\u200f")), ["1"]),
    "empty": (paragraph("") + paragraph(run("")) + paragraph(run("one")), ["one"]),
    "field": (paragraph(f'{run("page ")}<w:fldSimple w:instr="PAGE">{run("1")}</w:fldSimple>'), ["page "]),
    "table": (row(cell(paragraph(run("a"))) + cell(paragraph(run("b")))) + paragraph(run("c")), ["a", "b", "c"]),
    "table_in_cell": (row(cell(paragraph(run("a")) + row(cell(paragraph(run("b")))))), ["a", "b"]),
    "control_round_paragraphs": (control(paragraph(run("a")) + paragraph(run("b"))), ["a", "b"]),
    "control_round_runs": (paragraph(run("a") + control(run("b")) + run("c")), ["abc"]),
    "control_round_cell": (row(control(cell(paragraph(run("a")))) + cell(paragraph(run("b")))), ["a", "b"]),
    "control_round_table": (control(row(cell(paragraph(run("a"))))), ["a"]),
    "control_in_control": (control(control(paragraph(run("a"))) + paragraph(control(run("b")))), ["a", "b"]),
    "prompt_round_paragraph": (control(paragraph(run("click")), PROMPT) + paragraph(run("a")), ["a"]),
    "prompt_round_runs": (paragraph(run("name: ") + control(run("click"), PROMPT)), ["name: "]),
    "prompt_in_group": (control(paragraph(run("a")) + control(paragraph(run("click")), PROMPT)), ["a"]),
    "prompt_round_cell": (row(control(cell(paragraph(run("click"))), PROMPT) + cell(paragraph(run("a")))), ["a"]),
}  # fmt: skip


@pytest.mark.parametrize(("body", "wanted"), BODIES.values(), ids=BODIES)
def test_text_is_read_wherever_it_stands(body: str, wanted: list[str]) -> None:
    story = f"<w:document {nsdecls('w')}><w:body>{body}</w:body></w:document>"
    assert word_proof.paragraphs(parse_xml(story)) == wanted
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("word/document.xml", story)
    assert docx_paragraphs(content.getvalue()) == wanted  # by a reader of the tests' own


@pytest.fixture(scope="module")
def handout(shared_project: Project) -> Handout:
    return composed(shared_project, "en", "patient").handout


def told(handout: Handout, pattern: str, put: str) -> list[str]:
    """What the proof says of the handout's document with the first place of a pattern changed."""
    content = word.write(handout, template_of(Project(ROOT), handout.audience, "a4"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            part = old.read(name).decode("utf-8", "surrogateescape")
            if re.fullmatch(r"word/(document|header1|footer[12])\.xml", name):
                part = re.sub(pattern, put, part, count=1, flags=re.DOTALL)
            new.writestr(name, part.encode("utf-8", "surrogateescape"))
    return list(word_proof.mismatches(docx.Document(io.BytesIO(buffer.getvalue())), handout))


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_a_whole_document_has_no_fault(shared_project: Project, locale: str, audience: str) -> None:
    assert told(composed(shared_project, locale, audience).handout, "nothing of this", "") == []


def around(text: str) -> str:
    """A pattern of the paragraph that holds the text."""
    return f"<w:p>(?:(?!<w:p>).)*>{text}<.*?</w:p>"


Spoil = Callable[[str], tuple[str, str]]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: (f">{text}<", "><"),
        lambda text: (f">{text}<", f">{text[1:]}<"),
        lambda text: (f">{text}<", f">{text} <"),
        lambda text: (f"({around(text)})(<w:p>.*?</w:p>)", r"\2\1"),
        lambda text: (f"({around(text)})", r"\1\1"),
        lambda text: (f"({around(text)})", control(r"\1", PROMPT)),
    ],
    ids=["lost", "cut", "longer", "moved", "twice", "hidden in a prompt"],
)  # fmt: skip
def test_text_that_is_not_the_handouts_is_told(handout: Handout, spoil: Spoil) -> None:
    subtitle = str(handout.head.subtitle)
    assert re.fullmatch(r"[\w ]+", subtitle)
    (said,) = told(handout, *spoil(subtitle))
    assert "“" in said


def test_marks_of_the_page_that_are_lost_are_told(handout: Handout) -> None:
    found = told(handout, "<w:t( [^>]*)?>[^<]+</w:t>", "<w:t/>")
    parts = {said.partition(" lacks ")[0] for said in found}
    assert parts >= {"the header", "the footer", "the footer of the first page"}


def test_an_island_that_is_turned_is_told(shared_project: Project) -> None:
    arabic = composed(shared_project, "ar", "patient").handout
    (said,) = told(arabic, "<w:r>(?=<w:t [^>]*>\u200e020\u00a0)", "<w:r><w:rPr><w:rtl/></w:rPr>")
    assert said == "“020\u00a07946\u00a00958” is not kept from left to right"


def test_a_document_with_a_fault_is_not_written(shared_project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    handout = composed(shared_project, "en", "patient").handout
    promised = replace(handout, head=replace(handout.head, subtitle=Text((Run("Something else"),))))
    monkeypatch.setattr(word_proof, "texts", lambda _: texts(promised))
    with pytest.raises(LeafletError) as caught:
        word.write(handout, template_of(Project(ROOT), "patient", "a4"))
    (problem,) = caught.value.problems
    assert str(problem.origin) == "every-block-patient-en.docx"
    assert problem.text.startswith("“Something else” is not whole and in its place; there stands “")
