"""Gives the entries of a catalog their places in the leaflet again, where a program of others dropped them."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import replace

from leafletpress.model.problems import LeafletError
from leafletpress.read.languages.catalogs import Catalog, Entry, Key, parse_stripped
from leafletpress.read.located.files import decode_utf8
from leafletpress.translate.merge import REVISED

_TRANSLATOR = "Last-Translator"


def restored(name: str, content: bytes, places: Collection[Key], base: Catalog | None = None) -> Catalog:
    """The catalog of a returned file, called `name`, with each entry at the `places` where its English stands.

    Where that is at several places, and the translations are not as many, or differ, each of them is fuzzy. What stands
    nowhere is kept as obsolete, and `update` offers it from there.

    Of a catalog as it was given away (`base`) everything stays but what was translated since: what came back as it was
    is as it was, fuzzy or not. Raises LeafletError where the file can't be read.
    """
    text, problems = decode_utf8(name, content)
    if problems:
        raise LeafletError(problems)
    returned, stripped = parse_stripped(name, text)
    by_text: dict[str, list[Entry]] = defaultdict(list)
    for entry in (*stripped, *(one for one in returned.entries.values() if one.key not in places)):
        by_text[entry.text].append(entry)
    kept = {key: entry for key, entry in returned.entries.items() if key in places}
    spare: list[Entry] = []
    for english, entries in by_text.items():
        keys = [key for key in places if key[1] == english and key not in kept]
        before = [base.entries[key].translation if base and key in base.entries else None for key in keys]
        kept |= _placed(entries, keys, before)
        unplaced = () if len(keys) == len(entries) else entries[1:] if keys else entries
        spare += [replace(entry, obsolete=True) for entry in unplaced if entry.translation]
    if base:
        return _on_top(base, {key: kept[key] for key in places if key in kept}, spare, returned.header)
    in_order = {key: kept[key] for key in places if key in kept}
    return replace(returned, entries=in_order, obsolete=(*returned.obsolete, *spare))


def _placed(entries: Sequence[Entry], keys: Sequence[Key], before: Sequence[str | None]) -> dict[Key, Entry]:
    """Entries of one English text at its places: in order where they are as many, else the first of them at each.

    `before` is what was translated there; where nothing else came back, it is as certain as it was.
    """
    as_many = len(entries) == len(keys)
    said = [entry.translation for entry in entries]
    unchanged = said == list(before) if as_many else set(said) <= set(before)
    certain = unchanged or (as_many and len(set(said)) == 1)
    placed = {}
    for place, key in enumerate(keys):
        entry = entries[place] if as_many else entries[0]
        words = before[place] if unchanged else entry.translation
        flags = entry.flags if certain or not entry.translation else tuple(dict.fromkeys((*entry.flags, "fuzzy")))
        placed[key] = replace(entry, context=key[0], translation=words or "", flags=flags)
    return placed


def _on_top(base: Catalog, returned: dict[Key, Entry], spare: Collection[Entry], header: dict[str, str]) -> Catalog:
    """The catalog that was given away with what was translated since."""
    entries = dict(base.entries)
    for key, entry in returned.items():
        known = entries.get(key)
        if known is None:
            entries[key] = entry
        elif (known.translation, known.fuzzy) != (entry.translation, entry.fuzzy):
            changed = replace(known, translation=entry.translation, flags=entry.flags)
            entries[key] = changed if entry.fuzzy else replace(changed, previous=None, previous_context=None)
    known_words = {(entry.text, entry.translation) for entry in (*base.entries.values(), *base.obsolete)}
    new = tuple(entry for entry in spare if (entry.text, entry.translation) not in known_words)
    if entries == base.entries and not new:
        return base
    by_whom = {name: header[name] for name in (REVISED, _TRANSLATOR) if name in header}
    return replace(base, header=base.header | by_whom, entries=entries, obsolete=(*base.obsolete, *new))
