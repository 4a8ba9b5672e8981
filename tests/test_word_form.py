"""What can be filled in of a Word file, and what is kept from slips of the hand."""

import io
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import etree
from projects import ROOT, change, template_of
from test_writers import handouts  # noqa: F401 - a fixture
from validators import openxml_audit, pdftotext, soffice_pdf
from wordlint import lint

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


NAMESPACE = "{urn:leafletpress:form}"
FILLED = {
    "name": "Łukasz & Hương <b>",
    "clinician": "Dr A. Nurse",
    "phone": "020 7946 0958",
    "next_visit": "2026-12-24",
}


def form_of(content: bytes) -> dict[str, str]:
    """What stands in the part that a record system fills in."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (name,) = (one for one in archive.namelist() if one.startswith("customXml/item") and "Props" not in one)
        return {
            element.tag.removeprefix(NAMESPACE): element.text or "" for element in etree.fromstring(archive.read(name))
        }


def filled_in(tmp_path: Path, handout: Handout) -> Path:
    """A leaflet that the script of the docs has filled in."""
    leaflet, filled = tmp_path / "leaflet.docx", tmp_path / "filled.docx"
    leaflet.write_bytes(WRITERS["docx"](handout, template_of(Project(ROOT), handout.audience)))
    values = [f"{name}={value}" for name, value in FILLED.items()]
    done = subprocess.run([sys.executable, ROOT / "docs" / "fill_in.py", leaflet, filled, *values], check=False)
    assert done.returncode == 0
    return filled


@each_locale
def test_a_record_system_finds_an_element_for_each_control(handouts: Written, locale: str) -> None:  # noqa: F811
    content = WRITERS["docx"](handouts[locale, "patient"], template_of(Project(ROOT), "patient"))
    assert form_of(content) == dict.fromkeys(("name", "clinician", "phone", "next_visit", "notes"), "")


def test_a_leaflet_without_lines_to_fill_in_has_no_form(handouts: Written) -> None:  # noqa: F811
    content = WRITERS["docx"](handouts["en", "clinician"], template_of(Project(ROOT), "clinician"))
    assert not [name for name in zipfile.ZipFile(io.BytesIO(content)).namelist() if name.startswith("customXml")]


@each_locale
def test_the_script_of_the_docs_fills_a_leaflet_in_and_changes_nothing_else(
    handouts: Written,  # noqa: F811
    locale: str,
    tmp_path: Path,
) -> None:
    handout = replace(handouts[locale, "patient"], embeds_fonts=True)
    filled = filled_in(tmp_path, handout)
    assert form_of(filled.read_bytes()) == {**FILLED, "notes": ""}
    with zipfile.ZipFile(tmp_path / "leaflet.docx") as old, zipfile.ZipFile(filled) as new:
        changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
        assert old.namelist() == new.namelist()
    assert changed == ["customXml/item1.xml"]
    assert lint(filled.read_bytes()) == []
    assert openxml_audit([filled]) == {filled: []}


def test_the_script_of_the_docs_has_ten_lines() -> None:
    script = (ROOT / "docs" / "fill_in.py").read_text(encoding="utf-8")
    code = [line for line in script.splitlines()[1:] if line and not line.startswith(("import ", "from "))]
    assert len(code) <= 10


def test_what_is_filled_in_is_printed(handouts: Written, tmp_path: Path) -> None:  # noqa: F811
    filled = filled_in(tmp_path, replace(handouts["en", "patient"], embeds_fonts=False))
    printed = " ".join(pdftotext(soffice_pdf([filled], tmp_path)[filled]).split())
    # LibreOffice 7.4 leaves out what is bound to a date.
    assert [value for name, value in FILLED.items() if value not in printed and name != "next_visit"] == []


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
