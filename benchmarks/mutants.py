"""Runs mutmut on a sample of its mutants, always the same ones, and tells what became of them, file by file.

    .venv/bin/python benchmarks/mutants.py 250      # so many, drawn by a fixed seed; without a number, all of them

What is mutated and which tests are asked stands in pyproject.toml. Names of survivors go to `mutmut show`.
"""
# ruff: noqa: INP001 - a script, not a package

import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MUTANTS = ROOT / "mutants"
MUTMUT = Path(sys.executable).with_name("mutmut")
SEED = 14
KILLED, SURVIVED, NO_TESTS = (1, 3), (0,), (5, 33)  # as mutmut notes them; what else there is ran out of time


def run(*names: str) -> None:
    """Have mutmut try some mutants, or all that it has not tried yet."""
    subprocess.run([MUTMUT, "run", *names], cwd=ROOT, check=False)


def noted() -> Iterator[tuple[Path, str, int | None]]:
    """File, name and outcome of each mutant; None where it was not tried."""
    for path in sorted(MUTANTS.rglob("*.meta")):
        for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items():
            yield path.relative_to(MUTANTS).with_suffix(""), name, code


def main() -> None:
    """Try them, and print what became of them."""
    sample = int(sys.argv[1]) if len(sys.argv) > 1 else 0
    if sample:
        run("no mutant has this name")  # it only makes them
        chosen = set(random.Random(SEED).sample([name for _, name, _ in noted()], sample))
        run(*chosen)
    else:
        run()
        chosen = {name for _, name, _ in noted()}
    tried = [one for one in noted() if one[1] in chosen and one[2] is not None]
    print(f"{len(tried)} of {sum(1 for _ in noted())} mutants were tried")
    for path in dict.fromkeys(path for path, _, _ in tried):
        found = Counter(_outcome(code) for where, _, code in tried if where == path)
        print(f"{path}: {', '.join(f'{count} {outcome}' for outcome, count in found.items())}")
    print(*sorted(name for _, name, code in tried if code in SURVIVED), sep="\n")


def _outcome(code: int | None) -> str:
    kinds = {"killed": KILLED, "survived": SURVIVED, "reached by no test": NO_TESTS}
    return next((kind for kind, codes in kinds.items() if code in codes), "out of time")


if __name__ == "__main__":
    main()
