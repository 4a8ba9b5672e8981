"""Line breaks, raised and lowered words: read, checked in translations, and printed in every format."""

import io
import re
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from known_languages import english, language
from lxml import html
from projects import block, catalog, change, make_project, replace, template_of, update_catalogs

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.handout import Handout, Run
from leafletpress.model.text.fidelity import not_kept
from leafletpress.model.text.markup import Piece, parse, plain
from leafletpress.read.languages.pseudo import pseudo_locale
from leafletpress.write import WRITERS

ARABIC = "كالسيوم C_{max} فوق 10^{9}/ل، المرة 2^{nd}.[/] ثم H_{2}O."
TEXT = "Calcium C_{max} at 10^{9}/L, the 2^{nd} time.[/] Then H_{2}O."


def pieces(text: str) -> list[tuple[str, str | None]]:
    found, faults = parse(text)
    assert not faults
    return [(piece.value, piece.shift) for piece in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("C_{max} is", [("C", None), ("max", "down"), (" is", None)]),
        ("the 2^{nd}", [("the 2", None), ("nd", "up")]),
        ("10^{9}/L and H_{2}O", [("10", None), ("⁹", None), ("/L and H", None), ("₂", None), ("O", None)]),
        ("Ca^{2+}, 10^{-3}", [("Ca", None), ("²⁺", None), (", 10", None), ("⁻³", None)]),
        ("one [/] two", [("one", None), ("\n", "line"), ("two", None)]),
        ("one[/]two", [("one", None), ("\n", "line"), ("two", None)]),
        (r"\^{\_{a\}", None),
        (r"x\_{tablet_dose} \[/\]", [("x_", None), ("tablet_dose", None), (" [/]", None)]),
        (r"a^{x\*y}", [("a", None), ("x*y", "up")]),
        ("2 ^ 3, a_b", [("2 ^ 3, a_b", None)]),
    ],
)
def test_what_is_raised_lowered_or_on_another_line(text: str, found: list[tuple[str, str | None]] | None) -> None:
    if found is None:
        assert parse(text)[1]
    else:
        assert pieces(text) == found


def test_a_name_of_a_fact_keeps_its_lines_below() -> None:
    (fact,), faults = parse("{tablet_dose}")
    assert (fact.kind, fact.value, faults) == ("fact", "tablet_dose", ())


@pytest.mark.parametrize(
    ("text", "offset", "said"),
    [
        ("[/] begins", 0, "a line break that parts nothing"),
        ("ends [/]", 5, "a line break that parts nothing"),
        ("two [/][/] in a row", 7, "a line break that parts nothing"),
        ("an open ^{2", 9, "a stray brace is not markup here"),
        ("none _{} here", 6, "a stray brace is not markup here"),
        ("a fact ^{**2**}", 8, "a stray brace is not markup here"),
        ("a [word[/]](@more)", 2, "a stray bracket is not markup here"),
    ],
)
def test_what_can_not_be_read_is_told_at_its_place(text: str, offset: int, said: str) -> None:
    faults = parse(text)[1]
    assert (offset, said) in [(fault.offset, fault.text) for fault in faults]
    assert all(fault.hint for fault in faults)


def test_words_alone_keep_a_power_apart_from_its_number() -> None:
    assert plain(parse("10^{9}/L[/]H_{2}O, C_{max}")[0]) == "10⁹/L\nH₂O, Cmax"


@pytest.mark.parametrize(
    ("text", "translation", "said"),
    [
        ("C_{max} here", "C_{máx} aquí", ""),
        ("C_{max} here", "Cmáx aquí", "lowered words _{…} is missing"),
        ("2^{nd} here", "2.º aquí", "raised words ^{…} is missing"),
        ("one here[/]two here", "uno aquí[/]dos aquí", ""),
        ("one here[/]two here", "uno aquí dos aquí", "line break [/] is missing"),
        ("one here, two here", "uno aquí[/]dos aquí", "line break [/] is not in the English"),
        ("10^{9} of them", "10⁹ de ellas", ""),
        ("10^{9} of them", "10^{9} de ellas", ""),
        ("10^{9} of them", "10^{6} de ellas", "is missing"),
        ("10^{9} of them", "109 de ellas", "is missing"),
    ],
)
def test_a_translation_has_the_same_markup(text: str, translation: str, said: str) -> None:
    found = [issue.text for issue in not_kept(text, translation, language("es")) if issue.severity == "error"]
    assert any(said in one for one in found) if said else not found, found


