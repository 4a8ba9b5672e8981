"""Takes away catalogs that no leaflet is made from, and keeps their words in the translation memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from leafletpress.model.problems import LeafletError, Problem
from leafletpress.publish.files import put, writing
from leafletpress.read.languages.catalogs import Catalog, read_catalog
from leafletpress.read.languages.memory import memory_file, read_memory
from leafletpress.read.languages.settings import catalog_file
from leafletpress.read.located.files import Files
from leafletpress.translate.memory import remembered, with_words
from leafletpress.translate.update import Domain, template_file


@dataclass(frozen=True, slots=True)
class Unused:
    """A catalog without a leaflet in its language, or a template (`locale` None) without a leaflet."""

    file: str
    domain: str
    locale: str | None
    catalog: Catalog


def unused(
    files: Files, conditions: Collection[str], domains: Iterable[Domain], locales: Iterable[str]
) -> tuple[list[Unused], list[Problem]]:
    """What nothing is made from in these languages, and the problems of such files that can't be read.

    `conditions` are those that have a source, `domains` what could be read of them: of a source that is broken nobody
    knows its languages.
    """
    known = {domain.name: domain for domain in domains}
    found: list[Unused] = []
    problems: list[Problem] = []
    for locale in (None, *locales):
        for file in files.names(catalog_file(locale, "*") if locale else template_file("*")):
            domain = PurePosixPath(file).stem
            if domain in known and (locale is None or known[domain].is_in(locale)):
                continue
            if domain in conditions and domain not in known:
                continue
            try:
                found.append(Unused(file, domain, locale, read_catalog(files, file)))
            except LeafletError as error:
                problems.extend(error.problems)
    return found, problems


def prune(files: Files, found: Iterable[Unused]) -> Iterator[str]:
    """Take them away, once their words are in the memory of their language; the memories that were written.

    Raises LeafletError where a memory can't be read, or (exit code 4) a file can't be written or deleted: what was not
    kept is not taken away.
    """
    by_locale: dict[str | None, list[Unused]] = defaultdict(list)
    for one in found:
        by_locale[one.locale].append(one)
    for locale, catalogs in by_locale.items():
        words = [entry for one in catalogs for entry in remembered(one.catalog, one.domain)]
        if locale and words:
            name = memory_file(locale)
            text = with_words(read_memory(files, locale), words, locale.replace("_", "-"))
            with writing(name, hint=""):
                put(files.path(name), text.encode())
            yield name
        for one in catalogs:
            with writing(one.file, hint=""):
                files.path(one.file).unlink()
