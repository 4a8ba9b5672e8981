"""The Word files of the leaflets, in every edition that has them: whole, valid, right on paper."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from projects import ROOT, template_of
from readback import boxes, docx_paragraphs, families, missing_islands, pages, places
from shipped import EDITIONS as ALL_EDITIONS
from shipped import OFFERED as HANDOUTS
from shipped import RIGHT_TO_LEFT, Shipped
from validators import ooxml_sdk, openxml_audit, pdftotext_bbox, soffice_pdf
from wordlint import lint

from leafletpress.build.library import Project
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout, texts
from leafletpress.write import WRITERS

EDITIONS = {name: edition for name, edition in ALL_EDITIONS.items() if "docx" in edition.formats}
OFFERED = [
    (locale, audience, name)
    for locale, audience in HANDOUTS
    for name, edition in EDITIONS.items()
    if audience in edition.pages
]
Key = tuple[str, str, str]  # locale, audience, edition

each_document = pytest.mark.parametrize("key", OFFERED, ids="-".join)


@dataclass(frozen=True, slots=True)
class Written:
    """A document, and what LibreOffice prints of it with the pinned fonts and no others."""

    handout: Handout
    edition: Edition
    path: Path
    printed: Path


def _write_bare(folder: Path, handout: Handout, edition: str) -> Path:
    """Written without the fonts inside: LibreOffice would lend those of one file to the next."""
    path = folder / f"{handout.locale}-{handout.audience}-{edition}.docx"
    bare = replace(handout, embeds_fonts=False)
    path.write_bytes(WRITERS["docx"](bare, template_of(Project(ROOT), handout.audience, edition)))
    return path


@pytest.fixture(scope="module")
def written(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> dict[Key, Written]:
    folder = tmp_path_factory.mktemp("bare")
    bare = {key: _write_bare(folder, shipped.handouts[key[:2]], key[2]) for key in OFFERED}
    printed = soffice_pdf(bare.values(), folder)
    return {
        (locale, audience, edition): Written(
            shipped.handouts[locale, audience],
            EDITIONS[edition],
            shipped.path(locale, audience, "docx", edition),
            printed[bare[locale, audience, edition]],
        )
        for locale, audience, edition in OFFERED
    }


Documents = dict[Key, Written]


@each_document
def test_it_holds_the_text_exactly(written: Documents, key: Key) -> None:
    assert docx_paragraphs(written[key].path.read_bytes()) == [str(text) for text in texts(written[key].handout)]


def test_all_pass_openxml_audit(written: Documents) -> None:
    found = openxml_audit(one.path for one in written.values())
    assert {path.name: said for path, said in found.items() if said} == {}


def test_one_of_each_language_and_audience_passes_the_open_xml_sdk(written: Documents) -> None:
    first = {key[:2]: one.path for key, one in reversed(written.items())}
    assert {path.name: said for path, said in ooxml_sdk(first.values()).items() if said} == {}


def test_all_pass_our_lint(written: Documents) -> None:
    found = {key: lint(one.path.read_bytes()) for key, one in written.items()}
    assert {key: said for key, said in found.items() if said} == {}


@each_document
def test_islands_stand_in_order_on_paper(written: Documents, key: Key) -> None:
    assert missing_islands(written[key].handout, written[key].printed.read_bytes()) == []


@pytest.mark.parametrize("key", [key for key in OFFERED if key[:2] in RIGHT_TO_LEFT], ids="-".join)
def test_phone_numbers_read_from_left_to_right_in_right_to_left_text(
    shipped: Shipped, written: Documents, key: Key
) -> None:
    words = pdftotext_bbox(written[key].printed)
    for phone in shipped.library.site.phones:
        found = places(words, phone.number)
        assert found, phone.number
        assert all(lefts == sorted(lefts) for _, lefts in found), phone.number


@each_document
def test_no_letter_is_a_box_or_of_another_font(written: Documents, key: Key) -> None:
    content = written[key].printed.read_bytes()
    assert boxes(content) == []
    assert families(content) == {family.replace(" ", "") for family in written[key].handout.typography.families}


# A Word file can't make its spaces narrower to keep to its pages, and LibreOffice moves tables and boxes to the next
# page though there is room for them where they were.
MOVED = 1


@each_document
def test_pages_stay_within_the_budget(written: Documents, key: Key) -> None:
    assert pages(written[key].printed) <= written[key].edition.most_pages(key[1], key[0]) + MOVED
