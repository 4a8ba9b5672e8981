"""Reads the file of what was published; one that was cut or changed by hand is refused."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from leafletpress.model.forms import ID, Pattern, Rule
from leafletpress.model.papers import Paper, Papers, seal
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.releases import RELEASES_FILE, Key, Release, Releases, TextVersion
from leafletpress.model.text.check_code import ALPHABET, LENGTH
from leafletpress.read.conditions import CONDITION
from leafletpress.read.located.decode import Decoder
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Node, Table
from leafletpress.read.located.toml import read_nodes
from leafletpress.read.written import CODE, VERSION

_MOST_BYTES = 20_000_000  # a hundred times a large library
_AS_IT_WAS = f"take the file as it was, for example: git checkout HEAD -- {RELEASES_FILE}"
_TABLE = re.compile(r"^\[handouts\.([\w-]+)\.(\w+)\]\n((?:[^\[\n].*\n)*)", re.MULTILINE)
_PAPER = re.compile(
    rf"(?P<day>\d{{4}}-\d\d-\d\d) (?P<code>{CODE.regex}) (?P<number>{VERSION.regex}(?:-[1-9]\d*)?) "
    rf"(?P<check>[{ALPHABET}]{{{LENGTH}}}) (?P<site>.+)",
    re.ASCII,
)
_Digest = Annotated[str, Pattern(r"[0-9a-f]{32}", "32 figures and letters from a to f")]
_Condition = Annotated[str, Pattern(CONDITION, "the name of a condition")]
_Locale = Annotated[str, Pattern(r"[a-z]{2,3}(?:_[A-Za-z0-9]+)*", "a folder of locales/")]
_Audience = Annotated[str, Pattern(ID, "the name of an audience")]


@dataclass(frozen=True, slots=True)
class _Row:
    version: Annotated[str, VERSION]
    day: date
    english: _Digest
    revision: Annotated[str, Pattern(r"[1-9]\d*", "a number from 1 on")] | None = None
    translation: _Digest | None = None
    gone: date | None = None


def _paper(text: str) -> Paper:
    """A paper as it is written, in one text, for there are many; raises ValueError where it is none."""
    found = _PAPER.fullmatch(text)
    if found is None:
        raise ValueError("is no paper")
    return Paper(found["site"], found["code"], found["number"], found["check"], date.fromisoformat(found["day"]))


def _no_paper(text: str) -> str | None:
    try:
        _paper(text)
    except ValueError:
        return f'"{text}" is no paper'
    return None


_Paper = Annotated[str, Rule(_no_paper, "day, code, version and revision, check code, site")]


@dataclass(frozen=True, slots=True)
class _File:
    seal: _Digest
    handouts: Mapping[_Condition, Mapping[_Locale, Mapping[_Audience, _Row]]] | None = None
    papers: Mapping[_Condition, Mapping[_Locale, Mapping[_Audience, tuple[_Paper, ...]]]] | None = None


def read_releases(files: Files) -> Releases:
    """What was published last of each handout, nothing where nothing ever was.

    Raises LeafletError with every problem of the file.
    """
    return _read(files)[0]


def release_places(files: Files) -> Mapping[Key, Origin]:
    """The place of each handout's row; raises LeafletError as `read_releases` does."""
    return _read(files)[2]


def read_papers(files: Files) -> Papers:
    """Every paper that was ever published; raises LeafletError as `read_releases` does."""
    return _read(files)[1]


def rows_digest(files: Files) -> Callable[[str, str], str]:
    """A digest of what is written of a condition in a language: other where that changed, whatever its form.

    The file is not parsed, for a build with nothing to do asks for this. What is written of it in another way than this
    program's counts as changed with the whole file.
    """
    if not files.holds(RELEASES_FILE):
        return lambda _condition, _locale: ""
    whole = files.digest(RELEASES_FILE)
    tables = {(found[1], found[2]): found[3] for found in _TABLE.finditer(_text(files))}

    def of(condition: str, locale: str) -> str:
        rows = tables.get((condition, locale))
        return whole if rows is None else hashlib.sha256(rows.encode()).hexdigest()[:32]

    return of


def _text(files: Files) -> str:
    try:
        return files.content(RELEASES_FILE, _MOST_BYTES).decode("utf-8", "replace")
    except LeafletError:  # reported by who reads the file
        return ""


def _read(files: Files) -> tuple[Releases, Papers, Mapping[Key, Origin]]:
    if not files.holds(RELEASES_FILE):
        return {}, {}, {}
    tree, problems = read_nodes(RELEASES_FILE, files.content(RELEASES_FILE, _MOST_BYTES))
    if tree is None:
        raise LeafletError(_hinted(problems))
    found: _File = Decoder(problems).decode(tree, _File)
    if problems:
        raise LeafletError(sorted(_hinted(problems), key=lambda problem: problem.origin))
    releases = {
        (condition, locale, audience): _release(row)
        for condition, locales in (found.handouts or {}).items()
        for locale, rows in locales.items()
        for audience, row in rows.items()
    }
    papers = {
        (condition, locale, audience): tuple(map(_paper, listed))
        for condition, locales in (found.papers or {}).items()
        for locale, of_audiences in locales.items()
        for audience, listed in of_audiences.items()
    }
    if seal(releases, papers) != found.seal:
        place = next(value.origin for key, value in _items(tree) if key == "seal")
        text = "this file is not as it was written when leaflets were published: it was cut, or changed by hand"
        raise LeafletError([Problem(place, text, _AS_IT_WAS)])
    return releases, papers, dict(_places(tree))


def _release(row: _Row) -> Release:
    revision = int(row.revision) if row.revision else None
    return Release(TextVersion(row.version, revision, row.english, row.translation), row.day, row.gone)


def _places(tree: Node) -> Iterator[tuple[Key, Origin]]:
    handouts = next((value for key, value in _items(tree) if key == "handouts"), None)
    for condition, locales in _items(handouts) if handouts else ():
        for locale, rows in _items(locales):
            yield from (((condition, locale, audience), row.origin) for audience, row in _items(rows))


def _items(node: Node) -> Iterator[tuple[str, Node]]:
    return ((key.text, value) for key, value in (node.items if isinstance(node, Table) else ()))


def _hinted(problems: list[Problem]) -> list[Problem]:
    return [Problem(one.origin, one.text, one.hint or _AS_IT_WAS) for one in problems]
