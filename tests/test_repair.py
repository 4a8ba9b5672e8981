"""A repair brings back the bytes that the manifest names, or says why it can't; it changes nothing else."""

import shutil
from pathlib import Path

import pytest
from projects import CONDITION, composed, replace

from leafletpress.build.library import Project, Wanted
from leafletpress.build.repair import Repaired, repair
from leafletpress.build.run import Order, build
from leafletpress.model.document import Document
from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.publish.files import INDEX
from leafletpress.publish.lock import Lock
from leafletpress.publish.output import Output
from leafletpress.publish.verify import verify

PAGE = f"{CONDITION}/en/{CONDITION}-patient-en.html"
SPANISH = f"{CONDITION}/es/{CONDITION}-patient-es.html"


@pytest.fixture(scope="module")
def built(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An output folder that nothing may change."""
    folder = tmp_path_factory.mktemp("repair") / "out"
    build(shared_project, Order(Wanted(locales=("en", "es"), formats=("html",)), folder, "out", workers=1))
    repaired(shared_project, folder)  # makes the page that finds leaflets
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "out"))


@pytest.fixture(scope="module")
def handout(shared_project: Project) -> Handout:
    return composed(shared_project, "en", "patient").handout


def repaired(project: Project, folder: Path) -> Repaired:
    with Lock(folder, "out") as lock:
        return repair(project, folder, "out", lock)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def rot(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def test_files_that_are_gone_or_rotted_come_back_as_they_were_and_each_is_said(
    shared_project: Project, folder: Path
) -> None:
    before = files(folder)
    rot(folder / PAGE)
    (folder / SPANISH).unlink()
    (folder / INDEX).write_bytes(b"rotten")
    assert len(verify(folder, "out").problems) >= 3
    found = repaired(shared_project, folder)
    assert (found.done, found.left) == (
        (
            f"out/{PAGE}: made again, with the bytes that were built",
            f"out/{SPANISH}: made again, with the bytes that were built",
            f"out/{INDEX}: made again of the manifest",
        ),
        (),
    )
    assert verify(folder, "out").problems == ()
    assert files(folder) == before


def test_where_all_is_right_nothing_is_done(shared_project: Project, folder: Path) -> None:
    before = files(folder)
    assert repaired(shared_project, folder) == Repaired((), ())
    assert files(folder) == before


def test_what_the_project_makes_differently_today_is_left_as_it_is_and_that_is_said(
    project: Project, folder: Path
) -> None:
    replace(project.root / "leaflets" / f"{CONDITION}.yaml", "title: ", "title: Another ")
    rot(folder / PAGE)
    before = files(folder)
    (problem,) = repaired(project, folder).left
    assert str(problem) == (
        f"out/{PAGE}: can't be made again as it was built: what it is made of has changed since, or the program has "
        "(build again, with --release for the public)"
    )
    assert files(folder) == before


def test_what_the_project_no_longer_makes_or_cannot_make_is_left_and_that_is_said(
    project: Project, folder: Path
) -> None:
    rot(folder / SPANISH)
    shutil.rmtree(project.root / "locales" / "es")
    assert "the project no longer makes it" in repaired(project, folder).left[0].text
    (project.root / "sites" / "example-hospital.toml").write_text("[")
    assert "sites/example-hospital.toml:1:" in repaired(project, folder).left[0].text


def test_a_link_in_the_place_of_a_file_is_replaced_and_not_followed(
    shared_project: Project, folder: Path, tmp_path: Path
) -> None:
    before = (folder / PAGE).read_bytes()
    (folder / PAGE).rename(tmp_path / "elsewhere.html")
    (folder / PAGE).symlink_to(tmp_path / "elsewhere.html")
    assert repaired(shared_project, folder).left == ()
    assert not (folder / PAGE).is_symlink()
    assert (folder / PAGE).read_bytes() == before == (tmp_path / "elsewhere.html").read_bytes()


def test_what_a_build_that_was_cut_off_had_ready_is_put_into_place_and_that_is_said(
    shared_project: Project, folder: Path, handout: Handout
) -> None:
    page = Document(CONDITION, "en", "patient", "a4", "html")
    Output(folder, "out", "example-hospital").publish(page, handout, b"<!doctype html><title>x</title>")
    found = repaired(shared_project, folder)
    assert "an earlier build was cut off" in found.done[0]
    assert (folder / PAGE).read_bytes() == b"<!doctype html><title>x</title>"


def test_while_a_build_is_at_work_nothing_is_repaired(shared_project: Project, folder: Path) -> None:
    rot(folder / PAGE)
    before = (folder / PAGE).read_bytes()
    with Lock(folder, "out") as other:
        other.take()
        with pytest.raises(LeafletError, match="another build holds this folder") as caught:
            repaired(shared_project, folder)
    assert caught.value.exit_code == ExitCode.MISSING
    assert (folder / PAGE).read_bytes() == before
