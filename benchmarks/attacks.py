"""Tries every attack of tests/attacking.py, and counts by kind what came of it; what is not refused it names.

.venv/bin/python benchmarks/attacks.py
"""
# ruff: noqa: INP001 - a script, not a package

import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from attacking import OUTCOMES, Outcome, attacks, make_root, outcome  # noqa: E402


def main() -> None:
    """Print the table."""
    found: dict[str, Counter[Outcome]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as folder:
        root = make_root(Path(folder) / "project")
        for attack in attacks():
            came, why = outcome(attack, root)
            found[attack.kind][came] += 1
            if came != "refused":
                print(f"{attack.kind}: {attack.name}: {came}: {why}", file=sys.stderr)
    print("| kind | tried | clean error | traceback | hang | accepted wrongly |\n|---|---|---|---|---|---|")
    every = sum(found.values(), Counter[Outcome]())
    for kind, counts in {**found, "**all**": every}.items():
        print(f"| {kind} | {counts.total()} | {' | '.join(str(counts[one]) for one in OUTCOMES)} |")


if __name__ == "__main__":
    main()
