"""Counts which planted faults the check tells, in safety texts and elsewhere, beside msgfmt and pofilter.

    .venv/bin/python benchmarks/faults.py

The faults stand in tests/data/: opposites, amounts and orthography, which our rules look for, meaning, which no rule
looked for when they were written, and leaflet, written by kinds before and after the rules for them. Each has a good
translation beside it: what is told of that is a false alarm. pofilter is that on the path or beside this Python;
without it, its column is empty.
"""
# ruff: noqa: INP001 - a script, not a package

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from known_languages import language  # noqa: E402
from leaflet_faults import leaflet_faults  # noqa: E402

from leafletpress.model.text.fidelity import issues  # noqa: E402
from leafletpress.model.text.orthography.alphabet import in_parts  # noqa: E402

DATA = ROOT / "tests" / "data"
HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: {}\\n"\n"MIME-Version: 1.0\\n"\n'
MSGFMT = ["msgfmt", "--check", "-o"]


@dataclass(frozen=True, slots=True)
class Fault:
    """An English text, a good translation of it, and one with a fault of a kind."""

    kind: str
    locale: str
    english: str
    good: str
    bad: str


def planted() -> Iterator[Fault]:
    """Every fault of the tables."""
    for table in ("opposites", "orthography", "meaning"):
        for fault in tomllib.loads((DATA / table / "faults.toml").read_text(encoding="utf-8"))["faults"]:
            yield from (Fault(fault["kind"], name, fault["english"], good, bad) for name, good, bad in fault["texts"])
    english = tomllib.loads((DATA / "amounts" / "en.toml").read_text(encoding="utf-8"))
    for file in sorted((DATA / "amounts").glob("*.toml")):
        texts = tomllib.loads(file.read_text(encoding="utf-8"))
        for amount, faulty in texts.get("faults", {}).items():
            good = texts["kept"][amount][0]
            yield from (Fault("amount", file.stem, english[amount], good, bad) for bad in faulty)
    for one in leaflet_faults():
        yield Fault(f"in leaflets, {one.written} the rules", one.locale, one.english, one.good, one.bad)


def outcome(fault: Fault, *, safety: bool) -> str:
    """How the fault is told: as an error, as a warning, or not at all."""

    def told(text: str) -> Counter[tuple[str, str]]:
        found = [*issues(fault.english, text, language(fault.locale), safety=safety), *in_parts(text)]
        return Counter((issue.severity, issue.text) for issue in found)

    new = {severity for severity, _ in told(fault.bad) - told(fault.good)}
    return next((severity for severity in ("error", "warning") if severity in new), "silent")


def false_alarms(faults: list[Fault]) -> tuple[int, int]:
    """How many good translations there are, and of how many of them something is told that is typed wrong or turned."""
    good = {(fault.locale, fault.english, fault.good) for fault in faults}
    rules = {"letter", "digits", "brackets", "sentences", "stop", "spaces", "name", "opposite", "not", "number", "list"}
    told = sum(
        any(issue.rule in rules for issue in issues(text, translation, language(name), safety=True))
        for name, text, translation in good
    )
    return len(good), told


def seen_by(program: list[str], faults: list[Fault]) -> set[Fault]:
    """The faults of which a program for catalogs tells more than of their good translations."""
    found: set[Fault] = set()
    by_locale = defaultdict(list)
    for fault in faults:
        by_locale[fault.locale].append(fault)
    for name, own in by_locale.items():
        bad, good = (_told(program, name, own, which) for which in ("bad", "good"))
        found |= {fault for number, fault in enumerate(own) if bad[number] > good[number]}
    return found


def _told(program: list[str], name: str, faults: list[Fault], which: str) -> Counter[int]:
    """How many lines a program says of each entry of a catalog with the good or the bad translations."""
    with tempfile.TemporaryDirectory() as folder:
        catalog, result = Path(folder) / "x.po", Path(folder) / "out.po"
        entries = [
            f'msgctxt "entry.{number}"\nmsgid {_quoted(fault.english)}\nmsgstr {_quoted(getattr(fault, which))}\n'
            for number, fault in enumerate(faults)
        ]
        catalog.write_text("\n".join([HEAD.format(name), *entries]), encoding="utf-8")
        done = subprocess.run([*program, str(result), str(catalog)], capture_output=True, text=True, check=True)
        lines = catalog.read_text(encoding="utf-8").splitlines()
        if program[0] == MSGFMT[0]:
            places = re.findall(r"(?m)^[^:\n]+:(\d+): ", done.stderr)
            return Counter(sum(line.startswith("msgctxt") for line in lines[: int(place)]) - 1 for place in places)
        told: Counter[int] = Counter()
        marks = 0
        for line in result.read_text(encoding="utf-8").splitlines() if result.exists() else ():
            marks += line.count("(pofilter)")
            if line.startswith("msgctxt"):
                told[int(line.split(".")[1].rstrip('"'))], marks = marks, 0
        return told


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def main() -> None:
    """Print a table with a row for each kind."""
    faults = list(dict.fromkeys(planted()))
    beside = shutil.which("pofilter") or str(Path(sys.executable).with_name("pofilter"))
    msgfmt = seen_by(MSGFMT, faults) if shutil.which(MSGFMT[0]) else None
    pofilter = seen_by([beside, "-o"], faults) if Path(beside).exists() else None
    how = "error | warning | silent"
    print(f"| fault | planted | safety text: {how} | elsewhere: {how} | msgfmt | pofilter |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for kind in [*dict.fromkeys(fault.kind for fault in faults), None]:
        own = [fault for fault in faults if kind in (fault.kind, None)]
        counts = [Counter(outcome(fault, safety=safety) for fault in own) for safety in (True, False)]
        figures = [count[told] for count in counts for told in ("error", "warning", "silent")]
        others = ["" if seen is None else str(sum(fault in seen for fault in own)) for seen in (msgfmt, pofilter)]
        print(f"| {kind or '**all**'} | {len(own)} | {' | '.join([*map(str, figures), *others])} |")
    good, alarms = false_alarms(faults)
    print(
        f"\nIn {len({fault.locale for fault in faults})} languages. Of {good} good translations, {alarms} are told of."
    )


if __name__ == "__main__":
    main()
