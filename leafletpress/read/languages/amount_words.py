"""The words for amounts that CLDR lacks: the shape of the table amounts in the settings of a language."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from leafletpress.model.facts import UNITS as FACT_UNITS
from leafletpress.model.forms import AnyOf, Pattern
from leafletpress.model.text.amounts.writing import TIMES

# Units of amounts in free text: those of facts, and what else leaflets use, with its name in CLDR where it has one.
_LAYERED = ("mg/dL", "mL/min/1.73m2")  # read as what they are made of
UNITS = {name: cldr for units in FACT_UNITS.values() for name, cldr in units.items() if name not in _LAYERED} | {
    "nanogram": "nanogram",
    "kg": "mass-kilogram",
    "cL": "volume-centiliter",
    "dL": "volume-deciliter",
    "L": "volume-liter",
    "drop": "volume-drop",
    "teaspoon": "volume-teaspoon",
    "tablespoon": "volume-tablespoon",
    "percent": "concentr-percent",
    "km": "length-kilometer",
    "cm²": "area-square-centimeter",
    "m²": "area-square-meter",
    "fahrenheit": "temperature-fahrenheit",
    "mmHg": "pressure-millimeter-ofhg",
    "kcal": "energy-kilocalorie",
    "kJ": "energy-kilojoule",
    "second": "duration-second",
    "night": "duration-night",
    "unit": "unit",
    "times": TIMES,
}
Words = tuple[str, ...]
_Form = Annotated[
    str, Pattern(r"[^{}]+\{number\}|\{number\}[^{}]+", 'words, and {number} before or behind them: "over {number}"')
]
_Number = Annotated[str, Pattern(r"\d+(?:/[1-9]\d*)?(?: \w+)?", "a number, and a unit that its word holds: 1/2, 2 day")]


@dataclass(frozen=True, slots=True)
class AmountWords:
    """The table amounts of locale.toml: words for amounts that CLDR lacks; one that ends in * may have any ending.

    `units` and `rates` by unit ("Tag*"; "täglich*"); `more`, `less`, `not_more`, `not_less`, `whole`, `minus` and
    `clock`, which stand beside a number, with {number} in them; `numbers` in words by their value ("1/2", or "2 day"
    where the word says the unit too); `morning` and `evening` for the hours before and behind noon; `per` for what
    makes a rate of a unit. The calendar may be some `years_ahead` (543 in Thailand).
    """

    units: Mapping[Annotated[str, AnyOf("unit of an amount")], Words] | None = None
    rates: Mapping[Annotated[str, AnyOf("unit of an amount")], Words] | None = None
    more: tuple[_Form, ...] = ()
    less: tuple[_Form, ...] = ()
    not_more: tuple[_Form, ...] = ()
    not_less: tuple[_Form, ...] = ()
    whole: tuple[_Form, ...] = ()
    clock: tuple[_Form, ...] = ()
    minus: tuple[_Form, ...] = ()
    per: Words = ()
    numbers: Mapping[_Number, Words] | None = None
    morning: Words = ()
    evening: Words = ()
    years_ahead: int = 0
