"""Reads the amounts of a text: figures with their sign, limit and unit, and what is given per day or litre."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from itertools import zip_longest
from typing import TypeVar

from leafletpress.model.text.amounts.numerals import legible
from leafletpress.model.text.amounts.tokens import IN_WORDS, Amount, Kind, is_in_name, sign_before, tokens
from leafletpress.model.text.amounts.writing import Lexicon, Said, Writing

T = TypeVar("T")

_RAISED = re.compile(r"(?:\^[\d+\u2212-])+")
_SPACES = dict.fromkeys((0xA0, 0x202F, 0x2009), " ")
_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?: \d{3})+(?!\d)")
_STOP = re.compile(r"[.!?;:,()\[\]\u060c\u061b\u061f\u0964\u3001\u3002](?!\d)")
CLOCK = re.compile(r"(2[0-4]|[01]?\d)(?:\.([0-5]\d))?(?!\d)")
_SLASH = re.compile(r"/\s*")
_LONGEST = 32  # characters in which words before or behind a number are looked for
_DAY = "duration-day"
_THIRTEEN_HOURS = 13 * 60
_DATE = 10  # characters between the parts of a date
_NEAR = 16  # characters between a number and words that say something of it
_ROW = 12  # characters between two numbers that share a unit


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text says in amounts, from left to right; `text` is legible.

    `rates` are the units that something is given per, `mentions` all of those that could be meant so; `months` those
    that it names; `raised` the raised digits that are in no power and no unit.
    """

    text: str
    amounts: tuple[Amount, ...]
    rates: tuple[Said[str], ...]
    mentions: tuple[Said[str], ...]
    months: tuple[Said[int], ...]
    raised: tuple[str, ...]


@lru_cache(maxsize=5_000)
def read(text: str, writing: Writing) -> Reading:
    """The amounts of a text in which facts are {names}."""
    figures, places = legible(text)
    figures = _GROUPS.sub(_grouped, figures) if writing.groups_with_space else figures
    plain = figures.translate(_SPACES)
    shown = unicodedata.normalize("NFC", text)
    in_words = [_in_words(said) for said in writing.numbers.all_in(plain)]
    found = sorted([*tokens(figures, writing.decimal), *in_words], key=lambda one: one.at)
    months = tuple(month for month in writing.months.all_in(plain) if not _is_duration(plain, month, writing))
    found = [one for one in found if not any(month.at <= one.at < month.end for month in months)]
    found = [_with_unit(plain, one, writing) for one in found]
    found = list(_with_times(plain, _dated(found, months), writing))
    found = list(_with_shared(plain, list(_with_limits(plain, found, writing))))
    mentions = [
        said
        for said in _mentions(plain, writing)
        if not any(one.at <= said.at < one.end for one in found if one.kind not in IN_WORDS)
    ]
    return Reading(
        plain,
        tuple(replace(one, written=shown[places[one.at] : places[one.end - 1] + 1]) for one in found),
        tuple(said for said in mentions if _is_rate(plain, said, writing)),
        tuple(mentions),
        months,
        tuple(
            raised[0] for raised in _RAISED.finditer(plain) if not any(a.at <= raised.start() < a.end for a in found)
        ),
    )


def _grouped(found: re.Match[str]) -> str:
    """A number whose thousands are parted by spaces, in one piece."""
    return found[0].replace(" ", "\u00a0")


def _is_duration(text: str, month: Said[int], writing: Writing) -> bool:
    """Whether what looks like a month goes on as a number with its unit: 6月龄, 12月."""
    figures = re.compile(r"\d+").match(text, month.at)
    unit = writing.units.behind.behind(text, figures.end()) if figures else None
    return text[: month.at][-1:].isdigit() or (unit is not None and unit.end > month.end)


def _in_words(said: Said[tuple[Fraction, str]]) -> Amount:
    number, unit = min(said.means)
    kind: Kind = "word" if unit or number.denominator > 1 else "count"
    return Amount(kind, number, "", said.at, said.end, units=frozenset([unit] if unit else []))


def _with_unit(text: str, amount: Amount, writing: Writing) -> Amount:
    """The amount with its minus, the sign before it, and its unit before or behind it."""
    if amount.kind in ("date", "phone") or is_in_name(text, amount):
        return amount
    is_minus, sign, begins = sign_before(text, amount.at)
    units, end = amount.units, amount.end
    if behind := writing.units.behind.behind(text, end):
        units, end = behind.means, behind.end
    if before := writing.units.before.before(text, amount.at):
        units, begins = units | before.means, min(before.at, begins)
    is_minus = is_minus or writing.minus.before.before(text, amount.at) is not None
    is_minus = is_minus or writing.minus.behind.behind(text, end) is not None
    number = -amount.value if is_minus and isinstance(amount.value, Fraction) else amount.value
    return replace(amount, value=number, at=begins, end=end, sign=sign, units=units)


def _dated(amounts: Sequence[Amount], months: Sequence[Said[int]]) -> list[Amount]:
    """The amounts, a day and a year round the name of a month as one date."""
    dated = list(amounts)
    for month in months:
        near = [one for one in dated if max(one.at - month.end, month.at - one.end) <= _DATE and one.kind == "number"]
        days = [one for one in near if one.value in range(1, 32)]
        years = [one for one in near if one.value in range(1900, 2700)]
        if days and years:
            parts = (days[0], years[0])
            at, end = min(month.at, *(one.at for one in parts)), max(month.end, *(one.end for one in parts))
            date = Amount("date", f"{years[0].value}-{min(month.means):02}-{int(days[0].value):02}", "", at, end)
            dated = sorted([*(one for one in dated if one not in parts), date], key=lambda one: one.at)
        else:  # 6月1日: the day of a month, not a number of days
            beside = [one for one in days if max(one.at - month.end, month.at - one.end) <= 1]
            dated = [replace(one, units=one.units - {_DAY} if one in beside else one.units) for one in dated]
    return dated


