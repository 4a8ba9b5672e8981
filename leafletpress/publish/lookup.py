"""The look-up tree: by the code of a condition and a language, a record system finds what is published."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leafletpress.disk import parse_json
from leafletpress.publish.manifest import Row
from leafletpress.publish.shelf import Shelf

SCHEMA = 1
LOOKUP = re.compile(r"lookup/[a-z0-9-]+/[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9-]+\.json")  # where its files stand
# What of a row is told, as the manifest has it.
_TOLD = (
    "condition", "title", "audience", "edition", "format", "path", "state", "status", "version", "revision",
    "check_code", "next_review", "bytes", "sha256",
)  # fmt: skip


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A file of the tree: the system of the code (icd-10), the code, and the language (BCP 47)."""

    system: str
    code: str
    language: str

    @property
    def path(self) -> str:
        """Where it stands, below the output folder."""
        return self.below("lookup")

    def below(self, folder: str) -> str:
        """Where a file of this name stands in another tree like it."""
        return f"{folder}/{self.system}/{self.code}/{self.language}.json"


def places(row: Row) -> list[Place]:
    """Where a document is found: under each code of its condition that can be the name of a folder."""
    language = row.locale.replace("_", "-")
    found = [Place(system.replace("_", "-"), code, language) for system, code in row.codes]
    return [place for place in found if LOOKUP.fullmatch(place.path)]


def lookup_files(shelf: Shelf) -> Iterator[tuple[str, bytes]]:
    """Each file of the tree with its path: of what is published alone."""
    found: dict[Place, list[Row]] = {}
    for key in shelf.rows:
        for row in shelf.published(key):
            for place in places(row):
                found.setdefault(place, []).append(row)
    for place, rows in sorted(found.items()):
        head = {"schema": SCHEMA, "system": place.system, "code": place.code, "language": place.language}
        documents = [{name: getattr(row, name) for name in _TOLD} for row in rows]
        text = json.dumps({**head, "documents": documents}, ensure_ascii=False, indent=1)
        yield place.path, f"{text}\n".encode()


def read_lookup(content: bytes) -> Mapping[str, str]:
    """The path of each document that a file of the tree lists, with its digest; raises ValueError where it is none."""
    found: Any = parse_json(content)
    try:
        listed = {one["path"]: one["sha256"] for one in found["documents"]}
    except (TypeError, KeyError) as error:
        raise ValueError("it lists no documents") from error
    if not all(isinstance(part, str) for one in listed.items() for part in one):
        raise ValueError("it lists something that is no document")
    return listed
