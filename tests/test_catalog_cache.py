"""What was found out about a catalog is remembered, and asked anew as soon as anything changed that it depends on."""

import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from clinic import CONDITION, make_clinic, source, spanish
from projects import NOW, catalog_in, change, replace

from leafletpress.build import catalogs, updating
from leafletpress.build.catalogs import check, statuses_of
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.library import Project
from leafletpress.build.updating import bring_in_step
from leafletpress.model.leaflet import FURNITURE
from leafletpress.translate.findings import check_catalogs

LOCALES, CATALOGS = ("es",), (FURNITURE, CONDITION)
BATH = "Lávese con agua templada, no con agua caliente."


@pytest.fixture(scope="module")
def clinic(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The clinic as it was looked at once; it is read only."""
    project = make_clinic(tmp_path_factory.mktemp("cache") / "project")
    said(project)
    return project


@pytest.fixture
def project(clinic: Project, tmp_path: Path) -> Project:
    return Project(Path(shutil.copytree(clinic.root, tmp_path / "project")))


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The catalogs that were read, as they are."""
    found: list[str] = []
    real = check_catalogs

    def noted(domains, locales):  # type: ignore[no-untyped-def]
        found.extend(domain.name for domain in domains)
        return real(domains, locales)

    monkeypatch.setattr(catalogs, "check_catalogs", noted)
    return found


def cache(project: Project) -> Cache:
    return Cache(project.root / ".cache", ".cache", 10_000_000)


def said(project: Project) -> list[str]:
    found, problems = check(project.files(), LOCALES, CATALOGS, cache(project))
    return [*map(str, problems), *(str(finding.problem) for finding in found)]


def toml(project: Project, name: str) -> Path:
    return project.folder("locales") / "es" / f"{name}.toml"


def test_nothing_is_asked_twice(project: Project, asked: list[str]) -> None:
    anew = check(project.files(), LOCALES, CATALOGS, None)
    assert asked == list(CATALOGS)
    asked.clear()
    assert said(project) == [str(finding.problem) for finding in anew[0]]
    assert asked == []


def put_back(project: Project) -> None:
    texts = {"catalog": CONDITION, "context": "help.dont", "english": "x", "translation": "y", "back": "z"}
    lines = "".join(f'{name} = "{text}"\n' for name, text in texts.items())
    toml(project, "backtranslation").write_text(f"[[texts]]\n{lines}", encoding="utf-8")


CHANGES: dict[str, Callable[[Project], None]] = {
    "catalog": lambda project: replace(spanish(project), BATH, f"{BATH} Bien."),
    "leaflet": lambda project: replace(source(project), "Rough and itchy", "Dry and itchy"),
    "locale": lambda project: change(toml(project, "locale"), lambda text: text + "\n# \n"),
    "glossary": lambda project: change(toml(project, "glossary"), lambda text: text + "\n# \n"),
    "opposites": lambda project: change(toml(project, "opposites"), lambda text: text + "\n# \n"),
    "backtranslation": put_back,
    "english": lambda project: change(project.folder("locales") / "en" / "locale.toml", lambda text: text + "\n# \n"),
    "words of all": lambda project: change(
        project.folder("templates") / "furniture.toml", lambda text: text + "\n# \n"
    ),
    "site": lambda project: change(next(project.folder("sites").glob("*.toml")), lambda text: text + "\n# \n"),
}


@pytest.mark.parametrize("spoil", CHANGES.values(), ids=CHANGES)
def test_whatever_the_answer_depends_on_is_in_its_key(
    project: Project, asked: list[str], spoil: Callable[[Project], None]
) -> None:
    path = toml(project, "opposites")
    if not path.exists():
        path.write_text("# none\n", encoding="utf-8")
        said(project)
    asked.clear()
    spoil(project)
    said(project)
    assert CONDITION in asked
    asked.clear()
    said(project)
    assert asked == []


def test_a_new_version_of_the_program_asks_anew(
    project: Project, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogs, "program", lambda: {"leafletpress/": "another"})
    said(project)
    assert asked == list(CATALOGS)


def test_a_catalog_alone_is_asked_where_it_alone_changed(project: Project, asked: list[str]) -> None:
    replace(spanish(project), BATH, f"{BATH} Bien.")
    said(project)
    assert asked == [CONDITION]


def test_a_wrong_text_is_never_passed(project: Project) -> None:
    assert not any("error" in text or "number" in text for text in said(project))
    good = spanish(project).read_bytes()
    for _ in range(2):
        replace(spanish(project), "durante 3 días", "durante 30 días")
        for _ in range(2):
            assert any("number" in text for text in said(project))
        spanish(project).write_bytes(good)
        assert not any("number" in text for text in said(project))


@pytest.mark.parametrize(
    "damage", [lambda _content: b"", lambda content: content[:-5], lambda content: b"x" + content[1:]]
)
def test_what_is_damaged_is_found_out_again(
    project: Project, asked: list[str], damage: Callable[[bytes], bytes]
) -> None:
    before = said(project)
    paths = list((project.root / ".cache").rglob("*.leaflet"))
    assert paths
    for path in paths:
        path.write_bytes(damage(path.read_bytes()))
    again = said(project)
    assert [text for text in again if "damaged" not in text] == before
    assert CONDITION in asked


def test_what_cannot_be_read_is_told_each_time(project: Project) -> None:
    change(spanish(project), lambda text: text.replace('msgstr "Piel seca"', 'msgstr "Piel seca'))
    told = said(project)
    assert any("quotation mark" in text for text in told)
    assert said(project) == told


def test_a_language_with_a_broken_file_stops_alone(project: Project) -> None:
    (project.folder("locales") / "pl").mkdir()
    (project.folder("locales") / "pl" / "locale.toml").write_text("own_name = [", encoding="utf-8")
    found, problems = check(project.files(), ("es", "pl"), CATALOGS, cache(project))
    assert {problem.origin.file for problem in problems} == {"locales/pl/locale.toml"}
    rows, _ = statuses_of(project.files(), ("es", "pl"), CATALOGS, date(2026, 12, 1), cache(project))
    assert {row.locale for row in rows} == {"es"}
    assert not [finding for finding in found if finding.problem.severity == "error"]


def test_the_age_of_a_translation_goes_on_from_day_to_day(project: Project) -> None:
    ages = []
    for day in (1, 2, 5):
        rows, _ = statuses_of(project.files(), LOCALES, CATALOGS, date(2026, 12, day), cache(project))
        ages.append(next(row.age for row in rows if row.condition == CONDITION))
    assert [age - (ages[0] or 0) for age in ages if age is not None] == [0, 1, 4]


# --- Update ----------------------------------------------------------------------------------------------------------


def in_step(project: Project) -> list[str]:
    written, _, problems = bring_in_step(project, LOCALES, CATALOGS, NOW, cache(project))
    assert problems == []
    return written


def test_an_update_reads_nothing_where_nothing_changed(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    in_step(project)
    monkeypatch.setattr(updating, "read_catalogs", None)
    assert in_step(project) == []


def test_an_update_sees_each_change_of_either_side(project: Project) -> None:
    in_step(project)
    replace(source(project), "Rough and itchy", "Dry and itchy")
    assert f"locales/es/LC_MESSAGES/{CONDITION}.po" in in_step(project)
    change(spanish(project), lambda text: re.sub(r'msgctxt "treatment.bath"\n.*\n.*\n\n', "", text))
    assert ("treatment.bath", "") not in {(context, "") for context, _ in catalog_in(spanish(project)).entries}
    assert in_step(project) == [f"locales/es/LC_MESSAGES/{CONDITION}.po"]
    assert "treatment.bath" in {context for context, _ in catalog_in(spanish(project)).entries}
    change(toml(project, "glossary"), lambda text: text.replace('"antiácido"', '"antiácido", "antiácidos"'))
    assert in_step(project) == [f"locales/es/LC_MESSAGES/{CONDITION}.po"]


def test_an_update_makes_a_catalog_or_template_that_was_deleted(project: Project) -> None:
    in_step(project)
    spanish(project).unlink()
    assert in_step(project) == [f"locales/es/LC_MESSAGES/{CONDITION}.po"]
    pot = project.folder("locales") / "pot" / f"{CONDITION}.pot"
    pot.unlink()
    assert f"locales/pot/{CONDITION}.pot" in in_step(project)
