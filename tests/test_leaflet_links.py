"""Links lead to web pages, mail addresses, phones and other leaflets; what leads nowhere is told at its place."""

import shutil
from pathlib import Path

import pytest
from projects import VALID, block, composed, make_project, read, replace, template_of, update_catalogs

from leafletpress.build.check import check
from leafletpress.build.freshness.inputs import Inputs
from leafletpress.build.freshness.ledger import Noted
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.project import Unit, read_settings
from leafletpress.model.handout import Handout, texts
from leafletpress.publish.links import links_of
from leafletpress.write import WRITERS

FOR_PATIENTS = """\
code: OTHER
title: Another leaflet
subtitle: For patients alone
version: "1.0"
written: 2026-01-31
next_review: 2027-01-31
audiences: [patient]
sections:
  - id: all
    heading: All
    blocks:
      - id: words
        paragraph: Words.
"""
LINE = "  more: https://example.org/more/about-blocks\n"


@pytest.fixture
def linked(tmp_path: Path) -> Project:
    """A project of two leaflets, the first of which can lead to the other."""
    project = make_project(tmp_path)
    other = project.root / "leaflets/other-block.yaml"
    shutil.copy(VALID / "every-block.yaml", other)
    replace(other, "code: EVERY", "code: OTHER")
    return project


def lead(project: Project, target: str) -> None:
    """Let the only link of the first leaflet lead to a target."""
    replace(project.root / "leaflets/every-block.yaml", LINE, f"  more: {target}\n")


def in_link(handout: Handout) -> tuple[str | None, str]:
    """The address of the link in the text, and what is printed in brackets behind its words."""
    (text,) = (text for text in texts(handout) if text.context == "prose.plain" and any(run.link for run in text.runs))
    (address,) = {run.link for run in text.runs if run.link}
    return address, "".join(run.text for run in text.runs).replace("\u00a0", " ").partition("(")[2].partition(")")[0]


def problems(project: Project) -> list[str]:
    library = read_library(project, Wanted(locales=("en", "es")))
    found = [*library.problems, *check(library).problems] if library.leaflets else library.problems
    return [str(problem) for problem in dict.fromkeys(found) if problem.origin.line == 17]


@pytest.mark.parametrize(
    ("target", "address", "shown"),
    [
        ("mailto:skin@example.org", "mailto:skin@example.org", "skin@example.org"),
        ("tel:+44 20 7946 0958", "tel:+442079460958", "+44 20 7946 0958"),
        ("tel:+442079460958", "tel:+442079460958", "+44 20 7946 0958"),
        ("leaflet:OTHER", "../../other-block/en/other-block-patient-en.html", "OTHER-P-en"),
    ],
)
def test_a_link_leads_to_its_target_and_paper_has_it_behind_the_words(
    linked: Project, target: str, address: str, shown: str
) -> None:
    lead(linked, target)
    library = read_library(linked, Wanted(locales=("en",), conditions=("every-block",), audiences=("patient",)))
    assert not library.problems
    (made,) = library.compositions(Wanted(audiences=("patient",)))
    assert in_link(made.handout) == (address, shown)


