"""The pseudo-languages show what no translation reaches, and what a longer text or the other direction breaks."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
from projects import shipped_project
from readback import docx_paragraphs, handout_text, latin_words, missing_islands, pdf_blocks, squeezed
from validators import Word, pdftotext_bbox

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Build, Order, build
from leafletpress.model.handout import Handout, Text, texts
from leafletpress.model.locale import PSEUDO_LOCALES
from leafletpress.model.problems import ExitCode, LeafletError

AUDIENCES = ("patient", "clinician")
EACH = [(name, audience) for name in PSEUDO_LOCALES for audience in AUDIENCES]
A4 = (595.3, 841.9)
UNITS = ("mmol", "min", "hour", "day", "week", "month", "year")  # as CLDR writes them
ADDRESS = r"(?:www\.)?[a-z]+(?:\.[a-z]+)+(?:/[a-z-]+)*"
SAFE = 11.3  # points, 4 mm: what a ward laser can't print


class Pseudo:
    """The shipped leaflet in both pseudo-languages."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.wanted = Wanted(locales=tuple(PSEUDO_LOCALES), editions=("a4",))
        self.build: Build = build(shipped_project(), Order(self.wanted, folder, "output"))
        self.handouts: dict[tuple[str, str], Handout] = {
            (made.handout.locale, made.handout.audience): made.handout
            for made in read_library(shipped_project(), self.wanted).compositions(self.wanted)
        }

    def path(self, name: str, audience: str, format_: str) -> Path:
        return self.folder / f"calcinosis-cutis/{name}/calcinosis-cutis-{audience}-{name}.{format_}"


@pytest.fixture(scope="module")
def pseudo(tmp_path_factory: pytest.TempPathFactory) -> Pseudo:
    return Pseudo(tmp_path_factory.mktemp("pseudo"))


def test_they_are_built_on_demand_alone_and_nothing_can_publish_them(pseudo: Pseudo) -> None:
    assert len(pseudo.build.outcomes) == 2 * 2 * 3
    assert not any(pseudo.build.gaps.values())
    assert all(pseudo.path(name, audience, "pdf").is_file() for name, audience in EACH)
    assert json.loads((pseudo.folder / "manifest.json").read_text(encoding="utf-8"))["documents"] == []
    assert not set(PSEUDO_LOCALES) & set(read_library(shipped_project(), Wanted()).locales)


def test_they_are_never_for_release(shared_project: Project, tmp_path: Path) -> None:
    with pytest.raises(LeafletError, match="never for release") as caught:
        build(shared_project, Order(Wanted(locales=("es", "en_XA")), tmp_path / "o", "output", release=True))
    assert caught.value.exit_code == ExitCode.USAGE
    assert not (tmp_path / "o").exists()


def own(handout: Handout) -> Iterator[Text]:
    """The texts in the handout's own language."""
    yield from (text for text in (*texts(handout), handout.foot, handout.page_label) if text.language is None)


def outside(text: Text) -> str:
    """What a text holds outside of end marks; those of a fact's pattern stand inside those of its text."""
    shown = str(text)
    while (inner := re.sub("‹[^‹›]*›", "", shown)) != shown:
        shown = inner
    return shown


@pytest.mark.parametrize(("name", "audience"), EACH)
def test_nothing_but_names_codes_and_addresses_stands_outside_of_the_texts(
    pseudo: Pseudo, name: str, audience: str
) -> None:
    handout = pseudo.handouts[name, audience]
    plain = " ".join(map(outside, own(handout))).replace(handout.check_code, "")
    for address in re.findall(ADDRESS, plain):
        plain = plain.replace(address, "")
    found = {word for word in latin_words(plain) if not word.isdecimal()}
    assert found <= {"CCUT", "P", "C", "en", "XA", "ar", "XB", "ICD", "L", "Accented", "Mirrored", "English"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_word_in_a_text_is_plain_english(pseudo: Pseudo, audience: str) -> None:
    shown = " ".join(map(str, own(pseudo.handouts["en_XA", audience])))
    shown = re.sub(ADDRESS, "", shown)
    plain = set(re.findall(r"(?<!\w)[A-Za-z]{3,}(?!\w)", shown))
    known = {"CCUT", "ICD", "FGF", "December", "Monday", "Friday", "Accented", "English"}
    known.add(pseudo.handouts["en_XA", audience].check_code)
    assert {word for word in plain - known if not word.startswith(UNITS)} == set()


@pytest.mark.parametrize("audience", AUDIENCES)
def test_what_is_printed_is_what_was_composed_and_no_template_adds_a_word(pseudo: Pseudo, audience: str) -> None:
    printed = list(pdf_blocks(pseudo.path("en_XA", audience, "pdf").read_bytes()))
    composed = handout_text(pseudo.handouts["en_XA", audience])
    assert {squeezed(text) for _, text in printed if squeezed(text) not in composed} == set()
    assert not Counter(composed) - Counter(squeezed("".join(text for _, text in printed)))
    for name in PSEUDO_LOCALES:
        paragraphs = docx_paragraphs(pseudo.path(name, audience, "docx").read_bytes())
        assert paragraphs == [str(text) for text in texts(pseudo.handouts[name, audience])]


@pytest.mark.parametrize(("name", "audience"), EACH)
def test_nothing_is_cut_at_the_edge_of_the_paper(pseudo: Pseudo, name: str, audience: str) -> None:
    words = pdftotext_bbox(pseudo.path(name, audience, "pdf"))
    assert len(words) > 500
    for word in words:
        descent = (word.bottom - word.top) / 5  # a box is as high as its font, whatever its letters are
        assert word.left > SAFE, word
        assert word.right < A4[0] - SAFE, word
        assert word.top + descent > SAFE, word
        assert word.bottom - descent < A4[1] - SAFE, word


@pytest.mark.parametrize("audience", AUDIENCES)
def test_no_words_lie_on_each_other(pseudo: Pseudo, audience: str) -> None:
    words = pdftotext_bbox(pseudo.path("en_XA", audience, "pdf"))
    assert [pair for pair in combinations(words, 2) if _overlap(*pair)] == []


def _overlap(one: Word, other: Word) -> bool:
    """Whether two words share more than half of the smaller one's area."""
    if one.page != other.page:
        return False
    width = min(one.right, other.right) - max(one.left, other.left)
    height = min(one.bottom, other.bottom) - max(one.top, other.top)
    smaller = min((word.right - word.left) * (word.bottom - word.top) for word in (one, other))
    return width > 0 and height > 0 and width * height > smaller / 2


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_mirrored_page_keeps_its_islands(pseudo: Pseudo, audience: str) -> None:
    handout = pseudo.handouts["ar_XB", audience]
    assert handout.direction == "rtl"
    assert missing_islands(handout, pseudo.path("ar_XB", audience, "pdf").read_bytes()) == []
