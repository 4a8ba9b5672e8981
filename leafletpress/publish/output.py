"""Publishes documents: what a build made goes into place in one step at its end, and the manifest is never wrong."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from leafletpress.disk import MOST_OF_A_DOCUMENT, NotOwnError, read_file
from leafletpress.model.document import Document
from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import MANIFEST, flush_folder, holds, put, refuse_links, unwritable, writing
from leafletpress.publish.folder import is_of, read_present, refuse_other
from leafletpress.publish.journal import Change, Journal
from leafletpress.publish.manifest import UNMADE, BuiltFor, Row, about, dump
from leafletpress.publish.unlisted import Unlisted


class Output:
    """An output folder while a build publishes into it; whoever opens it holds its lock.

    New files wait aside until `close`. Then the manifest loses the rows that are about to change, the files take their
    places, and the manifest gets their rows: at every moment, what it lists is there and right. What a build that was
    cut off had ready is put into place when the folder is opened again.

    Rows of documents that this build does not touch are kept; those of others say what it is for (`built_for`). Raises
    LeafletError (exit code 4) where the folder can't be written, (2) where it belongs to another site.
    """

    def __init__(self, folder: Path, label: str, site: str, built_for: BuiltFor = "draft") -> None:
        self._folder, self._label, self._site, self._built_for = folder, label, site, built_for
        earlier = read_present(folder, label, site)
        self._rows, self._listed, self.problems = earlier.rows, earlier.listed, list(earlier.problems)
        self._journal, self._unlisted = Journal(folder, site), Unlisted(folder)
        with writing(label):
            self._finish_earlier()
            self._rotten = self._find_rotten() if built_for == "release" else set()
            self._journal.begin()

    @property
    def rows(self) -> Mapping[Document, Row]:
        """The documents of the manifest whose files are there, as large as they should be; in a release, unchanged."""
        return {one: row for one, row in self._rows.items() if one not in self._rotten}

    def _finish_earlier(self) -> None:
        """Put into place what a build that was cut off had ready."""
        try:
            found = self._journal.earlier()
        except NotOwnError:
            self._warn("others can write what an earlier build left unfinished: it is not believed, but made again")
            return
        if found is None:
            return
        refuse_other(found.site, self._site, Origin(self._label))
        if found.changes:
            self._carry_out(found.changes)
            text = f"of {len(found.changes)} documents, what it had ready is published now"
            self._warn(f"an earlier build was cut off; {text}")
        if found.damaged:
            self._warn(f"{found.damaged} documents that an earlier build had ready are damaged; they are made again")

    def _find_rotten(self) -> set[Document]:
        """The documents whose files are not those that were built, though as large."""
        rotten = {one for one, row in self._rows.items() if row.path and not self._row_in_place(row)}
        if first := min((one.path for one in rotten), default=""):
            text = f"{len(rotten)} files are not those that were built; they are made again, or leave the folder"
            self._warn(f"{text}; first: {first}")
        return rotten

    def _warn(self, text: str, hint: str = "") -> None:
        self.problems.append(Problem(Origin(self._label), text, hint, "warning"))

    def publish(self, document: Document, handout: Handout, content: bytes, *, listed: bool = True) -> Row:
        """Have a document's file published; what is not `listed` in the manifest goes no further than the folder."""
        row = Row(
            path=document.path,
            sha256=hashlib.sha256(content).hexdigest(),
            sha1=hashlib.sha1(content, usedforsecurity=False).hexdigest(),
            bytes=len(content),
            pages=sides(content) if document.format == "pdf" else None,
            state="built",
            reason=None,
            built_for=self._built_for,
            **about(document, handout),
        )
        with writing(f"{self._label}/{document.path}"):
            if not holds(self._place(document), content):
                self._journal.add(document, content, row if listed else None)
            elif listed:
                self._rows[document] = row
        if listed:
            self._unlisted.drop(document)
        else:
            self._unlisted.add(document, row.sha256 or "")
        return row

    def withhold(self, document: Document, handout: Handout, reason: str) -> Row:
        """Keep a document from the public: an older file of it leaves the folder."""
        return self._withhold(document, about(document, handout), reason)

    def withhold_unread(self, document: Document, reason: str) -> Row:
        """As `withhold`, where the sources can't be read: what is known of it is what was published last."""
        earlier = self._rows.get(document)
        known = asdict(earlier) if earlier else {"code": "", "version": "", "status": "draft", **asdict(document)}
        return self._withhold(document, known, reason)

    def _withhold(self, document: Document, known: Mapping[str, Any], reason: str) -> Row:
        gone = {"path": None, "sha256": None, "bytes": None, "pages": None, "sha1": ""}
        row = Row(**{**known, **gone, "state": "withheld", "reason": reason, "built_for": self._built_for})
        with writing(f"{self._label}/{document.path}"):
            if self._rows.get(document) != row or self._place(document).exists():
                self._journal.add(document, None, row)
        return row

    def keep(self, documents: Iterable[Document]) -> None:
        """Leave documents as they are, for this build found them up to date."""
        for document in documents:
            if (row := self._rows.get(document)) and row.built_for != self._built_for:
                self._rows[document] = replace(row, built_for=self._built_for)

    def retire(self, made: Callable[[Document], bool], *, prune: bool, release: bool) -> None:
        """Withdraw or remove the documents that the project no longer makes, or report them.

        A `release` takes them out of the folder, and keeps of those that one had published a row: they are withdrawn.
        With `prune` they leave it too, with what builds wrote and no manifest lists. Else they stay.
        """
        gone = {one: row for one, row in self._rows.items() if not made(one)}
        files = {one for one, row in gone.items() if row.path}
        kept = [one for one, row in gone.items() if release and row.is_on_record]
        unlisted = {one for one in self._unlisted.documents() if not made(one)} if prune else set()
        leaving = unlisted | (files if release or prune else set())
        for document in sorted(leaving.difference(kept), key=lambda document: document.path):
            self._remove(document)
        for document in kept:
            row = gone[document]
            self._withhold(document, {**asdict(row), "status": "withdrawn"}, row.reason or UNMADE)
        for document in gone.keys() - files.union(kept):
            if prune or gone[document].status != "withdrawn":
                del self._rows[document]
        if told := {one.path for one in files | leaving}:
            become = "leave the folder" if leaving else "are still published"
            text = f"{len(told)} documents that the project no longer makes {become}; first: {min(told)}"
            self._warn(text, "" if leaving else "build --prune removes their files")

    def leave_drafts(self) -> None:
        """Take out of the folder what no release looked at: what it lists after a release, releases let through."""
        for document in self._rows.keys() - self._journal.changes.keys():
            if self._rows[document].built_for != "release" or document in self._rotten:
                self._remove(document)

    def _remove(self, document: Document) -> None:
        """Have a document leave the folder, and the manifest."""
        with writing(f"{self._label}/{document.path}"):
            self._journal.add(document, None, None)
        row = self._rows.pop(document, None)
        if row and row.sha256:
            self._unlisted.add(document, row.sha256)

    def close(self) -> None:
        """Put all into place, and write the manifest. Raises LeafletError (exit code 4) with each file that fails."""
        with writing(f"{self._label}/{MANIFEST}"):
            self._carry_out(self._journal.changes)
            self._journal.end()
        self._rotten = set()

    def _carry_out(self, changes: Mapping[Document, Change]) -> None:
        """Take the rows that change out of the manifest, put the files in their places, and list them.

        It may be done again from the beginning, wherever it broke off. Where a file can't take its place, the
        earlier one stays, with its row, and the others are not affected.
        """
        failed: list[Problem] = []
        if changes:
            self._journal.flush()
            earlier = {document: self._rows.pop(document) for document in changes if document in self._rows}
            if self._listed is not None:
                self._write_manifest()
            for change in changes.values():
                document = change.document
                try:
                    moved = self._move(change)
                except OSError as error:
                    failed.append(unwritable(f"{self._label}/{document.path}", error))
                    row = earlier.get(document) if change.aside else change.row
                else:
                    row = change.row if moved else self._row_in_place(change.row, earlier.get(document))
                if row:
                    self._rows[document] = row
            for folder in self._folders(changes):
                flush_folder(folder)
        self._write_manifest()
        if failed:
            self._journal.end()
            raise LeafletError(failed, ExitCode.MISSING)

    def _move(self, change: Change) -> bool:
        """Bring one document into its place, or out of it; whether there was something to bring."""
        path = self._place(change.document)
        if change.aside is None:
            path.unlink(missing_ok=True)
            self._unlisted.drop(change.document)
            with suppress(OSError):  # other documents are in there
                path.parent.rmdir()
                path.parent.parent.rmdir()
            return True
        aside = self._journal.folder / change.aside
        if not aside.is_file() or aside.is_symlink():
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.replace(path)
        return True

    def _row_in_place(self, *rows: Row | None) -> Row | None:
        """The row of the file that is in its place: it was moved before a build was cut off, or it never was."""
        for row in filter(None, rows):
            with suppress(OSError):
                if is_of(row, read_file(self._place(row.document), MOST_OF_A_DOCUMENT)):
                    return row
        return None

    def _place(self, document: Document) -> Path:
        """Where a document's file is or will be. Raises OSError where that may be outside of the folder."""
        path = self._folder / document.path
        refuse_links(self._folder, path)
        return path

    def _folders(self, changes: Iterable[Document]) -> list[Path]:
        """The folders that are there, and hold files that changed or folders that are new."""
        places = {(self._folder / document.path).parent for document in changes}
        places |= {self._folder, *(place.parent for place in places)}
        return [place for place in sorted(places) if place.is_dir()]

    def _write_manifest(self) -> None:
        self._unlisted.write()
        if self._rows != self._listed:
            text = dump(self._site, self._rows.values()).encode()
            put(self._folder / MANIFEST, text, aside=self._journal.folder / MANIFEST)
            self._listed = dict(self._rows)


def sides(content: bytes) -> int:
    """The sides of paper that a PDF takes."""
    import pypdfium2  # when there is a PDF: a build with nothing to do begins without it

    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()
