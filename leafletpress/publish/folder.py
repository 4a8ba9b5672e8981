"""What an output folder holds: the rows of its manifest whose files are there."""

from dataclasses import dataclass, field
from pathlib import Path

from leafletpress.model.document import Document
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import MANIFEST, size_of
from leafletpress.publish.manifest import Row, load


@dataclass(frozen=True, slots=True)
class Standing:
    """The site of a manifest, all rows that it lists, and those whose files are as large as they say.

    `listed` is None where there is no manifest, or none that can be read: then `problems` says so.
    """

    site: str | None = None
    listed: dict[Document, Row] | None = None
    rows: dict[Document, Row] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def read_standing(folder: Path, shown: str, site: str | None = None) -> Standing:
    """What stands in a folder; raises LeafletError (exit code 2) where it belongs to another site."""
    place = Origin(f"{shown}/{MANIFEST}")
    try:
        owner, listed = load((folder / MANIFEST).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return Standing()
    except (OSError, ValueError, KeyError, TypeError):
        said = "the manifest of the earlier build can't be read; a new one takes its place"
        return Standing(problems=(Problem(place, said, severity="warning"),))
    if site is not None:
        refuse_other(owner, site, place)
    there = {
        document: row
        for document, row in listed.items()
        if row.path is None or size_of(f"{folder}/{row.path}") == row.bytes
    }
    return Standing(owner, listed, there)


def refuse_other(owner: str, site: str, place: Origin) -> None:
    """Raise LeafletError (exit code 2) where a folder belongs to another site."""
    if owner != site:
        said = f'this folder belongs to the site "{owner}", not "{site}"'
        raise LeafletError([Problem(place, said, "name another folder with --output")], ExitCode.USAGE)
