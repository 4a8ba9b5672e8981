"""Builds write into no folder but a new one, an empty one, and one that builds have made."""

from pathlib import Path

import pytest

from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.claim import refuse_foreign, refuse_kept
from leafletpress.publish.manifest import dump


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the home folder of its author."""
    root = tmp_path / "home" / "project"
    for name in ("leaflets/deeper", "locales", "templates", "sites", "output"):
        (root / name).mkdir(parents=True)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    return root


def refused(folder: Path, project: Path) -> str:
    with pytest.raises(LeafletError) as caught:
        refuse_foreign(folder, "out", project)
    assert caught.value.exit_code == ExitCode.USAGE
    (problem,) = caught.value.problems
    assert problem.hint
    return str(problem)


@pytest.mark.parametrize(
    "kept",
    [
        ".",
        "..",
        "../..",
        "/",
        "leaflets",
        "leaflets/deeper",
        "leaflets/new",
        "locales",
        "templates",
        "sites",
        "output/..",
    ],
)
def test_a_folder_of_sources_or_home_or_what_is_above_is_refused_even_where_it_is_empty(
    project: Path, kept: str
) -> None:
    assert "is a folder of sources" in refused(project / kept, project)
    with pytest.raises(LeafletError, match="is a folder of sources"):
        refuse_kept(project / kept, "out", project)


def test_a_symbolic_link_to_a_folder_of_sources_is_refused(project: Path) -> None:
    (project / "link").symlink_to(project / "sites")
    assert "is a folder of sources" in refused(project / "link", project)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("letter.txt", "mine"),
        (".hidden", ""),
        ("manifest.json", '{"name": "an app of the web", "version": "1"}'),
        ("manifest.json", "[" * 100_000),
        ("eczema/en/eczema-patient-en.pdf", "mine"),
    ],
)
def test_a_folder_that_holds_something_else_is_refused(project: Path, name: str, content: str) -> None:
    path = project / "output" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content)
    assert "holds files that no build has made" in refused(project / "output", project)


def test_new_and_empty_folders_and_those_of_builds_are_taken(project: Path) -> None:
    output = project / "output"
    refuse_foreign(output, "out", project)
    refuse_foreign(output / "north", "out", project)
    (output / "manifest.json").write_text(dump("north", ()))
    (output / "notes.txt").write_text("mine")
    refuse_foreign(output, "out", project)
    (output / "manifest.json").write_text("damaged")
    (output / ".leafletpress").mkdir()
    refuse_foreign(output, "out", project)


@pytest.mark.parametrize(
    "name", [".leafletpress", ".leafletpress/lock", ".leafletpress/unfinished", ".leafletpress/made/x"]
)
def test_a_symbolic_link_in_the_programs_own_folder_is_refused(project: Path, tmp_path: Path, name: str) -> None:
    path = project / "output" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(tmp_path)
    assert f"out/{name}: is a symbolic link" in refused(project / "output", project)
