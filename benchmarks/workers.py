"""What workers gain and hold: .venv/bin/python benchmarks/workers.py [DOCUMENTS ...] (Linux).

The shipped leaflet in all its languages, PDF and DOCX by turns, each document with another subtitle. "Busy" is the
share of the time in which the workers were on a core or waiting for one: what else runs on the machine changes the wall
time, and neither that share nor the CPU time much. The gain by CPU is what would be seen where the cores are free.
"""
# ruff: noqa: INP001 - a script, not a package

import os
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import cycle, islice
from multiprocessing import active_children
from pathlib import Path
from time import perf_counter

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that the script runs from any folder

from leafletpress.build.library import Project, Wanted, read_library  # noqa: E402
from leafletpress.build.workers import Job, Pool  # noqa: E402
from leafletpress.build.workers.limits import resident  # noqa: E402
from leafletpress.model.document import Document  # noqa: E402
from leafletpress.model.handout import Handout, Run, Text  # noqa: E402
from leafletpress.read.templates import read_editions, read_template_files  # noqa: E402
from leafletpress.write.template import Template  # noqa: E402

COUNTS = (100, 400)
MEGABYTE = 1_000_000


def jobs(handouts: list[Handout], count: int) -> Iterator[Job]:
    """So many documents, no two the same."""
    files = Project(ROOT).files()
    looks = {handout.audience: read_template_files(files, handout.audience) for handout in handouts}
    edition = read_editions(files)["a4"]
    kinds = ((handout, format_) for handout in cycle(handouts) for format_ in ("pdf", "docx"))
    for number, (handout, format_) in enumerate(islice(kinds, count)):
        numbered = replace(handout, head=replace(handout.head, subtitle=Text((Run(f"{number}"),))))
        document = Document(handout.condition, handout.locale, handout.audience, "a4", format_)
        yield Job(document, numbered, Template(looks[handout.audience], edition))


@dataclass
class Watched:
    """What the workers have used so far, by process: seconds on a core and waiting for one, bytes of memory at most."""

    seconds: dict[int, tuple[float, float]]
    memory: dict[int, int]
    parent: int = 0

    def look(self) -> None:
        """Read it from /proc."""
        self.parent = max(self.parent, resident())
        for pid in [process.pid for process in active_children()]:
            folder = Path("/proc") / str(pid)
            try:
                times = [task.read_text().split() for task in folder.glob("task/*/schedstat")]
                status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines())
            except OSError:  # it has just left
                continue
            if pid and times and "VmHWM" in status:
                on, waiting = (sum(int(time[field]) for time in times) / 1e9 for field in (0, 1))
                self.seconds[pid] = on, waiting
                self.memory[pid] = int(status["VmHWM"].split()[0]) * 1024


def measure(handouts: list[Handout], workers: int, count: int) -> tuple[float, float, float]:
    """Print a row; wall seconds, CPU seconds of a document, and the share of the time in which workers were busy."""
    watched, ended = Watched({}, {}), threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            watched.look()

    looking = threading.Thread(target=watch)
    looking.start()
    started, failed = perf_counter(), 0
    with Pool(workers) as pool:
        for result in pool.results(jobs(handouts, count)):
            if not isinstance(result, bytes):
                failed += 1
                print(result, file=sys.stderr)
        wall = perf_counter() - started
        watched.look()
    ended.set()
    looking.join()
    on, waiting = (sum(times) for times in zip(*watched.seconds.values(), strict=True))
    busy = (on + waiting) / (wall * workers)
    most = max(watched.memory.values()) / MEGABYTE
    row = (workers, count, f"{wall:.0f}", f"{on / count:.3f}", f"{busy:.0%}", f"{watched.parent / MEGABYTE:.0f}",
           f"{most:.0f}", len(watched.memory), failed)  # fmt: skip
    print("|", " | ".join(map(str, row)), "|", flush=True)
    return wall, on / count, busy


def main(counts: tuple[int, ...]) -> None:
    """Measure and print the table."""
    handouts = [made.handout for made in read_library(Project(ROOT), Wanted()).compositions(Wanted())]
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start.\n")
    print("| workers | documents | wall s | CPU s each | busy | parent MB | worker MB | processes | failed |")
    print("|---|---|---|---|---|---|---|---|---|")
    gains = []
    for count in counts:
        (wall1, cpu1, _), (wall2, cpu2, busy2) = (measure(handouts, workers, count) for workers in (1, 2))
        gains.append(f"{count} documents: two workers are {wall1 / wall2:.2f} times as fast as one by the clock, "
                     f"{2 * busy2 * cpu1 / cpu2:.2f} times by CPU.")  # fmt: skip
    print("\n" + "\n".join(gains))


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or COUNTS)
