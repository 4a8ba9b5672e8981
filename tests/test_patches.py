"""Each row of the table of patches fits the pinned WeasyPrint and is worth its place; what does not fit is told."""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import pikepdf
import pytest
import weasyprint
from patched import RIGHT, SPEED, changed, named, without
from projects import ROOT, composed, shipped_project, template_of
from readback import glyph_texts, pdfium_text, shown

from leafletpress.build.library import Library, Project, Wanted, read_library
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.write.pdf import boxes, engine
from leafletpress.write.pdf import writer as pdf
from leafletpress.write.pdf.patches import memory
from leafletpress.write.pdf.patches.rows import Row, install, misfits, put, stock
from leafletpress.write.pdf.patches.table import ROWS, WRITTEN_FOR

each_row = pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
each_for_speed = pytest.mark.parametrize("row", SPEED, ids=lambda row: row.name)
SHIPPED = [("en", "clinician"), ("ar", "patient"), ("hi", "patient"), ("th", "patient"), ("zh_Hans", "clinician")]


# --- the table ----------------------------------------------------------------------------------------------------


@each_row
def test_what_a_row_replaces_is_what_ours_was_written_for(row: Row) -> None:
    assert list(misfits(row)) == []
    assert list(misfits(changed(row))) == [f"{row.replaces[0].function} is not what it was"]


@each_row
def test_ours_stands_in_all_places_of_a_row(row: Row) -> None:
    for replaced in row.replaces:
        for place in replaced.places:
            assert _now(place).__module__.startswith("leafletpress."), place


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row.name)
def test_no_module_of_weasyprint_goes_on_with_what_is_mended(row: Row) -> None:
    for replaced in row.replaces:
        stocked = stock(replaced.function)
        assert not [place for place in _places(replaced.function.rpartition(".")[2]) if _now(place) is stocked]


def _now(place: str) -> Any:
    """What stands at a place."""
    return resolve_name(place)


def _places(name: str) -> list[str]:
    """The places in WeasyPrint's modules that have a name."""
    modules = [(module, vars(sys.modules[module])) for module in sys.modules if module.startswith("weasyprint.")]
    return [f"{module}.{name}" for module, held in modules if name in held]


@each_row
def test_a_row_says_why_it_is_there_and_what_was_found_upstream(row: Row) -> None:
    assert len(row.why) > 20
    assert re.search(r"#\d+|not found upstream as of 2026-11", row.upstream)


