"""Refuses words and signs in locale.toml that are those of another unit: "{number} g" for milligrams."""

from collections.abc import Iterator, Mapping

import babel

from leafletpress.model.problems import Problem
from leafletpress.model.text.amounts.reader import read
from leafletpress.model.text.amounts.writing import NUMBER, Writing
from leafletpress.read.languages.amount_words import UNITS, AmountWords
from leafletpress.read.languages.cldr import line_of
from leafletpress.read.languages.writing import writing_of

_ANY = "7"  # a number that stands for all


def wrong_units(file: str, content: str, cldr: babel.Locale, written: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each unit, by its name in locale.toml, that is written as CLDR has it for others and not for it."""
    known = writing_of(cldr, AmountWords(), {}) if written else Writing()
    for unit, form in written.items():
        for amount in read(form.replace(NUMBER, _ANY), known).amounts:
            if amount.units and UNITS[unit] not in amount.units:
                meant = next(name for name, cldr_name in UNITS.items() if cldr_name in amount.units)
                text = f'units: {unit} is written "{form}", which is {meant}'
                yield Problem(line_of(file, content, unit), text, f"write the sign of {unit}")
