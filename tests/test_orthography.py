"""What a keyboard or a paste does to a text is told: letters, digits, brackets, spaces, sentences, names."""

import tomllib
import unicodedata

import pytest
from known_languages import language
from projects import ROOT

from leafletpress.model.problems import Origin
from leafletpress.model.text.fidelity import issues
from leafletpress.model.text.orthography.alphabet import Alphabet, in_parts, letters
from leafletpress.read.languages.cldr import parse_cldr
from leafletpress.read.languages.letters import alphabet, spaced_signs

_FILE = ROOT / "tests" / "data" / "orthography" / "faults.toml"
FAULTS = [
    (fault["kind"], fault["english"], *text)
    for fault in tomllib.loads(_FILE.read_text(encoding="utf-8"))["faults"]
    for text in fault["texts"]
]

KINDS = {kind for kind, *_ in FAULTS}


def found(text: str, translation: str, name: str, *, safety: bool = False) -> list[tuple[str, str]]:
    return [(issue.rule, issue.severity) for issue in issues(text, translation, language(name), safety=safety)]


def of_cldr(name: str) -> Alphabet:
    return alphabet(parse_cldr(Origin("locale.toml"), name), "")


@pytest.mark.parametrize(("kind", "text", "name", "good", "bad"), FAULTS)
def test_a_planted_fault_is_told_and_the_good_translation_is_not(
    kind: str, text: str, name: str, good: str, bad: str
) -> None:
    assert not KINDS & dict(found(text, good, name)).keys()
    assert kind in dict(found(text, bad, name))


@pytest.mark.parametrize(("kind", "text", "name", "good", "bad"), FAULTS)
def test_it_keeps_a_safety_text_from_print_unless_it_changes_nothing_that_is_read(
    kind: str, text: str, name: str, good: str, bad: str
) -> None:
    del good
    assert dict(found(text, bad, name, safety=True))[kind] == ("warning" if kind == "spaces" else "error")
    assert dict(found(text, bad, name))[kind] == "warning"


@pytest.mark.parametrize(
    ("text", "translation", "name"),
    [
        ("An MRI shows it.", "МРТ або MRI це покаже.", "uk"),
        ("Vitamin D and β-blockers, 5 μg of TNFα", "Vitamina D y betabloqueantes β, 5 μg de TNFα", "es"),
        ("Vitamin D", "Вітамін D", "uk"),
        ("Köbner and Łukasz wrote it.", "Lo escribieron Köbner y Łukasz.", "es"),
        ("A CT scan", "做CT检查", "zh_Hans"),
        ("WhatsApp us", "WhatsAppல் எழுதுங்கள்", "ta"),
        ("It is kind.", "Es ist naïv.", "de"),
        ("Area 5 m²", "Площа 5 м²", "uk"),
        ("It is clear.", "তা পরিষ্কার হয়।", "bn"),  # as two characters and as one
        ("It is clear.", "তা পরিষ্কার হ\u09df।", "bn"),
        ("It hurts.", "يؤلمُّ.", "ar"),
    ],
)
def test_what_a_language_may_write_is_left_alone(text: str, translation: str, name: str) -> None:
    assert not KINDS & dict(found(text, translation, name)).keys()


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("pt_BR", "não", "nãо"),
        ("ru", "кожа", "кoжа"),
        ("el", "δέρμα", "δέρμa"),
        ("ro", "pielea și", "pielea şі"),
        ("fa", "پوست گرم", "پوسټ گرم"),
        ("sr_Latn", "koža", "коža"),
        ("ka", "კანი", "кანი"),
        ("zh_Hant", "請清洗傷口", "请清洗傷口"),
        ("zh_TW", "請清洗傷口", "請清洗伤口"),
        ("zh_CN", "请清洗伤口", "請清洗伤口"),
        ("ja", "傷を水で洗う", "傷を물で洗う"),
        ("ko", "상처를 씻으세요", "상처를 あ씻으세요"),
        ("am", "ቁስሉን እጠቡ", "ቁስሉን աእጠቡ"),
    ],
)
def test_a_language_that_is_added_has_the_letters_of_cldr(name: str, good: str, bad: str) -> None:
    assert list(letters("", good, of_cldr(name), "error")) == []
    assert [issue.severity for issue in letters("", bad, of_cldr(name), "error")]


