"""Gathers the pages of the web site in a folder: make_site.py FOLDER. .ci/docs calls it before Zensical.

The documents are taken as they are, in their places, so that their links lead to the same pages here and in the
repository. For each room of the program a page lists its modules, which mkdocstrings fills from their docstrings.
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "leafletpress"
CONFIGURATION = ROOT / "docs" / "zensical.toml"


def documents() -> list[Path]:
    """The documents, and what they show and link to beside other documents."""
    docs = ROOT / "docs"
    beside = (path for form in ("*.md", "*.png", "*.schema.json") for path in docs.rglob(form))
    return sorted([*ROOT.glob("*.md"), ROOT / "LICENSE", *beside])


def rooms() -> list[str]:
    """The rooms of the program."""
    return sorted(path.parent.name for path in PROGRAM.glob("*/__init__.py"))


def code_page(room: str) -> str:
    """The page of a room's code: its modules, outermost first."""
    return "\n\n".join([f"# {room}", *(f"::: {name}" for name in _modules(PROGRAM / room))]) + "\n"


def _modules(package: Path) -> Iterator[str]:
    name = ".".join(package.relative_to(ROOT).parts)
    yield name
    yield from (f"{name}.{path.stem}" for path in sorted(package.glob("*.py")) if path.stem != "__init__")
    for below in sorted(package.glob("*/__init__.py")):
        yield from _modules(below.parent)


def gather(folder: Path) -> None:
    """Put the pages and the configuration of the site into a folder, in place of those of the last time."""
    pages = folder / "pages"
    shutil.rmtree(pages, ignore_errors=True)
    for path in documents():
        target = pages / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    (pages / "code").mkdir()
    for room in rooms():
        (pages / "code" / f"{room}.md").write_text(code_page(room), encoding="utf-8")
    shutil.copy(CONFIGURATION, folder)


if __name__ == "__main__":
    gather(Path(sys.argv[1]))
