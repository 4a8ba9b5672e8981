"""Refuses words and signs in locale.toml that are those of another unit or time: "{number} g" for milligrams."""

from collections.abc import Iterator, Mapping

import babel

from leafletpress.model.problems import Origin, Problem
from leafletpress.model.text.amounts.reader import read
from leafletpress.model.text.amounts.writing import NUMBER, Writing
from leafletpress.read.languages.amount_words import UNITS, AmountWords
from leafletpress.read.languages.settings import LocaleSettings
from leafletpress.read.languages.words import EXACT, OFTEN, OTHER, SIGN
from leafletpress.read.languages.writing import writing_of
from leafletpress.read.located.toml import toml_place

_ANY = "7"  # a number that stands for all


def untrue(file: str, content: bytes, cldr: babel.Locale, settings: LocaleSettings) -> Iterator[Problem]:
    """A problem for each sign and for each of the words that say something else than their names."""
    yield from wrong_units(file, content, cldr, settings.units or {})
    yield from wrong_words(file, content, cldr, settings.words or {})


def wrong_units(file: str, content: bytes, cldr: babel.Locale, written: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each unit, by its name in locale.toml, that is written as CLDR has it for others and not for it."""
    known = writing_of(cldr, AmountWords(), {}) if written else Writing()
    for unit, form in written.items():
        for amount in read(form.replace(NUMBER, _ANY), known).amounts:
            if unit in UNITS and amount.units and UNITS[unit] not in amount.units:
                meant = next(name for name, cldr_name in UNITS.items() if cldr_name in amount.units)
                text = f'units: {unit} is written "{form}", which is {meant}'
                yield Problem(toml_place(file, content, "units", unit), text, f"write the sign of {unit}")


def wrong_words(
    file: str, content: bytes, cldr: babel.Locale, words: Mapping[str, Mapping[str, str]]
) -> Iterator[Problem]:
    """A problem for each of the words that lacks its last resort or its number, or says another time than its name."""
    known = writing_of(cldr, AmountWords(), {}) if words else Writing()
    for name, forms in words.items():
        place = toml_place(file, content, "words", name)
        if OTHER not in forms and (name in OFTEN or [*forms] != [SIGN]):
            yield Problem(place, f'words: "{name}" lacks "{OTHER}"', "it is what every other number takes")
        for form, said in forms.items():
            if NUMBER not in said and form not in EXACT:
                text = f'words: "{name}", {form}: "{said}" does not say the number'
                yield Problem(place, text, "write {number}; only the forms 1 and 2 may say it in a word")
            yield from _another_time(name, said, known, place) if name in OFTEN else ()


def _another_time(name: str, said: str, known: Writing, place: Origin) -> Iterator[Problem]:
    reading = read(said.replace(NUMBER, _ANY), known)
    units = {unit for found in (*reading.mentions, *reading.rates) for unit in found.means}
    units |= {unit for amount in reading.amounts for unit in amount.units}
    times = {unit for unit in units if unit in OFTEN.values()}
    if times and OFTEN[name] not in times:
        meant = " or ".join(sorted(unit.removeprefix("duration-") for unit in times))
        text = f'words: "{name}" is written "{said}", which says {meant}'
        yield Problem(place, text, f"write the words for {name.partition(' ')[2]}")
