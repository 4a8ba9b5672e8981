"""Makes published files again that are no longer those that were built: the same bytes from the project, or none."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from leafletpress.build.freshness.cache import Cache
from leafletpress.build.index import write_index
from leafletpress.build.project import Project, Unit, Wanted, read_settings
from leafletpress.build.run import Build, Order, build
from leafletpress.disk import MOST_OF_A_DOCUMENT, read_file
from leafletpress.model.document import Document
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.publish.claim import refuse_foreign
from leafletpress.publish.files import OWN_FOLDER, put, refuse_links, writing
from leafletpress.publish.folder import Published, is_of, read_published
from leafletpress.publish.lock import Lock
from leafletpress.publish.manifest import Row
from leafletpress.publish.output import Output

_AGAIN = "build again, with --release for the public"


@dataclass(frozen=True, slots=True)
class Repaired:
    """What was done, a line each; and of the files that could not be made again, why. The latter are as they were."""

    done: tuple[str, ...]
    left: tuple[Problem, ...]


def repair(project: Project, folder: Path, label: str, lock: Lock, cache: Cache | None = None) -> Repaired:
    """Bring the files of an output folder back to what its manifest says; the manifest is taken for right.

    A file is put in place only if what the project makes today has exactly the bytes that the manifest names. Where all
    files are right, what a build that was cut off had ready is put into place, and the page that finds leaflets is made
    of the manifest as it is. Raises LeafletError: (2) there is no manifest, (4) another build is at work or the folder
    can't be read, (1) the manifest is none.
    """
    refuse_foreign(folder, label, project.root)
    published = read_published(folder, label)
    warned = lock.take()
    done, left = [str(problem) for problem in warned], list[Problem]()
    rows = {one: row for one, row in published.rows.items() if row.path and not _is_right(published, row)}
    with TemporaryDirectory() as aside:
        why = _make(project, rows, published.site, Path(aside) / "made", label, cache) if rows else {}
        for document, row in rows.items():
            place = f"{label}/{row.path}"
            try:
                _take(row, Path(aside) / "made", folder, label)
                done.append(f"{place}: made again, with the bytes that were built")
            except LeafletError as error:
                left += error.problems
            except _OtherBytesError as error:
                text = f"can't be made again as it was built: {why.get(document, error)}"
                left.append(Problem(Origin(place), text, _AGAIN))
    if not left:
        done += _finish(folder, label, published.site)
        try:
            done += _index(project, folder, label, published.site)
        except LeafletError as error:
            left += error.problems
    return Repaired(tuple(done), tuple(left))


class _OtherBytesError(Exception):
    """What the project makes is not what the manifest names."""


def _is_right(published: Published, row: Row) -> bool:
    try:
        published.checked(row)
    except LeafletError:
        return False
    return True


def _make(
    project: Project, rows: Iterable[Document], site: str, into: Path, label: str, cache: Cache | None
) -> Mapping[Document, str]:
    """Build documents, and maybe others, into a folder of their own; why some of them were not made."""
    try:
        units = read_settings(project.files(), Wanted(site=site)).units
        known = [one for one in rows if Unit(one.condition, one.locale) in units]
        gone = dict.fromkeys(rows, "the project no longer makes it") | dict.fromkeys(known, "")
        wanted = Wanted(
            conditions=_each(one.condition for one in known),
            locales=_each(one.locale for one in known),
            audiences=_each(one.audience for one in known),
            formats=_each(one.format for one in known),
            editions=_each(one.edition for one in known),
            site=site,
        )
        built = build(project, Order(wanted, into, label), cache=cache) if known else None
    except LeafletError as error:
        return dict.fromkeys(rows, str(error.problems[0]))
    return {one: why for one, why in {**gone, **dict(_failed(built))}.items() if why}


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _failed(built: Build | None) -> Iterator[tuple[Document, str]]:
    for outcome in built.outcomes if built else ():
        if outcome.row is None or outcome.row.path is None:
            reason = outcome.row.reason if outcome.row else str(next(iter(outcome.problems), ""))
            yield outcome.document, reason or "it was not made"


def _take(row: Row, made: Path, folder: Path, label: str) -> None:
    """Put a file in place; raises _OtherBytesError where it is not what was built, LeafletError where it can't go."""
    name = row.document.path
    try:
        content = read_file(made / name, MOST_OF_A_DOCUMENT)
    except OSError as error:
        raise _OtherBytesError("it was not made") from error
    if not is_of(row, content):
        raise _OtherBytesError("what it is made of has changed since, or the program has")
    with writing(f"{label}/{name}"):
        refuse_links(folder, folder / name)
        if (folder / name).is_symlink():
            (folder / name).unlink()
        put(folder / name, content, aside=folder / OWN_FOLDER / "repaired")


def _finish(folder: Path, label: str, site: str) -> Iterator[str]:
    """Put into place what a build that was cut off had ready."""
    output = Output(folder, label, site)
    output.close()
    yield from map(str, output.problems)


def _index(project: Project, folder: Path, label: str, site: str) -> Iterator[str]:
    for path in write_index(project, site, folder, label):
        yield f"{label}/{path}: made again of the manifest"
