"""The pages by which somebody who holds a paper learns whether it is current: one for each code of a leaflet."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from html import escape

from leafletpress.model.handout import Direction
from leafletpress.model.locale import SOURCE, Locale
from leafletpress.model.papers import Paper, number
from leafletpress.model.releases import Key, version_key
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import Notice, hospital, said
from leafletpress.publish.papers import current_paper, known_keys, papers_of
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.publish.web import Values, Voice, nothing, spoken

STATUS = re.compile(r"status/[A-Z]{4,6}\.html")  # where these pages stand, below the output folder
_CODE = re.compile(r"[A-Z]{4,6}")
_ROOT = "../"
_MESSAGES = ("copy_enter", "code_nearest", "copy_unknown")  # what the script says
_PLACE = "\ufffc"  # where it puts what was typed


def status_path(code: str) -> str:
    """Where the page of a leaflet's code stands, below the output folder."""
    return f"status/{code}.html"


def has_status_page(code: str) -> bool:
    """Whether a code of a paper is one that a leaflet can have."""
    return _CODE.fullmatch(code) is not None


def status_pages(shelf: Shelf, found: Iterable[Notice], public: Public) -> Iterator[tuple[str, str]]:
    """Each page with its path: of all codes under which the site has published, or publishes now."""
    held = {key: papers for key in known_keys(shelf, public) if (papers := papers_of(key, shelf, public))}
    of_condition = {key[0]: paper.code for key, papers in held.items() for paper in reversed(papers) if paper.code}
    codes: dict[str, dict[Key, tuple[Paper, ...]]] = {}
    for key, papers in held.items():
        for code in {paper.code or of_condition.get(key[0], "") for paper in papers}:
            if has_status_page(code):
                codes.setdefault(code, {})[key] = papers
    pages = _Pages(shelf, {notice.key: notice for notice in found}, public)
    for code, of_code in sorted(codes.items()):
        yield status_path(code), pages.page(code, of_code)


@dataclass(frozen=True, slots=True)
class _Shown:
    """A paper as the page has it: what is said of it in the language of its reader, and in that of the staff.

    `staff` is "" where both are one; `anchor` is what leads to it in an address.
    """

    anchor: str
    state: str
    handout: str
    number: str
    check_code: str
    version: str
    said: str
    staff: str


@dataclass(frozen=True, slots=True)
class _Group:
    """The papers of a leaflet for an audience, in one language."""

    title: str
    audience: str
    papers: tuple[_Shown, ...]


@dataclass(frozen=True, slots=True)
class _Language:
    """A language of the page: its folder, how it is marked up, its name, what the script says in it, and its papers."""

    name: str
    tag: str
    direction: Direction
    own: str
    question: str
    messages: Mapping[str, str]
    groups: tuple[_Group, ...]


