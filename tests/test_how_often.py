"""How often, by weight, in units that CLDR lacks: each language has its own words, and none that say another thing."""

import re
from pathlib import Path
from typing import Any

import pytest
from projects import CONDITION, TRANSLATED, catalog, change, composed, make_project, replace, see_figures, words

from leafletpress.build.library import Project, Wanted, read_library, read_translations
from leafletpress.compose.figures import written
from leafletpress.model.leaflet import Fact, bears_safety, messages
from leafletpress.model.text.amounts.comparison import differences
from leafletpress.model.text.amounts.reader import read
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.languages.words import OFTEN, OTHER
from leafletpress.read.located.files import Files
from leafletpress.read.program import program_folder

FILES = Files(program_folder())
NAMES = locale_names(FILES)
ENGLISH = read_locale(FILES, "en", (), None)[0]
LOCALES = {name: ENGLISH if name == "en" else read_locale(FILES, name, (), ENGLISH)[0] for name in NAMES}


def said(name: str, kind: Any, value: str, unit: str | None = None, *, in_full: bool = False) -> str:
    def pattern(key: str, values: Any) -> str:
        return " ".join(values.values()) if key == "range" else f"{values['dose']}/{key.removeprefix('per_')}"

    fact = Fact(kind, value, unit, ())
    return written(fact, LOCALES[name], pattern, in_full=in_full).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("en", "1 per day", "once a day"),
        ("en", "2 per day", "twice a day"),
        ("en", "3 per week", "3 times a week"),
        ("en", "1 to 2 per day", "1 2 times a day"),
        ("en", "every day", "every day"),
        ("en", "every 8 hours", "every 8 hours"),
        ("es", "1 per day", "1 vez al día"),
        ("es", "every 4 to 6 hours", "cada 4 6 horas"),
        ("uk", "2 per day", "2 рази на день"),
        ("uk", "5 per day", "5 разів на день"),
        ("uk", "every 21 days", "кожен 21 день"),
        ("pl", "every 2 weeks", "co 2 tygodnie"),
        ("pl", "every 12 hours", "co 12 godzin"),
        ("ar", "2 per day", "مرتين في اليوم"),
        ("ar", "every 8 hours", "كل 8 ساعات"),
        ("ar", "every 12 hours", "كل 12 ساعة"),
        ("tr", "every 8 hours", "8 saatte bir"),
        ("hi", "2 per day", "दिन में 2 बार"),
        ("zh_Hans", "every 2 months", "每2个月"),
    ],
)
def test_how_often_is_said_by_the_plural_forms_of_the_language(name: str, value: str, shown: str) -> None:
    assert said(name, "frequency", value) == shown


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("words", OFTEN)
def test_every_language_can_say_how_often_and_the_number_that_the_author_wrote(name: str, words: str) -> None:
    kind, _, unit = words.partition(" ")
    for number in (3, 5, 11, 21, 100):
        value = f"{number} per {unit}" if kind == "per" else f"every {number} {unit}s"
        assert said(name, "frequency", value).count(str(number)) == 1
    assert len({said(name, "frequency", f"{number} per day") for number in (1, 2, 3)}) == 3


@pytest.mark.parametrize(
    ("name", "kind", "value", "unit", "sign", "full"),
    [
        ("en", "dose", "800", "IU", "800 IU", "800 international units"),
        ("en", "dose", "1", "IU", "1 IU", "1 international unit"),
        ("es", "dose", "800", "IU", "800 UI", "800 unidades internacionales"),
        ("fr", "dose", "800", "IU", "800 UI", "800 unités internationales"),
        ("de", "dose", "800", "IU", "800 I.E.", "800 Internationale Einheiten"),
        ("uk", "dose", "2", "IU", "2 МО", "2 міжнародні одиниці"),
        ("en", "dose", "5 to 10", "mg/kg/day", "5 10 mg/kg/day", "5 10 mg/day for each kg of body weight"),
        ("en", "dose", "5", "microgram/kg", "5 micrograms/kg", "5 micrograms for each kg of body weight"),
        ("hi", "dose", "5", "mg/kg", "5 mg/kg", "शरीर के हर किलो वज़न के लिए 5 mg"),
        ("en", "measurement", "12.5", "micromol/L", "12.5 µmol/l", "12.5 micromol/l"),
        ("de", "measurement", "12.5", "micromol/L", "12,5 µmol/l", "12,5 µmol/l"),
        ("de", "measurement", "60", "mL/min/1.73m2", "60 mL/min/1,73 m²", "60 mL/min/1,73 m²"),
        ("uk", "measurement", "60", "mL/min/1.73m2", "60 мл/хв/1,73 м²", "60 мл/хв/1,73 м²"),
        ("en", "measurement", "2.6", "mmol/L", "2.6 mmol/l", "2.6 mmol/l"),
    ],
)
def test_a_unit_is_a_sign_for_clinicians_and_words_for_patients(
    name: str, kind: str, value: str, unit: str, sign: str, full: str
) -> None:
    assert said(name, kind, value, unit) == sign
    assert said(name, kind, value, unit, in_full=True) == full


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("unit", ["microgram", "microgram/kg", "microgram/kg/day"])
def test_no_reader_of_any_language_gets_the_sign_of_micrograms(name: str, unit: str) -> None:
    for in_full in (True, False):
        assert not {"\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}"} & {*said(name, "dose", "5", unit, in_full=in_full)}


