"""Reads gettext catalogs: a file that is broken is refused with its lines, never mended in silence."""

import re
from dataclasses import dataclass
from datetime import date

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.excerpt import excerpt
from leafletpress.read.languages.entries import ESCAPES, Entry, Key, Parser
from leafletpress.read.located.files import Files, decode_utf8

__all__ = (
    "ESCAPES",
    "REVISION",
    "Catalog",
    "Entry",
    "Key",
    "of_language",
    "parse_catalog",
    "parse_stripped",
    "read_catalog",
)

# The name in a header of what says which revision a translation is.
REVISION = "X-Revision"


@dataclass(frozen=True, slots=True)
class Catalog:
    """A catalog: `header` in the order of the file, `remarks` above it, entries that count, and obsolete ones."""

    file: str
    header: dict[str, str]
    remarks: tuple[str, ...]
    entries: dict[Key, Entry]
    obsolete: tuple[Entry, ...] = ()

    @property
    def revision(self) -> int:
        """Which revision of the translation this is, of the English as it is: 1 where the header says nothing."""
        return int(self.header.get(REVISION, "1"))

    @property
    def saved(self) -> date | None:
        """The day on which a translator saved it last, None where none has or the header does not have the day."""
        if not any(entry.translation for entry in self.entries.values()):
            return None
        try:
            return date.fromisoformat(self.header.get("PO-Revision-Date", "")[:10])
        except ValueError:
            return None


def read_catalog(files: Files, name: str) -> Catalog:
    """The catalog in a file of the project; raises LeafletError with every problem of the file."""
    if not files.holds(name):
        hint = "run: leafletpress catalogs update"
        raise LeafletError([Problem(Origin(name), "this catalog does not exist", hint)])
    text, problems = decode_utf8(name, files.content(name))
    if problems:
        raise LeafletError(problems)
    return parse_catalog(name, text)


def parse_catalog(file: str, text: str) -> Catalog:
    """The catalog of a file's text, called `file` in messages; raises LeafletError with every problem."""
    catalog, stripped = parse_stripped(file, text)
    if stripped:
        number = f"{len(stripped)} entries" if len(stripped) > 1 else "an entry"
        reason = f'{number} without a place in the leaflet (msgctxt); first: "{excerpt(stripped[0].text)}"'
        hint = f"the program that saved the file dropped it; to give it back, run: leafletpress catalogs restore {file}"
        raise LeafletError([Problem(Origin(file, stripped[0].line, 1), reason, hint)])
    return catalog


def parse_stripped(file: str, text: str) -> tuple[Catalog, tuple[Entry, ...]]:
    """The catalog of a file's text, and apart from it the entries without a context; raises LeafletError."""
    parser = Parser(file)
    for number, line in enumerate(text.split("\n"), start=1):
        parser.read(number, line)
    parser.close()
    if parser.problems:
        raise LeafletError(sorted(parser.problems, key=lambda problem: problem.origin))
    header = parser.entries.pop(("", ""), Entry("", ""))
    fields = (line.partition(":") for line in header.translation.split("\n") if ":" in line)
    values = {name.strip(): value.strip() for name, _, value in fields}
    charset = values.get("Content-Type", "").partition("charset=")[2]
    if charset.lower() not in ("", "utf-8", "utf8", "us-ascii", "ascii", "charset"):
        reason = f'the header says that the encoding is "{charset}"'
        raise LeafletError([Problem(Origin(file, header.line, 1), reason, "save the file with the encoding UTF-8")])
    revision = values.get(REVISION, "1")
    if not re.fullmatch(r"[1-9][0-9]{0,3}", revision):
        reason, hint = f'the header has {REVISION} "{revision}"', "a number from 1 on, or leave the line out"
        raise LeafletError([Problem(Origin(file, header.line, 1), reason, hint)])
    catalog = Catalog(file, values, header.remarks, parser.entries, tuple(parser.obsolete))
    return catalog, tuple(parser.without_context)


def of_language(name: str, catalog: Catalog) -> Catalog:
    """The catalog, if its header does not name another language; raises LeafletError: it is in the wrong folder."""
    language = catalog.header.get("Language", name)
    if re.split("[_-]", language)[0].lower() != re.split("[_-]", name)[0]:
        text = f'the header says that this is a catalog of "{language}"'
        raise LeafletError([Problem(Origin(catalog.file, 1, 1), text, "is it in the wrong folder?")])
    return catalog
