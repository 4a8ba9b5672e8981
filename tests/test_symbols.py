"""Signs that the fonts of a language lack are set in a font of symbols; what no font has is told before a build."""

import io
import re
from collections.abc import Callable
from dataclasses import replace as replaced
from pathlib import Path

import pikepdf
import pytest
from projects import CONDITION, ROOT, by_rote, catalog, composed, replace, template_of
from readback import families, foreign_fonts
from test_embedding import faces, letters, unspaced
from validators import ooxml_sdk, soffice_pdf
from wordlint import lint

from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library, read_translations
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.read.languages.settings import locale_names, read_locale_settings
from leafletpress.read.located.files import Files
from leafletpress.translate.findings import check_catalogs
from leafletpress.write.fonts import SYMBOLS, families_of, font_names, missing
from leafletpress.write.pdf import writer as pdf
from leafletpress.write.word import writer as word

SIGNS = "≤≥≈≠√∞→←↑↓⇒✓✔✗☐☑☒½⅓±·−…★☎⚠①♀♂∆∑"
MATH, SHAPES, _ = SYMBOLS


@pytest.mark.parametrize("locale", locale_names(Files(ROOT)))
def test_every_language_has_the_signs_of_medicine(locale: str) -> None:
    assert missing(SIGNS, read_locale_settings(Files(ROOT), locale).families) == []


def with_title(handout: Handout, *runs: Run) -> Handout:
    return replaced(handout, head=replaced(handout.head, title=Text(runs)))


@pytest.fixture
def signs(shared_project: Project) -> Handout:
    """A handout with a sign of one family of symbols, a strong one, and one of another family."""
    handout = composed(shared_project, "es", "patient").handout
    return with_title(handout, Run("De ≥ 38 °C, "), Run("≤ 30 ☐", strong=True))


def test_families_of_symbols_are_used_where_signs_need_them_and_nowhere_else(
    shared_project: Project, signs: Handout
) -> None:
    plain = composed(shared_project, "es", "patient").handout
    assert families_of(plain) == ("Noto Sans",)
    assert families_of(with_title(plain, Run("≥"))) == ("Noto Sans", MATH)
    assert families_of(with_title(composed(shared_project, "zh_Hans", "patient").handout, Run("≥"))) == (
        "Noto Sans SC",
        "Noto Sans",
    )
    assert families_of(signs) == ("Noto Sans", MATH, SHAPES)


def test_a_pdf_embeds_the_fonts_of_its_signs(shared_project: Project, signs: Handout) -> None:
    content = pdf.write(signs, template_of(shared_project, "patient", "a4"))
    assert foreign_fonts(content, families_of(signs)) == []
    with pikepdf.open(io.BytesIO(content)) as document:
        named = {str(one.get("/BaseFont", "")) for one in document.objects if isinstance(one, pikepdf.Dictionary)}
    shown = {name.rpartition("+")[2].removesuffix("-Bold").rstrip(",") for name in named}
    assert shown >= {family.replace(" ", "-") for family in (MATH, SHAPES)}


def test_a_word_file_names_and_embeds_the_fonts_of_its_signs(
    shared_project: Project, signs: Handout, tmp_path: Path
) -> None:
    path = tmp_path / "signs.docx"
    path.write_bytes(word.write(signs, template_of(shared_project, "patient", "a4")))
    found = faces(path.read_bytes())
    own = {("Noto Sans", "embedRegular"), ("Noto Sans", "embedBold")}
    assert set(found) == own | {(MATH, "embedRegular"), (SHAPES, "embedRegular")}
    assert letters(found[MATH, "embedRegular"]) == set(map(ord, "≤≥"))
    assert letters(found[SHAPES, "embedRegular"]) == set(map(ord, "☐"))
    assert (lint(path.read_bytes()), ooxml_sdk([path])) == ([], {path: []})
    printed = soffice_pdf([path], tmp_path, "noto-sans-khmer")[path].read_bytes()
    assert {re.sub("[0-9a-f]{6}$", "", name) for name in families(printed)} == unspaced(("Noto Sans", MATH, SHAPES))


