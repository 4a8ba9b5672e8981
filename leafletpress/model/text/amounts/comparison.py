"""Compares the amounts of a translation with those of its English: what was lost, changed, added or exchanged."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from leafletpress.model.problems import Severity
from leafletpress.model.text.amounts.matching import matched, negative, same, units_agree
from leafletpress.model.text.amounts.numerals import shown
from leafletpress.model.text.amounts.reader import Reading
from leafletpress.model.text.amounts.tokens import IN_WORDS, Amount
from leafletpress.model.text.amounts.writing import TIMES, Forms, Limit, Writing

_RANGE = re.compile(r"\s*(?:to|[-\u2010-\u2015]|/)\s*")
_BETWEEN = re.compile(r"\s*and\s*")
# What stands before amounts whose words in other languages are words for limits too; and the name that a number ends.
_NO_LIMIT = re.compile(r"\b(?:for|over|within|during|in|after|until|by|up\s+to)\s*$|\w-?$", re.IGNORECASE)
_PART = re.compile(r"\s*(?:out\s+)?(?:of|in)(?:\s+every)?\s*")
_DIRECTIONS: dict[str, Limit] = {"<": "less", "≤": "less", ">": "more", "≥": "more"}
_SIDES = {"more": "up", "not less": "up", "less": "down", "not more": "down"}


@dataclass(frozen=True, slots=True)
class Difference:
    """What the amounts of a translation say otherwise than the English; a `doubt` is an error in safety texts."""

    text: str
    hint: str
    severity: Severity | Literal["doubt"] = "error"


_DIGITS = "write the numbers of the English, in digits, and no others"
_IN_WORDS = "keep the number, in digits or in words; words for it can be listed in locale.toml under amounts.numbers"
_UNIT = "keep the unit of the English; other words for it can be listed in locale.toml under amounts"
_LIMIT = (
    "a limit that turns round or is lost is another dose; other words for it can be listed in locale.toml under amounts"
)
_RATE = "keep how often; other words for it can be listed in locale.toml under amounts"
_ORDER = "keep which number is the first and which the last"
_PLACES = "make sure that each stands with its own words"


def differences(english: Reading, translation: Reading, writing: Writing) -> Iterator[Difference]:
    """Everything that differs; `writing` is that of the translation's language."""
    kept = matched(english, translation, writing)
    yield from _lost_and_added(english, translation, kept)
    yield from _lost_in_words(english, kept, writing)
    joined = {part for pair in pairwise(english.amounts) if _joint(english.text, *pair) for part in pair}
    for one, other in kept.items():
        yield from _changed(one, other)
        if one not in joined and not _NO_LIMIT.search(english.text[: one.at]):
            yield from _limit_added(one, other)
    yield from _times_exchanged(kept)
    yield from _ends(english, translation, kept, writing)
    yield from _rates(english, translation, kept)
    yield from _months(english, translation)
    if Counter(english.raised) != Counter(translation.raised):
        said = [", ".join(raised.replace("^", "") for raised in one.raised) or "none" for one in (english, translation)]
        yield Difference(f"raised digits {said[1]}, in the English {said[0]}", "keep each raised digit")


# --- What became of each ----------------------------------------------------------------------------------------------


def _lost_and_added(english: Reading, translation: Reading, kept: Mapping[Amount, Amount]) -> Iterator[Difference]:
    """Figures that only one side has; facts are placeholders, which are counted with those."""
    lost = [one for one in english.amounts if one not in kept and one.kind not in ("fact", *IN_WORDS)]
    taken = [*kept.values()]
    added = [other for other in translation.amounts if other not in taken and other.kind not in ("fact", *IN_WORDS)]
    for one in lost:
        had, times = (sum(same(one, other) for other in side.amounts) for side in (translation, english))
        often = f" ({had} of {times} times)" if had else ""
        yield Difference(f"number {_named(one)} is missing{often}", _DIGITS)
    for other in added:
        had, times = (sum(same(one, other) for one in side.amounts) for side in (translation, english))
        where = f"stands {had} times, in the English {times}" if times else "is not in the English"
        yield Difference(f"number {_named(other)} {where}", _DIGITS)


