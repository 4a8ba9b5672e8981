"""The code is written in one style, its types hold, and modules import only whom they may."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def _fails(*module_and_arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *module_and_arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    return done.stdout + done.stderr if done.returncode else ""


def test_ruff_has_nothing_to_say() -> None:
    assert not _fails("ruff", "check", "--output-format=concise")


def test_code_is_formatted() -> None:
    assert not _fails("ruff", "format", "--check")


def test_types_hold_in_strict_mode() -> None:
    assert not _fails("mypy")


def test_the_contracts_on_imports_hold() -> None:
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout
