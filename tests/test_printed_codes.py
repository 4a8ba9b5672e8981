"""The code on a paper is that of one leaflet for one audience: two that share it are refused, each at its place."""

import shutil
from pathlib import Path

import pytest
from clinic import CONDITION
from clinic import LEAFLET as CLINIC
from projects import replace

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.problems import LeafletError
from leafletpress.read.leaflets import shared_codes
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_audiences

OTHERS = {
    "as it is": CLINIC,
    "in quotation marks, last": CLINIC.removeprefix("code: DRYS\n") + 'code: "DRYS"\n',
    "in braces": "{title: Wet skin, code: DRYS}",
    "a leaflet that can't be read further down": "title: Wet skin\ncode: DRYS\nsections: [",
}


def written(root: Path, other: str) -> Files:
    (root / "leaflets").mkdir()
    (root / "leaflets" / f"{CONDITION}.yaml").write_text(CLINIC, encoding="utf-8")
    (root / "leaflets" / "wet-skin.yaml").write_text(other, encoding="utf-8")
    return Files(root)


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_code_of_two_leaflets_is_an_error_at_the_place_of_both(tmp_path: Path, other: str) -> None:
    found = list(shared_codes(written(tmp_path, other), [CONDITION, "wet-skin"]))
    assert [problem.origin.file for problem in found] == [f"leaflets/{CONDITION}.yaml", "leaflets/wet-skin.yaml"]
    assert all(problem.origin.line and problem.severity == "error" for problem in found)
    for problem, twin in zip(found, reversed(found), strict=True):
        assert problem.text == f'code "DRYS" is that of {twin.origin} too'


def test_one_that_is_asked_for_alone_is_compared_with_those_that_are_not(tmp_path: Path) -> None:
    files = written(tmp_path, CLINIC)
    assert [problem.origin.file for problem in shared_codes(files, [CONDITION])] == [f"leaflets/{CONDITION}.yaml"]


@pytest.mark.parametrize(
    "other",
    [
        CLINIC.replace("code: DRYS", "code: DRYT"),
        CLINIC.removeprefix("code: DRYS\n"),
        "sections:\n  - code: DRYS\n",
        "- code: DRYS\n",
        "code: [DRYS]\n",
        "# code: DRYS\n",
        "",
        "code: 'DRYS",
        "\tcode: DRYS",
    ],
)
def test_another_code_or_none_is_no_error(tmp_path: Path, other: str) -> None:
    assert list(shared_codes(written(tmp_path, other), [CONDITION, "wet-skin"])) == []


def test_what_reads_the_leaflets_of_a_project_says_it(project: Project) -> None:
    shutil.copy(project.root / "leaflets/every-block.yaml", project.root / "leaflets/other.yaml")
    found = read_library(project, Wanted(conditions=("every-block",), locales=("en",))).problems
    assert [problem.text for problem in found] == ['code "EVERY" is that of leaflets/other.yaml:3:7 too']


def test_a_letter_of_two_audiences_is_an_error_at_the_place_of_both(project: Project) -> None:
    own = project.root / "templates"
    for audience in ("patient", "clinician"):
        theme = own / audience / "theme.toml"
        theme.parent.mkdir(parents=True, exist_ok=True)
        theme.write_bytes(project.files().content(f"templates/{audience}/theme.toml"))
    replace(own / "clinician" / "theme.toml", 'letter = "C"', 'letter = "P"')
    with pytest.raises(LeafletError) as raised:
        read_audiences(project.files())
    first, second = raised.value.problems
    assert (first.origin.file, second.origin.file) == (
        "templates/clinician/theme.toml",
        "templates/patient/theme.toml",
    )
    assert first.origin.line
    assert second.origin.line
    assert first.text == f'letter "P" is that of {second.origin} too'
