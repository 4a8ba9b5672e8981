"""No line is broken in a quantity, before a sign that has a space, or behind a one-letter word that leads up."""

import re

import pytest
from projects import composed, shipped_project

from leafletpress.model.handout import Run, Text, texts
from leafletpress.model.text.quantities import LONGEST, in_one_line, kept_together
from leafletpress.write.typography import breakable, tied


def whole(*runs: Run) -> list[str]:
    """What of a text no line may part, though it holds no space that breaks."""
    return ["".join(run.text for run in stretch.runs) for stretch in tied(Text(runs)) if stretch.whole]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Take 2 to 4 tablets a day.", "Take_2_to_4_tablets a day."),
        ("If it bleeds, call 999 now.", "If it bleeds, call_999_now."),
        ("Rufen Sie sofort 112 an.", "Rufen Sie sofort 112_an."),
        ("the figure on page 3, then", "the figure on page_3, then"),
        ("خذ 5 mg يوميا", "خذ_5_mg يوميا"),
        ("ทาน 5 มก. ต่อวัน", "ทาน_5_มก. ต่อวัน"),
        ("at 38 °C or more", "at_38_°C or more"),
        ("about 10 000 people", "about_10_000_people"),
        ("in 2019, then 3. Next", "in_2019, then_3. Next"),
        ("no number here", "no number here"),
    ],
)
def test_a_number_stays_with_its_word_and_a_short_word_with_its_number(text: str, kept: str) -> None:
    assert kept_together(text, "en").replace("\u00a0", "_") == kept


@pytest.mark.parametrize("language", ["fr", "fr-CA", "en", "ar"])
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("« mon mot » et voici", "«_mon mot_» et voici"),
        ("(« encore »), oui ; puis voilà !", "(«_encore_»), oui_; puis voilà_!"),
        ("Que faire ? Ceci : lire", "Que faire_? Ceci_: lire"),
        ("‹ mot › ?", "‹_mot_›_?"),
        (" ; mot ", "_; mot "),
        ("un « ", "un «_"),
        ("er sagte »Wort« und ging", "er sagte »Wort« und ging"),
        ("das „Wort“ dort, the dogs’ bones", "das „Wort“ dort, the dogs’ bones"),
        ("in the ’90s :it", "in the ’90s :it"),
    ],
)
def test_a_sign_that_has_a_space_stays_with_its_word(text: str, kept: str, language: str) -> None:
    assert kept_together(text, language).replace("\u00a0", "_") == kept


@pytest.mark.parametrize(
    ("language", "text", "kept"),
    [
        ("pl", "Wizyta z tobą i z nami, a (w domu) też", "Wizyta z_tobą i_z_nami, a_(w_domu) też"),
        ("pl", "W skórze. Witamina D jest z ", "W_skórze. Witamina D jest z_"),
        ("pl", "w ciągu 2 dni, o 5 rano", "w_ciągu_2_dni, o_5_rano"),
        ("cs", "V kůži k lékaři", "V_kůži k_lékaři"),
        ("uk", "У воді й на «і так»", "У_воді й_на «і_так»"),
        ("en", "I take a pill", "I take a pill"),
        ("es", "pan y vino o agua", "pan y vino o agua"),
    ],
)
def test_a_one_letter_word_stays_with_the_next_where_typesetters_want_it(language: str, text: str, kept: str) -> None:
    assert kept_together(text, language).replace("\u00a0", "_") == kept


@pytest.mark.parametrize(
    ("locale", "broken"),
    [("fr", " [;:!?»]|« "), ("pl", r"(?i)(?<!\w)[aiouwz] "), ("uk", r"(?i)(?<![\w'’])[авзійоу] ")],
)
def test_texts_are_composed_by_the_rule_of_their_language(locale: str, broken: str) -> None:
    printed = texts(composed(shipped_project(), locale, "patient").handout)
    said = [str(text) for text in printed if text.language is None]
    assert [text for text in said if re.search(broken, text)] == []
    assert any(re.search(broken, text.replace("\u00a0", " ")) for text in said)


def test_a_long_word_keeps_its_sign() -> None:
    word = "anticonstitutionnellement"
    assert kept_together(f"{word} ?", "fr") == f"{word}\u00a0?"


def test_what_would_leave_a_narrow_column_may_be_broken() -> None:
    assert kept_together("480 Milligrammtablettenpackungen", "de") == "480 Milligrammtablettenpackungen"
    for text in ("from 240 to 480 milligrams/square metre", "2 to 4 to 6 to 8 to 10 to 12 to 14 days"):
        assert " " in in_one_line(text, "en")
        assert max(map(len, in_one_line(text, "en").split(" "))) <= LONGEST
    assert in_one_line("240 to 480 mg/day", "en") == "240\u00a0to\u00a0480\u00a0mg/day"


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("take 480\u00a0mg/day of it", ["480\u00a0mg/day"]),
        ("for 5–10\u00a0days and/or more", ["5–10\u00a0days"]),
        ("240\u00a0มก./วัน ต่อ", ["240\u00a0มก./วัน"]),
        ("每天240至480毫克/天。", ["天240至480毫克/天"]),
        ("请立即拨打999。", ["打999"]),
        ("either/or, at nhs.example/page", []),
        ("一二三四。", []),
    ],
)
def test_a_quantity_is_not_broken_at_a_slash_a_dash_or_a_han_character(text: str, kept: list[str]) -> None:
    assert whole(Run(text)) == kept
    assert "".join(run.text for stretch in tied(Text((Run(text),))) for run in stretch.runs) == text


@pytest.mark.parametrize(("text", "kept"), [("78例中34例", "34例"), ("每天0.5毫克", "0.5毫克"), ("改善患者", "善患者")])
def test_a_reference_number_leaves_a_number_with_its_han_characters(text: str, kept: str) -> None:
    assert whole(Run(text), Run("[1]", raised=True))[-1] == f"{kept}[1]"


def test_a_browser_may_break_an_address_behind_each_slash() -> None:
    assert breakable("nhs.example/a&b/c") == "nhs.example/<wbr>a&amp;b/<wbr>c"
    assert breakable(Text((Run("nhs.example/"), Run("page")))) == "nhs.example/<wbr>page"


def test_an_island_is_whole_or_left_as_it_is_and_keeps_its_reference_number() -> None:
    dose, number = Run("480\u00a0mg/day", island=True), Run("[1]", raised=True, island=True)
    assert whole(Run("نص "), dose, number) == ["480\u00a0mg/day[1]"]
    assert whole(Run("نص "), dose, Run(" نص")) == ["480\u00a0mg/day"]
    assert whole(Run("480 mg/day of something that is long", island=True)) == []
