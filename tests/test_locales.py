"""Figures and dates are written as each language writes them, always with ASCII digits and no hidden marks."""

import dataclasses
import re
from datetime import date
from decimal import Decimal

import babel
import pytest
from babel.units import format_unit
from projects import ROOT, replace

from leafletpress.build.library import Project
from leafletpress.model.facts import UNITS
from leafletpress.model.problems import LeafletError
from leafletpress.model.text.characters import forbidden_characters
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.located.files import Files

NAMES = tuple(locale_names(Files(ROOT)))
ALL_UNITS = sorted(unit for units in UNITS.values() for unit in units.values())
NUMBERS = ("0", "1", "2", "3", "4.9", "11", "100", "5218", "0.25")


def locale(name: str) -> CatalogLocale:
    english, _ = read_locale(Files(ROOT), "en", (), None)
    return english if name == "en" else read_locale(Files(ROOT), name, (), english)[0]


def test_shipped_locales_are_listed_english_first() -> None:
    assert locale_names(Files(ROOT))[0] == "en"
    assert len(NAMES) == 16


def ascii_digits(text: str) -> str:
    assert all(char.isascii() for char in text if char.isdecimal()), text
    assert list(forbidden_characters(text)) == [], ascii(text)
    return text.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("en", "5218", "5,218"), ("en", "4.9", "4.9"), ("en", "0.25", "0.25"), ("en", "1000000", "1,000,000"),
        ("es", "5218", "5218"), ("es", "4.9", "4,9"), ("es", "12345", "12.345"),
        ("ar", "5218", "5,218"), ("ar", "4.9", "4.9"),
        ("zh_Hans", "5218", "5,218"), ("zh_Hans", "4.9", "4.9"),
    ],
)  # fmt: skip
def test_numbers(name: str, value: str, shown: str) -> None:
    assert ascii_digits(locale(name).number(Decimal(value))) == shown


@pytest.mark.parametrize("name", NAMES)
def test_no_digit_of_a_number_is_rounded_away(name: str) -> None:
    for value in ("0.0625", "12.3456", "0.00001"):
        shown = ascii_digits(locale(name).number(Decimal(value)))
        assert shown.replace(",", ".") == value
        dose = ascii_digits(locale(name).quantity(Decimal(value), "mass-milligram"))
        assert value in dose.replace(",", ".")


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("en", "38", "38%"), ("en", "0.4", "0.4%"), ("en", "12.75", "12.75%"), ("en", "10", "10%"),
        ("es", "38", "38 %"), ("es", "0.4", "0,4 %"),
        ("ar", "38", "38%"), ("ar", "0.4", "0.4%"),
        ("zh_Hans", "38", "38%"), ("zh_Hans", "0.05", "0.05%"),
    ],
)  # fmt: skip
def test_percentages(name: str, value: str, shown: str) -> None:
    assert ascii_digits(locale(name).percent(Decimal(value))) == shown


@pytest.mark.parametrize(
    ("name", "value", "unit", "shown"),
    [
        ("en", "250", "mass-milligram", "250 mg"), ("es", "250", "mass-milligram", "250 mg"),
        ("en", "1", "duration-week", "1 week"), ("en", "2", "duration-week", "2 weeks"),
        ("en", "4.9", "duration-month", "4.9 months"), ("es", "4.9", "duration-month", "4,9 meses"),
        ("es", "1", "duration-day", "1 día"), ("zh_Hans", "3", "duration-day", "3天"),
        ("zh_Hans", "2", "duration-month", "2个月"),
        ("en", "38", "temperature-celsius", "38°C"), ("es", "38.5", "temperature-celsius", "38,5 °C"),
        ("en", "5", "concentr-millimole-per-liter", "5 mmol/l"),
        # What is printed decides on singular and plural: noughts at the end of a fraction are not.
        ("en", "1.0", "duration-year", "1 year"), ("es", "1.00", "duration-day", "1 día"),
        ("pl", "1.0", "duration-year", "1 rok"), ("pl", "5.0", "duration-month", "5 miesięcy"),
        ("en", "1200", "duration-day", "1,200 days"),
        ("en", "1", "mass-microgram", "1 microgram"), ("en", "100", "mass-microgram", "100 micrograms"),
        ("ar", "100", "mass-microgram", "100 ميكروغرام"), ("hi", "100", "mass-microgram", "100 माइक्रोग्राम"),
        ("pl", "1", "mass-microgram", "1 mikrogram"), ("pl", "2", "mass-microgram", "2 mikrogramy"),
        ("pl", "100", "mass-microgram", "100 mikrogramów"), ("pl", "2.5", "mass-microgram", "2,5 mikrograma"),
    ],
)  # fmt: skip
def test_quantities(name: str, value: str, unit: str, shown: str) -> None:
    assert ascii_digits(locale(name).quantity(Decimal(value), unit)) == shown


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("unit", ALL_UNITS)
def test_a_quantity_shows_its_number_once_and_never_the_id_of_its_unit(name: str, unit: str) -> None:
    language = locale(name)
    for value in map(Decimal, NUMBERS):
        shown = ascii_digits(language.quantity(value, unit)).replace("1.73", "").replace("1,73", "")
        assert shown.count(ascii_digits(language.number(value))) == 1, shown
        assert unit not in shown
        assert unit.split("-")[-1] not in shown or name in ("en", "es", "fr", "tr")  # that say "gram", "microgramos"
        assert shown.strip("0123456789., ") != ""


