"""A new leaflet is a skeleton that reads clean, and is never released as it is."""

from datetime import date
from pathlib import Path

import pytest
from projects import read, update_catalogs

from leafletpress.build.library import Project, Wanted
from leafletpress.build.run import Order, build
from leafletpress.model.leaflet import UNFILLED, messages
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.read.leaflets import read_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.skeleton import new_leaflet

AUDIENCES = ("clinician", "patient")
TODAY = date(2026, 11, 22)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """Those of a project without leaflets."""
    (tmp_path / "leaflets").mkdir()
    return Files(tmp_path)


def make(files: Files, name: str, today: date = TODAY) -> str:
    """Write a new leaflet, as its command does; its text."""
    file, text = new_leaflet(files, name, today, AUDIENCES)
    files.path(file).write_text(text, encoding="utf-8")
    return text


@pytest.mark.parametrize("name", ["lichen-planus", "x", "a1-b2", "warts", "yes", "ab"])
def test_a_skeleton_reads_clean(files: Files, name: str) -> None:
    text = make(files, name)
    leaflet = read_leaflet(files, name, AUDIENCES)
    assert (leaflet.condition, leaflet.written, leaflet.next_review.year) == (name, TODAY, 2028)
    assert text.startswith("# yaml-language-server: $schema=leaflet.schema.json\n")


def test_a_skeleton_made_on_a_leap_day_has_a_review_date(files: Files) -> None:
    make(files, "warts", date(2028, 2, 29))
    assert read_leaflet(files, "warts", AUDIENCES).next_review == date(2030, 2, 28)


def test_a_skeleton_has_the_ladder_for_patients_and_text_for_every_audience(files: Files) -> None:
    make(files, "warts")
    leaflet = read_leaflet(files, "warts", AUDIENCES)
    assert [block.id for block in leaflet.sections[0].blocks] == ["now", "today", "soon"]
    assert {section.audience for section in leaflet.sections} == {*AUDIENCES, None}
    for message in messages(leaflet):
        assert UNFILLED in message.text or message.text[0].isupper()


def test_a_skeleton_is_never_released(project: Project, tmp_path: Path) -> None:
    make(project.files(), "warts")
    update_catalogs(project)
    wanted = Wanted(conditions=("warts",), locales=("en",), formats=("html",))
    built = build(project, Order(wanted, tmp_path / "out", "out", release=True, workers=1))
    assert {outcome.row.state for outcome in built.outcomes if outcome.row} == {"withheld"}
    assert len(built.outcomes) == 2
    assert set(built.exit_codes) == {ExitCode.WITHHELD}
    assert not list((tmp_path / "out").rglob("*.html"))


def test_a_draft_of_a_skeleton_can_be_looked_at(project: Project, tmp_path: Path) -> None:
    make(project.files(), "warts")
    update_catalogs(project)
    assert read(project).leaflets.keys() == {"every-block", "warts"}
    wanted = Wanted(conditions=("warts",), formats=("html",))
    built = build(project, Order(wanted, tmp_path / "out", "out", workers=1))
    assert set(built.exit_codes) == {ExitCode.OK}
    assert len(list((tmp_path / "out").rglob("*.html"))) == 8


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "..", "", "A", "two words", "-x", "x-", "a--b", "x.yaml", "1x", "x\n", "café", "furniture"]
)
def test_a_name_that_is_none_is_refused(files: Files, name: str) -> None:
    with pytest.raises(LeafletError, match="is no name for a condition") as caught:
        new_leaflet(files, name, TODAY, AUDIENCES)
    assert caught.value.exit_code == ExitCode.USAGE
