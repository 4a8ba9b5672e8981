"""A library of 10,000 documents, built when nothing or one string changed: .venv/bin/python benchmarks/library.py.

The library is made of copies of the shipped leaflet and its catalogs, 250 conditions in four languages, five editions
and three formats. Its first build goes through the program as any does, but that writers of one line stand in for those
of PDF and Word: the real ones take an hour and a half. Everything after it is the command as people run it.
"""
# ruff: noqa: INP001 - a script, not a package

import re
import shutil
import subprocess
import sys
import tempfile
from io import BytesIO
from pathlib import Path
from time import perf_counter

import pikepdf

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # so that the script runs from any folder

from leafletpress.build.freshness.cache import Cache  # noqa: E402
from leafletpress.build.project import Project, Wanted  # noqa: E402
from leafletpress.build.run import Order, build  # noqa: E402
from leafletpress.model.handout import Handout  # noqa: E402
from leafletpress.write import WRITERS  # noqa: E402
from leafletpress.write.template import Template  # noqa: E402

CONDITION = "calcinosis-cutis"
LOCALES = ("en", "es", "ar", "zh_Hans")
EDITIONS = ("a4", "letter", "large_print", "letter_large_print")
CONDITIONS = 250
OLD, NEW = "Piel que duele mucho", "Piel que duele muchísimo"


def make_library(root: Path, conditions: int) -> Project:
    """A checkout of the program around a library of so many conditions; each is the shipped leaflet by another name."""
    for name in ("leafletpress", "templates", "sites"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "build_leaflets.py", root)
    (root / "node_modules").symlink_to(ROOT / "node_modules")
    site = next((root / "sites").glob("*.toml"))
    editions = ", ".join(f'"{name}"' for name in EDITIONS)
    site.write_text(re.sub(r"(?m)^editions = .*$", f"editions = [{editions}]", site.read_text("utf-8")), "utf-8")
    (root / "leaflets").mkdir()
    for path in (ROOT / "leaflets").glob(f"{CONDITION}*.svg"):
        shutil.copy(path, root / "leaflets")
    for locale in LOCALES:
        shutil.copytree(
            ROOT / "locales" / locale, root / "locales" / locale, ignore=shutil.ignore_patterns(f"{CONDITION}.po")
        )
    source = (ROOT / "leaflets" / f"{CONDITION}.yaml").read_text("utf-8")
    for number in range(conditions):
        name = f"condition-{number:03}"
        code = "LIB" + "".join(chr(ord("A") + digit) for digit in divmod(number, 26))
        (root / "leaflets" / f"{name}.yaml").write_text(re.sub(r"(?m)^code: .*$", f"code: {code}", source), "utf-8")
        for locale in LOCALES[1:]:
            shutil.copy(_catalog(ROOT, locale, CONDITION), _catalog(root, locale, name))
    return Project(root)


def _catalog(root: Path, locale: str, name: str) -> Path:
    return root / "locales" / locale / "LC_MESSAGES" / f"{name}.po"


def fill(project: Project) -> int:
    """Build it with writers of one line; how many documents there are."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(page := BytesIO(), deterministic_id=True)

    def line(handout: Handout, template: Template) -> bytes:
        return f"{handout.code} {template.edition.name}".encode()

    def leaf(handout: Handout, template: Template) -> bytes:
        return page.getvalue() + line(handout, template)

    real = dict(WRITERS)
    WRITERS.update(html=line, pdf=leaf, docx=line)
    try:
        cache = Cache(project.root / ".cache", ".cache", 10**9)
        built = build(project, Order(Wanted(), project.root / "output", "output", workers=1), cache=cache)
    finally:
        WRITERS.update(real)
    assert not built.problems, built.problems[:3]
    return len(built.outcomes)


def timed(*command: str, cwd: Path) -> tuple[float, str]:
    """Seconds of the fastest of three runs, and the last line that was printed."""
    times, said = [], ""
    for _ in range(3):
        start = perf_counter()
        done = subprocess.run((sys.executable, *command), cwd=cwd, capture_output=True, encoding="utf-8", check=True)
        times.append(perf_counter() - start)
        said = done.stdout.strip().rpartition("\n")[2]
    return min(times), said


def once(*command: str, cwd: Path) -> tuple[float, str]:
    """Seconds of one run, and the last line that was printed."""
    start = perf_counter()
    done = subprocess.run((sys.executable, *command), cwd=cwd, capture_output=True, encoding="utf-8", check=True)
    return perf_counter() - start, done.stdout.strip().rpartition("\n")[2]


def main(conditions: int) -> None:
    """Make the library, and print the table."""
    root = Path(tempfile.mkdtemp())
    project = make_library(root, conditions)
    start = perf_counter()
    count = fill(project)
    first = perf_counter() - start
    paths = [path for name in ("leaflets", "locales", "sites", "templates") for path in (root / name).rglob("*")]
    size = sum(path.stat().st_size for path in paths if path.is_file()) / 1_000_000
    print(f"{conditions} conditions, {count:,} documents, {len(paths):,} sources of {size:.0f} MB.\n")
    print("| build | seconds | the program reports |")
    print("|---|---|---|")
    _row("first build, with writers of one line", first)
    _row("for comparison: `import weasyprint`", timed("-c", "import weasyprint", cwd=root)[0])
    _row("nothing to do", *timed("build_leaflets.py", cwd=root))
    text = _catalog(root, "es", "condition-000")
    catalog = text.read_text("utf-8")
    assert OLD in catalog
    text.write_text(catalog.replace(OLD, NEW, 1), "utf-8")
    _row("one text changed, `--dry-run`", *timed("build_leaflets.py", "--dry-run", cwd=root))
    _row("one text changed", *once("build_leaflets.py", cwd=root))
    _row("nothing to do again", *timed("build_leaflets.py", cwd=root))
    shutil.rmtree(root)


def _row(what: str, seconds: float, said: str = "") -> None:
    print(f"| {what} | {seconds:.2f} | {said} |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else CONDITIONS)
