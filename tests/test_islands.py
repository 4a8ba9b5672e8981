"""Left-to-right islands in right-to-left text are cut out whole."""

import pytest

from leafletpress.model.text.islands import islands


def cut(text: str) -> list[str]:
    return [part for part, island in islands(text) if island]


@pytest.mark.parametrize(
    ("text", "island"),
    [
        ("اتصل على +44 20 7946 0958 الآن", "+44 20 7946 0958"),
        ("اتصل على (020) 7946-0958 الآن", "020) 7946-0958"),
        ("خذ 250 mg مرة", "250 mg"),
        ("خذ 250\u00a0mg مرة", "250\u00a0mg"),
        ("من 2.5–5 mg كل يوم", "2.5–5 mg"),
        ("حرارة 38 °C أو أكثر", "38 °C"),
        ("حرارة 38 °C.", "38 °C"),
        ("نحو 20 % منهم", "20 %"),
        ("نحو 20% منهم", "20%"),
        ("أكثر من >60% منهم", ">60%"),
        ("انظر skin.example.org/book?a=b هنا", "skin.example.org/book?a=b"),
        ("راجع naïve Größe هنا", "naïve Größe"),
        ("عيار FGF23، جين", "FGF23"),
        ("في 5,218 مريضا", "5,218"),
        ("5 mmol/L", "5 mmol/L"),
        ("إلى 9:00", "9:00"),
    ],
)
def test_an_island_is_found_whole(text: str, island: str) -> None:
    assert cut(text) == [island]


@pytest.mark.parametrize("text", ["نص عربي فقط.", "", "، ؛ ؟", "…", " ", "中文"])
def test_text_without_latin_letters_and_digits_has_no_island(text: str) -> None:
    assert cut(text) == []


def test_arabic_letters_between_two_numbers_part_them() -> None:
    assert cut("9 من 17") == ["9", "17"]


def test_a_full_stop_after_an_island_is_not_in_it() -> None:
    assert list(islands("هو 17.")) == [("هو ", False), ("17", True), (".", False)]


@pytest.mark.parametrize("text", ["a ب 1", "ب", "a", "+", "٣ 3 %", "(a) [b]", "1\u00a0ب\u00a02", "°C ب 38°C"])
def test_the_stretches_together_are_the_text_and_none_is_empty(text: str) -> None:
    parts = [part for part, _ in islands(text)]
    assert "".join(parts) == text
    assert all(parts)
