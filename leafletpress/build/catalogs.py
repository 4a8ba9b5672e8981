"""Asks something of each catalog once, for as long as nothing changes that the answer depends on."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from leafletpress.build.freshness.answers import KeptAnswers
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.freshness.inputs import font_digest, picture_files
from leafletpress.build.freshness.keys import digest, program
from leafletpress.build.project import Unit
from leafletpress.build.translations import Translations, read_catalogs
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.languages.settings import catalog_file, lineage, read_locale_settings
from leafletpress.read.located.files import Files
from leafletpress.read.program import program_folder
from leafletpress.translate.backtranslation import BackTranslations
from leafletpress.translate.findings import Finding, check_backtranslations, check_catalogs
from leafletpress.translate.status import Status, statuses
from leafletpress.translate.update import Domain, template_file, unused_catalogs
from leafletpress.write.fonts import font_names

_DAY = date(2000, 1, 1)  # from which the age of what is kept is counted
_SETTINGS = ("locale.toml", "glossary.toml", "opposites.toml", "backtranslation.toml")
Question = Callable[[Domain, CatalogLocale, BackTranslations], list[dict[str, Any]]]


class Known:
    """What is kept of catalogs, by the digest of all that it depends on; without a cache, nothing."""

    def __init__(self, files: Files, cache: Cache | None) -> None:
        self._files, self._kept = files, KeptAnswers(cache)
        self._program = Files(program_folder())
        self._digests: dict[str, str] = {}
        self._pictures: dict[str, tuple[str, ...]] = {FURNITURE: ()}

    def domain(self, condition: str) -> Domain | None:
        """What is known of a leaflet without reading it, its version and languages; None where it has to be read."""
        if condition == FURNITURE:
            return Domain(FURNITURE, "", (), {})
        noted = self._kept.get(self._leaflet_key(condition))
        if noted is None:
            return None
        self._pictures[condition] = tuple(noted["pictures"])
        return Domain(condition, noted["version"], (), {}, frozenset(noted["languages"]))

    def learn(self, read: Translations) -> None:
        """Take note of the leaflets that were read."""
        for domain in read.domains:
            if domain.name != FURNITURE:
                self._pictures[domain.name] = picture_files(read.leaflets[domain.name])
                noted = {"version": domain.version, "languages": sorted(domain.languages)}
                self._kept.put(self._leaflet_key(domain.name), {**noted, "pictures": self._pictures[domain.name]})

    def answer(self, question: str, unit: Unit) -> Any | None:
        """What is kept of a catalog, None where it has to be asked."""
        key = self._key(question, unit) if unit.condition in self._pictures else None
        return self._kept.get(key) if key else None

    def keep(self, question: str, unit: Unit, answer: Any) -> None:
        """Keep an answer, which JSON can hold."""
        key = self._key(question, unit)
        if key:
            self._kept.put(key, answer)

    def files_of(self, unit: Unit) -> Iterator[str]:
        """The files of the project that the answers for a catalog depend on, beside those of all catalogs."""
        if unit.condition != FURNITURE:
            yield f"leaflets/{unit.condition}.yaml"
        yield from self._pictures[unit.condition]
        yield template_file(unit.condition)
        for name in lineage(unit.locale):
            yield catalog_file(name, unit.condition)
            yield from self._settings(name)

    def _leaflet_key(self, condition: str) -> str:
        return digest("leaflet", self._shared(), self._files.digest(f"leaflets/{condition}.yaml"))

    def _key(self, question: str, unit: Unit) -> str | None:
        """The key of an answer, None where the settings of the language can't be read."""
        language = self._of_language(unit.locale)
        own = (part for name in self.files_of(unit) for part in (name, self._files.digest(name)))
        return digest(question, str(unit), self._shared(), language, *own) if language else None

    def _shared(self) -> str:
        """What every answer depends on: the program, the templates, English, the languages and sites that there are."""
        if "shared" not in self._digests:
            names = [name for folder in ("templates/**/*", "sites/*.toml") for name in self._files.names(folder)]
            names += self._settings(SOURCE)
            versions = (f"{name} {version}" for name, version in program().items())
            languages = self._files.names("locales/*/locale.toml")
            self._digests["shared"] = digest(
                *versions, *languages, *(f"{name} {self._files.digest(name)}" for name in names)
            )
        return self._digests["shared"]

    def _of_language(self, locale: str) -> str:
        """The fonts of a language and what the program brings for it, as a digest; "" where that can't be known."""
        if f"language {locale}" not in self._digests:
            try:
                fonts = font_names(read_locale_settings(self._files, locale).families)
            except LeafletError:
                return ""
            brought = [name for one in (*lineage(locale), SOURCE) for name in self._settings(one)]
            self._digests[f"language {locale}"] = digest(
                *(f"{name} {self._program.digest(name)}" for name in brought),
                *(f"{name} {font_digest(name)}" for name in fonts),
            )
        return self._digests[f"language {locale}"]

    def _settings(self, locale: str) -> list[str]:
        return [f"locales/{locale}/{file}" for file in _SETTINGS]


