"""The feed of changes (Atom, RFC 4287): a program that follows it learns of each new paper, and of each withdrawal."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from leafletpress.disk import MOST_OF_A_DOCUMENT
from leafletpress.model.locale import SOURCE
from leafletpress.model.papers import Paper
from leafletpress.model.releases import Key
from leafletpress.publish.files import FEED
from leafletpress.publish.links import Links, links_of
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import Notice, hospital, said
from leafletpress.publish.papers import current_paper, id_of, known_keys, papers_of
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.status import has_status_page, status_path
from leafletpress.publish.web import Voice

_MOST_ENTRIES = 1000  # the newest; readers of feeds know the others already
_ATOM = "http://www.w3.org/2005/Atom"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0, 2.2
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)
_TYPES = {"html": "text/html", "pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A change: `about` is what its id is made of, `link` leads to it, with its type; its words are text or `html`."""

    day: str
    about: tuple[str, ...]
    title: str
    language: str
    link: tuple[str, str]
    categories: tuple[str, ...]
    words: str = ""
    words_language: str = ""
    html: bool = False


def feed(shelf: Shelf, found: Iterable[Notice], public: Public) -> bytes:
    """The feed, the newest change first; the same bytes of the same changes."""
    every = [*_papers(shelf, public), *_withdrawals(shelf, found, public)]
    entries = sorted(sorted(every, key=lambda one: one.about), key=lambda one: one.day, reverse=True)[:_MOST_ENTRIES]
    name, site = _clean(hospital(public)), public.site.id
    root = etree.fromstring(f'<feed xmlns="{_ATOM}"/>')
    root.set(_LANGUAGE, public.staff.tag)
    _add(root, "id", _urn(site))
    _add(root, "title", name)
    _add(root, "updated", _moment(entries[0].day if entries else public.today.isoformat()))
    _add(_add(root, "author"), "name", name)
    _add(root, "link", rel="self", type="application/atom+xml", href=FEED)
    _add(root, "link", rel="alternate", type="text/html", href="index.html")
    for one in entries:
        entry = _add(root, "entry")
        entry.set(_LANGUAGE, one.language)
        _add(entry, "id", _urn(site, *one.about))
        _add(entry, "title", one.title)
        _add(entry, "updated", _moment(one.day))
        href, type_ = one.link
        _add(entry, "link", rel="alternate", type=type_, href=href)
        for term in one.categories:
            _add(entry, "category", term=term)
        if one.words:
            words = _add(entry, "summary", one.words, type="html" if one.html else "text")
            words.set(_LANGUAGE, one.words_language or one.language)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def links_of_feed(content: bytes) -> Links:
    """Where a feed leads, the links in its words included; raises ValueError where it is none."""
    try:
        root = etree.fromstring(content[:MOST_OF_A_DOCUMENT], _PARSER)
    except etree.LxmlError as error:
        raise ValueError(str(error)) from error
    addresses = [link.get("href", "") for link in root.iter(f"{{{_ATOM}}}link")]
    for words in root.iter(f"{{{_ATOM}}}summary"):
        if words.get("type") == "html" and words.text:
            addresses += links_of("html", words.text.encode()).addresses
    return Links(tuple(dict.fromkeys(addresses)), frozenset())


def _papers(shelf: Shelf, public: Public) -> Iterator[_Entry]:
    for key in known_keys(shelf, public):
        rows, current = shelf.published(key), current_paper(key, shelf, public)
        papers = papers_of(key, shelf, public)
        for at, paper in enumerate(papers):
            row = rows[0] if rows and paper == current else None
            if link := _link(row, paper):
                is_first = paper.version not in {one.version for one in papers[at + 1 :]}
                yield _paper(key, paper, link, shelf, public, is_first=is_first)


def _paper(key: Key, paper: Paper, link: tuple[str, str], shelf: Shelf, public: Public, *, is_first: bool) -> _Entry:
    """The change by which a paper came; what its author told is true of the first of a version alone."""
    condition, name, audience = key
    locale = public.locales.get(name) or public.locales[SOURCE]
    told = (one for one in shelf.changes(condition, name) if one[0] == paper.version and is_first)
    _, words, language = next(told, ("", "", ""))
    title = f"{shelf.title(condition, locale)[0]} · {_codes(key, paper, shelf)} · {paper.number}"
    about, day = (*key, paper.number, paper.check_code), paper.day.isoformat()
    return _Entry(day, about, title, locale.tag, link, (condition, audience), words, language)


def _withdrawals(shelf: Shelf, found: Iterable[Notice], public: Public) -> Iterator[_Entry]:
    for notice in found:
        if notice.day is None:
            continue
        condition, name, audience = notice.key
        locale = public.locales.get(name) or public.locales[SOURCE]
        papers = papers_of(notice.key, shelf, public)
        link = next(filter(None, (_link(None, paper) for paper in papers)), ("index.html", "text/html"))
        day, categories = notice.day.isoformat(), (condition, audience, "withdrawn")
        title = f"{shelf.title(condition, locale)[0]} ({locale.own_name})"
        words = said(notice, shelf, public, Voice(locale, public.furniture), "")
        yield _Entry(day, (*notice.key, "withdrawn"), title, locale.tag, link, categories, words, html=True)


def _link(row: Row | None, paper: Paper) -> tuple[str, str] | None:
    """To the document of a paper that is current, else to the page that says of it what to use; and the type."""
    if row and row.path and row.format in _TYPES:
        return row.path, _TYPES[row.format]
    if not has_status_page(paper.code):
        return None
    anchor = f"#{paper.check_code}" if paper.check_code else ""
    return f"{status_path(paper.code)}{anchor}", "text/html"


def _codes(key: Key, paper: Paper, shelf: Shelf) -> str:
    """The code of a handout, as paper has it."""
    return next((row.code for row in shelf.rows.get(key, ())), paper.code)


def _add(above: etree._Element, name: str, text: str | None = None, **attributes: str) -> etree._Element:
    element = etree.SubElement(above, f"{{{_ATOM}}}{name}", {key: _clean(value) for key, value in attributes.items()})
    element.text = None if text is None else _clean(text)
    return element


def _clean(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)


def _urn(site: str, *about: str) -> str:
    return id_of(site, *about).urn


def _moment(day: str) -> str:
    return f"{day}T00:00:00Z"
