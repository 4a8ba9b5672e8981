"""What stands at the address of a leaflet that is not published any more: since when, why, and what to use instead."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from html import escape

from leafletpress.model.document import Document
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.locale import SOURCE, Locale
from leafletpress.model.releases import Key
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.web import Voice, page, spoken

MISSING = "404.html"  # what static hosts serve at an address where there is no file
# From the address of a document to the root; 404.html is served at such addresses too.
_ROOT = "../../"


@dataclass(frozen=True, slots=True)
class Notice:
    """Of which leaflet, in which language and for whom, nothing is published.

    `day` is since when it is withdrawn, None where it is only withheld for now. `why` is as somebody wrote it in the
    language of the staff; one that the project does not make any more has none.
    """

    key: Key
    day: date | None = None
    why: str | None = None
    instead: str | None = None

    @property
    def path(self) -> str:
        """Where it stands: at the address of the web page."""
        return Document(*self.key, DEFAULT_EDITION, "html").path


def notices(shelf: Shelf, public: Public) -> Iterator[Notice]:
    """One for all that was published once, or was withdrawn, and of which no document is published now."""
    withdrawn = {key for key, rows in shelf.rows.items() if any(row.status == "withdrawn" for row in rows)}
    for key in sorted({*public.releases, *withdrawn}):
        if shelf.published(key):
            continue
        if withdrawal := public.withdrawal(key):
            yield Notice(key, withdrawal.day, withdrawal.why, withdrawal.instead)
        elif not public.has_handout(key):
            release = public.releases.get(key)
            yield Notice(key, (release.gone if release else None) or public.today)
        else:
            yield Notice(key)


def notice_page(notice: Notice, shelf: Shelf, public: Public) -> str:
    """The page in the language of the leaflet, and in that of the staff; in English where its language is gone."""
    condition, name, audience = notice.key
    reader = Voice(public.locales.get(name) or public.locales[SOURCE], public.furniture)
    staff = Voice(public.staff, public.furniture)
    known = public.audiences.get(audience)
    for_whom = reader.words(known.label) if known else escape(audience)
    body = f"<p>{for_whom}</p>\n<h1>{shelf.titled(condition, reader)}</h1>\n{said(notice, shelf, public, reader)}"
    if staff.locale.name != reader.locale.name:
        locale = staff.locale
        body += f'<section lang="{locale.tag}" dir="{locale.direction}">\n<h2>{staff.words("for_staff")}</h2>\n'
        body += f"<p>{shelf.titled(condition, staff)}</p>\n{said(notice, shelf, public, staff)}</section>\n"
    body += f'<footer>\n<p><a href="{_ROOT}index.html">{reader.words("leaflets")}</a></p>\n</footer>\n'
    return page(reader.locale, shelf.title(condition, reader.locale)[0], body, hidden=True)


def missing_page(found: Iterable[Notice], shelf: Shelf, public: Public) -> str:
    """The page at the address of a file that is not there: in every language that it may be, and what is withdrawn."""
    staff = Voice(public.staff, public.furniture)
    locales = [staff.locale, *(one for one in public.locales.values() if one != staff.locale)]
    texts = "".join(
        f'<p lang="{one.tag}" dir="{one.direction}">{Voice(one, public.furniture).words("unavailable")}</p>\n'
        for one in locales
    )
    link = f'<p><a href="{_ROOT}index.html">{staff.words("leaflets")}</a></p>\n'
    body = f"<h1>{staff.plain(hospital(public))}</h1>\n{texts}{link}{withdrawn_list(found, shelf, public, _ROOT)}"
    return page(staff.locale, hospital(public), body, hidden=True)


def withdrawn_list(found: Iterable[Notice], shelf: Shelf, public: Public, root: str = "") -> str:
    """What is withdrawn, in the language of the staff, each linked to its notice; nothing where nothing is."""
    staff = Voice(public.staff, public.furniture)
    items = []
    for notice in found:
        if notice.day is not None:
            condition, name, audience = notice.key
            language = public.locales.get(name)
            of = spoken(escape(language.own_name), language) if language else escape(name)
            known = public.audiences.get(audience)
            for_whom = staff.words(known.label) if known else escape(audience)
            day = staff.plain(staff.locale.day(notice.day))
            link = f'<a href="{root}{notice.path}">{shelf.titled(condition, staff)}</a>'
            items.append(f"<li>{link} {of} · {for_whom} · {day}\n")
    if not items:
        return ""
    heading = f"<h2>{staff.words('status_withdrawn')}</h2> · {len(items)}"
    return f"<details>\n<summary>{heading}</summary>\n<ul>\n{''.join(items)}</ul>\n</details>\n"


def hospital(public: Public) -> str:
    """The name of the hospital, in the language of the staff."""
    name = public.site.name
    return name if isinstance(name, str) else public.staff.choose(name) or name[SOURCE]


def said(notice: Notice, shelf: Shelf, public: Public, voice: Voice, root: str = _ROOT) -> str:
    """What a notice says in one language, on a page from which `root` leads to the root."""
    day = notice.day
    if day is None:
        text = f'<p class="state">{voice.words("unavailable")}</p>\n'
    else:
        text = f'<p class="state">{voice.words("withdrawn", lambda locale: {"date": locale.day(day)})}</p>\n'
        text += f"<p>{voice.words('withdrawn_why')}: {_why(notice, public, voice)}</p>\n"
    if notice.instead:
        link = _link(notice.instead, notice, shelf, public, voice, root)
        return f"{text}<p>{voice.words('withdrawn_instead')}: {link}</p>\n"
    condition, name, audience = notice.key
    if name != SOURCE and shelf.published((condition, SOURCE, audience)):
        return f"{text}<p>{_link(condition, notice, shelf, public, voice, root)}</p>\n"
    return text


def _why(notice: Notice, public: Public, voice: Voice) -> str:
    if notice.why is None:
        return voice.words("discontinued")
    return f'<span lang="{public.staff.tag}" dir="auto">{escape(notice.why)}</span>'


def _link(condition: str, notice: Notice, shelf: Shelf, public: Public, voice: Voice, root: str) -> str:
    """A leaflet in the language of the one that is missing, else in English; not linked where neither is published."""
    _, name, audience = notice.key
    for one in dict.fromkeys((name, SOURCE)):
        rows, locale = shelf.published((condition, one, audience)), public.locales.get(one)
        if rows and locale:
            title = Voice(locale, public.furniture).plain(shelf.title(condition, locale)[0])
            link = f'<a href="{root}{rows[0].path}">{spoken(title, locale)}</a>'
            return link if locale.name == voice.locale.name else f"{link} {_language(locale)}"
    return shelf.titled(condition, voice)


def _language(locale: Locale) -> str:
    return f"({spoken(escape(locale.own_name), locale)})"
