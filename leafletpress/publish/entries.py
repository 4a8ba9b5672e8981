"""What the page that finds leaflets knows of each: one row a handout, and the tables that its figures point into."""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Generic, TypeVar

from leafletpress.disk import parse_json, read_file
from leafletpress.model.document import Document
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.locale import SOURCE
from leafletpress.model.papers import number
from leafletpress.model.releases import Key, text_version
from leafletpress.publish.files import FEED, INDEX, MOST_OF_A_LIST
from leafletpress.publish.folder import read_published
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import Notice
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf, documents

Entries = Mapping[str, Any]
WITHHELD, WITHDRAWN = "withheld", "withdrawn"
# The page keeps its data in here. No "<" is in them, so nothing that a title says can end the element.
_DATA = re.compile(rb'<script type="application/json" id="entries">([^<]*)</script>')
_MADE_OF = re.compile(rb'<meta name="manifest" content="([0-9a-f]{64})">')
_T = TypeVar("_T")


class _Table(Generic[_T]):
    """Values that many rows share, each kept once; a row has its place."""

    def __init__(self, values: Iterable[_T] = ()) -> None:
        self.places: dict[_T, int] = {value: place for place, value in enumerate(values)}

    def place(self, value: _T) -> int:
        return self.places.setdefault(value, len(self.places))

    def values(self, shown: Callable[[_T], Any] = lambda value: value) -> list[Any]:
        return [shown(value) for value in self.places]


def entries(shelf: Shelf, found: Iterable[Notice], public: Public) -> Entries:
    """Tables and rows, in the order in which staff look through them: by title, language and audience.

    A row of `handouts` has the places of condition, locale and audience; code, number of the version, place of the
    state; the places of the day since when it is new and of the day of its next review; check code, place of its files;
    and, where it is not published: why, the day of the withdrawal, and the condition to use instead. A place of -1 is
    that of nothing. `files` are editions, each with its formats, and with the place of the reason if it has none.
    """
    notices = {notice.key: notice for notice in found}
    keys = {*notices, *(key for key, rows in shelf.rows.items() if rows)}
    named = {locale for _, locale, _ in keys}
    locales = _Table([*(name for name in public.locales if name in named), *sorted(named - public.locales.keys())])
    audiences = _Table(sorted({audience for _, _, audience in keys}, reverse=True))
    conditions, states, days = _Table[str](), _Table[str](), _Table[str]([""])
    reasons, files = _Table[str](), _Table[tuple[tuple[str, str, int], ...]]()

    def order(key: Key) -> tuple[str, str, int, int]:
        title = shelf.title(key[0], public.staff)[0]
        return title.casefold(), key[0], locales.place(key[1]), audiences.place(key[2])

    def handout(key: Key) -> list[Any]:
        rows, published, notice = shelf.rows.get(key, []), shelf.published(key), notices.get(key)
        first = next(iter(published or rows), None)
        gone = notice and notice.day
        state = first.status if published and first else WITHDRAWN if gone else WITHHELD
        since, due = (_since(first, public), first.next_review) if published and first else ("", "")
        reason = (notice.why if notice else None) if gone else (first.reason if first and not published else None)
        made = _files(rows, public.site.editions, reasons) if published else ()
        return [
            conditions.place(key[0]), locales.place(key[1]), audiences.place(key[2]),
            first.code if first else "", _number(first), states.place(state),
            days.place(since), days.place(due), first.check_code if first else "", files.place(made),
            reasons.place(reason) if reason else -1, days.place(gone.isoformat()) if gone else 0,
            conditions.place(notice.instead) if notice and notice.instead else -1,
        ]  # fmt: skip

    handouts = [handout(key) for key in sorted(keys, key=order)]
    used = {edition for files_ in files.places for edition, _, _ in files_}
    editions = [one for one in public.site.editions if one in used]
    return {
        "staff": locales.place(public.staff.name),
        "english": locales.place(SOURCE),
        "default": DEFAULT_EDITION,
        "locales": locales.values(lambda name: _locale(name, public)),
        "audiences": audiences.values(),
        "editions": [*editions, *sorted(used - set(editions))],
        "states": states.values(),
        "days": days.values(lambda day: _day(day, public)),
        "reasons": reasons.values(),
        "files": files.values(),
        "conditions": conditions.values(lambda condition: [condition, _titles(condition, shelf, locales.places)]),
        "handouts": handouts,
    }


