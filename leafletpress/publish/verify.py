"""Checks that an output folder is what its manifest says, and that every link in it leads somewhere."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

from leafletpress.disk import NotOwnError, read_file
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.model.text.excerpt import excerpt
from leafletpress.publish.agreement import disagreements
from leafletpress.publish.beside import is_beside, leading_to, links_beside, of_other_files, there
from leafletpress.publish.entries import is_made_of, listed
from leafletpress.publish.files import INDEX, MANIFEST, MOST_OF_A_LIST, documents_below
from leafletpress.publish.folder import Published, read_published
from leafletpress.publish.journal import Journal
from leafletpress.publish.links import Links, links_of
from leafletpress.publish.lock import holder
from leafletpress.publish.manifest import Row

_SCHEMES = ("https", "http", "tel", "mailto")
_NO_LINKS = Links((), frozenset())


@dataclass(frozen=True, slots=True)
class Verified:
    """How many files and links were checked, and what is wrong."""

    files: int
    links: int
    problems: tuple[Problem, ...]


def verify(folder: Path, label: str) -> Verified:
    """Everything that is wrong in an output folder. It is only read, and no network is used.

    Raises LeafletError: (2) there is no manifest, (4) the folder can't be read or a build is at work in it, (1) the
    manifest is none.
    """
    published = _at_rest(folder, label)
    verifying = _Verifying(published)
    problems = [*_unfinished(folder, label), *_without_row(folder, label, verifying.built)]
    for path in sorted(verifying.built):
        problems.extend(verifying.file(path))
    problems.extend(verifying.index())
    problems.extend(verifying.beside())
    problems.extend(disagreements(published.rows.values(), label))
    if _at_rest(folder, label).manifest != published.manifest:
        raise _refused(label, "a build changed this folder meanwhile", "verify again")
    return Verified(len(verifying.built), verifying.links, tuple(sorted(problems, key=lambda problem: problem.origin)))


def _at_rest(folder: Path, label: str) -> Published:
    """What is published, while no build is at work."""
    if who := holder(folder):
        raise _refused(label, f"a build is at work in this folder: {who}", "wait for it, or stop it")
    return read_published(folder, label)


def _refused(label: str, text: str, hint: str) -> LeafletError:
    return LeafletError([Problem(Origin(label), text, hint)], ExitCode.MISSING)


def _unfinished(folder: Path, label: str) -> Iterator[Problem]:
    try:
        found = Journal(folder, "").earlier()
    except NotOwnError:
        yield Problem(Origin(label), "a build was cut off; others can write what it left", "build again")
        return
    if found and found.changes:
        text = f"a build was cut off; {len(found.changes)} documents wait for their places"
        yield Problem(Origin(label), text, "the next build finishes the work")


def _without_row(folder: Path, label: str, built: Mapping[str, Row]) -> Iterator[Problem]:
    for path in documents_below(folder):
        if path not in built and path != INDEX and not is_beside(path):
            text = "lies here without a row in the manifest"
            yield Problem(
                Origin(f"{label}/{path}"),
                text,
                "build --prune removes it where a build wrote it that makes it no more",
            )


class _Verifying:
    """One check of the files of a folder."""

    def __init__(self, published: Published) -> None:
        self._published = published
        self.built = {row.path: row for row in published.rows.values() if row.path is not None}
        self._beside = dict.fromkeys(there(published.folder))
        self._anchors = lru_cache(1000)(self._read_anchors)
        self.links = 0

    def file(self, path: str) -> Iterator[Problem]:
        """What is wrong with a file that has a row."""
        row, place = self.built[path], Origin(f"{self._published.label}/{path}")
        try:
            content = self._published.content(row)
        except LeafletError as error:
            yield from error.problems
            return
        if problem := self._published.mismatch(row, content):
            yield problem
        elif row.sha1 and hashlib.sha1(content, usedforsecurity=False).hexdigest() != row.sha1:
            yield Problem(place, "the manifest gives another SHA-1 of it", "build again")
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
                yield Problem(place, f'the link "{excerpt(address)}" {wrong}')

    def index(self) -> Iterator[Problem]:
        """What is wrong with the page that finds leaflets: its links, those that its script makes among them.

        A folder of an earlier program has none.
        """
        place, hint = Origin(f"{self._published.label}/{INDEX}"), "build again"
        try:
            content = read_file(self._published.folder / INDEX, MOST_OF_A_LIST)
            links, addresses = links_of("html", content), dict.fromkeys(listed(content))
        except FileNotFoundError:
            return
        except (OSError, ValueError) as error:
            yield Problem(place, f"can't be read: {error}", hint)
            return
        if not is_made_of(content, self._published.manifest):
            yield Problem(place, "is not of this manifest", hint)
        every = dict.fromkeys((*links.addresses, *addresses))
        self.links += len(every)
        for address in every:
            if address != MANIFEST and (wrong := self._wrong(INDEX, address, links)):
                yield Problem(place, f'the link "{excerpt(address)}" {wrong}', hint)
        if unlisted := self.built.keys() - addresses.keys():
            text = f"does not list {len(unlisted)} documents of the manifest; first: {min(unlisted)}"
            yield Problem(place, text, hint)

    def beside(self) -> Iterator[Problem]:
        """What is wrong with what stands beside documents: its links, and what of the manifest is not in it.

        A folder of an earlier program has nothing there.
        """
        hint = "verify --repair makes it again"
        for path in self._beside:
            place = Origin(f"{self._published.label}/{path}")
            try:
                content = read_file(self._published.folder / path, MOST_OF_A_LIST)
                links, others = links_beside(path, content), list(of_other_files(path, content, self.built))
            except (OSError, ValueError) as error:
                yield Problem(place, f"can't be read: {error}", hint)
                continue
            self.links += len(links.addresses)
            for address in links.addresses:
                if wrong := self._wrong(path, address, links):
                    yield Problem(place, f'the link "{excerpt(address)}" {wrong}', hint)
            yield from (
                Problem(place, f"gives another checksum of {other} than the manifest", hint) for other in others
            )
        site, rows = self._published.site, self.built.values() if self._beside else ()
        wanted = {address: row for row in rows for address in leading_to(row, site)}
        for address, row in wanted.items():
            if wrong := self._wrong(INDEX, address, _NO_LINKS):
                text = f'nothing leads to {row.path} there: "{excerpt(address)}" {wrong}'
                yield Problem(Origin(f"{self._published.label}/{address.partition('#')[0]}"), text, hint)

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
        target = normpath(join(dirname(path), unquote(parts.path)))
        if parts.path.startswith("/") or target.startswith(".."):
            return "leads out of the folder"
        if target not in self.built and target not in self._beside and target != INDEX:
            lies = (self._published.folder / target).exists()
            return "leads to a file that is not published" if lies else "leads to a file that is not there"
        if anchor and anchor not in self._anchors(target):
            return "leads to a place that is not in that file"
        return None

    def _read_anchors(self, path: str) -> frozenset[str]:
        """The places in a file that can be linked to; none where it can't be opened, which is reported by itself."""
        try:
            if row := self.built.get(path):
                return links_of(row.format, self._published.content(row)).anchors
            return links_beside(path, read_file(self._published.folder / path, MOST_OF_A_LIST)).anchors
        except (LeafletError, OSError, ValueError):
            return frozenset()
