"""Keeps locales/ in step with the source: extraction into templates (.pot), and their merge into every catalog."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import write_po

from leafletpress.catalogs.locales import catalog_path
from leafletpress.catalogs.po import read_catalog
from leafletpress.errors import LeafletError, Problem
from leafletpress.leaflet import Fact, Message
from leafletpress.markup import is_words, parse

_HEADER = "# {title}\n# English source: written by the authors of the leaflets. Only msgstr lines are the translator's."
_TRANSLATOR = "Draft, not yet revised <translations@example.org>"
# Wide enough for any text: Babel re-wraps the comments of translators when it is told not to wrap at all.
_UNWRAPPED = 1_000_000
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Domain:
    """What one catalog translates: its messages in reading order and the facts they print."""

    name: str
    version: str
    messages: tuple[Message, ...]
    facts: Mapping[str, Fact]


def extract(domain: Domain) -> Catalog:
    """The template catalog of a domain: every message that holds words, once, with what a translator needs to know."""
    catalog = Catalog(
        domain=domain.name,
        project=domain.name,
        version=domain.version,
        header_comment=_HEADER.format(title=domain.name),
        msgid_bugs_address="translations@example.org",
        last_translator=_TRANSLATOR,
        language_team="translations@example.org",
        charset="utf-8",
        fuzzy=False,
    )
    comments: dict[_Key, list[str]] = defaultdict(list)
    places: dict[_Key, str] = {}
    for message in domain.messages:
        pieces, _ = parse(message.text)
        if not is_words(pieces):
            continue
        key = (message.context, message.text)
        places[key] = message.origin.file
        readers = message.place.audience or "all readers"
        comments[key].append(f"{message.place.kind}, for {readers}")
        if message.place.note:
            comments[key].append(f"Note: {message.place.note}")
        for piece in pieces:
            if piece.kind == "fact" and piece.value in domain.facts:
                fact = domain.facts[piece.value]
                comments[key].append(
                    f"{{{piece.value}}} prints: {fact.value}{f' {fact.unit}' if fact.unit else ''} ({fact.kind})"
                )
    for (context, text), lines in comments.items():
        catalog.add(
            text,
            context=context,
            auto_comments=list(dict.fromkeys(lines)),
            locations=[(places[context, text], 0)],
        )
        _drop_python_format(catalog, text, context)
    return catalog


def _drop_python_format(catalog: Catalog, text: str, context: str) -> None:
    """Babel takes "50 % of" for a Python format; msgfmt would then refuse correct translations."""
    entry = catalog.get(text, context)
    if entry:
        entry.flags.discard("python-format")
        entry.flags.discard("python-brace-format")


def merge(template: Catalog, old: Catalog | None, locale: str) -> Catalog:
    """The template with the translations of `old`.

    Same context and text: kept. Within a context, what left and what came are paired in order, and the old translation
    is kept as fuzzy with its previous text. What left for good is kept as obsolete; what comes back is fuzzy.
    Nothing is ever taken across contexts.
    """
    new = Catalog(
        locale=locale,
        domain=template.domain,
        project=template.project,
        version=template.version,
        header_comment=_HEADER.format(title=f"{template.project}, {locale}"),
        msgid_bugs_address="translations@example.org",
        last_translator=old.last_translator if old else _TRANSLATOR,
        language_team=old.language_team if old else f"{locale} <translations@example.org>",
        charset="utf-8",
        fuzzy=False,
    )
    before = {_key(entry): entry for entry in old or () if entry.id}
    obsolete = {_key(entry): entry for entry in (old.obsolete.values() if old else ())}
    if old is not None:
        new.creation_date, new.revision_date = old.creation_date, old.revision_date
    wanted = {_key(entry) for entry in template if entry.id}
    left: dict[str, list[Entry]] = defaultdict(list)
    for key, entry in before.items():
        if key not in wanted:
            left[key[0]].append(entry)
    for entry in template:
        if not entry.id:
            continue
        key = _key(entry)
        same, gone = before.get(key), obsolete.pop(key, None)
        flags: set[str] = set()
        string, comments, previous = "", [], []
        if same:
            string, comments, previous = _text(same), same.user_comments, same.previous_id
            flags = set(same.flags)
            if _values(same) != _values(entry) and string:
                flags.add("fuzzy")
        elif gone and _text(gone):
            string, comments, flags = _text(gone), gone.user_comments, {"fuzzy"}
        elif left[key[0]]:
            earlier = left[key[0]].pop(0)
            string, comments = _text(earlier), earlier.user_comments
            if string:
                previous, flags = [str(earlier.id)], {"fuzzy"}
        new.add(
            str(entry.id),
            string,
            context=entry.context,
            auto_comments=entry.auto_comments,
            user_comments=comments,
            locations=entry.locations,
            flags=flags - {"python-format", "python-brace-format"},
            previous_id=previous,
        )
        _drop_python_format(new, str(entry.id), str(entry.context))
    for entry in (*(entry for entries in left.values() for entry in entries), *obsolete.values()):
        if _text(entry):
            entry.locations, entry.auto_comments = [], []
            new.obsolete[(str(entry.id), str(entry.context))] = entry
    return new


def _key(entry: Entry) -> _Key:
    return str(entry.context or ""), str(entry.id)


def _text(entry: Entry) -> str:
    return entry.string if isinstance(entry.string, str) else ""


def _values(entry: Entry) -> str:
    """The values behind the placeholders; long comments are wrapped when they are written."""
    text = " ".join(" ".join(entry.auto_comments).split())
    return text[text.find(" prints: ") :] if " prints: " in text else ""


def _written(catalog: Catalog) -> bytes:
    buffer = BytesIO()
    write_po(buffer, catalog, width=_UNWRAPPED, include_previous=True, include_lineno=False, ignore_obsolete=False)
    return buffer.getvalue()


def update(root: Path, domains: Iterable[Domain], locales: Iterable[str]) -> tuple[list[Path], list[Problem]]:
    """Write every template and catalog that changed; the files written, and the problems of catalogs left alone."""
    written: list[Path] = []
    problems: list[Problem] = []
    for domain in domains:
        template = extract(domain)
        pot = root / "pot" / f"{domain.name}.pot"
        _keep_dates(template, pot)
        _write(pot, _written(template), written)
        for locale in locales:
            path = catalog_path(root, locale, domain.name)
            shown = f"locales/{locale}/LC_MESSAGES/{domain.name}.po"
            try:
                old = read_catalog(path, shown) if path.exists() else None
            except LeafletError as error:
                problems.extend(error.problems)
                continue
            merged = merge(template, old, locale)
            if old is None:
                merged.creation_date = merged.revision_date = template.creation_date
            _write(path, _written(merged), written)
    return written, problems


def _keep_dates(template: Catalog, path: Path) -> None:
    """A template that says the same keeps its date, so that nothing changes that nobody changed."""
    if path.exists():
        template.creation_date = read_catalog(path, path.name).creation_date


def _write(path: Path, content: bytes, written: list[Path]) -> None:
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_bytes(content)
    aside.replace(path)
    written.append(path)
