"""The page that links what is published: language by language, in the words of the staff who hand it out."""

from collections.abc import Iterable
from datetime import date
from html import escape

from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.locale import Locale
from leafletpress.model.releases import Key
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import Notice, hospital, withdrawn_list
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf, documents
from leafletpress.publish.web import Voice, page, spoken

_MOST_OPEN = 40  # leaflets that are listed without a click; of more, each language opens by itself


def index_page(shelf: Shelf, public: Public, notices: Iterable[Notice]) -> str:
    """The HTML page: what is published, and what is withdrawn."""
    staff = Voice(public.staff, public.furniture)
    published = [key for key in shelf.rows if shelf.published(key)]
    found = {locale for _, locale, _ in published}
    opened = " open" if len(published) <= _MOST_OPEN else ""
    parts = [f"<h1>{staff.words('leaflets')}</h1>\n<p>{staff.plain(hospital(public))}</p>\n"]
    for name in [*(one for one in public.locales if one in found), *sorted(found - public.locales.keys())]:
        keys = [key for key in published if key[1] == name]
        parts.append(_language(name, keys, shelf, public, staff, opened))
    if not published:
        parts.append(f"<p>{staff.words('none_published')}</p>\n")
    parts.append(withdrawn_list(notices, shelf, public))
    parts.append(
        f'<footer>\n<p><a href="manifest.json">{staff.words("published_list")}</a> '
        '<a href="SHA256SUMS">SHA256SUMS</a></p>\n</footer>\n'
    )
    return page(staff.locale, hospital(public), "".join(parts))


def _language(name: str, keys: list[Key], shelf: Shelf, public: Public, staff: Voice, opened: str) -> str:
    locale = public.locales.get(name)
    heading = escape(name)
    if locale:
        heading = spoken(escape(locale.own_name), locale)
        if locale.name != staff.locale.name:
            heading += f" ({staff.plain(staff.locale.name_of(locale))})"
    ordered = sorted(keys, key=lambda key: (shelf.title(key[0], staff.locale)[0].casefold(), key))
    items = "".join(_leaflet(key, locale, shelf, public, staff) for key in ordered)
    summary = f"<summary><h2>{heading}</h2> · {len(keys)}</summary>"
    return f'<details id="{escape(name)}"{opened}>\n{summary}\n<ul>\n{items}</ul>\n</details>\n'


def _leaflet(key: Key, locale: Locale | None, shelf: Shelf, public: Public, staff: Voice) -> str:
    condition, _, audience = key
    rows = shelf.published(key)
    title = f"<strong>{shelf.titled(condition, staff)}</strong>"
    if locale and locale.name != staff.locale.name:
        own, has_one = shelf.title(condition, locale)
        if has_one and own != shelf.title(condition, staff.locale)[0]:
            title += f" {spoken(Voice(locale, staff.furniture).plain(own), locale)}"
    known = public.audiences.get(audience)
    details = [staff.words(known.label) if known else escape(audience), *_state(rows[0], staff)]
    links = " · ".join(_links(edition, found, staff) for edition, found in documents(rows).items())
    return f"<li><p>{title}</p><p>{' · '.join(details)}</p><p>{links}</p>\n"


def _state(row: Row, staff: Voice) -> list[str]:
    """How far it has come, which text it is, and until when it may be used."""
    status = f"status_{row.status.replace(' ', '_')}"
    number = row.version if row.revision is None else f"{row.version}-{row.revision}"
    said = [staff.words(status) if status in staff.furniture else escape(row.status)]
    said.append(staff.words("version", lambda _locale: {"version": number}))
    if row.dated:
        said.append(staff.words("written", lambda locale: {"date": locale.day(date.fromisoformat(row.dated))}))
    if row.next_review:
        due = date.fromisoformat(row.next_review)
        said.append(staff.words("next_review", lambda locale: {"date": locale.month(due)}))
    return said


def _links(edition: str, rows: list[Row], staff: Voice) -> str:
    links = " ".join(f'<a href="{escape(row.path or "")}">{row.format.upper()}</a>' for row in rows)
    if edition == DEFAULT_EDITION:
        return links
    key = f"edition_{edition}"
    name = staff.words(key) if key in staff.furniture else escape(edition.replace("_", " "))
    return f"{name}: {links}"
