"""A fact has the form of its kind: its value, its unit, its numbers."""

from datetime import date
from decimal import Decimal
from typing import get_args

import pytest
from babel.units import format_unit

from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.facts import FILTRATION, INTERNATIONAL, MICROMOLE, PER, UNITS, fact_fault, numbers, unit_of
from leafletpress.model.leaflet import Fact, FactKind
from leafletpress.read.skeleton import new_leaflet


@pytest.mark.parametrize(
    ("kind", "value", "unit"),
    [
        ("dose", "250", "mg"),
        ("dose", "0.5 to 1", "mg"),
        ("dose", "250 to 500", "mg/day"),
        ("dose", "5", "mmol/L"),
        ("dose", "800", "IU/day"),
        ("dose", "5 to 10", "mg/kg/day"),
        ("dose", "0.5", "microgram/kg/hour"),
        ("measurement", "2.6", "mmol/L"),
        ("measurement", "120", "micromol/L"),
        ("measurement", "30 to 59", "mL/min/1.73m2"),
        ("frequency", "1 per day", None),
        ("frequency", "2 to 3 per week", None),
        ("frequency", "every 8 hours", None),
        ("frequency", "every 4 to 6 hours", None),
        ("frequency", "every day", None),
        ("frequency", "every 1 year", None),
        ("range", "2 to 3", None),
        ("ratio", "9 of 17", None),
        ("ratio", "17 of 17", None),
        ("percentage", "0.4", None),
        ("percentage", "20 to 40", None),
        ("ratio", "0 of 17", None),
        ("percentage", "0", None),
        ("percentage", "99.5 to 100", None),
        ("count", "0", None),
        ("temperature", "0", "celsius"),
        ("duration", "0 to 4", "week"),
        ("count", "5218", None),
        ("duration", "2 to 4", "week"),
        ("length", "1", "cm"),
        ("temperature", "38", "celsius"),
        ("rate", "1 in 600", None),
        ("text", "FGF23", None),
    ],
)
def test_a_well_formed_fact_has_no_fault(kind: FactKind, value: str, unit: str | None) -> None:
    assert fact_fault(kind, value, unit) is None


