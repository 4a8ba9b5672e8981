"""What the safety texts say when they are put back into English: for a clinician who can't read the language."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.text.fidelity import Language, not_kept
from leafletpress.model.text.glossary import Glossary
from leafletpress.model.text.issue import Issue
from leafletpress.model.text.negation import WORDS
from leafletpress.read.languages.catalogs import Key
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Scalar
from leafletpress.read.located.toml import read_toml
from leafletpress.translate.update import Domain

T = TypeVar("T")

_GLOSSARY = Glossary(negations=(*WORDS, "none"))


@dataclass(frozen=True, slots=True)
class BackTranslation(Generic[T]):
    """A safety text: its English, its translation at the time, that put back into English, and a remark.

    The reader who wrote `back` had not seen `english`.
    """

    catalog: str
    context: str
    english: T
    translation: T
    back: T
    remark: T | None = None


@dataclass(frozen=True, slots=True)
class _File(Generic[T]):
    texts: tuple[BackTranslation[T], ...]


# By the catalog's name, and context and English.
BackTranslations = Mapping[tuple[str, Key], BackTranslation[Scalar]]


def backtranslation_file(name: str) -> str:
    """The file in which a locale keeps its back-translations, below the project's folder."""
    return f"locales/{name}/backtranslation.toml"


def read_backtranslation(files: Files, name: str) -> BackTranslations:
    """A language's back-translations in the order of their file, none where it has no file; raises LeafletError."""
    path = backtranslation_file(name)
    if not files.holds(path):
        return {}
    file: _File[Scalar] = read_toml(path, files.content(path), _File[Scalar])
    found: dict[tuple[str, Key], BackTranslation[Scalar]] = {}
    problems: list[Problem] = []
    for text in file.texts:
        first = found.setdefault((text.catalog, (text.context, text.english.text)), text)
        if first is not text:
            hint = f"the first is at line {first.english.origin.line}; delete one"
            problems.append(Problem(text.english.origin, f"{text.context}: the same English again", hint))
    if problems:
        raise LeafletError(problems)
    return found


def read_backtranslations(files: Files, names: Iterable[str]) -> tuple[dict[str, BackTranslations], list[Problem]]:
    """The back-translations of each of these languages, and the problems of files that can't be read."""
    found: dict[str, BackTranslations] = {}
    problems: list[Problem] = []
    for name in names:
        try:
            found[name] = read_backtranslation(files, name)
        except LeafletError as error:
            found[name] = {}
            problems.extend(error.problems)
    return found, problems


def safety_texts(
    domain: Domain, locale: CatalogLocale, audience: str | None = None
) -> Iterator[tuple[Key, str | None]]:
    """The safety texts that a language (or its leaflets for one audience) offers, with the translation that prints.

    That is None where English prints. What a regional language takes from its parent is counted for the parent alone.
    """
    catalog = locale.catalogs.get(domain.name)
    for key in domain.offered((audience,) if audience else locale.audiences):
        own = catalog is not None and key in catalog.entries and bool(catalog.entries[key].translation.strip())
        if (own or locale.parent is None) and key in domain.put_back:
            yield key, locale.translate(domain.name, *key).text if own else None


def not_put_back(
    domain: Domain, locale: CatalogLocale, known: BackTranslations, audience: str
) -> Iterator[tuple[str, str]]:
    """The contexts and English of safety texts of an audience that nobody put back into English as they stand.

    Also of those that did not come back whole. Texts without a translation of this language's own are left out.
    """
    catalog = locale.catalogs.get(domain.name)
    for key in domain.offered((audience,)) if catalog else ():
        entry = catalog.entries.get(key) if catalog else None
        if entry and entry.translation.strip() and key in domain.put_back:
            text = known.get((domain.name, key))
            current = text if is_current(text, " ".join(entry.translation.split("\n"))) else None
            found = back_issues(current, locale.language) if current else ()
            if current is None or any(issue.severity == "error" for issue in found):
                yield key


def is_current(text: BackTranslation[Scalar] | None, translation: str | None) -> bool:
    """Whether a back-translation is of the translation that prints now."""
    return text is not None and text.translation.text == translation


def back_issues(text: BackTranslation[Scalar], language: Language) -> Iterator[Issue]:
    """What of the English did not come back: a "not", an amount, a placeholder, today where tomorrow came.

    `language` is that of the translation, which knows how English writes.
    """
    amounts, opposites = language.english, language.english_opposites
    english = Language(_GLOSSARY, amounts, amounts, opposites, opposites, is_english=True)
    return not_kept(text.english.text, text.back.text, english, safety=True)
