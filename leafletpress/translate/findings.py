"""Finds what is missing, wrong or out of date in the catalogs, so that a translator sees it before a patient does."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from statistics import median

from leafletpress.model.problems import Origin, Problem, Severity
from leafletpress.model.text.glossary import words
from leafletpress.model.text.markup import parse, plain
from leafletpress.model.text.orthography.alphabet import in_parts
from leafletpress.read.languages.catalogs import Catalog, Entry
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.languages.opposites import opposites_file
from leafletpress.read.languages.plurals import counts_rightly, plural_forms
from leafletpress.read.languages.settings import catalog_file
from leafletpress.translate.backtranslation import (
    BackTranslations,
    back_issues,
    backtranslation_file,
    is_current,
    safety_texts,
)
from leafletpress.translate.update import Domain
from leafletpress.write.fonts import are_installed, missing, named

_LONG = 6  # English words; shorter texts may rightly have a translation of one word, or the same as another text
_LONG_LETTERS = 40
_HALF = 0.5
_UPDATE = "run: leafletpress catalogs update"


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong with an entry, and both its texts; `english` is None where it is about a whole file."""

    problem: Problem
    context: str | None = None
    english: str | None = None
    translation: str | None = None


def check_catalogs(domains: Iterable[Domain], locales: Iterable[CatalogLocale]) -> Iterator[Finding]:
    """Every finding, language by language in order of the files' lines."""
    listed = list(domains)
    for locale in locales:
        if not (locale.language.glossary.negations or locale.language.is_english):
            text = 'the glossary lists no words for "not" (negations)'
            hint = 'without them, a lost "not" inside strong words goes unseen'
            yield Finding(Problem(Origin(f"locales/{locale.name}/glossary.toml"), text, hint, "warning"))
        if not locale.language.opposites.pairs:
            text = "no words for opposites: hot and cold, before and after"
            hint = "without them, one that stands for the other goes unseen; locales/en/opposites.toml has the pairs"
            yield Finding(Problem(Origin(opposites_file(locale.name)), text, hint, "warning"))
        for domain in listed:
            catalog = locale.catalogs.get(domain.name)
            if catalog:
                found = [*_of_header(locale, domain, catalog), *_of_entries(locale, domain, catalog)]
                yield from sorted(found, key=lambda finding: finding.problem.origin)


def _of_header(locale: CatalogLocale, domain: Domain, catalog: Catalog) -> Iterator[Finding]:
    place = Origin(catalog_file(locale.name, domain.name), 1, 1)
    right = plural_forms(locale.cldr)
    if not counts_rightly(catalog.header.get("Plural-Forms", right), locale.cldr):
        text = "the header's Plural-Forms are not those of the language"
        yield Finding(Problem(place, text, f"no leaflet has plurals, so it does no harm; write: {right}", "warning"))
    offered = domain.offered(locale.audiences)
    lacking = [key for key in offered if key not in catalog.entries]
    if lacking:
        text = f"{len(lacking)} texts of the English are not in this catalog; first: {lacking[0][0]}"
        yield Finding(Problem(place, text, _UPDATE, "warning"))
    gone = catalog.entries.keys() - set(offered)
    if gone:
        first = min(gone, key=lambda key: catalog.entries[key].line)
        text = f"{len(gone)} entries are no longer in the English; first: {first[0]}"
        yield Finding(Problem(Origin(place.file, catalog.entries[first].line, 1), text, _UPDATE, "warning"), *first)


def check_backtranslations(
    domains: Iterable[Domain], locale: CatalogLocale, known: BackTranslations, *, required: bool = True
) -> Iterator[Finding]:
    """What is out of date, what did not come back, and how many texts are not put back into English yet.

    Where they are not `required`, what is out of date or not there is a warning.

    Nothing where a language has no back-translations at all: the status counts those. Those of catalogs that are not in
    `domains` are left alone.
    """
    printed = {domain.name: dict(safety_texts(domain, locale)) for domain in domains if domain.is_in(locale.name)}
    again = f"run: leafletpress catalogs backtranslate {locale.name}"
    severity: Severity = "error" if required else "warning"
    for (catalog, key), text in known.items():
        if catalog not in printed:
            continue
        if key not in printed[catalog]:
            reason = "the English has no such safety text any more"
            yield Finding(Problem(text.english.origin, reason, "delete it from this file", "warning"), *key)
        elif not is_current(text, printed[catalog][key]):
            reason = "put back into English before the translation changed"
            yield Finding(Problem(text.translation.origin, reason, again, severity), *key, printed[catalog][key])
        else:
            for issue in back_issues(text, locale.language):
                reason = f"put back into English: {issue.text}"
                hint = "compare it with the English: is the translation wrong, or its back-translation?"
                yield Finding(Problem(text.back.origin, reason, hint, issue.severity), *key, text.back.text)
    waiting = [
        (catalog, key)
        for catalog, texts in printed.items()
        for key, text in texts.items()
        if text and (catalog, key) not in known
    ]
    if waiting and known:
        catalogs = {catalog for catalog, _ in waiting}
        hint = f"{again} --condition {waiting[0][0]}" if len(catalogs) == 1 else again
        reason = f"{len(waiting)} safety texts are not put back into English; first: {waiting[0][1][0]}"
        yield Finding(Problem(Origin(backtranslation_file(locale.name)), reason, hint, severity))


