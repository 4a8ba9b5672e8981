"""The settings of a language in locales/, read before any catalog: its audiences, its type, what it falls back to."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated

from leafletpress.model.facts import UNITS
from leafletpress.model.forms import AnyOf, Pattern
from leafletpress.model.handout import Direction
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.languages.amount_words import UNITS as UNITS_OF_AMOUNTS
from leafletpress.read.languages.amount_words import AmountWords
from leafletpress.read.languages.words import FORMS, WORDED, Forms, Words
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml
from leafletpress.read.program import program_folder

# Units that are written as a sign, by the name that authors use; those of time have words, and plurals.
SIGNS = {name: cldr for kind, units in UNITS.items() if kind != "duration" for name, cldr in units.items()}
# What the keys of its tables may be.
_NAMES = {"unit": SIGNS, "unit of an amount": UNITS_OF_AMOUNTS, "words": WORDED, "plural form": FORMS}
_REGION_OR_VARIANT = re.compile(r"(.+)_(?:[A-Z]{2}|[0-9]{3}|[a-z0-9]{5,8}|[0-9][a-z0-9]{3})")


@dataclass(frozen=True, slots=True)
class LocaleSettings:
    """The file locale.toml; `units` are signs that the language writes otherwise than CLDR has them.

    `words` are units in full and how often, by plural forms; those it does not list are the program's, if it has any.
    `amounts` are its words for amounts that CLDR lacks; without the table they are the program's, where it has any.
    `letters` are those that it is written with, and CLDR lacks.
    """

    own_name: str
    english_name: str
    direction: Direction
    audiences: tuple[str, ...]
    families: tuple[
        Annotated[str, Pattern(r"[A-Za-z0-9][A-Za-z0-9 -]{0,60}", "letters, figures, spaces, hyphens")], ...
    ]
    line_height: Annotated[float, Pattern(r"[12](?:\.\d+)?", "a number between 1 and 3")]
    cldr: Annotated[str, Pattern(r"[a-z]{2,3}(?:_[A-Za-z0-9]{1,8})*", "a locale of CLDR: pt_BR")] | None = None
    units: (
        Mapping[
            Annotated[str, AnyOf("unit")],
            Annotated[str, Pattern(r"[^{}]*\{number\}[^{}]*", 'the sign and {number}, for example "{number} mg"')],
        ]
        | None
    ) = None
    words: Mapping[Annotated[str, AnyOf("words")], Forms] | None = None
    amounts: AmountWords | None = None
    letters: str = ""


def read_locale_settings(files: Files, name: str) -> LocaleSettings:
    """The settings of a language; raises LeafletError."""
    file = f"locales/{name}/locale.toml"
    if name == SOURCE and not files.holds(file):
        text, hint = "there is no English, from which all else is made", "take this folder over from the program"
        raise LeafletError([Problem(Origin(file), text, hint)])
    settings: LocaleSettings = read_toml(
        file,
        files.content(file),
        LocaleSettings,
        {"unit": SIGNS, "unit of an amount": UNITS_OF_AMOUNTS, "words": WORDED, "plural form": FORMS},
    )
    return settings


def locale_names(files: Files) -> list[str]:
    """The folders of locales/ that are languages, English first, then in alphabetical order."""
    names = [name.split("/")[1] for name in files.names("locales/*/locale.toml")]
    return sorted(names, key=lambda name: (name != SOURCE, name))


def catalog_file(name: str, domain: str) -> str:
    """The file in which a locale keeps the translations of a domain, below the project's folder."""
    return f"locales/{name}/LC_MESSAGES/{domain}.po"


def lineage(name: str) -> tuple[str, ...]:
    """A locale and those that it could fall back to, the nearest first: es_MX, es."""
    found = [name]
    while nearest := _REGION_OR_VARIANT.fullmatch(found[-1]):
        found.append(nearest[1])
    return tuple(found)


def parent_name(files: Files, name: str) -> str | None:
    """The nearest language that is there for a region or variant to fall back to: es for es_MX."""
    names = locale_names(files)
    return next((above for above in lineage(name)[1:] if above in names), None)


def amount_words(files: Files, name: str, settings: LocaleSettings) -> AmountWords:
    """The words for amounts of a language; where it lists none, its parent's, else those that the program brings.

    Raises LeafletError.
    """
    above = nearest(files, name, settings)
    return next((one.amounts for one in above if one.amounts), AmountWords())


def words_of(files: Files, name: str, settings: LocaleSettings) -> Words:
    """The words for units and for how often: each its own, its parent's, or the program's; raises LeafletError."""
    merged: dict[str, Mapping[str, str]] = {}
    for one in nearest(files, name, settings):
        merged = {**(one.words or {}), **merged}
    return Words(merged)


def nearest(files: Files, name: str, settings: LocaleSettings) -> Iterator[LocaleSettings]:
    """The settings of a language, those of what it falls back to, and those that the program brings for it.

    Raises LeafletError.
    """
    yield settings
    above = parent_name(files, name)
    if above:
        yield from nearest(files, above, read_locale_settings(files, above))
        return
    program = Files(program_folder())
    near = next((one for one in lineage(name) if one in locale_names(program)), None)
    if near:
        yield read_locale_settings(program, near)
