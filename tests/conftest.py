"""What several test files share."""

import os
import shutil
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fast import slow_use
from hypothesis import Phase, settings
from hypothesis.configuration import set_hypothesis_home_dir
from projects import ROOT, make_project

from leafletpress.build.library import Project

if TYPE_CHECKING:
    from shipped import Shipped


_RUNNING = False
_PROCESSES = ("subprocess.Popen", "os.fork", "os.forkpty", "os.posix_spawn", "os.system")


def pytest_addoption(parser: pytest.Parser) -> None:
    """The option of the fast run."""
    parser.addoption("--fast", action="store_true", help="leave out test files that use what is slow: tests/fast.py")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out, in a fast run, the files that use what is slow: they are not even imported."""
    is_test = collection_path.suffix == ".py" and collection_path.name.startswith("test_")
    return True if config.option.fast and is_test and slow_use(collection_path) else None


def pytest_configure(config: pytest.Config) -> None:
    """Say how many examples hypothesis looks at; refuse, in a fast run, what no file may do that is not left out."""
    set_hypothesis_home_dir(ROOT / ".cache" / "hypothesis")
    phases = [
        phase for phase in Phase if phase != Phase.explain
    ]  # it traces, in which Python 3.11 may go round for ever
    settings.register_profile("fast", max_examples=20, deadline=None, phases=phases)
    settings.register_profile("default", max_examples=100, deadline=None, phases=phases)
    settings.register_profile("ci", max_examples=300, deadline=None, phases=phases, derandomize=True, database=None)
    settings.load_profile("ci" if "CI" in os.environ else "fast" if config.option.fast else "default")
    if config.option.fast:
        sys.addaudithook(_refuse_slow)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that look at the shipped leaflets first, then what else is slow: the end must not wait for a long one."""
    first = {item.path for item in items if "shipped" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: (item.path not in first, slow_use(item.path) is None))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol() -> Generator[None, object, object]:
    """Know when a test is at work: pytest itself may start processes."""
    global _RUNNING
    _RUNNING = True
    try:
        return (yield)
    finally:
        _RUNNING = False


def _refuse_slow(event: str, arguments: tuple[object, ...]) -> None:
    if _RUNNING and (event in _PROCESSES or (event == "import" and arguments[0] == "weasyprint")):
        raise RuntimeError(f"a test starts a process or lays out pages in a fast run ({event}): see tests/fast.py")


@pytest.fixture(scope="session")
def shared_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project that is read only."""
    return make_project(tmp_path_factory.mktemp("shared") / "project")


@pytest.fixture
def project(shared_project: Project, tmp_path: Path) -> Project:
    """A small project that the test may change."""
    return Project(Path(shutil.copytree(shared_project.root, tmp_path / "project")))


@pytest.fixture
def kill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a template ends the process of a worker with, as the kernel does where memory runs out.

    It takes Python's own names; for that, the workers that a test starts have their sandbox opened.
    """
    folder = tmp_path / "opened"
    folder.mkdir()
    opened = "import jinja2.sandbox\njinja2.sandbox.SandboxedEnvironment.is_safe_attribute = lambda *_: True\n"
    (folder / "sitecustomize.py").write_text(opened, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(folder), prepend=os.pathsep)
    return '{{ self.__init__.__globals__.__builtins__.__import__("os")._exit(9) }}'


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> "Shipped":
    """The shipped leaflets, built for release; all processes of a run share one build."""
    from shipped import build_once  # with the writers: not for runs that look at no shipped leaflet

    own = tmp_path_factory.getbasetemp()
    return build_once((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "shipped")


@pytest.fixture(scope="session")
def print_page() -> Callable[[str, str], bytes]:
    """Prints the body of a page, in a language ("en"), as each PDF is: tagged, with the pinned fonts and no others."""
    from patched import printed

    return printed
