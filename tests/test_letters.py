"""Letters come back from a PDF as they are read, Arabic ones in their order; the page stays as it is."""

import dataclasses
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize
from unittest.mock import patch

import pypdfium2
import pytest
from patched import named, without
from PIL import ImageChops
from projects import by_rote, catalog, composed, replace, template_of
from readback import pdfium_text
from validators import pdftotext

from leafletpress.build.library import Project
from leafletpress.write.pdf import writer as pdf
from leafletpress.write.pdf.patches import edges

DIRECTION = dict.fromkeys(map(ord, "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"))
LAM_ALEF = "السلام الآن الأمراض الإصدار لا علامات"
SIGNS = "مؤهَّل حمّى قوتِ سُن تورّم وخاصةً شبيهًا بنفسجيًا فوراً"
# The font draws some of these letters as two glyphs; then they stand beside the same letters without a sign.
TWO_GLYPHS = "Ví dụ dịch vụ quý vị bị đọng suy chuyển hẹn lại Ẹja ọmọ iṣẹ on i u e Việt"
LETTERS = named("letters")
ISLANDS = {
    "Call 999 now.": "اتصل بالرقم 999 الآن",
    "From 22 November 2026 to the end.": "اتصل بنا من يوم 22 نوفمبر 2026 حتى نهاية السنة في العيادة",
}


def written(project: Project, text: str, audience: str = "patient") -> bytes:
    replace(catalog(project, "ar"), f'msgstr "{by_rote("ar", "Between two boxes.")}"', f'msgstr "{text}"')
    return pdf.write(composed(project, "ar", audience).handout, template_of(project, audience, "a4"))


def lost(wanted: str, content: bytes, path: Path) -> list[list[str]]:
    """The words that pdfium, and those that poppler, do not read back."""
    path.write_bytes(content)
    read = (normalize("NFC", text).translate(DIRECTION).split() for text in (pdfium_text(content), pdftotext(path)))
    return [[word for word in wanted.split() if word not in words] for words in read]


def test_lam_and_alef_come_back_as_two_letters(project: Project, tmp_path: Path) -> None:
    assert lost(LAM_ALEF, written(project, LAM_ALEF), tmp_path / "x.pdf") == [[], []]


def test_without_it_they_do_not(project: Project, tmp_path: Path) -> None:
    with without(LETTERS):
        assert all(len(words) >= 4 for words in lost(LAM_ALEF, written(project, LAM_ALEF), tmp_path / "x.pdf"))


def test_more_words_with_vowel_signs_come_back(project: Project, tmp_path: Path) -> None:
    ours = lost(SIGNS, written(project, SIGNS), tmp_path / "x.pdf")
    handout = composed(project, "ar", "patient").handout
    with without(LETTERS):
        theirs = lost(SIGNS, pdf.write(handout, template_of(project, "patient", "a4")), tmp_path / "y.pdf")
    assert all(len(with_letters) < len(without) for with_letters, without in zip(ours, theirs, strict=True))
    assert sum(map(len, ours)) <= len(SIGNS.split()) / 2


def test_the_page_is_the_same_to_the_eye(project: Project) -> None:
    ours = written(project, f"{LAM_ALEF} {SIGNS}")
    handout = composed(project, "ar", "patient").handout
    with without(LETTERS), patch.object(edges, "show", lambda *_: None):  # it shows glyphs under numbers of that row
        theirs = pdf.write(handout, template_of(project, "patient", "a4"))
    assert ours != theirs
    pages = [pypdfium2.PdfDocument(content) for content in (ours, theirs)]
    assert len(pages[0]) == len(pages[1])
    for one, other in zip(*pages, strict=True):
        assert one.render(scale=1.5).to_pil().tobytes() == other.render(scale=1.5).to_pil().tobytes()


def test_what_was_written_before_changes_nothing(project: Project) -> None:
    first = written(project, LAM_ALEF)
    handouts: list[Callable[[], bytes]] = [
        lambda locale=locale: pdf.write(  # type: ignore[misc]
            composed(project, locale, "patient").handout, template_of(project, "patient", "a4")
        )
        for locale in ("es", "zh_Hans", "ar")
    ]
    assert [write() for write in handouts][-1] == first


def test_text_in_latin_letters_is_written_as_weasyprint_writes_it(shared_project: Project) -> None:
    handout = composed(shared_project, "es", "patient").handout
    template = template_of(shared_project, "patient", "a4")
    ours = pdf.write(handout, template)
    with without(LETTERS):
        assert pdf.write(handout, template) == ours


@pytest.mark.parametrize("english", ISLANDS)
def test_islands_keep_their_spaces(project: Project, tmp_path: Path, english: str) -> None:
    replace(project.folder("leaflets") / "every-block.yaml", "Between two boxes.", english)
    replace(catalog(project, "ar"), 'msgid "Between two boxes."', f'msgid "{english}"')
    replace(catalog(project, "ar"), f'msgstr "{by_rote("ar", "Between two boxes.")}"', f'msgstr "{ISLANDS[english]}"')
    handout = composed(project, "ar", "patient").handout
    section = next(section for section in handout.sections if section.id == "boxes")
    # Poppler reads a page in the direction of most of its letters, and those of the other texts are Latin.
    alone = dataclasses.replace(section, blocks=tuple(block for block in section.blocks if block.id == "gap"))
    handout = dataclasses.replace(handout, sections=(alone,))
    content = pdf.write(handout, template_of(project, "patient", "a4"))
    assert lost(ISLANDS[english], content, tmp_path / "x.pdf") == [[], []]


def test_letters_that_are_drawn_as_two_glyphs_come_back_as_one(
    print_page: Callable[[str, str], bytes], tmp_path: Path
) -> None:
    page = f"<p>{TWO_GLYPHS}<p><b>{TWO_GLYPHS}</b><p>{' '.join(reversed(TWO_GLYPHS.split()))}"
    ours = print_page(page, "vi")
    assert lost(TWO_GLYPHS, ours, tmp_path / "x.pdf") == [[], []]
    with without(LETTERS):
        theirs = print_page(page, "vi")
    assert all(len(words) >= 8 for words in lost(TWO_GLYPHS, theirs, tmp_path / "y.pdf"))
    one, other = (pypdfium2.PdfDocument(content)[0].render(scale=3).to_pil() for content in (ours, theirs))
    apart = ImageChops.difference(one, other).convert("L").point(lambda shade: 255 * (shade > 96))
    assert apart.getbbox() is None  # a line in parts is rounded a little differently


BRACKETS = "<p dir=rtl>قبل (نص قصير) بعد [سطر].</p><p dir=ltr style='break-before: page'>one (two) three [four]</p>"


def test_brackets_come_back_as_they_were_typed(print_page: Callable[[str, str], bytes], tmp_path: Path) -> None:
    path = tmp_path / "brackets.pdf"
    page = f"<style>p {{ font-family: Vazirmatn, Noto Sans }}</style>{BRACKETS}"
    for rows, is_right in ((LETTERS, False), ([], True)):
        with without(rows):
            path.write_bytes(print_page(page, "ar"))
        for text in (pdfium_text(path.read_bytes()), pdftotext(path)):
            found = "".join(text.translate(DIRECTION).split())
            lines = ("قبل(نصقصير)بعد[سطر]", "one(two)three[four]")
            assert all(line in found for line in lines) == is_right, found
