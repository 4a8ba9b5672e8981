"""Pages are set in pinned fonts alone; a character that none of them has stops the PDF, and is named with its text."""

import dataclasses
import io

import pikepdf
import pytest
from projects import TRANSLATED, by_rote, catalog, composed, replace, template_of
from readback import foreign_fonts

from leafletpress.build.library import Project
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Origin
from leafletpress.write.fonts import needed_families, refuse_missing_glyphs
from leafletpress.write.pdf import writer as pdf


def refused(project: Project, text: str) -> list[str]:
    replace(catalog(project, "es"), f'msgstr "{by_rote("es", "Between two boxes.")}"', f'msgstr "{text}"')
    handout = composed(project, "es", "patient").handout
    with pytest.raises(LeafletError) as caught:
        pdf.write(handout, template_of(project, "patient", "a4"))
    return [str(problem) for problem in caught.value.problems]


def test_a_missing_character_is_named_with_its_language_and_text(project: Project) -> None:
    assert refused(project, "Entre தமிழ் cajas") == [
        f'every-block-patient-es.pdf: no font has "{char}" (U+{ord(char):04X} {name}) '
        "(in boxes.gap; fonts of es: Noto Sans)"
        for char, name in (
            ("த", "tamil letter ta"),
            ("ம", "tamil letter ma"),
            ("\u0bbf", "tamil vowel sign i"),
            ("ழ", "tamil letter llla"),
            ("\u0bcd", "tamil sign virama"),
        )
    ]


def test_characters_that_are_not_seen_need_no_font(project: Project) -> None:
    replace(catalog(project, "es"), "eñe 2 Bétwéén", "eñe 2\u00a0Bé\u00adtwéén")
    refuse_missing_glyphs(composed(project, "es", "patient").handout, Origin("x.pdf"))


@pytest.mark.parametrize("locale", ["en", "es", "ar", "zh_Hans"])
def test_the_languages_have_fonts_for_all_their_texts(shared_project: Project, locale: str) -> None:
    for audience in ("patient", "clinician"):
        refuse_missing_glyphs(composed(shared_project, locale, audience).handout, Origin("x.pdf"))


@pytest.mark.parametrize(
    ("format_", "has_form", "families"),
    [
        ("pdf", True, ("Vazirmatn", "Noto Sans")),
        ("pdf", False, ("Vazirmatn",)),
        ("docx", True, ("Vazirmatn",)),
        ("html", True, ()),
    ],
)
def test_the_fields_of_a_pdf_need_a_font_of_their_own(
    shared_project: Project, format_: str, has_form: bool, families: tuple[str, ...]
) -> None:
    handout = composed(shared_project, "ar", "patient").handout
    assert handout.notes
    typography = dataclasses.replace(handout.typography, families=("Vazirmatn",))
    notes = handout.notes if has_form else None
    assert needed_families(dataclasses.replace(handout, typography=typography, notes=notes), format_) == families


def written(project: Project, locale: str, audience: str = "patient") -> tuple[Handout, bytes]:
    handout = composed(project, locale, audience).handout
    return handout, pdf.write(handout, template_of(project, audience, "a4"))


@pytest.mark.parametrize("audience", ["patient", "clinician"])
@pytest.mark.parametrize("locale", ["en", *TRANSLATED])
def test_a_pdf_holds_subsets_of_the_families_of_its_language_alone(
    shared_project: Project, locale: str, audience: str
) -> None:
    handout, content = written(shared_project, locale, audience)
    assert foreign_fonts(content, handout.typography.families) == []


def test_english_that_stands_in_is_set_in_a_family_of_the_language(project: Project) -> None:
    replace(catalog(project, "zh_Hans"), f'msgstr "{by_rote("zh_Hans", "Between two boxes.")}"', 'msgstr ""')
    handout, content = written(project, "zh_Hans")
    assert foreign_fonts(content, handout.typography.families) == []


def test_a_family_that_is_not_of_the_language_is_seen(shared_project: Project) -> None:
    _, content = written(shared_project, "zh_Hans")
    assert all(" another family" in wrong for wrong in foreign_fonts(content, ("Noto Sans",)))
    assert foreign_fonts(content, ("Noto Sans",))


@pytest.mark.parametrize(
    ("font", "wrong"),
    [
        ({"/Subtype": "/Type1", "/BaseFont": "/ABCDEF+Noto-Sans"}, "ABCDEF+Noto-Sans: not embedded"),
        ({"/Subtype": "/Type3", "/BaseFont": "/ABCDEF+Noto-Sans"}, "ABCDEF+Noto-Sans: pictures of letters"),
        ({"/Subtype": "/Type0", "/BaseFont": "/Noto-Sans"}, "Noto-Sans: not a subset"),
        ({"/Subtype": "/Type0", "/BaseFont": "/ABCDEF+DejaVu-Sans"}, "ABCDEF+DejaVu-Sans: another family"),
    ],
)
def test_a_font_that_another_machine_would_replace_is_seen(font: dict[str, str], wrong: str) -> None:
    document = pikepdf.new()
    names = {key: pikepdf.Name(value) for key, value in font.items()}
    document.Root.Example = document.make_indirect(pikepdf.Dictionary({"/Type": pikepdf.Name.Font, **names}))
    content = io.BytesIO()
    document.save(content)
    assert foreign_fonts(content.getvalue(), ("Noto Sans",)) == [wrong]
