"""Web pages in a real browser: they fit every screen in every script, light and dark, and print as a plain sheet."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
from browser import LAYOUT, SCHEMES, WIDTHS, axe, chromium, faults, opened
from projects import TRANSLATED, catalog, composed, make_project, shipped_project, template_of, update_catalogs
from readback import squeezed
from scripts import LANGUAGES, make_script_project
from validators import vnu

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.handout import Handout
from leafletpress.write import WRITERS

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AUDIENCES = ("patient", "clinician")
Written = dict[str, tuple[Handout, bytes]]
"""Handouts with their pages, by what tells them apart."""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    with chromium(tmp_path_factory.mktemp("browser")) as found:
        yield found


def _written(project: Project, handout: Handout) -> tuple[Handout, bytes]:
    return handout, WRITERS["html"](handout, template_of(project, handout.audience))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Written:
    """Every kind of block in four languages, translated or not, and every script."""
    project = make_project(tmp_path_factory.mktemp("blocks") / "project")
    scripts = make_script_project(tmp_path_factory.mktemp("scripts") / "project")
    found = {}
    for audience in AUDIENCES:
        for locale in ("en", *TRANSLATED):
            found[f"{locale} {audience}"] = _written(project, composed(project, locale, audience).handout)
    for locale in LANGUAGES:
        found[locale] = _written(scripts, composed(scripts, locale, "patient").handout)
    for locale in TRANSLATED:
        catalog(project, locale).unlink()
    update_catalogs(project)
    for locale in TRANSLATED:
        found[f"{locale} untranslated"] = _written(project, composed(project, locale, "patient").handout)
    return found


@pytest.fixture(scope="module")
def shipped() -> Written:
    """The leaflets of this project in all their languages."""
    project = shipped_project()
    handouts = [one.handout for one in read_library(project, Wanted()).compositions(Wanted())]
    return {f"{one.condition} {one.locale} {one.audience}": _written(project, one) for one in handouts}


def test_every_kind_of_block_fits_every_screen(browser: "Browser", written: Written) -> None:
    assert _faults(browser, written) == {}


def test_the_leaflets_fit_every_screen(browser: "Browser", shipped: Written) -> None:
    assert len(shipped) > 20
    assert _faults(browser, shipped) == {}


def _faults(browser: "Browser", pages: Written) -> dict[str, list[str]]:
    found = {}
    for name, (_, content) in pages.items():
        with opened(browser, content) as page:
            found[name] = [fault for scheme in SCHEMES for width in WIDTHS for fault in faults(page, width, scheme)]
    return {name: told for name, told in found.items() if told}


def test_axe_finds_nothing_in_any_kind_of_block(browser: "Browser", written: Written) -> None:
    for name, (_, content) in written.items():
        with opened(browser, content) as page:
            assert axe(page, 320, "dark") + axe(page, 1200, "light") == [], name


def test_axe_finds_nothing_in_the_leaflets(browser: "Browser", shipped: Written) -> None:
    for name, (_, content) in shipped.items():
        with opened(browser, content) as page:
            assert axe(page, 320, "light") == [], name


def test_the_nu_checker_finds_nothing(written: Written, shipped: Written, tmp_path: Path) -> None:
    paths = []
    for name, (_, content) in (written | shipped).items():
        paths.append(tmp_path / f"{name.replace(' ', '-')}.html")
        paths[-1].write_bytes(content)
    assert {path.name: told for path, told in vnu(paths).items() if told} == {}


CLIPPED = (
    "<thead style='position: absolute; height: 1px; overflow: hidden; clip-path: inset(50%)'><tr><th>One</th></tr>"
)
INACCESSIBLE = {
    "a picture without words": ("<img src='data:image/png;base64,AA'>", "image-alt"),
    "a link without words": ("<a href='#x'></a>", "link-name"),
    "pale words": ("<p style='color: #666; background: white'>One</p>", "color-contrast-enhanced"),
    "small links": ("<p><a href='#x'>1</a></p><p style='margin-top: -22px'><a href='#y'>2</a></p>", "target-size"),
    "words in no landmark": ("</main><p>One</p><main>", "region"),
}


@pytest.mark.parametrize(("body", "rule"), INACCESSIBLE.values(), ids=INACCESSIBLE)
def test_axe_reports_what_shuts_readers_out(browser: "Browser", body: str, rule: str) -> None:
    page_ = "<!DOCTYPE html><html lang=en><title>A page</title><body><main><h1>A page</h1>{}</main></body></html>"
    with opened(browser, page_.format("<p>One</p>")) as page:
        assert axe(page, 320, "light") == []
    with opened(browser, page_.format(body)) as page:
        assert any(f": {rule}: " in finding for finding in axe(page, 320, "light")), axe(page, 320, "light")


# What a page must not be, and what is said of it.
MISLAID = {
    "too wide": ("<p style='width: 400px'>One</p>", "the page is 4"),
    "a word too long": (f"<p>{'x' * 99}</p>", "sideways"),
    "out of its box": ("<div style='width: 5rem'><p style='width: 9rem'>One two three</p></div>", "leaves its <div"),
    "off the screen": ("<p style='margin-left: -2rem'>One</p>", "sideways"),
    "one over the other": ("<p>One</p><p style='margin-top: -2.5rem'>Two</p>", "“One” and “Two” overlap"),
    "cut off": ("<p style='height: 0.5rem; overflow: hidden'>One<br>Two</p>", "is cut off"),
    "not displayed": ("<p style='display: none'>One</p>", "“One” can't be seen"),
    "not visible": ("<p style='visibility: hidden'>One</p>", "“One” can't be seen"),
    "pale": ("<p style='color: #777; background: white'>One</p>", "“One” has a contrast of 4.5"),
    "a picture too wide": ("<img alt='Dots' width=400 src='data:image/svg+xml,<svg xmlns=\"http://www.w3.org/2000/svg\"/>'>",
                           "the picture Dots"),
    "a picture that is none": ("<img alt='Dots' src='data:image/png;base64,AAAA'>", "“Dots” can't be shown"),
    "a head that no cell says": (f"<table>{CLIPPED}<tr><td>1</td></tr></table>", "“One” is cut off"),
    "a number for small fingers": ("<a href='tel:999' style='font-size: 8px'>999</a>", "too low for a finger"),
}  # fmt: skip


@pytest.mark.parametrize(("body", "said"), MISLAID.values(), ids=MISLAID)
def test_a_page_that_is_laid_out_badly_is_seen(browser: "Browser", body: str, said: str) -> None:
    with opened(browser, f"<!DOCTYPE html><html lang=en><title>A page</title><body>{body}</body></html>") as page:
        assert any(said in fault for fault in faults(page, 320, "light")), faults(page, 320, "light")


def test_a_page_that_fetches_something_is_seen(browser: "Browser") -> None:
    with (
        pytest.raises(AssertionError, match=r"https://example\.invalid/x\.png"),
        opened(browser, "<!DOCTYPE html><img src='https://example.invalid/x.png'>"),
    ):
        pass


def _roles(page: "Page", width: int) -> Counter[str]:
    """How often each role stands in what the browser tells screen readers."""
    page.set_viewport_size({"width": width, "height": 800})
    nodes = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    return Counter(node["role"]["value"] for node in nodes if not node["ignored"])


def test_a_table_stays_a_table_where_its_rows_are_cards(browser: "Browser", written: Written) -> None:
    with opened(browser, written["ar clinician"][1]) as page:
        narrow, wide = _roles(page, 320), _roles(page, 1200)
    for role, count in {"table": 1, "row": 3, "columnheader": 3, "rowheader": 2, "cell": 4}.items():
        assert narrow[role] == wide[role] == count, role


def test_everything_stands_in_one_landmark_and_no_other(browser: "Browser", written: Written) -> None:
    with opened(browser, written["en patient"][1]) as page:
        roles = _roles(page, 320)
        outside = page.evaluate("[...document.body.children].map((one) => one.localName)")
    assert outside == ["header", "main", "footer"]
    assert {role: roles[role] for role in ("banner", "main", "contentinfo", "region", "navigation")} == {
        "banner": 1, "main": 1, "contentinfo": 1, "region": 0, "navigation": 0,
    }  # fmt: skip


def test_a_citation_leads_to_its_reference_and_back(browser: "Browser", written: Written) -> None:
    with opened(browser, written["en clinician"][1]) as page:
        page.click("#citation-2")
        assert page.evaluate("location.hash + document.querySelector(':target').localName") == "#reference-2li"
        page.click("#reference-2 .back")
        assert page.evaluate("location.hash + document.querySelector(':target').textContent") == "#citation-22"


@pytest.mark.parametrize("name", ["en patient", "en clinician", "ar clinician"])
def test_a_page_prints_as_a_plain_sheet_that_names_the_pdf_first(
    browser: "Browser", written: Written, name: str
) -> None:
    handout, content = written[name]
    with opened(browser, content) as page:
        page.emulate_media(media="print", color_scheme="dark")
        page.set_viewport_size({"width": 680, "height": 900})
        assert page.evaluate(LAYOUT) == []
        colours = page.evaluate(
            "[...document.body.querySelectorAll('*')].map((one) => getComputedStyle(one))"
            ".flatMap((style) => [`ink ${style.color}`, `ground ${style.backgroundColor}`, style.backgroundImage])"
        )
        white = {"ground rgba(0, 0, 0, 0)", "ground rgb(255, 255, 255)"}
        assert set(colours) - white == {"ink rgb(0, 0, 0)", "none"}
        printed = pdfium.PdfDocument(page.pdf(format="Letter"))
    pages = [sheet.get_textpage().get_text_range() for sheet in printed]
    assert len(pages) > 1
    if handout.direction == "ltr":
        words = squeezed(pages[0])
        assert words.index(squeezed(str(handout.print_hint))) < words.index(squeezed(str(handout.head.service)))
        for number, sheet in enumerate(pages, start=1):
            assert handout.code in sheet
            assert f"Page {number} of {len(pages)}" in " ".join(sheet.split())
            assert all(squeezed(str(draft)) in squeezed(sheet) for draft in handout.head.marks)