class _Pages:
    """Makes the pages of a site."""

    def __init__(self, shelf: Shelf, notices: Mapping[Key, Notice], public: Public) -> None:
        self._shelf, self._notices, self._public = shelf, notices, public
        self._staff = Voice(public.staff, public.furniture)
        self._words: dict[tuple[str, str, str], str] = {}

    def page(self, code: str, held: Mapping[Key, tuple[Paper, ...]]) -> str:
        """The page of a code; what it has papers of, by language."""
        staff = self._staff
        names = dict.fromkeys((staff.locale.name, *(locale for _, locale, _ in held)))
        anchors: set[str] = set()
        return self._public.render(
            "status",
            tag=staff.locale.tag,
            direction=staff.locale.direction,
            code=code,
            title=f"{code} · {hospital(self._public)}",
            hospital=staff.plain(hospital(self._public)),
            word=lambda key: self._word(staff, key),
            languages=[self._language(name, held, anchors) for name in names],
        )

    def _language(self, name: str, held: Mapping[Key, tuple[Paper, ...]], anchors: set[str]) -> _Language:
        locale = self._public.locales.get(name)
        voice = Voice(locale or self._public.locales[SOURCE], self._public.furniture)
        return _Language(
            name=name,
            tag=voice.locale.tag,
            direction=voice.locale.direction,
            own=voice.plain(locale.own_name) if locale else escape(name),
            question=self._word(voice, "copy_question"),
            messages={key: self._word(voice, key, _PLACE, lambda _locale: {"code": _PLACE}) for key in _MESSAGES},
            groups=tuple(self._group(key, held[key], voice, anchors) for key in held if key[1] == name),
        )

    def _group(self, key: Key, papers: tuple[Paper, ...], voice: Voice, anchors: set[str]) -> _Group:
        known = self._public.audiences.get(key[2])
        audience = self._word(voice, known.label) if known else escape(key[2])
        shown = tuple(self._shown(key, paper, voice, anchors) for paper in papers)
        return _Group(self._shelf.titled(key[0], voice), audience, shown)

    def _shown(self, key: Key, paper: Paper, voice: Voice, anchors: set[str]) -> _Shown:
        current, staff = current_paper(key, self._shelf, self._public), self._staff
        state = "stopped" if current is None else "current" if paper == current else "old"
        anchor = "" if paper.check_code in anchors else paper.check_code
        anchors.add(anchor)
        return _Shown(
            anchor=anchor,
            state=state,
            handout=next((row.code for row in self._shelf.rows.get(key, ())), paper.code),
            number=paper.number,
            check_code=paper.check_code,
            version=self._numbered(voice, paper.number),
            said=self._said(state, key, paper, voice),
            staff="" if staff.locale.name == voice.locale.name else self._said(state, key, paper, staff),
        )

    def _said(self, state: str, key: Key, paper: Paper, voice: Voice) -> str:
        """What somebody who holds a paper is told, in one language."""
        if state == "stopped":
            return said(self._notices.get(key) or Notice(key), self._shelf, self._public, voice, _ROOT)
        row = self._shelf.published(key)[0]
        return self._of_current(row, voice) if state == "current" else self._of_old(row, key, paper, voice)

    def _of_current(self, row: Row, voice: Voice) -> str:
        said = f'<p class="state">{self._word(voice, "copy_current")}</p>\n'
        state = self._word(voice, f"status_{row.status.replace(' ', '_')}")
        if not row.next_review:
            return f"{said}<p>{state}</p>\n"
        due = date.fromisoformat(row.next_review)
        next_check, past = (
            self._word(voice, key, f"{due}", lambda locale: {"date": locale.month(due)})
            for key in ("next_review", "expired")
        )
        hidden = "" if self._public.today > due else " hidden"  # the script looks at the day that it is by then
        return f'{said}<p>{state} · {next_check}</p>\n<p class="late" data-due="{due}"{hidden}>{past}</p>\n'

    def _of_old(self, row: Row, key: Key, paper: Paper, voice: Voice) -> str:
        newer = f"{number(row.version, row.revision)} {row.check_code}".strip()
        said = f'<p class="state">{voice.words("copy_newer", lambda _locale: {"version": newer})}</p>\n'
        changes = "".join(self._changes(row, key, paper, voice))
        listed = f"<p>{self._word(voice, 'changes')}:</p>\n<ul>\n{changes}</ul>\n" if changes else ""
        return f'{said}{listed}<p><a href="{_ROOT}{row.path}">{self._word(voice, "open_leaflet")}</a></p>\n'

    def _changes(self, row: Row, key: Key, paper: Paper, voice: Voice) -> Iterator[str]:
        """What is new since a paper, as far as its author said: nothing where the English is of the same version."""
        held, now = version_key(paper.version), version_key(row.version)
        for version, text, tag in self._shelf.changes(key[0], voice.locale.name):
            if held < version_key(version) <= now:
                found = (one for one in self._public.locales.values() if one.tag == tag)
                other = Voice(next(found, voice.locale.english), self._public.furniture)
                told = other.plain(text)
                told = told if tag == voice.locale.tag else spoken(told, other.locale)
                yield f"<li>{self._numbered(voice, version)}: {told}</li>\n"

    def _word(self, voice: Voice, key: str, filled_in: str = "", values: Callable[[Locale], Values] = nothing) -> str:
        """Template words; `filled_in` tells apart what `values` give. Each is said of many papers, and made once."""
        known = voice.locale.name, key, filled_in
        if known not in self._words:
            self._words[known] = voice.words(key, values)
        return self._words[known]

    def _numbered(self, voice: Voice, version: str) -> str:
        return self._word(voice, "version", version, lambda _locale: {"version": version})