def _lost_in_words(english: Reading, kept: Mapping[Amount, Amount], writing: Writing) -> Iterator[Difference]:
    """Numbers in words for which the language has words too; "a third" may be one of several."""
    for one in english.amounts:
        if one.kind not in IN_WORDS or one in kept or one.value not in writing.counted:
            continue
        if not _is_part_of_time(english, one) and one.written.lower() != "a third":
            yield Difference(f'number "{one.written}" is missing', _IN_WORDS, "doubt")


def _is_part_of_time(english: Reading, amount: Amount) -> bool:
    """Whether another number of a shorter time may stand for it: half an hour is 30 minutes."""
    near = [said for said in english.mentions if 0 <= said.at - amount.end <= len(" an ")]
    times = any(unit.startswith("duration") for said in near for unit in said.means)
    return times and isinstance(amount.value, Fraction) and amount.value.denominator > 1


def _named(amount: Amount) -> str:
    """What a lost or added amount is called: a number in ASCII digits without its unit, anything else as written."""
    if amount.kind != "number" or isinstance(amount.value, str) or any(map(_is_one_sign, amount.written)):
        return amount.written
    return shown(amount.value)


def _is_one_sign(char: str) -> bool:
    """Whether a sign stands for a number by itself, as ½ does."""
    return char.isnumeric() and not char.isdecimal()


def _changed(one: Amount, other: Amount) -> Iterator[Difference]:
    """What the translation makes of an amount that it has."""
    pair = f'"{one.written}" in the English, "{other.written}" in the translation'
    if isinstance(one.value, Fraction) and one.kind != "time" and one.value == negative(other) and one.value:
        yield Difference(f"minus sign: {pair}", "keep the minus sign")
    if not units_agree(one, other):
        yield Difference(f"unit: {pair}", _UNIT)
    yield from _limit_changed(one, other, pair)


def _limit_changed(one: Amount, other: Amount, pair: str) -> Iterator[Difference]:
    if one.sign and other.sign and one.sign != other.sign:
        yield Difference(f"{one.sign} became {other.sign}: {pair}", _LIMIT)
        return
    wanted, found = (_DIRECTIONS.get(amount.sign) or amount.limit for amount in (one, other))
    if wanted and found and not _agree(wanted, found):
        yield Difference(f'"{wanted} than" became "{found} than": {pair}', _LIMIT)
    elif one.sign and not other.sign and not (wanted and found):
        yield Difference(f"sign {one.sign} is missing: {pair}", _LIMIT)
    elif other.sign and not one.sign and not wanted:
        yield Difference(f"sign {other.sign} is not in the English: {pair}", _LIMIT)
    elif wanted and not found and one.kind != "fact":
        yield Difference(f'"{wanted} than" of the English is not seen: {pair}', _LIMIT, "warning")


def _limit_added(one: Amount, other: Amount) -> Iterator[Difference]:
    """A limit that the translation has alone; words for ends of a range and for how long may be words for limits."""
    if one.kind in ("fact", "number") and other.limit and not (other.sign or one.sign or one.limit):
        pair = f'"{one.written}" in the English, "{other.written}" in the translation'
        yield Difference(f'"{other.limit} than" is not in the English: {pair}', _LIMIT, "doubt")


def _agree(wanted: Limit, found: Limit) -> bool:
    """Whether two limits lie on one side; the "not" of one may stand elsewhere in the translation."""
    return _SIDES[wanted] == _SIDES[found] or wanted == f"not {found}"


def _times_exchanged(kept: Mapping[Amount, Amount]) -> Iterator[Difference]:
    """How often and how much, exchanged: 2 tablets, 3 times a day."""
    lost = [one for one, other in kept.items() if TIMES in one.units and TIMES not in other.units]
    gained = [one for one, other in kept.items() if TIMES in other.units and TIMES not in one.units]
    if lost and gained:
        yield Difference(f'"{lost[0].written}" and "{gained[0].written}" change places', _PLACES)


# --- What stands before what ------------------------------------------------------------------------------------------


