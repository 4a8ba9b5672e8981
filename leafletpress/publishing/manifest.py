"""The manifest: one row a document, what it is, what was published of it, or why nothing was."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any, Literal

from leafletpress.templates import DEFAULT_EDITION

SCHEMA = 1
_PATH = re.compile(
    r"(?P<condition>[a-z0-9][a-z0-9-]*)/(?P<locale>\w+)/"
    r"(?P=condition)-(?P<audience>[a-z][a-z0-9_]*)-(?P=locale)(?:-(?P<edition>[a-z][a-z0-9_]*))?\.(?P<format>[a-z0-9]+)"
)


@dataclass(frozen=True, slots=True)
class Document:
    """Which document: the same in every build, whatever is in it."""

    condition: str
    locale: str
    audience: str
    edition: str
    format: str

    @property
    def path(self) -> str:
        """Where it is published, below the output folder; the default edition goes without saying."""
        edition = "" if self.edition == DEFAULT_EDITION else f"-{self.edition}"
        return f"{self.condition}/{self.locale}/{self.condition}-{self.audience}-{self.locale}{edition}.{self.format}"


def document_at(path: str) -> Document | None:
    """The document that is published at a path below the output folder; None for a path that is no document's."""
    named = _PATH.fullmatch(path)
    if not named:
        return None
    document = Document(**{**named.groupdict(), "edition": named["edition"] or DEFAULT_EDITION})
    return document if document.path == path else None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the manifest; `path`, `sha256`, `bytes` and `pages` are None when the document is withheld.

    `pages` is known for PDF alone. `reason` says why it was withheld. `status` is how far its approval has come.
    """

    path: str | None
    condition: str
    code: str
    version: str
    locale: str
    audience: str
    edition: str
    format: str
    sha256: str | None
    bytes: int | None
    pages: int | None
    state: Literal["built", "withheld"]
    reason: str | None
    status: str

    @property
    def document(self) -> Document:
        """Which document the row is about."""
        return Document(self.condition, self.locale, self.audience, self.edition, self.format)


_COLUMNS = tuple(field.name for field in fields(Row))
_NAMES = set(_COLUMNS)
_VALUES = itemgetter(*_COLUMNS)  # ten thousand rows: made by names, they take twice as long


def dump(site: str, rows: Iterable[Row]) -> str:
    """The manifest's text, a line for each row, in order of path."""
    ordered = sorted(rows, key=lambda row: row.path or row.document.path)
    lines = ",\n".join(row_json(row) for row in ordered)
    return f'{{"schema": {SCHEMA}, "site": {json.dumps(site, ensure_ascii=False)}, "documents": [\n{lines}\n]}}\n'


def load(text: str) -> tuple[str, dict[Document, Row]]:
    """The site and the rows of a manifest; raises ValueError, KeyError or TypeError when it is none."""
    content: Any = json.loads(text)
    if not isinstance(content, Mapping) or content.get("schema") != SCHEMA:
        raise ValueError("not a manifest of this version")
    rows = (_checked(Row(*_VALUES(row))) for row in map(dict, content["documents"]) if row.keys() >= _NAMES)
    return str(content["site"]), dict(rows)


def row_json(row: Row) -> str:
    """A row as one line."""
    return json.dumps({name: getattr(row, name) for name in _COLUMNS}, ensure_ascii=False)


def parse_row(content: Mapping[str, Any]) -> Row:
    """The row; raises ValueError, KeyError or TypeError when it is none, or its path is not that of its document."""
    return _checked(Row(*_VALUES(content)))[1]


def _checked(row: Row) -> tuple[Document, Row]:
    """The row with its document; raises ValueError."""
    document = row.document
    path = document.path
    parts = (row.condition, row.locale, row.audience, row.edition, row.format)
    named = _PATH.fullmatch(path)
    if row.path not in (path, None) or not named or named.groups(DEFAULT_EDITION) != parts:
        raise ValueError("a path that is not that of its document")
    return document, row
