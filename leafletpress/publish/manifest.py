"""The manifest: one row a document, what it is, what was published of it, or why nothing was."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from operator import itemgetter
from typing import Any, Literal, TypeAlias, get_args

from leafletpress import __version__
from leafletpress.disk import parse_json, typed
from leafletpress.model.blocks import Definitions
from leafletpress.model.document import Document, document_at
from leafletpress.model.handout import Handout
from leafletpress.model.releases import Key

SCHEMA = 1
UNMADE = "the project no longer makes it"  # why a document is withdrawn that no source makes any more
BuiltFor: TypeAlias = Literal["draft", "release"]
State: TypeAlias = Literal["built", "withheld"]
_DIGEST = re.compile(r"[0-9a-f]{64}")
_SHA1 = re.compile(r"(?:[0-9a-f]{40})?")
Change: TypeAlias = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the manifest; `path`, `sha256`, `bytes` and `pages` are None when the document is withheld.

    `pages` is known for PDF alone. `reason` says why it was withheld. `status` is how far its approval has come.
    `version` is that of the English, of the day `dated`, to be reviewed by the day `next_review`; `revision` is that of
    the translation, None where there is none. `check_code` is the one on paper. `english` and `translation` are the
    digests of these texts. `built_for` says what for the last build was that wrote the document, or found it up to
    date. `title` is the one on paper, `everyday` the everyday name below it. `codes` are those of the condition by
    system (icd_10). `changes` are known for web pages alone, which tell them: the version, what is new in it, and the
    language (BCP 47) in which that is said, the newest first. `sha1` is another digest of the file, for
    FHIR; "" where the document is withheld.
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
    state: State
    reason: str | None
    status: str
    revision: int | None = None
    dated: str = ""
    next_review: str = ""
    check_code: str = ""
    english: str = ""
    translation: str | None = None
    built_for: BuiltFor = "draft"
    title: str = ""
    everyday: str = ""
    codes: tuple[tuple[str, str], ...] = ()
    changes: tuple[Change, ...] = ()
    sha1: str = ""

    @property
    def document(self) -> Document:
        """Which document the row is about."""
        return Document(self.condition, self.locale, self.audience, self.edition, self.format)

    @property
    def key(self) -> Key:
        """Which leaflet it is of, in which language and for whom."""
        return self.condition, self.locale, self.audience

    @property
    def is_on_record(self) -> bool:
        """Whether a release published it, or it was withdrawn."""
        return self.status == "withdrawn" or (self.path is not None and self.built_for == "release")


_COLUMNS = tuple(field.name for field in fields(Row))
# What manifests of earlier programs lack.
_LATER = {field.name: field.default for field in fields(Row) if field.default is not MISSING}
_NAMES = set(_COLUMNS) - _LATER.keys()
_VALUES = itemgetter(*_COLUMNS)  # ten thousand rows: made by names, they take twice as long


def about(document: Document, handout: Handout) -> dict[str, Any]:
    """What a row says of a handout, whatever becomes of the document."""
    return {
        "condition": document.condition,
        "code": handout.code,
        "version": handout.version,
        "locale": document.locale,
        "audience": document.audience,
        "edition": document.edition,
        "format": document.format,
        "status": handout.status,
        "revision": handout.revision,
        "dated": handout.dated,
        "next_review": handout.next_review,
        "check_code": handout.check_code,
        "english": handout.english,
        "translation": handout.translation,
        "title": str(handout.head.title),
        "everyday": str(handout.head.subtitle),
        "codes": handout.codes,
        "changes": tuple(_changes(handout)) if document.format == "html" else (),
    }


def _changes(handout: Handout) -> Iterator[Change]:
    """What is new in each version, in the words of the web page."""
    for block in handout.changes.blocks if handout.changes else ():
        if isinstance(block.content, Definitions):
            for version, one in zip(handout.changed_in, block.content.items, strict=True):
                yield version, str(one.text), one.text.language or handout.language


def dump(site: str, rows: Iterable[Row]) -> str:
    """The manifest's text, a line for each row, in order of path."""
    ordered = sorted(rows, key=lambda row: row.path or row.document.path)
    lines = ",\n".join(row_json(row) for row in ordered)
    head = {"schema": SCHEMA, "program": f"leafletpress {__version__}", "site": site}
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "documents": [\n{lines}\n]}}\n'


def load(text: str) -> tuple[str, dict[Document, Row]]:
    """The site and the rows of a manifest; raises ValueError when it is none."""
    try:
        content = parse_json(text)
        if not isinstance(content, Mapping) or content.get("schema") != SCHEMA:
            raise ValueError("not a manifest of this version")
        rows = (_checked(row) for row in map(dict, content["documents"]) if row.keys() >= _NAMES)
        return str(content["site"]), dict(rows)
    except (KeyError, TypeError) as error:
        raise ValueError("not a manifest of this version") from error


def row_json(row: Row) -> str:
    """A row as one line."""
    return json.dumps({name: getattr(row, name) for name in _COLUMNS} | {"codes": dict(row.codes)}, ensure_ascii=False)


def parse_row(content: Mapping[str, Any]) -> Row:
    """The row; raises ValueError, KeyError or TypeError when it is none, or its path is not that of its document."""
    return _checked(content)[1]


def _checked(content: Mapping[str, Any]) -> tuple[Document, Row]:
    """The row with its document; raises as `parse_row` does."""
    if not isinstance(content, Mapping):
        raise TypeError("a row is an object")
    known = content if content.keys() >= _LATER.keys() else {**_LATER, **content}
    codes, changes = dict(known["codes"]), tuple(map(tuple, known["changes"]))
    if not all(isinstance(part, str) for one in (*codes.items(), *changes) for part in one):
        raise TypeError("codes and changes are texts")
    if any(len(one) != len(get_args(Change)) for one in changes):
        raise ValueError("a change is a version, a text and its language")
    row = typed(Row, _VALUES({**known, "codes": tuple(sorted(codes.items())), "changes": changes}))
    document = row.document
    if row.path not in (document.path, None) or document_at(document.path) != document:
        raise ValueError("a path that is not that of its document")
    if row.built_for not in get_args(BuiltFor):
        raise ValueError("built neither as draft nor for release")
    if row.state not in get_args(State) or (row.state == "built") != (row.path is not None):
        raise ValueError("neither built nor withheld")
    if row.path is not None and not _DIGEST.fullmatch(row.sha256 or ""):
        raise ValueError("not the digest of a file")
    if not _SHA1.fullmatch(row.sha1):
        raise ValueError("not the SHA-1 of a file")
    return document, row
