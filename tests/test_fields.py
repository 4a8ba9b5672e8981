"""Where the reader writes: labelled lines on paper, which can be filled in on the screen too."""

import ctypes
import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
import pypdfium2 as pdfium
import pypdfium2.raw as raw
import pytest
from fontTools.ttLib import TTFont
from projects import change, composed, template_of
from shipped import Shipped, locales_of

from leafletpress.build.library import Project
from leafletpress.model.handout import Handout, texts
from leafletpress.model.problems import LeafletError
from leafletpress.write.fonts import FIELDS, font_file
from leafletpress.write.pdf import writer as pdf

FIGURES = ["phone"]
EVERY = ["name", "clinician", "phone", "next_visit", "notes"]
# What can be typed in each language that is shipped.
TYPED = dict.fromkeys(("en", "es", "de", "fr", "pl", "so", "tr", "uk", "vi"), EVERY) | dict.fromkeys(
    ("ar", "bn", "hi", "ta", "th", "ur", "zh_Hans"), FIGURES
)
# A name in each of these languages; in the others, one from elsewhere.
NAMES = {"pl": "Łukasz", "tr": "Ağrı", "uk": "Олена Їжак", "vi": "Nguyễn Thị Hương"}
SCALE = 3  # pixels in a point

each_locale = pytest.mark.parametrize("locale", TYPED)
Leaflets = dict[str, tuple[Handout, bytes]]
PrintPage = Callable[[str, str], bytes]


@pytest.fixture(scope="module")
def leaflets(shipped: Shipped) -> Leaflets:
    """The patient leaflet of each language that is shipped."""
    return {
        locale: (shipped.handouts[locale, "patient"], shipped.content(locale, "patient", "pdf"))
        for locale in locales_of("patient")
    }


def opened(content: bytes) -> pikepdf.Pdf:
    """The file; it must be kept for as long as its parts are looked at."""
    return pikepdf.open(io.BytesIO(content))


def widgets(document: pikepdf.Pdf) -> dict[str, Any]:
    """The form fields of all pages by name, in the order in which the pages have them."""
    found = [note for page in document.pages for note in page.get("/Annots", []) if note.Subtype == "/Widget"]
    return {str(widget.T): widget for widget in found}


def elements(element: Any) -> Iterator[Any]:
    """A structure element and those inside, parents first."""
    yield element
    for kid in element.get("/K", []):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid)


class Page:
    """The page of a PDF that has form fields, as a viewer shows it."""

    def __init__(self, content: bytes) -> None:
        self._document = pdfium.PdfDocument(content)
        self._document.init_forms()
        with opened(content) as document:
            fields = widgets(document)
            self.places = {name: [float(edge) for edge in widget.Rect] for name, widget in fields.items()}
            (number,) = (number for number, page in enumerate(document.pages) if page.obj == fields["phone"].P)
        self._page = self._document[number]

    def write(self, name: str, text: str) -> None:
        """Click on a field, type, and leave it."""
        form, page = self._document.formenv.raw, self._page.raw
        left, foot, right, top = self.places[name]
        raw.FORM_OnLButtonDown(form, page, 0, (left + right) / 2, (foot + top) / 2)
        raw.FORM_OnLButtonUp(form, page, 0, (left + right) / 2, (foot + top) / 2)
        letters = ctypes.create_string_buffer(text.encode("utf-16-le") + b"\0\0")
        raw.FORM_ReplaceSelection(form, page, ctypes.cast(letters, raw.FPDF_WIDESTRING))
        raw.FORM_ForceToKillFocus(form)

    def ink(self, left: float, foot: float, right: float, top: float, *, with_fields: bool = True) -> list[list[bool]]:
        """Where a part of the page (in points) is dark: rows of pixels from the top."""
        picture = self._page.render(scale=SCALE, grayscale=True, may_draw_forms=with_fields)
        height = self._page.get_height()
        rows = range(round((height - top) * SCALE), round((height - foot) * SCALE))
        columns = slice(round(left * SCALE), round(right * SCALE))
        shades, across = bytes(picture.buffer), picture.stride
        return [[shade < 160 for shade in shades[row * across : (row + 1) * across][columns]] for row in rows]


def dark(rows: list[list[bool]]) -> int:
    return sum(map(sum, rows))


def rules(rows: list[list[bool]]) -> int:
    """How many lines go across, from edge to edge."""
    across = [all(row[3:-3]) for row in rows]
    return sum(now and not before for before, now in zip([False, *across], across, strict=False))


# --- on paper -----------------------------------------------------------------------------------------------------


def test_lines_to_fill_in_are_those_of_the_theme_in_its_order(shared_project: Project) -> None:
    notes = composed(shared_project, "en", "patient").handout.notes
    assert notes
    assert [(field.id, str(field.prompt), field.written) for field in notes.fields] == [
        ("name", "Your name", "words"),
        ("clinician", "Who sees you", "words"),
        ("phone", "Phone", "figures"),
        ("next_visit", "Next visit", "date"),
    ]