@pytest.mark.parametrize(
    ("kind", "value", "unit", "part", "said"),
    [
        ("dose", "250mg", "mg", "value", 'dose "250mg" has the wrong form'),
        ("dose", "-5", "mg", "value", 'dose "-5" has the wrong form'),
        ("dose", ".5", "mg", "value", 'dose ".5" has the wrong form'),
        ("dose", "1,000", "mg", "value", 'dose "1,000" has the wrong form'),
        ("dose", "٥", "mg", "value", 'dose "٥" has the wrong form'),
        ("dose", "2–3", "mg", "value", 'dose "2–3" has the wrong form'),
        ("dose", "1 to 2 to 3", "mg", "value", 'dose "1 to 2 to 3" has the wrong form'),
        ("range", "2", None, "value", 'range "2" has the wrong form'),
        ("ratio", "1 in 3", None, "value", 'ratio "1 in 3" has the wrong form'),
        ("rate", "1 of 3", None, "value", 'rate "1 of 3" has the wrong form'),
        ("percentage", "20%", None, "value", 'percentage "20%" has the wrong form'),
        ("dose", "500 to 250", "mg", "value", 'dose "500 to 250" runs backwards'),
        ("count", "3 to 3", None, "value", 'count "3 to 3" runs backwards'),
        ("duration", "10 to 9", "day", "value", 'duration "10 to 9" runs backwards'),
        ("ratio", "18 of 17", None, "value", 'ratio "18 of 17" runs backwards'),
        ("rate", "600 in 1", None, "value", 'rate "600 in 1" runs backwards'),
        ("dose", "0", "mg", "value", "a dose of 0 is none"),
        ("dose", "0.00", "mg/day", "value", "a dose of 0 is none"),
        ("duration", "0", "day", "value", "a duration of 0 is none"),
        ("length", "0.0", "cm", "value", "a length of 0 is none"),
        ("ratio", "0 of 0", None, "value", 'ratio "0 of 0" is a part of nothing'),
        ("rate", "0 in 0", None, "value", 'rate "0 in 0" is a part of nothing'),
        ("rate", "1 in 0", None, "value", 'rate "1 in 0" runs backwards'),
        ("percentage", "100.1", None, "value", 'percentage "100.1" is more than the whole'),
        ("percentage", "20 to 400", None, "value", 'percentage "20 to 400" is more than the whole'),
        ("percentage", "-4", None, "value", 'percentage "-4" has the wrong form'),
        ("duration", "-4", "day", "value", 'duration "-4" has the wrong form'),
        ("dose", "5", None, "kind", "a dose needs a unit"),
        ("length", "5", "", "kind", "a length needs a unit"),
        ("dose", "5", "week", "unit", 'unknown unit "week" for a dose'),
        ("dose", "5", "MG", "unit", 'unknown unit "MG" for a dose'),
        ("dose", "5", "mg/year", "unit", 'unknown unit "mg/year" for a dose'),
        ("dose", "5", "mg/day/day", "unit", 'unknown unit "mg/day/day" for a dose'),
        ("dose", "5", "mg/", "unit", 'unknown unit "mg/" for a dose'),
        ("length", "5", "cm/day", "unit", 'unknown unit "cm/day" for a length'),
        ("temperature", "38", "C", "unit", 'unknown unit "C" for a temperature'),
        ("percentage", "5", "%", "unit", "a percentage has no unit"),
        ("dose", "0", "IU", "value", "a dose of 0 is none"),
        ("dose", "-800", "IU", "value", 'dose "-800" has the wrong form'),
        ("dose", "5", "iu", "unit", 'unknown unit "iu" for a dose'),
        ("dose", "5", "mg/day/kg", "unit", 'unknown unit "mg/day/kg" for a dose'),
        ("dose", "5", "mg/kg/kg", "unit", 'unknown unit "mg/kg/kg" for a dose'),
        ("dose", "5", "mmol/L/kg", "unit", 'unknown unit "mmol/L/kg" for a dose'),
        ("dose", "60", "mL/min/1.73m2", "unit", 'unknown unit "mL/min/1.73m2" for a dose'),
        ("measurement", "0", "mmol/L", "value", "a measurement of 0 is none"),
        ("measurement", "5", "mg", "unit", 'unknown unit "mg" for a measurement'),
        ("measurement", "5", "µmol/L", "unit", 'unknown unit "µmol/L" for a measurement'),
        ("measurement", "5", "mmol/L/day", "unit", 'unknown unit "mmol/L/day" for a measurement'),
        ("measurement", "5", None, "kind", "a measurement needs a unit"),
        ("frequency", "0 per day", None, "value", "a frequency of 0 is none"),
        ("frequency", "0 to 2 per day", None, "value", "a frequency of 0 is none"),
        ("frequency", "every 0 hours", None, "value", "a frequency of 0 is none"),
        ("frequency", "-2 per day", None, "value", 'frequency "-2 per day" has the wrong form'),
        ("frequency", "1.5 per day", None, "value", 'frequency "1.5 per day" has the wrong form'),
        ("frequency", "twice a day", None, "value", 'frequency "twice a day" has the wrong form'),
        ("frequency", "2", None, "value", 'frequency "2" has the wrong form'),
        ("frequency", "3 to 2 per day", None, "value", 'frequency "3 to 2 per day" runs backwards'),
        ("frequency", "every 6 to 6 hours", None, "value", 'frequency "every 6 to 6 hours" runs backwards'),
        ("frequency", "2 per hour", None, "value", 'unknown time "hour" in frequency "2 per hour"'),
        ("frequency", "every 8 ours", None, "value", 'unknown time "our" in frequency "every 8 ours"'),
        ("frequency", "2 per day", "day", "unit", "a frequency has no unit"),
        ("text", "FGF23", "mg", "unit", "a text has no unit"),
    ],
)
def test_a_fault_names_its_part(kind: FactKind, value: str, unit: str | None, part: str, said: str) -> None:
    found = fact_fault(kind, value, unit)
    assert found
    assert (found.part, found.text) == (part, said)
    assert found.hint


