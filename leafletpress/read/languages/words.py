"""Words for what CLDR has none: units in full and how often, by the plural forms of a language, from locale.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

from leafletpress.model.facts import EVERY, TIMES_PER, UNITS
from leafletpress.model.forms import AnyOf, Pattern
from leafletpress.model.text.amounts.writing import NUMBER

if TYPE_CHECKING:
    import babel

# How often, by the name of its words, and the unit of time that these must say.
OFTEN = {
    **{f"per {unit}": f"duration-{unit}" for unit in TIMES_PER},
    **{f"every {unit}": f"duration-{unit}" for unit in EVERY},
}
BY_WEIGHT = "/kg"
# What may have words: how often, by weight, and the units that are signs elsewhere.
WORDED = [*OFTEN, BY_WEIGHT, *dict.fromkeys(name for kind in ("dose", "measurement") for name in UNITS[kind])]
# The names of the units by those of CLDR.
NAMES = {UNITS[kind][name]: name for kind in ("dose", "measurement") for name in UNITS[kind]}
CLDR_NAMES = {name: cldr for cldr, name in NAMES.items()}
OTHER = "other"
SIGN = "sign"  # how a unit is written that CLDR lacks, where it is not in words
EXACT = ("1", "2")  # of these a word may say the number: "twice a day"
FORMS = (*EXACT, "zero", "one", "two", "few", "many", OTHER, SIGN)

Form = Annotated[str, Pattern(r"[^{}]*(?:\{number\})?[^{}]*", 'words, and {number} once: "{number} times a day"')]
Forms = Mapping[Annotated[str, AnyOf("plural form")], Form]


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a language by their names, each with its forms; those that it lacks are None."""

    forms: Mapping[str, Mapping[str, str]]

    def say(self, cldr: "babel.Locale", name: str, value: Decimal, shown: str, *, exactly: bool = True) -> str | None:
        """The words of this name round a number that is `shown`; `value` decides the plural, None where they lack.

        Where the number is not `exactly` the value, as in a range, no word says it.
        """
        forms = self.forms.get(name, {})
        if OTHER not in forms:
            return None
        value = value.normalize()
        form = forms.get(str(value)) if exactly else None
        return (form or forms.get(cldr.plural_form(value)) or forms[OTHER]).replace(NUMBER, shown)

    @property
    def signs(self) -> dict[str, str]:
        """The signs of units, by the names of CLDR, and that for each kilogram."""
        return {CLDR_NAMES.get(name, name): forms[SIGN] for name, forms in self.forms.items() if SIGN in forms}
