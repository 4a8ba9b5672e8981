"""A language as CLDR knows it, and settings of locale.toml that contradict that."""

from collections.abc import Iterator, Mapping
from functools import cache

import babel

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.languages.settings import LocaleSettings
from leafletpress.read.located.toml import toml_place


def parse_cldr(place: Origin, name: str) -> babel.Locale:
    """What CLDR knows of a locale; raises LeafletError at the place that names it."""
    found = _known(name)
    if found is None:
        raise LeafletError([Problem(place, f'CLDR knows no locale "{name}"', "name a near one: cldr = …")])
    return found


def name_of(tag: str, cldr: babel.Locale) -> str | None:
    """What a language (BCP 47) is called in another; None where CLDR does not know."""
    try:
        return babel.Locale.parse(tag, sep="-").get_display_name(cldr)
    except (babel.UnknownLocaleError, ValueError):
        return None


def spelled_in(tag: str, region: str) -> str:
    """A tag (BCP 47) with a region where CLDR knows that the language is written; a tag that has one is kept."""
    try:
        return tag if "-" in tag else str(babel.Locale(tag, region)).replace("_", "-")
    except (babel.UnknownLocaleError, ValueError):
        return tag


def contradictions(file: str, content: bytes, name: str, settings: LocaleSettings) -> Iterator[Problem]:
    """Problems of a language, by its folder's name, that says it is another or runs the other way, each at its line.

    A language that CLDR does not know may be written as a near one, in whatever direction it has.
    """
    own = _known(name)
    if own is None:
        return
    borrowed = _known(settings.cldr) if settings.cldr else None
    if borrowed and borrowed.language != own.language:
        text = f'cldr = "{settings.cldr}" is {borrowed.english_name}, and {name} is {own.english_name}'
        yield Problem(toml_place(file, content, "cldr"), text, f"name a locale of {own.language}, or take the line out")
    other = _named_in_english().get(settings.english_name.casefold(), own.language)
    if other != own.language:
        text = f'english_name = "{settings.english_name}" is the language {other}, and {name} is {own.english_name}'
        yield Problem(toml_place(file, content, "english_name"), text, f'write "{own.english_name}"')
    direction = "rtl" if own.character_order == "right-to-left" else "ltr"
    if settings.direction != direction:
        text = f'direction = "{settings.direction}" is not that of {own.english_name}'
        yield Problem(toml_place(file, content, "direction"), text, f'write "{direction}"')


@cache
def _named_in_english() -> Mapping[str, str]:
    """The languages that CLDR knows, by their names in English, all in small letters."""
    return {name.casefold(): language for language, name in babel.Locale("en").languages.items() if "_" not in language}


def _known(name: str) -> babel.Locale | None:
    try:
        return babel.Locale.parse(name)
    except (babel.UnknownLocaleError, ValueError):
        return None
