"""Keeps locales/ in step with the English: extraction into templates (.pot), and their merge into every catalog."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, cached_property, partial
from pathlib import PurePosixPath

from leafletpress.model.facts import shown_to_translators
from leafletpress.model.leaflet import Fact, Message, bears_safety, is_in, is_translated
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.markup import is_words, parse
from leafletpress.publish.files import put, writing
from leafletpress.read.languages.catalogs import Catalog, Entry, Key, read_catalog
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.languages.memory import read_memory
from leafletpress.read.languages.settings import catalog_file
from leafletpress.read.located.files import Files
from leafletpress.translate.dump import dump_catalog
from leafletpress.translate.glossary import with_terms
from leafletpress.translate.merge import ADDRESS, CREATED, REMARK, REVISED, VERSION, merge
from leafletpress.translate.offers import Earlier, Elsewhere


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
        """The messages that are translated, by context and text: the entries of the catalog, in their order."""
        found: dict[Key, list[Message]] = defaultdict(list)
        for message in self.messages:
            if is_translated(message, self.facts):
                found[message.context, message.text].append(message)
        return dict(found)

    @cached_property
    def safety(self) -> frozenset[Key]:
        """The keys of the texts that bear safety."""
        return frozenset(message.key for message in self.messages if bears_safety(message, self.facts))

    @cached_property
    def put_back(self) -> frozenset[Key]:
        """The keys of the texts that bear safety and have words, which somebody puts back into English."""
        return frozenset(key for key in self.safety if is_words(parse(key[1])[0]))

    def offered(self, audiences: Iterable[str]) -> list[Key]:
        """The keys of the texts that these audiences read."""
        readers = {None, *audiences}
        return [key for key, messages in self.texts.items() if any(m.place.audience in readers for m in messages)]


def extract(domain: Domain) -> Catalog:
    """The template of a domain: every text that is translated, once, with what a translator needs to know."""
    entries = {key: _extracted(domain, key, messages) for key, messages in domain.texts.items()}
    header = {
        VERSION: f"{domain.name} {domain.version}",
        "Report-Msgid-Bugs-To": ADDRESS,
        CREATED: "",
        REVISED: "YEAR-MO-DA HO:MI+ZONE",
        "Last-Translator": f"Draft, not yet revised <{ADDRESS}>",
        "Language-Team": ADDRESS,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    return Catalog("", header, (f" {domain.name}", REMARK), entries)


def _extracted(domain: Domain, key: Key, messages: list[Message]) -> Entry:
    comments: list[str] = []
    for message in messages:
        comments.append(f"{message.place.kind}, for {message.place.audience or 'all readers'}")
        if message.place.note:
            comments.append(f"Note: {message.place.note}")
    names = [piece.value for piece in parse(messages[0].text)[0] if piece.kind == "fact"]
    comments += [shown_to_translators(name, domain.facts[name]) for name in names if name in domain.facts]
    folded = (" ".join(comment.split()) for comment in comments)
    return Entry(*key, comments=tuple(dict.fromkeys(folded)), places=(messages[0].origin.file,))


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

    listed = list(domains)
    languages = [(locale, cache(partial(_elsewhere, files, locale.name, listed))) for locale in locales]
    for domain in listed:
        name = template_file(domain.name)
        template = _dated(extract(domain), files, name, now)
        write(name, template)
        for locale, elsewhere in ((one, other) for one, other in languages if domain.is_in(one.name)):
            name = catalog_file(locale.name, domain.name)
            try:
                old = read_catalog(files, name) if files.holds(name) else None
                write(name, merge(offered_to(domain, template, locale), old, locale, elsewhere))
            except LeafletError as error:
                problems.extend(error.problems)
    return written, problems


def template_file(domain: str) -> str:
    """The file of a template, below the project's folder."""
    return f"locales/pot/{domain}.pot"


def offered_to(domain: Domain, template: Catalog, locale: CatalogLocale) -> Catalog:
    """The part of a template that the readers of a language have, with the terms of its glossary."""
    glossary = locale.language.glossary
    entries = {key: with_terms(template.entries[key], glossary) for key in domain.offered(locale.audiences)}
    return replace(template, entries=entries)


def _elsewhere(files: Files, locale: str, domains: Iterable[Domain]) -> Elsewhere:
    """What a language has in all its catalogs, as they were before this update, and in its translation memory.

    Catalogs that can't be read are left out; each entry has its catalog before its context. Raises LeafletError where
    the memory can't be read.
    """
    english = {domain.name: domain.texts for domain in domains}
    standing: list[Entry] = []
    left: list[Entry] = []
    for name in files.names(catalog_file(locale, "*")):
        with suppress(LeafletError):
            catalog, domain = read_catalog(files, name), PurePosixPath(name).stem
            for entry in (*catalog.entries.values(), *catalog.obsolete):
                gone = entry.obsolete or (domain in english and entry.key not in english[domain])
                (left if gone else standing).append(replace(entry, context=f"{domain}/{entry.context}"))
    return Elsewhere(Earlier(standing), Earlier((*left, *read_memory(files, locale))))


def unused_catalogs(files: Files, domains: Iterable[Domain], names: Iterable[str]) -> Iterator[Problem]:
    """A warning for each catalog that is there, of a leaflet that is not made in its language."""
    listed = list(names)
    for domain in domains:
        for name in (name for name in listed if not domain.is_in(name)):
            file = catalog_file(name, domain.name)
            if files.holds(file):
                text = f"not used: {domain.name} is not made in {name}"
                hint = (
                    f"add {name} to the languages of leaflets/{domain.name}.yaml, or run: leafletpress catalogs prune"
                )
                yield Problem(Origin(file), text, hint, "warning")


def _dated(template: Catalog, files: Files, name: str, now: datetime) -> Catalog:
    """The template with its date; one with the same content as its file keeps the date of the file.

    Raises LeafletError where the earlier file can't be read.
    """
    date = f"{now:%Y-%m-%d %H:%M%z}"
    if files.holds(name):
        earlier = read_catalog(files, name)
        then = earlier.header.get(CREATED, date)
        same = [(e.key, e.comments, e.places) for e in earlier.entries.values()]
        if same == [(e.key, e.comments, e.places) for e in template.entries.values()]:
            date = then
    return replace(template, header={**template.header, CREATED: date})
