"""Makes tables of docs/measurements.md by measuring: .venv/bin/python docs/make_measurements.py NAME …

NAME is that of a script in benchmarks/: pdfs, readers, speed, library, status, workers, catalogs, faults or attacks.
What the script prints is put between its marks in the page, with the day and the command. The words around them are
kept.
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import os
import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "measurements.md"
PART = r"(?s)(?<=<!-- {0}: made -->\n).*?(?=<!-- {0}: end -->)"


def measured(name: str, day: str) -> str:
    """What a benchmark prints, under the day, the command and how busy the machine was."""
    command, load = f"benchmarks/{name}.py", os.getloadavg()[0]
    done = subprocess.run([sys.executable, ROOT / command], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    machine = f"{os.cpu_count()} cores, load {load:.1f} before"
    return f"\nMeasured on {day} with `.venv/bin/python {command}` ({machine}).\n\n{done.stdout.strip()}\n\n"


def renewed(page: str, name: str, made: str) -> str:
    """The page with another text between the marks of a benchmark."""
    text, count = re.subn(PART.format(re.escape(name)), lambda _found: made, page)
    if count != 1:
        raise SystemExit(f"{PAGE.name} has no marks for {name}")
    return text


def main(names: list[str]) -> None:
    """Measure, one after the other, and put each table into the page as it is there."""
    now = datetime.now().astimezone()
    for name in names:
        made = measured(name, f"{now.day} {now:%B %Y}")
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), name, made), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
