"""The only reader of templates/: looks, template words, audiences and editions."""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Generic, Literal

from markupsafe import Markup

from leafletpress.model.audience import Audience
from leafletpress.model.blocks import Place, T, kind_of
from leafletpress.model.edition import Edition
from leafletpress.model.forms import Id, Pattern
from leafletpress.model.handout import Handout, Run, Text, Written
from leafletpress.model.leaflet import Message
from leafletpress.model.text.measure import letters_across
from leafletpress.nodes import MOST_BYTES, Scalar, read_bytes
from leafletpress.toml import read_toml

if TYPE_CHECKING:
    from leafletpress.rendering import Page, Traced

_ISOLATE_LEFT_TO_RIGHT, _END_ISOLATE = "\u2066", "\u2069"
# The end of a text that a line must not part from what follows: a word, or a few characters of a script without spaces.
# These begin with a letter or full stop, not with a sign that joins the letter before, nor behind one that joins two.
_HAN = r"\u2e80-\uffef"
_THAI = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # with Lao, Myanmar, Khmer
_THAI_LETTER = r"(?<![\u1039\u17d2])(?=[\w\u104a\u104b\u17d4-\u17da])"
_LAST_WORD = re.compile(rf"(?:[^\s{_THAI}{_HAN}]{{1,30}}|{_THAI_LETTER}[{_THAI}]{{1,8}}|[{_HAN}]{{1,3}})$")
SHARED = "shared"  # the folder that all audiences share
_ICONS = f"{SHARED}/icons/"
_LINES, _DOTS = ".svg", ".png"
_MOST_OF_WORD = 10_000_000  # bytes of a base document, which may hold pictures
_COUNTERS = {"page": "counter(page)", "pages": "counter(pages)"}


@dataclass(frozen=True, slots=True)
class _Theme:
    letter: Annotated[str, Pattern(r"[A-Z]", "one capital")]
    label: Id
    references: Literal["listed", "numbered"]
    references_heading: Id
    codes: Literal["shown", "hidden"]
    notes_lines: int
    fields: Mapping[Id, Written] | None = None
    reading_grade: float | None = None
    reading_grade_section: float | None = None


@dataclass(frozen=True, slots=True)
class _Words(Generic[T]):
    text: T
    note: str | None = None
    safety: bool = False


@dataclass(frozen=True, slots=True)
class Template:
    """Everything that gives an audience's leaflet its looks in an edition; `icons` are PNG bytes by callout level."""

    audience: str
    edition: Edition
    page: "Page"
    base_docx: bytes
    icons: Mapping[str, bytes]

    def render(self, handout: Handout, images: Mapping[str, str], spacing: float = 1) -> str:
        """The HTML page; `images` are addresses (data URIs) of the pictures and QR codes by name.

        `spacing` is the share that spaces have of their usual height.
        """
        return self.page.render(handout=handout, images=images, edition=self.edition, spacing=spacing)

    def trace(self, handout: Handout, images: Mapping[str, str]) -> "Traced":
        """The HTML page with the places in templates/ that its text comes from."""
        return self.page.trace(handout=handout, images=images, edition=self.edition, spacing=1)


def _bytes(root: Path, name: str, most: int = MOST_BYTES) -> bytes:
    return read_bytes(root / name, f"templates/{name}", most)


def _icons(root: Path, ending: str) -> dict[str, bytes]:
    """The drawings of callouts in one format, by level."""
    names = sorted(path.name for path in (root / _ICONS).glob(f"*{ending}"))
    return {name.removesuffix(ending): _bytes(root, f"{_ICONS}{name}") for name in names}


def _read(root: Path, name: str, shape: Any) -> Any:
    return read_toml(f"templates/{name}", _bytes(root, name), shape)


def read_audiences(root: Path) -> dict[str, Audience]:
    """The audiences that have templates, by id; raises LeafletError."""
    audiences = {}
    for path in sorted(root.glob("*/theme.toml")):
        name = path.parent.name
        theme: _Theme = _read(root, f"{name}/theme.toml", _Theme)
        audiences[name] = Audience(
            name,
            theme.letter,
            theme.label,
            theme.references == "numbered",
            theme.references_heading,
            theme.codes == "shown",
            theme.notes_lines,
            theme.fields or {},
            theme.reading_grade,
            theme.reading_grade_section,
        )
    return audiences


