"""What a Word file says of itself: its title, its makers, its language."""

import io
from dataclasses import replace

import docx
import pytest
from docx.opc.coreprops import CoreProperties
from projects import ROOT, composed, template_of

from leafletpress.build.library import Project
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.write import WRITERS


def properties(handout: Handout) -> CoreProperties:
    content = WRITERS["docx"](handout, template_of(Project(ROOT), handout.audience))
    found: CoreProperties = docx.Document(io.BytesIO(content)).core_properties
    return found


@pytest.fixture(scope="module")
def handout(shared_project: Project) -> Handout:
    return composed(shared_project, "en", "patient").handout


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


def test_a_property_that_word_would_cut_is_cut_where_it_can_be_seen(handout: Handout) -> None:
    found = properties(with_head(handout, "Long " * 60))
    for text in (found.title, found.subject, found.author):
        assert len(text) <= 255
        assert text.startswith("Long Long")
        assert text.endswith("Long…")


def test_a_property_of_255_letters_is_whole(handout: Handout) -> None:
    assert properties(with_head(handout, "x" * 255)).subject == "x" * 255
