"""Reads leaflets as texts to be translated, and the languages that they are translated into."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from leafletpress import __version__
from leafletpress.build.project import Project, refuse_unknown
from leafletpress.build.workers.limits import TimeLimitError, within
from leafletpress.model.leaflet import FURNITURE, Leaflet, Message, messages
from leafletpress.model.locale import PSEUDO_LOCALES, SOURCE
from leafletpress.model.problems import LeafletError, Origin, Problem, attempt, did_you_mean
from leafletpress.read.conditions import conditions as written_conditions
from leafletpress.read.furniture import read_furniture
from leafletpress.read.languages.catalogs import Key, read_catalog
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.languages.pseudo import pseudo_locale
from leafletpress.read.languages.settings import catalog_file, lineage, locale_names
from leafletpress.read.leaflets import leaflet_codes, read_leaflet, shared_codes
from leafletpress.read.links import with_leaflets
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import toml_place
from leafletpress.read.program import program_folder
from leafletpress.read.templates import audience_names, read_audiences
from leafletpress.translate.backtranslation import BackTranslations, read_backtranslations
from leafletpress.translate.update import Domain, unused_catalogs

MOST_SECONDS = 20  # to read a leaflet, which usually takes a tenth of a second


def read_leaflets(
    files: Files, audiences: Collection[str], names: Iterable[str]
) -> tuple[dict[str, Leaflet], list[Problem]]:
    """The leaflets of these names, the problems of those that can't be read, and those of codes that two have."""
    leaflets: dict[str, Leaflet] = {}
    problems: list[Problem] = []
    for condition in names:
        try:
            with within(MOST_SECONDS):
                leaflets[condition] = read_leaflet(files, condition, audiences)
        except LeafletError as error:
            problems.extend(error.problems)
        except TimeLimitError:
            problems.append(
                Problem(Origin(f"leaflets/{condition}.yaml"), f"takes longer than {MOST_SECONDS} s to read")
            )
    problems += _led(files, audiences, leaflets)
    return leaflets, [*problems, *shared_codes(files, leaflets)]


def _led(files: Files, audiences: Collection[str], leaflets: dict[str, Leaflet]) -> Iterator[Problem]:
    """Lead the links of these leaflets to others; yields what is wrong with them, and leaves out where something is."""
    linking = [name for name, one in leaflets.items() if any(link.code for link in one.links.values())]
    codes = leaflet_codes(files) if linking else {}
    read = dict(leaflets)

    def other(condition: str) -> Leaflet | None:
        if condition not in read:
            with suppress(LeafletError):
                read[condition] = read_leaflet(files, condition, audiences)
        return read.get(condition)

    for name in linking:
        leaflet, problems = with_leaflets(leaflets.pop(name), codes, other, audiences)
        if not problems:
            leaflets[name] = leaflet
        yield from problems


def read_locales(
    files: Files,
    audiences: Collection[str],
    domains: Mapping[str, Iterable[str]],
    safety: Collection[tuple[str, Key]],
) -> tuple[dict[str, CatalogLocale], list[Problem]]:
    """The languages with their catalogs, and what is wrong with any of them.

    `domains` are the catalogs by language, `safety` the texts that bear safety. Raises LeafletError with all of it
    where English can't be read, which each of them needs.
    """
    problems: list[Problem] = []
    source = attempt(lambda: read_locale(files, SOURCE, (), None), problems)
    # Where it can't be read, the program's own serves to see what is wrong with the others.
    english, _ = source or read_locale(Files(program_folder()), SOURCE, (), None)
    locales: dict[str, CatalogLocale] = {}
    for name in sorted(domains, key=lambda name: (name != SOURCE, name)):
        try:
            locale, found = _read_one(files, name, tuple(domains[name]), english, safety)
        except LeafletError as error:
            problems += [*error.problems, *_catalog_faults(files, name, domains[name])]
            continue
        unknown = list(_unknown_audiences(files, locale, audiences))
        problems += [*found, *unknown]
        if not unknown:
            locales[name] = locale
    if source is None:
        raise LeafletError(problems)
    return locales, problems


def _unknown_audiences(files: Files, locale: CatalogLocale, audiences: Collection[str]) -> Iterator[Problem]:
    file = f"locales/{locale.name}/locale.toml"
    for at, audience in enumerate(locale.audiences):
        if audience not in audiences:
            place = toml_place(file, files.content(file), "audiences", str(at))
            yield Problem(place, f'unknown audience "{audience}"', did_you_mean(audience, audiences))


def _catalog_faults(files: Files, name: str, domains: Iterable[str]) -> list[Problem]:
    """What is wrong with the catalogs that a language has, whatever is wrong with the language."""
    problems: list[Problem] = []
    for file in (catalog_file(name, domain) for domain in domains):
        if files.holds(file):
            attempt(lambda file=file: read_catalog(files, file), problems)  # type: ignore[misc]
    return problems


