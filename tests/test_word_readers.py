"""Programs that are not Word find in a Word file the lists and headings of its handout, each with all of its items."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html
from projects import ROOT, composed, template_of
from shipped import OFFERED, Shipped
from validators import mammoth_html, pandoc_html
from word_readers import LISTS, lists_of, sizes_of

from leafletpress.build.library import Project
from leafletpress.model.blocks import QA, Callout, Steps
from leafletpress.model.handout import Handout, Text
from leafletpress.write import WRITERS

List = tuple[str, list[str]]  # ul or ol, and its items
Heading = tuple[str, str]  # h1 to h3, and its text

SOME = ("en", "ar", "zh_Hans")
each_leaflet = pytest.mark.parametrize("pair", OFFERED, ids="-".join)


def wanted_lists(handout: Handout) -> list[List]:
    return [(kind, [plain(str(item)) for item in items]) for kind, items in lists_of(handout)]


def wanted_headings(handout: Handout, *, side: bool) -> list[Heading]:
    """The headings, with or without those of what is not a section."""
    found = [("h1", handout.head.title)]
    for section in handout.sections:
        if section.heading:
            found.append(("h2", section.heading))
        for block in section.blocks:
            match block.content:
                case Callout(heading=Text() as heading):
                    found.append(("h3", heading))
                case QA(items):
                    found += [("h3", item.question) for item in items]
    found += [("h2", one.heading) for one in (handout.notes, handout.references) if one and side]
    return [(level, plain(str(text))) for level, text in found]


def plain(text: str) -> str:
    """The text without white space and marks of direction."""
    return re.sub(r"[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]", "", text)


def lists_in(fragment: str) -> list[List]:
    tree = html.fragment_fromstring(fragment, create_parent=True)
    return [(one.tag, [plain(item.text_content()) for item in one.findall("li")]) for one in tree.iter("ul", "ol")]


def headings_in(fragment: str) -> list[Heading]:
    tree = html.fragment_fromstring(fragment, create_parent=True)
    return [(one.tag, plain(one.text_content())) for one in tree.iter("h1", "h2", "h3")]


@each_leaflet
def test_mammoth_finds_every_list_and_heading(shipped: Shipped, pair: tuple[str, str]) -> None:
    handout, found = shipped.handouts[pair], mammoth_html(shipped.path(*pair, "docx"))
    assert lists_in(found) == wanted_lists(handout)
    # It knows headings by the names that Word gives them alone.
    assert headings_in(found) == wanted_headings(handout, side=False)


@each_leaflet
def test_pandoc_finds_every_list_and_heading(shipped: Shipped, pair: tuple[str, str]) -> None:
    handout, found = shipped.handouts[pair], pandoc_html(shipped.path(*pair, "docx"))
    assert lists_in(found) == wanted_lists(handout)
    assert headings_in(found) == wanted_headings(handout, side=True)
    assert not re.findall(r"<ol[^>]* start=", found)


@pytest.mark.parametrize("program", ["LibreOffice", "docx4j", "POI", "docx-preview"])
def test_programs_that_are_slow_to_start_find_every_list(shipped: Shipped, program: str) -> None:
    paths = {shipped.path(*pair, "docx"): pair for pair in OFFERED if program == "LibreOffice" or pair[0] in SOME}
    assert LISTS[program](paths) == {path: sizes_of(shipped.handouts[pair]) for path, pair in paths.items()}


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_lists_that_meet_are_two(shared_project: Project, locale: str, audience: str, tmp_path: Path) -> None:
    handout = composed(shared_project, locale, audience).handout
    wanted = wanted_lists(handout)
    contents = [block.content for section in handout.sections for block in section.blocks]
    assert any(isinstance(one, Steps) and isinstance(two, Steps) for one, two in pairwise(contents))
    path = tmp_path / "leaflet.docx"
    path.write_bytes(WRITERS["docx"](handout, template_of(Project(ROOT), audience)))
    assert lists_in(mammoth_html(path)) == wanted
    assert lists_in(pandoc_html(path)) == wanted
    assert LISTS["LibreOffice"]([path]) == {path: sizes_of(handout)}
