"""What several test files share."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from projects import make_project

from leafletpress.build.library import Project


@pytest.fixture(scope="session")
def shared_project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small project that is read only."""
    return make_project(tmp_path_factory.mktemp("shared") / "project")


@pytest.fixture
def project(shared_project: Project, tmp_path: Path) -> Project:
    """A small project that the test may change."""
    return Project(Path(shutil.copytree(shared_project.root, tmp_path / "project")))


@pytest.fixture(scope="session")
def print_page() -> Callable[[str, str], bytes]:
    """Prints the body of a page, in a language ("en"), as each PDF is: tagged, with the pinned fonts and no others."""
    from patched import printed

    return printed
