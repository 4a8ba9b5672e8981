"""The page that finds, opens and prints what is published, in the words of the staff who hand it out."""

from collections.abc import Iterable
from html import escape

from leafletpress.model.locale import SOURCE, Locale
from leafletpress.model.releases import Key
from leafletpress.publish.entries import WITHDRAWN, WITHHELD, Entries, digest_of, dump_entries, entries
from leafletpress.publish.notices import Notice, hospital
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.web import Voice, spoken

_MOST_PLAIN = 500  # leaflets that a browser without scripts lists; of more, it has the manifest
# The words that the script puts where it needs them.
_WORDS = (
    "version", "next_review", "withdrawn", "withdrawn_why", "withdrawn_instead", "unavailable", "discontinued",
    "status_expired", "leaflets_found", "code_nearest", "new_this_month", "print_by_hand", "print_leaflet",
    "open_leaflet", "download_leaflet",
)  # fmt: skip
_NAMES = ("version", "date", "count", "code")
_PLACE = "\ufffc"  # where a word has a value filled in, which the script has


def index_page(shelf: Shelf, public: Public, found: Iterable[Notice], manifest: bytes, *, archived: bool = True) -> str:
    """The page: what is published, what is withheld and withdrawn. Only what is `archived` has checksums beside it.

    It names the digest of the `manifest` that it was made of.
    """
    known = entries(shelf, found, public)
    staff = Voice(public.staff, public.furniture)
    return public.render(
        "page",
        tag=staff.locale.tag,
        direction=staff.locale.direction,
        title=hospital(public),
        hospital=staff.plain(hospital(public)),
        word=staff.words,
        words={key: _open_words(key, staff) for key in _WORDS},
        audiences=[(one, _audience(one, public, staff)) for one in known["audiences"]],
        editions=[(one, _named(f"edition_{one}", one, staff)) for one in known["editions"]],
        states=[(one, _named(f"status_{one.replace(' ', '_')}", one, staff)) for one in _states(known)],
        languages=[_language(one, public, staff) for one in known["locales"]],
        poster=[_pointed(public.locales[name], public, staff) for name in _published(shelf) if name in public.locales],
        plain=list(_plain(shelf, public, staff)),
        entries=dump_entries(known),
        manifest=digest_of(manifest),
        archived=archived,
    )


def _open_words(key: str, staff: Voice) -> str:
    return staff.words(key, lambda _locale: dict.fromkeys(_NAMES, _PLACE))


def _audience(name: str, public: Public, staff: Voice) -> str:
    known = public.audiences.get(name)
    return staff.words(known.label) if known else escape(name)


def _named(key: str, name: str, staff: Voice) -> str:
    """Template words, or where there are none, the name itself: paper sizes have names that all languages share."""
    return staff.words(key) if key in staff.furniture else escape(name.replace("_", " ").capitalize())


def _states(known: Entries) -> list[str]:
    """The states that something is in, and that which is reached as time passes; what is not published comes last."""
    unpublished = (WITHHELD, WITHDRAWN)
    found = [one for one in dict.fromkeys((*known["states"], "expired")) if one not in unpublished]
    return [*found, *(one for one in unpublished if one in known["states"])]


def _language(of: list[str], public: Public, staff: Voice) -> tuple[str, str]:
    """A language for a list: in the words of the staff, and its own name."""
    name, locale = of[0], public.locales.get(of[0])
    own = escape(locale.own_name) if locale else escape(name)
    called = staff.locale.name_of(locale) if locale else name
    return name, own if called == (locale.own_name if locale else name) else f"{staff.plain(called)} · {own}"


def _published(shelf: Shelf) -> dict[str, None]:
    return dict.fromkeys(
        sorted({key[1] for key in shelf.rows if shelf.published(key)}, key=lambda one: (one != SOURCE, one))
    )


def _pointed(locale: Locale, public: Public, staff: Voice) -> tuple[str, str, str, str, str]:
    """A language for the poster: tag, direction, own name, what its readers are asked to do, its name for the staff."""
    reader = Voice(locale, public.furniture)
    called = "" if locale.name == staff.locale.name else staff.plain(staff.locale.name_of(locale))
    return locale.tag, locale.direction, reader.plain(locale.own_name), reader.words("point_to_language"), called


def _plain(shelf: Shelf, public: Public, staff: Voice) -> Iterable[tuple[str, str, list[tuple[str, str]]]]:
    """What a browser without scripts lists of each leaflet: title, language and reader, links; nothing of too many."""
    keys: list[Key] = [key for key in sorted(shelf.rows) if shelf.published(key)]
    for key in keys if len(keys) <= _MOST_PLAIN else ():
        condition, name, audience = key
        locale = public.locales.get(name)
        language = spoken(escape(locale.own_name), locale) if locale else escape(name)
        links = [
            (row.path or "", f"{_named(f'edition_{row.edition}', row.edition, staff)} {row.format.upper()}")
            for row in shelf.published(key)
        ]
        yield shelf.titled(condition, staff), f"{language} · {_audience(audience, public, staff)}", links
