"""Finds what is written in figures: numbers, fractions, times of day, dates, phone numbers, names of facts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from leafletpress.model.text.amounts.numerals import fraction, value
from leafletpress.model.text.amounts.writing import RUNNING, Limit

Kind = Literal["number", "word", "count", "fact", "time", "date", "phone"]
IN_WORDS = ("word", "count")
Sign = Literal["", "<", "≤", ">", "≥", "±", "+"]

_TOKEN = re.compile(
    r"""
      (?P<fact>\{[a-z][a-z0-9_]*\})
    | (?P<date>(?<![A-Za-z\d.,])
        (?:\d{4}(?P<to>[-/.])\d{1,2}(?P=to)\d{1,2} | \d{1,2}(?P<by>[-/.])\d{1,2}(?P=by)\d{4})(?!\d))
    | (?P<phone>(?<![A-Za-z\d.,])
        (?:(?:\+\ ?\d|\(?0\d)(?:[ \u00a0\u202f()/.-]{0,3}\d){5,14} | (?=(?:\d-?){7})\d{1,4}(?:-\d{2,4}){2,6})(?!\d))
    | (?P<time>(?<![\d.,:])(?P<hour>[01]?\d|2[0-4])(?::|[ \u00a0]?h[ \u00a0]?)(?P<minute>[0-5]\d)(?![\d:]))
    | (?P<divided>(?:(?P<whole>(?<!\d)\d+)[ \u00a0]?)?(?:&|(?<![\d/⁄&^]))
        \^?(?P<above>[1-9])[/⁄]_?(?P<below>[2-9]|10)(?![\d/⁄]))
    | (?P<number>(?<![\d_])(?:(?<!\w)[.,](?=\d))?\d+(?:[.,\u066b\u066c'\u00a0\u202f\u2009]\d+)*)
      (?P<power>(?:\^[\d+\u2212-])*)
    """,
    re.VERBOSE,
)
_PART_OF_NAME = re.compile(r"[A-Za-z\u00b5-\u024f\u0370-\u03ff\u0400-\u04ff][_-]?$")
_RUNNING = re.compile(f"[{RUNNING}]")
_LARGEST_POWER = 100


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount in a text, from place to place of the legible text.

    Of the kinds, "word" is a fraction in words or a word with its unit ("two days" in Arabic), "count" any other number
    in words.
    `value` is a number, the name of a fact, the digits of a phone number, minutes of the day, or a date as year, month
    and day. `sign` stands before it; `limit` says what words make of it; `units` are names of CLDR,
    several where a word can mean several; `shared` are those of the next number in a row ("2 to 3 mg").
    """

    kind: Kind
    value: Fraction | str
    written: str
    at: int
    end: int
    sign: Sign = ""
    limit: Limit | None = None
    units: frozenset[str] = frozenset()
    shared: frozenset[str] = frozenset()


def tokens(text: str, decimal: str) -> Iterator[Amount]:
    """What is written in figures in a legible text, without signs and units."""
    for found in _TOKEN.finditer(text):
        content, (at, end) = found[0], found.span()
        if found["fact"]:
            yield Amount("fact", content, content, at, end)
        elif found["date"]:
            yield Amount("date", _date(content), content, at, end)
        elif found["phone"]:
            yield Amount("phone", re.sub(r"\D", "", content), content, at, end)
        elif found["time"]:
            yield Amount("time", Fraction(int(found["hour"]) * 60 + int(found["minute"])), content, at, end)
        elif found["divided"]:
            yield Amount("number", fraction(found["above"], found["below"], found["whole"]), content, at, end)
        else:
            yield Amount("number", _powered(found["number"], found["power"], decimal), content, at, end)


def is_in_name(text: str, amount: Amount) -> bool:
    """Whether the figures go on with a word: FGF23, IL-1, CO₂."""
    return amount.kind == "number" and bool(_PART_OF_NAME.search(text[max(0, amount.at - 2) : amount.at]))


def sign_before(text: str, at: int) -> tuple[bool, Sign, int]:
    """Whether a minus stands before a place, the sign of mathematics before that, and where they begin."""
    bare = text[:at]
    is_minus = bool(bare) and _is_dash(bare[-1]) and not _goes_on(bare[:-1])
    if is_minus:
        bare = bare[:-1]
    begins = len(bare)
    bare = bare.rstrip()
    if bare[-2:] in ("<=", ">="):
        return is_minus, "≤" if bare[-2] == "<" else "≥", len(bare) - 2
    sign = _sign(bare[-1:])
    return is_minus, sign, len(bare) - 1 if sign else begins


def _is_dash(char: str) -> bool:
    return unicodedata.category(char) == "Pd" or (
        unicodedata.category(char) == "Sm"
        and "MINUS" in unicodedata.name(char)
        and "PLUS" not in unicodedata.name(char)
    )


def _goes_on(before: str) -> bool:
    """Whether a dash behind this is no minus: it joins words or numbers, as in IL-1, 5–10 and 5 –10."""
    joined = before[-1:].isalnum() and not _RUNNING.match(before[-1:])
    return joined or before[-1:] in tuple(")}%") or before.rstrip()[-1:] in tuple("0123456789}%")


def _sign(char: str) -> Sign:
    """The sign that a character of mathematics stands for, by its name in Unicode: ⩽ and ≦ are ≤."""
    name = unicodedata.name(char, "") if char and unicodedata.category(char) == "Sm" else ""
    equal = "EQUAL" in name
    if name.startswith("LESS-THAN"):
        return "≤" if equal else "<"
    if name.startswith("GREATER-THAN"):
        return "≥" if equal else ">"
    return "±" if name == "PLUS-MINUS SIGN" else "+" if name == "PLUS SIGN" else ""


def _date(written: str) -> str:
    first, month, third = re.split(r"[-/.]", written)
    year, day = (first, third) if len(first) > 2 else (third, first)
    return f"{year}-{int(month):02}-{int(day):02}"


def _powered(digits: str, power: str, decimal: str) -> Fraction | str:
    """The value of a number with a raised one behind it: 10⁹ is a thousand million."""
    base = value(digits, decimal)
    raised = re.fullmatch(r"-?\d+", power.replace("^", "").replace("\u2212", "-"))
    if not raised or isinstance(base, str) or not base:
        return base
    return base ** int(raised[0]) if abs(int(raised[0])) <= _LARGEST_POWER else f"{digits}{power}"
