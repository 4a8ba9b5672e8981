"""The folders that are compared: what each publishes, and which of its files are missing or not those it lists."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from leafletpress.model.document import Document
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.folder import Published, read_published
from leafletpress.publish.manifest import Row


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the two folders; the files of `broken` documents are missing or not theirs, and `problems` says so.

    `published` is None where the folder has no manifest that can be read.
    """

    label: str
    published: Published | None
    broken: frozenset[Document]
    problems: tuple[Problem, ...]

    @property
    def site(self) -> str:
        """The site that the folder belongs to, "" where it is unknown."""
        return self.published.site if self.published else ""

    @property
    def rows(self) -> Mapping[Document, Row]:
        """All that the folder lists, broken or not."""
        return self.published.rows if self.published else {}

    def content(self, document: Document) -> bytes:
        """The file of a built document; raises LeafletError where it is gone meanwhile."""
        assert self.published
        return self.published.content(self.rows[document])


def read_compared(folder: Path, label: str) -> Compared:
    """Read a folder's manifest and every file that it lists; raises LeafletError (exit code 2) where there is none."""
    if not folder.is_dir():
        text = "there is no such folder"
        raise LeafletError([Problem(Origin(label), text, "name a folder with a manifest.json")], ExitCode.USAGE)
    try:
        published = read_published(folder, label)
    except LeafletError as error:
        return Compared(label, None, frozenset(), error.problems)
    wrong: dict[Document, tuple[Problem, ...]] = {}
    for document, row in published.rows.items():
        try:
            if row.path is not None:
                published.checked(row)
        except LeafletError as error:
            wrong[document] = error.problems
    problems = tuple(problem for found in wrong.values() for problem in found)
    return Compared(label, published, frozenset(wrong), problems)
