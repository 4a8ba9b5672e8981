"""Keeps locales/ in step with the English: extraction into templates (.pot), and their merge into every catalog."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from leafletpress.model.leaflet import Fact, Message, bears_safety, is_in
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.markup import is_words, parse
from leafletpress.publish.files import put, writing
from leafletpress.read.languages.catalogs import REVISION, Catalog, Entry, Key, read_catalog
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.languages.settings import catalog_file
from leafletpress.read.located.files import Files
from leafletpress.translate.dump import dump_catalog
from leafletpress.translate.glossary import with_terms

COMPLETE = "X-English-Complete"
_REMARK = " English source: written by the authors of the leaflets. Only msgstr lines are the translator's."
_ADDRESS = "translations@example.org"
_CREATED, _REVISED, _VERSION = "POT-Creation-Date", "PO-Revision-Date", "Project-Id-Version"


@dataclass(frozen=True)
class Domain:
    """What one catalog translates: its messages in reading order and the facts they print.

    It has a catalog in each of `languages`; where there are none, in all.
    """

    name: str
    version: str
    messages: tuple[Message, ...]
    facts: Mapping[str, Fact]
    languages: Collection[str] = ()

    def is_in(self, locale: str) -> bool:
        """Whether a language has a catalog of it."""
        return is_in(self.languages, locale)

    @cached_property
    def texts(self) -> dict[Key, list[Message]]:
        """The messages that hold words, by context and text: the entries of the catalog, in their order."""
        found: dict[Key, list[Message]] = defaultdict(list)
        for message in self.messages:
            if is_words(parse(message.text)[0]):
                found[message.context, message.text].append(message)
        return dict(found)

    @cached_property
    def safety(self) -> frozenset[Key]:
        """The keys of the texts that bear safety."""
        return frozenset(message.key for message in self.messages if bears_safety(message, self.facts))

    def offered(self, audiences: Iterable[str]) -> list[Key]:
        """The keys of the texts that these audiences read."""
        readers = {None, *audiences}
        return [key for key, messages in self.texts.items() if any(m.place.audience in readers for m in messages)]


def extract(domain: Domain) -> Catalog:
    """The template of a domain: every text that holds words, once, with what a translator needs to know."""
    entries = {key: _extracted(domain, key, messages) for key, messages in domain.texts.items()}
    header = {
        _VERSION: f"{domain.name} {domain.version}",
        "Report-Msgid-Bugs-To": _ADDRESS,
        _CREATED: "",
        _REVISED: "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": f"Draft, not yet revised <{_ADDRESS}>",
        "Language-Team": _ADDRESS,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return Catalog("", header, (f" {domain.name}", _REMARK), entries)


def _extracted(domain: Domain, key: Key, messages: list[Message]) -> Entry:
    comments: list[str] = []
    for message in messages:
        comments.append(f"{message.place.kind}, for {message.place.audience or 'all readers'}")
        if message.place.note:
            comments.append(f"Note: {message.place.note}")
    for piece in parse(messages[0].text)[0]:
        if piece.kind == "fact" and piece.value in domain.facts:
            fact = domain.facts[piece.value]
            unit = f" {fact.unit}" if fact.unit else ""
            comments.append(f"{{{piece.value}}} prints: {fact.value}{unit} ({fact.kind})")
    folded = (" ".join(comment.split()) for comment in comments)
    return Entry(*key, comments=tuple(dict.fromkeys(folded)), places=(messages[0].origin.file,))


def merge(template: Catalog, old: Catalog | None, locale: CatalogLocale) -> Catalog:
    """The template with the translations of `old`.

    Same context and text: kept. Within a context, what left and what came are paired in order, and the old translation
    is kept as fuzzy with its previous text. What left for good is kept as obsolete; what comes back is fuzzy.
    Nothing is ever taken across contexts.
    """
    before = dict(old.entries) if old else {}
    gone = {entry.key: entry for entry in (old.obsolete if old else ())}
    left: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in before.items():
        if key not in template.entries:
            left[key[0]].append(entry)
    merged = {}
    for key, entry in template.entries.items():
        same, returned = before.get(key), gone.pop(key, None)
        if same:
            changed = same.translation and values_behind(same) != values_behind(entry)
            flags = dict.fromkeys([*same.flags, *(["fuzzy"] if changed else [])])
            merged[key] = _translated(entry, same, tuple(flags), same.previous)
        elif returned:
            merged[key] = _translated(entry, returned, ("fuzzy",), None)
        elif left[key[0]]:
            earlier = left[key[0]].pop(0)
            merged[key] = _translated(entry, earlier, ("fuzzy",), _made_for(earlier))
        else:
            merged[key] = entry
    outdated = [entry for entries in left.values() for entry in entries if entry.translation]
    obsolete = {
        entry.key: replace(entry, obsolete=True, comments=(), places=()) for entry in (*gone.values(), *outdated)
    }
    remarks = old.remarks if old else (f"{template.remarks[0]}, {locale.name}", _REMARK)
    header = _header(template, old, locale, complete=_is_complete(merged))
    return Catalog(template.file, header, remarks, merged, tuple(obsolete.values()))


def _is_complete(entries: Mapping[Key, Entry]) -> bool:
    """Whether every entry has a translation that counts."""
    return all(entry.translation and not entry.fuzzy for entry in entries.values())


def _made_for(entry: Entry) -> str:
    """The English that the translation of an entry was made for."""
    return entry.previous if entry.fuzzy and entry.previous else entry.text


def _translated(entry: Entry, earlier: Entry, flags: tuple[str, ...], previous: str | None) -> Entry:
    """The entry with an earlier one's translation; nothing is marked fuzzy where there is none."""
    kept = replace(entry, remarks=earlier.remarks, translation=earlier.translation)
    return replace(kept, flags=flags, previous=previous) if earlier.translation else kept


