"""Foreign words say their language in every format, as a glossary and the author's facts of words tell it."""

import io
import zipfile

import pikepdf
import pytest
from lxml import etree, html
from projects import composed, replace, see_figures, template_of

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.model.problems import LeafletError
from leafletpress.write import WRITERS
from leafletpress.write.languages import Languages
from leafletpress.write.typography import spoken

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Words of the made-up Spanish of these tests, and a term to keep.
GLOSSARY = """
[[terms]]
term = "WhatsApp"
keep = true
[foreign]
en = ["twó bóxés"]
la = ["Trianglé"]
"""
WANTED = {("twó bóxés", "en"), ("trianglé", "la"), ("klotho", "en"), ("WhatsApp", "en")}


@pytest.fixture
def handout(project: Project) -> Handout:
    """Spanish with foreign words, with one that the author wrote as a fact."""
    (project.folder("locales") / "es" / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    leaflet = project.folder("leaflets") / "every-block.yaml"
    replace(leaflet, "gene: {kind: text, value: FGF23}", "gene: {kind: text, value: klotho}")
    see_figures(project)
    return composed(project, "es", "clinician").handout


def test_a_web_page_says_it(project: Project, handout: Handout) -> None:
    page = html.fromstring(WRITERS["html"](handout, template_of(project, "clinician")))
    assert {(str(span.text), span.get("lang")) for span in page.iter("span") if span.keys() == ["lang"]} == WANTED


def test_a_pdf_says_it_in_its_structure(project: Project, handout: Handout) -> None:
    with pikepdf.open(io.BytesIO(WRITERS["pdf"](handout, template_of(project, "clinician", "a4")))) as document:
        spans = [one for one in map(dict, _elements(document)) if one.get("/S") == "/Span" and "/Lang" in one]
        assert {str(one["/Lang"]) for one in spans} == {"en", "la"}
        assert len(spans) == len(WANTED)


def test_a_word_file_says_it_as_it_is_spelled_where_the_site_stands(project: Project, handout: Handout) -> None:
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"](handout, template_of(project, "clinician")))) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    runs = [(run.findtext(f"{W}t"), run.find(f"{W}rPr/{W}lang")) for run in tree.iter(f"{W}r")]
    said = {(words, str(language.get(f"{W}val"))) for words, language in runs if language is not None}
    assert said >= {(words, "en-GB" if language == "en" else language) for words, language in WANTED}


def test_a_page_that_does_not_say_it_is_refused(project: Project, handout: Handout) -> None:
    replace(project.folder("templates") / "shared" / "blocks.html.j2", ' lang="{{ language }}"', "")
    with pytest.raises(LeafletError, match='“klotho” is not in the language "en"'):
        WRITERS["html"](handout, template_of(project, "clinician"))


def test_a_phrase_is_one_though_its_last_word_is_tied_to_a_reference(handout: Handout) -> None:
    text = Text((Run("Bétwéén twó bóxés"), Run("[1]", raised=True)))
    said = [parts for stretch in spoken(text, Languages(handout)) for parts in stretch.said]
    assert said == [(("Bétwéén ", None), ("twó ", "en")), (("bóxés", "en"),), (("[1]", None),)]


def test_english_text_and_text_that_says_its_language_have_none(project: Project, handout: Handout) -> None:
    assert composed(project, "en", "clinician").handout.foreign_words == ()
    text = Text((Run("twó bóxés"),), language="en")
    assert Languages(handout).said(text) == (("twó bóxés", None),)


@pytest.mark.parametrize("wrong", ["English", "en_GB", "e"])
def test_a_language_that_is_no_tag_is_an_error(project: Project, wrong: str) -> None:
    glossary = project.folder("locales") / "es" / "glossary.toml"
    glossary.write_text(f'[foreign]\n{wrong} = ["word"]\n', encoding="utf-8")
    (problem, *_) = read_library(project, Wanted(locales=("es",))).problems
    assert (problem.origin.file, problem.origin.line) == ("locales/es/glossary.toml", 2)
    assert "language tag" in f"{problem.text} {problem.hint}"


def _elements(document: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every element of the structure."""
    found, waiting = [], [document.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop()
        if isinstance(node, pikepdf.Array):
            waiting.extend(node)
        elif isinstance(node, pikepdf.Dictionary):
            found.append(node)
            waiting.extend([node.K] if "/K" in node else [])
    return found
