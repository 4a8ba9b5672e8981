"""The one reader of a published folder: its manifest, its files, and whether they are what the manifest says."""

import hashlib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from leafletpress.disk import MOST_OF_A_DOCUMENT, read_file
from leafletpress.model.document import Document
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import MANIFEST, MOST_OF_A_LIST, size_of
from leafletpress.publish.manifest import Row, load


@dataclass(frozen=True, slots=True)
class Published:
    """A folder by its manifest: the site that it belongs to, a row for each document, and the text itself."""

    folder: Path
    label: str
    site: str
    rows: Mapping[Document, Row]
    manifest: bytes

    def content(self, row: Row) -> bytes:
        """The bytes of the file in the place of a built document, whatever they are.

        Raises LeafletError: (1) there is no file, or the place is outside the folder, (4) it can't be read.
        """
        path = self.folder / (row.path or "")
        try:
            if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(self.folder)):
                raise LeafletError([self._problem(row, "leads out of the folder")])
            return read_file(path, MOST_OF_A_DOCUMENT)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise LeafletError([self._problem(row, "is missing", "build again")]) from error
        except OSError as error:
            raise LeafletError([self._problem(row, f"can't be read: {error.strerror}")], ExitCode.MISSING) from error

    def mismatch(self, row: Row, content: bytes) -> Problem | None:
        """What is wrong with the bytes of a built document, None where they are those that were built."""
        if is_of(row, content):
            return None
        if len(content) == row.bytes:
            return self._problem(row, "its bytes are not those that were built")
        return self._problem(
            row, f"is not the file that was built: {len(content)} bytes, the manifest says {row.bytes}"
        )

    def checked(self, row: Row) -> bytes:
        """The file of a built document; raises LeafletError as `content` does, and (1) where it is not that file."""
        content = self.content(row)
        if problem := self.mismatch(row, content):
            raise LeafletError([problem])
        return content

    def _problem(self, row: Row, text: str, hint: str = "") -> Problem:
        return Problem(Origin(f"{self.label}/{row.path}"), text, hint)


def is_of(row: Row, content: bytes) -> bool:
    """Whether these bytes are the file of a row."""
    return len(content) == row.bytes and hashlib.sha256(content).hexdigest() == row.sha256


def read_published(folder: Path, label: str) -> Published:
    """What a folder holds by its manifest.

    Raises LeafletError: (2) there is no manifest, (4) it can't be read, (1) it is none.
    """
    published = _read(folder, label)
    if published is None:
        hint = "build first, or name a folder that a build has made"
        raise LeafletError([Problem(_place(label), "there is no manifest", hint)], ExitCode.USAGE)
    return published


@dataclass(frozen=True, slots=True)
class Present:
    """The site of a manifest, all rows that it lists, and those whose files are as large as they say.

    `listed` is None where there is no manifest, or none that can be read: then `problems` says so.
    """

    site: str | None = None
    listed: Mapping[Document, Row] | None = None
    rows: dict[Document, Row] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_present(folder: Path, label: str, site: str | None = None) -> Present:
    """What is in a folder, by the sizes of its files alone.

    Raises LeafletError (exit code 2) where it belongs to another site.
    """
    try:
        published = _read(folder, label)
    except LeafletError:
        text = "the manifest of the earlier build can't be read; a new one takes its place"
        return Present(problems=(Problem(_place(label), text, severity="warning"),))
    if published is None:
        return Present()
    if site is not None:
        refuse_other(published.site, site, _place(label))
    there = {
        document: row
        for document, row in published.rows.items()
        if row.path is None or size_of(f"{folder}/{row.path}") == row.bytes
    }
    return Present(published.site, published.rows, there)


def refuse_other(owner: str, site: str, place: Origin) -> None:
    """Raise LeafletError (exit code 2) where a folder belongs to another site."""
    if owner != site:
        text = f'this folder belongs to the site "{owner}", not "{site}"'
        raise LeafletError([Problem(place, text, "name another folder with --output")], ExitCode.USAGE)


def _read(folder: Path, label: str) -> Published | None:
    """What a folder holds by its manifest, None where there is none; raises LeafletError as `read_published` does."""
    try:
        manifest = read_file(folder / MANIFEST, MOST_OF_A_LIST)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise LeafletError([Problem(_place(label), f"can't be read: {error.strerror}")], ExitCode.MISSING) from error
    try:
        site, rows = load(manifest.decode())
    except ValueError as error:
        text = "can't be read: this is no manifest of this version"
        raise LeafletError([Problem(_place(label), text, "the next build makes a new one")]) from error
    return Published(folder, label, site, rows, manifest)


def _place(label: str) -> Origin:
    return Origin(f"{label}/{MANIFEST}")
