"""The forms that a fact can take: which values and units each kind accepts, and the numbers in them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from leafletpress.model.leaflet import Fact, FactKind
from leafletpress.model.problems import did_you_mean

_NUMBER = r"[0-9]{1,12}(?:\.[0-9]{1,6})?"  # far more digits than are printed; a language can round no more than 28
_SPAN = rf"({_NUMBER})(?: to ({_NUMBER}))?"

# Units by kind, each with its name in CLDR.
UNITS: dict[FactKind, dict[str, str]] = {
    "dose": {
        "microgram": "mass-microgram",
        "mg": "mass-milligram",
        "g": "mass-gram",
        "mL": "volume-milliliter",
        "mmol/L": "concentr-millimole-per-liter",
    },
    "duration": {
        "minute": "duration-minute",
        "hour": "duration-hour",
        "day": "duration-day",
        "week": "duration-week",
        "month": "duration-month",
        "year": "duration-year",
    },
    "length": {"mm": "length-millimeter", "cm": "length-centimeter", "m": "length-meter"},
    "temperature": {"celsius": "temperature-celsius"},
}
# Times that a dose may be given per; the words for them are furniture, for CLDR writes "480 mg/d".
PER = ("hour", "day", "week")

_ABOVE_NOTHING: tuple[FactKind, ...] = ("dose", "duration", "length")  # 0 of these can't be given, last or be measured
_WHOLE = 100  # percent

_FORMS: dict[FactKind, tuple[str, str]] = {
    "dose": (_SPAN, 'a number or "LOW to HIGH"'),
    "range": (rf"({_NUMBER}) to ({_NUMBER})", '"LOW to HIGH"'),
    "ratio": (rf"({_NUMBER}) of ({_NUMBER})", '"PART of WHOLE", for example 9 of 17'),
    "percentage": (_SPAN, 'a number or "LOW to HIGH", without the sign'),
    "count": (_SPAN, 'a number or "LOW to HIGH"'),
    "duration": (_SPAN, 'a number or "LOW to HIGH"'),
    "length": (_SPAN, 'a number or "LOW to HIGH"'),
    "temperature": (_SPAN, 'a number or "LOW to HIGH"'),
    "rate": (rf"({_NUMBER}) in ({_NUMBER})", '"PART in WHOLE", for example 1 in 600'),
    "text": (r"(.+)", "words"),
}


@dataclass(frozen=True, slots=True)
class FactFault:
    """What is wrong with a fact's value or unit, and a hint."""

    part: str
    text: str
    hint: str


def fact_fault(kind: FactKind, value: str, unit: str | None) -> FactFault | None:
    """What keeps a fact from being printed, or None."""
    form, hint = _FORMS[kind]
    if not re.fullmatch(form, value):
        return FactFault("value", f'{kind} "{value}" has the wrong form', hint)
    if kind != "text":
        first, last = numbers(Fact(kind, value, unit, ()))
        if last is not None and (first > last or (first == last and kind not in ("ratio", "rate"))):
            return FactFault("value", f'{kind} "{value}" runs backwards', "the smaller number stands first")
        if not (last or first) and kind in _ABOVE_NOTHING:
            return FactFault("value", f"a {kind} of 0 is none", "say in words that there is none")
        if last == 0:
            return FactFault("value", f'{kind} "{value}" is a part of nothing', hint)
        if kind == "percentage" and max(first, last or first) > _WHOLE:
            text = f'percentage "{value}" is more than the whole'
            return FactFault("value", text, "of what grew, say how many times as much it is, as a count")
    allowed = UNITS.get(kind, {})
    if not allowed:
        return FactFault("unit", f"a {kind} has no unit", "delete the unit") if unit else None
    if not unit:
        return FactFault("kind", f"a {kind} needs a unit", f"one of: {', '.join(allowed)}")
    amount, slash, per = unit.partition("/") if unit not in allowed else (unit, "", "")
    if amount not in allowed or (slash and (kind != "dose" or per not in PER)):
        return FactFault("unit", f'unknown unit "{unit}" for a {kind}', did_you_mean(unit, allowed))
    return None


def numbers(fact: Fact) -> tuple[Decimal, Decimal | None]:
    """The one or two numbers of a fact that is not a text."""
    first, last = [*re.findall(_NUMBER, fact.value), None][:2]
    return Decimal(str(first)), None if last is None else Decimal(last)


def unit_of(fact: Fact) -> tuple[str, str]:
    """The CLDR name of a fact's unit, and the time that it is given per, or an empty text."""
    units = UNITS[fact.kind]
    written = fact.unit or ""
    if written in units:
        return units[written], ""
    amount, _, per = written.partition("/")
    return units[amount], per


def shown_to_translators(name: str, fact: Fact) -> str:
    """What catalogs say of a fact: its value behind its name, for words may have to agree with it."""
    unit = f" {fact.unit}" if fact.unit else ""
    return " ".join(f"{{{name}}} prints: {fact.value}{unit} ({fact.kind})".split())