def test_the_fonts_of_signs_are_among_what_a_document_is_made_of() -> None:
    assert [name for name in font_names(("Noto Sans",)) if "noto-sans-math/400Regular" in name]


# --- What no font has -------------------------------------------------------------------------------------------------

SMILE = '"🙂" (U+1F642 slightly smiling face)'
LEAFLET = f"leaflets/{CONDITION}.yaml"
FOUR = "en, ar, es, zh_Hans"


def in_leaflet(old: str, new: str) -> Callable[[Project], None]:
    return lambda project: replace(project.root / LEAFLET, old, new)


def in_spanish(project: Project) -> None:
    replace(catalog(project, "es"), by_rote("es", "Between two boxes."), f"🙂 {by_rote('es', 'Between two boxes.')}")


def in_spanish_furniture(project: Project) -> None:
    replace(catalog(project, "es", "furniture"), 'msgstr "Versión', 'msgstr "🙂 Versión')


def in_site(project: Project) -> None:
    replace(project.folder("sites") / "example-hospital.toml", 'es = "Hospital', 'es = "🙂 Hospital')


def in_own_name(project: Project) -> None:
    replace(project.folder("locales") / "es" / "locale.toml", 'own_name = "', 'own_name = "🙂')


@pytest.mark.parametrize(
    ("spoil", "place", "languages"),
    [
        (in_leaflet("heading: A picture", "heading: 🙂 A picture"), f"{LEAFLET}:105:", FOUR),
        (in_leaflet("value: FGF23", "value: FGF🙂"), f"{LEAFLET}:28:", FOUR),
        (in_leaflet("title: The first paper", "title: The 🙂 first paper"), f"{LEAFLET}:32:", FOUR),
        (in_spanish, f"locales/es/LC_MESSAGES/{CONDITION}.po:", "es"),
        (in_spanish_furniture, "locales/es/LC_MESSAGES/furniture.po:", "es"),
        (in_site, "sites/example-hospital.toml:", "es"),
        (in_own_name, "locales/es/locale.toml:1:", "es"),
    ],
    ids=["heading", "fact", "source", "translation", "template words", "site", "own name"],
)
def test_check_tells_a_letter_that_no_font_has_once_at_its_line(
    project: Project, spoil: Callable[[Project], None], place: str, languages: str
) -> None:
    spoil(project)
    found = [problem for problem in check(read_library(project, Wanted())).problems if "no font" in problem.text]
    (problem,) = found
    assert problem.text == f"no font has {SMILE}"
    assert problem.hint.startswith(f"in {languages}; ")
    assert problem.severity == "error"
    assert str(problem.origin).startswith(place)
    line = (project.root / problem.origin.file).read_text(encoding="utf-8").split("\n")[problem.origin.line - 1 :]
    assert "🙂" in "\n".join(line[:4])  # an entry of a catalog has some lines


def test_a_sign_that_the_symbols_have_is_no_error(project: Project) -> None:
    in_leaflet("heading: A picture", "heading: A picture ≥ 38 °C ✓ ☐ → ≈")(project)
    assert [problem for problem in check(read_library(project, Wanted())).problems if "font" in problem.text] == []


def test_check_goes_on_where_a_font_is_not_installed(project: Project) -> None:
    in_spanish(project)
    replace(project.folder("locales") / "ar" / "locale.toml", '"Vazirmatn"', '"No Such Sans"')
    found = [problem.text for problem in check(read_library(project, Wanted())).problems if "font" in problem.text]
    assert sorted(found) == [f"no font has {SMILE}", 'the font "No Such Sans" is not installed']


def test_the_check_of_catalogs_tells_it_to_the_translator(project: Project) -> None:
    in_spanish(project)
    found = read_translations(project, ("es",))
    (finding,) = (one for one in check_catalogs(found.domains, found.locales) if "font" in one.problem.text)
    assert (finding.problem.text, finding.problem.severity) == (f"no font has {SMILE}", "error")
    assert finding.problem.hint == "write it otherwise; fonts of es: Noto Sans"
    assert finding.context == "boxes.gap"
    assert finding.problem.origin.file == f"locales/es/LC_MESSAGES/{CONDITION}.po"
