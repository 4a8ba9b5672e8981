"""Editions: the site says which, each is one entry of a table, and the PDF of each keeps the promises of A4."""

import json
from pathlib import Path

import pypdfium2
import pytest
from projects import CONDITION, change, replace
from readback import handout_text, missing_islands, pdf_text, pdfium_text, recall
from shipped import EDITIONS, JOINED, OFFERED, RIGHT_TO_LEFT, Shipped
from validators import pdftotext, pdftotext_bbox, verapdf_claims

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Order, build
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.handout import texts
from leafletpress.model.problems import ExitCode, LeafletError

OTHERS = tuple(name for name in EDITIONS if name != DEFAULT_EDITION)
FOLDED = tuple(name for name in OTHERS if EDITIONS[name].folded)
EACH = [
    (edition, locale, audience)
    for edition in OTHERS
    for locale, audience in OFFERED
    if audience in EDITIONS[edition].pages
]
FLAT = [one for one in EACH if one[0] not in FOLDED]
MM = 72 / 25.4

each = pytest.mark.parametrize(("edition", "locale", "audience"), EACH)
each_flat = pytest.mark.parametrize(("edition", "locale", "audience"), FLAT)


def test_all_are_built_within_their_pages_and_without_a_problem(shipped: Shipped) -> None:
    assert set(shipped.build.exit_codes) == {ExitCode.OK}
    assert not any(outcome.problems for outcome in shipped.build.outcomes)
    manifest = json.loads((shipped.folder / "manifest.json").read_text(encoding="utf-8"))
    rows = [row for row in manifest["documents"] if row["edition"] in OTHERS and row["format"] == "pdf"]
    assert {(row["edition"], row["locale"], row["audience"]) for row in rows} == set(EACH)
    for row in rows:
        assert row["pages"] <= EDITIONS[row["edition"]].most_sides(row["audience"], row["locale"])
        assert (shipped.folder / row["path"]).is_file()


def test_every_one_that_is_not_folded_is_for_the_archive_and_for_every_reader(shipped: Shipped) -> None:
    paths = [shipped.path(locale, audience, "pdf", edition) for edition, locale, audience in FLAT]
    for findings in verapdf_claims(paths).values():
        assert {path.name: found for path, found in findings.items() if found} == {}


@each
def test_words_come_back(shipped: Shipped, edition: str, locale: str, audience: str) -> None:
    wanted = " ".join(map(str, texts(shipped.handouts[locale, audience])))
    path = shipped.path(locale, audience, "pdf", edition)
    assert recall(wanted, pdfium_text(path.read_bytes())) >= 0.96
    assert recall(wanted, pdftotext(path)) >= 0.96


@each
def test_islands_stand_in_order(shipped: Shipped, edition: str, locale: str, audience: str) -> None:
    content = shipped.content(locale, audience, "pdf", edition)
    assert missing_islands(shipped.handouts[locale, audience], content) == []


# A clinician's table may go over two pages: its head is there again.
@pytest.mark.parametrize(
    ("edition", "locale", "audience"), [one for one in FLAT if one[1] not in JOINED and one[2] == "patient"]
)
def test_the_text_is_that_of_the_handout(shipped: Shipped, edition: str, locale: str, audience: str) -> None:
    handout = shipped.handouts[locale, audience]
    assert pdf_text(shipped.content(locale, audience, "pdf", edition)) == handout_text(handout)


@each
def test_paper_is_as_the_table_says_and_words_keep_off_its_edges(
    shipped: Shipped, edition: str, locale: str, audience: str
) -> None:
    path = shipped.path(locale, audience, "pdf", edition)
    width, height = (MM * side for side in EDITIONS[edition].size)
    across = 2 if EDITIONS[edition].folded else 1
    for page in pypdfium2.PdfDocument(path):
        assert page.get_size() == pytest.approx((across * width, height), abs=0.6)
    margin = 11.9 * MM
    for word in pdftotext_bbox(path):
        if not word.text.strip("\u200f "):  # a space beside the text, for readers
            continue
        left = 0 if word.left < width else width
        hanging = (word.bottom - word.top) / 3 if word.text.endswith(" ") else 0  # the space at the end of a line
        assert word.left - left > margin
        assert word.right - left < width - margin + hanging


@pytest.mark.parametrize("locale", ["en", "ar", "hi", "zh_Hans"])
def test_large_print_is_set_anew_and_nothing_in_it_is_small(shipped: Shipped, locale: str) -> None:
    sizes = shipped.layout(locale, "patient", "large_print").sizes
    assert min(sizes) >= 16
    assert sum(count for size, count in sizes.items() if size == pytest.approx(18)) > sum(sizes.values()) / 2


