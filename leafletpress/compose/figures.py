"""Facts for paper: the figure or amount that an author gave, as a language writes it for an audience."""

from collections.abc import Callable, Mapping
from decimal import Decimal

from leafletpress.model.facts import frequency, numbers, unit_of
from leafletpress.model.leaflet import Fact
from leafletpress.model.locale import Locale
from leafletpress.model.text.quantities import in_one_line

# Fills in a pattern of the template words, such as "{low} to {high}", in the language.
Pattern = Callable[[str, Mapping[str, str]], str]


def written(fact: Fact, locale: Locale, pattern: Pattern, *, in_full: bool) -> str:
    """A fact in one line; units of measurement `in_full` where the language has words for them."""
    match fact.kind:
        case "text":
            return fact.value
        case "ratio" | "rate":
            part, whole = numbers(fact)
            return pattern(fact.kind, {"part": locale.number(part), "whole": locale.number(whole or part)})
        case "range" | "count":
            first, last = numbers(fact)
            said = _range(locale.number(first), None if last is None else locale.number(last), pattern)
        case "percentage":
            first, last = numbers(fact)
            said = _range(locale.percent(first), None if last is None else locale.percent(last), pattern)
        case "measurement" | "duration" | "length" | "temperature":
            said = _quantity(fact, locale, pattern, in_full=in_full)
        case "dose":
            said = _dose(fact, locale, pattern, in_full=in_full)
        case "frequency":
            said = _often(fact, locale, pattern)
    return in_one_line(said, locale.tag)


def _range(low: str, high: str | None, pattern: Pattern) -> str:
    return low if high is None else pattern("range", {"low": low, "high": high})


def _quantity(fact: Fact, locale: Locale, pattern: Pattern, *, in_full: bool) -> str:
    """A number or a range with its unit."""
    (first, last), (unit, _, _) = numbers(fact), unit_of(fact)
    if last is None:
        return locale.quantity(first, unit, in_full=in_full)
    return _range(locale.number(first), locale.quantity(last, unit, in_full=in_full), pattern)


def _dose(fact: Fact, locale: Locale, pattern: Pattern, *, in_full: bool) -> str:
    """An amount with what it is given for: 5 mg/kg/day; in full, 5 mg/day for each kg of body weight.

    That stands round the whole range: a language may say first that it is for a day.
    """
    (first, last), (_, by_weight, per) = numbers(fact), unit_of(fact)
    said = _quantity(fact, locale, pattern, in_full=in_full)
    for given_for in ("time", "weight") if in_full else ("weight", "time"):
        if given_for == "weight" and by_weight:
            said = locale.by_weight(last or first, said, in_full=in_full)
        elif given_for == "time" and per:
            said = pattern(f"per_{per}", {"dose": said})
    return said


def _often(fact: Fact, locale: Locale, pattern: Pattern) -> str:
    """How often, in the words of the language, which `Wording` knows that it has."""
    often = frequency(fact)
    last = Decimal(often.last)
    shown = _range(locale.number(Decimal(often.first)), locale.number(last) if often.is_span else None, pattern)
    return locale.frequency(often.words, last, shown, exactly=not often.is_span)
