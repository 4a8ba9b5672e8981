"""A leaflet that is published no more leaves a notice at its address; one page links all that is published."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from projects import read
from public import TODAY, public_of, published, row

from leafletpress.build.library import Library, Project
from leafletpress.model.approval import Signoffs, Withdrawal
from leafletpress.model.problems import LeafletError
from leafletpress.model.releases import Key, Release, TextVersion
from leafletpress.publish.entries import is_made_of, listed
from leafletpress.publish.gather import archive
from leafletpress.publish.links import links_of
from leafletpress.publish.manifest import Row
from leafletpress.publish.notices import Notice, notices
from leafletpress.publish.shelf import Shelf
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_releases

RELEASE = Release(TextVersion("1.0", None, "a" * 32, None), date(2026, 1, 31))
DAY = date(2026, 11, 28)
WHY = "Wrong dose: 250 mg & not 25 mg"
TITLES = {"en": "Warts & all", "es": "Verrugas", "ar": "الثآليل (Verruca)"}
ON_THE_DAY = {"en": "28 November 2026", "es": "28 de noviembre de 2026", "ar": "28 نوفمبر 2026"}


@pytest.fixture(scope="module")
def library(shared_project: Project) -> Library:
    return read(shared_project)


def warts(locale: str, audience: str = "patient", reason: str | None = None, **more: Any) -> Row:
    return row(locale, audience, more.pop("format_", "html"), reason, **{"title": TITLES[locale], **more})


def words(library: Library, name: str, locale: str) -> str:
    """Template words as they are read, their day filled in."""
    message = library.furniture[name]
    text = library.locales[locale].translate("furniture", message.context, message.text).text
    assert text
    return text.replace("**", "").replace("{date}", ON_THE_DAY[locale])


def key(locale: str, audience: str = "patient", condition: str = "warts") -> Key:
    return condition, locale, audience


def withdrawn(instead: str | None = None, **which: str) -> dict[str, Signoffs]:
    return {"warts": Signoffs(withdrawals=(Withdrawal(DAY, WHY, instead, **which),))}


def found(library: Library, *rows: Row, **about: Any) -> list[Notice]:
    return list(notices(Shelf(rows), public_of(library, **about)))


def pages(tmp_path: Path, library: Library, *rows: Row, **about: Any) -> Path:
    archive(published(tmp_path / "o", *rows), "o", tmp_path / "into", public_of(library, **about))
    return tmp_path / "into" / "pages"


def said(page: Path, where: str = "//main") -> str:
    (part,) = html.parse(page).getroot().xpath(where)
    return " ".join(part.text_content().replace("\u00a0", " ").split())


def notice(folder: Path, locale: str, audience: str = "patient", condition: str = "warts") -> Path:
    return folder / condition / locale / f"{condition}-{audience}-{locale}.html"


# --- Which there are --------------------------------------------------------------------------------------------------


def test_what_is_published_has_no_notice(library: Library) -> None:
    assert found(library, warts("en"), warts("es"), releases={key("en"): RELEASE}) == []


def test_what_is_withheld_and_was_never_published_has_none(library: Library) -> None:
    assert found(library, warts("en"), warts("es", reason="1 missing")) == []


@pytest.mark.parametrize("rows", [(), (warts("es", reason="1 missing"),)])
def test_what_was_published_and_is_withheld_now_is_not_available(library: Library, rows: tuple[Row, ...]) -> None:
    assert found(library, *rows, releases={key("es"): RELEASE}) == [Notice(key("es"))]


def test_one_edition_is_enough_to_be_published(library: Library) -> None:
    rows = warts("es", reason="7 sides, at most 6 are allowed"), warts("es", edition="large_print", format_="pdf")
    assert found(library, *rows, releases={key("es"): RELEASE}) == []


@pytest.mark.parametrize(
    ("which", "gone"),
    [
        ({}, {key("en"), key("es"), key("es", "clinician")}),
        ({"locale": "es"}, {key("es"), key("es", "clinician")}),
        ({"audience": "clinician"}, {key("es", "clinician")}),
    ],
)
def test_what_is_withdrawn_says_so_whether_it_was_published_or_not(
    library: Library, which: dict[str, str], gone: set[Key]
) -> None:
    rows = [
        warts(locale, audience, "withdrawn on 2026-11-28: x" if key(locale, audience) in gone else None,
              status="withdrawn" if key(locale, audience) in gone else "approved")
        for locale, audience in (("en", "patient"), ("es", "patient"), ("es", "clinician"))
    ]  # fmt: skip
    signoffs = withdrawn("eczema", **which)
    assert set(found(library, *rows, signoffs=signoffs)) == {Notice(one, DAY, WHY, "eczema") for one in gone}


@pytest.mark.parametrize("gone", ["warts", "fr", "clinician"])
def test_what_the_project_does_not_make_any_more_is_withdrawn_since_that_was_noticed(
    library: Library, gone: str
) -> None:
    releases = {key("fr", "clinician"): RELEASE}
    assert found(library, releases=releases, gone=[gone]) == [Notice(key("fr", "clinician"), TODAY)]
    releases = {key("fr", "clinician"): replace(RELEASE, gone=DAY)}
    assert found(library, releases=releases, gone=[gone]) == [Notice(key("fr", "clinician"), DAY)]


def test_the_day_since_when_it_is_gone_is_kept_until_it_is_made_again(tmp_path: Path, library: Library) -> None:
    releases = {key("fr"): RELEASE, key("es"): replace(RELEASE, gone=DAY), key("ar"): replace(RELEASE, gone=DAY)}
    folder = pages(tmp_path, library, warts("en"), releases=releases, gone=["fr", "es"])
    (folder.parent / "published.toml").rename(tmp_path / "published.toml")
    kept = read_releases(Files(tmp_path))
    assert {locale: one.gone for (_, locale, _), one in kept.items()} == {"fr": TODAY, "es": DAY, "ar": None}


def test_a_record_that_cannot_be_read_leaves_it_not_available(library: Library) -> None:
    rows = [warts("es", reason="can't be read", status="withdrawn")]
    assert found(library, *rows, signoffs={}) == [Notice(key("es"))]


# --- What they say ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("staff", ["en", "es", "ar"])
@pytest.mark.parametrize("locale", ["en", "es", "ar"])
def test_a_withdrawal_is_told_in_the_language_of_reader_and_staff(
    tmp_path: Path, library: Library, locale: str, staff: str
) -> None:
    rows = [warts(one, reason="withdrawn", status="withdrawn") for one in TITLES]
    page = notice(pages(tmp_path, library, *rows, staff=staff, signoffs=withdrawn()), locale)
    root = html.parse(page).getroot()
    assert (root.get("lang"), root.get("dir")) == (locale, "rtl" if locale == "ar" else "ltr")
    text = said(page)
    assert words(library, "withdrawn", locale) in text
    assert words(library, "withdrawn", staff) in text
    assert text.count(WHY) == len({locale, staff})
    assert {span.get("dir") for span in root.xpath(f"//span[text()='{WHY}']")} == {"auto"}
    assert root.xpath("string(//h1)") == TITLES[locale]
    sections = root.xpath("//section[h2]")
    assert [(one.get("lang"), one.get("dir")) for one in sections] == (
        [] if staff == locale else [(staff, "rtl" if staff == "ar" else "ltr")]
    )
    assert all(TITLES[staff] in one.text_content() for one in sections)


@pytest.mark.parametrize("locale", ["es", "ar"])
def test_what_is_withheld_for_now_leads_to_the_english(tmp_path: Path, library: Library, locale: str) -> None:
    rows = warts("en"), warts("en", "clinician"), warts(locale, reason="1 missing")
    page = notice(pages(tmp_path, library, *rows, releases={key(locale): RELEASE}), locale)
    assert words(library, "unavailable", locale) in said(page)
    assert words(library, "unavailable", "en") in said(page)
    links = html.parse(page).getroot().xpath("//a[not(contains(@href, 'index.html'))]")
    assert {link.get("href") for link in links} == {"../../warts/en/warts-patient-en.html"}
    assert {link.xpath("string(*/@lang)") for link in links} == {"en"}


def test_the_english_is_not_named_where_it_is_not_published(tmp_path: Path, library: Library) -> None:
    rows = warts("en", reason="1 unfinished"), warts("en", "clinician")
    page = notice(pages(tmp_path, library, *rows, releases={key("es"): RELEASE, key("en"): RELEASE}), "es")
    assert [link.get("href") for link in html.parse(page).getroot().iter("a")] == ["../../index.html"]


@pytest.mark.parametrize(
    ("others", "link"),
    [
        (["es", "en"], "../../eczema/es/eczema-patient-es.html"),
        (["en"], "../../eczema/en/eczema-patient-en.html"),
        ([], None),
    ],
)
def test_what_to_use_instead_is_linked_in_the_readers_language_or_in_english(
    tmp_path: Path, library: Library, others: list[str], link: str | None
) -> None:
    rows = [warts("en"), warts("es", reason="withdrawn", status="withdrawn")]
    rows += [row(one, condition="eczema", title="Eczema") for one in others]
    folder = pages(tmp_path, library, *rows, signoffs=withdrawn("eczema", locale="es"))
    root = html.parse(notice(folder, "es")).getroot()
    assert {one.get("href") for one in root.iter("a")} == {"../../index.html", *([link] if link else [])}
    assert "Use este folleto en su lugar: " + ("Eczema" if others else "eczema") in said(notice(folder, "es"))


def test_a_language_that_is_gone_is_told_of_in_english(tmp_path: Path, library: Library) -> None:
    page = notice(pages(tmp_path, library, warts("en"), releases={key("tlh"): RELEASE}, gone=["tlh"]), "tlh")
    assert html.parse(page).getroot().get("lang") == "en"
    assert "Withdrawn 30 November 2026. Do not use this leaflet. Why: This leaflet is no longer issued." in said(page)


def test_a_leaflet_of_which_nothing_is_left_has_its_name_as_title(tmp_path: Path, library: Library) -> None:
    gone = {key("es", condition="old-thing"): RELEASE}
    page = notice(pages(tmp_path, library, releases=gone, gone=["old-thing"]), "es", condition="old-thing")
    assert said(page, "//h1") == "old-thing"


def test_words_that_are_not_translated_are_said_in_english_and_say_so(
    tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    arabic = library.locales["ar"]
    monkeypatch.setitem(library.locales, "ar", replace(arabic, catalogs={}))
    page = notice(pages(tmp_path, library, releases={key("ar"): RELEASE}), "ar")
    assert html.parse(page).getroot().get("dir") == "rtl"
    assert said(page, "//p[@class='state']/span[@lang='en'][@dir='ltr']") == words(library, "unavailable", "en")


def test_words_that_a_project_lacks_are_named(tmp_path: Path, library: Library) -> None:
    furniture = {name: words for name, words in library.furniture.items() if name != "unavailable"}
    with pytest.raises(LeafletError, match=r'templates/furniture\.toml:1:1: the words "unavailable" are missing'):
        pages(tmp_path, library, releases={key("es"): RELEASE}, furniture=furniture)


# --- Where they stand -------------------------------------------------------------------------------------------------


@pytest.fixture
def some(tmp_path: Path, library: Library) -> Path:
    """Pages with a notice of each kind."""
    rows = [
        *(warts("en", format_=one) for one in ("html", "pdf")),
        warts("es", reason="1 missing"),
        warts("ar", reason="withdrawn", status="withdrawn"),
    ]
    releases = {key("es"): RELEASE, key("fr"): RELEASE, key("en"): RELEASE}
    signoffs = withdrawn(locale="ar")
    return pages(tmp_path, library, *rows, staff="es", releases=releases, gone=["fr"], signoffs=signoffs)


def test_notices_are_in_the_sums_and_the_summary(some: Path) -> None:
    sums = (some / "SHA256SUMS").read_text(encoding="utf-8")
    for locale in ("es", "ar", "fr"):
        assert f"  warts/{locale}/warts-patient-{locale}.html\n" in sums
    assert "  404.html\n" in sums
    summary = (some.parent / "summary.md").read_text(encoding="utf-8")
    assert "Notices stand at the addresses of 3 leaflets that were published before." in summary


def test_every_link_leads_somewhere_and_nothing_comes_from_elsewhere(some: Path) -> None:
    for page in some.rglob("*.html"):
        if "<p>page</p>" in page.read_text(encoding="utf-8"):
            continue
        at = some / "warts" / "es" if page.name == "404.html" else page.parent
        links = links_of("html", page.read_bytes())
        for address in links.addresses:
            if address.startswith("#"):
                assert address[1:] in links.anchors
                continue
            assert (at / address).resolve().is_relative_to(some), address
            assert (at / address).is_file(), address


def test_notices_are_kept_from_search_engines_and_the_index_is_not(some: Path) -> None:
    hidden = {page.name for page in some.rglob("*.html") if 'content="noindex"' in page.read_text(encoding="utf-8")}
    assert hidden == {"404.html", "WART.html", *(f"warts-patient-{locale}.html" for locale in ("es", "ar", "fr"))}


def test_where_no_file_is_every_language_says_so_and_what_is_withdrawn_is_listed(some: Path, library: Library) -> None:
    text = said(some / "404.html")
    assert all(words(library, "unavailable", locale) in text for locale in TITLES)
    items = html.parse(some / "404.html").getroot().xpath("//li")
    assert [" ".join(item.text_content().split()) for item in items] == [
        "Verrugas العربية · Información para pacientes · 28 de noviembre de 2026",
        "Verrugas fr · Información para pacientes · 30 de noviembre de 2026",
    ]


# --- The page that finds leaflets ------------------------------------------------------------------------------------

STATE = {"status": "approved", "dated": "2026-11-22", "next_review": "2028-11-22"}


def data(folder: Path) -> dict[str, Any]:
    (text,) = html.parse(folder / "index.html").getroot().xpath("//script[@id='entries']/text()")
    found: dict[str, Any] = json.loads(text)
    return found


def test_the_page_lists_each_document(tmp_path: Path, library: Library) -> None:
    rows = [
        *(warts("en", format_=one, **STATE) for one in ("docx", "pdf", "html")),
        *(warts("en", format_=one, edition="large_print", **STATE) for one in ("docx", "pdf")),
        *(warts(one, **STATE, revision=3) for one in ("ar", "es")),
        row("tlh", title="wart"),
        warts("es", "clinician", "1 missing"),
    ]
    folder = pages(tmp_path, library, *rows)
    page = (folder / "index.html").read_bytes()
    paths = {one.path for one in rows if one.path}
    assert set(listed(page)) == paths
    assert set(links_of("html", page).addresses) == {*paths, "manifest.json", "SHA256SUMS", "feed.xml"}
    assert is_made_of(page, (folder / "manifest.json").read_bytes())


def test_the_page_speaks_the_language_of_the_staff(tmp_path: Path, library: Library) -> None:
    rows = [warts("en", **STATE), warts("es", **STATE), warts("ar", **STATE, edition="letter")]
    rows.append(row("en", title="Zits", condition="acne"))
    folder = pages(tmp_path, library, *rows, staff="es")
    page = html.parse(folder / "index.html").getroot()
    assert (page.get("lang"), said(folder / "index.html", "//h1")) == ("es", "Folletos")
    found = data(folder)
    assert [one[4] for one in found["locales"]] == ["inglés", "árabe", "español"]
    titles = [dict(found["conditions"][one[0]][1])[str(one[1])][0] for one in found["handouts"]]
    assert titles == [TITLES["en"], TITLES["ar"], TITLES["es"], "Zits"]  # each under Verrugas, but the last
    assert found["days"][1:] == [
        ["2026-11-30", "30 de noviembre de 2026", "noviembre de 2026"],
        ["2028-11-22", "22 de noviembre de 2028", "noviembre de 2028"],
    ]


def test_a_text_is_new_since_it_was_published_first(tmp_path: Path, library: Library) -> None:
    release = Release(TextVersion("1.2", None, "", None), date(2026, 2, 3))
    older = Release(TextVersion("1.1", None, "", None), date(2026, 1, 2))
    rows = [warts("en", **STATE), warts("es", **STATE), warts("ar", **STATE)]
    found = data(pages(tmp_path, library, *rows, releases={key("en"): release, key("es"): older}))
    since = {found["locales"][one[1]][0]: found["days"][one[6]][0] for one in found["handouts"]}
    assert since == {"en": "2026-02-03", "es": "2026-11-30", "ar": "2026-11-30"}


def test_the_page_says_why_something_is_not_published(some: Path) -> None:
    found = data(some)
    why = {
        found["locales"][one[1]][0]: (
            found["states"][one[5]], *(found["reasons"][one[10]] if one[10] >= 0 else None, found["days"][one[11]][0])
        )
        for one in found["handouts"]
    }  # fmt: skip
    assert why == {
        "en": ("draft", None, ""),
        "es": ("withheld", "1 missing", ""),
        "ar": ("withdrawn", WHY, "2026-11-28"),
        "fr": ("withdrawn", None, "2026-11-30"),
    }


def test_an_edition_that_is_withheld_says_so_beside_those_that_are_not(tmp_path: Path, library: Library) -> None:
    rows = [warts("en"), warts("en", edition="booklet", format_="pdf", reason="9 sides")]
    found = data(pages(tmp_path, library, *rows))
    ((condition, *_, files, reason, _, _),) = found["handouts"]
    assert (condition, found["files"][files], reason) == (0, [["a4", "html", -1], ["booklet", "", 0]], -1)
    assert found["reasons"] == ["9 sides"]


HOSTILE = "</script><script>alert(1)</script>", "<!--<script>", "\u202e\u2066 ends early \u2028", "'\"&amp;" + "W" * 500


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_is_text(tmp_path: Path, library: Library, title: str) -> None:
    folder = pages(tmp_path, library, row("en", title=title, everyday=title))
    found = data(folder)
    assert found["conditions"][0][1] == {"0": [title, title]}
    assert len(html.parse(folder / "index.html").getroot().xpath("//script")) in (2, 3)  # without the library, with it


def test_without_any_leaflet_the_page_says_so(tmp_path: Path, library: Library) -> None:
    assert "No leaflet is published." in said(pages(tmp_path, library) / "index.html")


@pytest.mark.parametrize(
    "page", [b"", b"<p>", b'<script type="application/json" id="entries">{"handouts":[[1]]}</script>']
)
def test_a_page_whose_list_cannot_be_read_says_so(page: bytes) -> None:
    with pytest.raises(ValueError, match="list of leaflets"):
        list(listed(page))
