"""Left-to-right islands in right-to-left text are cut out whole, and a reader sees each in its own order."""

import unicodedata
from itertools import pairwise

import bidi
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leafletpress.compose.wording import isolated
from leafletpress.model.handout import Run, whole_islands
from leafletpress.model.text.islands import islands


def cut(text: str) -> list[str]:
    return [part for part, island in islands(text) if island]


@pytest.mark.parametrize(
    ("text", "island"),
    [
        ("اتصل على +44 20 7946 0958 الآن", "+44 20 7946 0958"),
        ("اتصل على (020) 7946-0958 الآن", "(020) 7946-0958"),
        ("خذ 250 mg مرة", "250 mg"),
        ("خذ 250\u00a0mg مرة", "250\u00a0mg"),
        ("من 2.5–5 mg كل يوم", "2.5–5 mg"),
        ("حرارة 38 °C أو أكثر", "38 °C"),
        ("حرارة 38 °C.", "38 °C"),
        ("حرارة 38 ℃.", "38 ℃"),
        ("نحو 20 % منهم", "20 %"),
        ("نحو 20% منهم", "20%"),
        ("نحو 24.7%، منهم", "24.7%"),
        ("أكثر من >60% منهم", ">60%"),
        ("أقل من < 30 دائما", "< 30"),
        ("حرارة ≥ 38 °C أو أكثر", "≥ 38 °C"),
        ("نحو ~ 5 mg هنا", "~ 5 mg"),
        ("خذ 2½ حبة في اليوم.", "2½"),
        ("خذ 2·5 mg في اليوم.", "2·5 mg"),
        ("خذ .5 mg في اليوم.", ".5 mg"),
        ("احفظه عند −20 °C.", "−20 °C"),
        ("احفظه عند -20 °C.", "-20 °C"),
        ("خذ 5 \u03bcg في اليوم.", "5 \u03bcg"),
        ("خذ 5 \u00b5g في اليوم.", "5 \u00b5g"),
        ("كان 5 ± 2 mg تقريبا.", "5 ± 2 mg"),
        ("كان +/-5 mg تقريبا.", "+/-5 mg"),
        ("من 5…10 mg هنا.", "5…10 mg"),
        ("تكلف £9.90 لكل واحدة.", "£9.90"),
        ("تكلف £ 9.90 لكل واحدة.", "£ 9.90"),
        ("تكلف 9.90 € لكل واحدة.", "9.90 €"),
        ("كان 10⁹/L هنا", "10⁹/L"),
        ("خذ ٢٫٥ mg مرة", "٢٫٥ mg"),
        ("خذ ٢،٥ mg مرة", "٢،٥ mg"),
        ("حوالي ۵۰٪ منهم", "۵۰٪"),
        ("خذ 5 mg (IV) مرة", "5 mg (IV)"),
        ("جرعة (5 mg (IV)) مرة", "5 mg (IV)"),
        ("نص (A) B نص", "(A) B"),
        ("نص “A” B نص", "“A” B"),
        ('نص "A" B نص', '"A" B'),
        ("نص (A) نص", "A"),
        ("نص «A» نص", "A"),
        ("انظر skin.example.org/book?a=b هنا", "skin.example.org/book?a=b"),
        ("انظر skin.example.org/ هنا", "skin.example.org/"),
        ("اكتب إلى a.b@example.org.", "a.b@example.org"),
        ("اتبع @clinic هنا", "@clinic"),
        ("راجع naïve Größe هنا", "naïve Größe"),
        ("راجع don’t، هنا", "don’t"),
        ("عيار FGF23، جين", "FGF23"),
        ("في 5,218 مريضا", "5,218"),
        ("5 mmol/L", "5 mmol/L"),
        ("إلى 9:00", "9:00"),
        ("هو 5/يوم", "5"),
        ("1- نص", "1"),
        ("1) نص", "1"),
        ("وحتى Cl- هنا", "Cl-"),
        ("و−20 °C", "−20 °C"),
        ("و24.7% منهم", "24.7%"),
        ("ال-DNA هنا", "DNA"),
        ("ה-DNA של", "DNA"),
        ('מ"ג 5 ביום', "5"),
    ],
)
def test_an_island_is_found_whole(text: str, island: str) -> None:
    assert cut(text) == [island]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("9 من 17", ["9", "17"]),  # letters part them
        ("الفحص هو IL-1β أو TNF-α هنا.", ["IL-1β", "TNF-α"]),
        ("الأملاح Na+ و 3+ هنا.", ["Na+", "3+"]),
        ("FGF23، ABC", ["FGF23", "ABC"]),  # so does an Arabic comma
        ("A (B نص) C", ["A", "B", "C"]),  # and a bracket that holds right-to-left text
        ("A “B نص” C", ["A", "B", "C"]),
    ],
)
def test_what_belongs_to_the_sentence_parts_islands(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@pytest.mark.parametrize("text", ["نص عربي فقط.", "", "، ؛ ؟", "…", " ", "(+)", "נֶכֶס"])
def test_text_without_latin_letters_and_digits_has_no_island(text: str) -> None:
    assert cut(text) == []


def test_a_full_stop_after_an_island_is_not_in_it() -> None:
    assert list(islands("هو 17.")) == [("هو ", False), ("17", True), (".", False)]


_ANY = st.text(st.sampled_from("اب،؛؟ًאב־א'\"a1½5٣۴%°£±−+-<≥=~.,:/()[]“”«»…–* \u00a0\u0301\u200d漢→"), max_size=20)


@settings(deadline=None)
@given(_ANY)
def test_the_stretches_together_are_the_text_and_each_is_on_one_side(text: str) -> None:
    parts = list(islands(text))
    assert "".join(part for part, _ in parts) == text
    assert all(one[1] != next_[1] for one, next_ in pairwise(parts))
    for part, is_island in parts:
        classes = {unicodedata.bidirectional(char) for char in part}
        assert classes.isdisjoint(("R", "AL") if is_island else ("L", "EN", "AN"))
        assert not is_island or not (part[0].isspace() or part[-1].isspace())


def check_order(stretches: list[tuple[str, bool]]) -> None:
    """See that a reader sees the same as where the islands that were composed are isolated, by a full UAX #9."""
    runs = isolated([Run("".join(text for text, _ in stretches))], "rtl")
    shown = bidi.visual("".join(bidi.isolate(run.text) if run.island else run.text for run in runs))
    assert shown == bidi.visual("".join(bidi.typed(text) if is_island else text for text, is_island in stretches))


@settings(deadline=None)
@given(bidi.sentences("ar"))
def test_arabic_is_seen_in_the_order_of_the_algorithm_with_isolates(stretches: list[tuple[str, bool]]) -> None:
    check_order(stretches)


@settings(deadline=None)
@given(bidi.sentences("he"))
def test_hebrew_is_seen_in_the_order_of_the_algorithm_with_isolates(stretches: list[tuple[str, bool]]) -> None:
    check_order(stretches)


def test_the_reference_turns_round_what_is_not_isolated() -> None:
    assert bidi.visual("א +44 20 ב") == "ב 20 44+ א"
    assert bidi.visual(f"א {bidi.isolate('+44 20')} (5) ב") == "ב (5) +44 20 א"


def test_arabic_figures_stand_as_they_were_typed() -> None:
    (run,) = isolated([Run("٠٢٠ ٧٩٤٦")], "rtl")
    assert bidi.visual(bidi.isolate(run.text)) == "٠٢٠ ٧٩٤٦" != bidi.visual(bidi.isolate("٠٢٠ ٧٩٤٦"))
    assert isolated([Run("٢٫٥")], "rtl") == (Run("٢٫٥", island=True),)


def test_an_island_goes_on_over_the_end_of_a_run_but_not_over_a_reference_number() -> None:
    runs = isolated([Run("خذ "), Run("5", strong=True), Run(" mg (IV"), Run("[1]", raised=True), Run(") ثم")], "rtl")
    assert runs == (
        Run("خذ "),
        Run("5", strong=True, island=True),
        Run(" mg", island=True),
        Run(" ("),
        Run("IV", island=True),
        Run("[1]", raised=True, island=True),
        Run(") ثم"),
    )
    assert [len(group) for group in whole_islands(runs)] == [1, 2, 1, 1, 1, 1]
