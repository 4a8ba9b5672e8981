"""The manifest: one row a document, what it is, what was published of it, or why nothing was."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from leafletpress.templates import DEFAULT_EDITION

SCHEMA = 1


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


def dump(site: str, rows: Iterable[Row]) -> str:
    """The manifest's text, its rows in order of path."""
    ordered = sorted(rows, key=lambda row: row.document.path)
    content = {"schema": SCHEMA, "site": site, "documents": [asdict(row) for row in ordered]}
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> tuple[str, dict[Document, Row]]:
    """The site and the rows of a manifest; raises ValueError when it is none."""
    content: Any = json.loads(text)
    if not isinstance(content, Mapping) or content.get("schema") != SCHEMA:
        raise ValueError("not a manifest of this version")
    names = {field.name for field in fields(Row)}
    rows = [
        Row(**{name: row[name] for name in names}) for row in map(dict, content["documents"]) if names <= row.keys()
    ]
    if not all(row.path is None or isinstance(row.path, str) for row in rows):
        raise ValueError("a path that is no text")
    return str(content["site"]), {row.document: row for row in rows}
