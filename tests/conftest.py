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
    import leafletpress.write.pdf.writer  # noqa: F401 - first: it keeps the machine's fonts out of sight
    from leafletpress.write.fonts import font_faces
    from leafletpress.write.pdf.patches import tags as tagging

    from weasyprint import CSS, HTML  # isort: skip
    from weasyprint.text.fonts import FontConfiguration  # isort: skip

    def printed(body: str, language: str) -> bytes:
        families = ("Noto Sans", "Vazirmatn")
        fonts = FontConfiguration()
        look = f"{font_faces(families)} html {{ font: 14pt {', '.join(map(repr, families))} }}"
        content: bytes = HTML(string=f"<html lang={language}><title>A page</title>{body}").write_pdf(
            stylesheets=[CSS(string=look, font_config=fonts)],
            font_config=fonts,
            pdf_variant="pdf/a-2a",
            finisher=tagging.finish,
        )
        return content

    return printed
