"""The shipped leaflets, built once for all tests of a run, by whichever of its processes needs them first."""

import fcntl
import json
import os
import pickle
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import sha256
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

from projects import ROOT, SHIPPED, are_shipped, shipped_project

from leafletpress.build.freshness.cache import Cache
from leafletpress.build.library import Library, Project, Wanted, read_library
from leafletpress.build.run import Build, Order, build
from leafletpress.build.workers.jobs import Answer, Job, begin, serve
from leafletpress.build.workers.pool import Lane, Pool
from leafletpress.model.document import Document
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.handout import Handout
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_editions

CONDITION = SHIPPED
AUDIENCES = ("patient", "clinician")
SETTINGS = {
    path.parent.name: tomllib.loads(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / "locales").glob("*/locale.toml"))
}
# None where no leaflet is shipped: then what is asked of each has nothing to ask.
OFFERED = [(locale, one) for locale, read in SETTINGS.items() for one in read["audiences"] if are_shipped()]
RIGHT_TO_LEFT = [pair for pair in OFFERED if SETTINGS[pair[0]]["direction"] == "rtl"]
# Scripts whose letters are joined or stacked; those of all others come back from a PDF one by one, as they are read.
JOINED = ("ar", "bn", "hi", "ta", "th", "ur")
EDITIONS = read_editions(Files(ROOT))
# Documents that other runs wrote are taken from here, with what their pages showed: nothing in it is ever wrong.
_KEPT = ROOT / ".cache" / "tests"
_MOST_BYTES = 500_000_000


def locales_of(audience: str) -> list[str]:
    """The languages in which this audience has leaflets."""
    return [locale for locale, offered in OFFERED if offered == audience]


@dataclass(frozen=True, slots=True)
class Layout:
    """What only the laid-out pages of a PDF show: how many there are before any folding, faults, and sizes of type.

    A fault is its kind, page and words; sizes are in points, each with its number of texts, running marks left out.
    """

    pages: int
    faults: list[tuple[str, int, str]]
    sizes: dict[float, int]


class Shipped:
    """The project as it is, built for release: every edition in every format."""

    def __init__(self, folder: Path, made: Build, handouts: Mapping[tuple[str, str], Handout]) -> None:
        self.folder, self.build, self.handouts = folder, made, handouts

    @cached_property
    def library(self) -> Library:
        """All that was read."""
        return read_library(Project(ROOT), Wanted())

    def path(self, locale: str, audience: str, format_: str, edition: str = DEFAULT_EDITION) -> Path:
        """The file of a document."""
        return self.folder / Document(CONDITION, locale, audience, edition, format_).path

    def content(self, locale: str, audience: str, format_: str, edition: str = DEFAULT_EDITION) -> bytes:
        """The bytes of a document."""
        return self.path(locale, audience, format_, edition).read_bytes()

    def layout(self, locale: str, audience: str, edition: str) -> Layout:
        """The pages of a PDF as they were laid out when it was written."""
        kept = json.loads(_layout_of(self.content(locale, audience, "pdf", edition)).read_text(encoding="utf-8"))
        sizes = {float(size): count for size, count in kept["sizes"].items()}
        return Layout(kept["pages"], [tuple(fault) for fault in kept["faults"]], sizes)


def build_once(folder: Path) -> Shipped:
    """The leaflets in this folder; the first who asks builds them with all cores, and the others wait for that."""
    shipped_project()  # skips where there is none
    made = folder / "made"
    with _alone_in(folder):
        if not made.exists():
            whole = _built(folder / "output")
            made.write_bytes(pickle.dumps((whole.build, whole.handouts)))
            return whole
    return Shipped(folder / "output", *pickle.loads(made.read_bytes()))


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _built(folder: Path) -> Shipped:
    order = Order(Wanted(), folder, "output", release=True)
    with Pool() as pool:
        pool.processes += [Lane(_process, write_and_look, lambda: 2) for _ in range(os.cpu_count() or 1)]
        made = build(Project(ROOT), order, pool=pool, cache=_Cache(_KEPT / "documents", ".cache/tests", _MOST_BYTES))
    compositions = read_library(Project(ROOT), Wanted()).compositions(Wanted())
    handouts = {(one.handout.locale, one.handout.audience): one.handout for one in compositions}
    return Shipped(folder, made, handouts)


class _Cache(Cache):
    """Gives a PDF only with what its pages showed, so that both go together."""

    def get(self, key: str) -> bytes | None:
        content = super().get(key)
        seen = content is None or not content.startswith(b"%PDF") or _layout_of(content).exists()
        return content if seen else None


def _layout_of(content: bytes) -> Path:
    """Where it is kept what the pages of a PDF showed to this version of the tests."""
    return _KEPT / "layouts" / f"{sha256(Path(__file__).read_bytes() + content).hexdigest()}.json"


# --- in a worker ------------------------------------------------------------------------------------------------------


def _process() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, get_context("spawn"), begin)


def write_and_look(job: Job) -> Answer:
    """What a worker does for a job; of a PDF it also notes what its pages show."""
    from leafletpress.write.pdf import writer

    documents: list[Any] = []
    lay_out = writer.laid_out

    def laid_out(*asked: Any) -> Any:
        documents.append(lay_out(*asked))
        return documents[-1]

    with patch.object(writer, "laid_out", laid_out):
        answer = serve(job)
    if isinstance(answer.result, bytes) and documents:
        _keep(answer.result, _seen(documents[-1], folded=bool(job.template.edition.folded)))
    return answer


def _keep(content: bytes, layout: Layout) -> None:
    path = _layout_of(content)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(f".{os.getpid()}")
    aside.write_text(json.dumps(asdict(layout), ensure_ascii=False), encoding="utf-8")
    aside.replace(path)


def _seen(document: Any, *, folded: bool) -> Layout:
    from leafletpress.write.pdf.breaks import faults

    found = [(fault.kind, fault.page, fault.words) for fault in faults(document, folded=folded)]
    sizes = Counter(size for page in document.pages for size in _sizes(page._page_box))  # noqa: SLF001 - no public way
    return Layout(len(document.pages), found, dict(sizes))


def _sizes(box: Any) -> Iterator[float]:
    """The sizes of type of the texts in a box; running marks are left out."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield box.style["font_size"] * 0.75
    elif not isinstance(box, boxes.MarginBox):
        for child in getattr(box, "children", ()):
            yield from _sizes(getattr(child, "_box", child))