@pytest.mark.parametrize("name", NAMES)
def test_micrograms_are_written_in_full_for_their_sign_is_read_as_milligrams(name: str) -> None:
    language = locale(name)
    shown = language.quantity(Decimal(100), "mass-microgram")
    signs = (format_unit(100, "mass-microgram", length=length, locale=language.cldr) for length in ("short", "narrow"))
    assert not {"\N{MICRO SIGN}", "\N{GREEK SMALL LETTER MU}"} & {*shown}
    assert shown not in {*map(ascii_digits, signs), "100 mcg"}


def test_where_cldr_has_no_words_for_micrograms_their_sign_is_printed() -> None:
    frisian = dataclasses.replace(locale("en"), cldr=babel.Locale("fy"))
    assert ascii_digits(frisian.quantity(Decimal(100), "mass-microgram")) == "100 μg"


def test_a_language_may_write_the_sign_of_a_unit_otherwise(project: Project) -> None:
    path = project.folder("locales") / "es" / "locale.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[units]\nmg = "{number} Mg"\n', encoding="utf-8")
    english, _ = read_locale(project.files(), "en", (), None)
    spanish, _ = read_locale(project.files(), "es", (), english)
    assert spanish.quantity(Decimal("12345.5"), "mass-milligram") == "12.345,5 Mg"
    assert ascii_digits(spanish.quantity(Decimal(1), "mass-gram")) == "1 g"


@pytest.mark.parametrize("unit", ["duration-day", "duration-week", "duration-month", "duration-year"])
@pytest.mark.parametrize("value", ["1", "2"])
def test_arabic_keeps_the_digits_of_one_and_two(value: str, unit: str) -> None:
    assert value in locale("ar").quantity(Decimal(value), unit)


@pytest.mark.parametrize(
    ("name", "day", "month"),
    [
        ("en", "5 March 2026", "March 2026"),
        ("es", "5 de marzo de 2026", "marzo de 2026"),
        ("ar", "5 مارس 2026", "مارس 2026"),
        ("zh_Hans", "2026年3月5日", "2026年3月"),
    ],
)
def test_dates(name: str, day: str, month: str) -> None:
    assert ascii_digits(locale(name).day(date(2026, 3, 5))) == day
    assert ascii_digits(locale(name).month(date(2026, 3, 5))) == month


def test_a_locale_knows_its_tag_and_direction() -> None:
    arabic, chinese, english = locale("ar"), locale("zh_Hans"), locale("en")
    assert (arabic.tag, arabic.direction) == ("ar", "rtl")
    assert (chinese.tag, chinese.direction, chinese.english.name) == ("zh-Hans", "ltr", "en")
    assert english.english == english