@pytest.mark.parametrize("name", NAMES)
def test_a_translator_may_type_the_sign_of_international_units(name: str) -> None:
    locale: CatalogLocale = LOCALES[name]
    found = locale.words.signs.get("unit-international", "{number} IU").replace("{number}", "800")
    writing = locale.language.writing
    assert not [*differences(read("Take 800 IU.", ENGLISH.language.writing), read(found, writing), writing)]
    lost = [*differences(read("Take 800 IU.", ENGLISH.language.writing), read("800 mg", writing), writing)]
    assert lost


def often(project: Project) -> None:
    leaflet = project.root / "leaflets/every-block.yaml"
    replace(leaflet, "facts:\n", "facts:\n  often: {kind: frequency, value: 2 per day, source: first_2020}\n")
    replace(leaflet, "Between two boxes.", "Wash the skin {often}.")
    see_figures(project)
    entry = r'(msgid "Wash the skin \{often\}\."\nmsgstr ").*"'
    for name in TRANSLATED:
        change(catalog(project, name), lambda text: re.sub(entry, r'\1X {often}."', text))


def test_a_patient_reads_how_often_in_the_words_of_the_language(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    often(project)
    assert "Wash the skin twice\u00a0a\u00a0day." in words(composed(project, "en", "patient").handout)
    assert "X 2\u00a0veces\u00a0al\u00a0día." in words(composed(project, "es", "patient").handout)


def test_a_language_without_the_words_prints_english_and_says_why(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    often(project)
    path = project.root / "locales/es"
    path.rename(project.root / "locales/eo")
    for file in (project.root / "locales/eo").rglob("*.po"):
        file.write_text(file.read_text(encoding="utf-8").replace("Language: es", "Language: eo"), encoding="utf-8")
    settings = project.root / "locales/eo/locale.toml"
    text = settings.read_text(encoding="utf-8")
    text = text[: text.index("# How often")].replace('english_name = "Spanish"', 'english_name = "Esperanto"')
    settings.write_text(text, encoding="utf-8")
    made = composed(project, "eo", "patient")
    assert "Wash the skin twice\u00a0a\u00a0day." in words(made.handout)
    assert [(gap.reason, gap.issue) for gap in made.gaps if gap.origin.file == "locales/eo/locale.toml"] == [
        ("failing", 'the language has no words for "per day"')
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('"per day" = { other = "{number} a la semana" }', 'is written "{number} a la semana", which says week'),
        ('"per day" = { one = "1 vez", other = "{number} v" }', '"per day", one: "1 vez" does not say the number'),
        ('"per day" = { one = "{number} vez al día" }', 'words: "per day" lacks "other"'),
        ('"per dag" = { other = "{number} veces" }', 'unknown words "per dag" (did you mean "per day"?)'),
        ('"per day" = { many_more = "{number} veces" }', 'unknown plural form "many_more"'),
        ('"per day" = { other = "{numero} veces" }', "has the wrong form"),
    ],
)  # fmt: skip
def test_words_that_say_another_thing_are_refused_at_their_line(tmp_path: Path, line: str, said: str) -> None:
    project = make_project(tmp_path)
    path = project.root / "locales/es/locale.toml"
    lines = path.read_text(encoding="utf-8").splitlines()
    place = next(number for number, one in enumerate(lines, start=1) if one.startswith('"per day"'))
    lines[place - 1] = line
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = [str(problem) for problem in read_translations(project, ("es",)).problems]
    assert any(problem.startswith(f"locales/es/locale.toml:{place}:") and said in problem for problem in found), found


def test_how_often_something_is_taken_bears_safety(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    often(project)
    leaflet = read_library(project, Wanted(locales=("en",))).leaflets[CONDITION]
    assert [bears_safety(text, leaflet.facts) for text in messages(leaflet) if "{often}" in text.text] == [True]


def test_every_form_of_every_language_ends_in_one_that_all_numbers_take() -> None:
    for name, locale in LOCALES.items():
        for key, forms in locale.words.forms.items():
            assert OTHER in forms or [*forms] == ["sign"], (name, key)