def _ends(
    english: Reading, translation: Reading, kept: Mapping[Amount, Amount], writing: Writing
) -> Iterator[Difference]:
    """Ranges whose ends are exchanged, and parts that became the whole; elsewhere, amounts that change places."""
    figures = [one for one in english.amounts if one in kept and one.kind not in IN_WORDS]
    told: set[Amount] = set()
    for one, following in pairwise(figures):
        first, last = kept[one], kept[following]
        match _joint(english.text, one, following):
            case "range" if first.at > last.at:
                pair = f'"{one.written}" and "{following.written}"'
                yield Difference(f"the ends of the range change places: {pair}", _ORDER)
            case "part" if _whole(translation, first, last, writing) is first:
                text = f'"{one.written}" is the part of "{following.written}" in the English, not in the translation'
                yield Difference(text, _ORDER)
            case None:
                continue
        told |= {one, following}
    for alike in _alike([one for one in figures if one not in told]):
        places = [kept[one].at for one in alike]
        if places != sorted(places):
            order = ", ".join(one.written for one in alike)
            yield Difference("figures change places", f"in the English the order is {order}; {_PLACES}", "warning")


def _alike(amounts: Sequence[Amount]) -> Iterator[list[Amount]]:
    """The numbers of each unit: those that a translator may take for each other."""
    for units in dict.fromkeys(one.units for one in amounts if one.kind != "fact"):
        yield [one for one in amounts if one.kind != "fact" and one.units == units]


def _joint(text: str, one: Amount, following: Amount) -> Literal["range", "part"] | None:
    """How the English joins two amounts."""
    between = text[one.end : following.at]
    if _PART.fullmatch(between):
        return "part"
    is_between = text[: one.at].rstrip().lower().endswith("between") and _BETWEEN.fullmatch(between)
    return "range" if _RANGE.fullmatch(between) or is_between else None


def _whole(translation: Reading, first: Amount, last: Amount, writing: Writing) -> Amount:
    """The one of two amounts that the other is a part of: the one that is marked so, else the later one."""
    marked = [amount for amount in (first, last) if _is_marked(translation.text, amount, writing.wholes)]
    return marked[0] if len(marked) == 1 else max(first, last, key=lambda amount: amount.at)


def _is_marked(text: str, amount: Amount, words: Forms[str]) -> bool:
    return words.before.before(text, amount.at) is not None or words.behind.behind(text, amount.end) is not None


# --- What is given per what -------------------------------------------------------------------------------------------


def _rates(english: Reading, translation: Reading, kept: Mapping[Amount, Amount]) -> Iterator[Difference]:
    wanted = Counter(min(said.means) for said in english.rates)
    mentioned = Counter(min(said.means) for said in english.mentions)
    found = Counter(unit for said in translation.mentions for unit in said.means)
    other = [unit for unit in found if found[unit] > mentioned[unit]]
    for unit in wanted:
        if not found[unit] or (found[unit] < mentioned[unit] and other):
            instead = f', there is "{_words(translation, other[0])}"' if other else ""
            yield Difference(f'rate "{_words(english, unit)}" is missing{instead}', _RATE)
    if all(found[unit] for unit in wanted):
        yield from _rates_exchanged(english, translation, kept)


def _words(reading: Reading, unit: str) -> str:
    return next(reading.text[said.at : said.end] for said in reading.mentions if unit in said.means)


def _rates_exchanged(english: Reading, translation: Reading, kept: Mapping[Amount, Amount]) -> Iterator[Difference]:
    """Two rates that change places while their amounts keep theirs, or the other way round."""
    beside = [
        (rate, max((one for one in kept if one.end <= rate.at), key=lambda one: one.end, default=None))
        for rate in english.rates
    ]
    for (rate, one), (following, other) in pairwise(beside):
        places = [
            next((said.at for said in translation.mentions if said.means & unit.means), 0) for unit in (rate, following)
        ]
        if not one or not other or one == other or rate.means & following.means:
            continue
        if (kept[one].at < kept[other].at) != (places[0] < places[1]):
            yield Difference(f'the rates of "{one.written}" and "{other.written}" change places', _RATE)


def _months(english: Reading, translation: Reading) -> Iterator[Difference]:
    """A month beside a number must be named, or stand as a number in a date."""
    for said in english.months:
        month = min(said.means)
        if not any(max(one.at - said.end, said.at - one.end) <= 1 for one in english.amounts):
            continue  # "may", or a month without a day
        if not any(month in other.means for other in translation.months) and not _has_month(translation, month):
            yield Difference(f'month "{english.text[said.at : said.end]}" is missing', "keep the date of the English")


def _has_month(translation: Reading, month: int) -> bool:
    dates: Sequence[str] = [str(amount.value) for amount in translation.amounts if amount.kind == "date"]
    return any(int(date.split("-")[1]) == month for date in dates)
