"""What each patch for speed earns of a document's CPU: .venv/bin/python benchmarks/patches.py [ROUNDS].

Each document is written with all patches and without one of them, in turns, so that what else the machine does weighs
on all alike. A row of the table tells the median CPU milliseconds with all patches, and the median share of the CPU
that each patch spares. With another version of WeasyPrint, a patch that spares less than 5 % is to go.
"""
# ruff: noqa: INP001 - a script, not a package

import gc
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # so that the script runs from any folder

from projects import template_of  # noqa: E402

from leafletpress.build.library import Project, Wanted, read_library  # noqa: E402
from leafletpress.write.pdf import writer as pdf  # noqa: E402
from leafletpress.write.pdf.patches.rows import Row, put  # noqa: E402
from leafletpress.write.pdf.patches.table import ROWS  # noqa: E402

CONDITION = "calcinosis-cutis"
DOCUMENTS = (("en", "patient"), ("ar", "patient"), ("en", "clinician"), ("zh_Hans", "patient"))


def main(rounds: int) -> None:
    """Print a row for each document."""
    speed = [row for row in ROWS if row.kind == "speed"]
    left_out = {row.name: [row] for row in speed} | {"all of them": speed}
    print("| document | CPU, ms |", " | ".join(left_out), "|")
    print("|---|---|", "---|" * len(left_out), sep="")
    for locale, audience in DOCUMENTS:
        write = writer_of(locale, audience)
        shares, whole = measured(write, left_out, rounds)
        told = (f"{100 * share:.0f} %" for share in shares.values())
        print(f"| {locale}, {audience}s | {1000 * whole:.0f} |", " | ".join(told), "|", flush=True)


def writer_of(locale: str, audience: str) -> Callable[[], bytes]:
    """Writes the A4 PDF of one handout."""
    project = Project(ROOT)
    wanted = Wanted(conditions=(CONDITION,), locales=(locale,), audiences=(audience,))
    composed = (composition.handout for composition in read_library(project, wanted).compositions(wanted))
    handout = next(handout for handout in composed if handout.locale == locale)
    template = template_of(project, audience)
    return lambda: pdf.write(handout, template)


def measured(write: Callable[[], bytes], left_out: dict[str, list[Row]], rounds: int) -> tuple[dict[str, float], float]:
    """The median share of CPU that some rows spare, by name, and the median CPU seconds with all."""
    put(ROWS)
    write()
    gc.collect()
    gc.freeze()  # as a worker does behind its first document
    with_all: list[float] = []
    shares: dict[str, list[float]] = {name: [] for name in left_out}
    for _ in range(rounds):
        for name, rows in left_out.items():
            put(ROWS)
            ours = seconds(write)
            put(row for row in ROWS if row not in rows)
            theirs = seconds(write)
            with_all.append(ours)
            shares[name].append(1 - ours / theirs)
    return {name: median(found) for name, found in shares.items()}, median(with_all)


def seconds(work: Callable[[], object]) -> float:
    """The CPU seconds of a piece of work."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 9)
