"""Reads locales/<locale>/: what the language is called, how it is set, its translations, its figures and dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Literal

import babel
from babel.dates import format_date
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from leafletpress.catalogs.po import Entries, read_entries
from leafletpress.errors import LeafletError, Origin, Problem
from leafletpress.handout import Direction, Typography
from leafletpress.locale import SOURCE, Locale, Translation
from leafletpress.markup import fold_digits
from leafletpress.nodes import Pattern, read_bytes
from leafletpress.toml import read_toml

# Babel's marks round a percent sign: direction is ours to decide, once, in compose.
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
# CLDR's minimumGroupingDigits 2 ("1234", "12.345"), which Babel leaves out.
_GROUPED_FROM_TEN_THOUSAND = frozenset({"bg", "ca", "es", "eu", "hu", "it", "pl", "pt"})


@dataclass(frozen=True, slots=True)
class _Settings:
    own_name: str
    english_name: str
    direction: Direction
    audiences: tuple[str, ...]
    families: tuple[str, ...]
    line_height: Annotated[float, Pattern(r"[12](?:\.\d+)?", "a number between 1 and 3")]
    translation: Literal["source", "draft", "revised"]
    cldr: str | None = None


@dataclass(frozen=True, slots=True)
class CatalogLocale:
    """A folder of locales/ and what Babel knows of its language."""

    name: str
    tag: str
    own_name: str
    english_name: str
    direction: Direction
    audiences: tuple[str, ...]
    typography: Typography
    draft: bool
    cldr: babel.Locale
    catalogs: Mapping[str, Entries]
    source: Locale | None = field(default=None, repr=False)

    @property
    def english(self) -> Locale:
        """The source locale; the source locale's own is itself."""
        return self.source or self

    def holds(self, *domains: str) -> bool:
        """Whether the catalogs of these domains could be read; the source locale needs none."""
        return self.source is None or all(domain in self.catalogs for domain in domains)

    def translate(self, domain: str, context: str, text: str) -> Translation:
        """The catalog's entry for a message; the source locale's is the English text."""
        if self.source is None:
            return Translation(text, "translated", Origin(""))
        entries = self.catalogs[domain]
        entry = entries.by_message.get((context, text))
        if entry is None:
            return Translation(None, "missing", Origin(entries.shown))
        place = Origin(entries.shown, entry.line, 1)
        if not entry.text.strip():
            return Translation(None, "missing", place)
        return Translation(entry.text, "fuzzy" if entry.fuzzy else "translated", place)

    def number(self, value: Decimal) -> str:
        """A number with ASCII digits."""
        return fold_digits(format_decimal(value, self._pattern(value), locale=self.cldr, numbering_system="latn"))

    def _pattern(self, value: Decimal) -> str:
        """The locale's pattern with room for every digit: Babel rounds to three decimals, and a dose must not be."""
        places = max(3, -int(value.as_tuple().exponent))
        pattern: str = self.cldr.decimal_formats[None].pattern.replace("0.###", "0." + "#" * places)
        return (
            pattern.replace("#,##", "")
            if self.cldr.language in _GROUPED_FROM_TEN_THOUSAND and value < 10_000
            else pattern
        )

    def percent(self, value: Decimal) -> str:
        """A percentage (38 for 38 %) with its sign."""
        digits = -int(value.normalize().as_tuple().exponent) if value % 1 else 0
        pattern = self.cldr.percent_formats[None].pattern
        shown = pattern.replace("#,##0", "#,##0." + "0" * digits) if digits else pattern
        text = format_percent(value / 100, format=shown, locale=self.cldr, numbering_system="latn")
        return fold_digits(text.translate(_DIRECTION_MARKS))

    def quantity(self, value: Decimal, unit: str) -> str:
        """A number with its unit: time in full words, other units short."""
        lengths: tuple[Literal["long", "short"], ...] = ("long", "short") if unit.startswith("duration") else ("short",)
        for length in lengths:
            text = format_unit(
                value, unit, length=length, format=self._pattern(value), locale=self.cldr, numbering_system="latn"
            )
            if unit not in text:  # where CLDR lacks the length, Babel prints the unit's id
                break
        number = self.number(value)
        if not any(char.isdecimal() for char in text):  # "a month", "two months" in one word: keep the digits
            text = format_unit(100, unit, length=length, locale=self.cldr, numbering_system="latn").replace(
                "100", number
            )
        return fold_digits(text.translate(_DIRECTION_MARKS))

    def day(self, value: date) -> str:
        """A date, the month spelled out."""
        return fold_digits(format_date(value, "long", locale=self.cldr)).translate(_DIRECTION_MARKS)

    def month(self, value: date) -> str:
        """A month and year."""
        pattern = self.cldr.datetime_skeletons["yMMMM"].pattern
        return fold_digits(format_date(value, pattern, locale=self.cldr)).translate(_DIRECTION_MARKS)


def locale_names(root: Path) -> list[str]:
    """The folders of locales/ that are languages, English first, then in alphabetical order."""
    names = {path.parent.name for path in root.glob("*/locale.toml")}
    return sorted(names, key=lambda name: (name != SOURCE, name))


def catalog_path(root: Path, name: str, domain: str) -> Path:
    """Where a locale keeps the translations of a domain."""
    return root / name / "LC_MESSAGES" / f"{domain}.po"


def read_locale(
    root: Path, name: str, domains: tuple[str, ...], source: Locale | None
) -> tuple[CatalogLocale, list[Problem]]:
    """A language with its catalogs, and the problems of catalogs that can't be read (those are left out).

    `source` is the English locale, None when English itself is read. Raises LeafletError when locale.toml is wrong.
    """
    shown = f"locales/{name}/locale.toml"
    settings: _Settings = read_toml(shown, read_bytes(root / name / "locale.toml", shown), _Settings)
    try:
        cldr = babel.Locale.parse(settings.cldr or name)
    except (babel.UnknownLocaleError, ValueError) as error:
        unknown = Problem(Origin(shown), f'CLDR knows no locale "{settings.cldr or name}"', "name a near one: cldr = …")
        raise LeafletError([unknown]) from error
    catalogs: dict[str, Entries] = {}
    problems: list[Problem] = []
    for domain in domains if source else ():
        path = catalog_path(root, name, domain)
        try:
            catalogs[domain] = read_entries(path, f"locales/{name}/LC_MESSAGES/{domain}.po")
        except LeafletError as error:
            problems.extend(error.problems)
    locale = CatalogLocale(
        name=name,
        tag=name.replace("_", "-"),
        own_name=settings.own_name,
        english_name=settings.english_name,
        direction=settings.direction,
        audiences=settings.audiences,
        typography=Typography(settings.families, settings.line_height),
        draft=settings.translation == "draft",
        cldr=cldr,
        catalogs=catalogs,
        source=source,
    )
    return locale, problems