def _of_entries(locale: CatalogLocale, domain: Domain, catalog: Catalog) -> Iterator[Finding]:
    translated: list[Entry] = []
    can_look = are_installed(locale.typography.families)
    for key in domain.offered(locale.audiences):
        entry = catalog.entries.get(key)
        if entry is None:
            continue
        if not entry.translation.strip():
            if locale.parent is None:
                yield _finding(catalog, entry, "not translated", "", "warning")
            continue
        if entry.fuzzy:
            text, was = _why_fuzzy(entry)
            yield _finding(catalog, entry, text, f"{was}; mend it and take the mark fuzzy off", "warning")
        else:
            translated.append(entry)
        for issue in [*locale.entry_issues(domain.name, entry), *in_parts(entry.translation)]:
            yield _finding(catalog, entry, issue.text, issue.hint, issue.severity)
        if can_look:
            yield from _letters(locale, catalog, entry)
        yield from _order(domain, catalog, entry)
    yield from _of_length(catalog, translated)
    yield from _alike(catalog, translated)


def _why_fuzzy(entry: Entry) -> tuple[str, str]:
    """Why a translation waits for another look, and what it was made for."""
    if entry.previous is not None and entry.previous != entry.text:
        moved = f", at {entry.previous_context}" if entry.previous_context else ""
        return "fuzzy: the English changed", f'it was{moved}: "{entry.previous}"'
    if entry.previous_context:
        return "fuzzy: the English moved here", f"it stood at {entry.previous_context}"
    return "fuzzy: marked for another look", "or a figure in it changed, or it is back"


def _finding(catalog: Catalog, entry: Entry, text: str, hint: str, severity: Severity) -> Finding:
    problem = Problem(Origin(catalog.file, entry.line, 1), text, hint, severity)
    return Finding(problem, *entry.key, entry.translation)


def _letters(locale: CatalogLocale, catalog: Catalog, entry: Entry) -> Iterator[Finding]:
    """Letters that no font of the language has; its fonts are installed."""
    families = locale.typography.families
    for char in missing(plain(parse(entry.translation)[0]), families):
        hint = f"write it otherwise; fonts of {locale.name}: {', '.join(families)}"
        yield _finding(catalog, entry, f"no font has {named(char)}", hint, "error")


def _order(domain: Domain, catalog: Catalog, entry: Entry) -> Iterator[Finding]:
    """Facts that change places: grammar may want it, or a dose may be beside the wrong words."""
    names, translated = (_facts(domain, text) for text in (entry.text, entry.translation))
    if names == translated or sorted(names) != sorted(translated):
        return
    kinds = {name: domain.facts[name].kind for name in names}
    of_one_kind = any(_of_kind(names, kinds, kind) != _of_kind(translated, kinds, kind) for kind in kinds.values())
    order = ", ".join(f"{{{name}}}" for name in names)
    hint = f"in the English the order is {order}; make sure that each stands with its own words"
    text = f"figures of {'one kind' if of_one_kind else 'different kinds'} change places"
    yield _finding(catalog, entry, text, hint, "warning")


def _facts(domain: Domain, text: str) -> list[str]:
    """The facts that a text prints, in order."""
    return [piece.value for piece in parse(text)[0] if piece.kind == "fact" and piece.value in domain.facts]


def _of_kind(names: list[str], kinds: Mapping[str, str], kind: str) -> list[str]:
    return [name for name in names if kinds[name] == kind]


def _of_length(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[Finding]:
    """A long text whose translation is far shorter than the language's others: part of it may be lost."""
    shares = {}
    for entry in entries:
        english, own = (len(plain(parse(text)[0])) for text in (entry.text, entry.translation))
        if _is_long(entry) and english >= _LONG_LETTERS:
            shares[entry.key] = own / english
    usual = median(shares.values()) if shares else 0
    for key, share in shares.items():
        if share < _HALF * usual:
            hint = "compare it with the English, sentence by sentence"
            yield _finding(catalog, catalog.entries[key], "far shorter than the other translations", hint, "warning")


def _alike(catalog: Catalog, entries: Iterable[Entry]) -> Iterator[Finding]:
    """One translation for two English texts that differ: one of them may have been put in the wrong place."""
    seen: dict[str, Entry] = {}
    for entry in entries:
        if not _is_long(entry):
            continue
        first = seen.setdefault(plain(parse(entry.translation)[0]), entry)
        if plain(parse(first.text)[0]).casefold() != plain(parse(entry.text)[0]).casefold():
            text = f"the same translation as at line {first.line}, whose English differs"
            yield _finding(catalog, entry, text, f'there the English is: "{first.text}"', "warning")


def _is_long(entry: Entry) -> bool:
    return len(words(plain(parse(entry.text)[0]))) >= _LONG
