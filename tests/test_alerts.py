"""What a change report marks and puts first: every change of a figure, in every script, and each lost "not"."""

import pytest

from leafletpress.compare.alerts import Alert, Speech, alerts, alike_in_all_languages, figures
from leafletpress.compare.marks import in_islands, marked, merged
from leafletpress.compare.passages import Passage, folded
from leafletpress.model.handout import Run, Text

ENGLISH = Speech("English", (), is_english=True)
SPANISH = Speech("Spanish", ("no", "nunca"))
CHINESE = Speech("Chinese", ("不要", "不"))


def passage(words: str, box: str = "", *, raised: bool = False) -> Passage:
    """A passage whose words between stars are strong."""
    runs = tuple(Run(part, strong=bool(at % 2), raised=raised) for at, part in enumerate(words.split("*")) if part)
    return Passage(Text(runs, "en", "ltr"), "help", "p", box)


def text(words: str) -> Text:
    return passage(words).text


def concerns(old: str, new: str, speech: Speech = ENGLISH) -> list[str]:
    return [alert.concern for alert in alerts(passage(old), passage(new), speech)]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("Take 2.5 ml.", ["2.5 ml"]),
        ("Take 2,5 ml.", ["2,5 ml"]),
        ("5 to 10 mg/kg a day", ["5 to", "10 mg/kg"]),
        ("5\u00a0mg", ["5 mg"]),
        ("Call +44 20 7946 0958 now", ["+44 20 7946 0958"]),
        ("at 38\u00a0°C or 20%", ["38 °C", "20%"]),
        ("খাবেন ৫ মিলিগ্রাম", ["5 মিলিগ্রাম"]),
        ("٢٫٥ ملغ", ["2٫5 ملغ"]),
        ("服用5毫克。", ["5毫克"]),
        ("less than <3 days", ["<3 days"]),
        ("nothing", []),
    ],
)
def test_figures_stand_with_their_units_in_every_script(words: str, found: list[str]) -> None:
    assert figures(words) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Take 5 mg.", "Take 50 mg."),
        ("Take 5 mg.", "Take 5 g."),
        ("Take 2.5 ml.", "Take 25 ml."),
        ("Take >5 mg.", "Take <5 mg."),
        ("Take 5 mg, then 10 mg.", "Take 10 mg, then 5 mg."),
        ("Call 020 7946 0958", "Call 020 0958 7946"),
        ("Take 5 mg.", "Take it."),
        ("खुराक ५ मिग्रा लें", "खुराक ५० मिग्रा लें"),
        ("服用5毫克。", "服用50毫克。"),
    ],
)
def test_every_change_of_a_figure_is_told(old: str, new: str) -> None:
    assert concerns(old, new)[0] == "figure"


@pytest.mark.parametrize(
    ("old", "new", "speech"),
    [
        ("Do *not* stop.", "Do stop.", ENGLISH),
        ("You can’t stop.", "You can stop.", ENGLISH),
        ("Never stop.", "Stop.", ENGLISH),
        ("Do not stop; drink.", "Do stop; do not drink.", ENGLISH),
        ("*No* lo deje.", "Lo deje.", SPANISH),
        ("不要停药。", "要停药。", CHINESE),
    ],
)
def test_a_not_that_went_or_moved_is_told(old: str, new: str, speech: Speech) -> None:
    assert "not" in concerns(old, new, speech)


def test_a_not_that_stays_is_no_alert() -> None:
    assert concerns("Do *not* stop the tablets.", "Do *not* stop the pills.") == []


def test_amounts_and_directions_in_words_are_told() -> None:
    assert concerns("one tablet", "two tablets") == ["amount"]
    assert concerns("one in the morning, two in the evening", "two in the morning, one in the evening") == ["amount"]


def test_other_words_around_a_figure_are_told_last() -> None:
    assert concerns("Children take 5 mg.", "Babies take 5 mg.") == ["around"]


def test_another_box_and_any_change_in_a_box_is_told() -> None:
    assert alerts(passage("Call", "now"), passage("Call", "soon"), ENGLISH) == (Alert("box", ("now",), ("soon",)),)
    assert alerts(passage("Call", "now"), passage("Phone", "now"), ENGLISH) == (Alert("box", ("now",), ("now",)),)
    assert alerts(passage("Call", "now"), None, ENGLISH) == (Alert("box", ("now",), ()),)


