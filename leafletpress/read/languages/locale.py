"""Reads locales/<locale>/: what the language is called, how it is set, its translations, its figures and dates."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal

import babel

from leafletpress.model.handout import Direction, Typography
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.locale import SOURCE, Locale, Translation
from leafletpress.model.problems import LeafletError, Origin, Problem, attempt
from leafletpress.model.text.fidelity import Language, issues
from leafletpress.model.text.issue import Issue
from leafletpress.read.languages import figures, times
from leafletpress.read.languages.catalogs import Catalog, Entry, Key, of_language, read_catalog
from leafletpress.read.languages.cldr import contradictions, name_of, parse_cldr, spelled_in
from leafletpress.read.languages.glossary import read_glossary
from leafletpress.read.languages.letters import alphabet, spaced_signs
from leafletpress.read.languages.opposites import read_opposites
from leafletpress.read.languages.settings import (
    SIGNS,
    LocaleSettings,
    amount_words,
    catalog_file,
    parent_name,
    read_locale_settings,
    words_of,
)
from leafletpress.read.languages.units import untrue
from leafletpress.read.languages.words import BY_WEIGHT, NAMES, Words
from leafletpress.read.languages.writing import writing_of
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import toml_place


@dataclass(frozen=True, slots=True)
class CatalogLocale:
    """A folder of locales/ and what Babel knows of its language.

    `units` are signs that it writes otherwise than Babel knows, by the names of CLDR, with {number} in them; `words`
    say units in full, and how often. `parent` is the language that a regional one falls back to (es_MX to es). `invent`
    makes the texts where there is no catalog: the English as it is, or a pseudo-language. `safety` are the texts that
    bear safety: their catalogs and keys.
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
    words: Words
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
        return name_of(other.tag, self.cldr) or other.english_name

    def spelled_in(self, region: str) -> str:
        """The BCP 47 tag with a region where CLDR knows that the language is written; a tag that has one is kept."""
        return spelled_in(self.tag, region)

    @property
    def foreign_words(self) -> tuple[tuple[str, str], ...]:
        """Words of other languages that its texts have, by its glossary."""
        return self.language.glossary.foreign

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
        place = Origin(file, entry.line if entry else 1, 1)
        if entry is None or not entry.translation.strip():
            return self.parent.translate(domain, context, text) if self.parent else Translation(None, "missing", place)
        if entry.fuzzy:
            return Translation(None, "fuzzy", place)
        for issue in self.entry_issues(domain, entry):
            if issue.severity == "error":
                return Translation(None, "failing", place, issue.text)
        comments = " ".join(" ".join(entry.comments).split())
        return Translation(" ".join(entry.translation.split("\n")), "translated", place, comments=comments)

    def entry_issues(self, domain: str, entry: Entry) -> list[Issue]:
        """What is wrong with the translation of an entry in the catalog of a domain."""
        return list(issues(entry.text, entry.translation, self.language, safety=(domain, entry.key) in self.safety))

    def revision(self, domain: str) -> int | None:
        """Which revision the translation is, by the header of its catalog, or of the parent's where it has none."""
        if self.invent is not None:
            return None
        if domain in self.catalogs or self.parent is None:
            return self.catalogs[domain].revision if domain in self.catalogs else None
        return self.parent.revision(domain)

    def choose(self, words: Mapping[str, str]) -> str | None:
        """Of words in several languages by locale, those in this one, or in its parent."""
        if self.name in words:
            return words[self.name]
        if self.invent is not None:
            return self.invent(words[SOURCE])
        return self.parent.choose(words) if self.parent else None

    def number(self, value: Decimal) -> str:
        """A number with ASCII digits."""
        return figures.number(self.cldr, value)

    def percent(self, value: Decimal) -> str:
        """A percentage (38 for 38 %) with its sign."""
        return figures.percent(self.cldr, value)

    def quantity(self, value: Decimal, unit: str, *, in_full: bool = False) -> str:
        """A number with its unit: time and micrograms in full words, other units short, or `in_full` where they can."""
        said = self.words.say(self.cldr, NAMES.get(unit, ""), value, self.number(value)) if in_full else None
        return said or figures.quantity(self.cldr, value, unit, self.units.get(unit))

    def by_weight(self, value: Decimal, amount: str, *, in_full: bool = False) -> str:
        """An amount for each kilogram of body weight; `value` is its number."""
        said = in_full and self.words.say(self.cldr, BY_WEIGHT, value, amount, exactly=False)
        return said or figures.by_weight(self.cldr, amount, self.units.get(BY_WEIGHT))

    def has_words(self, words: str) -> bool:
        """Whether it can say how often, by the name of the words: "per day", "every hour"."""
        return words in self.words.forms

    def frequency(self, words: str, value: Decimal, shown: str, *, exactly: bool) -> str:
        """How often, in words that it has."""
        return self.words.say(self.cldr, words, value, shown, exactly=exactly) or ""

    def weekday(self, day: int) -> str:
        """A day of the week, 0 for Monday."""
        return times.weekday(self.cldr, day)

    def clock(self, value: time, region: str) -> str:
        """A time of day, in twelve hours or twenty-four as people of the region (ISO 3166-1) count."""
        return times.clock(self.cldr, value, region)

    def listed(self, parts: Sequence[str]) -> str:
        """Several things in one line, the last with an "and"."""
        return figures.listed(self.cldr, parts)

    def beside(self, days: str, hours: str) -> str:
        """Days and the times on them in one line."""
        return times.beside(self.cldr, days, hours)

    def day(self, value: date) -> str:
        """A date, the month spelled out."""
        return times.day(self.cldr, value)

    def month(self, value: date) -> str:
        """A month and year."""
        return times.month(self.cldr, value)