def test_the_numbers_of_a_fact_are_exact() -> None:
    assert numbers(Fact("dose", "0.1 to 2.50", "mg", ())) == (Decimal("0.1"), Decimal("2.50"))
    assert numbers(Fact("ratio", "9 of 17", None, ())) == (Decimal(9), Decimal(17))
    assert numbers(Fact("count", "5218", None, ())) == (Decimal(5218), None)


def test_the_unit_of_a_fact_is_one_that_cldr_names() -> None:
    assert unit_of(Fact("dose", "5", "mg", ())) == ("mass-milligram", False, "")
    assert unit_of(Fact("dose", "5", "mg/day", ())) == ("mass-milligram", False, "day")
    assert unit_of(Fact("dose", "5", "mg/kg", ())) == ("mass-milligram", True, "")
    assert unit_of(Fact("dose", "5", "IU/kg/hour", ())) == (INTERNATIONAL, True, "hour")
    assert unit_of(Fact("dose", "5", "mmol/L", ())) == ("concentr-millimole-per-liter", False, "")


LACKED = (INTERNATIONAL, MICROMOLE, FILTRATION)


@pytest.mark.parametrize("unit", [unit for units in UNITS.values() for unit in units.values() if unit not in LACKED])
def test_every_other_unit_is_known_to_cldr(unit: str) -> None:
    assert format_unit(2, unit, locale="en") != f"2 {unit}"


def test_every_kind_says_what_is_wrong_with_nonsense() -> None:
    for kind in get_args(FactKind):
        assert fact_fault(kind, "", "mg"), kind


@pytest.mark.parametrize("per", PER)
def test_a_dose_may_be_given_per(per: str) -> None:
    assert fact_fault("dose", "5", f"g/{per}") is None


@pytest.mark.parametrize(
    ("fact", "text", "severity"),
    [
        ("kind: dose, value: 5, unit: mg", "Take {figure}.", "error"),
        ("kind: percentage, value: 5", "It comes back in {figure}.", "warning"),
        ("kind: duration, value: 5, unit: day", "It lasts {figure}.", "warning"),
        ("kind: dose, value: 5, unit: mg", "Take {figure}.[@example_2026]", ""),
        ("kind: dose, value: 5, unit: mg, source: example_2026", "Take {figure}.", ""),
        ("kind: dose, value: 5, unit: mg", "Take {figure} for {usual_course}.", "error"),
        ("kind: percentage, value: 5", "Of those, {figure} had it for {usual_course}.", ""),
        ("kind: text, value: FGF23", "The gene is {figure}.", ""),
        ("kind: dose, value: 5, unit: mg", "Take it.", ""),
    ],
)
def test_a_figure_that_is_printed_has_a_source(project: Project, fact: str, text: str, severity: str) -> None:
    _, skeleton = new_leaflet(project.files(), "other", date(2026, 1, 5), ("patient", "clinician"))
    skeleton = skeleton.replace("facts:\n", f"facts:\n  figure: {{{fact}}}\n", 1)
    skeleton = skeleton.replace("FILL IN what it is, in short sentences. It lasts {usual_course}.", text)
    (project.root / "leaflets/other.yaml").write_text(skeleton, encoding="utf-8")
    found = check(read_library(project, Wanted(conditions=("other",), locales=("en",)))).problems
    said = [(problem.text, problem.severity) for problem in found if "no source" in problem.text]
    assert said == ([('about.meaning: fact "figure" has no source', severity)] if severity else [])
