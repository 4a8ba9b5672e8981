"""Which files of an output folder builds wrote that its manifest does not list: nobody else's may be removed."""

import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from leafletpress.disk import MOST_OF_A_DOCUMENT, parse_json, read_file
from leafletpress.model.document import Document, document_at
from leafletpress.publish.files import MOST_OF_A_LIST, OWN_FOLDER, put

_LIST = "unlisted.json"


class Unlisted:
    """The documents of a folder that have no row, with the digests of their files; none if the list can't be read."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._path = folder, folder / OWN_FOLDER / _LIST
        self._digests: dict[str, str] = {}
        with suppress(OSError, ValueError, TypeError):
            self._digests = dict(parse_json(read_file(self._path, MOST_OF_A_LIST)))
        self._written = dict(self._digests)

    def add(self, document: Document, digest: str) -> None:
        """Take note of a file by its SHA-256."""
        self._digests[document.path] = digest

    def drop(self, document: Document) -> None:
        """Forget a document: it has a row again, or its file is gone."""
        self._digests.pop(document.path, None)

    def documents(self) -> Iterator[Document]:
        """Those whose files are there as they were written."""
        for path, digest in sorted(self._digests.items()):
            document = document_at(path)
            if document and self._digest(path) == digest:
                yield document

    def _digest(self, path: str) -> str | None:
        try:
            return hashlib.sha256(read_file(self._folder / path, MOST_OF_A_DOCUMENT)).hexdigest()
        except OSError:
            return None

    def write(self) -> None:
        """Keep the list, if it changed. Raises OSError."""
        if self._digests != self._written:
            if self._digests:
                put(self._path, json.dumps(dict(sorted(self._digests.items())), indent=0).encode())
            else:
                self._path.unlink(missing_ok=True)
            self._written = dict(self._digests)
