"""A number is printed in one line with its unit, its rate and the short word that leads up to it, in every language."""

import pytest

from leafletpress.model.handout import Run, Text
from leafletpress.model.text.quantities import LONGEST, in_one_line, kept_together
from leafletpress.write.typography import tied


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
    assert kept_together(text).replace("\u00a0", "_") == kept


def test_what_would_leave_a_narrow_column_may_be_broken() -> None:
    assert kept_together("480 Milligrammtablettenpackungen") == "480 Milligrammtablettenpackungen"
    for text in ("from 240 to 480 milligrams/square metre", "2 to 4 to 6 to 8 to 10 to 12 to 14 days"):
        assert " " in in_one_line(text)
        assert max(map(len, in_one_line(text).split(" "))) <= LONGEST
    assert in_one_line("240 to 480 mg/day") == "240\u00a0to\u00a0480\u00a0mg/day"


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


def test_an_island_is_whole_or_left_as_it_is_and_keeps_its_reference_number() -> None:
    dose, number = Run("480\u00a0mg/day", island=True), Run("[1]", raised=True, island=True)
    assert whole(Run("نص "), dose, number) == ["480\u00a0mg/day[1]"]
    assert whole(Run("نص "), dose, Run(" نص")) == ["480\u00a0mg/day"]
    assert whole(Run("480 mg/day of something that is long", island=True)) == []
