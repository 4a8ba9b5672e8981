"""The only reader of templates/: pages, style sheets and icons, template words, audiences and editions."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Annotated, Literal

from leafletpress.model.audience import Audience, Recipient
from leafletpress.model.edition import DEFAULT_EDITION, Edition
from leafletpress.model.forms import ID, ID_HINT, AnyOf, Between, FileId, Id, Pattern, device
from leafletpress.model.handout import Written
from leafletpress.model.problems import LeafletError, Origin, Problem, attempt
from leafletpress.model.template_files import PAGES, TemplateFiles, page_name
from leafletpress.read.furniture import read_furniture
from leafletpress.read.located.files import Files, decode_utf8
from leafletpress.read.located.toml import read_toml, toml_place

SHARED = "shared"  # the folder that all audiences share
EDITIONS = "editions.toml"
REPORT = "report"  # the folder of the change report, which no leaflet is made of
INDEX = "index"  # that of the page that finds leaflets
_ICONS = f"templates/{SHARED}/icons/"
_LINES, _DOTS = ".svg", ".png"
_TEXTS = (".j2", ".css", ".js")
# Another template in a tag of Jinja: by its name, by the end of a name that is put together, or in a way unknown here.
_TAKES_IN = re.compile(
    r"""
    \{%[-+]?\s*(?:include|import|from|extends)\s+
    (?:(?:"(?P<name>[^"]+)"|[\w.]+\s*~\s*"(?P<end>[^"]+)")\s*(?=[-+]?%\}|(?:import|as|ignore|with|without)\b))?
    """,
    re.VERBOSE,
)
_LINE = "form_"  # what the key of a line's prompt begins with
_MOST_OF_WORD = 10_000_000  # bytes of a base document, which may hold pictures


_Line = Annotated[Id, AnyOf("line to fill in", "its prompt stands in furniture.toml as form_<name>")]
_Key = Annotated[Id, AnyOf("key of furniture.toml")]


@dataclass(frozen=True, slots=True)
class _Theme:
    letter: Annotated[str, Pattern(r"[A-Z]", "one capital")]
    label: _Key
    references: Literal["listed", "numbered"]
    references_heading: _Key
    codes: Literal["shown", "hidden"]
    notes_lines: Annotated[int, Between(0, 40)]
    fields: (
        Mapping[Annotated[Id, AnyOf("line to fill in", "furniture.toml has its prompt: form_name")], Written] | None
    ) = None
    reading_grade: Annotated[float, Between(1.0, 20.0)] | None = None
    reading_grade_section: Annotated[float, Between(1.0, 20.0)] | None = None
    units: Literal["in full", "signs"] = "signs"
    recipient: Recipient | None = None


def audience_names(files: Files) -> list[str]:
    """The ids of the audiences that have templates, whether those can be read or not."""
    return [name.split("/")[1] for name in files.names("templates/*/theme.toml")]


def read_audiences(files: Files) -> dict[str, Audience]:
    """The audiences that have templates, by id; raises LeafletError with every problem of these and their words."""
    audiences: dict[str, Audience] = {}
    problems: list[Problem] = []
    furniture = attempt(lambda: read_furniture(files), problems)
    lines = [key.removeprefix(_LINE) for key in furniture or () if key.startswith(_LINE)]
    names = {"key of furniture.toml": furniture, "line to fill in": lines if furniture else None}
    letters: dict[str, list[Origin]] = {}
    for name in files.names("templates/*/theme.toml"):
        audience = name.split("/")[1]
        try:
            if not re.fullmatch(ID, audience) or device(audience):
                raise LeafletError([Problem(Origin(name), f'"{audience}" is no name for an audience', ID_HINT)])
            theme: _Theme = read_toml(name, files.content(name), _Theme, names)
        except LeafletError as error:
            problems.extend(error.problems)
            continue
        letters.setdefault(theme.letter, []).append(toml_place(name, files.content(name), "letter"))
        audiences[audience] = Audience(
            audience,
            theme.letter,
            theme.label,
            theme.references == "numbered",
            theme.references_heading,
            theme.codes == "shown",
            theme.notes_lines,
            theme.fields or {},
            theme.reading_grade,
            theme.reading_grade_section,
            theme.units == "in full",
            theme.recipient,
        )
    problems += _shared_letters(letters)
    if problems:
        raise LeafletError(problems)
    return audiences


def _shared_letters(letters: Mapping[str, list[Origin]]) -> Iterator[Problem]:
    """An error at each of the places, by letter, of one that two audiences have: it tells their codes apart."""
    for letter, places in letters.items():
        for place in places if len(places) > 1 else ():
            others = " and ".join(str(other) for other in places if other != place)
            yield Problem(place, f'letter "{letter}" is that of {others} too', "a letter of its own for each audience")


def read_editions(files: Files) -> dict[str, Edition]:
    """The editions by name; raises LeafletError."""
    name, known = f"templates/{EDITIONS}", {"audience": audience_names(files)}
    editions: dict[str, Edition] = read_toml(name, files.content(name), Mapping[FileId, Edition], known)
    pages = editions[DEFAULT_EDITION].pages if DEFAULT_EDITION in editions else {}
    return {name: replace(edition, name=name, default_pages=pages) for name, edition in editions.items()}


def read_template_files(files: Files, audience: str) -> TemplateFiles:
    """The template files of an audience; raises LeafletError with a problem for each that can't be read."""
    problems: list[Problem] = []
    texts = _read_texts(files, (audience, SHARED), problems)
    try:
        base = read_base_docx(files, audience)
    except LeafletError as error:
        problems += error.problems
    if problems:
        raise LeafletError(problems)
    own = tuple(name for name, _ in texts if files.is_own(f"templates/{name}"))
    return TemplateFiles(audience, texts, base, _icons(files, _LINES), _icons(files, _DOTS), own)