@pytest.mark.parametrize(
    ("target", "said"),
    [
        ("mailto:skin", "has the wrong form"),
        ("mail:skin@example.org", "has the wrong form"),
        ("javascript:alert(1)", "has the wrong form"),
        ("leaflet:other", "has the wrong form"),
        ("http://example.org", "has the wrong form"),
        ("tel:020 7946 0958", 'it is not known in which country "020 7946 0958" is dialled'),
        ("tel:+44 20 7946 095", '"+44 20 7946 095" can\'t be a number in GB'),
        ("tel:+999 1", '"+999 1" is no phone number'),
        ("tel:+44 20 7946 0958 ext. 5", "a link dials no extension"),
        ("tel:call us", "it is not known in which country"),
        ("leaflet:OTHERS", 'no leaflet has the code "OTHERS" (did you mean "OTHER"?)'),
        ("leaflet:EVERY", 'link "more" leads to this leaflet itself'),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_at_its_place(linked: Project, target: str, said: str) -> None:
    lead(linked, target)
    (found,) = problems(linked)
    assert found.startswith("leaflets/every-block.yaml:17:9: ")
    assert said in found
    assert "every-block" not in read_library(linked, Wanted(locales=("en",))).leaflets


def test_a_leaflet_that_is_not_made_in_a_language_is_told_and_its_english_named(linked: Project) -> None:
    lead(linked, "leaflet:OTHER")
    replace(linked.root / "leaflets/other-block.yaml", "codes:\n", "languages: [ar]\ncodes:\n")
    (found,) = problems(linked)
    assert found.startswith('leaflets/every-block.yaml:17:9: warning: link "more": leaflet OTHER is not made in es (')
    update_catalogs(linked)
    for name, shown in (("es", "OTHER-P-en"), ("ar", "OTHER-P-ar")):
        library = read_library(linked, Wanted(locales=(name,), conditions=("every-block",)))
        (made,) = library.compositions(Wanted(audiences=("patient",)))
        address, printed = in_link(made.handout)
        assert printed == shown
        assert address == f"../../other-block/{shown[-2:]}/other-block-patient-{shown[-2:]}.html"


def test_a_leaflet_for_others_than_those_who_read_the_link_is_an_error(linked: Project) -> None:
    lead(linked, "leaflet:OTHER")
    (linked.root / "leaflets/other-block.yaml").write_text(FOR_PATIENTS, encoding="utf-8")
    (found,) = problems(linked)
    assert 'link "more": leaflet OTHER is not made for clinician, who reads its words' in found
    replace(
        linked.root / "leaflets/every-block.yaml",
        "      - id: plain\n",
        "      - id: plain\n        audience: patient\n",
    )
    assert problems(linked) == []


def test_a_leaflet_that_cannot_be_read_blocks_none_that_leads_to_it(linked: Project) -> None:
    lead(linked, "leaflet:OTHER")
    (linked.root / "leaflets/other-block.yaml").write_text("code: [\n", encoding="utf-8")
    library = read_library(linked, Wanted(locales=("en",)))
    (made,) = library.compositions(Wanted(audiences=("patient",)))
    (text,) = block(made.handout, "prose", "plain")
    assert "link (OTHER-P-en)" in str(text)
    assert not any(run.link for run in text.runs)
    assert library.leaflets["every-block"].linked == ("other-block",)


def test_what_decides_where_a_link_leads_decides_whether_a_document_is_up_to_date(linked: Project) -> None:
    lead(linked, "leaflet:OTHER")
    settings, unit = read_settings(linked.files(), Wanted()), Unit("every-block", "es")

    def digest() -> str:
        return Inputs(linked.files(), settings, {"every-block": Noted(linked=("other-block",))}).digest(unit)

    before = digest()
    replace(linked.root / "leaflets/other-block.yaml", "codes:\n", "languages: [ar]\ncodes:\n")
    assert digest() != before


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_each_format_leads_where_it_can(linked: Project, locale: str) -> None:
    update_catalogs(linked)
    lead(linked, "leaflet:OTHER")
    library = read_library(linked, Wanted(locales=(locale,), conditions=("every-block",)))
    (made,) = library.compositions(Wanted(audiences=("patient",)))
    beside = f"../../other-block/{locale}/other-block-patient-{locale}.html"
    for format_ in ("html", "pdf", "docx"):
        content = WRITERS[format_](made.handout, template_of(linked, "patient"))
        assert (beside in links_of(format_, content).addresses) == (format_ == "html"), format_


def test_each_format_writes_to_mail_addresses_and_phones(linked: Project) -> None:
    for target in ("mailto:skin@example.org", "tel:+442079460958"):
        lead(linked, target)
        made = composed_first(linked)
        for format_ in ("html", "pdf", "docx"):
            content = WRITERS[format_](made, template_of(linked, "patient"))
            assert target in links_of(format_, content).addresses, format_
        replace(linked.root / "leaflets/every-block.yaml", f"  more: {target}\n", LINE)


def composed_first(project: Project) -> Handout:
    library = read_library(project, Wanted(locales=("en",), conditions=("every-block",)))
    (made,) = library.compositions(Wanted(audiences=("patient",)))
    return made.handout


def test_a_web_address_is_printed_and_signed_as_before(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    handout = composed(project, "en", "patient").handout
    assert in_link(handout) == ("https://example.org/more/about-blocks", "example.org/more/about-blocks")
    (link,) = read(project, ["en"]).leaflets["every-block"].links.values()
    assert link.written == "https://example.org/more/about-blocks"
