"""What can be filled in of a Word file, and what is kept from slips of the hand."""

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from projects import ROOT, change, template_of
from test_writers import handouts  # noqa: F401 - a fixture

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError
from leafletpress.write import WRITERS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
Written = dict[tuple[str, str], Handout]
each_locale = pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])


def written(handout: Handout) -> dict[str, etree._Element]:
    """The parts of a Word file that hold its text and its settings."""
    template = template_of(Project(ROOT), handout.audience, DEFAULT_EDITION)
    with zipfile.ZipFile(io.BytesIO(WRITERS["docx"](handout, template))) as archive:
        return {name: etree.fromstring(archive.read(f"word/{name}.xml")) for name in ("document", "settings")}


def values(control: etree._Element, name: str) -> list[str | None]:
    return [found.get(f"{W}val") for found in control.iter(f"{W}{name}")]


@each_locale
def test_each_line_to_fill_in_is_a_control_with_its_translated_prompt(handouts: Written, locale: str) -> None:  # noqa: F811
    handout = handouts[locale, "patient"]
    assert handout.notes
    controls = list(written(handout)["document"].iter(f"{W}sdt"))
    prompts = [str(field.prompt) for field in handout.notes.fields] + [str(handout.notes.heading)]
    assert [values(control, "alias") for control in controls] == [[prompt] for prompt in prompts]
    assert [values(control, "tag") for control in controls] == [
        [name] for name in ("name", "clinician", "phone", "next_visit", "notes")
    ]
    assert len({str(values(control, "id")) for control in controls}) == len(controls)


@each_locale
def test_controls_can_be_filled_in_and_not_be_deleted_and_print_nothing_while_empty(
    handouts: Written,  # noqa: F811
    locale: str,
) -> None:
    for control in written(handouts[locale, "patient"])["document"].iter(f"{W}sdt"):
        assert values(control, "lock") == ["sdtLocked"]
        assert control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None
        shown = "".join(text.text or "" for text in control.iter(f"{W}t"))
        assert shown
        assert not shown.strip("\u00a0")


def test_next_visit_is_a_date_in_the_leaflets_language_and_notes_take_lines(handouts: Written) -> None:  # noqa: F811
    controls = {
        str(*values(control, "tag")): control
        for control in written(handouts["ar", "patient"])["document"].iter(f"{W}sdt")
    }
    date = controls["next_visit"].find(f"{W}sdtPr/{W}date")
    assert date is not None
    assert values(date, "lid") == ["ar"]
    assert [text.get(f"{W}multiLine") for text in controls["notes"].iter(f"{W}text")] == ["1"]
    assert [text.get(f"{W}multiLine") for text in controls["name"].iter(f"{W}text")] == [None]


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_text_is_protected_without_a_password_and_only_controls_take_text(
    handouts: Written,  # noqa: F811
    audience: str,
) -> None:
    (protection,) = written(handouts["en", audience])["settings"].iter(f"{W}documentProtection")
    assert {str(key).removeprefix(W): value for key, value in protection.items()} == {
        "edit": "forms",
        "enforcement": "1",
    }


def test_a_site_may_leave_its_word_files_open(project: Project) -> None:
    site = next(project.folder("sites").glob("*.toml"))
    change(site, lambda text: f"protected = false\n{text}")
    wanted = Wanted(locales=("en",))
    for made in read_library(project, wanted).compositions(wanted):
        assert not list(written(made.handout)["settings"].iter(f"{W}documentProtection"))


def test_protected_is_a_switch(project: Project) -> None:
    site: Path = next(project.folder("sites").glob("*.toml"))
    change(site, lambda text: f'protected = "yes"\n{text}')
    with pytest.raises(LeafletError, match="protected"):
        read_library(project, Wanted())


def test_prompts_too_long_for_two_in_a_row_stand_one_below_the_other(handouts: Written) -> None:  # noqa: F811
    def cells(handout: Handout) -> list[int]:
        tables = list(written(handout)["document"].iter(f"{W}tbl"))
        return [len(list(row.iter(f"{W}tc"))) for row in tables[-1].iter(f"{W}tr")]

    handout = handouts["en", "patient"]
    assert handout.notes
    assert cells(handout) == [2, 2, 2, 2]
    first, *others = handout.notes.fields
    run = replace(first.prompt.runs[0], text="The name of the person whose leaflet this is")
    long = replace(first, prompt=replace(first.prompt, runs=(run,)))
    assert cells(replace(handout, notes=replace(handout.notes, fields=(long, *others)))) == [1, 1, 1, 1, 1, 1]
