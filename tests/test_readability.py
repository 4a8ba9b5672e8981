"""Readability is the published Flesch-Kincaid grade, raw and with the declared names counted as short words."""

import pytest
from projects import read, replace

from leafletpress.build.check import check
from leafletpress.build.library import Project
from leafletpress.build.readability import grade, syllables


def published(words: int, sentences: int, spoken: int) -> float:
    """The grade by Kincaid and others, 1975."""
    return 0.39 * (words / sentences) + 11.8 * (spoken / words) - 15.59


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("the", 1),
        ("calcium", 3),
        ("doctor", 2),
        ("area", 3),
        ("through", 1),
        ("Surgery", 3),
        ("well-known", 2),
        ("don't", 1),
        ("7", 1),
    ],
)
def test_syllables_are_those_that_are_spoken(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize("word", ["calcinosis", "thiosulfate", "xyzzy"])
def test_a_word_that_the_dictionary_lacks_still_has_syllables(word: str) -> None:
    assert 1 <= syllables(word) <= len(word) / 2


def test_the_grade_is_the_published_formula() -> None:
    # 6 + 4 words; the cat sat on the mat = 6; calcium makes hard lumps = 3 + 1 + 1 + 1.
    found = grade(["The cat sat on the mat. Calcium makes hard lumps."], [])
    assert found.raw == pytest.approx(published(words=10, sentences=2, spoken=12))
    assert found.adjusted == found.raw


def test_headings_and_bullets_count_as_sentences() -> None:
    assert grade(["Calcium", "Hard lumps", "Rest"], []).raw == pytest.approx(published(4, 3, 6))
    assert grade(["Calcium.", "Hard lumps!", "Rest?"], []).raw == pytest.approx(published(4, 3, 6))


def test_a_point_inside_a_number_ends_no_sentence() -> None:
    assert grade(["Take 2.5 now."], []).raw == pytest.approx(grade(["Take 25 now."], []).raw, abs=8)
    assert grade(["We saw 2.5 more"], []).raw == grade(["We saw 2.5 more."], []).raw


def test_a_declared_name_counts_as_one_short_word_in_the_adjusted_grade_alone() -> None:
    found = grade(["Calcium makes hard lumps."], ["calcium"])
    assert found.raw == pytest.approx(published(4, 1, 6))
    assert found.adjusted == pytest.approx(published(4, 1, 4))


def test_a_name_of_several_words_is_one_word_and_the_longest_name_wins() -> None:
    found = grade(["Calcinosis cutis is hard."], ["calcinosis", "calcinosis cutis"])
    assert found.adjusted == pytest.approx(published(3, 1, 3))


def test_a_name_is_found_as_a_whole_word_only() -> None:
    found = grade(["Calciums."], ["calcium"])
    assert found.adjusted == found.raw


@pytest.mark.parametrize("texts", [[], [""], ["–", "…"]])
def test_a_text_without_words_has_grade_0(texts: list[str]) -> None:
    assert grade(texts, []).raw == 0


def test_check_reports_each_section_and_the_whole_and_refuses_what_is_too_hard(project: Project) -> None:
    source = project.folder("leaflets") / "every-block.yaml"
    replace(source, "Only the patient reads this.", "Interpretation necessitates multidisciplinary collaboration.")
    found = check(read(project))
    sections = [reading.section for reading in found.readings if reading.audience == "patient"]
    assert sections == ["warnings", "prose", "lists", "boxes", "picture", "patient_only", "reach", None]
    errors = [problem for problem in found.problems if problem.severity == "error"]
    heading = source.read_text().split("\n").index("    heading: For patients alone") + 1
    assert (f"leaflets/every-block.yaml:{heading}:14", "shorter sentences, shorter words") in [
        (str(problem.origin), problem.hint) for problem in errors if " of patient_only is above " in problem.text
    ]
