"""Finds figures with their units in English words, as the facts that they can be."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from leafletpress.model.facts import fact_fault, frequency
from leafletpress.model.leaflet import Fact, FactKind
from leafletpress.read.word.words import words_of

# How leaflets write the units of facts: kind, unit, other spellings. "mg" and the like are a spelling themselves.
_UNITS: tuple[tuple[FactKind, str, str], ...] = (
    ("dose", "microgram", "micrograms mcg µg μg ug"),
    ("dose", "mg", "milligram milligrams mgs"),
    ("dose", "g", "gram grams"),
    ("dose", "mL", "ml millilitre millilitres milliliter milliliters mls"),
    ("dose", "IU", "iu"),
    ("measurement", "mmol/L", "mmol/l"),
    ("duration", "minute", "minutes mins min"),
    ("duration", "hour", "hours hrs hr"),
    ("duration", "day", "days"),
    ("duration", "week", "weeks wks"),
    ("duration", "month", "months"),
    ("duration", "year", "years yrs"),
    ("length", "mm", "millimetres millimetre"),
    ("length", "cm", "centimetres centimetre"),
    ("temperature", "celsius", "°C ºC ℃"),
    ("percentage", "", "%"),
)
_KNOWN = {spelling: (kind, unit) for kind, unit, others in _UNITS for spelling in (unit, *others.split()) if spelling}
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:\.\d{1,6})?"
_DASH = r"\s?[-\u2010-\u2015]\s?"
_TO = rf"(?:\ to\ |{_DASH})"
_WHOLE = r"\d{1,3}"
_TIMES = {"once": "1", "twice": "2"}
_AMOUNT = re.compile(
    rf"""(?<![\w.,/\u2010-\u2015−-])(?:
      every\ (?P<every>(?:{_WHOLE}(?:{_TO}{_WHOLE})?\ )?(?:hour|day|week|month|year)s?)
    | (?P<times>once|twice|(?:{_WHOLE}{_TO})?{_WHOLE}\ times)\ a\ (?P<time>day|week|month|year)
    | (?P<part>{_NUMBER})\ in\ (?P<whole>{_NUMBER})(?=\ (?:people|patients|children|adults|women|men|babies))
    | (?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?\ ?
      (?P<unit>{"|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))})
      (?P<per>(?:/kg)?(?:(?:/|\ per\ )(?:hour|day|week))?)
    )(?![\w/%²³]|-\w)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A figure in a text, from place to place, and the fact that prints it."""

    start: int
    end: int
    fact: Fact


def amounts_in(text: str) -> Iterator[Amount]:
    """The figures of a text that can be facts, which print all of its words; any other stays in the text as it is."""
    for found in _AMOUNT.finditer(text):
        fact = _fact(found)
        if (
            fact
            and not fact_fault(fact.kind, fact.value, fact.unit)
            and not words_of([found[0]]) - words_of([said(fact)])
        ):
            yield Amount(*found.span(), fact)


def _fact(found: re.Match[str]) -> Fact | None:
    if found["every"]:
        return Fact("frequency", f"every {_spelled(found['every'])}", None, ())
    if found["times"]:
        times = _TIMES.get(found["times"]) or _spelled(found["times"].removesuffix(" times"))
        return Fact("frequency", f"{times} per {found['time']}", None, ())
    if found["part"]:
        return Fact("rate", f"{_spelled(found['part'])} in {_spelled(found['whole'])}", None, ())
    kind, unit = _KNOWN[found["unit"]]
    value = _spelled(found["low"]) + (f" to {_spelled(found['high'])}" if found["high"] else "")
    if kind == "duration" and found["unit"] == unit and value != "1":  # a 24 hour helpline
        return None
    per = found["per"].replace(" per ", "/")
    return Fact(kind, value, f"{unit}{per}" or None, ()) if not per or kind == "dose" else None


def _spelled(number: str) -> str:
    return re.sub(_DASH, " to ", number.replace(",", ""))


def said(fact: Fact) -> str:
    """What a fact says in English, by which words are compared: no print has these signs."""
    if fact.kind != "frequency":
        return f"{fact.value} {(fact.unit or '').replace('/', ' per ').replace('celsius', 'c')}"
    often = frequency(fact)
    count = f"{often.first} to {often.last}" if often.is_span else f"{often.first}"
    if often.is_every:
        return f"every {'' if count == '1' else count} {often.unit}"
    return f"{ {'1': 'once', '2': 'twice'}.get(count, f'{count} times') } a {often.unit}"


def name_of(fact: Fact) -> str:
    """What a fact may be called: dose_5_mg, duration_2_to_3_week."""
    words = re.findall(r"[a-z0-9]+", f"{fact.kind} {fact.value} {fact.unit or ''}".lower())
    return "_".join(words)
