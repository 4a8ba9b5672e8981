"""A build makes what it can, keeps what it can't make anew, and tells the rest."""

import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from projects import CONDITION, TRANSLATED, by_rote, catalog, change, replace, update_catalogs

from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Build, Listener, Order, build
from leafletpress.build.workers import Pool
from leafletpress.model.leaflet import Leaflet
from leafletpress.model.problems import ExitCode, LeafletError, weightiest
from leafletpress.publish.files import OWN_FOLDER
from leafletpress.read.leaflets import read_leaflet
from leafletpress.read.located.files import Files

HTML = Wanted(formats=("html",))
LOCALES = ("en", *TRANSLATED)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def pair(project: Project) -> Project:
    """A project with a second leaflet."""
    folder = project.folder("leaflets")
    shutil.copy(folder / f"{CONDITION}.yaml", folder / "second.yaml")
    replace(folder / "second.yaml", "code: EVERY", "code: SECOND")
    for locale in TRANSLATED:
        shutil.copy(catalog(project, locale), catalog(project, locale, "second"))
    update_catalogs(project)
    return project


def run(project: Project, out: Path, wanted: Wanted = HTML, *, release: bool = False, workers: int = 1) -> Build:
    return build(project, Order(wanted, out, "out", release=release, workers=workers))


def files(out: Path) -> dict[str, bytes]:
    """What is published, by path; what the program keeps for itself is left out."""
    paths = (path for path in out.rglob("*") if path.is_file() and OWN_FOLDER not in path.parts)
    return {str(path.relative_to(out)): path.read_bytes() for path in paths}


def rows(out: Path) -> dict[tuple[str, str, str], dict[str, Any]]:
    listed = json.loads((out / "manifest.json").read_text(encoding="utf-8"))["documents"]
    return {(row["condition"], row["locale"], row["audience"]): row for row in listed if row["format"] == "html"}


def test_every_handout_is_built_for_every_audience_and_language(project: Project, out: Path) -> None:
    built = run(project, out)
    assert set(built.exit_codes) == {ExitCode.OK}
    assert built.problems == ()
    expected = {
        f"{CONDITION}/{locale}/{CONDITION}-{audience}-{locale}.html"
        for locale in LOCALES
        for audience in ("patient", "clinician")
    }
    assert files(out).keys() == {*expected, "manifest.json"}
    assert {row["path"] for row in rows(out).values()} == expected


def test_a_locale_is_built_for_the_audiences_that_it_offers(project: Project, out: Path) -> None:
    replace(project.folder("locales") / "es" / "locale.toml", '["patient", "clinician"]', '["patient"]')
    run(project, out)
    assert (CONDITION, "es", "clinician") not in rows(out)
    assert (CONDITION, "es", "patient") in rows(out)


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Wanted(locales=("zh_Hans",), formats=("html",)), 2),
        (Wanted(locales=("zh_Hans", "en"), formats=("html",)), 4),
        (Wanted(audiences=("patient",), formats=("html",)), 4),
        (Wanted(conditions=(CONDITION,), locales=("ar",), audiences=("clinician",), formats=("html",)), 1),
    ],
)
def test_filters_choose_what_is_built(project: Project, out: Path, wanted: Wanted, count: int) -> None:
    built = run(project, out, wanted)
    assert len(built.outcomes) == count
    assert len(files(out)) == count + 1


def test_a_filter_keeps_the_rows_and_files_of_earlier_builds(project: Project, out: Path) -> None:
    run(project, out)
    before = files(out)
    run(project, out, Wanted(locales=("es",), formats=("html",)))
    assert files(out) == before


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (
            Wanted(conditions=("every-blok",)),
            '--condition: unknown condition "every-blok" (did you mean "every-block"?)',
        ),
        (Wanted(locales=("zh_Han",)), '--locale: unknown locale "zh_Han" (did you mean "zh_Hans"?)'),
        (Wanted(audiences=("pacient",)), '--audience: unknown audience "pacient" (did you mean "patient"?)'),
        (Wanted(formats=("dox",)), '--format: unknown format "dox" (did you mean "docx"?)'),
        (Wanted(locales=("xx",)), '--locale: unknown locale "xx" (known: ar, ar_XB, en, en_XA, es, zh_Hans)'),
        (Wanted(conditions=("../x",)), '--condition: unknown condition "../x" (known: every-block)'),
        (Wanted(locales=("xx", "yy"), formats=("zz",)), '--locale: unknown locale "yy"'),
    ],
)
def test_an_unknown_filter_is_wrong_usage_and_builds_nothing(
    project: Project, out: Path, wanted: Wanted, said: str
) -> None:
    with pytest.raises(LeafletError) as caught:
        run(project, out, wanted)
    assert said in str(caught.value)
    assert caught.value.exit_code == ExitCode.USAGE
    assert not out.exists()


