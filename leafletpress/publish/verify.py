"""Looks whether an output folder is what its manifest says, and whether every link in it leads somewhere."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, normpath
from urllib.parse import unquote, urlsplit

from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import MANIFEST, documents_below
from leafletpress.publish.journal import Journal
from leafletpress.publish.links import Links, links_of
from leafletpress.publish.lock import holder
from leafletpress.publish.manifest import Row, load

_SCHEMES = ("https", "http", "tel", "mailto")


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files and links were looked at, and what is wrong."""

    files: int
    links: int
    problems: tuple[Problem, ...]


def verify(folder: Path, shown: str) -> Verified:
    """Everything that is wrong in an output folder. It is only read, and no network is used.

    Raises LeafletError: (2) there is no manifest, (4) the folder can't be read or a build is at work in it, (1) the
    manifest is none.
    """
    text = _manifest(folder, shown)
    built = {row.path: row for row in _rows(text, shown) if row.path is not None}
    verifying = _Verifying(folder, shown, built)
    problems = [*_unfinished(folder, shown), *_without_row(folder, shown, built)]
    for path in sorted(built):
        problems.extend(verifying.file(path))
    if _manifest(folder, shown) != text:
        raise _refused(shown, "a build changed this folder meanwhile", "verify again", ExitCode.MISSING)
    return Verified(len(built), verifying.links, tuple(sorted(problems, key=lambda problem: problem.origin)))


def _manifest(folder: Path, shown: str) -> bytes:
    """The manifest's text, while no build is at work."""
    if who := holder(folder):
        raise _refused(shown, f"a build is at work in this folder: {who}", "wait for it, or stop it", ExitCode.MISSING)
    try:
        return (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        hint = "name an output folder that a build has made"
        raise _refused(f"{shown}/{MANIFEST}", "there is no manifest", hint, ExitCode.USAGE) from error
    except OSError as error:
        raise _refused(f"{shown}/{MANIFEST}", f"can't be read: {error.strerror}", "", ExitCode.MISSING) from error


def _rows(text: bytes, shown: str) -> list[Row]:
    try:
        return list(load(text.decode())[1].values())
    except (ValueError, KeyError, TypeError) as error:
        hint = "the next build makes a new one"
        raise _refused(f"{shown}/{MANIFEST}", "this is no manifest", hint, ExitCode.CONTENT) from error


def _refused(shown: str, said: str, hint: str, code: ExitCode) -> LeafletError:
    return LeafletError([Problem(Origin(shown), said, hint)], code)


def _unfinished(folder: Path, shown: str) -> Iterator[Problem]:
    found = Journal(folder, "").earlier()
    if found and found[1]:
        said = f"a build was cut off; {len(found[1])} documents wait for their places"
        yield Problem(Origin(shown), said, "the next build finishes the work")


def _without_row(folder: Path, shown: str, built: Mapping[str, Row]) -> Iterator[Problem]:
    for path in documents_below(folder):
        if path not in built:
            said = "lies here without a row in the manifest"
            yield Problem(Origin(f"{shown}/{path}"), said, "build --prune removes documents that no source makes")


class _Verifying:
    """One look over the files of a folder."""

    def __init__(self, folder: Path, shown: str, built: Mapping[str, Row]) -> None:
        self._folder, self._shown, self._built = folder, shown, built
        self._anchors = lru_cache(1000)(self._read_anchors)
        self.links = 0

    def file(self, path: str) -> Iterator[Problem]:
        """What is wrong with a file that has a row."""
        row, place = self._built[path], Origin(f"{self._shown}/{path}")
        try:
            content = (self._folder / path).read_bytes()
        except FileNotFoundError:
            yield Problem(place, "is missing", "build again")
            return
        except OSError as error:
            yield Problem(place, f"can't be read: {error.strerror}")
            return
        if (len(content), hashlib.sha256(content).hexdigest()) != (row.bytes, row.sha256):
            said = f"is not the file that was built: {len(content)} bytes, the manifest says {row.bytes}"
            yield Problem(place, said if len(content) != row.bytes else "its bytes are not those that were built")
        try:
            links = links_of(row.format, content)
        except ValueError as error:
            yield Problem(place, f"can't be opened as {row.format}: {error}")
            return
        if links.pages != row.pages:
            yield Problem(place, f"has {links.pages} pages, the manifest says {row.pages}")
        self.links += len(links.addresses)
        for address in links.addresses:
            if wrong := self._wrong(path, address, links):
                shortened = address if len(address) <= 80 else f"{address[:79]}…"
                yield Problem(place, f'the link "{shortened}" {wrong}')

    def _wrong(self, path: str, address: str, links: Links) -> str | None:
        """What is wrong with a link; None when it leads somewhere."""
        try:
            parts = urlsplit(address.strip())
        except ValueError:
            return "is no address"
        if parts.scheme or parts.netloc:
            allowed = parts.scheme in _SCHEMES or address.startswith("data:image/")
            return None if allowed else f"is of a kind that leaflets do not have; allowed: {', '.join(_SCHEMES)}"
        anchor = unquote(parts.fragment)
        if not parts.path:
            return None if anchor in links.anchors else "leads to a place that is not in this file"
        target = normpath(f"{dirname(path)}/{unquote(parts.path)}")
        if parts.path.startswith("/") or target.startswith(".."):
            return "leads out of the folder"
        if target not in self._built:
            lies = (self._folder / target).exists()
            return "leads to a file that is not published" if lies else "leads to a file that is not there"
        if anchor and anchor not in self._anchors(target):
            return "leads to a place that is not in that file"
        return None

    def _read_anchors(self, path: str) -> frozenset[str]:
        """The places in a file that can be linked to; none where it can't be opened, which its own turn tells."""
        try:
            return links_of(self._built[path].format, (self._folder / path).read_bytes()).anchors
        except (OSError, ValueError):
            return frozenset()
