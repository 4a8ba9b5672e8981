"""What a leaflet costs, beside other tools: .venv/bin/python benchmarks/speed.py [LOCALE …]

Tables from one run: each contender sits in a process of its own, and they take turns, round after round, with the
same leaflet. CPU seconds (user and system, with child processes) are the measure, for they hardly depend on what else
the machine does. A ratio is the median of those of the rounds. The other tools are optional:
`pip install -r benchmarks/requirements.txt`, and Debian's chromium and pandoc; one that is missing is left out.

WeasyPrint in a loop gets the page and style sheet that our PDF is made of, in memory, and keeps its fonts. Like ours,
it is warm: each document has been written once before the first round. It makes PDF/UA-1 alone and checks nothing.
"""
# ruff: noqa: INP001 - a script, not a package

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
LOCALES = ("en", "ar", "hi", "zh_Hans")
ROUNDS = 5
# The tables: a title, and the contenders with what they are called; the second is what the others are held against.
TABLES: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    (
        "PDF",
        (
            ("our_pdf", "ours, PDF/A-2a and PDF/UA-1, all checks"),
            ("weasyprint_loop", "WeasyPrint in a loop, PDF/UA-1"),
            ("weasyprint_command", "WeasyPrint, a command for each file"),
            ("chromium", "Chromium kept warm, tagged PDF"),
            ("typst", "Typst in process, PDF/UA-1"),
        ),
    ),
    (
        "DOCX",
        (
            ("our_docx_without_fonts", "ours, without fonts"),
            ("docxtpl", "docxtpl"),
            ("our_docx", "ours, cached fonts embedded"),
            ("pandoc", "pandoc, a command for each file"),
        ),
    ),
    (
        "cold: one leaflet in all its formats",
        (("our_build", "build_leaflets.py, nothing kept"), ("weasyprint_command", "one weasyprint command")),
    ),
)


class Contender:
    """A process that does the work of one contender when it is asked to."""

    def __init__(self, name: str, folder: Path) -> None:
        command = (sys.executable, HERE / "contenders.py", name, folder)
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.state: str = self._answer()

    def ask(self, locale: str) -> float:
        """CPU seconds of one document."""
        assert self._process.stdin
        self._process.stdin.write(f"{locale}\n")
        self._process.stdin.flush()
        cpu, _wall = self._answer()
        return float(cpu)

    def _answer(self) -> Any:
        assert self._process.stdout
        return json.loads(self._process.stdout.readline())

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


def table(title: str, named: Iterable[tuple[str, str]], locales: tuple[str, ...], folder: Path) -> None:
    """Measure the contenders in turns and print their table."""
    contenders = {shown: Contender(name, folder) for name, shown in named}
    ready = {shown: contender for shown, contender in contenders.items() if contender.state == "ready"}
    times: dict[tuple[str, str], list[float]] = {}
    for locale in locales:
        for contender in ready.values():
            contender.ask(locale)
        for _ in range(ROUNDS):
            for shown, contender in ready.items():
                times.setdefault((shown, locale), []).append(contender.ask(locale))
    for contender in contenders.values():
        contender.end()
    against = list(contenders)[1]
    print(f"\n| {title} | {' | '.join(locales)} |")
    print("|---" * (len(locales) + 1) + "|")
    for shown, contender in contenders.items():
        cells = [_cell(times, shown, against, locale) for locale in locales] if shown in ready else [contender.state]
        print(f"| {shown} | {' | '.join(cells)} |", flush=True)


def _cell(times: dict[tuple[str, str], list[float]], shown: str, against: str, locale: str) -> str:
    """The median of a contender's CPU seconds, and its ratio to the one that the others are held against."""
    mine = times[shown, locale]
    ratios = [one / other for one, other in zip(mine, times.get((against, locale), ()), strict=False)]
    ratio = f" ({median(ratios):.2f})" if ratios and shown != against else ""
    return f"{median(mine):.3f}{ratio}"


def main(locales: tuple[str, ...]) -> None:
    """Print the tables."""
    with tempfile.TemporaryDirectory() as folder:
        pages = Contender("pages", Path(folder))
        for locale in locales:
            pages.ask(locale)
        pages.end()
        for title, named in TABLES:
            table(title, named, locales[:1] if title.startswith("cold") else locales, Path(folder))


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or LOCALES)