def test_strong_words_that_lost_their_weight_are_told() -> None:
    assert alerts(passage("a *hot* joint"), passage("a hot joint"), ENGLISH) == (Alert("strong", ("hot",), ()),)


def test_an_address_behind_the_same_words_is_told() -> None:
    old, new = (Passage(Text((Run("call us", link=link),)), "help", "p") for link in ("tel:1", "tel:2"))
    assert alerts(old, new, ENGLISH) == (Alert("address", ("tel:1",), ("tel:2",)),)


def test_reference_numbers_are_no_figures() -> None:
    old, new = (passage(f"[{number}]", raised=True) for number in (1, 2))
    assert alerts(old, new, ENGLISH) == ()


def test_the_same_change_is_known_in_another_language_and_another_unit_is_not() -> None:
    english = Alert("figure", ("5 mg",), ("50 mg",))
    assert alike_in_all_languages(english) == alike_in_all_languages(Alert("figure", ("5 ملغ",), ("50 ملغ",)))
    assert alike_in_all_languages(english) != alike_in_all_languages(Alert("figure", ("5 ملغ",), ("50 غ",)))
    assert alike_in_all_languages(english) != alike_in_all_languages(Alert("figure", ("5 mg",), ("500 mg",)))


def test_an_island_of_several_runs_is_shown_as_one_and_what_replaced_it_beside_it() -> None:
    old, new = (
        Text((Run("خذ "), Run(dose, strong=True, island=True), Run(" mg", island=True), Run(" هنا")), "ar", "rtl")
        for dose in ("5", "50")
    )
    both = ["".join(mark.run.text for mark in group) for group in in_islands(merged(old, new))]
    assert both == ["خذ ", "5", "50 mg", " هنا"]
    assert ["".join(mark.run.text for mark in group) for group in in_islands(marked(old, new)[1])] == [
        "خذ ",
        "50 mg",
        " هنا",
    ]


def test_marks_are_on_whole_words_figures_and_islands() -> None:
    old, new = marked(text("Take 2.5 ml of syrup."), text("Take 25 ml of sirup."))
    assert [mark.run.text for mark in old if mark.change] == ["2.5", "syrup"]
    assert [mark.run.text for mark in new if mark.change] == ["25", "sirup"]
    arabic = Text((Run("اتصل "), Run("+44 20 7946", island=True)), "ar", "rtl")
    other = Text((Run("اتصل "), Run("+44 20 6497", island=True)), "ar", "rtl")
    assert [mark.run.text for mark in marked(arabic, other)[1] if mark.change] == ["+44 20 6497"]


def test_letters_keep_their_marks_and_scripts_without_spaces_are_marked_by_letters() -> None:
    assert [mark.run.text for mark in marked(text("दवा न लें"), text("दवा लें"))[0] if mark.change] == ["न "]
    assert [mark.run.text for mark in marked(text("不要停药，每天"), text("要停药，每天"))[0] if mark.change] == ["不"]
    assert [mark.run.text for mark in marked(text("กินยานี้ทุกวัน"), text("กินยานั้ทุกวัน"))[0] if mark.change] == ["นี้"]


@pytest.mark.parametrize(
    ("old", "new"),
    [("Do *not* stop, ever.", "Do stop. Ever!"), ("one two three", "four five six"), ("", "a b"), ("a, b", "a; b, c")],
)
def test_marks_never_lose_a_word(old: str, new: str) -> None:
    both = merged(text(old), text(new))
    assert "".join(mark.run.text for mark in both if mark.change != "come") == old.replace("*", "")
    assert "".join(mark.run.text for mark in both if mark.change != "gone") == new.replace("*", "")


def test_spaces_are_single_and_no_break_spaces_stay() -> None:
    runs = folded([Run(" 5\u00a0mg \n"), Run(" a", strong=True), Run("  ", strong=True), Run(" day ")])
    assert [run.text for run in runs] == ["5\u00a0mg ", "a ", "day"]