def spoil_leaflet(project: Project) -> str:
    replace(project.folder("leaflets") / "second.yaml", "title: Every", "titel: Every")
    return "leaflets/second.yaml:"


def empty_leaflet(project: Project) -> str:
    (project.folder("leaflets") / "second.yaml").write_text("")
    return "leaflets/second.yaml:1:1: the file is empty"


def spoil_catalog(project: Project) -> str:
    for locale in TRANSLATED:
        replace(catalog(project, locale, "second"), 'A remark."', "A remark.")
    return "locales/ar/LC_MESSAGES/second.po:"


def remove_catalog(project: Project) -> str:
    for locale in TRANSLATED:
        catalog(project, locale, "second").unlink()
    return "locales/ar/LC_MESSAGES/second.po: this catalog does not exist"


def hostile(text: str) -> Callable[[Project], str]:
    """A leaflet that would keep the machine busy, were it read to its end; below `code`, so that it begins well."""

    def spoil(project: Project) -> str:
        replace(project.folder("leaflets") / "second.yaml", "title: Every block", text)
        return "leaflets/second.yaml:"

    return spoil


def picture_of_100_megapixels(project: Project) -> str:
    Image.new("1", (10_000, 10_000)).save(project.folder("leaflets") / "large.png")
    replace(project.folder("leaflets") / "second.yaml", "dots.png", "large.png")
    return "leaflets/second.yaml:"