def test_the_pinned_version_is_the_one_that_rows_were_written_for() -> None:
    assert weasyprint.__version__ == WRITTEN_FOR
    assert f"weasyprint=={WRITTEN_FOR} " in (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_no_function_of_weasyprint_is_replaced_elsewhere() -> None:
    for path in (ROOT / "leafletpress").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "rows.py":
            assert "setattr(" not in text, path
        if "weasyprint" in text or "pydyf" in text:
            assert not re.search(r"(?m)^ *(?:weasyprint|pydyf|boxes|Stream|line_break)[.\w]* = ", text), path


def test_rows_can_be_taken_out_and_put_back() -> None:
    places = [place for row in ROWS for replaced in row.replaces for place in replaced.places]
    ours = [_now(place) for place in places]
    with without(ROWS):
        assert [_now(place) for place in places] == [stock(place) for place in places]
    assert [function.__qualname__ for function in map(_now, places)] == [function.__qualname__ for function in ours]


# --- what WeasyPrint changed --------------------------------------------------------------------------------------


@pytest.fixture
def all_put_back() -> Iterator[None]:
    yield
    put(ROWS)


@pytest.mark.usefixtures("all_put_back")
def test_rows_for_speed_that_do_not_fit_are_left_out_with_a_warning() -> None:
    warnings = install(tuple(changed(row) if row.kind == "speed" else row for row in ROWS))
    assert [problem.origin.file for problem in warnings] == [f"weasyprint {WRITTEN_FOR}, {row.name}" for row in SPEED]
    assert {problem.severity for problem in warnings} == {"warning"}
    right = {place for row in RIGHT for replaced in row.replaces for place in replaced.places}
    for row in SPEED:
        for replaced in row.replaces:
            assert all(_now(place) is stock(place) for place in replaced.places if place not in right)


@pytest.mark.usefixtures("all_put_back")
def test_rows_for_what_is_right_that_do_not_fit_are_refused_all_at_once() -> None:
    with pytest.raises(LeafletError) as caught:
        install(tuple(map(changed, ROWS)))
    assert caught.value.exit_code == ExitCode.MISSING
    assert len(caught.value.problems) == len(RIGHT)
    for row, problem in zip(RIGHT, caught.value.problems, strict=True):
        assert problem.origin.file.endswith(f", {row.name}")
        assert row.replaces[0].function in problem.text
        assert row.why in problem.text


@each_row
def test_a_row_whose_function_is_gone_does_not_fit(row: Row) -> None:
    (said,) = misfits(replace(row, replaces=(replace(row.replaces[0], function="weasyprint.text.gone"),)))
    assert said.startswith("weasyprint.text.gone can't be replaced")


def other_weasyprint(folder: Path, module: str, function: str) -> dict[str, str]:
    """The environment in which a process finds another WeasyPrint, in which a function has one comment more."""
    shutil.copytree(Path(weasyprint.__file__).parent, folder / "weasyprint")
    path = folder / "weasyprint" / module
    text = path.read_text(encoding="utf-8")
    assert text.count(function) == 1
    path.write_text(text.replace(function, f"{function}\n        # Changed."), encoding="utf-8")
    return {**os.environ, "PYTHONPATH": str(folder)}


def built(environment: dict[str, str], out: Path) -> subprocess.CompletedProcess[str]:
    """What a build of two PDFs by two workers says."""
    command = (sys.executable, "build_leaflets.py", "build", "--no-cache", "--quiet", "--jobs", "2", "--output", out)
    wanted = ("--format", "pdf", "--locale", "en", "--edition", "a4")
    return subprocess.run(
        (*command, *wanted), cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def test_a_build_says_once_which_row_for_speed_was_left_out_and_writes_the_same(tmp_path: Path) -> None:
    environment = other_weasyprint(tmp_path, "css/__init__.py", "def __init__(self, parent_style):")
    changed_ = built(environment, tmp_path / "changed")
    as_pinned = built(dict(os.environ), tmp_path / "pinned")
    assert as_pinned.stderr == ""
    (line,) = changed_.stderr.splitlines()
    assert line.startswith(f"weasyprint {WRITTEN_FOR}, ")
    assert ": warning: weasyprint.css.AnonymousStyle.__init__ is not what it was" in line
    assert (changed_.returncode, as_pinned.returncode) == (0, 0)
    made = sorted((tmp_path / "pinned").rglob("*.pdf"))
    assert len(made) == 2
    for path in made:
        other = tmp_path / "changed" / path.relative_to(tmp_path / "pinned")
        assert other.read_bytes() == path.read_bytes()


def test_a_build_refuses_a_row_for_what_is_right_and_names_it_once(tmp_path: Path) -> None:
    text = "def add_links(links_and_anchors, matrix, pdf, page, names, tags):"
    done = built(other_weasyprint(tmp_path, "pdf/anchors.py", text), tmp_path / "out")
    assert done.returncode == ExitCode.MISSING
    (line,) = done.stderr.splitlines()
    assert "weasyprint.pdf.anchors.add_links is not what it was" in line
    assert not list((tmp_path / "out").rglob("*.pdf"))


# --- rows for what is right: the fault that they mend, which is there without them --------------------------------

Print = Callable[[str, str], bytes]
DOT = (  # a picture of one point
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="
)
LONG = "all that there is to know about warm hands and dry feet"


def _elements(content: bytes) -> tuple[pikepdf.Pdf, list[Any]]:
    """The file, which must be kept, and its structure elements, parents first."""
    document = pikepdf.open(io.BytesIO(content))
    found, waiting = [], [document.Root.StructTreeRoot.K[0]]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Dictionary) and element.get("/S"):
            found.append(element)
            kids = element.get("/K", pikepdf.Array())
            waiting[:0] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return document, found


def _kinds(elements: list[Any]) -> list[str]:
    return [str(element.S) for element in elements]


def _content(content: bytes) -> str:
    """What the first page shows, as it stands in the file."""
    document = pikepdf.open(io.BytesIO(content))
    return pikepdf.unparse_content_stream(pikepdf.parse_content_stream(document.pages[0])).decode("latin-1")


def marks_are_content(prints: Print) -> bool:
    page = "<style>@page { @top-center { content: 'Head' } }</style><p>Text"
    return "/Artifact BMC" not in _content(prints(page, "en"))


def joined_letters_have_no_text(prints: Print) -> bool:
    return "/ActualText" not in _content(prints("<p>play\u00ading", "en"))


def a_language_is_not_told(prints: Print) -> bool:
    _kept, elements = _elements(prints("<p>Text <span lang=es>texto</span>", "en"))
    return not any("/Lang" in element for element in elements)


def a_head_of_a_table_has_no_scope(prints: Print) -> bool:
    _kept, elements = _elements(prints("<table><tr><th>Dose<tr><td>5 mg</table>", "en"))
    (head,) = (element for element in elements if element.S == "/TH")
    return "/Scope" not in head.A


def a_list_has_no_numbering(prints: Print) -> bool:
    _kept, elements = _elements(prints("<ol><li>One<li>Two</ol>", "en"))
    (found,) = (element for element in elements if element.S == "/L")
    return "/A" not in found


def a_term_is_an_item(prints: Print) -> bool:
    _kept, elements = _elements(prints("<dl><div><dt>Term<dd>Meaning</div></dl>", "en"))
    return _kinds(elements).count("/LI") != 1 or "/Lbl" not in _kinds(elements)


def a_list_in_columns_is_a_list_in_a_list(prints: Print) -> bool:
    _kept, elements = _elements(prints("<ul style='columns: 2'><li>One<li>Two</ul>", "en"))
    return _kinds(elements).count("/L") != 1


def a_list_over_a_page_end_is_two(prints: Print) -> bool:
    _kept, elements = _elements(prints("<ol><li>One<li style='break-before: page'>Two</ol>", "en"))
    return _kinds(elements).count("/L") != 1


def an_item_over_a_page_end_is_two(prints: Print) -> bool:
    kept, elements = _elements(prints(f"<style>@page {{ size: 60mm 20mm }}</style><ul><li>{LONG}</ul>", "en"))
    assert len(kept.pages) > 1
    return _kinds(elements).count("/LI") != 1 or _kinds(elements).count("/LBody") != 1


def a_text_is_a_paragraph_for_each_line(prints: Print) -> bool:
    page = f"<section style='width: 60mm'><h2 style='display: inline'>Of</h2> <p style='display: inline'>{LONG}"
    _kept, elements = _elements(prints(page, "en"))
    return _kinds(elements).count("/P") != 1


def marks_of_a_list_stand_behind_its_text(prints: Print) -> bool:
    found = pdfium_text(prints("<p>Text<ul><li>One<li>Two</ul><p>More", "en"))
    return " ".join(found.split()) != "Text • One • Two More"


def a_picture_stands_behind_its_text(prints: Print) -> bool:
    page = f"<p>One<p><img alt=Dot src='{DOT}'> two <img alt=Dot style='display: block' src='{DOT}'><p>three"
    _kept, elements = _elements(prints(page, "en"))
    shown = [element.K[0] for element in elements if element.S in ("/Span", "/Figure")]
    return shown != sorted(shown)


def a_head_is_heard_on_each_page(prints: Print) -> bool:
    row = "<tr style='break-after: page'><td>5 mg"
    _kept, elements = _elements(prints(f"<table><thead><tr><th>Dose<tbody>{row}{row}</table>", "en"))
    (head,) = (element for element in elements if element.S == "/TH")
    return len(head.K) > 1


def right_to_left_text_has_no_text_in_its_order(prints: Print) -> bool:
    _kept, elements = _elements(prints("<p dir=rtl>نص قصير", "ar"))
    return not any("/ActualText" in element for element in elements)


def a_link_is_one_for_each_line(prints: Print) -> bool:
    kept, elements = _elements(prints(f"<p style='width: 60mm'><a href='https://example.org/'>{LONG}</a>", "en"))
    notes = [note for note in kept.pages[0].get("/Annots", []) if note.Subtype == "/Link"]
    return len(notes) > 1 or _kinds(elements).count("/Link") > 1


def lam_and_alef_come_back_turned(prints: Print) -> bool:
    return "السلام" not in pdfium_text(prints("<p dir=rtl>السلام", "ar"))


def a_letter_of_two_glyphs_is_lost(prints: Print) -> bool:
    words = ["dụ", "vị", "suy", "chuyển"]
    return not set(words) <= set(pdfium_text(prints(f"<p>{' '.join(words)}", "vi")).split())


def glyphs_say_letters_of_others(prints: Print) -> bool:
    return "का कि" not in glyph_texts(prints("<p>का कि", "hi"))


def the_words_of_two_lines_are_read_as_one(prints: Print) -> bool:
    lines_ = prints("<p style='width: 2em'>warm <b>hands</b> dry <b>feet</b>", "en")
    return glyph_texts(lines_) != "warm hands dry feet"


def an_empty_string_is_shown(prints: Print) -> bool:
    return b"<>" in b"".join(shown(prints("<p>শক্ত রক্ত ধাক্কা", "bn")))


TEXT = (
    "Солі кальцію накопичуються у вашій шкірі або одразу під нею. Вони утворюють тверді вузлики, які "
    "<strong>не</strong> розчиняються. Це трапляється рідко й має багато причин. Самі вузлики — <strong>не</strong> "
    "рак, але їхня причина може бути серйозною."
)
WIDTHS = range(90, 200)  # mm


def lines(width: int) -> list[str]:
    """The lines of the text in a column so many mm wide."""
    style = f"@page {{ size: 250mm; margin: 0 }} p {{ width: {width}mm; font: 18pt/1.4 Noto Sans }}"
    document = engine.lay_out(f"<html lang=uk><style>{style}</style><p>{TEXT}", ("Noto Sans",))
    found = [box for page in document.pages for box in boxes.every(boxes.sheet(page))]
    return [boxes.text(box) for box in found if isinstance(box, boxes.LineBox)]


def alone(found: list[str]) -> list[str]:
    """The lines, but the last, that hold one short word."""
    return [line for line in found[:-1] if " " not in line.strip() and len(line) < 10]


def a_word_stands_alone(_prints: Print) -> bool:
    return any(alone(lines(width)) for width in WIDTHS)


FAULTS = [
    ("tags", marks_are_content),
    ("tags", joined_letters_have_no_text),
    ("tags", a_language_is_not_told),
    ("tags", a_head_of_a_table_has_no_scope),
    ("tags", a_list_has_no_numbering),
    ("tags", a_term_is_an_item),
    ("tags", a_list_in_columns_is_a_list_in_a_list),
    ("tags", a_list_over_a_page_end_is_two),
    ("tags", an_item_over_a_page_end_is_two),
    ("tags", a_text_is_a_paragraph_for_each_line),
    ("reading order", marks_of_a_list_stand_behind_its_text),
    ("reading order", a_picture_stands_behind_its_text),
    ("repeated heads", a_head_is_heard_on_each_page),
    ("tags", right_to_left_text_has_no_text_in_its_order),
    ("links", a_link_is_one_for_each_line),
    ("letters", lam_and_alef_come_back_turned),
    ("letters", a_letter_of_two_glyphs_is_lost),
    ("letters", glyphs_say_letters_of_others),
    ("gaps", the_words_of_two_lines_are_read_as_one),
    ("moves", an_empty_string_is_shown),
    ("line ends", a_word_stands_alone),
]


@pytest.mark.parametrize(("name", "fault"), FAULTS, ids=lambda given: getattr(given, "__name__", given))
def test_a_row_for_what_is_right_mends_a_fault_that_is_there_without_it(
    print_page: Print, name: str, fault: Callable[[Print], bool]
) -> None:
    assert not fault(print_page)
    with without(named(name)):
        assert fault(print_page)
    with without(SPEED):
        assert not fault(print_page)


def test_each_row_for_what_is_right_mends_a_fault() -> None:
    assert {name for name, _ in FAULTS} == {row.name for row in RIGHT}


MENDED = {
    "line-ends": ["a_word_stands_alone"],
    "links": ["a_link_is_one_for_each_line"],
    "moves": ["an_empty_string_is_shown"],
    "tags": ["a_language_is_not_told", "a_head_of_a_table_has_no_scope", "a_list_has_no_numbering"],
}
# Without any row of the table, and with a WeasyPrint that would not let ours be put into it.
SCRIPT = """
from leafletpress.write.pdf.patches import rows
rows.install = lambda rows: ()
import patched, test_patches
print([name for name in {names!r} if getattr(test_patches, name)(patched.printed)])
"""


@pytest.mark.parametrize("path", sorted((ROOT / "docs" / "upstream").glob("*.patch")), ids=lambda path: path.stem)
def test_a_patch_for_weasyprint_mends_its_fault_without_ours(tmp_path: Path, path: Path) -> None:
    shutil.copytree(Path(weasyprint.__file__).parent, tmp_path / "weasyprint", ignore=shutil.ignore_patterns("*.pyc"))
    subprocess.run(["git", "apply", path], cwd=tmp_path, check=True)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, (tmp_path, ROOT, ROOT / "tests")))}
    script = SCRIPT.format(names=MENDED[path.stem])
    done = subprocess.run(
        (sys.executable, "-c", script), env=environment, capture_output=True, encoding="utf-8", check=True
    )
    assert done.stdout == "[]\n"


