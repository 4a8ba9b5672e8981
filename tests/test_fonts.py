"""A character that no pinned font has stops the PDF, and says which character, in which language and in which text."""

import pytest
from projects import by_rote, catalog, composed, replace

from leafletpress.errors import LeafletError, Origin
from leafletpress.library import Project
from leafletpress.templates import read_template
from leafletpress.writers import pdf
from leafletpress.writers.fonts import refuse_missing_glyphs


def refused(project: Project, text: str) -> list[str]:
    replace(catalog(project, "es"), f'msgstr "{by_rote("es", "Between two boxes.")}"', f'msgstr "{text}"')
    handout = composed(project, "es", "patient").handout
    with pytest.raises(LeafletError) as caught:
        pdf.write(handout, read_template(project.folder("templates"), "patient", "a4"))
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
    replace(catalog(project, "es"), "eñe Bétwéén", "eñe\u00a0Bé\u00adtwéén")
    refuse_missing_glyphs(composed(project, "es", "patient").handout, Origin("x.pdf"))


@pytest.mark.parametrize("locale", ["en", "es", "ar", "zh_Hans"])
def test_the_languages_have_fonts_for_all_their_texts(shared_project: Project, locale: str) -> None:
    for audience in ("patient", "clinician"):
        refuse_missing_glyphs(composed(shared_project, locale, audience).handout, Origin("x.pdf"))
