"""A command finds the project that it is about, or says in one line why not."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
from projects import CONDITION, ROOT, VALID, change, replace

from leafletpress.build.init import new_project
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.project import find_project, open_project
from leafletpress.build.run import Order, build
from leafletpress.cli.project import Named, output_folder
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.read import program
from leafletpress.read.format import FORMAT, PROJECT_FILE
from leafletpress.read.located.files import Files


@pytest.fixture
def made(tmp_path: Path) -> Path:
    """A new project, with Spanish."""
    new_project(tmp_path / "mine", "north", ("es",))
    return tmp_path / "mine"


def refused(error: pytest.ExceptionInfo[LeafletError]) -> tuple[ExitCode, list[str]]:
    return error.value.exit_code, [str(problem) for problem in error.value.problems]


def test_a_project_is_found_from_any_folder_in_it(made: Path) -> None:
    for folder in (made, made / "leaflets", made / "locales" / "es" / "LC_MESSAGES"):
        assert find_project(folder) == Project(made)


def test_a_folder_with_leaflets_locales_and_sites_is_a_project_without_being_marked(made: Path) -> None:
    (made / PROJECT_FILE).unlink()
    assert find_project(made / "sites") == open_project(made) == Project(made)


def test_where_there_is_no_project_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LeafletError) as error:
        find_project(tmp_path)
    code, (said,) = refused(error)
    assert code == ExitCode.USAGE
    assert said.startswith(f"{tmp_path}: no project is here or above")
    assert "leafletpress init FOLDER" in said


def test_a_folder_that_is_named_and_no_project_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "absent"):
        with pytest.raises(LeafletError) as error:
            open_project(folder)
        assert refused(error)[0] == ExitCode.USAGE


def test_of_two_projects_one_in_the_other_one_has_to_be_named(made: Path) -> None:
    inner = made / "output" / "inner"
    shutil.copytree(made / "leaflets", inner / "leaflets")
    for name in ("locales", "sites"):
        (inner / name).mkdir()
    with pytest.raises(LeafletError) as error:
        find_project(inner / "sites")
    code, (said,) = refused(error)
    assert code == ExitCode.USAGE
    assert said == f"{inner}: this project is inside of another one, {made} (say which is meant: --project {inner})"
    assert open_project(inner) == Project(inner)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        (
            f"format = {FORMAT + 1}\n[more]\nx = 1\n",
            ExitCode.MISSING,
            f"1:10: this project has the format {FORMAT + 1}",
        ),
        ("format = 'new'\n", ExitCode.CONTENT, "1:10: it does not say its format"),
        ("# nothing\n", ExitCode.CONTENT, "it does not say its format (write: format = 1)"),
        ("format = \n", ExitCode.CONTENT, "1:10: not TOML"),
        ("", ExitCode.CONTENT, "1:1: the file is empty"),
    ],
)
def test_a_project_of_a_format_that_is_not_known_is_refused(made: Path, text: str, code: ExitCode, said: str) -> None:
    (made / PROJECT_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(LeafletError) as error:
        find_project(made)
    assert refused(error)[0] == code
    assert f"{PROJECT_FILE}:{said}" in refused(error)[1][0] or said in refused(error)[1][0]


def test_a_program_without_its_own_files_says_which_is_missing(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("leafletpress.read.located.files.program_folder", lambda: tmp_path / "nowhere")
    monkeypatch.setattr("leafletpress.build.project.program_folder", lambda: tmp_path / "nowhere")
    with pytest.raises(LeafletError) as error:
        open_project(made)
    code, (said,) = refused(error)
    assert (code, said) == (
        ExitCode.MISSING,
        f"{tmp_path}/nowhere/templates/editions.toml: this file of the program is missing (install leafletpress again)",
    )


def test_the_own_files_of_a_checkout_stand_beside_the_program() -> None:
    assert program.program_folder() == ROOT


def test_a_template_of_the_project_goes_before_that_of_the_program(made: Path, tmp_path: Path) -> None:
    write_leaflet(made)
    sheet = made / "templates" / "patient" / "screen.css"
    sheet.parent.mkdir(parents=True)
    sheet.write_text(
        (ROOT / "templates" / "patient" / "screen.css").read_text(encoding="utf-8") + "\n/* our own */\n",
        encoding="utf-8",
    )
    wanted = Wanted(locales=("en",), formats=("html",))
    built = build(Project(made), Order(wanted, tmp_path / "out", "out", workers=1))
    assert set(built.exit_codes) == {ExitCode.OK}
    pages = {path.name.split("-")[2]: path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.html")}
    assert {audience: "/* our own */" in page for audience, page in pages.items()} == {
        "patient": True,
        "clinician": False,
    }


def test_a_template_of_the_project_that_lacks_what_others_ask_for_is_named(made: Path, tmp_path: Path) -> None:
    write_leaflet(made)
    own = made / "templates" / "shared" / "blocks.html.j2"
    own.parent.mkdir(parents=True)
    shutil.copy(ROOT / "templates" / "shared" / "blocks.html.j2", own)
    replace(own, "macro margin_boxes", "macro boxes_in_margins")
    wanted = Wanted(locales=("en",), audiences=("patient",), formats=("html",))
    (outcome,) = build(Project(made), Order(wanted, tmp_path / "out", "out", workers=1)).outcomes
    (problem,) = outcome.problems
    assert "has no attribute 'margin_boxes'" in problem.text
    assert problem.hint == "this project has its own templates/shared/blocks.html.j2: does it fit this program?"


def write_leaflet(project: Path) -> None:
    """Give a project the leaflet with every block."""
    for name in ("every-block.yaml", "dots.png", "shapes.svg"):
        shutil.copy(VALID / name, project / "leaflets")


@pytest.mark.parametrize(
    ("tags", "locales"), [((), ["en"]), (("es", "zh-hans", "es"), ["en", "es", "zh_Hans"]), (("it",), ["en", "it"])]
)
def test_a_new_project_has_its_languages_and_reads_clean(
    tmp_path: Path, tags: tuple[str, ...], locales: list[str]
) -> None:
    names = new_project(tmp_path / "new", "north", tags)
    assert all((tmp_path / "new" / name).is_file() for name in names)
    library = read_library(open_project(tmp_path / "new"), Wanted())
    assert (sorted(library.locales), library.site.id) == (locales, "north")
    assert [str(problem).partition(" (")[0] for problem in library.problems] == [
        f"locales/{name}/LC_MESSAGES/furniture.po: this catalog does not exist" for name in locales if name == "it"
    ]


def test_a_new_project_has_no_leaflet_site_or_hospital_of_ours(tmp_path: Path) -> None:
    names = new_project(tmp_path / "new", "north", ("es", "ar"))
    assert [name for name in names if name.startswith(("leaflets/", "sites/", "templates/"))] == [
        "leaflets/leaflet.schema.json",
        "sites/north.toml",
        "sites/site.schema.json",
    ]
    assert (
        (tmp_path / "new" / "sites" / "north.toml")
        .read_text(encoding="utf-8")
        .startswith("#:schema ./site.schema.json\n")
    )
    ours = [name for name in names if not name.endswith("glossary.toml")]  # terms of all leaflets of a language
    written = "".join((tmp_path / "new" / name).read_text(encoding="utf-8") for name in ours)
    assert "calcinosis" not in written.lower()
    assert "Example Hospital" not in written


def test_nothing_of_a_new_project_is_released_before_its_site_is_filled_in(made: Path, tmp_path: Path) -> None:
    write_leaflet(made)
    wanted = Wanted(locales=("en",), formats=("html",))
    order = Order(wanted, tmp_path / "out", "out", release=True, workers=1)
    built = build(Project(made), order)
    reasons = {outcome.row.reason for outcome in built.outcomes if outcome.row}
    assert reasons == {"1 unfinished, 1 unreachable; first: sites/north.toml"}
    change(made / "sites" / "north.toml", lambda text: text.replace("FILL IN ", ""))
    clinic = '[[phones]]\nkind = "clinic"\nnumber = "020 7946 0958"\n'
    change(
        made / "sites" / "north.toml",
        lambda text: text.replace("# ".join(["", *clinic.splitlines(keepends=True)]), clinic),
    )
    reasons = {outcome.row.reason for outcome in build(Project(made), order).outcomes if outcome.row}
    assert reasons == {"not approved: en waits for author and clinician"}
    change(made / "sites" / "north.toml", lambda text: text.replace('publish = "approved"', 'publish = "drafts"'))
    assert {outcome.row.state for outcome in build(Project(made), order).outcomes if outcome.row} == {"built"}


@pytest.mark.parametrize(
    ("folder", "site", "tags", "said"),
    [
        ("mine", "north", (), "holds something (name a new folder)"),
        ("mine/more", "north", (), "lies inside of another project"),
        ("new", "North!", (), '"North!" is no name for a site'),
        ("new", "north", ("x-klingon",), '"x-klingon" is no language tag'),
        ("new", "north", ("prs",), 'CLDR knows no locale "prs"'),
        ("new", "north", ("en-XA",), '"en_XA" is a pseudo-language'),
    ],
)
def test_a_project_that_cannot_be_made_is_refused_and_nothing_is_written(
    made: Path, folder: str, site: str, tags: tuple[str, ...], said: str
) -> None:
    before = sorted(path for path in made.parent.rglob("*"))
    with pytest.raises(LeafletError) as error:
        new_project(made.parent / folder, site, tags)
    assert refused(error)[0] == ExitCode.USAGE
    assert said in refused(error)[1][0]
    assert sorted(path for path in made.parent.rglob("*")) == before


def test_a_name_in_templates_that_neither_has_is_missing(tmp_path: Path) -> None:
    files = Files(tmp_path)
    assert not files.holds("templates/patient/absent.css")
    with pytest.raises(LeafletError, match=r"^templates/patient/absent\.css: can't be read"):
        files.content("templates/patient/absent.css")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "leafletpress", *arguments],
        cwd=cwd, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip


def test_the_command_goes_by_the_working_folder_or_by_the_project_that_is_named(made: Path, tmp_path: Path) -> None:
    here = run("check", cwd=made / "leaflets")
    assert (here.returncode, here.stdout) == (0, "0 errors, 0 warnings\n")
    for arguments in (("--project", str(made), "check"), ("check", f"--project={made}")):
        assert run(*arguments, cwd=tmp_path).stdout == here.stdout
    nowhere = run("check", cwd=tmp_path)
    assert nowhere.returncode == ExitCode.USAGE
    assert nowhere.stderr.count("\n") == 1


def test_each_of_several_sites_has_its_own_output_folder(made: Path) -> None:
    with click.Context(click.Command("verify"), obj=Named(made)):
        assert output_folder(None) == output_folder(None, "north") == (made / "output", "output")
        (made / "sites" / "south.toml").write_text((made / "sites" / "north.toml").read_text())
        assert output_folder(None, "south") == (made / "output" / "south", "output/south")
        assert output_folder(made / "here") == (made / "here", str(made / "here"))
        for site, said in ((None, "there are 2 sites"), ("souht", 'unknown site "souht"')):
            with pytest.raises(LeafletError, match=said) as error:
                output_folder(None, site)
            assert error.value.exit_code == ExitCode.USAGE


def test_what_is_built_for_a_site_is_verified_explained_and_gathered_by_its_name(made: Path) -> None:
    write_leaflet(made)
    (made / "sites" / "south.toml").write_text((made / "sites" / "north.toml").read_text())
    document = f"{CONDITION}-patient-en.html"
    asked = ("--locale", "en", "--audience", "patient", "--format", "html", "--jobs", "1", "--quiet")
    assert run("build", "--site", "south", *asked, cwd=made).returncode == ExitCode.OK
    assert [path.name for path in made.glob("output/*/*/en/*")] == [document]
    assert (made / "output" / "south" / "manifest.json").exists()
    for command in (("verify",), ("explain", f"{CONDITION}/en/{document}"), ("archive", "public", "--drafts")):
        assert run(*command, "--site", "south", cwd=made).returncode == ExitCode.OK
        assert run(*command, cwd=made).returncode == ExitCode.USAGE