def catalogs_of(files: Files, name: str, leaflets: Mapping[str, Leaflet], conditions: Iterable[str]) -> list[str]:
    """The catalogs that a language needs for some leaflets; of a leaflet that can't be read, the one that it has."""
    needed = (
        condition
        for condition in conditions
        if (leaflets[condition].is_in(name) if condition in leaflets else files.holds(catalog_file(name, condition)))
    )
    return [FURNITURE, *needed]


def faults_of_texts(
    files: Files, audiences: Collection[str], conditions: list[str], names: Iterable[str]
) -> list[Problem]:
    """What is wrong with some leaflets and languages, where templates or the site can't be read."""
    leaflets, problems = read_leaflets(files, audiences, conditions)
    wanted = {name: catalogs_of(files, name, leaflets, conditions) for name in names}
    read = attempt(lambda: read_locales(files, audiences, wanted, frozenset()), problems)
    return [*problems, *(read[1] if read else ())]


def _read_one(
    files: Files, name: str, domains: tuple[str, ...], english: CatalogLocale, safety: Collection[tuple[str, Key]]
) -> tuple[CatalogLocale, list[Problem]]:
    if name in PSEUDO_LOCALES:
        return pseudo_locale(name, english), []
    return (english, []) if name == SOURCE else read_locale(files, name, domains, english, safety)


@dataclass(frozen=True, slots=True)
class Translations:
    """What there is to translate and the languages it is translated into; `problems` are of what can't be read.

    `backtranslations` are those of each language.
    """

    leaflets: Mapping[str, Leaflet]
    domains: tuple[Domain, ...]
    locales: tuple[CatalogLocale, ...]
    backtranslations: Mapping[str, BackTranslations]
    problems: tuple[Problem, ...]


def read_translations(
    project: Project, names: tuple[str, ...] = (), conditions: tuple[str, ...] = (), *, catalogs: bool = True
) -> Translations:
    """All languages and catalogs, or those of `names` and `conditions`; FURNITURE, the template words, is one of these.

    With what is in the catalogs, or without `catalogs` with the settings of languages alone. Raises LeafletError (exit
    code 2) for a name that no language or leaflet has.
    """
    files = project.files()
    languages, known = chosen_catalogs(files, names, conditions)
    return read_catalogs(files, dict.fromkeys(languages, known), catalogs=catalogs)


def chosen_catalogs(
    files: Files, names: tuple[str, ...], conditions: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The languages and catalogs that are asked for, all where none is; raises LeafletError (exit code 2)."""
    languages = [name for name in locale_names(files) if name != SOURCE]
    known = [FURNITURE, *written_conditions(files)]
    refuse_unknown({"locale": (names, languages), "condition": (conditions, known)})
    return names or tuple(languages), tuple(name for name in known if not conditions or name in conditions)


def read_catalogs(files: Files, asked: Mapping[str, Collection[str]], *, catalogs: bool = True) -> Translations:
    """The catalogs that are asked for by language, with all that is needed to judge them.

    Raises LeafletError, with every problem, where none can be judged: audiences, template words or English unread.
    """
    named = dict.fromkeys(name for of_language in asked.values() for name in of_language)
    conditions = [name for name in named if name != FURNITURE]
    unreadable: list[Problem] = []
    audiences = attempt(lambda: read_audiences(files), unreadable)
    if audiences is None:
        raise LeafletError([*unreadable, *faults_of_texts(files, audience_names(files), conditions, asked)])
    leaflets, problems = read_leaflets(files, audiences, conditions)
    texts = tuple(text for text in domains(read_furniture(files), leaflets) if text.name in named)
    wanted = {
        name: [text.name for text in texts if catalogs and text.name in of_language and text.is_in(name)]
        for name, of_language in asked.items()
    }
    read = attempt(lambda: read_locales(files, audiences, wanted, safety_keys(texts)), problems)
    if read is None:
        raise LeafletError(problems)
    locales, unread = read
    back, unread_back = read_backtranslations(files, locales if catalogs else ())
    unused = unused_catalogs(files, texts, locales)
    return Translations(leaflets, texts, tuple(locales.values()), back, (*problems, *unread, *unread_back, *unused))


def domains(furniture: Mapping[str, Message], leaflets: Mapping[str, Leaflet]) -> tuple[Domain, ...]:
    """What the catalogs translate: the template words, then each leaflet."""
    words = Domain(FURNITURE, __version__, tuple(furniture.values()), {})
    return (words, *map(_domain, leaflets.values()))


def safety_keys(texts: Iterable[Domain]) -> frozenset[tuple[str, Key]]:
    """The texts that bear safety, each with its catalog."""
    return frozenset((domain.name, key) for domain in texts for key in domain.safety)


def _domain(leaflet: Leaflet) -> Domain:
    """A leaflet to be translated into its languages, and into those that they take missing texts from."""
    languages = frozenset(name for language in leaflet.languages for name in lineage(language))
    return Domain(leaflet.condition, leaflet.version, tuple(messages(leaflet)), leaflet.facts, languages)
