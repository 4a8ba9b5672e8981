"""Faults in words that were once printed or wrongly refused: each stays mended."""

from functools import cache

import babel
import pytest
from projects import ROOT

from leafletpress.model.text.fidelity import issues
from leafletpress.model.text.glossary import says
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.languages.plurals import counts_rightly
from leafletpress.read.located.files import Files
from leafletpress.translate.add import language_files


@cache
def language(name: str) -> CatalogLocale:
    return read_locale(Files(ROOT), name, (), None if name == "en" else language("en"))[0]


def errors(name: str, english: str, translation: str) -> list[str]:
    found = issues(english, translation, language(name).language, safety=False)
    return [issue.text for issue in found if issue.severity == "error"]


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        ("Take ½ tablet a day.", "Nehmen Sie täglich eine Tablette."),
        ("Take 1½ tablets a day.", "Nehmen Sie täglich 1 Tablette."),
        ("Take ¼ tablet a day.", "Nehmen Sie täglich ½ Tablette."),
        ("Stop it if eGFR is < 30.", "Absetzen, wenn die eGFR > 30 ist."),
        ("Call if the pressure is > 140/90.", "Anrufen, wenn der Druck < 140/90 ist."),
        ("Take 5 mg a day.", "Nehmen Sie täglich 5 g."),
        ("Take 5 mg per week.", "Nehmen Sie 5 mg pro Tag."),
        ("Keep it at −20 °C.", "Bei 20 °C aufbewahren."),
        ("It is 10⁹/L.", "Es sind 10⁶/L."),
        ("Use 20% cream.", "Verwenden Sie 20 Creme."),
    ],
)
def test_a_translation_that_changes_a_dose_a_limit_or_a_unit_is_an_error(english: str, translation: str) -> None:
    assert errors("de", english, translation)


@pytest.mark.parametrize(
    ("english", "translation"),
    [
        (
            "Write to skin.clinic.team@mail.nhs.example.org today.",
            "Schreiben Sie heute an skin.clinic.team@mail.nhs.example.org.",
        ),
        (
            "Ask the Royal National Hospital for Rheumatic Diseases.",
            "Fragen Sie das Royal National Hospital for Rheumatic Diseases.",
        ),
    ],
)
def test_addresses_and_names_are_not_still_english(english: str, translation: str) -> None:
    assert errors("de", english, translation) == []


@pytest.mark.parametrize(
    ("form", "typed"),
    [
        ("м’яс", "мʼясо"),
        ("м’яс", "м'ясо"),
        ("ra'yi labaad", "ra’yi labaad"),
        ("لا", "لَا"),
        ("ليس", "ليـس"),
        ("نہیں", "نہيں"),
        ("نہیں", "نهیں"),
        ("คำแนะนำ", "ค\u0e4d\u0e32แนะน\u0e4d\u0e32"),
        ("বিদ্যুৎ", "বিদ্যুত্\u200d"),
    ],
)
def test_what_readers_see_as_one_word_is_one(form: str, typed: str) -> None:
    assert says(typed, form) or says(typed, f"{form}*")


@pytest.mark.parametrize(
    ("locale", "header"),
    [
        ("ar", "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5;"),
        ("bn", "nplurals=2; plural=n > 1;"),
        ("hi", "nplurals=2; plural=n > 1;"),
        ("tr", "nplurals=2; plural=n != 1;"),
    ],
)
def test_the_plural_rules_of_cldr_are_those_of_the_language(locale: str, header: str) -> None:
    assert counts_rightly(header, babel.Locale.parse(locale))


def test_a_language_without_capitals_gets_none() -> None:
    settings = language_files(Files(ROOT), "ka")["locales/ka/locale.toml"].decode()
    assert 'own_name = "ქართული"' in settings
