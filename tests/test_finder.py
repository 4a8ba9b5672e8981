"""The page that finds leaflets, in a browser and from a disk: what is typed and pressed leads to the right file."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import SCHEMES, WIDTHS, axe, chromium, faults
from projects import read
from public import public_of, published, row

from leafletpress.build.library import Library, Project
from leafletpress.build.search import PACKAGE, search_script
from leafletpress.model.approval import Signoffs, Withdrawal
from leafletpress.model.text.check_code import check_code
from leafletpress.publish.gather import archive
from leafletpress.publish.manifest import Row

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAMES = {
    "en": ("Warts & all", "Small hard lumps"),
    "es": ("Verrugas", "Bultitos duros"),
    "ar": ("الثآليل (Verruca)", "كتل صغيرة"),
    "zh_Hans": ("疣", "皮肤小硬块"),
}
LONG = "Long" * 40
HOSTILE = f'</script><img src=x onerror="document.title=1"> \u202e {LONG}'
WHY = "Wrong dose: 250 mg, not 25 mg"
CODES = {locale: check_code(f"{number * 7919:x}") for number, locale in enumerate(NAMES, start=9)}
needs_library = pytest.mark.skipif(not search_script(), reason="minisearch is not in node_modules")


def rows() -> Iterator[Row]:
    about: dict[str, Any] = {"status": "approved", "dated": "2026-11-22", "next_review": "2126-11-22", "revision": 1}
    for locale, (title, everyday) in NAMES.items():
        gone = locale == "ar"
        kept = {**about, "status": "withdrawn"} if gone else about
        for edition, formats in (("a4", ("html", "pdf", "docx")), ("booklet", ("pdf",)), ("large_print", ("pdf",))):
            for format_ in formats:
                yield row(
                    locale, "patient", format_, "withdrawn" if gone else None, edition=edition, title=title,
                    everyday=everyday, code=f"WART-P-{locale}", check_code=CODES[locale], **kept,
                )  # fmt: skip
    yield row("en", "clinician", "pdf", title="Warts & all", code="WART-C-en", **{**about, "next_review": "2026-01-22"})
    yield row(
        "en", "patient", "pdf", condition="eczema", title="Eczema", everyday="Dry skin", code="ECZE-P-en", **about
    )
    yield row("es", "patient", "pdf", "3 missing", condition="eczema", title="Eccema", code="ECZE-P-es")
    yield row("en", "patient", "pdf", condition="odd", title=HOSTILE, everyday=HOSTILE, code="ODD-P-en", **about)


def made(library: Library, staff: str, folder: Path) -> Path:
    """What is published where staff speak a language; of the Arabic, a withdrawal."""
    withdrawal = Withdrawal(date(2026, 11, 28), WHY, "eczema", "ar")
    public = public_of(library, staff=staff, signoffs={"warts": Signoffs(withdrawals=(withdrawal,))})
    public = replace(public, site=replace(public.site, editions=("a4", "large_print", "booklet")))
    archive(published(folder / "o", *rows()), "o", folder / "into", public)
    return folder / "into" / "pages" / "index.html"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    with chromium(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture(scope="module")
def indexes(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    library = read(shared_project)
    return {staff: made(library, staff, tmp_path_factory.mktemp(staff)) for staff in ("en", "ar")}


@pytest.fixture
def page(browser: "Browser", indexes: dict[str, Path]) -> Iterator["Page"]:
    """The page in English, on a day of the month in which it was made; nothing outside of its folder is asked for."""
    yield from opened(browser, indexes["en"])


@pytest.fixture
def arabic(browser: "Browser", indexes: dict[str, Path]) -> Iterator["Page"]:
    yield from opened(browser, indexes["ar"])


def opened(browser: "Browser", path: Path, day: str = "2026-11-30T12:00:00") -> Iterator["Page"]:
    context = browser.new_context()
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    shown.clock.set_fixed_time(day)
    shown.goto(path.as_uri())
    yield shown
    context.close()
    assert wrong == []


def found(page: "Page", text: str) -> list[str]:
    """The codes of what is found by a text, in order."""
    page.fill("#text", text)
    codes = "(all) => all.map((one) => one.textContent.match(/[A-Z]{3,}-[PC]-[a-z]{2}(_[A-Z][a-z]+)?/)[0])"
    return [str(one) for one in page.eval_on_selector_all("#found li .about", codes)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("span", "WART-P-es"),
        ("Spanish", "WART-P-es"),
        ("espanol", "WART-P-es"),
        ("ESPAÑOL", "WART-P-es"),
        ("verru es", "WART-P-es"),
        ("العربية", "WART-P-ar"),
        ("عربية", "WART-P-ar"),
        ("arabic", "WART-P-ar"),
        ("ثاليل", "WART-P-ar"),
        ("疣", "WART-P-zh_Hans"),
        ("小硬块", "WART-P-zh_Hans"),
        ("simplified han", "WART-P-zh_Hans"),
        ("ecze", "ECZE-P-en"),
        ("dry skin", "ECZE-P-en"),
        ("WART-P-es", "WART-P-es"),
        ("wart-c", "WART-C-en"),
        (CODES["es"], "WART-P-es"),
        (CODES["en"].lower(), "WART-P-en"),
        ("health professionals", "WART-C-en"),
        ("large print chinese", "WART-P-zh_Hans"),
    ],
)
def test_a_leaflet_is_found_by_name_code_language_and_reader(page: "Page", text: str, first: str) -> None:
    assert found(page, text)[0] == first


@needs_library
@pytest.mark.parametrize(
    ("text", "first"),
    [("spansh", "WART-P-es"), ("sapnish", "WART-P-es"), ("espaniol", "WART-P-es"), ("eczmea", "ECZE-P-en"),
     ("verugas", "WART-P-es"), ("الثاليال", "WART-P-ar")],
)  # fmt: skip
def test_typing_errors_are_forgiven(page: "Page", text: str, first: str) -> None:
    assert found(page, text)[0] == first


@pytest.mark.parametrize("text", ["xyzzy", "warts xyzzy", "eczema somali", "()[.*"])
def test_nothing_is_found_by_what_fits_nothing(page: "Page", text: str) -> None:
    expected = [] if text != "()[.*" else found(page, "")
    assert found(page, text) == expected


@pytest.mark.parametrize("slip", ["wrong", "swapped", "lost", "more"])
def test_a_check_code_with_a_slip_leads_to_the_nearest(page: "Page", slip: str) -> None:
    code = CODES["es"]
    typed = {
        "wrong": f"{code[:2]}Q{code[3:]}",
        "swapped": f"{code[1]}{code[0]}{code[2:]}",
        "lost": code[:-1],
        "more": f"{code}Q",
    }[slip]
    assert found(page, typed)[:1] == ["WART-P-es"]
    assert page.inner_text("#said").endswith(
        f"No leaflet has the check code {typed}. Below are those with the nearest one."
    )


def test_choices_show_what_they_say_and_are_remembered_but_for_the_language(page: "Page") -> None:
    page.select_option("#edition", "booklet")
    assert page.inner_text("#found li:first-child .line") != ""
    assert set(page.locator(".line:not(.stop) > span").all_inner_texts()) == {"booklet"}
    page.select_option("#language", "es")
    assert found(page, "") == ["WART-P-es", "ECZE-P-es"]
    page.reload()
    assert (page.input_value("#edition"), page.input_value("#language")) == ("booklet", "")
    page.click("button[type=reset]")
    page.locator("#said", has_text="8").wait_for()
    page.select_option("#state", "withdrawn")
    assert found(page, "") == ["WART-P-ar"]
    page.select_option("#state", "withheld")
    assert found(page, "") == ["ECZE-P-es"]
    page.select_option("#state", "expired")
    assert found(page, "") == ["WART-C-en"]


def test_it_works_where_a_page_may_keep_nothing(browser: "Browser", indexes: dict[str, Path]) -> None:
    context = browser.new_context()
    context.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError') } })"
    )
    shown = context.new_page()
    shown.goto(indexes["en"].as_uri())
    assert found(shown, "spanish") == ["WART-P-es", "ECZE-P-es"]
    context.close()


def test_it_works_without_the_library_but_for_typing_errors(browser: "Browser", indexes: dict[str, Path]) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(globalThis, 'MiniSearch', { get() {}, set() {} })")
    shown = context.new_page()
    shown.goto(indexes["en"].as_uri())
    assert [found(shown, text)[:1] for text in ("espanol", "عربية", "疣", "spansh")] == [
        ["WART-P-es"], ["WART-P-ar"], ["WART-P-zh_Hans"], [],
    ]  # fmt: skip
    context.close()


def test_the_large_print_is_sent_to_print_by_five_keys_and_the_browsers_own(page: "Page") -> None:
    strokes = ["z", "h", "Enter", "2", "p"]  # and Ctrl+P in the window that opens: six
    with page.context.expect_page() as window:
        for key in strokes:
            page.keyboard.press(key)
    assert window.value.url.endswith("/warts/zh_Hans/warts-patient-zh_Hans-large_print.pdf")
    assert "Ctrl+P" in page.inner_text("#by-hand")


def test_two_keys_print_open_and_download(page: "Page") -> None:
    page.fill("#text", "spanish warts")
    page.evaluate("""
      window.asked = [];
      window.open = (url) => { asked.push(url); return null; };
      document.addEventListener('click', (event) => {
        const link = event.target.closest('a');
        if (event.defaultPrevented) return;
        asked.push(link.href + (link.hasAttribute('download') ? ' kept' : ''));
        event.preventDefault();
      });
    """)
    for letter in ("p", "o", "d", "x"):
        page.focus("#text")
        page.keyboard.press("Enter")
        page.keyboard.press(letter)
    asked = [url.rpartition("/")[2] for url in page.evaluate("asked")]
    assert asked == ["warts-patient-es.pdf", "warts-patient-es.html", "warts-patient-es.pdf kept"]


def test_no_key_takes_the_page_away(page: "Page") -> None:
    page.keyboard.type("spanish warts")
    for letter in ("p", "o", "d"):
        page.focus(".line")
        with page.context.expect_page():
            page.keyboard.press(letter)
    assert page.url.endswith("/index.html")
    assert page.locator("#found li").count() == 1


def test_keys_go_from_line_to_line_and_back(page: "Page") -> None:
    page.keyboard.type("warts")

    def at() -> str:
        return str(page.evaluate("document.activeElement.textContent.trim().slice(0, 7)"))

    page.keyboard.press("ArrowDown")
    seen = [at()]
    for _ in range(2):
        page.keyboard.press("ArrowDown")
        seen.append(at())
    assert [one[:5] for one in seen] == ["A41Pr", "large", "bookl"]
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "text"
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "text"


def test_what_is_withdrawn_says_why_and_what_to_use_and_cannot_be_printed(page: "Page") -> None:
    page.keyboard.type("arabic")
    page.keyboard.press("Enter")
    said = " ".join(str(page.evaluate("document.activeElement.innerText")).split())
    assert said == (
        f"Withdrawn 28 November 2026. Do not use this leaflet. Why: {WHY} Use this leaflet instead: Eczema (English)O"
    )
    page.evaluate("window.open = () => { document.title = 'printed' }; null")
    page.keyboard.press("p")
    assert page.title() != "printed"
    assert page.get_attribute("#found .line a", "href") == "eczema/en/eczema-patient-en.pdf"


def test_state_version_and_next_check_are_plain_to_see(page: "Page") -> None:
    page.fill("#text", "spanish warts")
    words = "Español (Spanish) Patient information approved New this month Version 1.2-1 Next check November 2126"
    assert " ".join(page.inner_text("#found li:first-child .about").split()) == f"{words} WART-P-es {CODES['es']}"
    page.fill("#text", "wart-c")
    assert "past its check date" in page.inner_text("#found li:first-child .about")


@pytest.mark.parametrize(("day", "count"), [("2026-11-01", 6), ("2026-12-01", 0), ("2027-11-30", 0)])
def test_what_is_new_follows_the_month_of_the_day(
    browser: "Browser", indexes: dict[str, Path], day: str, count: int
) -> None:
    for shown in opened(browser, indexes["en"], f"{day}T12:00:00"):
        assert shown.is_visible("#new") == bool(count)
        if count:
            assert shown.inner_text("#new") == f"New this month: {count}"
            shown.click("#new")
            assert shown.locator("#found li").count() == count


def test_hostile_titles_are_text(page: "Page") -> None:
    assert found(page, "odd-p") == ["ODD-P-en"]
    assert page.inner_text("#found h2").startswith("</script><img src=x")
    assert (page.locator("img").count(), page.title() == "1") == (0, False)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_page_runs_from_right_to_left_in_the_words_of_the_staff(arabic: "Page") -> None:
    assert arabic.evaluate("[document.documentElement.lang, document.dir]") == ["ar", "rtl"]
    assert arabic.inner_text("h1") == "النشرات"
    assert found(arabic, "الإسبانية")[0] == "WART-P-es"
    heading = arabic.inner_text("#found li:first-child h2")
    assert heading.startswith("الثآليل")
    assert arabic.get_attribute("#found h2 bdi:last-child", "dir") == "ltr"
    for key, code in (("ح", "KeyP"), ("خ", "KeyO")):  # the keys of an Arabic keyboard
        arabic.evaluate("window.asked = 0; window.open = () => { asked += 1 }; null")
        arabic.focus(".line")
        arabic.evaluate(
            """([key, code]) => document.activeElement.dispatchEvent(
                new KeyboardEvent('keydown', { key, code, bubbles: true }))""",
            [key, code],
        )
        assert arabic.evaluate("asked") == (1 if code == "KeyP" else 0)


def test_it_prints_itself_as_a_poster_of_languages(page: "Page", arabic: "Page") -> None:
    for shown, asked in ((page, "Point to your language"), (arabic, "أشر إلى لغتك")):
        shown.emulate_media(media="print")
        assert not shown.is_visible("form")
        assert not shown.is_visible("#found")
        assert shown.inner_text(".poster h2") == asked
        own = [text.split("\n")[0] for text in shown.locator(".poster li").all_inner_texts()]
        assert own == ["English", "Español", "简体中文"]  # nothing is published in Arabic
        assert "请指出您的语言" in shown.inner_text(".poster")


@pytest.mark.parametrize("staff", ["en", "ar"])
def test_it_fits_every_screen_and_can_be_used_by_everybody(
    browser: "Browser", indexes: dict[str, Path], staff: str
) -> None:
    for shown in opened(browser, indexes[staff]):
        wrong = [one for width in WIDTHS for scheme in SCHEMES for one in faults(shown, width, scheme)]
        # The words of lists that are not open and of the poster can't be seen, and are not meant to be.
        assert [one for one in wrong if not one.endswith("can't be seen")] == []
        assert [one for scheme in SCHEMES for one in axe(shown, 360, scheme)] == []


def test_without_scripts_it_lists_every_document(browser: "Browser", indexes: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    shown = context.new_page()
    shown.goto(indexes["en"].as_uri())
    assert shown.locator("main li a").count() == sum(one.path is not None for one in rows())
    assert not shown.is_visible("form")
    context.close()


def test_the_library_is_pinned_in_one_version() -> None:
    lock = json.loads((Path(__file__).parent.parent / "package-lock.json").read_text(encoding="utf-8"))
    entry = lock["packages"][f"node_modules/{PACKAGE['package']}"]
    assert entry == {key: PACKAGE[key] for key in ("version", "integrity", "license")}