HOSTILE = {
    "table_of_100000_cells": hostile("title:\n  table:\n" + "    - [x, x, x, x, x, x, x, x, x, x]\n" * 10_000),
    "brackets_100000_deep": hostile(f"title: {'[' * 100_000}{']' * 100_000}"),
    "groups_1000_deep": hostile("title:\n" + "".join(f"{' ' * depth}a:\n" for depth in range(1, 1000))),
    "text_of_a_million_letters": hostile(f"title: {'word ' * 200_000}"),
    "30000_words": hostile("title: Every block\nreadability_exceptions:\n" + "  - word\n" * 30_000),
    "3_megabytes": hostile("#" * 3_000_000),
    "picture_of_100_megapixels": picture_of_100_megapixels,
}
SPOILT = {
    "spoil_leaflet": spoil_leaflet,
    "empty_leaflet": empty_leaflet,
    "spoil_catalog": spoil_catalog,
    "remove_catalog": remove_catalog,
    **HOSTILE,
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_what_cannot_be_read_blocks_nothing_else_and_keeps_its_earlier_files(
    pair: Project, out: Path, spoil: Callable[[Project], str]
) -> None:
    wanted = Wanted(locales=("en", "ar"), formats=("html",))
    run(pair, out, wanted)
    before = files(out)
    assert "second/ar/second-patient-ar.html" in before
    said = spoil(pair)
    first = pair.folder("leaflets") / f"{CONDITION}.yaml"
    replace(first, 'version: "1.2"', 'version: "1.3"')
    built = run(pair, out, wanted)
    after = files(out)
    assert weightiest(built.exit_codes) == ExitCode.CONTENT
    assert any(str(problem).startswith(said) for problem in built.problems)
    assert after.keys() == before.keys()
    for name in before:
        if "-ar." in name:
            assert (after[name] == before[name]) == name.startswith("second/"), name
    assert {row["version"] for key, row in rows(out).items() if key[:2] == ("second", "ar")} == {"1.2"}
    assert {row["version"] for key, row in rows(out).items() if key[0] == CONDITION} == {"1.3"}


@pytest.mark.parametrize("spoil", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_leaflet_costs_seconds(pair: Project, spoil: Callable[[Project], str]) -> None:
    spoil(pair)
    started = time.process_time()
    assert read_library(pair, Wanted(locales=("en",))).problems
    assert time.process_time() - started < 15


def test_a_leaflet_that_takes_too_long_to_read_is_given_up(pair: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(files: Files, condition: str, *rest: Any) -> Leaflet:
        while condition == "second":
            pass
        return read_leaflet(files, condition, *rest)

    monkeypatch.setattr("leafletpress.build.translations.read_leaflet", slowly)
    monkeypatch.setattr("leafletpress.build.translations.MOST_SECONDS", 1)
    read = read_library(pair, Wanted(locales=("en",)))
    assert [str(problem) for problem in read.problems] == ["leaflets/second.yaml: takes longer than 1 s to read"]
    assert list(read.leaflets) == [CONDITION]


def spoil_patient_page(project: Project, text: str, name: str = "screen.css", before: str = "header {") -> None:
    """Puts something into what the patient's web page is made of, or another template of patients."""
    replace(project.folder("templates") / "patient" / name, before, f"{text}{before}")


# More rounds than anybody waits for: the sandbox of templates refuses so many in one go.
ENDLESS = "{{% for number in range(10 ** 5) %}}{{% for other in range(10 ** 5) %}}{}{{% endfor %}}{{% endfor %}}"


@pytest.mark.parametrize(
    ("text", "workers", "said"),
    [
        (ENDLESS.format(""), 1, "takes longer than 2 s"),
        (ENDLESS.format("{{ number }}"), 1, "takes longer than 2 s"),
        ("<div>" * 400 + "</div>" * 400, 1, "elements are nested too deep"),
        ("{{ ('x' * 10 ** 11) | length }}", 2, "needs more memory than there is for one document"),
    ],
    ids=["endless", "endless_text", "nested", "memory"],
)
def test_a_document_without_measure_stops_itself_alone(
    project: Project, out: Path, monkeypatch: pytest.MonkeyPatch, text: str, workers: int, said: str
) -> None:
    if "endfor" in text:
        monkeypatch.setattr("leafletpress.build.workers.jobs.MOST_SECONDS", 2)
    stops_itself_alone(project, out, text, workers, said)


def test_a_document_whose_process_is_killed_stops_itself_alone(project: Project, out: Path, kill: str) -> None:
    said = "the process that wrote it died: most likely it needs more memory than there is for one document"
    stops_itself_alone(project, out, kill, 2, said)


def stops_itself_alone(project: Project, out: Path, text: str, workers: int, said: str) -> None:
    """Whether a patient's page with this text in its template is told, and that of clinicians made."""
    wanted = Wanted(locales=("en",), formats=("pdf" if "div" in text else "html",))
    run(project, out, wanted)
    before = files(out)
    replace(project.folder("leaflets") / f"{CONDITION}.yaml", 'version: "1.2"', 'version: "1.3"')
    project = Project(Path(shutil.copytree(project.root, out.parent / "again")))  # a process reads templates once
    spoil_patient_page(project, text, *(("page.html.j2", "<main>") if "div" in text else ()))
    built = run(project, out, wanted, workers=workers)
    assert weightiest(built.exit_codes) == ExitCode.CONTENT
    (patient, clinician) = sorted(built.outcomes, key=lambda outcome: outcome.row is not None)
    (problem,) = patient.problems
    assert str(problem).startswith(f"{patient.document.path}: {said} (is a text, a table or a picture too large, or ")
    assert clinician.row
    assert clinician.row.version == "1.3"
    after = files(out)
    assert after[patient.document.path] == before[patient.document.path]
    assert after[clinician.document.path] != before[clinician.document.path]


def test_all_but_the_one_that_kills_its_process_are_built(project: Project, out: Path, kill: str) -> None:
    spoil_patient_page(project, f"{{% if handout.locale == 'ar' %}}{kill}{{% endif %}}")
    built = run(project, out, workers=2)
    assert len(built.outcomes) == 8
    assert [outcome.document.path for outcome in built.outcomes if not outcome.row] == [
        f"{CONDITION}/ar/{CONDITION}-patient-ar.html"
    ]


def test_a_pool_that_died_is_not_used_again(project: Project, out: Path, kill: str) -> None:
    spoil_patient_page(project, kill)
    with Pool(1) as pool:
        for name in ("first", "second"):
            built = build(project, Order(Wanted(locales=("en",), formats=("html",)), out / name, "out"), pool=pool)
            assert [outcome.row is not None for outcome in built.outcomes] == [False, True]


def test_a_broken_furniture_catalog_stops_its_language_alone(project: Project, out: Path) -> None:
    run(project, out)
    change(catalog(project, "ar", "furniture"), lambda text: text + "\n<<<<<<< ours\n")
    replace(project.folder("leaflets") / f"{CONDITION}.yaml", 'version: "1.2"', 'version: "1.3"')
    built = run(project, out)
    assert weightiest(built.exit_codes) == ExitCode.CONTENT
    versions = {key[1]: row["version"] for key, row in rows(out).items()}
    assert versions == {"en": "1.3", "es": "1.3", "zh_Hans": "1.3", "ar": "1.2"}


def test_a_broken_locale_stops_itself_alone(project: Project, out: Path) -> None:
    replace(project.folder("locales") / "es" / "locale.toml", '"patient"', '"pacient"')
    built = run(project, out)
    assert [str(problem) for problem in built.problems] == [
        'locales/es/locale.toml:4:13: unknown audience "pacient" (did you mean "patient"?)'
    ]
    assert {key[1] for key in rows(out)} == {"en", "ar", "zh_Hans"}
    assert weightiest(built.exit_codes) == ExitCode.CONTENT


def untranslate(project: Project) -> None:
    replace(catalog(project, "ar"), f'msgstr "{by_rote("ar", "Between two boxes.")}"', 'msgstr ""')


def test_a_draft_prints_what_is_not_translated_in_english(project: Project, out: Path) -> None:
    untranslate(project)
    built = run(project, out)
    assert set(built.exit_codes) == {ExitCode.OK}
    page = (out / CONDITION / "ar" / f"{CONDITION}-patient-ar.html").read_text(encoding="utf-8")
    assert "Between two boxes." in page
    assert len(built.gaps[CONDITION, "ar", "patient"]) == 1


def test_a_release_withholds_what_is_not_translated_and_its_older_file_leaves(project: Project, out: Path) -> None:
    run(project, out)
    untranslate(project)
    built = run(project, out, release=True)
    assert weightiest(built.exit_codes) == ExitCode.WITHHELD
    for audience in ("patient", "clinician"):
        row = rows(out)[CONDITION, "ar", audience]
        assert (row["state"], row["path"], row["sha256"]) == ("withheld", None, None)
        assert row["reason"].startswith(f"1 missing; first: locales/ar/LC_MESSAGES/{CONDITION}.po:")
        assert not (out / CONDITION / "ar" / f"{CONDITION}-{audience}-ar.html").exists()
    assert {row["state"] for key, row in rows(out).items() if key[1] != "ar"} == {"built"}


def test_what_was_withheld_is_built_when_it_is_translated(project: Project, out: Path) -> None:
    untranslate(project)
    run(project, out, release=True)
    change(
        catalog(project, "ar"),
        lambda text: text.replace(
            '"Between two boxes."\nmsgstr ""', f'"Between two boxes."\nmsgstr "{by_rote("ar", "x")}"'
        ),
    )
    built = run(project, out, release=True)
    assert set(built.exit_codes) == {ExitCode.OK}
    assert rows(out)[CONDITION, "ar", "patient"]["state"] == "built"
    assert rows(out)[CONDITION, "ar", "patient"]["reason"] is None


def test_a_release_of_texts_that_are_whole_is_whole(project: Project, out: Path) -> None:
    assert set(run(project, out, release=True).exit_codes) == {ExitCode.OK}
    assert len(files(out)) == 9


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_a_release_withholds_what_cannot_be_read_with_the_reason_and_lets_all_else_out(
    html_pair: Project, out: Path, spoil: Callable[[Project], str]
) -> None:
    run_all(html_pair, out, release=True)
    before = rows(out)
    said = spoil(html_pair)
    again = out.with_name("again")
    for folder in (out, again):  # what lies in the folder makes no difference
        built = run_all(html_pair, folder, release=True)
        assert weightiest(built.exit_codes) == ExitCode.WITHHELD
        assert any(str(problem).startswith(said) for problem in built.problems)
        after = rows(folder)
        assert after.keys() == before.keys()
        withheld = {key for key, row in after.items() if row["state"] == "withheld"}
        assert withheld
        assert all(key[0] == "second" for key in withheld)
        own = {key: said.replace("locales/ar/", f"locales/{key[1]}/") for key in withheld}
        assert all(after[key]["reason"].startswith(own[key]) for key in withheld)
        assert not any((folder / before[key]["path"]).exists() for key in withheld)


def test_a_missing_font_outweighs_problems_in_content(pair: Project, out: Path) -> None:
    spoil_leaflet(pair)
    replace(pair.folder("locales") / "en" / "locale.toml", '"Noto Sans"', '"No Such Sans"')
    wanted = Wanted(locales=("en",), audiences=("patient",), formats=("html", "pdf"))
    built = run(pair, out, wanted)
    assert weightiest(built.exit_codes) == ExitCode.MISSING
    failed = [outcome for outcome in built.outcomes if not outcome.row]
    assert [outcome.document.format for outcome in failed] == ["pdf"]
    (problem,) = failed[0].problems
    assert str(problem.origin) == "locales/en/locale.toml:5:12"
    assert problem.text == 'the font "No Such Sans" is not installed; 1 document waits for it'
    assert [row["format"] for row in rows(out).values()] == ["html"]


def test_a_document_that_fails_keeps_its_earlier_file_and_row(
    shared_project: Project, project: Project, out: Path
) -> None:
    run(shared_project, out)
    before = files(out)
    spoil_patient_page(project, "{% nonsense %}")
    built = run(project, out)
    assert weightiest(built.exit_codes) == ExitCode.CONTENT
    failed = [outcome for outcome in built.outcomes if not outcome.row]
    assert {outcome.document.audience for outcome in failed} == {"patient"}
    assert all(str(problem).startswith("templates/patient/screen.css:") for o in failed for problem in o.problems)
    assert files(out) == before


# --- what the project no longer makes ---------------------------------------------------------------------------------

# Of everything, so that a build knows what no source makes; the looks are those of one format, which is quick.
ALL = Wanted()


@pytest.fixture
def html_pair(pair: Project) -> Project:
    """A project with a second leaflet, of which HTML is made and nothing else."""
    editions = pair.folder("templates") / "editions.toml"
    replace(editions, 'formats = ["html", "pdf", "docx"]', 'formats = ["html"]')
    return pair


def run_all(project: Project, out: Path, *, release: bool = False, prune: bool = False) -> Build:
    return build(project, Order(ALL, out, "out", release=release, prune=prune, workers=1))


def remove_leaflet(project: Project) -> int:
    (project.folder("leaflets") / "second.yaml").unlink()
    return 8


def remove_language(project: Project) -> int:
    shutil.rmtree(project.folder("locales") / "es")
    return 4


def remove_audience(project: Project) -> int:
    replace(project.folder("locales") / "es" / "locale.toml", '["patient", "clinician"]', '["patient"]')
    return 2


def remove_edition(project: Project) -> int:
    change(
        project.folder("templates") / "editions.toml",
        lambda text: re.sub(r"\[a4\.pages\.clinician\]\n(?:[a-z].*\n)+", "", text),
    )
    return 8


@pytest.mark.parametrize("remove", [remove_leaflet, remove_language, remove_audience, remove_edition])
def test_what_no_source_makes_is_told_and_pruned(
    html_pair: Project, out: Path, remove: Callable[[Project], int]
) -> None:
    run_all(html_pair, out)
    assert len(files(out)) == 16 + 1
    project = Project(Path(shutil.copytree(html_pair.root, out.parent / "again")))
    count = remove(project)
    (said,) = run_all(project, out).problems
    assert f"{count} documents that the project no longer makes are still published" in str(said)
    assert (len(rows(out)), len(files(out))) == (16, 17)
    (said,) = run_all(project, out, prune=True).problems
    assert f"{count} documents that the project no longer makes leave the folder" in str(said)
    assert (len(rows(out)), len(files(out))) == (16 - count, 17 - count)


@pytest.mark.parametrize("remove", [remove_leaflet, remove_language, remove_audience, remove_edition])
def test_what_a_release_published_and_no_source_makes_is_withdrawn(
    html_pair: Project, out: Path, remove: Callable[[Project], int]
) -> None:
    run_all(html_pair, out, release=True)
    project = Project(Path(shutil.copytree(html_pair.root, out.parent / "again")))
    count = remove(project)
    built = run_all(project, out, release=True)
    (said,) = built.problems
    assert f"{count} documents that the project no longer makes leave the folder" in str(said)
    assert weightiest(built.exit_codes) == ExitCode.OK
    found = [row for row in rows(out).values() if row["status"] == "withdrawn"]
    assert {(row["state"], row["reason"]) for row in found} == {("withheld", "the project no longer makes it")}
    assert (len(found), len(rows(out)), len(files(out))) == (count, 16, 17 - count)
    again = run_all(project, out, release=True)
    assert (again.problems, len(rows(out))) == ((), 16)
    run_all(html_pair, out, release=True)
    assert {row["status"] for row in rows(out).values()} == {"draft"}


@pytest.mark.parametrize("spoil", [spoil_leaflet, spoil_catalog, remove_catalog])
def test_what_cannot_be_read_is_not_taken_for_what_no_source_makes(
    html_pair: Project, out: Path, spoil: Callable[[Project], str]
) -> None:
    run_all(html_pair, out)
    before = files(out)
    spoil(html_pair)
    built = run_all(html_pair, out, prune=True)
    assert weightiest(built.exit_codes) == ExitCode.CONTENT
    assert files(out) == before


def test_a_language_that_cannot_be_read_keeps_its_files(html_pair: Project, out: Path) -> None:
    run_all(html_pair, out)
    before = files(out)
    (html_pair.folder("locales") / "es" / "locale.toml").write_text("nonsense")
    run_all(html_pair, out, prune=True)
    assert files(out) == before


def test_a_build_of_a_part_says_nothing_of_the_rest(html_pair: Project, out: Path) -> None:
    run_all(html_pair, out, release=True)
    before = files(out)
    remove_leaflet(html_pair)
    assert run(html_pair, out, HTML, release=True).problems == ()
    assert files(out) == before


@pytest.mark.parametrize(
    "wanted",
    [
        Wanted(locales=("es",)), Wanted(conditions=(CONDITION,)), Wanted(audiences=("patient",)),
        Wanted(formats=("html",)), Wanted(editions=("a4",)),
    ],
)  # fmt: skip
def test_pruning_takes_a_build_of_everything(project: Project, out: Path, wanted: Wanted) -> None:
    with pytest.raises(LeafletError, match="--prune: what a build leaves out on purpose") as caught:
        build(project, Order(wanted, out, "out", prune=True))
    assert caught.value.exit_code == ExitCode.USAGE
    assert not out.exists()


def test_two_workers_give_the_same_files_as_one(project: Project, tmp_path: Path) -> None:
    wanted = Wanted(locales=("en", "ar"), formats=("html", "docx"))
    one, two = tmp_path / "one", tmp_path / "two"
    assert run(project, one, wanted).exit_codes == run(project, two, wanted, workers=2).exit_codes
    assert files(one) == files(two)
    assert len(files(one)) == 9


def test_the_second_build_gives_the_same_files(project: Project, out: Path) -> None:
    run(project, out)
    before = files(out)
    run(project, out)
    assert files(out) == before


def test_progress_hears_of_every_document_withheld_ones_too(project: Project, out: Path) -> None:
    untranslate(project)
    heard: list[str] = []
    counts: list[int] = []
    listener = Listener(begin=counts.append, done=lambda outcome: heard.append(outcome.document.path))
    build(project, Order(HTML, out, "out", release=True, workers=1), listener)
    assert counts == [8]
    assert len(set(heard)) == len(heard) == 8


def test_a_corrupt_manifest_is_told_once_and_stops_nothing(project: Project, out: Path) -> None:
    run(project, out)
    (out / "manifest.json").write_text("{")
    built = run(project, out)
    assert [problem.severity for problem in built.problems] == ["warning"]
    assert set(built.exit_codes) == {ExitCode.OK}
    assert run(project, out).problems == ()


def test_a_project_without_english_is_told(project: Project, out: Path) -> None:
    shutil.rmtree(project.folder("locales") / "en")
    with pytest.raises(LeafletError, match="locales/en"):
        run(project, out)


@pytest.mark.parametrize("name", ["editions.toml", "furniture.toml", "patient/theme.toml"])
def test_broken_settings_of_the_templates_are_told_with_their_line(project: Project, out: Path, name: str) -> None:
    path = project.folder("templates") / name
    path.write_text("nonsense\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(LeafletError, match=rf"^templates/{name}:1:") as caught:
        run(project, out)
    assert caught.value.exit_code == ExitCode.CONTENT


def test_template_words_that_the_program_prints_cannot_be_left_out(project: Project, out: Path) -> None:
    change(project.folder("templates") / "furniture.toml", lambda text: text.replace("[notes]", "[nots]"))
    with pytest.raises(LeafletError, match=r"^templates/furniture\.toml"):
        run(project, out)


def test_a_project_without_leaflets_builds_nothing_and_says_nothing_wrong(project: Project, out: Path) -> None:
    (project.folder("leaflets") / f"{CONDITION}.yaml").unlink()
    built = run(project, out)
    assert (built.outcomes, built.problems) == ((), ())


def test_check_tells_gaps_as_warnings_and_builds_nothing(project: Project) -> None:
    untranslate(project)
    before = files(project.root)
    found = check(read_library(project, Wanted()))
    warnings = [str(problem) for problem in found.problems if problem.severity == "warning"]
    assert len(warnings) == 1
    assert warnings[0].endswith('warning: boxes.gap: not translated (English: "Between two boxes.")')
    assert files(project.root) == before
