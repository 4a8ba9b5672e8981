"""A leaflet says in which languages it exists; in the others it has no documents, no gaps, and no catalogs to fill."""

from datetime import date
from pathlib import Path

import pytest
from projects import CONDITION, NOW, catalog, change, composed, copy_language, read, replace

from leafletpress.build.check import check
from leafletpress.build.explain import foresee
from leafletpress.build.library import Project, Wanted, read_library, read_translations
from leafletpress.build.run import Build, Order, build
from leafletpress.model.problems import LeafletError
from leafletpress.publish.folder import read_present
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files
from leafletpress.translate.findings import check_catalogs
from leafletpress.translate.status import statuses
from leafletpress.translate.update import update

TITLE = "title: Every block\n"


def leaflet(project: Project) -> Path:
    return project.folder("leaflets") / f"{CONDITION}.yaml"


def choose(project: Project, languages: str) -> None:
    replace(leaflet(project), TITLE, f"{TITLE}languages: {languages}\n")


@pytest.fixture
def pages(project: Project) -> Project:
    """A project that makes web pages alone: they take no time."""
    change(project.folder("templates") / "editions.toml", lambda text: text.replace('"html", "pdf", "docx"', '"html"'))
    return project


def run(project: Project, out: Path, *, prune: bool = False, release: bool = False) -> Build:
    return build(project, Order(Wanted(), out, "out", prune=prune, release=release, workers=1))


def made(out: Path) -> set[str]:
    return {path.parent.name for path in out.glob(f"{CONDITION}/*/*")}


@pytest.mark.parametrize(
    ("languages", "there"),
    [
        ("[es, ar]", {"en", "es", "ar"}),
        ("[en, es]", {"en", "es"}),
        ("[en]", {"en"}),
        ("[zh-Hans]", {"en", "zh_Hans"}),
        ("[zh_Hans]", {"en", "zh_Hans"}),
    ],
)
def test_a_leaflet_is_made_in_its_languages_and_in_english(project: Project, languages: str, there: set[str]) -> None:
    choose(project, languages)
    handouts = [composition.handout for composition in read(project).compositions(Wanted())]
    assert {handout.locale for handout in handouts} == there
    assert {handout.audience for handout in handouts} == {"patient", "clinician"}


def test_a_test_language_is_made_of_every_leaflet(project: Project) -> None:
    choose(project, "[es]")
    assert composed(project, "ar_XB", "patient").handout.locale == "ar_XB"


def test_a_language_that_a_leaflet_is_not_in_needs_no_catalog(pages: Project, tmp_path: Path) -> None:
    choose(pages, "[es]")
    for locale in ("ar", "zh_Hans"):
        catalog(pages, locale).unlink()
    found = check(read_library(pages, Wanted()))
    assert not [problem for problem in found.problems if "/ar/" in problem.origin.file]
    built = run(pages, tmp_path / "out", release=True)
    assert (built.problems, {row.locale for outcome in built.outcomes if (row := outcome.row)}) == ((), {"en", "es"})
    assert not any(built.gaps.values())


