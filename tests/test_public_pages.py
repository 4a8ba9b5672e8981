"""The pages that are no leaflets fit every screen, can be used by everybody, and fetch nothing, in every script."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import SCHEMES, WIDTHS, axe, chromium, faults, opened
from projects import read
from public import public_of, published, row
from validators import vnu

from leafletpress.build.library import Library, Project
from leafletpress.model.approval import Signoffs, Withdrawal
from leafletpress.model.releases import Release, TextVersion
from leafletpress.publish.gather import archive

if TYPE_CHECKING:
    from playwright.sync_api import Browser

TITLES = {"en": "Warts and verrucas", "es": "Verrugas", "ar": "الثآليل (Verruca)", "zh_Hans": "疣"}
PAGES = ("404.html", *(f"warts/{name}/warts-patient-{name}.html" for name in ("en", "es", "ar", "fr")))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    with chromium(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def folders(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What is published where staff speak English, Spanish or Arabic, with a notice of each kind."""
    library = read(shared_project)
    return {staff: _published(library, staff, tmp_path_factory.mktemp(staff)) for staff in ("en", "es", "ar")}


def _published(library: Library, staff: str, folder: Path) -> Path:
    state = {"status": "approved", "dated": "2026-11-22", "next_review": "2028-11-22"}
    rows = [
        row(name, audience, format_, edition=edition, title=title, **state)
        for name, title in TITLES.items()
        for audience in ("clinician", "patient")[: 1 if name != "zh_Hans" else 2]
        for edition, formats in (("a4", ("html", "pdf", "docx")), ("letter_large_print", ("pdf", "docx")))
        for format_ in formats
    ]
    rows += [
        row("ar", reason="withdrawn", title=TITLES["ar"], status="withdrawn"),
        row("en", condition="eczema", title="Eczema"),
    ]
    release = Release(TextVersion("1.0", None, "a" * 32, None), date(2026, 1, 31))
    why = f"Wrong dose: 250 mg, not 25 mg {'very-long-word' * 5}"
    public = public_of(
        library,
        staff=staff,
        gone=["fr"],
        releases={("warts", name, "patient"): release for name in ("en", "es", "fr")},
        signoffs={"warts": Signoffs(withdrawals=(Withdrawal(date(2026, 11, 28), why, "eczema", "ar"),))},
    )
    archive(
        published(folder / "o", *(one for one in rows if one.locale != "ar" or not one.path)),
        "o",
        folder / "into",
        public,
    )
    return folder / "into" / "pages"


@pytest.mark.parametrize("staff", ["en", "es", "ar"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_every_screen_and_can_be_used_by_everybody(
    browser: "Browser", folders: dict[str, Path], staff: str, name: str
) -> None:
    with opened(browser, (folders[staff] / name).read_bytes()) as page:
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        said = [fault for width in WIDTHS for scheme in SCHEMES for fault in faults(page, width, scheme)]
        said += [fault for scheme in SCHEMES for fault in axe(page, 360, scheme)]
    assert said == []


def test_the_pages_are_valid(folders: dict[str, Path]) -> None:
    pages = [folder / name for folder in folders.values() for name in (*PAGES, "index.html")]
    assert {str(path): found for path, found in vnu(pages).items() if found} == {}
