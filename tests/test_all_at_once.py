"""One run says what is wrong in all files: a syntax error in one of them hides nothing in others."""

from itertools import combinations
from pathlib import Path

import pytest

from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Order, build
from leafletpress.model.problems import LeafletError, Problem

FILES = (
    "leaflets/every-block.yaml",
    "signoffs/every-block.toml",
    "published.toml",
    "locales/es/glossary.toml",
    "locales/es/opposites.toml",
    "locales/es/backtranslation.toml",
    "locales/ar/LC_MESSAGES/furniture.po",
    "locales/es/LC_MESSAGES/every-block.po",
    "locales/ar/locale.toml",
    "locales/ar/LC_MESSAGES/every-block.po",
    "locales/en/locale.toml",
    "sites/example-hospital.toml",
    "templates/furniture.toml",
    "templates/editions.toml",
    "templates/patient/theme.toml",
)


def spoil(project: Project, *names: str) -> None:
    """End each file with a line that no file of its kind can have."""
    for name in names:
        (project.root / name).parent.mkdir(exist_ok=True)
        with (project.root / name).open("a", encoding="utf-8") as file:
            file.write("\n] : [\n")


def told(project: Project) -> tuple[Problem, ...]:
    """What `check` says, also where nothing could be built."""
    try:
        return check(read_library(project, Wanted())).problems
    except LeafletError as error:
        return error.problems


def wrong_files(problems: tuple[Problem, ...]) -> set[str]:
    return {problem.origin.file for problem in problems if problem.severity == "error" and problem.origin.line}


@pytest.mark.parametrize("names", [FILES, *combinations(FILES, 2)], ids=lambda names: f"{len(names)}-{names[0][-25:]}")
def test_a_syntax_error_in_one_file_hides_no_other(project: Project, names: tuple[str, ...]) -> None:
    spoil(project, *names)
    assert wrong_files(told(project)) == set(names)


def test_nothing_is_said_twice_where_nothing_can_be_built(project: Project) -> None:
    spoil(project, *FILES)
    found = told(project)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize("names", [FILES, FILES[:4]])
def test_a_build_says_the_same(project: Project, tmp_path: Path, names: tuple[str, ...]) -> None:
    spoil(project, *names)
    order = Order(Wanted(locales=("es", "ar"), formats=("html",)), tmp_path / "out", "out", workers=1)
    try:
        found = build(project, order).problems
    except LeafletError as error:
        found = error.problems
    assert wrong_files(found) == set(names)


def test_an_edition_that_a_site_names_is_not_unknown_where_editions_cannot_be_read(project: Project) -> None:
    spoil(project, "templates/editions.toml")
    site = project.root / "sites/example-hospital.toml"
    site.write_text('editions = ["mine"]\n' + site.read_text("utf-8").replace("editions =", "# editions ="), "utf-8")
    assert wrong_files(told(project)) == {"templates/editions.toml"}
