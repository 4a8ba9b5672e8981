"""Reads opening hours in the form of schema.org, "Mo-Fr 09:00-17:00": all languages print what is written once."""

import re
from collections.abc import Iterable, Iterator
from datetime import time

from leafletpress.model.problems import Problem
from leafletpress.model.site import Opening
from leafletpress.read.located.nodes import Scalar

_DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = f"(?:{'|'.join(_DAYS)})"
_CLOCK = r"(?:[01]?[0-9]|2[0-3]):[0-5][0-9]"
_FORM = re.compile(rf"({_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*) ({_CLOCK})-({_CLOCK}|24:00)")
_HINT = "days and hours: Mo-Fr 09:00-17:00, or Mo,We 13:30-16:00, or Sa-Su 00:00-24:00"
_OF_A_DAY, _OF_A_WEEK = 24 * 60, 7 * 24 * 60  # minutes


def read_hours(written: Iterable[Scalar], problems: list[Problem]) -> tuple[Opening, ...]:
    """The opening hours of a list; what has another form, or names an hour of the week again, becomes a problem."""
    openings: list[Opening] = []
    taken: set[int] = set()
    for entry in written:
        text = " ".join(entry.text.split())
        found = _FORM.fullmatch(text)
        if not found or (_minute(found[2]) == _minute(found[3])):
            problems.append(Problem(entry.origin, f'hours "{text}" have the wrong form', _HINT))
            continue
        days, begin, end = tuple(map(_run, found[1].split(","))), _minute(found[2]), _minute(found[3])
        minutes = list(_open_at(days, begin, end))
        if not taken.isdisjoint(minutes) or len(set(minutes)) < len(minutes):
            problems.append(Problem(entry.origin, f'hours "{text}" say again when it is open', "name each hour once"))
        taken.update(minutes)
        openings.append(Opening(days, _clock(begin), _clock(end)))
    return tuple(openings)


def _run(text: str) -> tuple[int, int]:
    """The first and the last of some days in a row, 0 for Monday; one day is both."""
    first, _, last = text.partition("-")
    return _DAYS.index(first), _DAYS.index(last or first)


def _open_at(days: tuple[tuple[int, int], ...], begin: int, end: int) -> Iterator[int]:
    """Each minute of the week at which it is open; hours that end before they begin go on after midnight."""
    for first, last in days:
        for day in range(first, first + (last - first) % 7 + 1):
            start = day * _OF_A_DAY + begin
            yield from (
                minute % _OF_A_WEEK for minute in range(start, start + ((end - begin) % _OF_A_DAY or _OF_A_DAY))
            )


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)


def _clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)
