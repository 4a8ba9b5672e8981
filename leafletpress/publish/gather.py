"""Gathers what the manifest lists, and no other file of the folder: as pages to be served, and as one archive."""

import gzip
import hashlib
import shutil
import tarfile
from collections.abc import Iterable, Iterator, Sized
from contextlib import contextmanager
from html import escape
from pathlib import Path

from leafletpress.model.papers import with_papers
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, weightiest
from leafletpress.model.releases import RELEASES_FILE, with_gone, with_published
from leafletpress.publish.agreement import unfit
from leafletpress.publish.beside import beside
from leafletpress.publish.files import INDEX, MANIFEST, put
from leafletpress.publish.folder import Published, read_published
from leafletpress.publish.index import index_page
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import MISSING, missing_page, notice_page, notices
from leafletpress.publish.public import Public
from leafletpress.publish.releases import dump_releases, published_papers, published_texts
from leafletpress.publish.shelf import Shelf

SUMS = "SHA256SUMS"
_UNFINISHED = ".leafletpress-unfinished"  # in a folder while it is being filled: what a kill left of it is made anew
_MOST_LISTED = 200  # withheld handouts in the summary, which is for people; the manifest has all


def archive(output: Path, label: str, into: Path, public: Public, *, drafts: bool = False) -> None:
    """Make of the folder `output` (called `label` in messages) what is published, in the new folder `into`.

    `pages/` holds the documents, the manifest, a page that finds them, what is made beside them, a notice at the
    address of each leaflet that is published no more, a page for addresses where nothing is, and SHA256SUMS;
    `leaflets.tar.gz` is the same as one file, the same bytes each time, with its checksum beside it; `summary.md` says
    what is withheld and why; `published.toml` is what was published, with what is published here, to be kept in the
    project.
    What a call that was killed left in `into` is made anew. Raises LeafletError: (1) all that does not agree with the
    project or with itself, such as documents that were built as drafts, unless `drafts` lets it in; all listed
    documents that are missing or not what the manifest says, (2) where there is no manifest or `into` holds something,
    (4) where a folder can't be read or written.
    """
    try:
        published = read_published(output, label)
        rows = sorted(published.rows.values(), key=lambda row: row.document.path)
        wrong = [LeafletError([*public.problems, *(() if drafts else unfit(rows, label, public))])]
        with _filling(into):
            pages = into / "pages"
            wrong += _copy(published, rows, pages)
            _refuse(wrong)
            shelf = Shelf(rows)
            found = tuple(notices(shelf, public))
            for notice in found:
                _put(pages / notice.path, notice_page(notice, shelf, public).encode())
            for path, content in beside(shelf, found, public):
                _put(pages / path, content)
            _put(pages / MISSING, missing_page(found, shelf, public).encode())
            _put(pages / MANIFEST, published.manifest)
            _put(pages / INDEX, index_page(shelf, public, found, published.manifest).encode())
            names = sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file())
            _write_sums(pages / SUMS, pages, names)
            _write_tar(into / "leaflets.tar.gz", pages, [SUMS, *names])
            _write_sums(into / "leaflets.tar.gz.sha256", into, ["leaflets.tar.gz"])
            _put(into / "summary.md", _summary(rows, found).encode())
            now_published = with_published(public.releases, published_texts(rows), public.today)
            kept = with_gone(now_published, public.has_handout, public.today)
            papers = with_papers(public.papers, published_papers(rows, public.site.id, public.today))
            _put(into / RELEASES_FILE, dump_releases(kept, papers).encode())
    except OSError as error:
        text = f"can't be read or written: {error.strerror}"
        raise LeafletError([Problem(Origin(str(error.filename or into)), text)], ExitCode.MISSING) from error


def _refuse(wrong: Iterable[LeafletError]) -> None:
    """Raise LeafletError with all that is wrong, if anything is."""
    listed = [error for error in wrong if error.problems]
    if listed:
        problems = [problem for error in listed for problem in error.problems]
        raise LeafletError(problems, weightiest(error.exit_code for error in listed))


@contextmanager
def _filling(into: Path) -> Iterator[None]:
    """A folder that is to be filled, and is removed if it could not be; what a kill left half filled is thrown away."""
    if (into / _UNFINISHED).exists():
        shutil.rmtree(into)
    if into.exists() and any(into.iterdir()):
        raise LeafletError([Problem(Origin(str(into)), "holds something", "name a new folder")], ExitCode.USAGE)
    try:
        _put(into / _UNFINISHED, b"")
        yield
        (into / _UNFINISHED).unlink()
    except BaseException:
        shutil.rmtree(into, ignore_errors=True)
        raise


def _copy(published: Published, rows: Iterable[Row], pages: Path) -> Iterator[LeafletError]:
    """Copy each listed document; what is wrong with those that are not as listed."""
    for row in rows:
        if row.path is None:
            continue
        try:
            content = published.checked(row)
        except LeafletError as error:
            yield error
            continue
        _put(pages / row.path, content)


def _put(path: Path, content: bytes) -> None:
    """Not flushed to disk: the checksums show what a power cut took of a folder just gathered."""
    put(path, content, flush=False)


def _write_sums(path: Path, folder: Path, names: Iterable[str]) -> None:
    """Checksums as `sha256sum --check` reads them."""
    lines = []
    for name in names:
        with (folder / name).open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n")
    _put(path, "".join(lines).encode())


def _write_tar(path: Path, folder: Path, names: Iterable[str]) -> None:
    """An archive that says nothing of when and by whom it was made."""
    with (
        path.open("wb") as file,
        gzip.GzipFile(filename="", fileobj=file, mode="wb", mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w") as tar,
    ):
        for name in sorted(names):
            member = tarfile.TarInfo(f"leaflets/{name}")
            member.size = (folder / name).stat().st_size
            with (folder / name).open("rb") as content:
                tar.addfile(member, content)


def _summary(rows: Iterable[Row], found: Sized) -> str:
    """What is published and what is not, in Markdown."""
    listed = list(rows)
    published = sum(row.path is not None for row in listed)
    withheld = {row.key: escape(row.reason or "").replace("|", "\\|") for row in listed if row.path is None}
    lines = [f"{published} documents are published, {len(listed) - published} are withheld."]
    if found:
        lines.append(f"Notices stand at the addresses of {len(found)} leaflets that were published before.")
    if withheld:
        lines += ["", "| withheld | language | for | why |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(handout)} | {why} |" for handout, why in list(withheld.items())[:_MOST_LISTED]]
    if len(withheld) > _MOST_LISTED:
        lines += ["", f"And {len(withheld) - _MOST_LISTED} more: see the manifest."]
    return "\n".join(lines) + "\n"
