"""The page of the review desk in a browser: filters, narrow windows, and what keeps readers out."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from browser import WIDTHS, axe, chromium, opened
from projects import ROOT

from leafletpress.build.desk.page import page
from leafletpress.build.desk.rows import ROW_STATES, Published, Row, SignedBy, urgency
from leafletpress.build.desk.survey import Survey
from leafletpress.build.library import Wanted
from leafletpress.build.project import read_settings
from leafletpress.read.located.files import Files

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SIGNED = SignedBy("translator", "Tom Example", "Translator", "2026-02-01", "1.0", ("treatment.doses", "help.now"))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Browser]":
    with chromium(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def written() -> bytes:
    """A page with a condition in each state, in English and Arabic."""
    files = Files(ROOT)
    settings = read_settings(files, Wanted(site=Path(files.names("sites/*.toml")[0]).stem), date(2026, 3, 1))
    rows = [
        Row(
            f"condition-that-is-{state.replace(' ', '-')}", locale, "patient", state, "have it signed by translator",
            title=f"Skin that is {state}", code=f"SKIN-P-{locale}", version="1.0", since="2026-02-01",
            next_review="2026-03-21", signed=(SIGNED,), void=(SIGNED,), waiting=((locale, "reviser"),),
            gaps={"fuzzy": 3}, first_gap=f"locales/{locale}/LC_MESSAGES/condition-that-is-{state}.po:1234:1",
            withheld="" if state == "approved" else "not approved", published=Published("1.0", 2, "2026-02-01"),
        )
        for state in ROW_STATES for locale in ("en", "ar")
    ]  # fmt: skip
    languages = {"en": "English", "ar": "Arabic"}
    return page(files, Survey(settings.site, settings.today, tuple(sorted(rows, key=urgency)), (), languages))


def test_no_window_is_too_narrow_for_it(browser: "Browser", written: bytes) -> None:
    with opened(browser, written) as shown:
        for click in ("text=Close all", "text=Open all"):
            shown.click(click)
            for width in WIDTHS:
                shown.set_viewport_size({"width": width, "height": 800})
                assert shown.evaluate("document.documentElement.scrollWidth") == width


def test_axe_finds_nothing(browser: "Browser", written: bytes) -> None:
    with opened(browser, written) as shown:
        shown.click("text=Open all")
        assert axe(shown, 320, "light") + axe(shown, 1200, "light") == []


def test_filters_show_what_they_say_and_nothing_else(browser: "Browser", written: bytes) -> None:
    with opened(browser, written) as shown:

        def seen() -> tuple[int, int]:
            count = "(found) => found.filter((one) => !one.hidden && !one.closest('details').hidden).length"
            conditions = shown.eval_on_selector_all("details", "(found) => found.filter((one) => !one.hidden).length")
            return conditions, shown.eval_on_selector_all("tbody tr", count)

        assert seen() == (9, 18)
        shown.select_option("select[name=l]", "ar")
        assert seen() == (9, 9)
        shown.select_option("select[name=s]", "out of date")
        assert (seen(), shown.inner_text("output")) == ((1, 1), "Conditions: 1, leaflets: 1")
        shown.click("text=No filter")
        shown.locator("output", has_text="18").wait_for()
        shown.fill("input[type=search]", "DRAFT")
        assert seen() == (1, 2)
        shown.fill("input[type=search]", "")
        shown.check("input[type=checkbox]")
        assert seen() == (7, 14)
        shown.fill("input[type=number]", "19")
        assert seen() == (0, 0)
        shown.fill("input[type=number]", "20")
        assert seen() == (7, 14)


def test_without_its_script_each_condition_still_opens(browser: "Browser", written: bytes) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.set_content(written.decode())
    assert (shown.locator("details").count(), shown.locator("form").is_visible()) == (9, False)
    shown.locator("summary").first.click()
    assert shown.locator("details[open] tbody tr >> visible=true").count() == 2
    context.close()
