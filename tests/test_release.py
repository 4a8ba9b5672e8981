"""A release publishes every document that may reach a reader, and withholds the others, each with its reason."""

import json
import shutil
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from clinic import CONDITION, make_clinic, source
from projects import change, composed, read, replace, template_of

from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Build, Order, build
from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, weightiest
from leafletpress.write import WRITERS
from leafletpress.write.pdf import balance
from leafletpress.write.pdf import writer as pdf
from leafletpress.write.template import Template

PATIENT = Wanted(locales=("en", "es"), audiences=("patient",), formats=("html", "pdf"))
Write = Callable[[Handout, Template], bytes]


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_clinic(tmp_path_factory.mktemp("release") / "project")


def released(project: Project, folder: Path, *, release: bool = True) -> Build:
    return build(project, Order(PATIENT, folder, "out", release=release, workers=1))


def states(folder: Path) -> dict[str, str]:
    """What the manifest says of each document, by language and format."""
    rows = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["documents"]
    return {f"{row['locale']} {row['format']}": row["reason"] or row["state"] for row in rows}


def file(folder: Path, locale: str) -> Path:
    return folder / CONDITION / locale / f"{CONDITION}-patient-{locale}.pdf"


def pages(count: int) -> bytes:
    content = BytesIO()
    with pikepdf.new() as document:
        for _ in range(count):
            document.add_blank_page()
        document.save(content)
    return content.getvalue()


def writes(monkeypatch: pytest.MonkeyPatch, **sides: int) -> None:
    """Have PDFs written with so many blank sides, by language."""
    monkeypatch.setitem(WRITERS, "pdf", lambda handout, _template: pages(sides[handout.locale]))


def fails(monkeypatch: pytest.MonkeyPatch, place: str, *locales: str) -> None:
    """Have the PDFs of some languages fail for something that is wrong at a place; the others have a side."""

    def write(handout: Handout, _template: Template) -> bytes:
        if handout.locale in locales:
            raise LeafletError([Problem(Origin(place.format(locale=handout.locale)), "is wrong")])
        return pages(1)

    monkeypatch.setitem(WRITERS, "pdf", write)


def test_one_leaflet_that_is_too_long_stops_no_other(
    clinic: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes(monkeypatch, en=1, es=9)
    assert weightiest(released(clinic, tmp_path).exit_codes) == ExitCode.WITHHELD
    why = "9 sides, at most 7 are allowed"
    whole = {"en html": "built", "en pdf": "built"}
    assert states(tmp_path) == {**whole, "es pdf": why, "es html": f"its PDF: {why}"}


def test_what_is_withheld_leaves_the_folder_and_comes_back_when_it_is_mended(
    clinic: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    writes(monkeypatch, en=1, es=9)
    assert weightiest(released(clinic, tmp_path, release=False).exit_codes) == ExitCode.CONTENT
    assert file(tmp_path, "es").exists()  # a draft is there to be looked at
    for _ in range(2):
        assert weightiest(released(clinic, tmp_path).exit_codes) == ExitCode.WITHHELD
        assert not file(tmp_path, "es").exists()
    writes(monkeypatch, en=1, es=6)
    assert weightiest(released(clinic, tmp_path).exit_codes) == ExitCode.OK
    assert set(states(tmp_path).values()) == {"built"}
    assert file(tmp_path, "es").exists()


def test_each_row_says_whether_a_release_let_its_document_through_though_nothing_is_written_anew(
    clinic: Project, tmp_path: Path
) -> None:
    def built_for(release: bool, *locales: str, written: bool = False) -> dict[str, str]:
        wanted = Wanted(locales=locales, audiences=("patient",), formats=("html",))
        made = build(clinic, Order(wanted, tmp_path, "out", release=release, workers=1))
        assert bool(made.outcomes) == written
        rows = json.loads((tmp_path / "manifest.json").read_text(encoding="utf-8"))["documents"]
        return {row["locale"]: row["built_for"] for row in rows}

    assert built_for(False, written=True) == {"en": "draft", "es": "draft"}
    assert built_for(True) == {"en": "release", "es": "release"}
    assert built_for(False, "en") == {"en": "draft", "es": "release"}
    assert built_for(True, "es") == {"es": "release"}  # no release looked at the draft in English
    assert built_for(True, written=True) == {"en": "release", "es": "release"}


def test_a_document_that_is_faulty_in_itself_is_withheld(
    clinic: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, f"{CONDITION}-patient-{{locale}}.pdf", "es")
    made = released(clinic, tmp_path)
    assert weightiest(made.exit_codes) == ExitCode.WITHHELD
    assert states(tmp_path)["es pdf"] == "is wrong"
    assert [str(problem) for one in made.outcomes for problem in one.problems] == [
        f"{CONDITION}-patient-es.pdf: is wrong"
    ]


def test_what_a_template_or_a_font_keeps_from_being_printed_is_withheld(
    clinic: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fails(monkeypatch, "templates/patient/paper.css", "en")
    assert weightiest(released(clinic, tmp_path).exit_codes) == ExitCode.WITHHELD
    whole = {"es html": "built", "es pdf": "built"}
    assert states(tmp_path) == {**whole, "en pdf": "is wrong", "en html": "its PDF: is wrong"}


def test_a_release_of_which_nothing_is_left_is_an_error(
    clinic: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = Wanted(audiences=("patient",), formats=("pdf",))
    fails(monkeypatch, f"{CONDITION}-patient-{{locale}}.pdf", "en", "es")
    made = build(clinic, Order(wanted, tmp_path, "out", release=True, workers=1))
    assert weightiest(made.exit_codes) == ExitCode.CONTENT


def test_the_signs_that_can_not_wait_begin_on_the_first_page(
    clinic: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(balance, "SPACINGS", (1.0,))
    late = Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))
    before = "".join(f"      - id: more_{number}\n        paragraph: Before all else.\n" for number in range(36))
    change(source(late), lambda text: text.replace("    blocks:\n", f"    blocks:\n{before}", 1))
    handout = composed(late, "en", "patient").handout
    with pytest.raises(LeafletError) as caught:
        pdf.write(handout, template_of(late, "patient"))
    assert str(caught.value) == (
        f'{CONDITION}-patient-en.pdf: the box "now" of the first section begins on page 2 and not on the first '
        "(shorten what stands before it, or put it first)"
    )


def test_a_dose_without_a_source_is_withheld_with_its_place(clinic: Project, tmp_path: Path) -> None:
    project = Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))
    replace(source(project), "unit: mg, source: first_2020}\nsources:", "unit: mg}\nsources:")
    wanted = Wanted(locales=("en", "es"), formats=("html",))

    def reasons(*, release: bool) -> set[str]:
        order = Order(wanted, tmp_path / "out", "out", release=release, workers=1)
        build(project, order)
        rows = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))["documents"]
        return {str(row["reason"]).partition(" (")[0] for row in rows}

    text = 'treatment.doses: fact "evening_dose" has no source'
    assert reasons(release=False) == {"None"}
    (why,) = reasons(release=True)
    assert why.startswith("1 doses have no source; first: leaflets/dry-skin.yaml:")
    assert why.endswith(text)
    made = composed(project, "en", "patient").handout
    assert [problem.text for problem in read(project).unsourced_doses(made)] == [text]
