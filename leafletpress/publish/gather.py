"""Gathers what the manifest lists, and no other file of the folder: as pages to be served, and as one archive."""

import gzip
import hashlib
import shutil
import tarfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from html import escape
from pathlib import Path

from leafletpress.model.locale import Locale
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, weightiest
from leafletpress.model.releases import RELEASES_FILE, Releases, with_published
from leafletpress.publish.files import MANIFEST, put
from leafletpress.publish.folder import Published, read_published
from leafletpress.publish.index import index_page
from leafletpress.publish.manifest import Row
from leafletpress.publish.releases import dump_releases, published_texts

SUMS = "SHA256SUMS"
_UNFINISHED = ".leafletpress-unfinished"  # in a folder while it is being filled: what a kill left of it is made anew
_MOST_LISTED = 200  # withheld handouts in the summary, which is for people; the manifest has all


def archive(
    output: Path,
    label: str,
    into: Path,
    titles: Mapping[str, str],
    locales: Mapping[str, Locale],
    releases: Releases,
    today: date,
    *,
    drafts: bool = False,
) -> None:
    """Make of the folder `output` (called `label` in messages) what is published, in the new folder `into`.

    `pages/` holds the documents, the manifest, a page that links them and SHA256SUMS; `leaflets.tar.gz` is the same
    as one file, the same bytes each time, with its checksum beside it; `summary.md` says what is withheld and why;
    `published.toml` are the `releases` with what is published here, to be kept in the project.
    What a call that was killed left in `into` is made anew. Raises LeafletError: (1) documents that were built as
    drafts, unless `drafts` lets them in; all listed documents that are missing or not what the manifest says, (2) where
    there is no manifest or `into` holds something, (4) where a folder can't be read or written.
    """
    try:
        published = read_published(output, label)
        rows = sorted(published.rows.values(), key=lambda row: row.document.path)
        if not drafts:
            _refuse_drafts(rows, label)
        with _filling(into):
            pages = into / "pages"
            _copy(published, rows, pages)
            _put(pages / MANIFEST, published.manifest)
            _put(pages / "index.html", index_page(published.site, rows, titles, locales).encode())
            names = sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*") if path.is_file())
            _write_sums(pages / SUMS, pages, names)
            _write_tar(into / "leaflets.tar.gz", pages, [SUMS, *names])
            _write_sums(into / "leaflets.tar.gz.sha256", into, ["leaflets.tar.gz"])
            _put(into / "summary.md", _summary(rows).encode())
            now_published = with_published(releases, published_texts(rows), today)
            _put(into / RELEASES_FILE, dump_releases(now_published).encode())
    except OSError as error:
        text = f"can't be read or written: {error.strerror}"
        raise LeafletError([Problem(Origin(str(error.filename or into)), text)], ExitCode.MISSING) from error


def _refuse_drafts(rows: Iterable[Row], label: str) -> None:
    """Raise LeafletError where documents are listed that no release let through."""
    drafts = [row.path for row in rows if row.path is not None and row.built_for != "release"]
    if drafts:
        text = f"{len(drafts)} documents were not built for release; first: {drafts[0]}"
        hint = "run build --release first, or name --drafts to gather them all the same"
        raise LeafletError([Problem(Origin(f"{label}/{MANIFEST}"), text, hint)])


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


def _copy(published: Published, rows: Iterable[Row], pages: Path) -> None:
    """Copy each listed document; a wrong one does not stop the others from being checked."""
    wrong: list[LeafletError] = []
    for row in rows:
        if row.path is None:
            continue
        try:
            content = published.checked(row)
        except LeafletError as error:
            wrong.append(error)
            continue
        _put(pages / row.path, content)
    if wrong:
        problems = [problem for error in wrong for problem in error.problems]
        raise LeafletError(problems, weightiest(error.exit_code for error in wrong))


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


def _summary(rows: Iterable[Row]) -> str:
    """What is published and what is not, in Markdown."""
    listed = list(rows)
    published = sum(row.path is not None for row in listed)
    withheld = {
        (row.condition, row.locale, row.audience): escape(row.reason or "").replace("|", "\\|")
        for row in listed
        if row.path is None
    }
    lines = [f"{published} documents are published, {len(listed) - published} are withheld."]
    if withheld:
        lines += ["", "| withheld | language | for | why |", "|---|---|---|---|"]
        lines += [f"| {' | '.join(handout)} | {why} |" for handout, why in list(withheld.items())[:_MOST_LISTED]]
    if len(withheld) > _MOST_LISTED:
        lines += ["", f"And {len(withheld) - _MOST_LISTED} more: see the manifest."]
    return "\n".join(lines) + "\n"