@pytest.mark.parametrize("locale", [locale for locale, audience in OFFERED if audience == "patient"])
def test_a_booklet_opens_on_the_side_of_its_script(shipped: Shipped, locale: str) -> None:
    path = shipped.path(locale, "patient", "pdf", "booklet")
    (first, *_), fold = [page.get_size() for page in pypdfium2.PdfDocument(path)], 148.5 * MM
    assert first[0] == pytest.approx(2 * fold, abs=0.1)
    code = shipped.handouts[locale, "patient"].code
    phone = [word for word in pdftotext_bbox(path) if word.page == 1 and "999" in word.text]
    opens_left = (locale, "patient") in RIGHT_TO_LEFT
    assert any((word.left < fold) == opens_left for word in phone), code
    assert len(pypdfium2.PdfDocument(path)) % 2 == 0


def test_a_site_that_names_none_builds_the_default_edition(project: Project) -> None:
    assert list(read_library(project, Wanted()).editions) == [DEFAULT_EDITION]


def test_a_site_builds_the_editions_that_it_names_and_a_filter_chooses(project: Project, tmp_path: Path) -> None:
    site = project.folder("sites") / "example-hospital.toml"
    change(site, lambda text: f'editions = ["letter"]\n{text}')
    library = read_library(project, Wanted())
    assert list(library.editions) == ["letter"]
    wanted = Wanted(locales=("en",), formats=("pdf",), editions=("booklet",))
    built = build(project, Order(wanted, tmp_path / "out", "out", workers=1))
    (made,) = [outcome.document for outcome in built.outcomes]  # clinicians have no booklet
    assert (made.edition, made.audience) == ("booklet", "patient")
    assert (tmp_path / "out" / f"{CONDITION}/en/{CONDITION}-patient-en-booklet.pdf").is_file()


def test_an_unknown_edition_is_told_with_the_nearest(project: Project) -> None:
    site = project.folder("sites") / "example-hospital.toml"
    change(site, lambda text: f'editions = ["a4", "large-print"]\n{text}')
    with pytest.raises(LeafletError) as caught:
        read_library(project, Wanted())
    (problem,) = caught.value.problems
    assert 'unknown edition "large-print"' in str(problem)
    assert 'did you mean "large_print"' in str(problem)
    assert (problem.origin.line, problem.origin.file) == (1, "sites/example-hospital.toml")
    with pytest.raises(LeafletError, match='unknown edition "boklet"') as caught:
        read_library(project, Wanted(editions=("boklet",)))
    assert caught.value.exit_code == ExitCode.USAGE


def test_an_edition_is_one_entry_of_the_table(project: Project, tmp_path: Path) -> None:
    table = project.folder("templates") / "editions.toml"
    entry = (
        '\n[small]\npaper = "A5"\nformats = ["pdf"]\ntype_size = 10\n[small.pages.patient]\nenglish = 40\nother = 40\n'
    )
    change(table, lambda text: text + entry)
    wanted = Wanted(locales=("ar",), editions=("small",))
    built = build(project, Order(wanted, tmp_path / "out", "out", workers=1))
    (row,) = [outcome.row for outcome in built.outcomes]
    assert row is not None
    assert row.path == f"{CONDITION}/ar/{CONDITION}-patient-ar-small.pdf"


@pytest.mark.parametrize("release", [False, True])
def test_more_sides_than_the_budget_are_an_error_and_never_published(
    project: Project, tmp_path: Path, release: bool
) -> None:
    wanted = Wanted(locales=("en",), audiences=("patient",), formats=("pdf",), editions=("a4",))
    path = tmp_path / "out" / CONDITION / "en" / f"{CONDITION}-patient-en.pdf"
    build(project, Order(wanted, tmp_path / "out", "out", workers=1))
    replace(project.folder("templates") / "editions.toml", "english = 6", "english = 1")
    leaflet = project.folder("leaflets") / f"{CONDITION}.yaml"
    replace(leaflet, "subtitle: ", "subtitle: New and ")
    (outcome,) = build(project, Order(wanted, tmp_path / "out", "out", release=release, workers=1)).outcomes
    assert [problem.severity for problem in outcome.problems] == ["error"]
    assert "sides, at most 1 are allowed" in str(outcome.problems[0])
    assert outcome.exit_code == (ExitCode.WITHHELD if release else ExitCode.CONTENT)
    assert outcome.row is not None
    assert outcome.row.state == ("withheld" if release else "built")
    assert path.exists() != release
