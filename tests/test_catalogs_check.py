"""The check of catalogs tells what is missing, wrong or out of date, at its line; the status counts it."""

import re
from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from projects import CONDITION, by_rote, catalog, change, fill, replace, shipped_project, update_catalogs

from leafletpress.build.library import Project, read_translations
from leafletpress.translate.findings import Finding, check_catalogs
from leafletpress.translate.status import Status, statuses

ES = f"locales/es/LC_MESSAGES/{CONDITION}.po"
GLOSSARY = """\
negations = ["no", "ningún", "*nót", "*nó", "لم", "لا", "غير", "未", "没", "不要"]
repeated = ["poco"]

[[terms]]
term = "paragraph"
translation = ["paragraph"]
forbidden = ["parrafote"]
"""
GAP = by_rote("es", "Between two boxes.")


@pytest.fixture
def checked(project: Project) -> Project:
    """The small project, its languages with a glossary."""
    for locale in ("es", "ar", "zh_Hans"):
        (project.folder("locales") / locale / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    return project


def findings(project: Project, locale: str = "es") -> list[Finding]:
    found = read_translations(project, (locale,))
    return [*map(Finding, found.problems), *check_catalogs(found.domains, found.locales)]


def said(project: Project, locale: str = "es") -> list[str]:
    return [f"{finding.problem.severity}: {finding.problem.text}" for finding in findings(project, locale)]


def es(project: Project) -> Path:
    return catalog(project, "es")


def put(old: str, new: str) -> Callable[[Project], None]:
    return lambda project: replace(es(project), old, new)


@pytest.mark.parametrize("locale", ["es", "ar", "zh_Hans"])
def test_a_catalog_in_which_nothing_is_wrong_raises_no_alarm(checked: Project, locale: str) -> None:
    assert said(checked, locale) == []


def test_the_shipped_catalogs_raise_no_alarm() -> None:
    found = read_translations(shipped_project())
    assert found.problems == ()
    assert [str(finding.problem) for finding in check_catalogs(found.domains, found.locales)] == []


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (put(f'msgstr "{GAP}"', 'msgstr ""'), "warning: not translated"),
        (put(GAP, f"{GAP} {{people}}"), "error: placeholder {people} is not in the English"),
        (put('msgctxt "boxes.gap"', '#, fuzzy\nmsgctxt "boxes.gap"'), "warning: fuzzy: marked for another look"),
        (
            put('msgctxt "boxes.gap"', '#, fuzzy\n#| msgid "Between."\nmsgctxt "boxes.gap"'),
            "warning: fuzzy: the English changed",
        ),
        (put('"Language: es', '"Language: fr'), 'error: the header says that this is a catalog of "fr"'),
        (
            put("nplurals=2; plural=(n != 1)", "nplurals=3; plural=(n != 1)"),
            "warning: the header's Plural-Forms are not those of the language",
        ),
        (
            put("plural=(n != 1)", "plural=(n > 1)"),
            "warning: the header's Plural-Forms are not those of the language",
        ),
        (put("plural=(n != 1)", "plural=(n !="), "warning: the header's Plural-Forms are not those of the language"),
        (
            put('msgctxt "boxes.gap"', 'msgctxt "boxes.gone"'),
            "warning: 1 texts of the English are not in this catalog; first: boxes.gap",
        ),
        (
            put('msgctxt "boxes.gap"', 'msgctxt "boxes.gone"'),
            "warning: 1 entries are no longer in the English; first: boxes.gone",
        ),
        (put("eñe A paragraph", "eñe A paragraph parrafote"), 'error: "parrafote" for "paragraph"'),
    ],
    ids=[
        "missing", "failing", "fuzzy", "reworded", "language", "nplurals", "plural", "plural_broken", "lacking", "gone",
        "glossary",
    ],
)  # fmt: skip
def test_each_finding_is_told(checked: Project, spoil: Callable[[Project], None], expected: str) -> None:
    spoil(checked)
    assert expected in [text[: len(expected)] for text in said(checked)]


@pytest.mark.parametrize(
    "header",
    [
        "nplurals=2; plural=n != 1;",
        "nplurals=2; plural=(n != 1)",
        "nplurals=2;  plural=(n==1 ? 0 : 1);",
        "nplurals=3; plural=n == 1 ? 0 : n != 0 && n % 1000000 == 0 ? 1 : 2;",
    ],
)
def test_plural_forms_may_be_written_otherwise(checked: Project, header: str) -> None:
    replace(es(checked), "nplurals=2; plural=(n != 1);", header)
    assert said(checked) == []


