"""Finds letters that no font has, at the lines on which they are written, before a document is stopped by them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from leafletpress.build.fonts import missing_families
from leafletpress.build.library import Library
from leafletpress.compose.handouts import Composition
from leafletpress.model.leaflet import FURNITURE, Fact, Leaflet, Message, is_translated, messages
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import Origin, Problem
from leafletpress.model.text.markup import parse, plain
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.located import toml, yaml
from leafletpress.read.located.files import decode_utf8
from leafletpress.read.located.nodes import Node, Scalar, Sequence, Table
from leafletpress.write.fonts import SYMBOLS, are_installed, installed_faces, missing, named, printed

_Written = tuple[Origin, str]


def missing_letters(library: Library, compositions: Iterable[Composition]) -> Iterator[Problem]:
    """One problem for each letter of a written text, with the languages whose fonts lack it.

    Also each font that is not installed, of which nobody can say what it lacks.
    """
    if not installed_faces():  # a check can do without fonts, as where only reviews are counted
        return
    languages: dict[tuple[Origin, str], dict[str, None]] = defaultdict(dict)
    for handout in (composition.handout for composition in compositions):
        families = handout.typography.families
        if not are_installed(families):
            yield from missing_families(library.files, (*families, *SYMBOLS)).values()
            continue
        lacking = missing(printed(handout), families)
        if not lacking:
            continue
        leaflet, locale = library.leaflets[handout.condition], library.locales[handout.locale]
        written = [*_messages(library, leaflet, locale, handout.audience), *_values(library, leaflet, locale)]
        for char in lacking:
            places = [place for place, text in written if char in text]
            for place in places or [leaflet.title.origin]:  # else CLDR writes it, in a date or a unit
                languages[place, char][handout.locale] = None
    for (place, char), names in languages.items():
        hint = f"in {', '.join(names)}; write it otherwise, or name a family that has it in locale.toml"
        yield Problem(place, f"no font has {named(char)}", hint)


def _messages(library: Library, leaflet: Leaflet, locale: CatalogLocale, audience: str) -> Iterator[_Written]:
    """The texts that a handout prints, as its language has them, with the places where they are written."""
    for message in library.furniture.values():
        yield _as_printed(FURNITURE, message, locale, {})
    for message in messages(leaflet):
        if message.place.audience in (None, audience):
            yield _as_printed(leaflet.condition, message, locale, leaflet.facts)


def _as_printed(domain: str, message: Message, locale: CatalogLocale, facts: Mapping[str, Fact]) -> _Written:
    pieces = parse(message.text)[0]
    found = locale.translate(domain, message.context, message.text) if is_translated(message, facts) else None
    if found is None or found.text is None or not found.origin.file:  # English, or made of it
        return message.origin, plain(pieces)
    return found.origin, plain(parse(found.text)[0])


def _values(library: Library, leaflet: Leaflet, locale: CatalogLocale) -> Iterator[_Written]:
    """What is printed as it was written and is no message: of the leaflet, the site and the language."""
    site = library.site
    chosen = [
        words if isinstance(words, str) else locale.choose(words) or words[SOURCE]
        for words in (site.name, site.service)
    ]
    values = {
        f"leaflets/{leaflet.condition}.yaml": [
            *(fact.value for fact in leaflet.facts.values()),
            *(part for one in leaflet.sources.values() for part in (one.title, one.publisher, one.authors or "")),
            *(source.address for source in leaflet.sources.values()),
            *(link.shown for link in leaflet.links.values()),
            *leaflet.codes.values(),
        ],
        site.origin.file: [
            *chosen,
            *(phone.number for phone in site.phones),
            *(page.address for page in site.web),
            site.email or "",
            site.address or "",
        ],
        f"locales/{locale.name}/locale.toml": [locale.own_name, *locale.units.values()],
    }
    for file, texts in values.items():
        yield from ((_place(library, file, text), text) for text in texts if text)


def _place(library: Library, file: str, text: str) -> Origin:
    """Where a value stands in its file, however it is written there: escaped, or on several lines."""
    content = library.files.content(file)
    before, found, _ = decode_utf8(file, content)[0].partition(text)
    if found:
        return Origin(file, before.count("\n") + 1, len(before) - before.rfind("\n"))
    tree, _ = (yaml if file.endswith(".yaml") else toml).read_nodes(file, content)
    return next((one.origin for one in _scalars(tree) if text in one.text), Origin(file, 1, 1))


def _scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Sequence():
            yield from chain.from_iterable(map(_scalars, node.items))
        case Table():
            yield from chain.from_iterable(_scalars(value) for _, value in node.items)
