"""The status command: a line for each condition, each leaflet where a filter asks for it, JSON and a page."""

import json
import shutil
from pathlib import Path

import pytest
from approvals import approve, signs
from clinic import CONDITION, make_clinic, source
from desk import DAY, SITE_FILE, add_other, publish
from projects import change, replace

from leafletpress.build.library import Project
from leafletpress.cli.main import main
from leafletpress.model.problems import ExitCode

TODAY = "2026-03-01"


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = make_clinic(tmp_path_factory.mktemp("status") / "project")
    shutil.rmtree(project.folder("templates"))
    replace(project.root / SITE_FILE, 'publish = "drafts"', 'publish = "approved"')
    return project


@pytest.fixture
def own(clinic: Project, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))


def status(project: Project, *arguments: str) -> int:
    return main(["status", "--project", str(project.root), "--today", TODAY, *arguments])


def test_without_a_filter_a_line_stands_for_each_condition(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    add_other(own)
    approve(own, DAY)
    assert status(own) == ExitCode.WITHHELD
    signed = "have it signed by author and clinician"
    lines = [line for line in capsys.readouterr().out.splitlines() if "│" in line]
    assert [[cell.strip() for cell in line.strip("│").split("│")] for line in lines] == [
        ["wet-skin", "4 draft (en, es)", "2028-01-05", f"English, patient: {signed}"],
        ["dry-skin", "3 draft (en, es), 1 approved (en)", "2028-01-05", f"English, clinician: {signed}"],
    ]


def test_a_filter_shows_each_leaflet_with_all_that_is_known_of_it(
    own: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(own, (CONDITION, "en", "patient"))
    approve(own, DAY)
    replace(source(own), "value: 5 to 10", "value: 50 to 100")
    signs(own, "author", DAY)
    cleo = "Cleo Example, Consultant dermatologist, as clinician on 2026-02-01"
    assert status(own, "--locale", "en", "--audience", "patient") == ExitCode.WITHHELD
    assert capsys.readouterr().out.splitlines() == [
        "dry-skin · English · patient (DRYS-P-en 1.0): draft, since 2026-02-01 (28 days)",
        "  withheld: the text is not the one that was published as version 1.0 on 2026-02-01",
        "  signed: Ann Example, Dermatology nurse, as author on 2026-02-01, version 1.0",
        f"  void: {cleo}, version 1.0, changed since: treatment.doses",
        "  missing: en clinician",
        "  published last: 1.0 on 2026-02-01",
        "  next review: 2028-01-05, in 675 days",
        "  next: raise the version: leafletpress bump dry-skin --why TEXT",
        "1 condition, 1 leaflet: 1 draft",
        "A release would withhold 1, 1 of which were published.",
    ]


def test_what_can_not_be_read_is_told_with_its_place_beside_the_others(
    own: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    change(add_other(own), lambda text: text.replace("sections:", "sektions:"))
    assert status(own) == ExitCode.CONTENT
    said = capsys.readouterr().out
    assert "mend leaflets/wet-skin.yaml:" in said
    assert "2 conditions, 5 leaflets: 1 unreadable, 4 draft" in said


@pytest.mark.parametrize(("arguments", "code"), [((), ExitCode.OK), (("--today", "2028-01-06"), ExitCode.WITHHELD)])
def test_it_ends_with_0_where_everything_may_be_released_on_that_day(
    own: Project, arguments: tuple[str, ...], code: ExitCode
) -> None:
    replace(own.root / SITE_FILE, 'publish = "approved"', 'publish = "drafts"')
    assert status(own, *arguments) == code


def test_json_has_a_row_for_each_leaflet(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    approve(own, DAY)
    assert status(own, "--json", "--locale", "es", "--audience", "patient") == ExitCode.WITHHELD
    content = json.loads(capsys.readouterr().out)
    assert content["leaflets"][0].pop("not_put_back") > 0
    assert content == {
        "schema": 1,
        "exit_code": 3,
        "site": "example-hospital",
        "policy": {"drafts": False, "expired": False, "lag_days": 0, "put_back": False},
        "today": "2026-03-01",
        "problems": [],
        "leaflets": [
            {
                "condition": "dry-skin",
                "locale": "es",
                "audience": "patient",
                "title": "Dry skin",
                "code": "DRYS-P-es",
                "version": "1.0",
                "revision": 1,
                "state": "draft",
                "since": "2026-02-28",
                "age": 1,
                "signed": [],
                "void": [],
                "waiting": [{"locale": "es", "role": "translator"}, {"locale": "es", "role": "reviser"}],
                "gaps": {},
                "first_gap": "",
                "next_review": "2028-01-05",
                "days_left": 675,
                "withheld": "not approved: es waits for translator and reviser",
                "next_step": "have it signed by translator and reviser",
                "published": None,
                "problems": [],
            }
        ],
    }


def test_the_guide_names_every_field_of_the_json(own: Project, capsys: pytest.CaptureFixture[str]) -> None:
    approve(own, DAY)
    status(own, "--json")
    guide = (Path(__file__).parent.parent / "docs" / "administrators.md").read_text(encoding="utf-8")
    content = json.loads(capsys.readouterr().out)
    signed = next(one["signed"][0] for one in content["leaflets"] if one["signed"])
    fields = {*content, *content["leaflets"][0], *signed}
    assert {field for field in fields if f"`{field}`" not in guide} == set()


def test_the_page_is_written_where_it_is_asked_for(own: Project, tmp_path: Path) -> None:
    target = tmp_path / "reports" / "status.html"
    assert status(own, "--html", str(target)) == ExitCode.WITHHELD
    assert "DRYS-P-es" in target.read_text(encoding="utf-8")


def test_what_was_read_is_kept_unless_nobody_wants_it(own: Project) -> None:
    assert status(own, "--no-cache") == ExitCode.WITHHELD
    assert not (own.root / ".cache").exists()
    assert status(own) == ExitCode.WITHHELD
    assert list((own.root / ".cache" / "status").glob("*/*.leaflet"))


@pytest.mark.parametrize(
    "arguments", [("--state", "ready"), ("--due", "-1"), ("--today", "2026-W09-1"), ("--locale", "xx"), ("--site", "x")]
)
def test_wrong_usage_ends_with_2(own: Project, arguments: tuple[str, ...]) -> None:
    assert status(own, *arguments) == ExitCode.USAGE
