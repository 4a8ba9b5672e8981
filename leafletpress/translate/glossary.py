"""The glossary where translators see it: in the notes of an entry, and as files that their own programs read."""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree

from leafletpress.model.locale import SOURCE
from leafletpress.model.text.glossary import Glossary, Term
from leafletpress.model.text.markup import parse, plain
from leafletpress.read.languages.catalogs import Entry
from leafletpress.read.languages.locale import CatalogLocale

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def with_terms(entry: Entry, glossary: Glossary) -> Entry:
    """The entry with a note for each term of the glossary that its English uses, before the figures that it prints."""
    notes = [f"Glossary: {_note(term)}" for term in glossary.terms_in(plain(parse(entry.text)[0]))]
    figures = next((at for at, note in enumerate(entry.comments) if " prints: " in note), len(entry.comments))
    return replace(entry, comments=(*entry.comments[:figures], *notes, *entry.comments[figures:]))


def _note(term: Term) -> str:
    agreed = "keep it in English" if term.keep else " or ".join(term.translation)
    forbidden = f"not {', not '.join(term.forbidden)}" if term.forbidden else ""
    return f'"{term.term}": {"; ".join(part for part in (agreed, forbidden) if part)}'


def as_csv(glossary: Glossary) -> str:
    """The glossary as comma-separated values with the columns that Weblate and OmegaT take: source, target, comment."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("source", "target", "comment"))
    for term in glossary.terms:
        others = [f"also {form}" for form in term.translation[1:]]
        rows.writerow((term.term, _first(term), "; ".join([*others, *(f"not {word}" for word in term.forbidden)])))
    return text.getvalue()


def as_tbx(locale: CatalogLocale) -> str:
    """The glossary in the form TermBase eXchange (ISO 30042:2008), which Weblate, OmegaT and agencies read.

    A word that is forbidden is an entry of its own, with that status.
    """
    root = ElementTree.Element("martif", {"type": "TBX", _LANG: SOURCE})
    source = ElementTree.SubElement(ElementTree.SubElement(root, "martifHeader"), "fileDesc")
    about = ElementTree.SubElement(ElementTree.SubElement(source, "sourceDesc"), "p")
    about.text = f"Glossary of the {locale.english_name} translations of the leaflets"
    body = ElementTree.SubElement(ElementTree.SubElement(root, "text"), "body")
    for element in _elements(locale):
        body.append(element)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def _elements(locale: CatalogLocale) -> Iterator[ElementTree.Element]:
    for term in locale.language.glossary.terms:
        entry, own = _pair(term.term, _first(term), locale.tag)
        if term.keep:
            ElementTree.SubElement(entry, "descrip", {"type": "Translation needed"}).text = "No"
        if term.translation[1:]:
            ElementTree.SubElement(own, "note", {"from": "translator"}).text = f"also {', '.join(term.translation[1:])}"
        yield entry
        for word in term.forbidden:
            entry, own = _pair(term.term, word, locale.tag)
            ElementTree.SubElement(own, "termNote", {"type": "administrativeStatus"}).text = "forbidden"
            yield entry


def _pair(english: str, translation: str, tag: str) -> tuple[ElementTree.Element, ElementTree.Element]:
    """An entry with a term in both languages, and the element that holds the translation."""
    entry = ElementTree.Element("termEntry")
    for language, text in ((SOURCE, english), (tag, translation)):
        own = ElementTree.SubElement(ElementTree.SubElement(entry, "langSet", {_LANG: language}), "tig")
        ElementTree.SubElement(own, "term").text = text
    return entry, own


def _first(term: Term) -> str:
    return term.term if term.keep or not term.translation else term.translation[0]