def _with_times(text: str, amounts: Sequence[Amount], writing: Writing) -> Iterator[Amount]:
    """Numbers beside words of the clock as times of day ("5 o'clock", "5点30分"), and afternoons in 24 hours."""
    skipped = None
    for amount, following in zip_longest(amounts, amounts[1:]):
        if amount is skipped:
            continue
        figures = amount
        hour = CLOCK.fullmatch(text[amount.at : amount.end]) if amount.kind == "number" else None
        behind = writing.clock.behind.behind(text, amount.end) if hour else None
        if hour and (behind or writing.clock.before.before(text, amount.at)):
            minutes, end = int(hour[2] or 0), behind.end if behind else amount.end
            if following and behind and not text[end : following.at].strip() and _is_minutes(following):
                minutes, end, skipped = int(following.value), following.end, following
            amount = replace(
                amount, kind="time", value=Fraction(int(hour[1]) * 60 + minutes), end=end, units=frozenset()
            )
        if amount.kind == "time":
            (value,) = times_of_day(text, figures, Fraction(amount.value), writing) or (amount.value,)
            amount = replace(amount, value=value)
        yield amount


def _is_minutes(amount: Amount) -> bool:
    return amount.kind == "number" and isinstance(amount.value, Fraction) and amount.value in range(60)


def times_of_day(text: str, amount: Amount, minutes: Fraction, writing: Writing) -> set[Fraction]:
    """The minutes of the day that a time means beside the words for a part of the day; none where there are none."""
    if minutes >= _THIRTEEN_HOURS:
        return set()
    ahead = [(amount.at - said.end, said) for said in _words_before(text, amount, writing.periods)]
    behind = [(said.at - amount.end, said) for said in _words_behind(text, amount, writing.periods)]
    nearest = [said for _, said in sorted([*ahead, *behind], key=lambda one: one[0])[:1]]
    hours = {hour for said in nearest for period in said.means for hour in period}
    in_part = {time for half in (0, 12) if int(time := (minutes + half * 60) % (24 * 60)) // 60 in hours}
    return in_part if len(in_part) == 1 else set()


def _words_before(text: str, amount: Amount, words: Lexicon[T]) -> list[Said[T]]:
    """What is said shortly before an amount, in the same clause, the nearest first."""
    first = max(0, amount.at - _LONGEST)
    start = max([first, *(stop.end() for stop in _STOP.finditer(text, first, amount.at))])
    return [said for said in reversed(words.all_in(text, start, amount.at)) if amount.at - said.end <= _NEAR]


def _words_behind(text: str, amount: Amount, words: Lexicon[T]) -> list[Said[T]]:
    """What is said shortly behind an amount, in the same clause, the nearest first."""
    stop = _STOP.search(text, amount.end)
    last = min(amount.end + _NEAR, stop.start() if stop else len(text))
    return [said for said in words.all_in(text, amount.end, amount.end + _LONGEST) if said.at <= last]


def _with_limits(text: str, amounts: Sequence[Amount], writing: Writing) -> Iterator[Amount]:
    """The amounts, each with what words make of it: "more than 3", "3 or less"."""
    before = {one: _words_before(text, one, writing.limits.before) for one in amounts}
    for amount, following in zip_longest(amounts, amounts[1:]):
        behind = _words_behind(text, amount, writing.limits.behind)
        taken = before[following][0].at if following and before[following] else len(text)
        ahead = following.at if following else len(text)
        said = [one for one in behind if one.end <= ahead and one.at < taken] + [
            one for one in before[amount] if not _number_between(amounts, one, amount)
        ]
        yield replace(amount, limit=min(said[0].means)) if said else amount


def _number_between(amounts: Sequence[Amount], said: Said[T], amount: Amount) -> bool:
    return any(said.end <= other.at < amount.at for other in amounts)


def _with_shared(text: str, amounts: Sequence[Amount]) -> Iterator[Amount]:
    """The amounts, those without a unit with that of the next one close behind: 2 to 3 mg."""
    rows: list[Amount] = []
    for amount, following in reversed([*zip_longest(amounts, amounts[1:])]):
        gap = text[amount.end : following.at] if following else ""
        if following and not amount.units and len(gap) <= _ROW and not _STOP.search(gap):
            amount = replace(amount, shared=rows[-1].units or rows[-1].shared)
        rows.append(amount)
    yield from reversed(rows)


def _mentions(text: str, writing: Writing) -> list[Said[str]]:
    """Units that something may be given per, the longest first where two overlap."""
    slashed = [said for slash in _SLASH.finditer(text) if (said := writing.units.behind.behind(text, slash.end()))]
    found: list[Said[str]] = []
    for said in sorted(
        [*writing.rates.all_in(text), *writing.mentions.all_in(text), *slashed], key=lambda one: one.at - one.end
    ):
        if not any(said.at < other.end and other.at < said.end for other in found):
            found.append(said)
    return sorted(found, key=lambda said: said.at)


def _is_rate(text: str, said: Said[str], writing: Writing) -> bool:
    if text[: said.at].rstrip()[-1:] == "/" or writing.per.before(text, said.at):
        return True
    return any((rate.at, rate.end) == (said.at, said.end) for rate in writing.rates.all_in(text))
