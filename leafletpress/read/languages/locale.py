"""Reads locales/<locale>/: what the language is called, how it is set, its translations, its figures and dates."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from typing import Annotated, Literal

import babel
from babel.dates import format_date
from babel.lists import format_list
from babel.messages.plurals import get_plural
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

from leafletpress.model.forms import Most
from leafletpress.model.handout import Direction, Typography
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.locale import SOURCE, Locale, Translation
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.fidelity import Issue, Language, issues
from leafletpress.model.text.glossary import Glossary, Term
from leafletpress.model.text.markup import fold_digits
from leafletpress.read.languages import hours
from leafletpress.read.languages.catalogs import Catalog, Entry, Key, read_catalog
from leafletpress.read.languages.opposites import read_opposites
from leafletpress.read.languages.settings import (
    SIGNS,
    amount_words,
    catalog_file,
    parent_name,
    read_locale_settings,
)
from leafletpress.read.languages.writing import writing_of
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml

# Babel's marks round a percent sign: direction is ours to decide, once, in compose.
_DIRECTION_MARKS = dict.fromkeys(map(ord, "\u061c\u200e\u200f"))
# CLDR's minimumGroupingDigits 2 ("1234", "12.345"), which Babel leaves out.
_GROUPED_FROM_TEN_THOUSAND = frozenset({"bg", "ca", "es", "eu", "hu", "it", "pl", "pt"})
# Its signs differ by a letter from those of milligrams, a thousand times as much: μg, mcg, มคก.
_MICROGRAM = "mass-microgram"
_MOST = Most(500)  # each of them is looked for in each text; the longest glossary has a tenth


@dataclass(frozen=True, slots=True)
class _GlossaryFile:
    negations: Annotated[tuple[str, ...], _MOST] | None = None
    repeated: Annotated[tuple[str, ...], _MOST] | None = None
    terms: Annotated[tuple[Term, ...], _MOST] | None = None


@dataclass(frozen=True, slots=True)
class CatalogLocale:
    """A folder of locales/ and what Babel knows of its language.

    `units` are signs that it writes otherwise than Babel knows, by the names of CLDR, with {number} in them. `parent`
    is the language that a regional one falls back to (es_MX to es). `invent` makes the texts where there is no catalog:
    the English as it is, or a pseudo-language. `safety` are the texts that bear safety: their catalogs and keys.
    """

    name: str
    tag: str
    own_name: str
    english_name: str
    direction: Direction
    audiences: tuple[str, ...]
    typography: Typography
    cldr: babel.Locale
    units: Mapping[str, str]
    language: Language
    catalogs: Mapping[str, Catalog]
    source_locale: Locale | None = field(default=None, repr=False)
    parent: "CatalogLocale | None" = None
    invent: Callable[[str], str] | None = None
    safety: Collection[tuple[str, Key]] = ()
    _words: dict[tuple[str, str], Translation] = field(default_factory=dict, init=False, repr=False, compare=False)

    @property
    def english(self) -> Locale:
        """The source locale; that of the source locale is itself."""
        return self.source_locale or self

    def name_of(self, other: Locale) -> str:
        """Another language in the words of this one; in English where CLDR does not know."""
        try:
            known = babel.Locale.parse(other.tag, sep="-").get_display_name(self.cldr)
        except (babel.UnknownLocaleError, ValueError):
            known = None
        return known or other.english_name

    def spelled_in(self, region: str) -> str:
        """The BCP 47 tag with a region where CLDR knows that the language is written; a tag that has one is kept."""
        try:
            return self.tag if "-" in self.tag else str(babel.Locale(self.tag, region)).replace("_", "-")
        except (babel.UnknownLocaleError, ValueError):
            return self.tag

    def holds(self, *domains: str) -> bool:
        """Whether the catalogs of these domains, or those of the parent, could be read."""
        if self.invent is not None or all(domain in self.catalogs for domain in domains):
            return True
        return self.parent is not None and self.parent.holds(*domains)

    def translate(self, domain: str, context: str, text: str) -> Translation:
        """The catalog's entry for a message, or the parent's where this language has none."""
        if self.invent is not None:
            return Translation(self.invent(text), "translated", Origin(""))
        if domain != FURNITURE:
            return self._translated(domain, context, text)
        if (context, text) not in self._words:  # every leaflet asks for them
            self._words[context, text] = self._translated(domain, context, text)
        return self._words[context, text]

    def _translated(self, domain: str, context: str, text: str) -> Translation:
        catalog, file = self.catalogs.get(domain), catalog_file(self.name, domain)
        entry = catalog.entries.get((context, text)) if catalog else None
        place = Origin(file, entry.line, 1) if entry else Origin(file)
        if entry is None or not entry.translation.strip():
            return self.parent.translate(domain, context, text) if self.parent else Translation(None, "missing", place)
        if entry.fuzzy:
            return Translation(None, "fuzzy", place)
        for issue in self.entry_issues(domain, entry):
            if issue.severity == "error":
                return Translation(None, "failing", place, issue.text)
        return Translation(" ".join(entry.translation.split("\n")), "translated", place)

    def entry_issues(self, domain: str, entry: Entry) -> list[Issue]:
        """What is wrong with the translation of an entry in the catalog of a domain."""
        safety = (domain, entry.key) in self.safety
        return list(issues(entry.text, entry.translation, self.language, safety=safety))

    def revision(self, domain: str) -> int | None:
        """Which revision the translation is, by the header of its catalog, or of the parent's where it has none."""
        if self.invent is not None:
            return None
        if domain in self.catalogs or self.parent is None:
            return self.catalogs[domain].revision if domain in self.catalogs else None
        return self.parent.revision(domain)

    @property
    def plural_forms(self) -> str:
        """The header Plural-Forms of its catalogs, as gettext wants it."""
        rule = get_plural(str(self.cldr))
        return f"nplurals={rule.num_plurals}; plural={rule.plural_expr};"

    def choose(self, words: Mapping[str, str]) -> str | None:
        """Of words in several languages by locale, those in this one, or in its parent."""
        if self.name in words:
            return words[self.name]
        if self.invent is not None:
            return self.invent(words[SOURCE])
        return self.parent.choose(words) if self.parent else None

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
        with_digits = pattern.replace("#,##0", "#,##0." + "0" * digits) if digits else pattern
        text = format_percent(value / 100, format=with_digits, locale=self.cldr, numbering_system="latn")
        return fold_digits(text.translate(_DIRECTION_MARKS))

    def quantity(self, value: Decimal, unit: str) -> str:
        """A number with its unit: time and micrograms in full words, other units short."""
        value = value.normalize()  # "1.0" is printed as 1, and takes the singular
        if unit in self.units:
            return self.units[unit].replace("{number}", self.number(value))
        in_words = unit.startswith("duration") or unit == _MICROGRAM
        lengths: tuple[Literal["long", "short"], ...] = ("long", "short") if in_words else ("short",)
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

    def weekday(self, day: int) -> str:
        """A day of the week, 0 for Monday."""
        return hours.weekday(self.cldr, day)

    def clock(self, value: time, region: str) -> str:
        """A time of day, in twelve hours or twenty-four as people of the region (ISO 3166-1) count."""
        return fold_digits(hours.clock(self.cldr, value, region)).translate(_DIRECTION_MARKS)

    def listed(self, parts: Sequence[str]) -> str:
        """Several things in one line, the last with an "and"."""
        return format_list(parts, locale=self.cldr).translate(_DIRECTION_MARKS)

    def beside(self, days: str, times: str) -> str:
        """Days and the times on them in one line."""
        return hours.beside(self.cldr, days, times)

    def day(self, value: date) -> str:
        """A date, the month spelled out."""
        return fold_digits(format_date(value, "long", locale=self.cldr)).translate(_DIRECTION_MARKS)

    def month(self, value: date) -> str:
        """A month and year."""
        pattern = self.cldr.datetime_skeletons["yMMMM"].pattern
        return fold_digits(format_date(value, pattern, locale=self.cldr)).translate(_DIRECTION_MARKS)