def test_line_without_words_for_its_prompt_is_told(project: Project) -> None:
    theme = project.folder("templates") / "patient" / "theme.toml"
    change(theme, lambda text: text.replace('phone = "figures"', 'fax = "figures"'))
    with pytest.raises(LeafletError, match=r'theme\.toml:\d+:\d+: unknown line to fill in "fax" \(known: '):
        composed(project, "en", "patient")


def test_line_for_something_else_than_words_or_figures_is_told(project: Project) -> None:
    theme = project.folder("templates") / "patient" / "theme.toml"
    change(theme, lambda text: text.replace('phone = "figures"', 'phone = "figure"'))
    with pytest.raises(LeafletError, match=r'theme\.toml:.* unknown phone "figure" \(did you mean "figures"\?\)'):
        composed(project, "en", "patient")


@each_locale
def test_under_each_field_is_a_printed_rule(leaflets: Leaflets, locale: str) -> None:
    page = Page(leaflets[locale][1])
    for name in set(page.places) - {"notes"}:
        left, foot, right, top = page.places[name]
        assert rules(page.ink(left, foot, right, (foot + top) / 2, with_fields=False)) == 1


def test_notes_have_their_rules_where_one_types(leaflets: Leaflets) -> None:
    handout, content = leaflets["en"]
    page = Page(content)
    left, foot, right, top = page.places["notes"]
    assert handout.notes
    assert rules(page.ink(left, foot - 1, right, top, with_fields=False)) == handout.notes.lines


@each_locale
def test_empty_fields_print_nothing(leaflets: Leaflets, locale: str) -> None:
    page = Page(leaflets[locale][1])
    whole = (0, 0, 595, 841)
    assert page.ink(*whole) == page.ink(*whole, with_fields=False)


# --- on the screen ------------------------------------------------------------------------------------------------


@each_locale
def test_words_are_typed_only_where_viewers_set_them_letter_by_letter(leaflets: Leaflets, locale: str) -> None:
    assert set(leaflets) == set(TYPED)
    with opened(leaflets[locale][1]) as document:
        assert list(widgets(document)) == TYPED[locale]


@pytest.mark.parametrize(
    ("prompt", "typed"),
    [
        ("Prénom : N.º", True), ("Imię i nazwisko – Łódź", True), ("Tên của bạn", True), ("Το όνομά σας", True),
        ("Ваше имя", True), ("שמך", False), ("اسمك", False), ("आपका नाम", False), ("உங்கள் பெயர்", False),
        ("ชื่อ", False), ("ឈ្មោះ", False), ("姓名", False), ("お名前", False), ("이름", False), ("സോ Your name", False),
    ],
)  # fmt: skip
def test_script_of_the_prompt_says_what_can_be_typed(print_page: PrintPage, prompt: str, typed: bool) -> None:
    line = '<div data-field="{0}" data-kind="{0}" title="{1}" style="height: 9mm"></div>'
    kinds = ["words", "figures", "date", "lines"]
    with opened(print_page("".join(line.format(kind, prompt) for kind in kinds), "en")) as document:
        assert list(widgets(document)) == (kinds if typed else ["figures"])