def _header(template: Catalog, old: Catalog | None, locale: CatalogLocale, *, complete: bool) -> dict[str, str]:
    """The old header with the version of the English now, and the last version that was completely translated."""
    if old is None:
        team = {"Language": locale.name, "Language-Team": f"{locale.name} <{_ADDRESS}>"}
        forms = {"Plural-Forms": locale.plural_forms}
        return {**template.header, _REVISED: template.header[_CREATED], **team, **forms}
    header = {**old.header, _VERSION: template.header[_VERSION]}
    if header[_VERSION] != old.header.get(_VERSION):
        header.pop(REVISION, None)  # they are counted anew for each version of the English
    if not complete and _is_complete(old.entries) and _VERSION in old.header:
        header[COMPLETE] = english_version(old)
    return header


def english_version(catalog: Catalog) -> str:
    """The version of the English that a catalog was last brought in step with."""
    return catalog.header.get(_VERSION, "").rpartition(" ")[2]


def values_behind(entry: Entry) -> str:
    """What the comments say of the values behind the placeholders; some programs wrap long ones."""
    text = " ".join(" ".join(entry.comments).split())
    return text[text.find(" prints: ") :] if " prints: " in text else ""


def update(
    files: Files, domains: Iterable[Domain], locales: Iterable[CatalogLocale], now: datetime
) -> tuple[list[str], list[Problem]]:
    """Write every template and catalog that changed; the files written, and the problems of catalogs left alone.

    Raises LeafletError (exit code 4) where a file can't be written.
    """
    written: list[str] = []
    problems: list[Problem] = []

    def write(name: str, catalog: Catalog) -> None:
        with writing(name, hint=""):
            if put(files.path(name), dump_catalog(catalog).encode()):
                written.append(name)

    for domain in domains:
        name = f"locales/pot/{domain.name}.pot"
        template = _dated(extract(domain), files, name, now)
        write(name, template)
        for locale in (one for one in locales if domain.is_in(one.name)):
            offered = domain.offered(locale.audiences)
            glossary = locale.language.glossary
            part = replace(template, entries={key: with_terms(template.entries[key], glossary) for key in offered})
            name = catalog_file(locale.name, domain.name)
            try:
                old = read_catalog(files, name) if files.holds(name) else None
            except LeafletError as error:
                problems.extend(error.problems)
                continue
            write(name, merge(part, old, locale))
    return written, problems


def unused_catalogs(files: Files, domains: Iterable[Domain], names: Iterable[str]) -> Iterator[Problem]:
    """A warning for each catalog that is there, of a leaflet that is not made in its language."""
    listed = list(names)
    for domain in domains:
        for name in (name for name in listed if not domain.is_in(name)):
            file = catalog_file(name, domain.name)
            if files.holds(file):
                text = f"not used: {domain.name} is not made in {name}"
                hint = f"delete it, or add {name} to the languages of leaflets/{domain.name}.yaml"
                yield Problem(Origin(file), text, hint, "warning")


def _dated(template: Catalog, files: Files, name: str, now: datetime) -> Catalog:
    """The template with its date; one with the same content as its file keeps the date of the file.

    Raises LeafletError where the earlier file can't be read.
    """
    date = f"{now:%Y-%m-%d %H:%M%z}"
    if files.holds(name):
        earlier = read_catalog(files, name)
        then = earlier.header.get(_CREATED, date)
        same = [(e.key, e.comments, e.places) for e in earlier.entries.values()]
        if same == [(e.key, e.comments, e.places) for e in template.entries.values()]:
            date = then
    return replace(template, header={**template.header, _CREATED: date})
