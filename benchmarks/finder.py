"""Measures the page that finds leaflets in Chromium: a library of made-up conditions, languages and editions.

.venv/bin/python benchmarks/finder.py [conditions] [languages] [editions]
"""

# ruff: noqa: INP001 - a script, not a package

import gzip
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from playwright.sync_api import CDPSession, Page, sync_playwright

from leafletpress.build.index import renderer
from leafletpress.build.library import Wanted, read_units
from leafletpress.build.project import read_settings
from leafletpress.model.document import Document
from leafletpress.publish.index import index_page
from leafletpress.publish.manifest import Row
from leafletpress.publish.public import Public
from leafletpress.publish.shelf import Shelf
from leafletpress.read.located.files import Files

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 30)
SYLLABLES = [
    "ar",
    "ba",
    "cu",
    "der",
    "mat",
    "osis",
    "gia",
    "hep",
    "car",
    "mon",
    "gas",
    "tri",
    "lu",
    "fib",
    "ro",
    "my",
    "el",
]
ARABIC = ["ال", "بر", "سك", "ري", "ضغ", "طال", "دم", "جل", "مف", "صل", "كل", "قل", "عظ", "ام", "رئ", "ة"]
QUERIES = ("s", "so", "somali", "soomaali", "somlai", "dermatosis", "drematosis", "العربية", "عربي", "ur large", "c10")
# A key in the line to type into, until what was found is laid out.
TYPED = """
(text) => {
  const line = document.getElementById("text");
  line.value = text;
  line.dispatchEvent(new Event("input", { bubbles: true }));
  return document.body.offsetHeight;
}
"""


@dataclass(frozen=True, slots=True)
class Size:
    """How many conditions, languages and editions there are."""

    conditions: int = 1000
    languages: int = 20
    editions: int = 5


def rows(size: Size, known: list[str]) -> Iterator[Row]:
    """A patient's leaflet of each condition in each language and edition; the first has all formats."""
    chance = random.Random(7)
    names = [*known, *(f"x{number:02}" for number in range(100))][: size.languages]
    editions = ["a4", "large_print", "letter", "letter_large_print", "booklet", *(f"e{n}" for n in range(20))]
    for number in range(size.conditions):
        for locale in names:
            parts = ARABIC if locale in ("ar", "ur") else SYLLABLES
            title, everyday = (
                " ".join("".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(words)).capitalize()
                for words in (2, 6)
            )
            check = "".join(chance.choices("23456789CDFHJKLMNPRTVWX", k=6))
            for edition in editions[: size.editions]:
                for format_ in ("html", "pdf", "docx") if edition == "a4" else ("pdf",):
                    path = Document(f"c{number:04}", locale, "patient", edition, format_).path
                    yield Row(
                        path, f"c{number:04}", f"C{number:04}-P-{locale}", "1.0", locale, "patient", edition, format_,
                        "0" * 64, 1, 1, "built", None, "approved", 1, f"2026-{1 + number % 11:02}-{1 + number % 28:02}",
                        "2028-11-22", check, title=title, everyday=everyday,
                    )  # fmt: skip


def page(size: Size) -> bytes:
    """The page of a made-up library, in the words of the program's own English."""
    files = Files(ROOT)
    settings = read_settings(files, Wanted(site=Path(files.names("sites/*.toml")[0]).stem), TODAY)
    library = read_units(files, replace(settings, units=()), ())
    public = Public(
        settings.site, library.locales, library.furniture, settings.audiences, {}, {}, TODAY,
        lambda _key: True, lambda _document: None, renderer(files),
    )  # fmt: skip
    return index_page(Shelf(rows(size, list(library.locales))), public, (), b"").encode()


def measured(shown: Page, devtools: CDPSession) -> Iterator[tuple[str, float]]:
    """Each query with the milliseconds that it takes the page's thread, the first with its very first ones.

    It is time of the processor: what else the machine does is not in it.
    """
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})

    def spent() -> float:
        metrics = devtools.send("Performance.getMetrics")["metrics"]
        return next(float(one["value"]) for one in metrics if one["name"] == "TaskDuration") * 1000

    def typing(query: str) -> float:
        before = spent()
        shown.evaluate(TYPED, query)
        return spent() - before

    yield f"first key: {QUERIES[0]}", typing(QUERIES[0])
    for query in QUERIES:
        yield query, statistics.median(typing(query) for _ in range(3))


def main() -> None:
    """Print size, times and memory."""
    size = Size(*map(int, sys.argv[1:4]))
    start = time.perf_counter()
    whole, bare = page(size), page(Size(0, 0, 0))
    print(f"{size}: made in {time.perf_counter() - start:.1f} s")
    print(f"page without data {len(gzip.compress(bare)) / 1000:.0f} kB packed")
    print(f"with data {len(whole) / 1e6:.1f} MB, {len(gzip.compress(whole)) / 1e6:.1f} MB packed")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        (Path(folder) / "index.html").write_bytes(whole)
        flags = ["--no-sandbox", "--enable-precise-memory-info"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        shown = browser.new_page()
        start = time.perf_counter()
        shown.goto(f"file://{folder}/index.html")
        print(f"open after {time.perf_counter() - start:.2f} s")
        devtools = shown.context.new_cdp_session(shown)
        for query, spent in measured(shown, devtools):
            print(f"{query:30} {spent:6.1f} ms")
        devtools.send("HeapProfiler.collectGarbage")
        print(f"memory {devtools.send('Runtime.getHeapUsage')['usedSize'] / 1e6:.0f} MB")
        browser.close()


if __name__ == "__main__":
    main()
