"""What a Word file says of itself: its title, its makers, its language."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.opc.coreprops import CoreProperties
from lxml import etree
from projects import ROOT, change, composed, template_of

from leafletpress.build.library import Project
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.write import WRITERS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def properties(handout: Handout) -> CoreProperties:
    content = WRITERS["docx"](handout, template_of(Project(ROOT), handout.audience))
    found: CoreProperties = docx.Document(io.BytesIO(content)).core_properties
    return found


@pytest.fixture(scope="module")
def handout(shared_project: Project) -> Handout:
    return composed(shared_project, "en", "patient").handout


@pytest.mark.parametrize(
    ("region", "emergency", "language"), [("GB", "999", "en-GB"), ("US", "911", "en-US"), ("JP", "119", "en")]
)
def test_english_is_spelled_as_where_the_site_stands(
    project: Project, region: str, emergency: str, language: str
) -> None:
    site = next(project.folder("sites").glob("*.toml"))
    change(site, lambda text: text.replace('region = "GB"', f'# "GB"\nregion = "{region}"').replace("999", emergency))
    handout = composed(project, "en", "patient").handout
    assert properties(handout).language == language
    content = WRITERS["docx"](handout, template_of(Project(ROOT), "patient"))
    assert set(languages(content, "styles")) == {language}
    assert set(languages(content, "document")) <= {language}


def test_english_in_another_language_is_too(project: Project) -> None:
    handout = composed(project, "ar", "patient").handout
    content = WRITERS["docx"](handout, template_of(Project(ROOT), "patient"))
    assert set(languages(content, "styles")) == {"ar"}
    assert set(languages(content, "document")) == {"en-GB"}


def languages(content: bytes, part: str) -> list[str]:
    """The languages of the text of a part."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        tree = etree.fromstring(archive.read(f"word/{part}.xml"))
    return [value for element in tree.iter(f"{W}lang") for value in map(str, element.values())]


def test_a_web_page_names_the_language_alone(handout: Handout) -> None:
    assert b'<html lang="en" dir="ltr">' in WRITERS["html"](handout, template_of(Project(ROOT), "patient"))


def with_head(handout: Handout, text: str) -> Handout:
    long = Text((Run(text),))
    return replace(handout, head=replace(handout.head, title=long, subtitle=long, service=long))


def test_title_subject_and_author_are_the_leaflets(handout: Handout) -> None:
    found = properties(handout)
    head = handout.head
    assert (found.title, found.subject, found.author) == (
        f"{head.title} – {head.audience}",
        str(head.subtitle),
        str(head.service),
    )


def test_each_file_says_which_leaflet_it_is_and_how_far_it_has_come(handout: Handout) -> None:
    found = properties(handout)
    assert (found.identifier, found.version, found.content_status) == (handout.code, handout.version, "draft")
    page = WRITERS["html"](handout, template_of(Project(ROOT), "patient")).decode()
    assert f'<meta name="dcterms.identifier" content="{handout.code} {handout.check_code}">' in page
    assert '<meta name="leaflet.status" content="draft">' in page


def test_a_property_that_word_would_cut_is_cut_where_it_can_be_seen(handout: Handout) -> None:
    found = properties(with_head(handout, "Long " * 60))
    for text in (found.title, found.subject, found.author):
        assert len(text) <= 255
        assert text.startswith("Long Long")
        assert text.endswith("Long…")


def test_a_property_of_255_letters_is_whole(handout: Handout) -> None:
    assert properties(with_head(handout, "x" * 255)).subject == "x" * 255
