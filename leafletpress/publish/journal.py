"""What a build has ready and not yet in place: the files, and a list of what is to become of each document."""

import hashlib
import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leafletpress.disk import MOST_OF_A_DOCUMENT, NotOwnError, parse_json, read_file, read_own
from leafletpress.model.document import Document, document_at
from leafletpress.publish.files import MOST_OF_A_LIST, OWN_FOLDER, flush_folder, own_folder, write_flushed
from leafletpress.publish.manifest import Row, parse_row, row_json

_LIST = "journal"
_ASIDE = re.compile(r"[0-9]+\.[a-z0-9]+")  # how new files are called while they wait


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a document.

    `aside` is the name under which its new file waits; None when the document leaves the folder. `row` is its row in
    the manifest; None when it gets none. `sha256` is the digest of the new file.
    """

    document: Document
    aside: str | None
    row: Row | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class Found:
    """What a build left that was cut off: its site, its changes, and how many of them are damaged."""

    site: str
    changes: dict[Document, Change]
    damaged: int


class Journal:
    """The changes of one build. They outlive its process: the next one finds them, and finishes the work."""

    def __init__(self, output: Path, site: str) -> None:
        self.folder = output / OWN_FOLDER / "unfinished"
        self._site = site
        self.changes: dict[Document, Change] = {}

    def earlier(self) -> Found | None:
        """What a build left that was cut off, if there is any; raises NotOwnError where others could write it.

        A line is damaged that is not as it was written, but for the last, which may have been cut off; and so is a
        change whose new file is not.
        """
        try:
            content = read_own(self.folder / _LIST, MOST_OF_A_LIST)
            head, *lines = content.decode("utf-8", "replace").split("\n")
            site = str(parse_json(head)["site"])
        except NotOwnError:
            raise
        except (OSError, ValueError, KeyError, TypeError):
            return None
        read = [_parse(line) for line in lines]
        changes = {change.document: change for change in read if change}
        damaged = [document for document, change in changes.items() if self._is_damaged(change)]
        for document in damaged:
            del changes[document]
        return Found(site, changes, len(damaged) + read[:-1].count(None))

    def _is_damaged(self, change: Change) -> bool:
        """Whether the new file of a change is there, and is not as it was written."""
        if change.aside is None:
            return False
        try:
            content = read_file(self.folder / change.aside, MOST_OF_A_DOCUMENT)
        except FileNotFoundError:  # it is in its place already
            return False
        except OSError:
            return True
        return hashlib.sha256(content).hexdigest() != change.sha256

    def begin(self) -> None:
        """Begin anew: nothing waits. Raises OSError where the folder can't be written."""
        self.end()
        own_folder(self.folder.parent)
        own_folder(self.folder)
        write_flushed(self.folder / _LIST, json.dumps({"site": self._site}).encode(), own=True)

    def add(self, document: Document, content: bytes | None, row: Row | None) -> None:
        """Keep a new file (None: the document leaves) until the changes are carried out. Raises OSError."""
        aside = None if content is None else f"{len(self.changes)}.{document.format}"
        digest = None if content is None else hashlib.sha256(content).hexdigest()
        known = {"path": document.path, "aside": aside, "sha256": digest, "row": row and json.loads(row_json(row))}
        line = json.dumps(known)
        try:
            if aside is not None and content is not None:
                write_flushed(self.folder / aside, content)
            # A line begins with its end of line: what was cut off before it spoils no other.
            with (self.folder / _LIST).open("ab") as file:
                file.write(f"\n{seal(line)} {line}".encode())
        except OSError:
            if aside is not None:
                with suppress(OSError):  # on a full disk, the files before it need the room for their manifest
                    (self.folder / aside).unlink()
            raise
        self.changes[document] = Change(document, aside, row, digest)

    def flush(self) -> None:
        """Bring the list and the names of the files to the disk. Raises OSError."""
        with (self.folder / _LIST).open("ab") as file:
            os.fsync(file.fileno())
        for folder in (self.folder, self.folder.parent):
            flush_folder(folder)

    def end(self) -> None:
        """Forget what was waiting: it is in place, or of no use. Raises OSError."""
        self.changes = {}
        if self.folder.exists():
            # The list goes first: else it could name files that are gone already.
            (self.folder / _LIST).unlink(missing_ok=True)
            flush_folder(self.folder)
            shutil.rmtree(self.folder)


def seal(line: str) -> str:
    """What a line begins with: its digest, by which one that was cut off or changed is known."""
    return hashlib.sha256(line.encode()).hexdigest()


def _parse(line: str) -> Change | None:
    """A line of the list; None for one that is not as it was written."""
    written, _, text = line.partition(" ")
    if written != seal(text):
        return None
    try:
        content = parse_json(text)
        document = document_at(content["path"])
        row = content["row"] and parse_row(content["row"])
        aside = content["aside"]
        if aside is not None and not _ASIDE.fullmatch(aside):
            return None
    except (ValueError, KeyError, TypeError):
        return None
    return Change(document, aside, row, content.get("sha256")) if document else None
