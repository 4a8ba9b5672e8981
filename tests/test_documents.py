"""The documents: what is made by a script is up to date, and what they link to is there."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import make_commands
import make_languages
import make_measurements
import pytest

ROOT = Path(__file__).resolve().parent.parent
DOCS = ROOT / "docs"
DOORS = ("docs/nurses.md", "TRANSLATING.md", "AUTHORING.md", "docs/administrators.md", "CONTRIBUTING.md")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def _prose(path: Path) -> str:
    """A document without its code."""
    text = re.sub(r"(?ms)^```.*?^```$", "", path.read_text(encoding="utf-8"))
    return re.sub(r"`[^`\n]*`", "", re.sub(r"(?m)^ {4,}.*$", "", text))


def _targets(path: Path) -> Iterator[str]:
    """What a document links to in this repository."""
    for target in re.findall(r"\]\(([^)\s]+)\)", _prose(path)):
        if "://" not in target:
            yield target


def _anchors(path: Path) -> set[str]:
    """The headings of a document as addresses, as GitHub and the web site make them."""
    headings = re.findall(r"(?m)^#+ (.+)$", path.read_text(encoding="utf-8"))
    return {re.sub(r"\s", "-", re.sub(r"[^\w\s-]", "", heading).strip().lower()) for heading in headings}


@pytest.mark.parametrize("script", [make_commands, make_languages], ids=lambda script: script.__name__)
def test_pages_made_by_scripts_are_up_to_date(script: ModuleType) -> None:
    anew = f"out of date; make it anew: .venv/bin/python docs/{script.__name__}.py"
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), anew


def test_every_option_of_every_command_is_on_the_page() -> None:
    page = make_commands.page()
    for option in ("--release", "--scheduler ADDRESS", "--cldr", "--most-pages"):
        assert f"| `{option}" in page
    assert "\n### catalogs backtranslate\n" in page


@pytest.mark.parametrize("name", ["pdfs", "speed", "library", "workers", "catalogs"])
def test_each_benchmark_has_its_place_among_the_measurements(name: str) -> None:
    page = make_measurements.PAGE.read_text(encoding="utf-8")
    assert (ROOT / "benchmarks" / f"{name}.py").is_file()
    anew = make_measurements.renewed(page, name, "a \\1 table\n")
    assert f"<!-- {name}: made -->\na \\1 table\n<!-- {name}: end -->" in anew
    assert len(anew.splitlines()) < len(page.splitlines())


def test_a_benchmark_without_a_place_is_refused() -> None:
    with pytest.raises(SystemExit, match="no marks for nothing"):
        make_measurements.renewed("<!-- pdfs: made -->\n<!-- pdfs: end -->", "nothing", "a table")


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_what_a_document_links_to_is_there(path: Path) -> None:
    for target in _targets(path):
        name, _, anchor = target.partition("#")
        linked = path.parent / name if name else path
        assert linked.exists(), f"{target}: there is no such file"
        assert not anchor or anchor in _anchors(linked), f"{target}: there is no such heading"


def test_readme_is_short_and_opens_five_doors() -> None:
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    assert len(lines) < 100
    assert set(DOORS) <= set(_targets(ROOT / "README.md"))
