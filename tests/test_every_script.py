"""Every script is right on the page: shaped, broken into lines, in the order in which it is read, and read back."""

import unicodedata
from dataclasses import dataclass
from pathlib import Path

import pytest
from paper import MM, Sheet, sheets, upright
from projects import catalog, composed, replace, template_of
from readback import docx_paragraphs, foreign_fonts, missing_islands, pdf_blocks, pdfium_text, recall
from scripts import CONDITION, LANGUAGES, make_script_project
from validators import CLAIMS, Findings, Word, outloud, pdftotext, pdftotext_bbox, verapdf_claims
from wordlint import lint

from leafletpress.build.library import Project, read_translations
from leafletpress.model.handout import Handout, Run, Text, texts
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.problems import LeafletError
from leafletpress.translate.findings import check_catalogs
from leafletpress.write.pdf import writer as pdf
from leafletpress.write.template import Template
from leafletpress.write.typography import tied
from leafletpress.write.word import writer as docx

A4 = (210, 297)  # mm
MARGIN, EDGE = 18, 2.6  # mm: the patient leaflet's side margin, and the heavy edge of its "do not" box
PRINTED = 4 * 72 / 25.4  # points from the edge of the paper, from where on a laser prints

each_language = pytest.mark.parametrize("name", LANGUAGES)


@dataclass(frozen=True)
class Page:
    """The test page in one language."""

    handout: Handout
    path: Path
    gaps: frozenset[str]

    @property
    def content(self) -> bytes:
        return self.path.read_bytes()

    def from_start(self, distance: float) -> float:
        """A distance in mm from the side on which lines begin, as one from the left edge of the paper."""
        return distance if self.handout.direction == "ltr" else A4[0] - distance


def template(project: Project) -> Template:
    """The looks of the patient leaflet."""
    return template_of(project, "patient", "a4")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_script_project(tmp_path_factory.mktemp("scripts") / "project")