@each_locale
def test_text_that_is_typed_shows(leaflets: Leaflets, locale: str) -> None:
    page = Page(leaflets[locale][1])
    for name, (left, foot, right, top) in page.places.items():
        above = (left, foot if name == "notes" else foot + (top - foot) / 5, right, top)  # the rule of a line
        before = dark(page.ink(*above))
        page.write(name, "7946 0958" if name in FIGURES else NAMES.get(locale, "Łukasz Ștefan"))
        after = page.ink(*above)
        assert dark(after) > 500 + (before if name != "notes" else 0)
        ends = [row[::-1] if leaflets[locale][0].direction == "rtl" else row for row in after]
        assert dark([row[: len(row) // 10] for row in ends]) > 0


def test_typed_notes_hide_the_rules_that_they_would_run_into(leaflets: Leaflets) -> None:
    page = Page(leaflets["en"][1])
    page.write("notes", "one\ntwo")
    left, foot, right, top = page.places["notes"]
    assert rules(page.ink(left + 100, foot - 1, right, top)) == 0
    left, foot, right, top = page.places["phone"]
    assert rules(page.ink(left, foot, right, (foot + top) / 2)) == 1


@each_locale
def test_screen_readers_tell_the_prompt_in_the_language_of_the_leaflet(leaflets: Leaflets, locale: str) -> None:
    handout, content = leaflets[locale]
    assert handout.notes
    prompts = {field.id: str(field.prompt) for field in handout.notes.fields} | {"notes": str(handout.notes.heading)}
    with opened(content) as document:
        for name, widget in widgets(document).items():
            assert str(widget.TU) == prompts[name]


@each_locale
def test_fields_stand_behind_their_prompts_in_the_order_of_reading(leaflets: Leaflets, locale: str) -> None:
    with opened(leaflets[locale][1]) as document:
        fields = widgets(document)
        tree = list(elements(document.Root.StructTreeRoot.K[0]))
        forms = [element for element in tree if element.S == "/Form"]
        assert [str(form.K[0].Obj.T) for form in forms] == TYPED[locale]
        assert all(page.Tabs == "/S" for page in document.pages)
        nums = list(document.Root.StructTreeRoot.ParentTree.Nums)
        assert len(set(nums[::2])) == len(nums[::2])
        holders = dict(zip(map(int, nums[::2]), nums[1::2], strict=True))
        for form in forms:
            assert holders[int(form.K[0].Obj.StructParent)] == form
            assert form.K[0].Obj == fields[str(form.K[0].Obj.T)]
        for name in set(fields) - {"notes"}:
            rule = next(form.P for form in forms if form.K[0].Obj == fields[name])
            row = list(rule.P.K)
            assert row.index(rule) % 2 == 1  # prompt, rule, prompt, rule


@each_locale
def test_form_is_as_pdf_a_wants_it(leaflets: Leaflets, locale: str) -> None:
    with opened(leaflets[locale][1]) as document:
        form, fields = document.Root.AcroForm, widgets(document)
        assert "/NeedAppearances" not in form
        assert list(form.Fields) == list(fields.values())
        for widget in fields.values():
            assert set(widget.keys()) & {"/A", "/AA"} == set()
            assert list(widget.AP.keys()) == ["/N"]
            assert int(widget.F) == 4


@each_locale
def test_font_of_the_fields_is_one_file_that_fits_its_widths(leaflets: Leaflets, locale: str) -> None:
    with opened(leaflets[locale][1]) as document:
        (font,) = document.Root.AcroForm.DR.Font.values()
        (descendant,) = font.DescendantFonts
        embedded = descendant.FontDescriptor.FontFile2
        assert len(embedded.read_raw_bytes()) < 65_000
        program = TTFont(io.BytesIO(embedded.read_bytes()))
        assert len(embedded.read_bytes()) == embedded.Length1
        with TTFont(font_file(FIELDS, "400Regular")) as whole:  # a day of its own would give each build other bytes
            assert program["head"].modified == whole["head"].modified
        glyphs = descendant.CIDToGIDMap.read_bytes()
        advances, em = [advance for advance, _ in program["hmtx"].metrics.values()], program["head"].unitsPerEm
        for code, width in widths(descendant.W).items():
            glyph = int.from_bytes(glyphs[2 * code : 2 * code + 2])
            assert glyph > 0, chr(code)
            assert width == round(advances[glyph] * 1000 / em), chr(code)
        said = font.ToUnicode.read_bytes().decode()
        ranges = [[int(code, 16) for code in line] for line in re.findall(r"<(\w+)> <(\w+)> <(\w+)>\n", said)]
        assert {code for first, last, _ in ranges for code in range(first, last + 1)} == set(widths(descendant.W))
        assert all(first == letter for first, _, letter in ranges)


def widths(runs: Any) -> dict[int, int]:
    """The widths of a composite font by code (ISO 32000-1, 9.7.4.3)."""
    firsts, found = list(runs)[::2], list(runs)[1::2]
    return {
        int(first) + at: int(width) for first, run in zip(firsts, found, strict=True) for at, width in enumerate(run)
    }


@pytest.mark.parametrize("locale", TYPED)
def test_font_of_the_fields_has_every_letter_of_the_leaflets_that_are_typed_in(shipped: Shipped, locale: str) -> None:
    with opened(shipped.content(locale, "patient", "pdf")) as document:
        (font,) = document.Root.AcroForm.DR.Font.values()
        known = {chr(code) for code in widths(font.DescendantFonts[0].W)}
    letters = {char for text in texts(shipped.handouts[locale, "patient"]) for char in str(text) if char.isalpha()}
    assert TYPED[locale] == FIGURES or letters <= known


def test_line_that_goes_on_behind_a_page_end_is_one_field(print_page: PrintPage) -> None:
    lines = '<div style="height: 40mm"></div>' * 9
    body = f'<div data-field="notes" data-kind="lines" title="Notes">{lines}</div>'
    with opened(print_page(body, "en")) as document:
        assert len(document.pages) == 2
        assert len(document.Root.AcroForm.Fields) == 1
        assert [len(page.get("/Annots", [])) for page in document.pages] == [1, 0]


def test_leaflet_without_lines_to_fill_in_has_no_form(shared_project: Project) -> None:
    handout = composed(shared_project, "en", "clinician").handout
    assert handout.notes is None
    with opened(pdf.write(handout, template_of(shared_project, "clinician", "a4"))) as document:
        assert "/AcroForm" not in document.Root