def dump_entries(found: Entries) -> str:
    """The entries as JSON that may stand in a page."""
    text = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def listed(page: bytes) -> Iterator[str]:
    """The addresses of all files that the data of a page lists; raises ValueError where there are none to be read."""
    data = _DATA.search(page)
    if data is None:
        raise ValueError("it holds no list of leaflets")
    try:
        found = parse_json(data[1].decode())
        for condition, locale, audience, *_, files, _, _, _ in found["handouts"]:
            parts = found["conditions"][condition][0], found["locales"][locale][0], found["audiences"][audience]
            for edition, formats, _ in found["files"][files]:
                yield from (Document(*parts, edition, format_).path for format_ in formats.split())
    except (KeyError, TypeError, IndexError, ValueError, AttributeError) as error:
        raise ValueError("its list of leaflets can't be read") from error


def digest_of(manifest: bytes) -> str:
    """The digest by which a page names the manifest that it was made of."""
    return hashlib.sha256(manifest).hexdigest()


def is_made_of(page: bytes, manifest: bytes) -> bool:
    """Whether a page was made of this manifest."""
    named = _MADE_OF.search(page)
    return named is not None and named[1].decode() == digest_of(manifest)


def _number(row: Row | None) -> str:
    return number(row.version, row.revision) if row else ""


def _since(row: Row, public: Public) -> str:
    """Since when a text is there: the day on which it was published first, of one that never was, its own."""
    release = public.releases.get(row.key)
    if release and release.text == text_version(row):
        return release.day.isoformat()
    return public.today.isoformat() if row.built_for == "release" else row.dated


def _files(rows: Iterable[Row], order: Sequence[str], reasons: _Table[str]) -> tuple[tuple[str, str, int], ...]:
    """Each edition with its formats, in the order of the site; of one that is withheld, the place of the reason."""

    def edition(name: str, of: list[Row]) -> tuple[str, str, int]:
        formats = " ".join(row.format for row in of if row.path)
        return name, formats, -1 if formats else reasons.place(of[0].reason or "")

    found = documents(rows)
    ordered = [*(name for name in order if name in found), *(name for name in found if name not in order)]
    return tuple(edition(name, found[name]) for name in ordered)


def _locale(name: str, public: Public) -> list[str]:
    """Folder, tag, direction, and the names of a language: its own, in the words of the staff, in English."""
    locale = public.locales.get(name)
    if locale is None:
        return [name, name.replace("_", "-"), "ltr", name, name, name]
    called = public.staff.name_of(locale)
    return [name, locale.tag, locale.direction, locale.own_name, called, locale.english_name]


def _day(day: str, public: Public) -> list[str]:
    """A day as ISO 8601, in the words of the staff, and its month."""
    if not day:
        return ["", "", ""]
    value = date.fromisoformat(day)
    return [day, public.staff.day(value), public.staff.month(value)]


def _titles(condition: str, shelf: Shelf, locales: Mapping[str, int]) -> dict[int, list[str]]:
    """The title and the everyday name by the place of the language, those of the staff and the English among them."""
    return {place: list(both) for name, place in locales.items() if (both := shelf.names(condition, name))}


def is_current(folder: Path, label: str) -> bool:
    """Whether what stands beside documents is of what the manifest lists; raises LeafletError (exit code 4)."""
    if not (folder / FEED).is_file():  # an earlier program made none
        return False
    manifest = read_published(folder, label).manifest
    try:
        return is_made_of(read_file(folder / INDEX, MOST_OF_A_LIST), manifest)
    except OSError:
        return False
