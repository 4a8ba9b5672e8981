"""Opening hours are written once and printed as each language writes days and hours, all of them alike."""

from collections.abc import Iterator
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import ROOT

from leafletpress.build.library import Library, Project, Wanted, read_library
from leafletpress.compose.wording import Wording
from leafletpress.model.problems import Origin, Problem
from leafletpress.model.site import Opening
from leafletpress.read.hours import read_hours
from leafletpress.read.located.nodes import Scalar

NBSP = "\u00a0"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")


def read(*written: str) -> tuple[tuple[Opening, ...], list[str]]:
    problems: list[Problem] = []
    found = read_hours([Scalar(text, Origin("f", line)) for line, text in enumerate(written)], problems)
    return found, [str(problem) for problem in problems]


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(Project(ROOT), Wanted())


def printed(library: Library, locale: str, region: str, *written: str) -> str:
    (leaflet, *_) = library.leaflets.values()
    wording = Wording(leaflet, library.locales[locale], library.audiences["patient"], library.furniture)
    openings, problems = read(*written)
    assert not problems
    said = str(wording.hours(openings, region))
    assert not wording.gaps
    return said.replace(NBSP, " ")


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en", "Monday to Friday, 09:00 to 17:00"),
        ("es", "lunes a viernes, 9:00 a 17:00"),
        ("ar", "من الاثنين إلى الجمعة، 09:00 إلى 17:00"),
        ("zh_Hans", "星期一至星期五 09:00至17:00"),
        ("ur", "پیر تا جمعہ 09:00 تا 17:00"),
        ("hi", "सोमवार से शुक्रवार, 09:00 से 17:00"),
        ("th", "วันจันทร์ถึงวันศุกร์ 09:00 น. ถึง 17:00 น."),
        ("fr", "du lundi au vendredi, 09:00 à 17:00"),
        ("de", "Montag bis Freitag, 09:00 bis 17:00"),
        ("pl", "poniedziałek–piątek, 09:00–17:00"),
        ("uk", "понеділок–пʼятниця, 09:00–17:00"),
        ("tr", "Pazartesi–Cuma 09:00 ila 17:00"),
        ("vi", "9:00 đến 17:00 Thứ Hai đến Thứ Sáu"),
        ("so", "Isniin ilaa Jimco 09:00 ilaa 17:00"),
        ("bn", "সোমবার থেকে শুক্রবার 09:00 থেকে 17:00"),
        ("ta", "திங்கள் முதல் வெள்ளி வரை, 09:00 முதல் 17:00"),
    ],
)
def test_each_language_writes_the_same_hours(library: Library, locale: str, said: str) -> None:
    assert printed(library, locale, "GB", "Mo-Fr 09:00-17:00") == said


@pytest.mark.parametrize(
    ("locale", "region", "written", "said"),
    [
        ("en", "US", ("Mo-Fr 09:00-17:00",), "Monday to Friday, 9:00 am to 5:00 pm"),
        ("es", "US", ("Sa 09:00-17:00",), "sábado, 9:00 a. m. a 5:00 p. m."),
        ("en", "GB", ("Mo-Fr 9:00-12:00", "Mo,We,Fr 14:00-16:30"),
         "Monday to Friday, 09:00 to 12:00 · Monday, Wednesday and Friday, 14:00 to 16:30"),
        ("en", "GB", ("Sa-Su 00:00-24:00",), "Saturday to Sunday, 24 hours"),
        ("de", "GB", ("Mo-Su 18:00-08:00",), "Montag bis Sonntag, 18:00 bis 08:00"),
    ],
)  # fmt: skip
def test_hours_follow_the_region_and_several_stand_in_one_line(
    library: Library, locale: str, region: str, written: tuple[str, ...], said: str
) -> None:
    assert printed(library, locale, region, *written) == said


def test_days_are_those_of_the_language_whichever_was_asked_before(library: Library) -> None:
    asked = {name: library.locales[name].weekday(0) for name in ("en", "ur", "fr", "vi", "de", "ar", "fr", "th")}
    assert asked == {
        "en": "Monday", "ur": "پیر", "fr": "lundi", "vi": "Thứ Hai", "de": "Montag", "ar": "الاثنين", "th": "วันจันทร์"
    }  # fmt: skip


@pytest.mark.parametrize(
    "written", ["noon", "Mo-Fr 9-17", "Mo-Fr 25:00-26:00", "Mo-Fr 09:60-17:00", "Mo 09:00-09:00", "Montag 09:00-17:00"]
)
def test_other_forms_of_hours_are_refused(written: str) -> None:
    found, (problem,) = read("Su 10:00-11:00", written)
    assert len(found) == 1
    assert problem.startswith(f'f:1:0: hours "{written}" have the wrong form (days and hours: Mo-Fr 09:00-17:00')


clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 30]))
hours = st.tuples(st.sampled_from(DAYS), st.sampled_from(DAYS), clocks, clocks).filter(lambda one: one[2] != one[3])


def half_hours(first: str, last: str, begin: time, end: time) -> Iterator[tuple[int, int]]:
    """The half hours of the week at which it is open, counted one by one."""
    day = DAYS.index(first)
    while True:
        at, slot = day, begin.hour * 2 + begin.minute // 30
        while slot != end.hour * 2 + end.minute // 30:
            yield at, slot
            slot = (slot + 1) % 48
            at = (at + (slot == 0)) % 7
        if day == DAYS.index(last):
            return
        day = (day + 1) % 7


@given(st.lists(hours, max_size=4))
def test_no_hour_of_the_week_is_said_twice(entries: list[tuple[str, str, time, time]]) -> None:
    written = [f"{first}-{last} {begin:%H:%M}-{end:%H:%M}" for first, last, begin, end in entries]
    found, problems = read(*written)
    assert [(one.begin, one.end) for one in found] == [(begin, end) for _, _, begin, end in entries]
    each = [list(half_hours(*entry)) for entry in entries]
    taken: set[tuple[int, int]] = set()
    again = []
    for line, slots in enumerate(each):
        if taken & set(slots) or len(set(slots)) < len(slots):
            again.append(line)
        taken |= set(slots)
    assert [problem.partition(" ")[0] for problem in problems] == [f"f:{line}:0:" if line else "f:" for line in again]