@pytest.mark.parametrize("name", ["es", "ar", "hi", "zh_Hans", "uk", "th"])
@pytest.mark.parametrize(
    ("text", "translation", "is_kept"),
    [
        ("½", "½", True),
        ("½", "1/2", True),
        ("1½", "1½", True),
        ("1½", "½", False),
        ("½", "¼", False),
        ("¾", "", False),
        ("⅓", "⅓", True),
        ("2½ mg", "2 mg", False),
    ],
)
def test_a_fraction_is_a_number(name: str, text: str, translation: str, is_kept: bool) -> None:
    found = [issue.rule for issue in not_kept(text, translation, language(name))]
    assert ("number" not in found) == is_kept, found


def test_a_translator_of_another_language_sees_the_same_in_their_pseudo_language() -> None:
    for name in ("en_XA", "ar_XB"):
        invent = pseudo_locale(name, english()).invent
        assert invent
        before, after = parse(TEXT)[0], parse(invent(TEXT))
        assert not after[1]
        shifts = [[piece.shift for piece in found if piece.shift] for found in (before, after[0])]
        assert shifts[0] == shifts[1] == ["down", "up", "line"]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    made = make_project(tmp_path)
    replace(made.root / "leaflets/every-block.yaml", "Between two boxes.", f'"{TEXT}"')
    update_catalogs(made)
    path = catalog(made, "ar")
    entry = rf'(#, fuzzy\n(?:#\|[^\n]*\n)+)?(msgctxt "[^"]*"\nmsgid "{re.escape(TEXT)}"\nmsgstr ").*"'
    change(path, lambda text: re.sub(entry, rf'\2{ARABIC}"', text))
    return made


def handout_of(project: Project, locale: str) -> Handout:
    library = read_library(project, Wanted(locales=(locale,)))
    assert not library.problems
    (made,) = library.compositions(Wanted(audiences=("patient",)))
    return made.handout


def runs_of(handout: Handout) -> list[Run]:
    return [
        run
        for section in handout.sections
        for one in section.blocks
        if one.id == "gap"
        for text in block(handout, section.id, "gap")
        for run in text.runs
    ]


@pytest.mark.parametrize("locale", ["en", "ar", "en_XA", "ar_XB"])
def test_every_format_shows_them_and_reads_as_the_handout(project: Project, locale: str) -> None:
    handout = handout_of(project, locale)
    shifted = [run for run in runs_of(handout) if run.shift]
    assert [run.shift for run in shifted] == ["down", "up", "line"]
    assert ("ثم" in "".join(run.text for run in runs_of(handout))) == (locale == "ar")
    template = template_of(project, "patient")
    page: Any = html.document_fromstring(WRITERS["html"](handout, template))
    assert [one.text_content() for one in page.iter("sub")] == [shifted[0].text]
    assert shifted[1].text in [one.text_content() for one in page.iter("sup")]
    assert len(list(page.iter("br"))) == 1
    assert WRITERS["pdf"](handout, template).startswith(b"%PDF")  # its proof was read
    document = Document(io.BytesIO(WRITERS["docx"](handout, template)))
    xml = document.element.body.xml
    assert xml.count("<w:br/>") == 1
    assert 'w:vertAlign w:val="subscript"' in xml
    assert 'w:vertAlign w:val="superscript"' in xml


def test_a_line_break_in_a_heading_is_refused(project: Project) -> None:
    replace(project.root / "leaflets/every-block.yaml", "heading: Words", "heading: Words[/]and more")
    found = [str(problem) for problem in read_library(project, Wanted(locales=("en",))).problems]
    assert len(found) == 1
    assert found[0].startswith("leaflets/every-block.yaml:")
    assert "a line break in a heading (it is shown in one line: leave [/] out)" in found[0]


def test_text_without_them_is_made_of_the_same_pieces_as_before() -> None:
    assert parse("A **strong** word.")[0] == (
        Piece("words", "A ", 0), Piece("words", "strong", 4, strong=True), Piece("words", " word.", 12),
    )  # fmt: skip