def parse_cldr(file: str, name: str) -> babel.Locale:
    """What CLDR knows of a locale; raises LeafletError."""
    try:
        return babel.Locale.parse(name)
    except (babel.UnknownLocaleError, ValueError) as error:
        unknown = Problem(Origin(file), f'CLDR knows no locale "{name}"', "name a near one: cldr = …")
        raise LeafletError([unknown]) from error


def read_locale(
    files: Files,
    name: str,
    domains: tuple[str, ...],
    english: "CatalogLocale | None",
    safety: Collection[tuple[str, Key]] = (),
) -> tuple[CatalogLocale, list[Problem]]:
    """A language with its catalogs, and the problems of catalogs that can't be read (those are left out).

    `english` is that locale, None when English itself is read. A regional language (es_MX) may lack catalogs
    that its parent (es) has. `safety` are the texts that bear safety. Raises LeafletError when locale.toml,
    glossary.toml or opposites.toml is wrong.
    """
    settings_file = f"locales/{name}/locale.toml"
    settings = read_locale_settings(files, name)
    cldr = parse_cldr(settings_file, settings.cldr or name)
    parent = None
    above = parent_name(files, name) if english else None
    if above:
        parent = read_locale(files, above, domains, None if above == SOURCE else english, safety)[0]
    catalogs: dict[str, Catalog] = {}
    problems: list[Problem] = []
    for domain in domains if english else ():
        file = catalog_file(name, domain)
        if parent and parent.holds(domain) and not files.holds(file):
            continue
        try:
            catalogs[domain] = _of_language(name, read_catalog(files, file))
        except LeafletError as error:
            problems.extend(error.problems)
    units = {SIGNS[unit]: written for unit, written in (settings.units or {}).items()}
    writing = writing_of(cldr, amount_words(files, name, settings), units)
    opposites = read_opposites(files, name, english.language.opposites if english else None)
    locale = CatalogLocale(
        name=name,
        tag=name.replace("_", "-"),
        own_name=settings.own_name,
        english_name=settings.english_name,
        direction=settings.direction,
        audiences=settings.audiences,
        typography=Typography(settings.families, settings.line_height),
        cldr=cldr,
        units=units,
        language=Language(
            glossary=_read_glossary(files, name, parent),
            writing=writing,
            english=english.language.writing if english else writing,
            opposites=opposites,
            english_opposites=english.language.opposites if english else opposites,
            is_english=cldr.language == SOURCE,
        ),
        catalogs=catalogs,
        source_locale=english,
        parent=parent,
        invent=None if english else str,
        safety=safety,
    )
    return locale, problems


def _of_language(name: str, catalog: Catalog) -> Catalog:
    """The catalog, if its header does not name another language; raises LeafletError: it is in the wrong folder."""
    language = catalog.header.get("Language", name)
    if re.split("[_-]", language)[0].lower() != re.split("[_-]", name)[0]:
        text = f'the header says that this is a catalog of "{language}"'
        raise LeafletError([Problem(Origin(catalog.file, 1, 1), text, "is it in the wrong folder?")])
    return catalog


def _read_glossary(files: Files, name: str, parent: CatalogLocale | None) -> Glossary:
    """The language's glossary, else its parent's, else an empty one."""
    file = f"locales/{name}/glossary.toml"
    if not files.holds(file):
        return parent.language.glossary if parent else Glossary()
    found: _GlossaryFile = read_toml(file, files.content(file), _GlossaryFile)
    return Glossary(found.negations or (), found.repeated or (), found.terms or ())
