"""The documents: what is made by a script is up to date, and what they link to is there."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import check_site
import make_commands
import make_languages
import make_measurements
import make_site
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


def _entries(nav: object) -> Iterator[str]:
    """The pages of a navigation, however deep."""
    match nav:
        case str():
            yield nav
        case list():
            for entry in nav:
                yield from _entries(entry)
        case dict():
            for entry in nav.values():
                yield from _entries(entry)


def test_every_document_and_room_is_in_the_navigation_of_the_web_site(tmp_path: Path) -> None:
    make_site.gather(tmp_path)
    nav = tomllib.loads((tmp_path / "zensical.toml").read_text(encoding="utf-8"))["project"]["nav"]
    pages = tmp_path / "pages"
    assert sorted(_entries(nav)) == sorted(path.relative_to(pages).as_posix() for path in pages.rglob("*.md"))


def test_the_page_of_a_room_lists_its_modules() -> None:
    page = make_site.code_page("model")
    assert page.startswith("# model\n\n::: leafletpress.model\n")
    assert "\n::: leafletpress.model.handout\n" in page
    assert "\n::: leafletpress.model.text.markup\n" in page


GOOD = (
    '<link rel="canonical" href="https://example.org/"><link rel="stylesheet" href="a.css">'
    '<a href="b/c.html#there">c</a><a href="#here">up</a><h2 id="here">x</h2><a href="https://example.org">out</a>'
    '<img src="data:image/png;base64,AA=="><a href="b/c.html">whole</a>'
)


def _site(folder: Path, page: str, css: str = "body { color: black }") -> list[str]:
    (folder / "b").mkdir()
    (folder / "index.html").write_text(page, encoding="utf-8")
    (folder / "b" / "c.html").write_text('<h2 id="there">x</h2><a href="../index.html#here">back</a>', encoding="utf-8")
    (folder / "a.css").write_text(css, encoding="utf-8")
    return list(check_site.faults(folder))


def test_a_site_whose_links_lead_somewhere_has_no_fault(tmp_path: Path) -> None:
    assert _site(tmp_path, GOOD) == []
    assert check_site.main(tmp_path) == 0


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("b/c.html#there", "b/d.html", "index.html: b/d.html: there is no such file"),
        ("b/c.html#there", "b/c.html#nowhere", "index.html: b/c.html#nowhere: there is no such heading"),
        ("#here", "#nowhere", "index.html: #nowhere: there is no such heading"),
        ("data:image/png;base64,AA==", "no.png", "index.html: no.png: there is no such file"),
        ("data:image/png;base64,AA==", "https://example.org/x.png", "index.html: loads https://example.org/x.png"),
        ('href="a.css"', 'href="//example.org/a.css"', "index.html: loads //example.org/a.css"),
        (
            "<img ",
            '<script src="https://example.org/x.js"></script><img ',
            "index.html: loads https://example.org/x.js",
        ),
    ],
)
def test_a_link_into_nothing_and_what_loads_from_elsewhere_are_faults(
    tmp_path: Path, good: str, bad: str, said: str
) -> None:
    assert said in _site(tmp_path, GOOD.replace(good, bad, 1))
    assert check_site.main(tmp_path) == 1


def test_a_style_sheet_that_loads_a_font_from_elsewhere_is_a_fault(tmp_path: Path) -> None:
    css = '@import "https://example.org/x.css"; @font-face { src: url(https://example.org/f.woff2) }'
    loads = ["a.css: loads https://example.org/x.css", "a.css: loads https://example.org/f.woff2"]
    assert _site(tmp_path, GOOD, css) == loads


def test_a_site_without_pages_is_a_fault(tmp_path: Path) -> None:
    assert check_site.main(tmp_path) == 1