def read_locale(
    files: Files,
    name: str,
    domains: tuple[str, ...],
    english: "CatalogLocale | None",
    safety: Collection[tuple[str, Key]] = (),
) -> tuple[CatalogLocale, list[Problem]]:
    """A language with its catalogs, and the problems of catalogs that can't be read (those are left out).

    `english` is that locale, None when English itself is read. A regional language (es_MX) may lack catalogs
    that its parent (es) has. `safety` are the texts that bear safety. Raises LeafletError with all that is wrong
    with locale.toml, glossary.toml and opposites.toml.
    """
    parent = None
    if above := parent_name(files, name) if english else None:
        parent = read_locale(files, above, domains, None if above == SOURCE else english, safety)[0]
    wrong: list[Problem] = []
    known = attempt(lambda: _settings(files, name), wrong)
    glossary = attempt(lambda: read_glossary(files, name, parent.language.glossary if parent else None), wrong)
    opposites = attempt(lambda: read_opposites(files, name, english.language.opposites if english else None), wrong)
    if known is None or glossary is None or opposites is None:
        raise LeafletError(wrong)
    settings, cldr = known
    catalogs: dict[str, Catalog] = {}
    problems: list[Problem] = []
    for domain in domains if english else ():
        file = catalog_file(name, domain)
        if parent and parent.holds(domain) and not files.holds(file):
            continue
        try:
            catalogs[domain] = of_language(name, read_catalog(files, file))
        except LeafletError as error:
            problems.extend(error.problems)
    words = words_of(files, name, settings)
    units = {**words.signs, **{SIGNS[unit]: sign for unit, sign in (settings.units or {}).items()}}
    writing = writing_of(cldr, amount_words(files, name, settings), units)
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
        words=words,
        language=Language(
            glossary=glossary,
            writing=writing,
            english=english.language.writing if english else writing,
            opposites=opposites,
            english_opposites=english.language.opposites if english else opposites,
            alphabet=alphabet(cldr, settings.letters),
            spaced_signs=spaced_signs(cldr),
            is_english=cldr.language == SOURCE,
        ),
        catalogs=catalogs,
        source_locale=english,
        parent=parent,
        invent=None if english else str,
        safety=safety,
    )
    return locale, problems


def _settings(files: Files, name: str) -> tuple[LocaleSettings, babel.Locale]:
    """The settings of a language and what CLDR knows of it; raises LeafletError with every problem of locale.toml."""
    settings, file = read_locale_settings(files, name), f"locales/{name}/locale.toml"
    content = files.content(file)
    wrong = list(contradictions(file, content, name, settings))
    cldr = attempt(lambda: parse_cldr(toml_place(file, content, "cldr"), settings.cldr or name), wrong)
    wrong += untrue(file, content, cldr, settings) if cldr else ()
    if cldr is None or wrong:
        raise LeafletError(wrong)
    return settings, cldr