def read_editions(root: Path) -> dict[str, Edition]:
    """The editions by name; raises LeafletError."""
    editions: dict[str, Edition] = _read(root, "editions.toml", Mapping[Id, Edition])
    return {name: replace(edition, name=name) for name, edition in editions.items()}


def read_furniture(root: Path) -> dict[str, Message]:
    """The template words by key, as messages of the domain `furniture`; raises LeafletError."""
    words: dict[str, _Words[Scalar]] = _read(root, "furniture.toml", Mapping[Id, _Words[Scalar]])
    return {
        key: Message(word.text.text, word.text.origin, Place(f"furniture.{key}", "words", None, word.note, word.safety))
        for key, word in words.items()
    }


def read_base_docx(root: Path, audience: str) -> bytes:
    """The Word base document of an audience; raises LeafletError."""
    return _bytes(root, f"{audience}/base.docx", _MOST_OF_WORD)


def look_files(root: Path, audience: str, format_: str) -> list[str]:
    """The files, below `root`, that give an audience's leaflets their looks; the table of editions is not among them.

    Word files are made of a base and of icons that are dots, pages of everything else.
    """
    found = (path for folder in (audience, SHARED) for path in sorted((root / folder).rglob("*")) if path.is_file())
    names = [path.relative_to(root).as_posix() for path in found]
    word = {f"{audience}/base.docx", *(name for name in names if name.startswith(_ICONS) and name.endswith(_DOTS))}
    return [name for name in names if (name in word) == (format_ == "docx")]


@cache
def read_template(root: Path, audience: str, edition: str, looks: str = "") -> Template:  # noqa: ARG001 - for the cache
    """The template of an audience in an edition, read once a process; raises LeafletError.

    `looks` tells one state of the files from another: those that changed since are read again.
    """
    # Imported when a document is written: a build with nothing to do begins without Jinja.
    from leafletpress.rendering import read_page

    drawings = {
        level: "data:image/svg+xml;base64," + base64.b64encode(content).decode()
        for level, content in _icons(root, _LINES).items()
    }
    filters: dict[str, Callable[..., Any]] = {
        "kind": kind_of,
        "tied": tied,
        "css_content": css_content,
        "letters_across": letters_across,
    }
    page = read_page(root, f"{audience}/page.html.j2", filters, {"icons": drawings}, (audience, SHARED))
    base = read_base_docx(root, audience)
    return Template(audience, read_editions(root)[edition], page, base, _icons(root, _DOTS))


def read_report(root: Path, filters: Mapping[str, Callable[..., Any]]) -> "Page":
    """The page of a change report, which is for those who work on leaflets; raises LeafletError."""
    from leafletpress.rendering import read_page

    return read_page(root, "report/page.html.j2", filters, {})


def tied(text: Text) -> Iterator[tuple[Run, ...]]:
    """The runs in groups that no line may break: a reference number stays with the word it belongs to."""
    runs = list(text.runs)
    while runs:
        run = runs.pop(0)
        if run.raised or not (runs and runs[0].raised):
            yield (run,)
            continue
        last = _LAST_WORD.search(run.text)
        start = last.start() if last else len(run.text)
        if run.island and start:  # an island is one piece: cut, its parts would change places
            yield (run,)
            continue
        if start:
            yield (replace(run, text=run.text[:start]),)
        yield replace(run, text=run.text[start:]), runs.pop(0)


def css_content(text: Text) -> Markup:
    """The value of a CSS `content` property that prints the text; page fields become counters."""
    parts = []
    for run in text.runs:
        if run.field:
            parts.append(_COUNTERS[run.field])
            continue
        shown = f"{_ISOLATE_LEFT_TO_RIGHT}{run.text}{_END_ISOLATE}" if run.island else run.text
        escaped = "".join(char if char.isalnum() or char in " \u00a0" else f"\\{ord(char):x} " for char in shown)
        parts.append(f'"{escaped}"')
    return Markup(" ".join(parts))
