"""The leaflets as they are published: complete, in order, within budget, and valid for the tools of others."""

import json
from itertools import chain

import pytest
from readback import (
    foreign_fonts,
    handout_text,
    in_order,
    latin_words,
    missing_islands,
    pdf_blocks,
    pdf_text,
    pdfium_text,
    places,
    recall,
)
from shipped import AUDIENCES, EDITIONS, JOINED, OFFERED, RIGHT_TO_LEFT, Shipped, locales_of
from validators import outloud, pdftotext, pdftotext_bbox, verapdf_claims

from leafletpress.build.check import check
from leafletpress.model.handout import Handout, texts
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import ExitCode

each_audience = pytest.mark.parametrize("audience", AUDIENCES)
each_handout = pytest.mark.parametrize(("locale", "audience"), OFFERED)


@each_audience
def test_all_are_built_without_a_problem_or_a_gap(shipped: Shipped, audience: str) -> None:
    assert shipped.build.problems == ()
    assert set(shipped.build.exit_codes) == {ExitCode.OK}
    assert not any(outcome.problems for outcome in shipped.build.outcomes)
    assert not any(shipped.build.gaps.values())
    manifest = json.loads((shipped.folder / "manifest.json").read_text(encoding="utf-8"))
    rows = {
        (row["edition"], row["locale"], row["format"]) for row in manifest["documents"] if row["audience"] == audience
    }
    assert rows == {
        (name, locale, format_)
        for name, edition in EDITIONS.items()
        if audience in edition.pages
        for locale in locales_of(audience)
        for format_ in edition.formats
    }
    assert {row["status"] for row in manifest["documents"]} == {"draft"}


@each_audience
def test_check_finds_nothing(shipped: Shipped, audience: str) -> None:
    found = check(shipped.library)
    assert found.problems == ()
    graded = {reading.audience for reading in found.readings}
    assert (audience in graded) == (audience == "patient")


@pytest.mark.parametrize(("locale", "audience"), [pair for pair in OFFERED if pair[0] not in JOINED])
def test_pdf_holds_the_text_exactly(shipped: Shipped, locale: str, audience: str) -> None:
    assert pdf_text(shipped.content(locale, audience, "pdf")) == handout_text(shipped.handouts[locale, audience])


def _counts(content: bytes) -> dict[str, int]:
    kinds = [kind for kind, _ in pdf_blocks(content)]
    return {kind: kinds.count(kind) for kind in ("H1", "H2", "H3", "Lbl", "TH", "TD", "Caption")}


@pytest.mark.parametrize(("locale", "audience"), [pair for pair in OFFERED if pair[0] in JOINED])
def test_pdf_in_a_joined_script_holds_every_block_number_and_latin_word(
    shipped: Shipped, locale: str, audience: str
) -> None:
    content = shipped.content(locale, audience, "pdf")
    wanted = [latin_words(str(text)) for text in texts(shipped.handouts[locale, audience])]
    found = [latin_words(text) for _, text in pdf_blocks(content)]
    assert sorted(chain.from_iterable(found)) == sorted(chain.from_iterable(wanted))
    assert in_order(wanted, found)
    assert _counts(content) == _counts(shipped.content(SOURCE, audience, "pdf"))


@each_handout
def test_words_come_back_from_the_pdf(shipped: Shipped, locale: str, audience: str) -> None:
    wanted = " ".join(map(str, texts(shipped.handouts[locale, audience])))
    assert recall(wanted, pdfium_text(shipped.content(locale, audience, "pdf"))) >= 0.96
    assert recall(wanted, pdftotext(shipped.path(locale, audience, "pdf"))) >= 0.96


@each_handout
def test_no_word_leaves_the_column_of_the_page(shipped: Shipped, locale: str, audience: str) -> None:
    margin = 13 * 72 / 25.4  # millimetres, to points: the narrowest margin of the style sheets
    words = pdftotext_bbox(shipped.path(locale, audience, "pdf"))
    assert [word for word in words if word.left < margin or word.right > 595.3 - margin] == []


@pytest.mark.parametrize(("locale", "audience"), [pair for pair in OFFERED if pair[0] in ("th", "zh_Hans")])
def test_scripts_without_spaces_break_their_lines(shipped: Shipped, locale: str, audience: str) -> None:
    words = pdftotext_bbox(shipped.path(locale, audience, "pdf"))
    lines = {(word.page, round(word.top)) for word in words}
    blocks = [text for text in texts(shipped.handouts[locale, audience]) if len(str(text)) > 120]
    assert blocks
    assert len(lines) > len(list(texts(shipped.handouts[locale, audience])))


@each_handout
def test_islands_stand_in_order_on_the_page(shipped: Shipped, locale: str, audience: str) -> None:
    handout = shipped.handouts[locale, audience]
    assert missing_islands(handout, shipped.content(locale, audience, "pdf")) == []


@pytest.mark.parametrize(("locale", "audience"), RIGHT_TO_LEFT)
def test_phone_numbers_read_from_left_to_right_in_right_to_left_text(
    shipped: Shipped, locale: str, audience: str
) -> None:
    words = pdftotext_bbox(shipped.path(locale, audience, "pdf"))
    for phone in shipped.library.site.phones:
        found = places(words, phone.number)
        assert found, phone.number
        assert all(lefts == sorted(lefts) for _, lefts in found), phone.number


@each_handout
def test_warning_signs_stand_on_the_first_page(shipped: Shipped, locale: str, audience: str) -> None:
    import pypdfium2

    # A release wants the emergency box to begin there; of this leaflet, the whole first section fits.
    handout = shipped.handouts[locale, audience]
    first = pypdfium2.PdfDocument(shipped.content(locale, audience, "pdf"))[0].get_textpage().get_text_range()
    ladder = latin_words(" ".join(str(text) for text in _first_section(handout)))
    assert set(ladder) <= set(latin_words(first))


def _first_section(handout: Handout) -> list[object]:
    from leafletpress.model.walk import walk

    found: list[object] = []
    walk(handout.sections[0], lambda _place, text: found.append(text))
    return found


@each_handout
def test_every_document_says_draft_code_version_and_language(shipped: Shipped, locale: str, audience: str) -> None:
    handout = shipped.handouts[locale, audience]
    head = " ".join(map(str, texts(handout)))
    marks = 1 if locale == SOURCE else 2
    assert len(handout.head.marks) == marks
    assert handout.code == f"CCUT-{audience[0].upper()}-{locale.replace('_', '-')}"
    assert shipped.library.locales[locale].own_name in head
    assert handout.version in head
    for part in (handout.code, handout.check_code, handout.version, handout.dated):
        assert part in str(handout.foot)
    assert shipped.library.locales[locale].english_name in head


@each_audience
def test_pdf_passes_verapdf_for_the_archive_and_for_every_reader(shipped: Shipped, audience: str) -> None:
    paths = [shipped.path(locale, audience, "pdf") for locale in locales_of(audience)]
    for findings in verapdf_claims(paths).values():
        assert {path.name: found for path, found in findings.items() if found} == {}


@each_audience
def test_pdf_passes_outloud(shipped: Shipped, audience: str) -> None:
    paths = [shipped.path(locale, audience, "pdf") for locale in locales_of(audience)]
    assert {path.name: found for path, found in outloud(paths).items() if found} == {}


@each_handout
def test_only_fonts_of_the_language_are_in_the_pdf(shipped: Shipped, locale: str, audience: str) -> None:
    families = shipped.library.locales[locale].typography.families
    assert foreign_fonts(shipped.content(locale, audience, "pdf"), families) == []
