"""What a build has ready and not yet in place: the files, and a list of what is to become of each document."""

import json
import os
import re
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from leafletpress.disk import parse_json, read_file
from leafletpress.model.document import Document, document_at
from leafletpress.publish.files import MOST_OF_A_LIST, OWN_FOLDER, flush_folder, write_flushed
from leafletpress.publish.manifest import Row, parse_row, row_json

_LIST = "journal"
_ASIDE = re.compile(r"[0-9]+\.[a-z0-9]+")  # how new files are called while they wait


@dataclass(frozen=True, slots=True)
class Change:
    """What is to become of a document.

    `aside` is the name under which its new file waits; None when the document leaves the folder. `row` is its row in
    the manifest; None when it gets none.
    """

    document: Document
    aside: str | None
    row: Row | None


class Journal:
    """The changes of one build. They outlive its process: the next one finds them, and finishes the work."""

    def __init__(self, output: Path, site: str) -> None:
        self.folder = output / OWN_FOLDER / "unfinished"
        self._site = site
        self.changes: dict[Document, Change] = {}

    def earlier(self) -> tuple[str, dict[Document, Change]] | None:
        """The site and the changes of a build that was cut off, if there is one."""
        try:
            content = read_file(self.folder / _LIST, MOST_OF_A_LIST)
            head, *lines = content.decode("utf-8", "replace").split("\n")
            site = str(parse_json(head)["site"])
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return site, {change.document: change for change in map(_parse, lines) if change}

    def begin(self) -> None:
        """Begin anew: nothing waits. Raises OSError where the folder can't be written."""
        self.end()
        self.folder.mkdir(parents=True)
        (self.folder / _LIST).write_text(json.dumps({"site": self._site}), encoding="utf-8")

    def add(self, document: Document, content: bytes | None, row: Row | None) -> None:
        """Keep a new file (None: the document leaves) until the changes are carried out. Raises OSError."""
        aside = None if content is None else f"{len(self.changes)}.{document.format}"
        line = json.dumps({"path": document.path, "aside": aside, "row": row and json.loads(row_json(row))})
        try:
            if aside is not None and content is not None:
                write_flushed(self.folder / aside, content)
            # A line begins with its end of line: what was cut off before it spoils no other.
            with (self.folder / _LIST).open("ab") as file:
                file.write(f"\n{line}".encode())
        except OSError:
            if aside is not None:
                with suppress(OSError):  # on a full disk, the files before it need the room for their manifest
                    (self.folder / aside).unlink()
            raise
        self.changes[document] = Change(document, aside, row)

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


def _parse(line: str) -> Change | None:
    """A line of the list; None for one that was cut off."""
    try:
        content = parse_json(line)
        document = document_at(content["path"])
        row = content["row"] and parse_row(content["row"])
        aside = content["aside"]
        if aside is not None and not _ASIDE.fullmatch(aside):
            return None
    except (ValueError, KeyError, TypeError):
        return None
    return Change(document, aside, row) if document else None
