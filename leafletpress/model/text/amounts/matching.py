"""Finds for each amount of the English the one in the translation that says the same, or most of it."""

from collections.abc import Callable
from fractions import Fraction

from leafletpress.model.text.amounts.reader import CLOCK, Reading, times_of_day
from leafletpress.model.text.amounts.tokens import IN_WORDS, Amount
from leafletpress.model.text.amounts.writing import TIMES, Writing

_HOUR = "duration-hour"


def matched(english: Reading, translation: Reading, writing: Writing) -> dict[Amount, Amount]:
    """The amounts of the English, each with the one of the translation that says the same, or most of it."""
    kept: dict[Amount, Amount] = {}
    rules: tuple[Callable[[Amount, Amount], bool], ...] = (
        lambda one, other: same(one, other) and one.units == other.units and _limits_agree(one, other),
        lambda one, other: same(one, other) and units_agree(one, other) and _limits_agree(one, other),
        lambda one, other: same(one, other) and units_agree(one, other),
        same,
        lambda one, other: _is_same_date(one, other, writing),
        lambda one, other: _is_same_time(one, other, translation, writing),
        lambda one, other: _same_in_words(one, other),
        lambda one, other: one.value == other.value and {one.kind, other.kind} <= {*IN_WORDS},
        lambda one, other: isinstance(one.value, Fraction) and one.value == negative(other),
    )
    for rule in rules:
        left = [other for other in translation.amounts if other not in kept.values()]
        for one in english.amounts:
            found = next((other for other in left if rule(one, other)), None) if one not in kept else None
            if found:
                kept[one] = found
                left.remove(found)
    return kept


def same(one: Amount, other: Amount) -> bool:
    """Whether two amounts in figures have the same value."""
    if one.kind in IN_WORDS or other.kind in IN_WORDS:
        return False
    return one.value == other.value and (one.kind == "time") == (other.kind == "time")


def negative(amount: Amount) -> Fraction | None:
    """The value of a number with the other sign."""
    return -amount.value if isinstance(amount.value, Fraction) and amount.kind not in IN_WORDS else None


def _same_in_words(one: Amount, other: Amount) -> bool:
    """A number in words for one in words or figures, or figures for words; but no plain word for figures."""
    in_words = one.kind in IN_WORDS or other.kind == "word"
    if not in_words or one.value != other.value or (other.kind == "count" and one.kind not in IN_WORDS):
        return False
    return not one.units or not other.units or bool(one.units & other.units)


def _is_same_date(one: Amount, other: Amount, writing: Writing) -> bool:
    """A date in the calendar of the language."""
    if (one.kind, other.kind) != ("date", "date"):
        return False
    (year, *day), (own_year, *own_day) = (str(date.value).split("-") for date in (one, other))
    return day == own_day and int(own_year) == int(year) + writing.years_ahead


def _is_same_time(one: Amount, other: Amount, translation: Reading, writing: Writing) -> bool:
    """An hour that a language writes as a number of hours, in the right part of the day if it counts to twelve."""
    hour = CLOCK.match(translation.text, other.at) if (one.kind, other.kind) == ("time", "number") else None
    if not hour or (other.units and _HOUR not in other.units):
        return False
    minutes = Fraction(int(hour[1]) * 60 + int(hour[2] or 0))
    return one.value in (times_of_day(translation.text, other, minutes, writing) or {minutes})


def units_agree(one: Amount, other: Amount) -> bool:
    """Whether the units are the same; one that only one of them has may be that of the row that the other stands in."""
    if one.kind == "time" or {*one.units, *other.units} == {TIMES}:
        return True  # "3 times" may be "3 doses"
    if one.units and other.units:
        return bool(one.units & other.units)
    if one.units or other.units:
        return bool((one.units or one.shared) & (other.units or other.shared)) or (one.kind == "fact" and not one.units)
    return True


def _limits_agree(one: Amount, other: Amount) -> bool:
    return (one.sign, one.limit) == (other.sign, other.limit)