@pytest.fixture(scope="module")
def printed(shared: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Page]:
    folder = tmp_path_factory.mktemp("printed")
    pages = {}
    for name in LANGUAGES:
        made = composed(shared, name, "patient")
        path = folder / f"{name}.pdf"
        path.write_bytes(pdf.write(made.handout, template(shared)))
        pages[name] = Page(made.handout, path, frozenset(gap.context for gap in made.gaps))
    return pages


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that the test may change."""
    return make_script_project(tmp_path / "project")


@each_language
def test_the_page_is_wholly_in_its_language_and_faithful(shared: Project, printed: dict[str, Page], name: str) -> None:
    assert {context for context in printed[name].gaps if not context.startswith(FURNITURE)} == set()
    found = read_translations(shared, (name,))
    told = {finding.problem.text for finding in check_catalogs(found.domains, found.locales) if finding.translation}
    assert told == set()


@pytest.fixture(scope="module")
def findings(printed: dict[str, Page]) -> dict[str, Findings]:
    """What veraPDF found, by profile."""
    return verapdf_claims(page.path for page in printed.values())


@pytest.mark.parametrize("profile", CLAIMS)
def test_pages_pass_verapdf(findings: dict[str, Findings], profile: str) -> None:
    assert {path.name: found for path, found in findings[profile].items() if found} == {}


def test_pages_pass_outloud(printed: dict[str, Page]) -> None:
    findings = outloud([page.path for page in printed.values()])
    assert {path.name: found for path, found in findings.items() if found} == {}


@each_language
def test_words_come_back(printed: dict[str, Page], name: str) -> None:
    page = printed[name]
    wanted = " ".join(map(str, texts(page.handout)))
    assert recall(wanted, pdfium_text(page.content)) >= 0.96
    assert recall(wanted, pdftotext(page.path)) >= 0.96


@each_language
def test_word_files_say_of_each_run_which_script_it_is(shared: Project, printed: dict[str, Page], name: str) -> None:
    handout = printed[name].handout
    content = docx.write(handout, template(shared))
    assert lint(content) == []
    assert docx_paragraphs(content) == [str(text) for text in texts(handout) if str(text)]


def test_a_range_of_doses_is_for_a_day_as_a_whole_where_a_language_says_so_first(printed: dict[str, Page]) -> None:
    shown = [str(text).replace("\u00a0", " ") for text in texts(printed["ta"].handout)]
    assert sum("ஒரு நாளுக்கு 250 முதல் 500 மி.கி." in text for text in shown) == 3


@each_language
def test_islands_stand_in_order(printed: dict[str, Page], name: str) -> None:
    assert missing_islands(printed[name].handout, printed[name].content) == []


def hanging(word: Word) -> float:
    """How far a word goes over its line: by the space at its end, for readers."""
    return (word.bottom - word.top) / 3 if word.text.endswith(" ") else 0


@each_language
def test_words_stay_inside_the_margins(printed: dict[str, Page], name: str) -> None:
    side = (MARGIN - 0.3) * 72 / 25.4
    width, height = (length * 72 / 25.4 for length in A4)
    words = pdftotext_bbox(printed[name].path)
    assert len(words) > 100
    over = [max(side - word.left, word.right - width + side) > hanging(word) for word in words]
    assert not any(over)
    assert [word for word in words if word.top < PRINTED - 1 or word.bottom > height - PRINTED + 1] == []


@each_language
def test_long_texts_break_into_lines(printed: dict[str, Page], name: str) -> None:
    longest = max((text for kind, text in pdf_blocks(printed[name].content) if kind == "LBody"), key=len)
    assert len(longest.strip().splitlines()) >= 2


@each_language
def test_only_fonts_of_the_language_are_in_it(printed: dict[str, Page], name: str) -> None:
    assert foreign_fonts(printed[name].content, printed[name].handout.typography.families) == []


@each_language
def test_frames_and_icons_stand_where_lines_begin(printed: dict[str, Page], name: str) -> None:
    page = printed[name]
    seen: list[Sheet] = list(sheets(page.content))
    sides = {
        place: sum(upright(sheet.copy, place) for sheet in seen)
        for place in (MARGIN + EDGE / 2, A4[0] - MARGIN - EDGE / 2)
    }
    start = page.from_start(MARGIN + EDGE / 2)
    assert sides.pop(start) == sides.popitem()[1] + 1  # the band of the emergency box is there on either side
    icons = [(left + right) / 2 / MM for sheet in seen for left, _, right, _ in sheet.icons]
    assert len(icons) == 5  # now, today, soon, do, do not
    assert all(abs(icon - page.from_start(MARGIN + 8)) < 3 for icon in icons)


@each_language
def test_the_foot_begins_where_lines_begin(printed: dict[str, Page], name: str) -> None:
    page = printed[name]
    words = [word for word in pdftotext_bbox(page.path) if word.top > (A4[1] - 16) * 72 / 25.4]
    codes = [word for word in words if "SCRIPT" in word.text]
    assert len(codes) == max(word.page for word in words)
    numbers = [word for word in words if word.page == 1 and abs(_middle(word) - page.from_start(A4[0] - MARGIN)) < 25]
    assert all(abs(_middle(word) - page.from_start(MARGIN)) < 25 for word in codes)
    assert any("1" in word.text for word in numbers)


def _middle(word: Word) -> float:
    """How far the middle of a word is from the left edge of the paper, in mm."""
    return (word.left + word.right) / 2 * 25.4 / 72


@each_language
def test_bullets_stand_where_lines_begin(printed: dict[str, Page], name: str) -> None:
    page = printed[name]
    bullets = [word for word in pdftotext_bbox(page.path) if word.text.strip("\u200f\u200e\xa0 ") == "•"]
    assert len(bullets) == 6
    assert all(abs(_middle(bullet) - page.from_start(MARGIN)) < 20 for bullet in bullets)


@pytest.mark.parametrize("name", [*LANGUAGES, "th"])
def test_a_reference_number_is_tied_to_whole_letters(name: str) -> None:
    thai = ("อาหารที่มีแคลเซียม", "ดื่มน้ำ", "ข้อนี้", "เนื้อเยื่อ", "ปวดแล้ว", "ผู้ป่วย (ราย)")
    for text in thai if name == "th" else LANGUAGES[name]["texts"].values():
        *before, (last, number) = (one.runs for one in tied(Text((Run(text), Run("[1]", raised=True)))))
        first = "".join(group[0].text for group in before)
        assert first + last.text == text
        assert number.raised
        assert last.text.strip()
        assert unicodedata.category(last.text[0])[0] != "M"
        assert not first.endswith("\u17d2")  # it joins the next letter to the last


def test_khmer_without_places_to_break_is_told_and_does_not_print(project: Project) -> None:
    long = LANGUAGES["km"]["texts"]["When something on this page is wrong"]
    replace(catalog(project, "km", CONDITION), long, (long * 3).replace("\u200b", ""))
    found = read_translations(project, ("km",))
    told = [str(one.problem) for one in check_catalogs(found.domains, found.locales) if one.translation]
    assert len(told) == 1
    assert "no line can break in" in told[0]
    with pytest.raises(LeafletError) as caught:
        pdf.write(composed(project, "km", "patient").handout, template(project))
    (problem,) = caught.value.problems
    assert str(problem.origin) == f"{CONDITION}-patient-km.pdf"
    assert problem.text.startswith(f"page 1: “{long.replace(chr(0x200B), '')[:20]}")
    assert problem.text.endswith("over the edge of its column")
    assert "U+200B" in problem.hint


def test_marks_that_reach_the_edge_of_the_paper_do_not_print(project: Project) -> None:
    with (project.folder("templates") / "patient" / "print.css").open("a", encoding="utf-8") as css:
        css.write("@page { margin-top: 6mm !important }")
    with pytest.raises(LeafletError, match="from the edge of the paper, where a printer does not print"):
        pdf.write(composed(project, "ta", "patient").handout, template(project))
