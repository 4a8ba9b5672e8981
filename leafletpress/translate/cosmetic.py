"""Lets translations follow English texts of which only spelling, punctuation or order changed: they stay current."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from leafletpress.model.leaflet import Message
from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.text.cosmetic import Judgement, judge
from leafletpress.model.text.spelling import IsWord
from leafletpress.publish.files import put, writing
from leafletpress.read.languages.catalogs import Catalog, Entry, Key, read_catalog
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.languages.settings import catalog_file
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Scalar
from leafletpress.translate.backtranslation import BackTranslations, backtranslation_file, read_backtranslation
from leafletpress.translate.dump import dump_catalog
from leafletpress.translate.merge import values_behind
from leafletpress.translate.update import Domain, extract
from leafletpress.translate.worksheet import dump

_VALUE_CHANGED = Judgement(against=("a figure behind a name in braces changed",))


@dataclass(frozen=True, slots=True)
class Rewording:
    """A text that was reworded, how it read before, and the judgement of the change.

    Of the languages in which it read so, the translation is current in `current`; in `waiting` it is fuzzy or missing.
    """

    message: Message
    old: str
    judgement: Judgement
    current: list[str] = field(default_factory=list)
    waiting: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Pair:
    """The entry of a text as it was, its new key, and the judgement."""

    old: Entry
    new: Key
    judgement: Judgement


def follow_cosmetic(
    files: Files, domains: Iterable[Domain], locales: Iterable[CatalogLocale], is_word: IsWord
) -> tuple[list[Rewording], list[str], list[Problem]]:
    """Give each entry whose English was reworded cosmetically the new wording, in catalogs and back-translations.

    All else in the files stays as it is: what speaks against a rewording leaves its entry under the old wording. Comes
    back with all rewordings in the order of the texts, the files written, and the problems of languages and catalogs
    that can't be read, which are left alone. Raises LeafletError (exit code 4) where a file can't be written.
    """
    found: dict[tuple[str, Key, str, Judgement], Rewording] = {}
    written: list[str] = []
    problems: list[Problem] = []
    judged = cache(lambda old, new: judge(old, new, is_word))
    listed = [(domain, extract(domain)) for domain in domains]
    for locale in locales:
        try:
            known = read_backtranslation(files, locale.name)
            catalogs = _catalogs(files, locale, listed)
        except LeafletError as error:
            problems.extend(error.problems)
            continue
        contents: dict[str, str] = {}
        renamed: dict[tuple[str, Key], Key] = {}
        for domain, template, catalog in catalogs:
            offered = {key: template.entries[key] for key in domain.offered(locale.audiences)}
            pairs = list(_pairs(offered, catalog, judged))
            for pair in pairs:
                new = Rewording(domain.texts[pair.new][0], pair.old.text, pair.judgement)
                text = found.setdefault((domain.name, pair.new, pair.old.text, pair.judgement), new)
                is_current = pair.old.translation.strip() and not pair.old.fuzzy
                (text.current if is_current else text.waiting).append(locale.name)
            follows = {pair.old.key: pair.new for pair in pairs if not pair.judgement.against}
            renamed |= {(domain.name, old): new for old, new in follows.items()}
            if follows:
                contents[catalog.file] = dump_catalog(_followed(catalog, follows, offered))
        if renamed.keys() & known.keys():
            contents[backtranslation_file(locale.name)] = _back_followed(known, renamed)
        for name, content in contents.items():
            with writing(name, hint=""):
                put(files.path(name), content.encode())
        written += contents
    return sorted(found.values(), key=lambda text: text.message.origin), written, problems


def _catalogs(
    files: Files, locale: CatalogLocale, domains: Iterable[tuple[Domain, Catalog]]
) -> list[tuple[Domain, Catalog, Catalog]]:
    """The domains with their templates and the catalogs that a language has of them; raises LeafletError."""
    found = []
    for domain, template in domains:
        name = catalog_file(locale.name, domain.name)
        if domain.is_in(locale.name) and files.holds(name):
            found.append((domain, template, read_catalog(files, name)))
    return found


def _pairs(offered: Mapping[Key, Entry], catalog: Catalog, judged: Callable[[str, str], Judgement]) -> Iterator[_Pair]:
    """What left a context with what came into it: first where only the looks changed, then the rest in order."""
    left: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in catalog.entries.items():
        if key not in offered:
            left[key[0]].append(entry)
    refused: dict[str, list[Key]] = defaultdict(list)
    for key in offered:
        if key in catalog.entries or not left[key[0]]:
            continue
        old = next((entry for entry in left[key[0]] if not judged(entry.text, key[1]).against), None)
        if old is None:
            refused[key[0]].append(key)
            continue
        left[key[0]].remove(old)
        same_values = values_behind(old) == values_behind(offered[key])
        yield _Pair(old, key, judged(old.text, key[1]) if same_values else _VALUE_CHANGED)
    for context, keys in refused.items():
        yield from (_Pair(old, key, judged(old.text, key[1])) for old, key in zip(left[context], keys, strict=False))


def _followed(catalog: Catalog, follows: Mapping[Key, Key], offered: Mapping[Key, Entry]) -> Catalog:
    """The catalog with entries under their new wording, each in its place, translated and marked as before."""
    entries = {}
    for key, entry in catalog.entries.items():
        new = follows.get(key, key)
        now = offered[new] if key in follows else entry
        entries[new] = replace(entry, text=now.text, comments=now.comments, places=now.places)
    return replace(catalog, entries=entries, obsolete=tuple(one for one in catalog.obsolete if one.key not in entries))


def _back_followed(known: BackTranslations, renamed: Mapping[tuple[str, Key], Key]) -> str:
    """A language's file of back-translations, each under the new wording of its English."""
    taken = {(catalog, new) for (catalog, _), new in renamed.items()}
    texts = []
    for place, text in known.items():
        if place in renamed:
            texts.append(replace(text, english=Scalar(renamed[place][1], text.english.origin)))
        elif place not in taken:
            texts.append(text)
    return dump(texts)