def test_a_language_that_cldr_has_no_letters_of_is_held_to_one_script_a_word() -> None:
    assert list(letters("", "ħøþđ ж", Alphabet(), "error")) == []
    assert len(list(letters("", "ħжþ", Alphabet(), "error"))) == 1


@pytest.mark.parametrize("text", ["esta\u0301", "bru\u0302lante", "no\u0301ng", "І\u0308ї", "ا\u0654صبح"])
def test_a_letter_in_two_characters_is_told_where_it_is_typed(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    (issue,) = in_parts(f"A {text}")
    assert issue.severity == "warning"
    assert "two characters" in issue.text
    assert list(in_parts(composed)) == []


def test_letters_of_its_own_are_added_in_locale_toml() -> None:
    cldr = parse_cldr(Origin("locale.toml"), "pl")
    assert list(letters("", "ǆ", alphabet(cldr, ""), "error"))
    assert list(letters("", "ǆǄ", alphabet(cldr, "ǆ"), "error")) == []


@pytest.mark.parametrize(("name", "signs"), [("fr", ";:!?"), ("fr_CH", ";:!?"), ("fr_CA", ":"), ("es", "")])
def test_french_alone_keeps_signs_apart_and_in_canada_the_colon(name: str, signs: str) -> None:
    assert spaced_signs(parse_cldr(Origin("locale.toml"), name)) == signs


def test_what_differs_is_shown_in_its_word() -> None:
    (issue,) = letters("", "Wаsser", of_cldr("de"), "error")
    assert issue.text == (
        'letters of two scripts in "Wаsser": W (U+0057 latin capital letter w) and а (U+0430 cyrillic small letter a)'
    )


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("es", "Tome {dose} al día.", "Tome al menos {dose} al día."),
        ("es", "Tome {dose} al día.", "Tome como máximo {dose} al día."),
        ("fr", "Prenez {dose} par jour.", "Prenez au moins {dose} par jour."),
        ("de", "Nehmen Sie {dose} am Tag.", "Nehmen Sie mindestens {dose} am Tag."),
        ("pl", "Proszę brać {dose} na dzień.", "Proszę brać co najmniej {dose} na dzień."),
        ("uk", "Приймайте {dose} на день.", "Приймайте не менше {dose} на день."),
        ("ar", "تناول {dose} يوميًا.", "تناول أكثر من {dose} يوميًا."),
        ("zh_Hans", "每天服用 {dose}。", "每天服用超过 {dose}。"),
    ],
)
def test_a_limit_that_the_english_has_not_is_told(name: str, good: str, bad: str) -> None:
    assert dict(found("Take {dose} a day.", good, name, safety=True)).get("number") is None
    assert dict(found("Take {dose} a day.", bad, name, safety=True))["number"] == "error"
    assert dict(found("Take {dose} a day.", bad, name))["number"] == "warning"


@pytest.mark.parametrize(("name", "text"), [("de", "{low} bis {high}"), ("th", "{low} ถึง {high}")])
def test_a_word_at_the_end_of_a_range_is_no_limit(name: str, text: str) -> None:
    assert "number" not in dict(found("{low} to {high}", text, name))


@pytest.mark.parametrize(("name", "text"), [("de", "{dose} über {weeks}"), ("vi", "{dose} trong {weeks}")])
def test_a_word_for_how_long_is_no_limit(name: str, text: str) -> None:
    assert "number" not in dict(found("{dose} for {weeks}", text, name))