def read_report(files: Files) -> tuple[tuple[str, str], ...]:
    """The texts of the change report's page by name below templates/; raises LeafletError."""
    return _page_texts(files, REPORT)


def read_index(files: Files) -> tuple[tuple[str, str], ...]:
    """The same of the page that finds leaflets."""
    return _page_texts(files, INDEX)


def _page_texts(files: Files, folder: str) -> tuple[tuple[str, str], ...]:
    problems: list[Problem] = []
    texts = _read_texts(files, (folder,), problems)
    if problems:
        raise LeafletError(problems)
    return texts


def _read_texts(files: Files, folders: tuple[str, ...], problems: list[Problem]) -> tuple[tuple[str, str], ...]:
    """The pages and style sheets of some folders, with what is wrong with any of them."""
    texts: list[tuple[str, str]] = []
    for name in (name for folder in folders for name in files.names(f"templates/{folder}/**/*")):
        if name.endswith(_TEXTS):
            try:
                text, wrong = decode_utf8(name, files.content(name))
            except LeafletError as error:
                text, wrong = "", list(error.problems)
            problems += wrong
            texts.append((name.removeprefix("templates/"), text))
    return tuple(texts)


def read_base_docx(files: Files, audience: str) -> bytes:
    """The Word base document of an audience; raises LeafletError."""
    return files.content(f"templates/{audience}/base.docx", _MOST_OF_WORD)


def _icons(files: Files, ending: str) -> tuple[tuple[str, bytes], ...]:
    """The drawings of callouts in one format, by level."""
    return tuple((PurePosixPath(name).stem, files.content(name)) for name in files.names(f"{_ICONS}*{ending}"))


def template_file_names(files: Files, audience: str, format_: str) -> list[str]:
    """The names of the template files that an audience's documents in a format are made with, editions left out.

    A format that has a page is made with the texts that the page takes in and the icons as drawings, a Word file with
    the base document and the icons as dots.
    """
    if format_ not in PAGES:
        return [f"templates/{audience}/base.docx", *files.names(f"{_ICONS}*{_DOTS}")]
    texts = dict(_read_texts(files, (audience, SHARED), []))
    taken = _taken_in(texts, page_name(audience, PAGES[format_]))
    return [*(f"templates/{name}" for name in sorted(taken)), *files.names(f"{_ICONS}*{_LINES}")]


def _taken_in(texts: Mapping[str, str], page: str) -> set[str]:
    """The texts that a page is made of: itself, and what it takes in; all, where that is unknown.

    Of a name that is put together, the end may be known, as in `handout.audience ~ "/screen.css"`.
    """
    taken, waiting = {page}, [page]
    while waiting:
        for name, end in _TAKES_IN.findall(texts.get(waiting.pop(), "")):
            found = {name} if name else {other for other in texts if end and other.endswith(end)}
            if not (name or end):
                return {page, *texts}
            waiting += found - taken
            taken |= found
    return taken
