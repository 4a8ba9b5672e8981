"""The page of a leaflet's code says of every paper that ever was whether it is current, and what is new since."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from browser import SCHEMES, WIDTHS, axe, chromium, faults
from lxml import html
from projects import read
from public import TODAY, public_of, published, row

from leafletpress.build.library import Library, Project
from leafletpress.model.approval import Signoffs, Withdrawal
from leafletpress.model.papers import Paper, Papers, with_papers
from leafletpress.model.problems import LeafletError
from leafletpress.model.releases import Key, Release, TextVersion
from leafletpress.model.text.check_code import ALPHABET, check_code, is_check_code
from leafletpress.publish.gather import archive
from leafletpress.publish.manifest import Row
from leafletpress.publish.releases import dump_releases
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_papers, read_releases

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

LONG = "Long" * 40
HOSTILE = f'</script><img src=x onerror="document.title=1"> \u202e {LONG}'
TITLES = {"en": HOSTILE, "es": "Verrugas", "ar": "الثآليل"}
WHY = "Wrong dose: 250 mg, not 25 mg"
CODES = {name: check_code(f"{at * 7919313:x}") for at, name in enumerate(("en", "es", "ar", "fr"), start=3)}
OLD = {name: check_code(f"{at * 7919:x}") for at, name in enumerate(("en", "es", "ar", "fr", "here", "there"), start=5)}
CHANGES = (("1.2", "The dose & <b>nothing else</b>", "en"), ("1.1", "A phone number", "en"), ("1.0", "All", "en"))


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


def key(locale: str) -> Key:
    return "warts", locale, "patient"


def paper(locale: str, number: str = "1.0-1", code: str | None = None, site: str = "north", **more: Any) -> Paper:
    made = Paper(site, "WART", number, OLD[locale] if code is None else code, date(2026, 1, 31))
    return replace(made, **more)


def rows(**more: Any) -> Iterator[Row]:
    for locale in ("en", "es", "ar"):
        gone = locale == "ar"
        about = {"status": "withdrawn" if gone else "approved", "next_review": "2126-11-22", **more}
        for format_ in ("html", "pdf"):
            yield row(
                locale, "patient", format_, "withdrawn" if gone else None, title=TITLES[locale],
                code=f"WART-P-{locale}", check_code=CODES[locale], revision=None if locale == "en" else 1,
                changes=CHANGES if format_ == "html" and locale == "en" else (), **about,
            )  # fmt: skip


PAPERS: Papers = {
    key("en"): (paper("en", "1.1"), paper("here", "1.0", site="south")),
    key("es"): (paper("es"),),
    key("ar"): (paper("ar"),),
    key("fr"): (paper("fr"),),
}


def pages(folder: Path, library: Library, *rows_: Row, staff: str = "en", **about: Any) -> Path:
    withdrawal = Withdrawal(date(2026, 11, 28), WHY, None, "ar")
    known = {"papers": PAPERS, "signoffs": {"warts": Signoffs(withdrawals=(withdrawal,))}, **about}
    public = public_of(library, staff=staff, **known)
    public = replace(public, site=replace(public.site, id="north"))
    archive(published(folder / "o", *(rows_ or rows())), "o", folder / "into", public)
    return folder / "into" / "pages"


@pytest.fixture(scope="module")
def made(library: Library, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return {
        staff: pages(tmp_path_factory.mktemp(staff), library, staff=staff) / "status" / "WART.html"
        for staff in ("en", "ar")
    }


def said(page: Path, code: str) -> tuple[str, str]:
    """What the page says of a paper: the state, and all in one line."""
    (item,) = html.parse(page).getroot().xpath(f'//li[@id="{code}"]')
    return item.get("class"), " ".join(item.text_content().replace("\u00a0", " ").split())


# --- The ledger -------------------------------------------------------------------------------------------------------


def test_every_paper_is_kept_for_ever_in_the_file_of_releases(library: Library, tmp_path: Path) -> None:
    into = pages(tmp_path, library).parent
    kept = read_papers(Files(into))
    assert kept[key("en")] == (Paper("north", "WART", "1.2", CODES["en"], TODAY), *PAPERS[key("en")])
    assert [one.check_code for one in kept[key("es")]] == [CODES["es"], OLD["es"]]
    assert [one.check_code for one in kept[key("ar")]] == [OLD["ar"]]  # nothing of it is published
    assert kept[key("fr")] == PAPERS[key("fr")]
    again = pages(tmp_path / "again", library, papers=kept).parent
    assert read_papers(Files(again)) == kept


def test_a_paper_that_was_cut_out_of_the_file_breaks_its_seal(tmp_path: Path) -> None:
    release = Release(TextVersion("1.0", None, "a" * 32, None), TODAY)
    text = dump_releases({key("en"): release}, PAPERS)
    (tmp_path / "published.toml").write_text(text, encoding="utf-8")
    assert (read_releases(Files(tmp_path)), read_papers(Files(tmp_path))) == ({key("en"): release}, PAPERS)
    cut = re.sub(rf"    \"[^\"]*{OLD['en']}[^\"]*\",\n", "", text)
    assert cut != text
    (tmp_path / "published.toml").write_text(cut, encoding="utf-8")
    with pytest.raises(LeafletError, match="cut, or changed by hand"):
        read_papers(Files(tmp_path))


@pytest.mark.parametrize(
    "wrong",
    ["", "2026-02-30 WART 1.1 {} north", "2026-01-31 wart 1.1 {} north", "2026-01-31 WART 1.1 AAAAAA north",
     "2026-01-31 WART 1.1- {} north", "2026-01-31 WART 1.1 {} "],
)  # fmt: skip
def test_what_is_no_paper_is_a_problem_with_its_place(tmp_path: Path, wrong: str) -> None:
    text = dump_releases({}, {key("en"): (paper("en"),)})
    right = f"2026-01-31 WART 1.0-1 {OLD['en']} north"
    assert right in text
    (tmp_path / "published.toml").write_text(text.replace(right, wrong.format(OLD["en"])), encoding="utf-8")
    with pytest.raises(LeafletError, match=r"^published\.toml:\d+:\d+: "):
        read_releases(Files(tmp_path))


def test_a_paper_that_says_the_same_keeps_its_first_day() -> None:
    first, later = paper("en"), paper("en", day=date(2026, 5, 1))
    assert with_papers({key("en"): (first,)}, {key("en"): later}) == {key("en"): (first,)}
    other = replace(later, site="south")
    assert with_papers({key("en"): (first,)}, {key("en"): other}) == {key("en"): (other, first)}


# --- What the page says -----------------------------------------------------------------------------------------------


def test_of_what_is_published_it_says_that_it_is_current(made: dict[str, Path]) -> None:
    state, words = said(made["en"], CODES["en"])
    assert state == "current"
    assert words == (
        f"WART-P-en {CODES['en']} · Version 1.2 This is the current version. approved · Next check November 2126 "
        "Past its check date (November 2126). Ask staff before you use it."  # hidden until then
    )
    (past,) = html.parse(made["en"]).getroot().xpath(f'//li[@id="{CODES["en"]}"]/p[@hidden]')
    assert past.get("data-due") == "2126-11-22"


def test_of_an_older_one_it_says_what_is_new_since_and_no_more(made: dict[str, Path]) -> None:
    state, words = said(made["en"], OLD["en"])
    assert state == "old"
    assert words == (
        f"WART-P-en {OLD['en']} · Version 1.1 There is a newer version: 1.2 {CODES['en']}. Use that one. "
        "What has changed: Version 1.2: The dose & <b>nothing else</b> Open"
    )
    state, words = said(made["en"], OLD["es"])
    assert state == "old"
    assert "Hay una versión más reciente: 1.2-1" in words
    assert "Versión 1.2: The dose" in words
    assert "Versión 1.1: A phone number" in words
    assert "For staff There is a newer version: 1.2-1" in words
    assert ": All" not in words


def test_where_the_english_has_the_same_version_nothing_is_said_of_changes(library: Library, tmp_path: Path) -> None:
    held = {key("en"): (paper("en", "1.2"),)}
    page = pages(tmp_path, library, papers=held) / "status" / "WART.html"
    assert said(page, OLD["en"])[1].endswith("Use that one. Open")


def test_of_a_withdrawn_one_it_says_why_and_what_to_use(made: dict[str, Path]) -> None:
    state, words = said(made["en"], OLD["ar"])
    assert state == "stopped"
    assert f"Withdrawn 28 November 2026. Do not use this leaflet. Why: {WHY} {HOSTILE}" in words
    assert f"السبب: {WHY} {HOSTILE} (English)" in words


def test_of_one_that_is_not_published_at_the_moment_it_says_so(made: dict[str, Path]) -> None:
    state, words = said(made["en"], OLD["fr"])
    assert state == "stopped"
    assert "This leaflet is not published at the moment. Ask staff." in words


def test_papers_of_other_sites_are_not_spoken_of(made: dict[str, Path]) -> None:
    assert OLD["here"] not in made["en"].read_text(encoding="utf-8")


def test_what_was_published_before_papers_were_kept_is_known_by_its_number(library: Library, tmp_path: Path) -> None:
    release = Release(TextVersion("1.0", None, "a" * 32, None), date(2026, 1, 31))
    page = pages(tmp_path, library, papers={}, releases={key("en"): release}) / "status" / "WART.html"
    (item,) = html.parse(page).getroot().xpath('//li[@data-number="1.0"]')
    assert (item.get("class"), item.get("data-code")) == ("old", "")
    higher = replace(release, text=replace(release.text, version="2.0"))  # of another site, for all that is known
    page = pages(tmp_path / "2", library, papers={}, releases={key("en"): higher}) / "status" / "WART.html"
    assert html.parse(page).getroot().xpath('//li[@data-number="2.0"]') == []


def test_a_code_that_a_leaflet_had_keeps_its_page(library: Library, tmp_path: Path) -> None:
    held = {key("en"): (replace(paper("en", "1.1"), code="LUMP"),)}
    folder = pages(tmp_path, library, papers=held) / "status"
    assert sorted(path.name for path in folder.iterdir()) == ["LUMP.html", "WART.html"]
    assert said(folder / "LUMP.html", OLD["en"])[0] == "old"
    assert said(folder / "LUMP.html", CODES["en"])[0] == "current"


def test_hostile_titles_and_changes_are_text(made: dict[str, Path]) -> None:
    page = html.parse(made["en"]).getroot()
    assert page.xpath("//img | //li//b") == []
    assert page.xpath("//h3")[0].text_content().startswith("</script><img src=x")


def test_each_part_is_in_its_language_and_direction(made: dict[str, Path]) -> None:
    for staff, direction in (("en", "ltr"), ("ar", "rtl")):
        page = html.parse(made[staff]).getroot()
        assert (page.get("lang"), page.get("dir")) == (staff, direction)
        sections = [(one.get("lang"), one.get("dir")) for one in page.xpath("//section")]
        assert sections[0] == (staff, direction)
        assert set(sections) == {("en", "ltr"), ("es", "ltr"), ("ar", "rtl")}  # French is gone, so in English
        beside = {(one.get("lang"), one.get("dir")) for one in page.xpath('//div[@class="staff"]')}
        assert beside == {(staff, direction)}
        assert [one.tag for one in page.xpath("//h1 | //h2 | //h3 | //h4")][:4] == ["h1", "h2", "h3", "h4"]


# --- In a browser -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator["Browser"]:
    with chromium(tmp_path_factory.mktemp("browser")) as found:
        yield found


@pytest.fixture
def page(browser: "Browser", made: dict[str, Path]) -> Iterator["Page"]:
    yield from opened(browser, made["en"])


def opened(browser: "Browser", path: Path, about: str = "", **more: Any) -> Iterator["Page"]:
    context = browser.new_context(**more)
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("request", lambda request: None if request.url.startswith("file:") else wrong.append(request.url))
    shown.goto(path.as_uri() + about)
    yield shown
    context.close()
    assert wrong == []


def found(page: "Page", text: str) -> list[str]:
    page.fill("#copy-text", text)
    codes = "(all) => all.filter((one) => !one.hidden).map((one) => one.dataset.code)"
    return [str(one) for one in page.eval_on_selector_all("[data-number]", codes)]


def slips(code: str) -> dict[str, str]:
    other = next(sign for sign in ALPHABET if sign not in code)
    at = next(at for at in range(5) if code[at] != code[at + 1])
    return {
        "one wrong": code[:2] + other + code[3:],
        "swapped": code[:at] + code[at + 1] + code[at] + code[at + 2 :],
        "one missing": code[:3] + code[4:],
        "one too many": code[:3] + other + code[3:],
    }


def test_the_check_code_of_a_paper_finds_it_however_it_is_typed(page: "Page") -> None:
    for text in (
        OLD["es"],
        OLD["es"].lower(),
        f" {OLD['es'][:3]} {OLD['es'][3:]}",
        f"WART-P-es {OLD['es']} · Versión 1.0-1",
    ):
        assert found(page, text) == [OLD["es"]], text
        assert page.locator("#copy-said p:not(.heard)").count() == 0
    assert "Hay una versión más reciente" in (page.text_content("#copy-said .heard") or "")


def test_signs_that_look_alike_are_taken_for_those_of_the_code(page: "Page") -> None:
    code = next(one for one in (*CODES.values(), *OLD.values()) if set(one) & set("DL2568V"))
    typed = code.translate(str.maketrans("DL2568V", "01ZSGBU"))
    assert typed != code
    assert found(page, typed) == found(page, code)


@pytest.mark.parametrize("slip", slips(OLD["es"]))
def test_a_slip_is_caught_and_the_likely_code_offered(page: "Page", slip: str) -> None:
    typed = slips(OLD["es"])[slip]
    assert not is_check_code(typed)
    assert found(page, typed) == [OLD["es"]]
    assert f"No leaflet has the check code {typed}." in page.inner_text("#copy-said")


@pytest.mark.parametrize("text", [check_code("1234567"), "9.9", "xyzzy", "()[.*", HOSTILE])
def test_what_nobody_published_gets_a_kind_answer(page: "Page", text: str) -> None:
    assert found(page, text) == []
    assert page.inner_text("#copy-said").strip() == "This code or version is unknown here. Ask staff."


def test_a_version_finds_all_papers_that_have_it(page: "Page") -> None:
    assert found(page, "1.2") == [CODES["en"], CODES["es"]]
    assert sorted(found(page, "1.0-1")) == sorted([OLD["es"], OLD["ar"], OLD["fr"]])
    assert found(page, "WART-P-es 1.0") == [OLD["es"]]
    assert len(found(page, "")) == 6


def test_an_address_with_a_code_or_a_language_leads_to_it(browser: "Browser", made: dict[str, Path]) -> None:
    for shown in opened(browser, made["en"], f"#{OLD['ar']}"):
        assert shown.input_value("#copy-text") == OLD["ar"]
        assert shown.locator("[data-number]:visible").count() == 1
    for shown in opened(browser, made["en"], "#es"):
        assert shown.inner_text("#copy-label").splitlines()[-1] == (
            "Código de comprobación o versión, al pie de la página"
        )
    for shown in opened(browser, made["en"], locale="ar-EG"):
        assert shown.locator("#copy-label [dir=rtl]").count() == 1


def test_it_fits_every_screen_and_can_be_used_by_everybody(browser: "Browser", made: dict[str, Path]) -> None:
    for path in made.values():
        for shown in opened(browser, path):
            wrong = [one for width in WIDTHS for scheme in SCHEMES for one in faults(shown, width, scheme)]
            assert [one for one in wrong if not one.endswith("can't be seen")] == []
            assert [one for scheme in SCHEMES for one in axe(shown, 360, scheme)] == []


def test_without_scripts_it_lists_every_paper_with_its_state(browser: "Browser", made: dict[str, Path]) -> None:
    for shown in opened(browser, made["en"], java_script_enabled=False):
        assert shown.locator("li[id]:visible .state:visible").count() == 9  # of six, of three of them for staff too
        assert not shown.is_visible("form")
