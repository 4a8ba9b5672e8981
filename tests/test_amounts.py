"""A translation keeps every amount in its own way of writing, in all languages; a planted fault never passes."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from leafletpress.model.text.amounts.comparison import Difference, differences
from leafletpress.model.text.amounts.reader import read
from leafletpress.model.text.amounts.writing import Writing
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.located.files import Files

ROOT = Path(__file__).parent.parent
TABLES = ROOT / "tests" / "data" / "amounts"
ENGLISH: dict[str, str] = tomllib.loads((TABLES / "en.toml").read_text(encoding="utf-8"))
LANGUAGES = sorted(table.stem for table in TABLES.glob("*.toml") if table.stem != "en")

Case = tuple[str, str, str]


@cache
def language(name: str) -> CatalogLocale:
    files = Files(ROOT)
    return read_locale(files, name, (), None if name == "en" else language("en"))[0]


def cases(part: str) -> list[Case]:
    tables = {name: tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))[part] for name in LANGUAGES}
    return [
        (name, kind, text) for name, table in tables.items() for kind, texts in table.items() for text in texts
    ]  # fmt: skip


def passing(part: str) -> list[Case]:
    table = tomllib.loads((ROOT / "tests" / "data" / "amounts_in_passing.toml").read_text(encoding="utf-8"))[part]
    return [(name, english, text) for name, pairs in table.items() for english, text in pairs]


def found(name: str, english: str, translation: str) -> list[Difference]:
    known = language(name).language
    return list(differences(read(english, known.english), read(translation, known.writing), known.writing))


def errors(name: str, english: str, translation: str) -> list[str]:
    return [one.text for one in found(name, english, translation) if one.severity == "error"]


@pytest.mark.parametrize(("name", "kind", "translation"), cases("kept"))
def test_what_a_language_writes_in_its_own_way_raises_no_alarm(name: str, kind: str, translation: str) -> None:
    assert found(name, ENGLISH[kind], translation) == []


@pytest.mark.parametrize(("name", "kind", "translation"), cases("faults"))
def test_a_planted_fault_is_an_error(name: str, kind: str, translation: str) -> None:
    assert errors(name, ENGLISH[kind], translation)


@pytest.mark.parametrize(("name", "english", "translation"), passing("kept"))
def test_what_leaflets_say_in_passing_raises_no_alarm(name: str, english: str, translation: str) -> None:
    assert found(name, english, translation) == []


@pytest.mark.parametrize(("name", "english", "translation"), passing("faults"))
def test_a_fault_in_passing_is_an_error(name: str, english: str, translation: str) -> None:
    assert errors(name, english, translation)


def test_every_language_has_every_kind_of_fault() -> None:
    assert len(LANGUAGES) == 15
    assert {(name, kind) for name, kind, _ in cases("faults")} == {
        (name, kind) for name in LANGUAGES for kind in ENGLISH
    }
    assert {(name, kind) for name, kind, _ in cases("kept")} == {(name, kind) for name in LANGUAGES for kind in ENGLISH}


@pytest.mark.parametrize(
    ("english", "german", "said"),
    [
        ("Take 5 mg.", "Nehmen Sie 5 g.", 'unit: "5 mg" in the English, "5 g" in the translation'),
        ("If it is < 30.", "Wenn es > 30 ist.", '< became >: "< 30" in the English, "> 30" in the translation'),
        ("If it is ≤ 30.", "Wenn es < 30 ist.", '≤ became <: "≤ 30" in the English, "< 30" in the translation'),
        ("If it is ⩾ 30.", "Wenn es 30 ist.", 'sign ≥ is missing: "⩾ 30" in the English, "30" in the translation'),
        ("It is 30.", "Es ist > 30.", 'sign > is not in the English: "30" in the English, "> 30" in the translation'),
        ("It is ±5.", "Es ist 5.", 'sign ± is missing: "±5" in the English, "5" in the translation'),
        ("At −20 °C.", "Bei 20 °C.", 'minus sign: "−20 °C" in the English, "20 °C" in the translation'),
        ("At 20 °C.", "Bei –20 °C.", 'minus sign: "20 °C" in the English, "–20 °C" in the translation'),
        ("Take ½ tablet.", "Eine Tablette.", "number ½ is missing"),
        ("Take 1½ tablets.", "1 Tablette.", "number 1½ is missing"),
        ("It is 10⁹/L.", "Es sind 10⁶/L.", "number 10⁹ is missing"),
        ("In mg²/dL².", "In mg²/dL.", "raised digits 2, in the English 2, 2"),
        ("Take 5 mg/kg.", "5 mg/Tag.", 'rate "kg" is missing, there is "tag"'),
        ("2 to 4 weeks", "4 bis 2 Wochen", 'the ends of the range change places: "2" and "4 weeks"'),
        ("{low} to {high}", "{high} bis {low}", 'the ends of the range change places: "{low}" and "{high}"'),
        ("{page} of {pages}", "{pages} von {page}", '"{page}" is the part of "{pages}" in the English, not in'),
        ("5 mg a day, then 10 mg a week", "5 mg pro Woche, dann 10 mg pro Tag", 'rates of "5 mg" and "10 mg" change'),
        ("On 3 May 2027", "Am 3. Juni 2027", "number 3 May 2027 is missing"),
        ("On 3 May", "Am 3. Juni", 'month "may" is missing'),
        ("It is < {most}.", "Es ist > {most}.", '< became >: "< {most}" in the English, "> {most}" in the translation'),
        ("{days} a week", "{days} am Tag", 'rate "week" is missing, there is "tag"'),
    ],
)  # fmt: skip
def test_what_differs_is_told_with_both_texts(english: str, german: str, said: str) -> None:
    assert any(said in text for text in errors("de", english, german)), errors("de", english, german)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("About FGF23, IL-1 and CO₂.", "Über FGF23, IL-1 und Kohlendioxid."),
        ("Vitamin B12", "Vitamin B12"),
        ("It may take 3 days.", "Es kann 3 Tage dauern."),
        ("From 9:00 to 17:00", "Von 9 bis 17 Uhr"),
        ("Take 2.50 mg", "2,5 mg nehmen"),
        ("In 0.125 mg", "In 0,125 mg"),
        ("Nothing here", "Nichts hier"),
        ("At 25 ± 2 °C", "Bei 25 ± 2 °C"),
        ("5 mg a day, then 10 mg a week", "Täglich 5 mg, danach wöchentlich 10 mg"),
        ("It is ≥ 10 mg/kg", "Es sind ≥10 mg/kg"),
        ("Between 5 and 10 mg", "Zwischen 5 mg und 10 mg"),
    ],
)
def test_names_and_other_writings_raise_no_alarm(english: str, german: str) -> None:
    assert found("de", english, german) == []


@pytest.mark.parametrize(
    ("name", "english", "translation", "is_kept"),
    [
        ("hi", "Give 1,00,000 units", "१,००,००० यूनिट दें", True),
        ("hi", "Give 100,000 units", "1,00,000 यूनिट दें", True),
        ("hi", "Give 100,000 units", "10,00,000 यूनिट दें", False),
        ("hi", "{part} of {whole}", "{whole} में से {part}", True),
        ("hi", "{part} of {whole}", "{part} में से {whole}", False),
        ("hi", "Page {page} of {pages}", "पेज {page}, कुल पेज {pages}", True),
        ("hi", "Page {page} of {pages}", "पेज {pages}, कुल पेज {page}", False),
        ("zh_Hans", "{part} in {whole}", "每{whole}人中有{part}人", True),
        ("zh_Hans", "{part} in {whole}", "每{part}人中有{whole}人", False),
        ("ar", "For 2 days", "لمدة يومين", True),
        ("ar", "For 2 days", "لمدة أسبوعين", False),
        ("th", "On 3 May 2027", "วันที่ 3 พฤษภาคม 2570", True),
        ("th", "On 3 May 2027", "วันที่ 3 พฤษภาคม 2569", False),
    ],
)
def test_each_language_has_its_own_ways(name: str, english: str, translation: str, is_kept: bool) -> None:
    assert (found(name, english, translation) == []) is is_kept


@pytest.mark.parametrize(
    ("english", "translation", "is_kept"),
    [
        ("Take 1,250 mg or 2.5 mg", "1250 mg, 2.5 mg", True),
        ("Take 2.5 mg", "5.2 mg", False),
        ("Take 1.250 mg", "1250 mg", False),
        ("In 3 of 10 cases", "٣ من ١٠", True),
        ("In 3 of 10 cases", "3 von 100", False),
        ("In 3 cases", "drei Mal", False),
        ("In three cases", "3 Mal", False),
        ("< 30", "> 30", False),
        ("½", "½", True),
        ("9" * 5_000, "9" * 5_000, True),
        ("10" + "⁹" * 50, "10" + "⁹" * 50, True),
    ],
)
def test_without_any_words_of_a_language_figures_and_signs_are_kept(
    english: str, translation: str, is_kept: bool
) -> None:
    nothing = Writing()
    differ = list(differences(read(english, nothing), read(translation, nothing), nothing))
    assert (differ == []) is is_kept


@pytest.mark.parametrize(
    ("name", "english", "good", "bad"),
    [
        ("es", "Wait three days.", "Espere tres días.", "Espere trece días."),
        ("de", "Take two tablets.", "Nehmen Sie zwei Tabletten.", "Nehmen Sie drei Tabletten."),
        ("pl", "Come back in two weeks.", "Proszę wrócić za dwa tygodnie.", "Proszę wrócić za dwa miesiące."),
        ("uk", "Take half a tablet.", "Прийміть пів таблетки.", "Прийміть таблетку."),
        ("th", "Take half a tablet.", "กินครึ่งเม็ด", "กินหนึ่งเม็ด"),
        ("ar", "Wait three days.", "انتظر ثلاثة أيام.", "انتظر ثمانية أيام."),
        ("bn", "Take it twice a day.", "দিনে দুবার খান।", "দিনে তিনবার খান।"),
        ("zh_Hans", "Take two tablets.", "服用两片。", "服用三片。"),
        ("zh_Hans", "Take two tablets.", "服用2片。", "服用3片。"),
        ("so", "Wait three days.", "Sug saddex maalmood.", "Sug siddeed maalmood."),
    ],
)
def test_a_number_in_words_is_kept_in_words_or_figures(name: str, english: str, good: str, bad: str) -> None:
    assert found(name, english, good) == []
    assert found(name, english, bad)


def test_a_number_in_words_that_is_lost_is_a_doubt_and_figures_are_no_words() -> None:
    assert [one.severity for one in found("es", "Wait three days.", "Espere.")] == ["doubt"]
    assert errors("es", "Wait 3 days.", "Espere tres días.")


@pytest.mark.parametrize(
    ("name", "english", "translation"),
    [
        ("es", "Wait half an hour.", "Espere 30."),
        ("es", "One is here. A third is there.", "Uno está aquí. Otro está allí."),
        ("ar", "Take two tablets.", "تناول قرصين."),
        ("tr", "Take six tablets.", "Altı tablet alın."),
        ("pl", "For people aged 65 and over.", "Dla osób w wieku 65 lat i starszych."),
    ],
)
def test_what_has_no_sure_word_in_a_language_raises_no_alarm(name: str, english: str, translation: str) -> None:
    assert not [one for one in found(name, english, translation) if "in words" in one.hint or one.severity == "doubt"]


def test_a_limit_in_words_that_is_not_seen_is_a_warning() -> None:
    (one,) = found("de", "Above 38 °C.", "Bei 38 °C.")
    assert (one.severity, one.text.split(":")[0]) == ("warning", '"more than" of the English is not seen')