def check(
    files: Files, names: Iterable[str], conditions: Iterable[str], cache: Cache | None
) -> tuple[list[Finding], list[Problem]]:
    """What is wrong in these catalogs, and what of them can't be read."""

    def ask(domain: Domain, locale: CatalogLocale, back: BackTranslations) -> list[dict[str, Any]]:
        findings = (*check_catalogs((domain,), (locale,)), *check_backtranslations((domain,), locale, back))
        return [asdict(finding) for finding in findings]

    found, problems = answers(files, "check", names, conditions, ask, cache)
    # What is said of a whole language is said with each of its catalogs.
    return list(dict.fromkeys(map(_finding, found))), problems


def statuses_of(
    files: Files, names: Iterable[str], conditions: Iterable[str], today: date, cache: Cache | None
) -> tuple[list[Status], list[Problem]]:
    """How far these catalogs are on a day, and what of them can't be read."""

    def ask(domain: Domain, locale: CatalogLocale, back: BackTranslations) -> list[dict[str, Any]]:
        return [asdict(row) for row in statuses((domain,), (locale,), {locale.name: back}, _DAY)]

    found, problems = answers(files, "status", names, conditions, ask, cache)
    rows = (Status(**row) for row in found)
    return [row if row.age is None else replace(row, age=row.age + (today - _DAY).days) for row in rows], problems


def answers(
    files: Files,
    question: str,
    names: Iterable[str],
    conditions: Iterable[str],
    ask: Question,
    cache: Cache | None,
) -> tuple[list[dict[str, Any]], list[Problem]]:
    """The answers for these catalogs by language, and what of them can't be read: of that no answer is kept."""
    known = Known(files, cache)
    asked = [Unit(condition, name) for name in names for condition in conditions]
    found, missing, problems = unanswered(files, known, question, asked)
    if missing:
        read = read_catalogs(files, by_language(missing))
        known.learn(read)
        problems += read.problems
        broken = {problem.origin.file for problem in read.problems}
        for unit, domain, locale in pairs(read, missing):
            found[unit] = ask(domain, locale, read.backtranslations[locale.name])
            if broken.isdisjoint(known.files_of(unit)):
                known.keep(question, unit, found[unit])
    if cache:
        cache.trim()
        problems += cache.take_problems()
    return [answer for unit in asked if unit in found for answer in found[unit]], list(dict.fromkeys(problems))


def unanswered(
    files: Files, known: Known, question: str, asked: Iterable[Unit]
) -> tuple[dict[Unit, Any], list[Unit], list[Problem]]:
    """What is known of these catalogs, those that have to be read, and a warning for each that is there and not used.

    What is not made in a language is neither known nor read.
    """
    found: dict[Unit, Any] = {}
    missing: list[Unit] = []
    problems: list[Problem] = []
    noted: dict[str, Domain | None] = {}
    for unit in asked:
        if unit.condition not in noted:
            noted[unit.condition] = known.domain(unit.condition)
        domain = noted[unit.condition]
        if domain and not domain.is_in(unit.locale):
            problems.extend(unused_catalogs(files, (domain,), (unit.locale,)))
            continue
        answer = known.answer(question, unit) if domain else None
        if answer is None:
            missing.append(unit)
        else:
            found[unit] = answer
    files.let_go(lambda _name: True)
    return found, missing, problems


def by_language(units: Iterable[Unit]) -> dict[str, list[str]]:
    """The catalogs of each language."""
    found: dict[str, list[str]] = defaultdict(list)
    for unit in units:
        found[unit.locale].append(unit.condition)
    return found


def pairs(read: Translations, units: Collection[Unit]) -> Iterator[tuple[Unit, Domain, CatalogLocale]]:
    """Those of these catalogs whose leaflet and language could be read."""
    wanted = set(units)
    for locale in read.locales:
        for domain in read.domains:
            unit = Unit(domain.name, locale.name)
            if unit in wanted and domain.is_in(locale.name):
                yield unit, domain, locale


def _finding(kept: dict[str, Any]) -> Finding:
    """A finding as it was kept by this very program: the key says so."""
    problem = kept["problem"]
    return Finding(**{**kept, "problem": Problem(**{**problem, "origin": Origin(**problem["origin"])})})
