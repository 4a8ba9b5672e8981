"""Which papers of a leaflet may be in use: all that a site ever published, what it publishes now among them."""

from datetime import date
from uuid import UUID, uuid5

from leafletpress.model.papers import Paper, number
from leafletpress.model.releases import Key, version_key
from leafletpress.publish.public import Public
from leafletpress.publish.releases import paper_of
from leafletpress.publish.shelf import Shelf

# Ids are made of what they are about (RFC 9562, version 5), so they stay when the pages move to another address.
_NAMES = UUID("5b0f2c1e-6d0a-4c7b-9a55-1d3f0c6f7a21")


def id_of(site: str, *about: str) -> UUID:
    """The id of a site's paper (condition, language, audience, number, check code), or of something else of it."""
    return uuid5(_NAMES, "\n".join((site, *about)))


def known_keys(shelf: Shelf, public: Public) -> list[Key]:
    """All of which a paper may be in use, in order of language, that of the staff first, condition and audience."""
    places = {name: place for place, name in enumerate(dict.fromkeys((public.staff.name, *public.locales)))}
    audiences = {name: place for place, name in enumerate(sorted(public.audiences, reverse=True))}

    def order(key: Key) -> tuple[int, str, str, int, str]:
        condition, locale, audience = key
        return places.get(locale, len(places)), locale, condition, audiences.get(audience, len(audiences)), audience

    return sorted({*public.papers, *public.releases, *(key for key in shelf.rows if shelf.published(key))}, key=order)


def current_paper(key: Key, shelf: Shelf, public: Public) -> Paper | None:
    """What the site publishes now of a leaflet in a language for an audience, with the day since when.

    That of what no release has published yet is the day of its text.
    """
    rows = shelf.published(key)
    if not rows:
        return None
    day = public.today if rows[0].built_for == "release" or not rows[0].dated else date.fromisoformat(rows[0].dated)
    now = paper_of(rows[0], public.site.id, day)
    return next((one for one in public.papers.get(key, ()) if one.is_of_text(now)), now)


def papers_of(key: Key, shelf: Shelf, public: Public) -> tuple[Paper, ...]:
    """All papers of a site that are known of a leaflet in a language for an audience, what is published now first.

    What was published before papers were kept has a number alone, whichever site it was of.
    """
    current, known = current_paper(key, shelf, public), public.papers.get(key, ())
    own = [one for one in known if one.site == public.site.id and one is not current]
    listed = [*([current] if current else []), *own]
    if release := public.releases.get(key):
        text = release.text
        last = number(text.version, text.revision)
        is_newer = current and version_key(text.version) > version_key(current.version)
        if not is_newer and last not in {one.number for one in (*known, *listed)}:
            listed.append(Paper(public.site.id, "", last, "", release.day))
    return tuple(listed)
