"""On paper, in a browser and in Word, right-to-left text stands in the order of the bidi algorithm with isolates."""

import html
import json
import re
from dataclasses import replace
from pathlib import Path

import bidi
import pytest
from projects import composed, make_project, template_of
from readback import docx_paragraphs, visual_lines
from scripts import make_script_project
from validators import chromium, ooxml_sdk, soffice_pdf
from wordlint import lint

from leafletpress.build.library import Project
from leafletpress.compare.from_docx import read_docx
from leafletpress.compare.from_html import read_html
from leafletpress.compose.wording import isolated
from leafletpress.model.blocks import Block, Paragraph, Section
from leafletpress.model.handout import Handout, Run, Text, texts, whole_islands
from leafletpress.write import WRITERS
from leafletpress.write.template import Template

Sentence = list[tuple[str, bool]]
COUNT = 60
# What must keep together as it is typed, between words of the sentence.
KEPT = (
    "2½", "2·5 mg", "−20 °C", "5 \u03bcg", "5 \u00b5g", "100\u00a0\u03bcg", "5 ± 2 mg", "5…10 mg", "IL-1β", "TNF-α",
    "£9.90", "Na+", "3+", "10⁹/L", "< 30", "≥ 38 °C", "+44 20 7946 0958", "24.7%", "5 mg (IV)", "(020) 7946-0958",
    "a.b@example.org",
)  # fmt: skip
# Gives each line of text as it is seen: its characters from left to right.
_SCRIPT = """<script>
const lines = [];
for (const paragraph of document.querySelectorAll("#probe p")) {
  const seen = [];
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) for (let at = 0; at < walker.currentNode.length; at++) {
    const range = document.createRange();
    range.setStart(walker.currentNode, at);
    range.setEnd(walker.currentNode, at + 1);
    seen.push([range.getBoundingClientRect().left, walker.currentNode.data[at]]);
  }
  lines.push(seen.sort((one, other) => one[0] - other[0]).map(place => place[1]).join(""));
}
document.body.textContent = "SEEN" + JSON.stringify(lines) + "SEEN";
</script>"""


def sentences(locale: str) -> list[Sentence]:
    before, behind = {"ar": ("خذ ", " هنا."), "he": ("קח ", " כאן.")}[locale]
    kept: list[Sentence] = [[(before, False), (island, True), (behind, False)] for island in KEPT]
    in_brackets: list[Sentence] = [[(f"{before}(", False), (island, True), (f"){behind}", False)] for island in KEPT]
    return [*kept, *in_brackets, *bidi.sample(locale, COUNT)]


def runs(sentence: Sentence, number: int) -> list[Run]:
    """The sentence; in every other one, the first word of each island is strong."""
    found: list[Run] = []
    for text, is_island in sentence:
        strong, space, rest = text.partition(" ") if is_island and number % 2 else ("", "", text)
        found += [Run(strong, strong=True)] if strong else []
        found += [Run(space + rest)] if space + rest else []
    return found


def with_sentences(handout: Handout, found: list[Sentence]) -> Handout:
    """The handout with a section of these sentences, and no other."""
    blocks = tuple(
        Block(f"p{number}", Paragraph(Text(isolated(runs(sentence, number), "rtl"))))
        for number, sentence in enumerate(found)
    )
    return replace(handout, sections=(Section("probe", blocks, handout.sections[0].heading),), notes=None)


def wanted(found: list[Sentence]) -> list[str]:
    marked = ("".join(bidi.typed(text) if island else text for text, island in sentence) for sentence in found)
    return [bidi.outlined(bidi.visual(text)) for text in marked]


class Paper:
    """A handout with sentences in one language, its template, and where to put files."""

    def __init__(self, locale: str, project: Project, folder: Path) -> None:
        self.sentences = sentences(locale)
        self.handout = with_sentences(composed(project, locale, "patient").handout, self.sentences)
        self.template: Template = template_of(project, "patient", "a4")
        self.folder = folder

    def written(self, format_: str) -> Path:
        path = self.folder / f"page.{format_}"
        path.write_bytes(WRITERS[format_](self.handout, self.template))
        return path


@pytest.fixture(scope="module", params=["ar", "he"])
def paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Paper:
    folder = tmp_path_factory.mktemp(request.param)
    make = make_project if request.param == "ar" else make_script_project
    return Paper(request.param, make(folder / "project"), folder)


def unseen(paper: Paper, content: bytes) -> list[tuple[str, Sentence]]:
    """The sentences that no line of a PDF shows in their order."""
    lines = {bidi.outlined(line) for line in visual_lines(content, brackets=True)}
    pairs = zip(wanted(paper.sentences), paper.sentences, strict=True)
    return [(line, sentence) for line, sentence in pairs if line not in lines]


def test_a_pdf_shows_the_order_of_the_algorithm_with_isolates(paper: Paper) -> None:
    assert unseen(paper, paper.written("pdf").read_bytes()) == []


def test_a_browser_shows_the_order_of_the_algorithm_with_isolates(paper: Paper) -> None:
    page = paper.written("html").read_text(encoding="utf-8").replace("</body>", f"{_SCRIPT}</body>")
    path = paper.folder / "seen.html"
    path.write_text(page, encoding="utf-8")
    found = re.search("SEEN(.*)SEEN", html.unescape(chromium(path)))
    assert found
    assert [bidi.outlined(line) for line in json.loads(found[1])] == wanted(paper.sentences)


def test_word_shows_the_order_of_the_algorithm_with_isolates(paper: Paper) -> None:
    path = paper.written("docx")
    assert lint(path.read_bytes()) == []
    assert ooxml_sdk([path]) == {path: []}
    assert docx_paragraphs(path.read_bytes()) == [
        str(text).replace("\u200e", "") for text in texts(paper.handout) if str(text)
    ]
    (paper.folder / "printed").mkdir()
    assert unseen(paper, soffice_pdf([path], paper.folder / "printed")[path].read_bytes()) == []


def test_islands_are_read_back_from_published_pages_and_word_files(paper: Paper) -> None:
    texts_ = [Text(isolated(runs(one, number), "rtl")) for number, one in enumerate(paper.sentences)]
    plain = {str(text).replace("\u200e", "").strip(): islands(text) for text in texts_}
    for read, format_ in ((read_html, "html"), (read_docx, "docx")):
        passages = read(paper.written(format_).read_bytes()).passages
        found = {str(passage): islands(passage.text) for passage in passages if str(passage) in plain}
        assert found == plain


def islands(text: Text) -> list[str]:
    groups = (group for group in whole_islands(text.runs) if group[0].island)
    return ["".join(run.text for run in group).replace("\u200e", "") for group in groups]


def test_without_isolates_a_pdf_shows_another_order(paper: Paper) -> None:
    plain = [[(text, False) for text, _ in sentence] for sentence in paper.sentences]
    assert sum(one != other for one, other in zip(wanted(plain), wanted(paper.sentences), strict=True)) > COUNT / 2
