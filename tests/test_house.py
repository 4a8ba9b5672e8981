"""Who may import whom, as pyproject.toml says it, and what no contract on imports can say."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "leafletpress"
MODULES = sorted(PACKAGE.rglob("*.py"))

# Who may call what, and every other module may not: rooms by the name of what is called.
CALLS: dict[str, tuple[str, ...]] = {
    "print": ("cli", "__main__"),
    "input": (),
    "exit": (),
    "sys.exit": ("cli", "__main__"),
    "os._exit": ("build.workers",),
    "os.abort": (),
    "datetime.now": ("cli", "build.project"),  # the day decides what may be published
    "datetime.today": (),
    "datetime.utcnow": (),
    "date.today": (),
}
# Who may name these attributes at all.
NAMES: dict[str, tuple[str, ...]] = {"os.environ": ("cli", "write.fonts"), "os.getenv": (), "os.putenv": ()}
# Who may open a file to write: one module puts files in place; a journal and an archive grow as they are written.
WRITING = ("publish.files", "publish.journal", "publish.gather")


def _name(path: Path) -> str:
    """The dotted name below leafletpress; that of the package itself is empty."""
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix("__init__").rstrip(".")


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(_tree(path)):
        match node:
            case ast.Import(names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), level=0):
                yield module
            case ast.ImportFrom(level=level) if level:
                raise AssertionError(f"{path.name}: a relative import")


def _is_in(module: str, rooms: tuple[str, ...]) -> bool:
    return any(f"{module}.".startswith(f"{room}.") for room in rooms)


def _dotted(node: ast.expr) -> str:
    """A name as it is written: os.environ, datetime.now; "" for anything else."""
    match node:
        case ast.Name(name):
            return name
        case ast.Attribute(value, attribute):
            return f"{_dotted(value)}.{attribute}"
    return ""


def test_every_library_has_its_room() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    placed = {name for contract in contracts for name in contract.get("protected_modules", ())}
    used = {name.split(".")[0] for path in MODULES for name in _imports(path)}
    assert used - placed - sys.stdlib_module_names == {"leafletpress"}
    assert placed - sys.stdlib_module_names <= used


def test_the_model_is_made_of_the_standard_library_alone() -> None:
    for path in (PACKAGE / "model").rglob("*.py"):
        others = {name.split(".")[0] for name in _imports(path)} - sys.stdlib_module_names - {"leafletpress"}
        assert not others, f"{path.name} imports {others}"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_only_composing_and_languages_decide_by_audience_or_locale(path: Path) -> None:
    if _is_in(_name(path), ("compose", "read.languages", "translate")):
        return
    literals = {"patient", "clinician", "en", "es", "ar", "zh_Hans"}
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Compare):
            compared = [node.left, *node.comparators]
            named = {part.value for part in compared if isinstance(part, ast.Constant)}
            assert not named & literals, f"{path.name}:{node.lineno} decides by audience or locale"


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_printing_exits_clocks_and_the_environment_keep_to_their_rooms(path: Path) -> None:
    for node in ast.walk(_tree(path)):
        if isinstance(node, ast.Call) and (name := _dotted(node.func)) in CALLS:
            assert _is_in(_name(path), CALLS[name]), f"{path.name}:{node.lineno} calls {name}"
        if isinstance(node, ast.Attribute) and (name := _dotted(node)) in NAMES:
            assert _is_in(_name(path), NAMES[name]), f"{path.name}:{node.lineno} names {name}"


def _writes(node: ast.Call) -> bool:
    """Whether a call writes a file, or opens one to write: write_text, write_bytes, open with such a mode."""
    name = _dotted(node.func).rpartition(".")[2] or getattr(node.func, "attr", "")
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    modes = [part.value for part in given if isinstance(part, ast.Constant) and isinstance(part.value, str)]
    opens = name == "open" and any(set(mode) <= set("rwaxbt+") and set(mode) & set("wax+") for mode in modes)
    return opens or name in ("write_text", "write_bytes")


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_files_are_put_in_place_by_one_module(path: Path) -> None:
    written = [node.lineno for node in ast.walk(_tree(path)) if isinstance(node, ast.Call) and _writes(node)]
    assert not written or _is_in(_name(path), WRITING), f"{path.name}:{written} write files: publish.files does that"


def test_start_needs_nothing_but_the_standard_library() -> None:
    at_the_top = {
        name.split(".")[0]
        for node in _tree(ROOT / "build_leaflets.py").body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
    }
    assert at_the_top == {"sys", "pathlib"}
