"""The forms that a fact can take: which values and units each kind accepts, and the numbers in them."""

import re
from dataclasses import dataclass
from decimal import Decimal

from leafletpress.model.leaflet import Fact, FactKind
from leafletpress.model.problems import did_you_mean

# Far more digits than are printed; a language can round no more than 28. None begins with 0: 05 may be meant as 0.5.
_NUMBER = r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"
_SPAN = rf"({_NUMBER})(?: to ({_NUMBER}))?"

# Units that CLDR lacks, named as it would: international units, micromoles, the filtration of the kidneys (eGFR).
INTERNATIONAL, MICROMOLE, FILTRATION = (
    "unit-international",
    "concentr-micromole-per-liter",
    "volume-milliliter-per-minute-and-surface",
)
# Units by kind, each with its name in CLDR.
UNITS: dict[FactKind, dict[str, str]] = {
    "dose": {
        "microgram": "mass-microgram",
        "mg": "mass-milligram",
        "g": "mass-gram",
        "mL": "volume-milliliter",
        "mmol/L": "concentr-millimole-per-liter",
        "IU": INTERNATIONAL,
    },
    "measurement": {
        "mmol/L": "concentr-millimole-per-liter",
        "micromol/L": MICROMOLE,
        "mg/dL": "concentr-milligram-ofglucose-per-deciliter",
        "mL/min/1.73m2": FILTRATION,
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
# What a dose may be reckoned by, before that: "mg/kg/day" is for each kilogram of body weight.
BY_WEIGHT = "kg"
_WEIGHED = ("microgram", "mg", "g", "mL", "IU")
# How often: so many times in one of these, or every so many of those.
TIMES_PER = ("day", "week", "month", "year")
EVERY = ("hour", *TIMES_PER)

# 0 of these can't be given, last or be measured.
_ABOVE_NOTHING: tuple[FactKind, ...] = ("dose", "duration", "length", "measurement")
_WHOLE = 100  # percent

_FORMS: dict[FactKind, tuple[str, str]] = {
    "dose": (_SPAN, 'a number or "LOW to HIGH"'),
    "measurement": (_SPAN, 'a number or "LOW to HIGH"'),
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


_WHOLE_NUMBER = r"[0-9]{1,3}"
_OFTEN = re.compile(
    rf"(?P<low>{_WHOLE_NUMBER})(?: to (?P<high>{_WHOLE_NUMBER}))? per (?P<time>[a-z]+)"
    rf"|every (?:(?P<from>{_WHOLE_NUMBER})(?: to (?P<until>{_WHOLE_NUMBER}))? )?(?P<times>[a-z]+)"
)
_OFTEN_HINT = 'whole numbers: "2 per day", "2 to 3 per week", "every 8 hours", "every 4 to 6 hours", "every day"'


@dataclass(frozen=True, slots=True)
class Frequency:
    """How often: `first` to `last` times per `unit`, or every so many of it (`is_every`); one number is both ends."""

    is_every: bool
    unit: str
    first: int
    last: int
    is_span: bool

    @property
    def words(self) -> str:
        """What its words are known by in the settings of a language."""
        return f"{'every' if self.is_every else 'per'} {self.unit}"


@dataclass(frozen=True, slots=True)
class FactFault:
    """What is wrong with a fact's value or unit, and a hint."""

    part: str
    text: str
    hint: str


def fact_fault(kind: FactKind, value: str, unit: str | None) -> FactFault | None:
    """What keeps a fact from being printed, or None."""
    if kind == "frequency":
        return _frequency_fault(value, unit)
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
    amount, *per = [unit] if unit in allowed else unit.split("/")
    by_weight, times = per[:1] == [BY_WEIGHT], per[1:] if per[:1] == [BY_WEIGHT] else per
    fits = not per or (kind == "dose" and len(times) <= 1 and all(time in PER for time in times))
    if amount not in allowed or not fits or (by_weight and amount not in _WEIGHED):
        return FactFault("unit", f'unknown unit "{unit}" for a {kind}', did_you_mean(unit, allowed))
    return None


def _frequency_fault(value: str, unit: str | None) -> FactFault | None:
    """The same of a fact that says how often."""
    if unit:
        return FactFault("unit", "a frequency has no unit", "it is part of the value: 2 per day, every 8 hours")
    found = _OFTEN.fullmatch(value)
    if not found:
        return FactFault("value", f'frequency "{value}" has the wrong form', _OFTEN_HINT)
    often = _often(found)
    known = EVERY if often.is_every else TIMES_PER
    if often.unit not in known:
        hint = did_you_mean(often.unit, known) or f"one of: {', '.join(known)}"
        return FactFault("value", f'unknown time "{often.unit}" in frequency "{value}"', hint)
    if not often.first:
        return FactFault("value", "a frequency of 0 is none", "say in words that it is not done")
    if often.is_span and often.first >= often.last:
        return FactFault("value", f'frequency "{value}" runs backwards', "the smaller number stands first")
    return None


def frequency(fact: Fact) -> Frequency:
    """What a fact that says how often says."""
    found = _OFTEN.fullmatch(fact.value)
    assert found, fact.value
    return _often(found)


def _often(found: re.Match[str]) -> Frequency:
    low, high = (found["low"] or found["from"] or "1"), found["high"] or found["until"]
    unit = (found["time"] or found["times"]).removesuffix("s")
    return Frequency(found["time"] is None, unit, int(low), int(high or low), is_span=high is not None)


def numbers(fact: Fact) -> tuple[Decimal, Decimal | None]:
    """The one or two numbers of a fact that is not a text."""
    first, last = [*re.findall(_NUMBER, fact.value), None][:2]
    return Decimal(str(first)), None if last is None else Decimal(last)


def unit_of(fact: Fact) -> tuple[str, bool, str]:
    """The CLDR name of a fact's unit, whether it is by body weight, and the time it is given per, or an empty text."""
    units = UNITS[fact.kind]
    written = fact.unit or ""
    if written in units:
        return units[written], False, ""
    amount, *per = written.split("/")
    return units[amount], BY_WEIGHT in per, next((time for time in per if time in PER), "")


def shown_to_translators(name: str, fact: Fact) -> str:
    """What catalogs say of a fact: its value behind its name, for words may have to agree with it."""
    unit = f" {fact.unit}" if fact.unit else ""
    return " ".join(f"{{{name}}} prints: {fact.value}{unit} ({fact.kind})".split())