def test_lines_that_hold_no_word_alone_are_broken_as_without() -> None:
    ours = [lines(width) for width in WIDTHS]
    with without(named("line ends")):
        theirs = [lines(width) for width in WIDTHS]
    for mine, other in zip(ours, theirs, strict=True):
        assert alone(other) or mine == other


# --- rows for speed: the same without them ------------------------------------------------------------------------

# What is out of the ordinary: WeasyPrint's own function is asked, or another answer of ours.
ODD = (
    """
<style>
  p { width: 9em; hyphens: manual } .a { letter-spacing: 1px; word-spacing: 2px; text-decoration: underline }
  .b { overflow-wrap: anywhere; width: 3em } .c { white-space: pre-wrap } .d { text-align: justify }
  .e { width: 50%; margin-left: 10%; padding: 1em 5% 0 calc(1em + 2%); min-height: 2em; box-sizing: border-box }
  .f::first-line { font-size: 20px } .g::first-letter { font-size: 30px } .h { margin-inline-start: 2em }
  .i { font-variant-caps: small-caps; font-weight: 700 } td { border: 1px solid; border-collapse: collapse }
  .j { text-indent: 2em; line-height: calc(1px + 1.2em) } .k { float: right; width: auto }
</style>
"""
    + "".join(
        f"<p class={name} dir={way}>One-two three, four (five) sup\u00adple 7\u00a0mg <b>eight</b> nine.</p>"
        for name in "abcdefghijkl"
        for way in ("ltr", "rtl")
    )
    + "<table><tr><td>One <td>two-three four</table><ul><li>x<li>y</ul><div style='display:flex'><p>a b<p>c</div>"
)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(shipped_project(), Wanted())


