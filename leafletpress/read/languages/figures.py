"""Numbers, percentages, quantities and lists as CLDR writes them, with ASCII digits and without marks of direction."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import babel
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent
from babel.units import format_compound_unit, format_unit

from leafletpress.model import facts
from leafletpress.model.text.markup import fold_digits

# Babel's marks round a percent sign: direction is ours to decide, once, in compose.
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
# CLDR's minimumGroupingDigits 2 ("1234", "12.345"), which Babel leaves out.
_GROUPED_FROM_TEN_THOUSAND = frozenset({"bg", "ca", "es", "eu", "hu", "it", "pl", "pt"})
# Its signs differ by a letter from those of milligrams, a thousand times as much: μg, mcg, มคก.
_MICROGRAM = "mass-microgram"
_MILLIMOLE = "concentr-millimole-per-liter"
_SURFACE = Decimal("1.73")  # m² of skin, for which the filtration of kidneys is reckoned
_HUNDRED = 100  # a number that every language writes in these figures


def plain(text: str) -> str:
    """A text of Babel's with ASCII digits and without marks of direction."""
    return fold_digits(text.translate(_DIRECTION_MARKS))


def number(cldr: babel.Locale, value: Decimal) -> str:
    """A number with all of its decimals."""
    return fold_digits(format_decimal(value, _pattern(cldr, value), locale=cldr, numbering_system="latn"))


def _pattern(cldr: babel.Locale, value: Decimal) -> str:
    """The locale's pattern with room for every digit: Babel rounds to three decimals, and a dose must not be."""
    places = max(3, -int(value.as_tuple().exponent))
    pattern: str = cldr.decimal_formats[None].pattern.replace("0.###", "0." + "#" * places)
    ungrouped = cldr.language in _GROUPED_FROM_TEN_THOUSAND and value < 10_000
    return pattern.replace("#,##", "") if ungrouped else pattern


def percent(cldr: babel.Locale, value: Decimal) -> str:
    """A percentage (38 for 38 %) with its sign."""
    digits = -int(value.normalize().as_tuple().exponent) if value % 1 else 0
    pattern = cldr.percent_formats[None].pattern
    with_digits = pattern.replace("#,##0", "#,##0." + "0" * digits) if digits else pattern
    return plain(format_percent(value / 100, format=with_digits, locale=cldr, numbering_system="latn"))


def quantity(cldr: babel.Locale, value: Decimal, unit: str, written: str | None) -> str:
    """A number with its unit: as `written` with {number}, else time and micrograms in full words, other units short."""
    value = value.normalize()  # "1.0" is printed as 1, and takes the singular
    written = _sign(cldr, unit) if written is None else written
    if written is not None:
        return written.replace("{number}", number(cldr, value))
    in_words = unit.startswith("duration") or unit == _MICROGRAM
    lengths: tuple[Literal["long", "short"], ...] = ("long", "short") if in_words else ("short",)
    for length in lengths:
        pattern = _pattern(cldr, value)
        text = format_unit(value, unit, length=length, format=pattern, locale=cldr, numbering_system="latn")
        if unit not in text:  # where CLDR lacks the length, Babel prints the unit's id
            break
    if not any(char.isdecimal() for char in text):  # "a month", "two months" in one word: keep the digits
        of_hundred = format_unit(_HUNDRED, unit, length=length, locale=cldr, numbering_system="latn")
        text = of_hundred.replace(str(_HUNDRED), number(cldr, value))
    return plain(text)


def _sign(cldr: babel.Locale, unit: str) -> str | None:
    """The sign of a unit that CLDR lacks, with {number}, as all languages write it; None for a unit that it has."""
    match unit:
        case facts.INTERNATIONAL:
            return "{number} IU"
        case facts.FILTRATION:
            return f"{{number}} mL/min/{number(cldr, _SURFACE)} m²"
        case facts.MICROMOLE:  # like that of a thousand times as much: mmol/l, µmol/l
            millimole = format_unit(_HUNDRED, _MILLIMOLE, length="short", locale=cldr, numbering_system="latn")
            known = plain(millimole).replace(str(_HUNDRED), "{number}")
            return known.replace("mmol", "µmol") if "mmol" in known else "{number} µmol/L"
        case _:
            return None


def by_weight(cldr: babel.Locale, amount: str, written: str | None) -> str:
    """An amount for each kilogram of body weight, as `written` with {number}, else as CLDR writes it."""
    if written is not None:
        return written.replace("{number}", amount)
    said = format_compound_unit(_HUNDRED, denominator_unit="mass-kilogram", length="short", locale=cldr)
    return plain(said or "").replace(str(_HUNDRED), amount)


def listed(cldr: babel.Locale, parts: Sequence[str]) -> str:
    """Several things in one line, the last with an "and"."""
    return format_list(parts, locale=cldr).translate(_DIRECTION_MARKS)
