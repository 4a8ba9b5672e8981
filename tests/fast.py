"""Which test files a fast run leaves out: those that start processes, write whole documents, or ask validators."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

# What costs seconds, by what a file imports for it, at its top or in a function.
SLOW = (
    "subprocess",
    "multiprocessing",
    "weasyprint",
    "leafletpress.build.run",
    "leafletpress.build.watch",
    "leafletpress.build.workers",
    "leafletpress.cli",
    "leafletpress.write.WRITERS",
    "leafletpress.write.pdf",
)
# What does, by the name of a fixture of conftest.py.
SLOW_FIXTURES = ("print_page", "shipped")


@cache
def slow_use(path: Path) -> str | None:
    """What a file uses that is slow, itself or through other files of its folder: the first such import or fixture."""
    for name in _used(path):
        if name in SLOW_FIXTURES or any(f"{name}.".startswith(f"{one}.") for one in SLOW):
            return name
        beside = path.with_name(f"{name}.py")
        if beside != path and beside.exists() and (through := slow_use(beside)):
            return f"{name}: {through}"
    return None


def _used(path: Path) -> Iterator[str]:
    """The modules and names that a file imports, and the arguments of its functions: fixtures are among them."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names):
                yield module
                yield from (f"{module}.{alias.name}" for alias in names)
            case ast.arg(arg=name):
                yield name