def test_a_finding_names_file_line_context_and_both_texts(checked: Project) -> None:
    replace(es(checked), GAP, f"{GAP} 7")
    (finding,) = findings(checked)
    lines = es(checked).read_text(encoding="utf-8").split("\n")
    assert finding.problem.origin.file == ES
    assert lines[finding.problem.origin.line - 1] == f'msgstr "{GAP} 7"'
    assert (finding.context, finding.english) == ("boxes.gap", "Between two boxes.")
    assert finding.translation == f"{GAP} 7"
    assert finding.problem.hint == "write the numbers of the English, in digits, and no others"


def test_all_findings_are_told_at_once_in_order_of_their_lines(checked: Project) -> None:
    change(es(checked), lambda text: re.sub(r'(msgstr ".*)\{tablet_dose\}', r"\1{tablet}", text))
    change(es(checked), lambda text: re.sub(r'msgstr "eñe A rémark."', 'msgstr ""', text))
    lines = [finding.problem.origin.line for finding in findings(checked)]
    assert len(lines) > 2
    assert lines == sorted(lines)


def test_two_figures_of_one_kind_that_change_places_are_a_warning(checked: Project) -> None:
    source = checked.folder("leaflets") / f"{CONDITION}.yaml"
    replace(source, "facts:\n", "facts:\n  evening_dose: {kind: dose, value: 1 to 2, unit: mg, source: first_2020}\n")
    replace(source, "Between two boxes.", "Take {tablet_dose} early and {evening_dose} late.")
    update_catalogs(checked)
    change(
        es(checked),
        lambda text: re.sub(
            r'#, fuzzy\n(?:#\|.*\n)*(msgctxt "boxes.gap"\n.*\n)msgstr ".*"',
            r'\1msgstr "Tome {evening_dose} temprano y {tablet_dose} tarde."',
            text,
        ),
    )
    (finding,) = findings(checked)
    assert str(finding.problem).endswith(
        "warning: figures of one kind change places (in the English the order is {tablet_dose}, {evening_dose}; "
        "make sure that each stands with its own words)"
    )


def test_two_figures_of_different_kinds_that_change_places_are_a_warning(checked: Project) -> None:
    source = checked.folder("leaflets") / f"{CONDITION}.yaml"
    replace(source, "facts:\n", "facts:\n  wait: {kind: duration, value: 1 to 2, unit: week, source: first_2020}\n")
    replace(source, "Between two boxes.", "Take {tablet_dose} for {wait}.")
    update_catalogs(checked)
    change(
        es(checked),
        lambda text: re.sub(
            r'#, fuzzy\n(?:#\|.*\n)*(msgctxt "boxes.gap"\n.*\n)msgstr ".*"',
            r'\1msgstr "Tome {wait} durante {tablet_dose}."',
            text,
        ),
    )
    (finding,) = findings(checked)
    assert "warning: figures of different kinds change places" in str(finding.problem)


LONG = "This sentence is long enough to be counted among the others. Do it twice."


def long_texts(project: Project, *translations: str) -> None:
    """The leaflet with as many long texts, and their translations."""
    blocks = "".join(
        f"      - id: long_{number}\n        paragraph: {LONG} Number {name}.\n"
        for number, name in enumerate(("one", "two", "three", "four")[: len(translations)])
    )
    replace(project.folder("leaflets") / f"{CONDITION}.yaml", "      - id: gap\n", blocks + "      - id: gap\n")
    update_catalogs(project)
    for number, translation in enumerate(translations):
        empty = re.compile(rf'(msgctxt "boxes.long_{number}"\n.*\n)msgstr ""')
        change(es(project), partial(empty.sub, rf'\1msgstr "{translation}"'))


def test_a_translation_far_shorter_than_the_others_is_a_warning(checked: Project) -> None:
    whole = "Esta frase es bastante larga para contarse entre las demás. Hágalo dos veces. Número"
    long_texts(checked, f"{whole} uno.", f"{whole} dos.", f"{whole} tres.", "Es larga. Dos. Cuatro.")
    assert said(checked) == ["warning: far shorter than the other translations"]


def test_one_translation_for_two_texts_is_a_warning(checked: Project) -> None:
    whole = "Esta frase es bastante larga para contarse entre las demás. Hágalo dos veces. Número"
    long_texts(checked, f"{whole} uno.", f"{whole} uno.")
    (finding,) = (one for one in findings(checked) if one.problem.text.startswith("the same translation as at line "))
    assert finding.problem.hint == f'there the English is: "{LONG} Number one."'


def test_a_language_without_words_for_not_is_told(checked: Project) -> None:
    (checked.folder("locales") / "es" / "glossary.toml").unlink()
    assert said(checked) == ['warning: the glossary lists no words for "not" (negations)']


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('negation = ["no"]\n', '1:1: unknown key "negation" (did you mean "negations"?)'),
        ("negations = [\n", "not TOML"),
        ('[[terms]]\ntranslation = ["a"]\n', '1:1: terms lacks "term"'),
        ('[[terms]]\nterm = "a"\nkeep = "yes"\n', '3:8: keep "yes" is not a switch (true or false)'),
    ],
)
def test_a_broken_glossary_is_told_at_its_place(checked: Project, text: str, expected: str) -> None:
    (checked.folder("locales") / "es" / "glossary.toml").write_text(text, encoding="utf-8")
    (problem,) = (str(finding.problem) for finding in findings(checked))
    assert problem.startswith("locales/es/glossary.toml:")
    assert expected in problem


# --- status ---------------------------------------------------------------------------------------------------------

TODAY = date(2026, 3, 10)


def rows(project: Project, locale: str = "es") -> dict[tuple[str, str], Status]:
    found = read_translations(project, (locale,))
    return {
        (row.condition, row.audience): row
        for row in statuses(found.domains, found.locales, found.backtranslations, TODAY)
    }


def test_a_whole_translation_matches_the_english_of_now(checked: Project) -> None:
    found = rows(checked)
    assert list(found) == [("furniture", "all"), (CONDITION, "patient"), (CONDITION, "clinician")]
    for row in found.values():
        assert (row.fuzzy, row.missing, row.problems, row.words) == (0, 0, 0, 0)
        assert row.english == row.of
    assert found[CONDITION, "patient"].of == "1.2"
    assert found[CONDITION, "patient"].age == 10


def test_each_text_is_counted_once_by_its_state_for_each_audience(checked: Project) -> None:
    before = rows(checked)
    replace(es(checked), f'msgstr "{GAP}"', 'msgstr ""')
    change(es(checked), lambda text: re.sub(r'(msgstr ".*)\{tablet_dose\}', r"\1{tablet}", text, count=1))
    replace(es(checked), 'msgctxt "patient_only.words"', '#, fuzzy\nmsgctxt "patient_only.words"')
    after = rows(checked)
    patient, clinician = after[CONDITION, "patient"], after[CONDITION, "clinician"]
    assert (patient.missing, patient.problems, patient.fuzzy) == (1, 1, 1)
    assert (clinician.missing, clinician.problems, clinician.fuzzy) == (1, 1, 0)
    assert patient.translated == before[CONDITION, "patient"].translated - 3
    assert patient.words > clinician.words > 3
    assert patient.english is None


def test_the_version_that_was_last_whole_is_remembered(checked: Project) -> None:
    source = checked.folder("leaflets") / f"{CONDITION}.yaml"
    replace(source, 'version: "1.2"', 'version: "1.3"')
    replace(source, "Between two boxes.", "Betwixt two boxes.")
    update_catalogs(checked)
    assert (rows(checked)[CONDITION, "patient"].english, rows(checked)[CONDITION, "patient"].of) == ("1.2", "1.3")
    replace(source, 'version: "1.3"', 'version: "1.4"')
    update_catalogs(checked)
    assert (rows(checked)[CONDITION, "patient"].english, rows(checked)[CONDITION, "patient"].of) == ("1.2", "1.4")
    change(es(checked), lambda text: text.replace("#, fuzzy\n", ""))
    assert rows(checked)[CONDITION, "patient"].english == "1.4"


def test_a_catalog_that_is_missing_or_empty_has_no_age_and_no_version(checked: Project) -> None:
    es(checked).unlink()
    row = rows(checked)[CONDITION, "patient"]
    assert (row.translated, row.age, row.english) == (0, None, None)
    assert row.missing > 10
    update_catalogs(checked)
    assert rows(checked)[CONDITION, "patient"].age is None
    fill(es(checked), lambda text: by_rote("es", text))
    assert rows(checked)[CONDITION, "patient"].age == 10


def test_a_status_can_be_written_as_json(checked: Project) -> None:
    assert set(asdict(rows(checked)[CONDITION, "patient"])) == {
        "locale", "condition", "audience", "translated", "fuzzy", "missing", "problems", "words", "safety", "back",
        "english", "of",
        "age",
    }  # fmt: skip
