"""Check says where a reader in need would not see what matters: before anything is laid out, in any project."""

from collections.abc import Callable
from pathlib import Path

import pytest
from clinic import make_clinic, source
from projects import SITE, VALID, change, read, replace

from leafletpress.build.check import check
from leafletpress.build.library import Project
from leafletpress.model.problems import Problem

NUMBER = '[[phones]]\nkind = "emergency"\nnumber = "999"\n'
FIGURE = """\
      - id: picture
        figure: {image: shapes.svg, alt: Two shapes., labels: [One, Two, Three]}
"""


@pytest.fixture
def clinic(tmp_path: Path) -> Project:
    return make_clinic(tmp_path / "project")


def found(project: Project, about: str) -> list[Problem]:
    return [problem for problem in check(read(project, ["en"])).problems if about in problem.text]


def line_of(path: Path, text: str) -> int:
    return path.read_text(encoding="utf-8").split(text)[0].count("\n") + 1


def put_later(project: Project) -> None:
    """Have the section with the emergency box come second."""
    first = "  - id: first\n    heading: Words\n    blocks:\n      - id: words\n        paragraph: Words before it.\n"
    replace(source(project), "sections:\n", f"sections:\n{first}")


def lose_the_number(project: Project) -> None:
    replace(project.folder("sites") / SITE.name, NUMBER, "")


def draw(project: Project, width: str) -> None:
    drawing = (VALID / "shapes.svg").read_text(encoding="utf-8")
    assert 'stroke-width="0.6"' in drawing
    target = project.folder("leaflets") / "shapes.svg"
    target.write_text(drawing.replace('stroke-width="0.6"', f'stroke-width="{width}"'), encoding="utf-8")
    change(source(project), lambda text: text + FIGURE)


def test_a_leaflet_whose_signs_come_first_and_can_be_seen_raises_no_alarm(clinic: Project) -> None:
    draw(clinic, "0.6")
    assert [found(clinic, about) for about in ("page 1", "emergency", "copies")] == [[], [], []]


def test_an_emergency_box_below_the_first_section_is_reported_for_each_audience(clinic: Project) -> None:
    put_later(clinic)
    problems = found(clinic, "page 1")
    assert [problem.text for problem in problems] == [
        f'the first box "now" for {audience} is not in the first section: page 1 may be without it'
        for audience in ("clinician", "patient")
    ]
    assert {problem.severity for problem in problems} == {"warning"}
    assert {problem.origin.line for problem in problems} == {line_of(source(clinic), "When to get help")}


def test_a_site_without_an_emergency_number_is_reported_once_where_a_box_needs_it(clinic: Project) -> None:
    lose_the_number(clinic)
    (problem,) = found(clinic, "emergency")
    assert str(problem.origin).startswith(f"sites/{SITE.name}")
    replace(source(clinic), "level: now", "level: today")
    assert found(clinic, "emergency") == []


def test_lines_that_copies_lose_are_reported_where_the_drawing_is_used(clinic: Project) -> None:
    draw(clinic, "0.1")
    (problem,) = found(clinic, "copies")
    assert problem.origin.line == line_of(source(clinic), "Two shapes.")
    assert problem.severity == "warning"


@pytest.mark.parametrize("spoil", [put_later, lose_the_number, lambda project: draw(project, "0.1")])
def test_none_of_this_is_an_error(clinic: Project, spoil: Callable[[Project], None]) -> None:
    spoil(clinic)
    assert {problem.severity for problem in check(read(clinic, ["en"])).problems} == {"warning"}
