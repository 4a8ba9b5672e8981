"""What the translators' commands cost with 50 conditions in all languages: .venv/bin/python benchmarks/translations.py.

Each condition is the shipped leaflet by another name, with its catalogs and what was put back into English. Seconds are
those of the processor, beyond what the program takes to start. Another number of conditions may be named.
"""
# ruff: noqa: INP001 - a script, not a package

import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from status import CONDITION, ROOT, make_library

CONDITIONS = 50
PROGRAM = (sys.executable, str(ROOT / "build_leaflets.py"))


def fill(root: Path, conditions: int) -> None:
    """Give each condition the back-translations of the shipped one."""
    for path in (root / "locales").glob("*/backtranslation.toml"):
        head, *tables = re.split(r"(?m)^(?=\[\[texts\]\]$)", path.read_text("utf-8"))
        own = [table for table in tables if f'catalog = "{CONDITION}"' in table]
        kept = [table for table in tables if table not in own]
        for number in range(conditions):
            kept += [table.replace(f'"{CONDITION}"', f'"condition-{number:03}"', 1) for table in own]
        path.write_text(head + "".join(table.rstrip("\n") + "\n\n" for table in kept), "utf-8")


def seconds(*arguments: str) -> float:
    """Seconds of the processor that a run of the program takes."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run((*PROGRAM, *arguments), capture_output=True, encoding="utf-8", check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if "Traceback" in done.stderr:
        raise SystemExit(done.stderr)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(conditions: int) -> None:
    """Make the library, and print the table."""
    root = Path(tempfile.mkdtemp())
    make_library(root, conditions)
    fill(root, conditions)
    start = min(seconds("catalogs", "--help") for _ in range(3))
    print(f"{conditions} conditions in {len(list((root / 'locales').glob('*/LC_MESSAGES')))} languages; ", end="")
    print(f"the program takes {start:.2f} s to start.\n")
    print("| command | what changed | seconds of the processor |\n|---|---|---|", flush=True)

    def row(command: str, what: str) -> None:
        taken = seconds("catalogs", command, "--project", str(root)) - start
        print(f"| {command} | {what} | {taken:.2f} |", flush=True)

    def edit(name: str, old: str, new: str) -> None:
        path = root / name
        before = path.read_text("utf-8")
        assert old in before, f"{old} is not in {name}"
        path.write_text(before.replace(old, new, 1), "utf-8")

    for command in ("update", "check", "status"):
        row(command, "all: the first time")
    for number, command in enumerate(("update", "check", "status")):
        seconds("catalogs", command, "--project", str(root))
        row(command, "nothing")
        edit(f"locales/es/LC_MESSAGES/condition-{number:03}.po", "Bultos duros", "Bultos muy duros")
        row(command, "one catalog")
        edit(f"leaflets/condition-{number:03}.yaml", "Protect your", "Protect all your")
        row(command, "one leaflet")
    shutil.rmtree(root)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CONDITIONS)
