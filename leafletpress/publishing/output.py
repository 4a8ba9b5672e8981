"""Publishes documents: each file appears whole or not at all, and the manifest is written last."""

import hashlib
import os
from pathlib import Path

import pypdfium2

from leafletpress.errors import ExitCode, LeafletError, Origin, Problem
from leafletpress.handout import Handout
from leafletpress.publishing.manifest import Document, Row, dump, load

MANIFEST = "manifest.json"


class Output:
    """An output folder while a build publishes into it.

    Rows of documents that this build does not touch are kept. Raises LeafletError (exit code 4) where the folder
    can't be written, (2) where it belongs to another site.
    """

    def __init__(self, folder: Path, shown: str, site: str) -> None:
        self._folder, self._shown, self._site = folder, shown, site
        self.problems: list[Problem] = []
        self._rows = self._earlier()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / ".probe", b"")
            (folder / ".probe").unlink()
        except OSError as error:
            raise self._unwritable(shown, error) from error

    def _earlier(self) -> dict[Document, Row]:
        path = self._folder / MANIFEST
        if not path.exists():
            return {}
        place = Origin(f"{self._shown}/{MANIFEST}")
        try:
            site, rows = load(path.read_text(encoding="utf-8"))
        except (OSError, ValueError, KeyError, TypeError):
            said = "the manifest of the earlier build can't be read; a new one takes its place"
            self.problems.append(Problem(place, said, severity="warning"))
            return {}
        if site != self._site:
            hint = "name another folder with --output"
            other = Problem(place, f'this folder belongs to the site "{site}", not "{self._site}"', hint)
            raise LeafletError([other], ExitCode.USAGE)
        return {
            document: row for document, row in rows.items() if row.path is None or (self._folder / row.path).exists()
        }

    def publish(self, document: Document, handout: Handout, content: bytes, *, listed: bool = True) -> Row:
        """Put a document's file in its place; what is not `listed` in the manifest, nothing publishes any further."""
        path = self._folder / document.path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, content)
        except OSError as error:
            raise self._unwritable(f"{self._shown}/{document.path}", error) from error
        row = Row(
            path=document.path,
            sha256=hashlib.sha256(content).hexdigest(),
            bytes=len(content),
            pages=sides(content) if document.format == "pdf" else None,
            state="built",
            reason=None,
            **_about(document, handout),
        )
        return self._note(row) if listed else row

    def withhold(self, document: Document, handout: Handout, reason: str) -> Row:
        """Keep a document from the public: an older file of it leaves the folder."""
        try:
            (self._folder / document.path).unlink(missing_ok=True)
        except OSError as error:
            raise self._unwritable(f"{self._shown}/{document.path}", error) from error
        return self._note(
            Row(
                path=None,
                sha256=None,
                bytes=None,
                pages=None,
                state="withheld",
                reason=reason,
                **_about(document, handout),
            )
        )

    def close(self) -> None:
        """Write the manifest: what it lists is there."""
        try:
            _write(self._folder / MANIFEST, dump(self._site, self._rows.values()).encode())
        except OSError as error:
            raise self._unwritable(f"{self._shown}/{MANIFEST}", error) from error

    def _note(self, row: Row) -> Row:
        self._rows[row.document] = row
        return row

    def _unwritable(self, shown: str, error: OSError) -> LeafletError:
        said = f"can't be written: {error.strerror}"
        return LeafletError([Problem(Origin(shown), said, "name another folder with --output")], ExitCode.MISSING)


def _about(document: Document, handout: Handout) -> dict[str, str]:
    return {
        "condition": document.condition,
        "code": handout.code,
        "version": handout.version,
        "locale": document.locale,
        "audience": document.audience,
        "edition": document.edition,
        "format": document.format,
        "status": handout.status,
    }


def sides(content: bytes) -> int:
    """The sides of paper that a PDF takes."""
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()


def _write(path: Path, content: bytes) -> None:
    """Write aside, flush to disk, rename: a reader sees the old file or the new one."""
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
