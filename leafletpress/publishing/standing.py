"""What an output folder holds: the rows of its manifest whose files are there."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path

from leafletpress.errors import ExitCode, LeafletError, Origin, Problem
from leafletpress.publishing.files import MANIFEST, size_of
from leafletpress.publishing.manifest import Document, Row, load


@dataclass(frozen=True, slots=True)
class Standing:
    """The site of a manifest, and its rows whose files are as large as they say.

    `listed` is the digest of the manifest as it stands, None where there is none; `problems` tells why there are no
    rows, if there should be some.
    """

    site: str | None = None
    rows: dict[Document, Row] = field(default_factory=dict)
    listed: bytes | None = None
    problems: tuple[Problem, ...] = ()


def read_standing(folder: Path, shown: str, site: str | None = None) -> Standing:
    """What stands in a folder; raises LeafletError (exit code 2) where it belongs to another site."""
    place, listed = Origin(f"{shown}/{MANIFEST}"), None
    try:
        text = (folder / MANIFEST).read_bytes()
        listed = digest(text)
        owner, rows = load(text.decode())
    except (FileNotFoundError, NotADirectoryError):
        return Standing()
    except (OSError, ValueError, KeyError, TypeError):
        said = "the manifest of the earlier build can't be read; a new one takes its place"
        return Standing(listed=listed, problems=(Problem(place, said, severity="warning"),))
    if site is not None:
        refuse_other(owner, site, place)
    there = {
        document: row
        for document, row in rows.items()
        if row.path is None or size_of(f"{folder}/{row.path}") == row.bytes
    }
    return Standing(owner, there, listed)


def refuse_other(owner: str, site: str, place: Origin) -> None:
    """Raise LeafletError (exit code 2) where a folder belongs to another site."""
    if owner != site:
        hint = "name another folder with --output"
        raise LeafletError(
            [Problem(place, f'this folder belongs to the site "{owner}", not "{site}"', hint)], ExitCode.USAGE
        )


def digest(content: bytes) -> bytes:
    """What tells one manifest from another."""
    return hashlib.sha256(content).digest()