def test_documents_of_a_language_that_is_dropped_are_retired_and_come_back_with_it(
    pages: Project, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    run(pages, out)
    assert made(out) == {"en", "es", "ar", "zh_Hans"}
    choose(pages, "[es]")
    kept = run(pages, out)
    said = f"4 documents that the project no longer makes are still published; first: {CONDITION}/ar/"
    assert any(problem.text.startswith(said) for problem in kept.problems), kept.problems
    released = run(pages, out, release=True)
    assert any("leave the folder" in problem.text for problem in released.problems)
    assert {document.locale for document in read_present(out, "out").rows} == {"en", "es"}
    assert made(out) == {"en", "es"}
    replace(leaflet(pages), "languages: [es]\n", "languages: [es, ar]\n")
    run(pages, out)
    assert made(out) == {"en", "es", "ar"}


def test_a_leaflet_in_some_languages_is_not_read_again_for_want_of_the_others(pages: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    choose(pages, "[es]")
    run(pages, out)
    foreseen = foresee(pages, Wanted(), out, "out", release=False)
    assert (foreseen.documents, foreseen.unchanged) == ((), 4)
    again = run(pages, out)
    assert (again.outcomes, again.problems) == ((), ())
    assert {row.locale for row in again.unchanged} == {"en", "es"}


def test_a_language_that_leaves_the_project_is_told_by_a_warm_build_too(pages: Project, tmp_path: Path) -> None:
    choose(pages, "[es, ar]")
    run(pages, tmp_path / "out")
    (pages.folder("locales") / "ar" / "locale.toml").unlink()
    problems = run(pages, tmp_path / "out").problems
    (problem,) = (problem for problem in problems if problem.severity == "error")
    assert str(problem) == f'leaflets/{CONDITION}.yaml:5:17: unknown language "ar" (known: en, es, zh_Hans)'


@pytest.mark.parametrize(
    ("languages", "said"),
    [
        ("[es, fr]", '5:17: unknown language "fr" (known: ar, en, es, zh_Hans)'),
        ("[zh-Hant]", '5:13: unknown language "zh-Hant" (did you mean "zh_Hans"?)'),
        ("[Spanish]", '5:13: unknown language "Spanish" (known: ar, en, es, zh_Hans)'),
        ("[ar_XB]", '5:13: unknown language "ar_XB" (known: ar, en, es, zh_Hans)'),
        ("[es, ar, es]", '5:21: "es" is in languages already (take it out once)'),
        ("[zh-Hans, zh_Hans]", '5:22: language "zh_Hans" is named twice (name each once)'),
        ("es", "5:12: languages takes a list (one line each, beginning with \"- \")"),
        ("[]", "5:12: languages is an empty list"),
        ("[[es]]", "5:13: language takes a text, not a list"),
    ],
)  # fmt: skip
def test_languages_that_are_none_or_named_twice_are_told_at_their_place(
    project: Project, languages: str, said: str
) -> None:
    choose(project, languages)
    with pytest.raises(LeafletError) as caught:
        parse_leaflet(Files(project.root), CONDITION, leaflet(project).read_bytes(), ["patient", "clinician"])
    (problem,) = caught.value.problems
    assert str(problem) == f"leaflets/{CONDITION}.yaml:{said}"


def test_the_commands_for_catalogs_tell_of_one_that_is_not_used_and_leave_it_alone(project: Project) -> None:
    choose(project, "[es]")
    before = catalog(project, "ar").read_bytes()
    found = read_translations(project)
    told = [str(problem) for problem in found.problems]
    assert told == [
        f"locales/{locale}/LC_MESSAGES/{CONDITION}.po: warning: not used: {CONDITION} is not made in {locale} "
        f"(add {locale} to the languages of leaflets/{CONDITION}.yaml, "
        "or run: leafletpress catalogs prune)"
        for locale in ("ar", "zh_Hans")
    ]
    assert told == [str(one) for one in check(read_library(project, Wanted())).problems if "not used" in str(one)]
    rows = list(statuses(found.domains, found.locales, found.backtranslations, date(2026, 11, 30)))
    assert {row.locale for row in rows if row.condition == CONDITION} == {"es"}
    assert {row.locale for row in rows if row.condition == "furniture"} == {"ar", "es", "zh_Hans"}
    assert not [
        one
        for one in check_catalogs(found.domains, found.locales)
        if one.problem.origin.file.endswith(f"ar/LC_MESSAGES/{CONDITION}.po")
    ]
    change(leaflet(project), lambda text: text.replace("Wash your hands.", "Wash them."))
    written, broken = update(project.files(), read_translations(project).domains, found.locales, NOW)
    assert not broken
    assert {name.split("/")[1] for name in written} == {"pot", "es"}
    assert catalog(project, "ar").read_bytes() == before


def test_update_makes_no_catalog_in_a_language_that_a_leaflet_is_not_in(project: Project) -> None:
    choose(project, "[es]")
    catalog(project, "ar").unlink()
    found = read_translations(project, catalogs=False)
    update(project.files(), found.domains, found.locales, NOW)
    assert not catalog(project, "ar").exists()


def test_the_catalog_that_a_regional_language_takes_texts_from_is_used_and_kept_in_step(project: Project) -> None:
    copy_language(project.root, "es")
    regional = project.folder("locales") / "es_MX"
    regional.mkdir()
    settings = (project.folder("locales") / "es" / "locale.toml").read_text(encoding="utf-8")
    (regional / "locale.toml").write_text(settings, encoding="utf-8")
    choose(project, "[es_MX]")
    found = read_translations(project)
    assert not [problem for problem in found.problems if "/es" in problem.origin.file]
    rows = statuses(found.domains, found.locales, found.backtranslations, date(2026, 11, 30))
    assert {row.locale for row in rows if row.condition == CONDITION} == {"es", "es_MX"}
    handouts = [composition.handout for composition in read(project).compositions(Wanted())]
    assert {handout.locale for handout in handouts} == {"en", "es_MX"}
