"""How a language writes amounts, from CLDR and the language's own words in locale.toml."""

from collections.abc import Iterator, Mapping, MutableMapping
from datetime import time
from fractions import Fraction
from functools import cache
from typing import Any, cast

import babel
from babel import localedata
from babel.dates import get_period_id
from babel.localedata import LocaleDataDict

from leafletpress.model.text.amounts.writing import NUMBER, TIMES, Forms, Lexicon, Limit, Writing
from leafletpress.read.languages.amount_words import UNITS, AmountWords, Words

# Signs that all languages share, or that are typed for them.
_SIGNS = {
    "microgram": ("µg", "mcg", "ug"),
    "nanogram": ("ng",),
    "mL": ("ml",),
    "celsius": ("°C",),
    "fahrenheit": ("°F",),
    "unit": ("IU",),
    "IU": ("IU", "international unit*"),
    "micromol/L": ("µmol/L", "umol/L", "micromol/L"),
    "percent": ("%", "٪"),
    "cm²": ("cm²",),
    "m²": ("m²",),
}
_SECOND = "duration-second"  # "a second opinion"
_LATER = "\u2e80"  # Han and Kana, in which a letter is a word
_ALONE = 3  # letters of a word that names a unit without a number; fewer are signs
_NOON, _MIDNIGHT = 12, 24
_SHORTEST_STEM = 4  # letters of a word in Latin script that may have other endings than CLDR knows; elsewhere 3


def writing_of(cldr: babel.Locale, words: AmountWords, units: Mapping[str, str]) -> Writing:
    """How a language writes amounts; `units` are signs that it writes otherwise than CLDR has them, by CLDR's names."""
    own = _by_unit(words.units)
    beside = [
        *_by_unit(_SIGNS),
        *own,
        *((form, name) for name, form in units.items()),
        *_cldr_units(cldr, ("long", "short")),
        *_shared_signs(),
    ]
    words_alone = [(form.replace(NUMBER, "").strip(), name) for form, name in beside]
    alone = [
        (word, name)
        for word, name in words_alone
        if name not in (_SECOND, TIMES) and (len(word.strip("*")) >= _ALONE or word[0] > _LATER)
    ]
    return Writing(
        decimal=str(cldr.number_symbols["latn"]["decimal"]),
        units=Forms(beside),
        rates=Lexicon(
            [*((form.removeprefix(f"{NUMBER} "), name) for form, name in _by_unit(words.rates)), *_cldr_rates(cldr)]
        ),
        mentions=Lexicon(alone),
        per=Lexicon((word, "per") for word in words.per),
        limits=Forms(_limits(words)),
        wholes=Forms((form, "whole") for form in words.whole),
        minus=Forms((form, "minus") for form in words.minus),
        numbers=Lexicon([*_numbers(words), *_cldr_duals(cldr)]),
        counted=frozenset(value for _, (value, unit) in _numbers(words) if not unit),
        months=Lexicon(_months(cldr)),
        periods=Lexicon(_periods(cldr, words)),
        clock=Forms((form, "clock") for form in words.clock),
        groups_with_space=str(cldr.number_symbols["latn"]["group"]).isspace(),
        years_ahead=words.years_ahead,
    )


def _limits(words: AmountWords) -> Iterator[tuple[str, Limit]]:
    yield from ((form, "more") for form in words.more)
    yield from ((form, "less") for form in words.less)
    yield from ((form, "not more") for form in words.not_more)
    yield from ((form, "not less") for form in words.not_less)


def _by_unit(words: Mapping[str, Words] | None) -> list[tuple[str, str]]:
    return [
        (word if NUMBER in word else f"{NUMBER} {word}", UNITS[name])
        for name, listed in (words or {}).items()
        for word in listed
    ]


def _numbers(words: AmountWords) -> Iterator[tuple[str, tuple[Fraction, str]]]:
    for number, listed in (words.numbers or {}).items():
        value, _, unit = number.partition(" ")
        yield from ((word, (Fraction(value), UNITS.get(unit, ""))) for word in listed)


@cache
def _patterns(cldr: babel.Locale, lengths: tuple[str, ...]) -> tuple[tuple[str, str, str, str], ...]:
    """CLDR's patterns of the units: the unit's name, the length, the plural form or "per", the pattern.

    Babel has a public function for a number with its unit, but none for the patterns of all forms.
    """
    known = LocaleDataDict(cast(MutableMapping[str | int | None, Any], localedata.load(str(cldr))))["unit_patterns"]
    return tuple(
        (name, length, form, pattern)
        for name in UNITS.values()
        for length in lengths
        for form, pattern in known.get(name, {}).get(length, {}).items()
        if isinstance(pattern, str)
    )


def _cldr_units(cldr: babel.Locale, lengths: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name, length, form, pattern in _patterns(cldr, lengths):
        word = pattern.replace("{0}", "").strip()
        if (
            form == "per"
            or "{0}" not in pattern
            or (name.startswith("duration") and len(word.strip(".")) == 1 and word != "h")
        ):
            continue  # one letter for a day or year is a word or another unit elsewhere
        shortest = _SHORTEST_STEM if word[0].isascii() else _SHORTEST_STEM - 1
        may_end_otherwise = length == "long" and pattern.startswith("{0}") and len(word) >= shortest
        yield pattern.replace("{0}", f"{NUMBER} ") + ("*" if may_end_otherwise else ""), name


@cache
def _shared_signs() -> tuple[tuple[str, str], ...]:
    """Signs that are written in all languages, as English has them: mg, kcal, but no words for times."""
    signs = _cldr_units(babel.Locale("en"), ("short",))
    return tuple((form, name) for form, name in signs if not name.startswith("duration"))


def _cldr_rates(cldr: babel.Locale) -> Iterator[tuple[str, str]]:
    for name, _, form, pattern in _patterns(cldr, ("long", "short")):
        if form == "per" and len(word := pattern.replace("{0}", "").strip()) > 1:
            yield word, name


def _cldr_duals(cldr: babel.Locale) -> Iterator[tuple[str, tuple[Fraction, str]]]:
    """Words that say two and the unit in one, as in Arabic."""
    for name, _, form, pattern in _patterns(cldr, ("long", "short")):
        if form == "two" and "{0}" not in pattern:
            yield pattern, (Fraction(2), name)


def _months(cldr: babel.Locale) -> Iterator[tuple[str, int]]:
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in cldr.months[context][width].items():
                stem = name.rstrip(".")
                long = len(stem) >= _SHORTEST_STEM and not name.endswith(".")
                yield (f"{stem}*" if long and not any(map(str.isdigit, stem)) else stem), month


def _periods(cldr: babel.Locale, words: AmountWords) -> Iterator[tuple[str, frozenset[int]]]:
    """Parts of the day with all hours of the half day that they lie in; a night lies in both."""
    forenoon, afternoon = frozenset(range(_NOON)), frozenset(range(_NOON, _MIDNIGHT))
    yield from ((word, forenoon) for word in words.morning)
    yield from ((word, afternoon) for word in words.evening)
    hours: dict[str, set[int]] = {"am": set(forenoon), "pm": set(afternoon)}
    for hour in range(_MIDNIGHT):
        hours.setdefault(get_period_id(time(hour), locale=cldr), set()).add(hour)
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for name, word in cldr.day_periods.get(context, {}).get(width, {}).items():
                for half in (forenoon, afternoon):
                    if hours.get(name, set()) & half and not hours[name] - half:
                        yield word, half