def places(page: str, families: tuple[str, ...]) -> list[tuple[Any, ...]]:
    """Where each text and box of the laid-out pages is, and how large."""
    return [
        (number, box.element_tag, getattr(box, "text", ""), box.position_x, box.position_y, box.width, box.height)
        for number, sheet in enumerate(map(boxes.sheet, engine.lay_out(page, families).pages))
        for box in boxes.every(sheet)
    ]


@pytest.mark.parametrize(("locale", "audience"), SHIPPED)
def test_a_leaflet_is_laid_out_as_without(library: Library, locale: str, audience: str) -> None:
    wanted = Wanted(locales=(locale,), audiences=(audience,))
    handout = next(x.handout for x in library.compositions(wanted) if x.handout.locale == locale)
    page = template_of(Project(ROOT), audience, "a4").page(handout, "paper")
    with without(SPEED):
        without_any = places(page, handout.typography.families)
    with memory.one_document():
        assert places(page, handout.typography.families) == without_any
        assert places(page, handout.typography.families) == without_any


@pytest.fixture(scope="module")
def written(shared_project: Project) -> Callable[[str], bytes]:
    """Writes the leaflet that has every block, in a language."""

    def write(locale: str) -> bytes:
        return pdf.write(composed(shared_project, locale, "patient").handout, template_of(shared_project, "patient"))

    return write


@pytest.fixture(scope="module")
def with_all(written: Callable[[str], bytes]) -> dict[str, bytes]:
    return {locale: written(locale) for locale in ("es", "ar", "zh_Hans")}


@each_for_speed
def test_the_bytes_are_the_same_without_a_row(
    written: Callable[[str], bytes], with_all: dict[str, bytes], row: Row
) -> None:
    with without([row]):
        assert {locale: written(locale) for locale in with_all} == with_all


@each_for_speed
def test_what_is_out_of_the_ordinary_is_printed_as_without_a_row(print_page: Print, row: Row) -> None:
    with memory.one_document():
        ours = print_page(ODD, "en"), places(ODD, ("Noto Sans",))
    with without([row]), memory.one_document():
        assert (print_page(ODD, "en"), places(ODD, ("Noto Sans",))) == ours
    with without(SPEED):
        assert (print_page(ODD, "en"), places(ODD, ("Noto Sans",))) == ours


def test_lines_are_remembered_for_one_document_only(library: Library) -> None:
    handout = next(library.compositions(Wanted())).handout
    pdf.write(handout, template_of(Project(ROOT), handout.audience, "a4"))
    assert memory.remembered() is None
