"""The page that links what is published, language by language."""

from collections.abc import Iterable, Mapping
from html import escape
from itertools import groupby

from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.locale import Locale
from leafletpress.publish.manifest import Row

_STYLE = "body { max-width: 50em; margin: auto; padding: 1em; font: 18px/1.5 sans-serif } a { margin-inline-end: 1em }"


def index_page(site: str, rows: Iterable[Row], titles: Mapping[str, str], locales: Mapping[str, Locale]) -> str:
    """The HTML page; `titles` by condition in English, `locales` by name; what they lack has its own name as title."""
    published = [row for row in rows if row.path is not None]
    found = {row.locale for row in published}
    names = [*(name for name in locales if name in found), *sorted(found - locales.keys())]
    parts = [
        _language(name, locales.get(name), [row for row in published if row.locale == name], titles) for name in names
    ]
    body = "".join(parts) or "<p>No leaflet is published.</p>\n"
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Leaflets: {escape(site)}</title>\n'
        f'<meta name="viewport" content="width=device-width">\n<style>{_STYLE}</style>\n<h1>Leaflets</h1>\n{body}'
        '<p><a href="manifest.json">List with versions and checksums</a> <a href="SHA256SUMS">SHA256SUMS</a></p>\n'
        "</html>\n"
    )


def _language(name: str, locale: Locale | None, rows: list[Row], titles: Mapping[str, str]) -> str:
    own = f'<span lang="{locale.tag}" dir="{locale.direction}">{escape(locale.own_name)}</span>' if locale else ""
    english = escape(locale.english_name if locale else name)
    heading = f"{own} ({english})" if locale and locale.own_name != locale.english_name else english
    items = []
    for (condition, audience, edition), group in groupby(sorted(rows, key=_handout), key=_handout):
        documents = list(group)
        version, status = documents[0].version, documents[0].status
        form = "" if edition == DEFAULT_EDITION else f", {edition.replace('_', ' ')}"
        text = f"{titles.get(condition, condition)}, {audience}{form}, version {version} ({status})"
        links = "".join(f' <a href="{escape(row.path or "")}">{row.format.upper()}</a>' for row in documents)
        items.append(f"<li>{escape(text)}:{links}\n")
    return f"<h2>{heading}</h2>\n<ul>\n{''.join(items)}</ul>\n"


def _handout(row: Row) -> tuple[str, str, str]:
    return row.condition, row.audience, row.edition