def spoilt(project: Project, old: str, new: str) -> str:
    replace(project.folder("locales") / "es" / "locale.toml", old, new)
    english, _ = read_locale(project.files(), "en", (), None)
    with pytest.raises(LeafletError) as caught:
        read_locale(project.files(), "es", (), english)
    return str(caught.value).removeprefix("locales/es/locale.toml:")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("own_name", "own_nam", '1:1: unknown key "own_nam" (did you mean "own_name"?)'),
        ('"ltr"', '"left"', '3:13: unknown direction "left" (known: ltr, rtl)'),
        ("1.42", "0.5", '6:15: line_height "0.5" has the wrong form (a number between 1 and 3)'),
        ("1.42", '"tall"', '6:15: line_height "tall" is not a number (digits)'),
        ('["patient", "clinician"]', "[]", "4:13: audiences is an empty list"),
        (
            "line_height = 1.42\n",
            'line_height = 1.42\n[units]\nmgg = "{number} mg"\n',
            '8:1: unknown unit "mgg" (did you mean "mg"?)',
        ),
        (
            "line_height = 1.42\n",
            'line_height = 1.42\n[units]\nday = "{number} day"\n',
            '8:1: unknown unit "day"',
        ),
        (
            "line_height = 1.42\n",
            'line_height = 1.42\n[units]\nmg = "mg"\n',
            '8:6: mg "mg" has the wrong form (the sign and {number}, for example "{number} mg")',
        ),
    ],
)
def test_a_fault_in_a_locale_is_told_at_its_place(project: Project, old: str, new: str, said: str) -> None:
    assert said in spoilt(project, old, new)


def test_a_locale_that_cldr_lacks_asks_for_a_near_one(project: Project) -> None:
    path = project.folder("locales") / "es" / "locale.toml"
    path.write_text('cldr = "xx_YY"\n' + path.read_text())
    english, _ = read_locale(project.files(), "en", (), None)
    with pytest.raises(LeafletError, match=r'locales/es/locale\.toml:1:8: CLDR knows no locale "xx_YY"'):
        read_locale(project.files(), "es", (), english)


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("es", "direction =", 'cldr = "pt"\ndirection =', 'cldr = "pt" is Portuguese, and es is Spanish'),
        ("es", "direction =", 'cldr = "ar_EG"\ndirection =', 'cldr = "ar_EG" is Arabic (Egypt), and es is Spanish'),
        ("es", 'direction = "ltr"', 'direction = "rtl"', 'direction = "rtl" is not that of Spanish'),
        ("ar", 'direction = "rtl"', 'direction = "ltr"', 'direction = "ltr" is not that of Arabic'),
        ("zh_Hans", 'direction = "ltr"', 'direction = "rtl"', 'direction = "rtl" is not that of Chinese'),
    ],
)
def test_a_setting_that_contradicts_cldr_is_told_at_its_line(
    project: Project, name: str, old: str, new: str, said: str
) -> None:
    path = project.folder("locales") / name / "locale.toml"
    line = path.read_text(encoding="utf-8").partition(old)[0].count("\n") + 1
    replace(path, old, new)
    english, _ = read_locale(project.files(), "en", (), None)
    column = said.index('"') + 1
    with pytest.raises(LeafletError, match=re.escape(f"locales/{name}/locale.toml:{line}:{column}: {said}")):
        read_locale(project.files(), name, (), english)


def test_a_region_of_the_language_is_no_contradiction(project: Project) -> None:
    replace(project.folder("locales") / "es" / "locale.toml", "direction =", 'cldr = "es_MX"\ndirection =')
    english, _ = read_locale(project.files(), "en", (), None)
    assert read_locale(project.files(), "es", (), english)[0].cldr.territory == "MX"


def test_a_catalog_of_another_language_is_not_read(project: Project) -> None:
    path = project.folder("locales") / "es" / "LC_MESSAGES" / "furniture.po"
    replace(path, '"Language: es', '"Language: pt')
    english, _ = read_locale(project.files(), "en", (), None)
    found, problems = read_locale(project.files(), "es", ("furniture",), english)
    assert not found.holds("furniture")
    (problem,) = problems
    assert str(problem).startswith("locales/es/LC_MESSAGES/furniture.po:1:1: the header says that this is a catalog of")
    replace(path, '"Language: pt', '"Language: es-ES')
    assert read_locale(project.files(), "es", ("furniture",), english)[0].holds("furniture")


def test_the_catalog_that_is_missing_is_named_with_the_way_to_make_it() -> None:
    english, _ = read_locale(Files(ROOT), "en", (), None)
    found, problems = read_locale(Files(ROOT), "es", ("furniture", "absent"), english)
    assert [str(problem) for problem in problems] == [
        "locales/es/LC_MESSAGES/absent.po: this catalog does not exist (run: leafletpress catalogs update)"
    ]
    assert found.holds("furniture")
    assert not found.holds("furniture", "absent")
