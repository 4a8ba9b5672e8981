"""The command line: what a person types, what is printed, and the exit code."""

import compileall
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from projects import CONDITION, ROOT, by_rote, catalog, make_project, replace

from leafletpress.build.library import Project
from leafletpress.publish.files import OWN_FOLDER
from leafletpress.publish.lock import Lock

pytestmark = pytest.mark.skipif(os.name == "nt", reason="runs the command of a POSIX machine")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program around a small project, without installed fonts; nothing may change it."""
    root = tmp_path_factory.mktemp("cli") / "checkout"
    make_project(root)
    shutil.copy(ROOT / "build_leaflets.py", root)
    shutil.copytree(ROOT / "leafletpress", root / "leafletpress", ignore=shutil.ignore_patterns("__pycache__"))
    compileall.compile_dir(root / "leafletpress", quiet=1)  # once, and not in each of a hundred commands
    return root


@pytest.fixture
def own_checkout(checkout: Path, tmp_path: Path) -> Path:
    """A checkout that the test may change."""
    return Path(shutil.copytree(checkout, tmp_path / "checkout", ignore=shutil.ignore_patterns(".cache")))


def run(
    checkout: Path, *arguments: str, interpreter: tuple[str, ...] = (), **environment: str
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *interpreter, str(checkout / "build_leaflets.py"), *arguments],
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        cwd=checkout.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def test_without_a_command_it_builds(own_checkout: Path) -> None:
    done = run(own_checkout, "--locale", "en", "--format", "html", "--jobs", "1")
    assert (done.returncode, done.stderr.count("\n")) == (0, 2), done.stderr
    assert (own_checkout / "output" / CONDITION / "en" / f"{CONDITION}-patient-en.html").is_file()
    assert "2 built, 0 withheld, 0 failed" in done.stdout


def test_lines_are_plain_where_there_is_no_terminal(checkout: Path, tmp_path: Path) -> None:
    done = run(
        checkout, "build", "--locale", "zh-Hans", "--format", "html", "--jobs", "1", "--output", str(tmp_path / "o")
    )
    path = f"{CONDITION}/zh_Hans/{CONDITION}"
    assert done.returncode == 0
    assert done.stderr == f"[1/2] {path}-patient-zh_Hans.html: built\n[2/2] {path}-clinician-zh_Hans.html: built\n"
    assert "\x1b" not in done.stdout + done.stderr


def test_quiet_prints_nothing_when_all_is_well(checkout: Path, tmp_path: Path) -> None:
    done = run(
        checkout, "--quiet", "--locale", "en", "--format", "html", "--jobs", "1", "--output", str(tmp_path / "o")
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "o" / "manifest.json").is_file()


def test_quiet_still_tells_problems(own_checkout: Path) -> None:
    (own_checkout / "leaflets" / "second.yaml").write_text("")
    done = run(own_checkout, "--quiet", "--locale", "en", "--format", "html", "--jobs", "1")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "leaflets/second.yaml:1:1: the file is empty\n"


def test_verbose_tells_each_text_that_is_not_translated(own_checkout: Path) -> None:
    replace(catalog(Project(own_checkout), "es"), f'msgstr "{by_rote("es", "Between two boxes.")}"', 'msgstr ""')
    done = run(own_checkout, "--verbose", "--locale", "es", "--format", "html", "--jobs", "1")
    assert done.returncode == 0
    assert done.stderr.count("warning: boxes.gap: not translated") == 1
    assert "draft, 1 texts" in done.stdout


def test_a_release_with_gaps_ends_with_3_and_says_why(own_checkout: Path) -> None:
    replace(catalog(Project(own_checkout), "es"), f'msgstr "{by_rote("es", "Between two boxes.")}"', 'msgstr ""')
    done = run(own_checkout, "build", "--release", "--locale", "es", "--format", "html", "--jobs", "1")
    assert done.returncode == 3
    assert "0 built, 2 withheld, 0 failed" in done.stdout
    assert "withheld: 1 missing" in done.stdout


def test_a_dry_run_and_explain_say_why_and_write_nothing(own_checkout: Path) -> None:
    asked = ("--locale", "es", "--format", "html", "--jobs", "1", "--quiet")
    assert run(own_checkout, *asked, "--no-cache").returncode == 0
    assert not (own_checkout / ".cache").exists()
    po = catalog(Project(own_checkout), "es")
    replace(po, f'msgstr "{by_rote("es", "Only the patient reads this.")}"', 'msgstr "Solo para pacientes."')
    page = f"{CONDITION}/es/{CONDITION}-patient-es.html"
    why = f"locales/es/LC_MESSAGES/{CONDITION}.po: patient_only.words"
    before = (own_checkout / "output" / page).read_bytes()
    done = run(own_checkout, "build", "--dry-run", *asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{page}: {why}\n1 would be made, 1 unchanged\n"
    done = run(own_checkout, "explain", f"output/{page}")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{page}\n  made of:\n")
    assert done.stdout.endswith(f"  the next build makes it anew:\n    {why}\n")
    assert (own_checkout / "output" / page).read_bytes() == before
    done = run(own_checkout, "explain", f"output/{page.replace('patient', 'pacient')}")
    assert (done.returncode, done.stdout) == (2, "")
    assert f'did you mean "{page}"?' in done.stderr


def test_the_summary_counts_what_stays_and_what_comes_from_the_cache(own_checkout: Path) -> None:
    asked = ("--locale", "en", "--format", "html", "--jobs", "1")
    assert run(own_checkout, *asked).stdout.splitlines()[-1] == "2 built, 0 withheld, 0 failed, 0 unchanged"
    assert run(own_checkout, *asked).stdout == "0 built, 0 withheld, 0 failed, 2 unchanged\n"
    assert "unchanged, draft" in run(own_checkout, *asked, "--verbose").stdout
    shutil.rmtree(own_checkout / "output")
    said = run(own_checkout, *asked).stdout.splitlines()[-1]
    assert said == "2 built, 0 withheld, 0 failed, 0 unchanged; 2 came from the cache"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--locale", "zh-Han"), '--locale: unknown locale "zh_Han" (did you mean "zh_Hans"?)'),
        (("--condition", "every-blok"), '--condition: unknown condition "every-blok" (did you mean "every-block"?)'),
        (("--format", "dox"), '--format: unknown format "dox" (did you mean "docx"?)'),
        (("--site", "south"), '--site: unknown site "south" (known: example-hospital)'),
        (("--lokale", "es"), "No such option"),
        (("biuld",), ""),
        (("--jobs", "0"), "--jobs"),
        (("new", "../x"), "leaflets/../x.yaml: \"../x\" is no name for a condition"),
        (("new", CONDITION), f"leaflets/{CONDITION}.yaml: exists already"),
        (("new",), "Missing argument"),
        (("catalogs", "update", "--locale", "xx"), '--locale: unknown locale "xx"'),
        (("check", "--site", "south"), '--site: unknown site "south"'),
        (("check", "--due", "-1"), "--due"),
        (("check", "--due", "60", "--today", "November"), "--today"),
        (("check", "--today", "2027-01-31"), "--today goes with --due"),
    ],
    ids=lambda value: "-".join(value).replace("/", "_") if isinstance(value, tuple) else "",
)  # fmt: skip
def test_wrong_usage_ends_with_2_and_a_hint(checkout: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(checkout, *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert not (checkout / "output").exists()


def test_check_ends_with_0_when_nothing_is_wrong_and_tells_grades(checkout: Path) -> None:
    done = run(checkout, "check")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith("0 errors, 0 warnings\n")
    assert f"{CONDITION} patient grade" in done.stdout
    assert done.stderr == ""


def test_check_tells_all_problems_with_their_places(own_checkout: Path) -> None:
    replace(own_checkout / "leaflets" / f"{CONDITION}.yaml", "paragraph: Between", "paragraf: *Between")
    (own_checkout / "leaflets" / "second.yaml").write_text("code: SMALL\n")
    done = run(own_checkout, "check")
    assert done.returncode == 1
    assert f"leaflets/{CONDITION}.yaml:" in done.stderr
    assert 'leaflets/second.yaml:1:1: file lacks "title"' in done.stderr


def test_check_gives_its_findings_as_json(own_checkout: Path) -> None:
    replace(own_checkout / "leaflets" / f"{CONDITION}.yaml", "id: gap\n        paragraph", "id: gap\n        paragraf")
    done = run(own_checkout, "check", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == found["exit_code"] == 1
    lines = (own_checkout / "leaflets" / f"{CONDITION}.yaml").read_text().split("\n")
    assert {
        "file": f"leaflets/{CONDITION}.yaml",
        "line": lines.index("        paragraf: Between two boxes.") + 1,
        "column": 9,
        "severity": "error",
        "text": 'unknown block "paragraf"',
        "hint": 'did you mean "paragraph"?',
    } in found["problems"]


def test_check_gives_json_even_where_nothing_can_be_read(own_checkout: Path) -> None:
    (own_checkout / "sites" / "example-hospital.toml").write_text("region = \n")
    done = run(own_checkout, "check", "--json")
    found = json.loads(done.stdout)
    assert done.returncode == found["exit_code"] == 1
    assert [(problem["file"], problem["line"]) for problem in found["problems"]] == [("sites/example-hospital.toml", 1)]


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2027-02-03", "the review of 2027-01-31 was due 3 days ago"),
        ("2027-02-01", "the review of 2027-01-31 was due 1 day ago"),
        ("2027-01-31", "warning: the review of 2027-01-31 is due today"),
        ("2027-01-30", "warning: the review of 2027-01-31 is due in 1 day"),
        ("2026-12-02", "warning: the review of 2027-01-31 is due in 60 days"),
    ],
)
def test_a_review_that_is_past_or_near_ends_the_check_with_1(checkout: Path, today: str, said: str) -> None:
    done = run(checkout, "check", "--due", "60", "--today", today)
    assert done.returncode == 1
    lines = (checkout / "leaflets" / f"{CONDITION}.yaml").read_text(encoding="utf-8").split("\n")
    number = lines.index("next_review: 2027-01-31") + 1
    hint = "review text, figures and sources, then set version, written and next_review"
    assert done.stderr == f"leaflets/{CONDITION}.yaml:{number}:14: {said} ({hint})\n"
    assert done.stdout.endswith("0 errors, 1 warnings\n" if "warning" in said else "1 errors, 0 warnings\n")
    found = json.loads(run(checkout, "check", "--due", "60", "--today", today, "--json").stdout)
    assert found["exit_code"] == 1
    assert [(one["line"], one["severity"]) for one in found["problems"]] == [
        (number, "warning" if "warning" in said else "error")
    ]


def test_a_review_that_is_far_or_not_asked_for_is_not_told(checkout: Path) -> None:
    for arguments in (("--due", "60", "--today", "2026-12-01"), ()):
        done = run(checkout, "check", *arguments)
        assert (done.returncode, done.stderr) == (0, "")


def test_reviews_are_counted_from_the_day_of_the_clock(own_checkout: Path) -> None:
    today = datetime.now().astimezone().date()
    path = own_checkout / "leaflets" / f"{CONDITION}.yaml"
    replace(path, "next_review: 2027-01-31", f"next_review: {today + timedelta(days=40)}")
    replace(path, "written: 2026-01-31", "written: 2020-01-31")
    assert run(own_checkout, "check", "--due", "50").returncode == 1
    assert run(own_checkout, "check", "--due", "30").returncode == 0


def test_check_tells_the_same_in_the_same_order_each_time(own_checkout: Path) -> None:
    for locale in ("es", "ar"):
        path = catalog(Project(own_checkout), locale)
        path.write_text(path.read_text(encoding="utf-8").split("\n\n")[0] + "\n", encoding="utf-8")
    first, second = (run(own_checkout, "check", PYTHONHASHSEED=seed) for seed in ("1", "2"))
    assert first.stderr.count("not translated") > 20
    assert first.stderr == second.stderr


def test_new_makes_a_leaflet_that_check_accepts_once_the_catalogs_are_updated(own_checkout: Path) -> None:
    done = run(own_checkout, "new", "lichen-planus")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("leaflets/lichen-planus.yaml is made.")
    updated = run(own_checkout, "catalogs", "update")
    assert updated.returncode == 0
    assert "locales/es/LC_MESSAGES/lichen-planus.po is updated\n" in updated.stdout
    assert run(own_checkout, "check").returncode == 0


def test_new_overwrites_nothing(own_checkout: Path) -> None:
    (own_checkout / "leaflets" / "warts.yaml").write_text("mine")
    done = run(own_checkout, "new", "warts")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "leaflets/warts.yaml: exists already (choose another name, or edit it)\n"
    assert (own_checkout / "leaflets" / "warts.yaml").read_text() == "mine"


def test_what_cannot_be_written_is_told_by_every_command_that_writes(own_checkout: Path) -> None:
    shutil.rmtree(own_checkout / "leaflets")
    (own_checkout / "leaflets").write_text("a file where the folder would be")
    (own_checkout / "leafletpress.toml").write_text("format = 1\n")  # it is a project all the same
    (own_checkout / "locales" / "pt").write_text("another")
    for command, file in (
        (("new", "warts"), "leaflets/warts.yaml"),
        (("schema",), "leaflets/leaflet.schema.json"),
        (("catalogs", "add", "pt"), "locales/pt"),
    ):
        done = run(own_checkout, *command)
        assert (done.returncode, done.stdout) == (4, "")
        assert done.stderr.startswith(f"{file}: can't be written: ")
        assert done.stderr.count("\n") == 1


def test_updating_catalogs_that_are_in_step_prints_nothing(checkout: Path) -> None:
    done = run(checkout, "catalogs", "update")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize("asked", [("--locale", "ar"), ("--locale", "es", "--edition", "large_print")])
def test_what_is_asked_for_and_never_made_is_told(own_checkout: Path, asked: tuple[str, ...]) -> None:
    leaflet = own_checkout / "leaflets" / f"{CONDITION}.yaml"
    replace(leaflet, "title: Every block\n", "title: Every block\nlanguages: [es]\n")
    done = run(own_checkout, "build", *asked, "--audience", "clinician")
    said = "what is asked for is not made: look at audiences and languages of the leaflet, language and edition\n"
    assert (done.returncode, done.stderr) == (0, said)
    assert "0 built, 0 withheld, 0 failed, 0 unchanged" in done.stdout


def test_schema_writes_the_schemas(own_checkout: Path) -> None:
    assert run(own_checkout, "schema").returncode == 0
    for name in ("leaflets/leaflet.schema.json", "sites/site.schema.json"):
        assert (own_checkout / name).read_bytes() == (ROOT / name).read_bytes()


def test_help_and_version_end_with_0(checkout: Path) -> None:
    done = run(checkout, "--help")
    assert done.returncode == 0
    assert all(name in done.stdout for name in ("build", "check", "new", "catalogs"))
    assert run(checkout, "--version").returncode == 0


def test_without_its_packages_it_says_how_to_get_them(checkout: Path) -> None:
    done = run(checkout, interpreter=("-S",))
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.endswith(" is not installed: run script/setup, then script/build\n")
    assert done.stderr.count("\n") == 1


def without_font(checkout: Path, *missing: str) -> None:
    """Give a checkout the fonts of this one but for some."""
    fonts = checkout / "node_modules" / "@expo-google-fonts"
    fonts.mkdir(parents=True)
    for family in (ROOT / "node_modules" / "@expo-google-fonts").iterdir():
        if family.name not in missing:
            (fonts / family.name).symlink_to(family)


def test_a_missing_font_is_told_once_with_the_number_of_its_documents_before_any_is_begun(own_checkout: Path) -> None:
    without_font(own_checkout, "noto-sans", "vazirmatn")
    done = run(own_checkout, "--locale", "en", "--locale", "ar", "--jobs", "1", "--no-cache")
    assert done.returncode == 4
    first, second, *others = done.stderr.splitlines()
    assert first.startswith(
        'locales/en/locale.toml:5:12: the font "Noto Sans" is not installed; 8 documents wait for it (run: '
    )
    assert second.startswith(
        'locales/ar/locale.toml:5:12: the font "Vazirmatn" is not installed; 4 documents wait for it ('
    )
    assert len(others) == 12
    assert all(line.startswith("[") for line in others)
    assert sum("failed" in line for line in others) == 8
    assert "4 built, 0 withheld, 8 failed" in done.stdout


def test_a_missing_font_stops_no_document_that_is_set_in_others(own_checkout: Path) -> None:
    without_font(own_checkout, "vazirmatn")
    asked = ("--locale", "en", "--locale", "ar", "--audience", "patient", "--format", "docx", "--jobs", "1", "--quiet")
    done = run(own_checkout, *asked)
    assert done.returncode == 4
    assert 'the font "Vazirmatn" is not installed; 1 document waits for it (run: ' in done.stderr
    assert done.stderr.count("\n") == 1
    assert [path.parent.name for path in (own_checkout / "output").rglob("*.docx")] == ["en"]
    (own_checkout / "node_modules" / "@expo-google-fonts" / "vazirmatn").symlink_to(
        ROOT / "node_modules" / "@expo-google-fonts" / "vazirmatn"
    )
    done = run(own_checkout, *asked)
    assert (done.returncode, done.stderr) == (0, "")
    assert len(list((own_checkout / "output").rglob("*.docx"))) == 2


def test_what_is_wrong_with_many_documents_is_told_once(own_checkout: Path) -> None:
    replace(own_checkout / "templates" / "shared" / "screen.html.j2", "<main>", "<main>{{ nothing }}")
    done = run(own_checkout, "--format", "html", "--jobs", "1", "--quiet")
    assert done.returncode == 1
    assert re.fullmatch(
        rf"templates/shared/screen\.html\.j2:\d+:?\d* in {CONDITION}/en/{CONDITION}-patient-en\.html and 7 more: .*\n",
        done.stderr,
    )


def test_an_output_folder_that_cannot_be_written_ends_with_4(checkout: Path, tmp_path: Path) -> None:
    (tmp_path / "o").write_text("mine")
    done = run(checkout, "--locale", "en", "--format", "html", "--jobs", "1", "--output", str(tmp_path / "o"))
    assert done.returncode == 4
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert (tmp_path / "o").read_text() == "mine"


def test_a_second_build_in_a_folder_is_told_who_is_there_and_ends_with_4(checkout: Path, tmp_path: Path) -> None:
    arguments = ("--locale", "en", "--format", "html", "--jobs", "1", "--output", str(tmp_path))
    with Lock(tmp_path, "out", datetime(2026, 2, 28, 12, 30, tzinfo=UTC)) as lock:
        lock.take()
        for command in (("build", *arguments), ("build", "--watch", *arguments), ("verify", str(tmp_path))):
            done = run(checkout, *command)
            assert done.returncode == 4
            assert f"process {os.getpid()} on {platform.node()}, since 2026-02-28 12:30:00+00:00" in done.stderr
            assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []
    assert run(checkout, *arguments).returncode == 0


def test_a_killed_build_is_told_by_the_next_which_takes_over_its_lock(checkout: Path, tmp_path: Path) -> None:
    arguments = ("--locale", "en", "--format", "html", "--jobs", "1", "--output", str(tmp_path))
    child = os.fork()
    if not child:
        Lock(tmp_path, "out", datetime(2026, 2, 28, 12, 30, tzinfo=UTC)).take()
        os._exit(9)
    os.waitpid(child, 0)
    done = run(checkout, *arguments)
    assert done.returncode == 0
    assert f"did not come to its end (process {child} on {platform.node()}, since 2026-02-28 12:30" in done.stderr
    assert "did not come" not in run(checkout, *arguments).stderr


def test_pruning_removes_a_leaflet_whose_source_is_gone(own_checkout: Path) -> None:
    replace(own_checkout / "templates" / "editions.toml", 'formats = ["html", "pdf", "docx"]', 'formats = ["html"]')
    assert run(own_checkout, "--jobs", "1").returncode == 0
    (own_checkout / "leaflets" / f"{CONDITION}.yaml").unlink()
    kept = run(own_checkout, "--jobs", "1")
    assert (kept.returncode, len(list((own_checkout / "output").glob("*/*/*.html")))) == (0, 8)
    assert "warning: 8 documents that the project no longer makes are still published" in kept.stderr
    pruned = run(own_checkout, "build", "--prune", "--jobs", "1")
    assert (pruned.returncode, list((own_checkout / "output").glob("*/*/*.html"))) == (0, [])
    left = {path.name for path in (own_checkout / "output").iterdir()}
    assert left == {"index.html", "feed.xml", "manifest.json", OWN_FOLDER}


@pytest.mark.parametrize("option", [("--locale", "es"), ("--watch",)])
def test_pruning_does_not_go_with_filters_or_a_watch(checkout: Path, option: tuple[str, ...]) -> None:
    done = run(checkout, "--prune", *option)
    assert done.returncode == 2
    assert "--prune" in done.stderr


def test_verify_ends_with_0_when_all_is_whole_and_with_1_and_the_path_when_it_is_not(
    checkout: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "o"
    run(checkout, "--locale", "en", "--format", "html", "--jobs", "1", "--output", str(folder))
    done = run(checkout, "verify", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    assert re.fullmatch(r"2 files, \d\d+ links, 0 problems\n", done.stdout)
    page = folder / CONDITION / "en" / f"{CONDITION}-patient-en.html"
    page.unlink()
    done = run(checkout, "verify", str(folder))
    assert (done.returncode, done.stderr) == (1, f"{page}: is missing (build again)\n")
    as_json = run(checkout, "verify", str(folder), "--json")
    found = json.loads(as_json.stdout)
    assert as_json.returncode == found["exit_code"] == 1
    assert [(problem["file"], problem["text"]) for problem in found["problems"]] == [(str(page), "is missing")]
    done = run(checkout, "verify", str(folder), "--repair")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{page}: made again, with the bytes that were built\n2 files, ")


def test_verify_of_a_folder_without_a_manifest_is_wrong_usage(checkout: Path, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere", checkout / "output"):
        done = run(checkout, "verify", *([] if folder == checkout / "output" else [str(folder)]))
        assert done.returncode == 2
        assert "manifest.json: there is no manifest" in done.stderr
        as_json = run(checkout, "verify", str(folder), "--json")
        assert as_json.returncode == json.loads(as_json.stdout)["exit_code"] == 2


def test_an_output_folder_may_have_the_name_of_a_command(own_checkout: Path) -> None:
    done = run(own_checkout, "--output", "check", "--locale", "en", "--format", "html", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert (own_checkout.parent / "check" / "manifest.json").is_file()


def test_words_of_all_scripts_are_printed_where_the_terminal_knows_ascii_only(own_checkout: Path) -> None:
    replace(catalog(Project(own_checkout), "es"), f'msgstr "{by_rote("es", "A paragraph")}', 'msgstr "')
    done = run(own_checkout, "check", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


def test_the_project_is_found_from_any_folder(own_checkout: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(own_checkout / "build_leaflets.py"), "check"],
        cwd=tmp_path,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0


@pytest.mark.parametrize("workers", ["1", "2"])
def test_it_runs_where_python_keeps_the_folder_of_a_script_out(own_checkout: Path, workers: str) -> None:
    asked = ("--locale", "en", "--format", "html", "--jobs", workers)
    done = run(own_checkout, *asked, PYTHONSAFEPATH="1")
    assert done.returncode == 0, done.stderr
    assert "2 built" in done.stdout
    done = run(own_checkout, *asked, interpreter=("-P",))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("folder", [".", "leaflets", "sites/new"])
def test_archive_fills_no_folder_of_sources(checkout: Path, folder: str) -> None:
    before = sorted(checkout.rglob("*"))
    done = run(checkout, "archive", str(checkout / folder), "--drafts")
    assert done.returncode == 2
    assert "is a folder of sources" in done.stderr
    assert sorted(checkout.rglob("*")) == before


def test_archive_gathers_a_build_and_prints_its_summary(own_checkout: Path, tmp_path: Path) -> None:
    replace(catalog(Project(own_checkout), "es"), f'msgstr "{by_rote("es", "Between two boxes.")}"', 'msgstr ""')
    run(own_checkout, "build", "--release", "--locale", "en", "--locale", "es", "--format", "html", "--jobs", "1")
    done = run(own_checkout, "archive", str(tmp_path / "published"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (tmp_path / "published" / "summary.md").read_text(encoding="utf-8")
    assert done.stdout.startswith("2 documents are published, 2 are withheld.\n")
    assert f"| {CONDITION} | es | patient | 1 missing; first: locales/es/" in done.stdout
    page = (tmp_path / "published" / "pages" / "index.html").read_text(encoding="utf-8")
    assert f'["{CONDITION}",' in page
    assert '"1.2"' in page
    again = run(own_checkout, "archive", str(tmp_path / "published"))
    assert again.returncode == 2
    assert again.stderr.endswith(": holds something (name a new folder)\n")


# --- catalogs ---------------------------------------------------------------------------------------------------------


def test_a_language_is_added_with_its_catalogs_and_its_gaps_are_counted(own_checkout: Path) -> None:
    done = run(own_checkout, "catalogs", "add", "pt-BR")
    assert (done.returncode, done.stderr) == (0, "")
    assert "locales/pt_BR/locale.toml is made\n" in done.stdout
    assert f"locales/pt_BR/LC_MESSAGES/{CONDITION}.po is updated\n" in done.stdout
    status = run(own_checkout, "catalogs", "status", "--locale", "pt-BR", "--json")
    rows = json.loads(status.stdout)["catalogs"]
    assert status.returncode == 0
    assert [(row["condition"], row["audience"]) for row in rows] == [
        ("furniture", "all"), (CONDITION, "patient"), (CONDITION, "clinician")
    ]  # fmt: skip
    assert all(row["translated"] == 0 and row["missing"] > 5 and row["words"] > 20 for row in rows)
    again = run(own_checkout, "catalogs", "add", "pt-BR")
    assert again.returncode == 2
    assert "locales/pt_BR exists already" in again.stderr


def test_status_is_a_table_that_fits_a_terminal(checkout: Path) -> None:
    done = run(checkout, "catalogs", "status", "--locale", "es")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = [line for line in done.stdout.split("\n") if "patient" in line]
    assert "es" in row
    assert "1.2" in row
    assert max(map(len, done.stdout.split("\n"))) <= 130


def test_the_check_of_catalogs_names_line_place_and_both_texts(own_checkout: Path) -> None:
    good = by_rote("es", "Between two boxes.")
    replace(catalog(Project(own_checkout), "es"), f'msgstr "{good}"', f'msgstr "{good} {{people}}"')
    done = run(own_checkout, "catalogs", "check", "--locale", "es")
    assert done.returncode == 1
    lines = catalog(Project(own_checkout), "es").read_text(encoding="utf-8").split("\n")
    number = lines.index(f'msgstr "{good} {{people}}"') + 1
    assert done.stderr.startswith("locales/es/glossary.toml: warning: the glossary lists no words")
    assert (
        f"locales/es/LC_MESSAGES/{CONDITION}.po:{number}:1: placeholder {{people}} is not in the English "
        "(keep each name in braces as it is, once for each time it stands in the English) [boxes.gap]\n"
        "    English: Between two boxes.\n"
        f"    translation: {good} {{people}}\n"
    ) in done.stderr
    assert done.stdout == "1 errors, 2 warnings\n"  # no words for "not", no opposites
    as_json = run(own_checkout, "catalogs", "check", "--locale", "es", "--json")
    assert as_json.returncode == 1
    found = json.loads(as_json.stdout)[-1]
    assert (found["context"], found["english"], found["line"]) == ("boxes.gap", "Between two boxes.", number)


def test_a_cosmetic_change_is_shown_once_with_the_languages_that_keep_their_translation(own_checkout: Path) -> None:
    source = own_checkout / "leaflets" / f"{CONDITION}.yaml"
    replace(source, "Between two boxes.", "Between two boxes!")
    done = run(own_checkout, "catalogs", "update", "--cosmetic", "--condition", CONDITION)
    assert (done.returncode, done.stderr) == (0, "")
    at = next(at for at, line in enumerate(source.read_text(encoding="utf-8").split("\n"), 1) if "boxes!" in line)
    assert done.stdout.startswith(
        f"leaflets/{CONDITION}.yaml:{at}:20: kept in 3 languages: punctuation: . became ! at the end\n"
        "    was: Between two boxes.\n"
        "    now: Between two boxes!\n"
        f"locales/ar/LC_MESSAGES/{CONDITION}.po is updated\n"
    )
    assert f"locales/pot/{CONDITION}.pot is updated\n" in done.stdout
    assert "fuzzy" not in catalog(Project(own_checkout), "es").read_text(encoding="utf-8")
    again = run(own_checkout, "catalogs", "update", "--cosmetic")
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout == "No text was reworded since the catalogs were updated last: there is nothing to keep.\n"


def test_what_is_not_cosmetic_is_refused_with_its_place_and_changes_nothing(own_checkout: Path) -> None:
    project = Project(own_checkout)
    source = own_checkout / "leaflets" / f"{CONDITION}.yaml"
    before = catalog(project, "es").read_bytes()
    replace(source, "Between two boxes.", "Between three boxes.")
    new = "  - id: fresh\n    heading: New\n    blocks:\n      - {id: new, paragraph: New.}\n"
    replace(source, "  - id: warnings\n", f"{new}  - id: warnings\n")
    done = run(own_checkout, "catalogs", "update", "--cosmetic")
    assert (done.returncode, done.stdout) == (1, "")
    at = next(at for at, line in enumerate(source.read_text(encoding="utf-8").split("\n"), 1) if "three boxes" in line)
    assert done.stderr == (
        f'leaflets/{CONDITION}.yaml:{at}:20: not cosmetic: "two" became "three": it is a number or unit (take the '
        "change back; or is it meant? Then run: script/build catalogs update, and the translators look at it)\n"
        "    was: Between two boxes.\n"
        "    now: Between three boxes.\n"
        "All else was left as it is: no other change was brought into the catalogs.\n"
    )
    assert catalog(project, "es").read_bytes() == before


def test_an_update_can_be_of_one_condition_and_names_one_that_is_not_there(own_checkout: Path) -> None:
    run(own_checkout, "new", "warts")
    done = run(own_checkout, "catalogs", "update", "--condition", CONDITION)
    assert (done.returncode, done.stdout) == (0, "")
    done = run(own_checkout, "catalogs", "update", "--condition", "wart")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == '--condition: unknown condition "wart" (did you mean "warts"?)\n'


def test_a_broken_catalog_is_told_by_status_and_check(own_checkout: Path) -> None:
    replace(catalog(Project(own_checkout), "es"), 'bóxés."', "bóxés.")
    for command in ("status", "check"):
        done = run(own_checkout, "catalogs", command, "--locale", "es")
        assert done.returncode == 1
        assert f"locales/es/LC_MESSAGES/{CONDITION}.po:" in done.stderr
        assert "not a line of a catalog" in done.stderr
    done = run(own_checkout, "catalogs", "status", "--locale", "es", "--json")
    found = json.loads(done.stdout)
    assert (done.returncode, len(found["problems"])) == (1, 1)


def test_catalogs_need_no_site_to_be_chosen(own_checkout: Path) -> None:
    site = own_checkout / "sites" / "example-hospital.toml"
    shutil.copy(site, site.with_name("second.toml"))
    for command in ("update", "status", "check"):
        assert run(own_checkout, "catalogs", command).returncode == 0


def test_a_pseudo_language_is_built_when_it_is_named(own_checkout: Path) -> None:
    done = run(own_checkout, "--locale", "en-XA", "--format", "html", "--jobs", "1")
    assert done.returncode == 0, done.stderr
    assert "2 built" in done.stdout
    assert run(own_checkout, "--release", "--locale", "en-XA").returncode == 2


def test_a_worksheet_is_printed_filled_in_and_taken_in(own_checkout: Path, tmp_path: Path) -> None:
    sheet = run(own_checkout, "catalogs", "backtranslate", "zh-Hans")
    assert (sheet.returncode, sheet.stderr) == (0, "")
    asked = by_rote("zh_Hans", "Do **not** wait.")
    assert f'translation = "{asked}"\nback = ""\n' in sheet.stdout
    path = tmp_path / "filled.toml"
    path.write_text(f'[[texts]]\ntranslation = "{asked}"\nback = "Do **please** wait."\n', encoding="utf-8")
    done = run(own_checkout, "catalogs", "backtranslate", "zh-Hans", str(path))
    assert (done.returncode, done.stdout) == (0, "locales/zh_Hans/backtranslation.toml is updated\n")
    status = run(own_checkout, "catalogs", "status", "--locale", "zh-Hans", "--json")
    rows = {row["audience"]: row for row in json.loads(status.stdout)["catalogs"]}
    assert [rows[audience]["back"] for audience in ("all", "patient", "clinician")] == [0, 1, 1]
    for command in (("catalogs", "check", "--locale", "zh-Hans"), ("check",)):
        checked = run(own_checkout, *command)
        assert checked.returncode == 1
        assert '1 strong "not" in the English, 0 in the translation' in checked.stderr
    path.write_text('[[texts]]\ntranslation = "x"\n', encoding="utf-8")
    refused = run(own_checkout, "catalogs", "backtranslate", "zh-Hans", str(path))
    assert (refused.returncode, refused.stderr) == (1, 'filled.toml:1:1: texts lacks "back"\n')
    assert run(own_checkout, "catalogs", "backtranslate", "xx").returncode == 2
