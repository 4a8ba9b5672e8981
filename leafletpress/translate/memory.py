"""Writes the translation memory of a language: what its catalogs said that are no more (TMX 1.4b)."""

from collections.abc import Iterable
from dataclasses import replace
from xml.etree import ElementTree

from leafletpress import __version__
from leafletpress.model.locale import SOURCE
from leafletpress.read.languages.catalogs import Catalog, Entry
from leafletpress.read.languages.memory import LANG, PLACE
from leafletpress.translate.offers import made_for

_HEADER = {
    "creationtool": "leafletpress",
    "creationtoolversion": __version__,
    "segtype": "block",
    "o-tmf": "gettext PO",
    "adminlang": SOURCE,
    "srclang": SOURCE,
    "datatype": "plaintext",
}


def remembered(catalog: Catalog, domain: str) -> tuple[Entry, ...]:
    """The translations of a catalog as a memory keeps them: with the English that each was made for."""
    entries = (entry for entry in (*catalog.entries.values(), *catalog.obsolete) if entry.translation.strip())
    return tuple(replace(entry, context=f"{domain}/{entry.context}", text=made_for(entry)) for entry in entries)


def with_words(known: Iterable[Entry], new: Iterable[Entry], tag: str) -> str:
    """The file of a memory that holds what is `known` and what is `new`, each once; `tag` is that of the language."""
    root = ElementTree.Element("tmx", {"version": "1.4"})
    ElementTree.SubElement(root, "header", _HEADER)
    body = ElementTree.SubElement(root, "body")
    for entry in {(one.context, one.text, one.translation): one for one in (*known, *new)}.values():
        unit = ElementTree.SubElement(body, "tu")
        if entry.context:
            ElementTree.SubElement(unit, "prop", {"type": PLACE}).text = entry.context
        for language, text in ((SOURCE, entry.text), (tag, entry.translation)):
            ElementTree.SubElement(ElementTree.SubElement(unit, "tuv", {LANG: language}), "seg").text = text
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'
