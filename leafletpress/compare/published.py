"""An output folder as it was published: its manifest, and that each file it lists is there and whole."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from leafletpress.model.document import Document
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import MANIFEST
from leafletpress.publish.manifest import Row, load


@dataclass(frozen=True, slots=True)
class Published:
    """What a folder holds; the rows of `broken` documents tell of files that are missing or not theirs.

    A folder whose manifest can't be read is not `readable`.
    """

    folder: Path
    shown: str
    site: str
    rows: Mapping[Document, Row]
    broken: frozenset[Document]
    problems: tuple[Problem, ...]
    readable: bool = True

    def content(self, document: Document) -> bytes:
        """The file of a built document."""
        return _inside(self.folder, self.rows[document]).read_bytes()


def read_published(folder: Path, shown: str) -> Published:
    """Read a folder's manifest and every file that it lists; raises LeafletError (exit code 2) where there is none."""
    if not folder.is_dir():
        said = "there is no such folder"
        raise LeafletError([Problem(Origin(shown), said, "name a folder with a manifest.json")], ExitCode.USAGE)
    place = Origin(f"{shown}/{MANIFEST}")
    try:
        site, rows = load((folder / MANIFEST).read_text(encoding="utf-8"))
        if not all(map(_is_text, rows.values())):
            raise ValueError("a row that is none")
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a manifest of this version"
        unreadable = Problem(place, f"can't be read: {why}", "build the folder again")
        return Published(folder, shown, "", {}, frozenset(), (unreadable,), readable=False)
    faults = {row.document: fault for row in rows.values() for fault in _faults(folder, shown, row)}
    return Published(folder, shown, site, rows, frozenset(faults), tuple(faults.values()))


def _is_text(row: Row) -> bool:
    document = row.document
    names = (document.condition, document.locale, document.audience, document.edition, document.format)
    return all(isinstance(name, str) for name in (*names, row.version, row.status))


def _inside(folder: Path, row: Row) -> Path:
    """Where a file stands; raises ValueError where that is outside the folder."""
    path = (folder / (row.path or "")).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ValueError("outside the folder")
    return path


def _faults(folder: Path, shown: str, row: Row) -> Iterator[Problem]:
    """What is wrong with the file of a row; a withheld document has none."""
    if row.path is None:
        return
    place = Origin(f"{shown}/{row.path}")
    try:
        with _inside(folder, row).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        yield Problem(place, f"listed in the manifest, but can't be read: {why}")
        return
    if digest != row.sha256:
        yield Problem(place, "not the file that the manifest lists: its SHA-256 differs", "build the folder again")
