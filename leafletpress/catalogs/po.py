"""Reads a gettext catalog strictly: a file that Babel would read in part, or wrongly, is refused with its lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, denormalize, read_po

from leafletpress.errors import LeafletError, Origin, Problem
from leafletpress.nodes import decode_text, read_bytes

_STRING = r'"(?:[^"\\]|\\.)*"'
_KEYWORD = r"(?P<keyword>msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)"
_LINE = re.compile(rf"(?:\s*|#.*|{_KEYWORD}[ \t]*(?P<first>{_STRING})\s*|\s*{_STRING}\s*)")
_OBSOLETE_PREVIOUS = re.compile(r"^#~\|.*$", re.MULTILINE)
_CONFLICT = re.compile(r"(?:<<<<<<<|=======|>>>>>>>)(?: |$)")


@dataclass(frozen=True, slots=True)
class Entry:
    """A translation as it stands in a catalog; `text` is empty where there is none yet."""

    text: str
    fuzzy: bool
    line: int


@dataclass(frozen=True, slots=True)
class Entries:
    """A catalog's entries by context and English text."""

    shown: str
    by_message: dict[tuple[str, str], Entry]


def read_entries(path: Path, shown: str) -> Entries:
    """The entries of a catalog; raises LeafletError with every problem of the file."""
    catalog = read_catalog(path, shown)
    entries = {}
    for message in catalog:
        if message.id:
            text = message.string if isinstance(message.string, str) else ""
            key = (str(message.context or ""), str(message.id))
            entries[key] = Entry(text, message.fuzzy, message.lineno or 0)
    return Entries(shown, entries)


def read_catalog(path: Path, shown: str) -> Catalog:
    """The catalog as Babel has it; raises LeafletError with every problem of the file."""
    if not path.exists():
        hint = "run: build_leaflets.py catalogs update"
        raise LeafletError([Problem(Origin(shown), "this catalog does not exist", hint)])
    text, problems = decode_text(shown, read_bytes(path, shown))
    problems.extend(_broken_lines(shown, text))
    if problems:
        raise LeafletError(sorted(problems, key=lambda problem: problem.origin))
    try:
        return _with_previous(read_po(StringIO(_OBSOLETE_PREVIOUS.sub("", text)), abort_invalid=True))
    except (PoFileError, ValueError, LookupError) as error:
        raise LeafletError([Problem(Origin(shown), f"not a gettext catalog: {error}")]) from error


def _with_previous(catalog: Catalog) -> Catalog:
    """Babel takes "#| msgid" lines for remarks of the translator: put them back where they belong."""
    for message in (*catalog, *catalog.obsolete.values()):
        previous = [line.removeprefix("|").strip() for line in message.user_comments if line.startswith("|")]
        message.user_comments = [line for line in message.user_comments if not line.startswith("|")]
        text = " ".join(previous).partition("msgid ")[2]
        if text:
            message.previous_id = ["".join(map(denormalize, re.findall(_STRING, text)))]
    return catalog


def _broken_lines(shown: str, text: str) -> Iterator[Problem]:
    """What is wrong with the lines: Babel drops or mends most of it in silence."""
    context, entry, last, last_line = "", "", "", 0
    seen: dict[tuple[str, str], int] = {}
    lines = text.split("\n")
    for number, line in enumerate(lines, start=1):
        if _CONFLICT.match(line):
            yield Problem(Origin(shown, number, 1), "a mark of a merge conflict", "keep one of the two versions")
            continue
        found = _LINE.fullmatch(line)
        if not found:
            yield Problem(Origin(shown, number, 1), f"not a line of a catalog: {line.strip()[:40]}", _line_hint(line))
            last = next((word for word in ("msgctxt", "msgid", "msgstr") if line.startswith(word)), last)
            continue
        keyword = found["keyword"]
        if keyword == "msgctxt":
            context = found["first"]
        elif keyword == "msgid":
            entry = ""
        elif keyword and keyword.startswith("msgstr") and last == "msgid":
            key = (context, entry)
            if key in seen:
                yield Problem(
                    Origin(shown, last_line, 1), "the same entry twice", f"first at line {seen[key]}; keep one"
                )
            seen.setdefault(key, last_line)
            context = ""
        if keyword:
            if (keyword in ("msgctxt", "msgid") and last in ("msgid", "msgid_plural")) or keyword == last == "msgctxt":
                yield Problem(Origin(shown, last_line, 1), "an entry without msgstr", "part of the file is lost")
            if keyword.startswith("msgstr") and (last in ("", "msgctxt") or keyword == last):
                yield Problem(Origin(shown, number, 1), "a msgstr without msgid", "part of the file is lost")
            last, last_line = keyword, number
        if last == "msgid" and not line.startswith("#") and keyword != "msgctxt":
            entry += line[line.find('"') :].strip().removeprefix('"').removesuffix('"') if '"' in line else ""
    if last in ("msgctxt", "msgid"):
        yield Problem(Origin(shown, last_line, 1), "an entry without msgstr", "part of the file is lost")


def _line_hint(line: str) -> str:
    quotes = len(re.findall(r'(?<!\\)"', line))
    return "a quotation mark is missing, or one inside the text lacks its backslash" if quotes else ""
