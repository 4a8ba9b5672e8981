"""What `status` costs with 30 conditions in sixteen languages: .venv/bin/python benchmarks/status.py.

Each condition is the shipped leaflet by another name, with its catalogs. Another number may be named: 300 take ten
times as long.
"""
# ruff: noqa: INP001 - a script, not a package

import json
import re
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CONDITION = "calcinosis-cutis"
CONDITIONS = 30
COMMAND = (sys.executable, str(ROOT / "build_leaflets.py"), "status", "--project")


def make_library(root: Path, conditions: int) -> None:
    """A project of so many conditions, in all languages of this one."""
    shutil.copytree(ROOT / "sites", root / "sites")
    shutil.copytree(ROOT / "locales", root / "locales", ignore=shutil.ignore_patterns(f"{CONDITION}.po", "pot"))
    (root / "leaflets").mkdir()
    for path in (ROOT / "leaflets").glob(f"{CONDITION}*.svg"):
        shutil.copy(path, root / "leaflets")
    source = (ROOT / "leaflets" / f"{CONDITION}.yaml").read_text("utf-8")
    for number in range(conditions):
        name = f"condition-{number:03}"
        code = "LIB" + "".join(chr(ord("A") + digit) for digit in divmod(number, 26))
        (root / "leaflets" / f"{name}.yaml").write_text(re.sub(r"(?m)^code: .*$", f"code: {code}", source), "utf-8")
        for catalog in (ROOT / "locales").glob(f"*/LC_MESSAGES/{CONDITION}.po"):
            shutil.copy(catalog, root / catalog.relative_to(ROOT).with_name(f"{name}.po"))


def status(root: Path, *options: str) -> tuple[float, str]:
    """Seconds of the processor that a run takes, and what it prints."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run((*COMMAND, str(root), *options), stdout=subprocess.PIPE, encoding="utf-8", check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 3):
        raise SystemExit(done.stdout)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stdout


def main(conditions: int) -> None:
    """Make the library, and print the table."""
    root = Path(tempfile.mkdtemp())
    make_library(root, conditions)
    rows = [("the first time", status(root)[0])]
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / (1_000_000 if sys.platform == "darwin" else 1_000)
    seconds, said = status(root, "--json")
    rows.append(("again, as JSON", seconds))
    page = root / "status.html"
    rows.append(("again, as a page", status(root, "--html", str(page))[0]))
    leaflet = root / "leaflets" / "condition-000.yaml"
    leaflet.write_text(leaflet.read_text("utf-8").replace("Protect your skin", "Protect your whole skin"), "utf-8")
    rows.append(("after one leaflet changed", status(root)[0]))
    leaflets = len(json.loads(said)["leaflets"])
    print(f"{conditions} conditions, {leaflets:,} leaflets. At most {memory:.0f} MB of memory; ", end="")
    print(f"the page has {page.stat().st_size / 1_000_000:.1f} MB.\n")
    print("| `status` | seconds of the processor |\n|---|---|")
    for what, taken in rows:
        print(f"| {what} | {taken:.1f} |")
    shutil.rmtree(root)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CONDITIONS)
