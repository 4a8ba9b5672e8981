"""Merges a template into a catalog: translations stay with their texts, or wait as fuzzy where the English changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from leafletpress.read.languages.catalogs import REVISION, Catalog, Entry, Key
from leafletpress.read.languages.locale import CatalogLocale
from leafletpress.read.languages.plurals import plural_forms
from leafletpress.translate.offers import Earlier, Elsewhere, Offer, offers

COMPLETE = "X-English-Complete"
REMARK = " English source: written by the authors of the leaflets. Only msgstr lines are the translator's."
ADDRESS = "translations@example.org"
CREATED, REVISED, VERSION = "POT-Creation-Date", "PO-Revision-Date", "Project-Id-Version"


def merge(
    template: Catalog, old: Catalog | None, locale: CatalogLocale, elsewhere: Callable[[], Elsewhere] = Elsewhere
) -> Catalog:
    """The template with the translations of `old`.

    Same context and text: kept. A text that is new is offered an earlier translation as fuzzy, with what that was made
    for: see `offers`. What left and is offered to none is kept as obsolete. A regional language is offered what was its
    own alone: where it has nothing, it takes the text of its parent.
    """
    before = dict(old.entries) if old else {}
    left = [entry for key, entry in before.items() if key not in template.entries]
    gone = {entry.key: entry for entry in (old.obsolete if old else ())}
    gone = {key: entry for key, entry in gone.items() if not (key in template.entries and key in before)}
    new = [key for key in template.entries if key not in before]
    found = offers(new, Earlier((*left, *gone.values())), Elsewhere if locale.parent else elsewhere)
    merged = {}
    for key, entry in template.entries.items():
        if key in before:
            merged[key] = _kept(entry, before[key])
        else:
            merged[key] = _offered(entry, found[key]) if key in found else entry
    used = {entry.key for offer in found.values() for entry in offer.earlier}
    rest = (entry for entry in (*gone.values(), *left) if entry.translation and entry.key not in used)
    obsolete = {entry.key: replace(entry, obsolete=True, comments=(), places=()) for entry in rest}
    remarks = old.remarks if old else (f"{template.remarks[0]}, {locale.name}", REMARK)
    header = _header(template, old, locale, complete=_is_complete(merged))
    return Catalog(template.file, header, remarks, merged, tuple(obsolete.values()))


def _kept(entry: Entry, same: Entry) -> Entry:
    """The entry with the translation that it had; fuzzy where a figure behind a name in braces changed."""
    changed = same.translation and values_behind(same) != values_behind(entry)
    kept = replace(entry, remarks=same.remarks, translation=same.translation)
    if not same.translation:
        return kept
    flags = tuple(dict.fromkeys([*same.flags, *(["fuzzy"] if changed else [])]))
    return replace(kept, flags=flags, previous=same.previous, previous_context=same.previous_context)


def _offered(entry: Entry, offer: Offer) -> Entry:
    context, text = offer.previous(entry.key)
    offered = replace(entry, remarks=offer.remarks, translation=offer.translation, flags=("fuzzy",))
    return replace(offered, previous=text, previous_context=context)


def _is_complete(entries: Mapping[Key, Entry]) -> bool:
    """Whether every entry has a translation that counts."""
    return all(entry.translation and not entry.fuzzy for entry in entries.values())


def _header(template: Catalog, old: Catalog | None, locale: CatalogLocale, *, complete: bool) -> dict[str, str]:
    """The old header with the version of the English now, and the last version that was completely translated."""
    if old is None:
        team = {"Language": locale.name, "Language-Team": f"{locale.name} <{ADDRESS}>"}
        forms = {"Plural-Forms": plural_forms(locale.cldr)}
        return {**template.header, REVISED: template.header[CREATED], **team, **forms}
    header = {**old.header, VERSION: template.header[VERSION]}
    if header[VERSION] != old.header.get(VERSION):
        header.pop(REVISION, None)  # they are counted anew for each version of the English
    if not complete and _is_complete(old.entries) and VERSION in old.header:
        header = with_field(header, COMPLETE, english_version(old))
    return header


def with_field(header: Mapping[str, str], name: str, value: str) -> dict[str, str]:
    """A header with a field of ours, directly behind the version of the English.

    Programs of translators change the lines below it, and append their own: so both sides' changes can be merged.
    """
    rest = {field: known for field, known in header.items() if field not in (name, VERSION)}
    return {**({VERSION: header[VERSION]} if VERSION in header else {}), name: value, **rest}


def english_version(catalog: Catalog) -> str:
    """The version of the English that a catalog was last brought in step with."""
    return catalog.header.get(VERSION, "").rpartition(" ")[2]


def values_behind(entry: Entry) -> str:
    """What the comments say of the values behind the placeholders; some programs wrap long ones."""
    text = " ".join(" ".join(entry.comments).split())
    return text[text.find(" prints: ") :] if " prints: " in text else ""
