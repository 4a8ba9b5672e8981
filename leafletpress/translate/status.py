"""How far each language has come: what is translated, what waits, and for which English."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from leafletpress.model.text.glossary import words
from leafletpress.model.text.markup import parse, plain
from leafletpress.read.languages.catalogs import Catalog, Key
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.translate.backtranslation import BackTranslations, is_current, safety_texts
from leafletpress.translate.merge import COMPLETE
from leafletpress.translate.update import Domain


@dataclass(frozen=True, slots=True)
class Status:
    """One language's translation of one catalog for one audience; `audience` "all" is for every reader.

    `translated`, `fuzzy`, `missing` and `problems` (translations with an error) count texts and add up to all of them;
    `words` counts the English words of those that do not print. `safety` counts the texts that must be put back into
    English, `back` those of them whose back-translation is of the translation that prints. `english` is the version
    that the translation was last complete for (the English may have changed since without a new number), None where it
    never was; `of` is the version of now. `age` is the number of days since a translator saved the catalog, None where
    none has or the header does not have the day.
    """

    locale: str
    condition: str
    audience: str
    translated: int
    fuzzy: int
    missing: int
    problems: int
    words: int
    safety: int
    back: int
    english: str | None
    of: str
    age: int | None


@dataclass(frozen=True, slots=True)
class Folded:
    """One language's translation of all its catalogs, each for each audience: the sums, and the row with most to do."""

    locale: str
    catalogs: int
    translated: int
    fuzzy: int
    missing: int
    problems: int
    words: int
    safety: int
    back: int
    worst: Status


def folded(rows: Iterable[Status]) -> list[Folded]:
    """A row for each language, that with most to do first: what is wrong, then words that do not print."""
    by_locale: dict[str, list[Status]] = {}
    for row in rows:
        by_locale.setdefault(row.locale, []).append(row)
    languages = [
        Folded(
            locale=locale,
            catalogs=len({row.condition for row in of_locale}),
            translated=sum(row.translated for row in of_locale),
            fuzzy=sum(row.fuzzy for row in of_locale),
            missing=sum(row.missing for row in of_locale),
            problems=sum(row.problems for row in of_locale),
            words=sum(row.words for row in of_locale),
            safety=sum(row.safety for row in of_locale),
            back=sum(row.back for row in of_locale),
            worst=min(of_locale, key=_urgency),
        )
        for locale, of_locale in by_locale.items()
    ]
    return sorted(languages, key=lambda one: (*_urgency(one), one.locale))


def _urgency(row: Status | Folded) -> tuple[int, int, int, int]:
    """What sorts the row with most to do first."""
    return -row.problems, -row.words, -row.fuzzy - row.missing, row.back - row.safety


def statuses(
    domains: Iterable[Domain],
    locales: Iterable[CatalogLocale],
    backtranslations: Mapping[str, BackTranslations],
    today: date,
) -> Iterator[Status]:
    """A row for each language, catalog that it has, and audience; the template words have one for all readers.

    `backtranslations` are those of each language.
    """
    listed = list(domains)
    for locale in locales:
        for domain in (one for one in listed if one.is_in(locale.name)):
            shared = all(message.place.audience is None for message in domain.messages)
            for audience in ("all",) if shared else locale.audiences:
                yield _status(domain, locale, audience, backtranslations[locale.name], today)


def _status(domain: Domain, locale: CatalogLocale, audience: str, known: BackTranslations, today: date) -> Status:
    keys = domain.offered((audience,))
    found: dict[str, list[Key]] = {"translated": [], "fuzzy": [], "missing": [], "failing": []}
    for key in keys:
        state = locale.translate(domain.name, *key).state if locale.holds(domain.name) else "missing"
        found[state].append(key)
    safety = dict(safety_texts(domain, locale, audience))
    catalog = locale.catalogs.get(domain.name)
    saved = catalog.saved if catalog else None
    complete = len(found["translated"]) == len(keys)
    return Status(
        locale=locale.name,
        condition=domain.name,
        audience=audience,
        translated=len(found["translated"]),
        fuzzy=len(found["fuzzy"]),
        missing=len(found["missing"]),
        problems=len(found["failing"]),
        words=sum(
            len(words(plain(parse(text)[0]))) for state, of in found.items() if state != "translated" for _, text in of
        ),
        safety=len(safety),
        back=sum(is_current(known.get((domain.name, key)), text) for key, text in safety.items()),
        english=_english(catalog, domain, complete=complete),
        of=domain.version,
        age=(today - saved).days if saved else None,
    )


def _english(catalog: Catalog | None, domain: Domain, *, complete: bool) -> str | None:
    if complete:
        return domain.version
    return catalog.header.get(COMPLETE) if catalog else None
