"""A Word file brings the fonts of its language: whole scripts, within a size, and only where their makers allow it."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import docx
import pytest
from docx.oxml.ns import nsdecls
from docx.oxml.parser import parse_xml
from fontTools.ttLib import TTFont
from fontTools.unicodedata import script
from lxml import etree
from PIL import ImageChops
from projects import ROOT, template_of
from pypdfium2 import PdfDocument
from readback import boxes, families
from shipped import AUDIENCES, OFFERED, Shipped, locales_of
from validators import openxml_audit, soffice_pdf

from leafletpress.build.library import Project
from leafletpress.model.handout import Handout, Run, Text, texts
from leafletpress.model.problems import LeafletError
from leafletpress.write.fonts import characters, font_file
from leafletpress.write.word import fonts as embedding
from leafletpress.write.word import writer as word
from leafletpress.write.word.package import Packed, archive, pack

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SCRIPTS = ("en", "ar", "hi", "th", "zh_Hans")
# Neither of a shipped language nor able to print one but English; with no font at all, LibreOffice does not start.
STRANGER = "noto-sans-khmer"

each_handout = pytest.mark.parametrize(("locale", "audience"), OFFERED)


def written(handout: Handout) -> bytes:
    return word.write(handout, template_of(Project(ROOT), handout.audience, "a4"))


def faces(content: bytes) -> dict[tuple[str, str], bytes]:
    """The font files of a DOCX by family and element of the font table, their first bytes made plain.

    A family is called as everywhere, not as in this document.
    """
    read = zipfile.ZipFile(io.BytesIO(content))
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in etree.fromstring(read.read("word/_rels/fontTable.xml.rels"))
    }
    found = {}
    for font in etree.fromstring(read.read("word/fontTable.xml")):
        for element in font.iterfind(f"*[@{R}id]"):
            file = read.read(f"word/{targets[element.get(f'{R}id')]}")
            key = int.from_bytes(UUID(element.get(f"{W}fontKey")).bytes, "little").to_bytes(16, "big")
            start = bytes(file[at] ^ key[at % 16] for at in range(32))
            found[usual_name(font), element.tag.removeprefix(W)] = start + file[32:]
    return found


def usual_name(font: etree._Element) -> str:
    other = font.find(f"{W}altName")
    return (font.get(f"{W}name") if other is None else other.get(f"{W}val")) or ""


def own_names(content: bytes) -> dict[str, str]:
    """What families are called in a document, by their usual names."""
    table = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/fontTable.xml"))
    return {usual_name(font): font.get(f"{W}name", "") for font in table}


def letters(file: bytes) -> frozenset[int]:
    return frozenset(TTFont(io.BytesIO(file)).getBestCmap())


def unspaced(families: tuple[str, ...]) -> set[str]:
    return {family.replace(" ", "") for family in families}


def printed(handout: Handout) -> str:
    return "".join(map(str, (*texts(handout), handout.foot, handout.page_label)))


@each_handout
def test_each_family_is_there_regular_and_bold_with_every_letter(shipped: Shipped, locale: str, audience: str) -> None:
    handout = shipped.handouts[locale, audience]
    content = shipped.content(locale, audience, "docx")
    found, names = faces(content), own_names(content)
    families = handout.typography.families
    assert set(found) == {(family, tag) for family in families for tag in ("embedRegular", "embedBold")}
    for (family, tag), file in found.items():
        with TTFont(io.BytesIO(file)) as font:
            assert font["name"].getBestFamilyName() == names[family]
            assert names[family].startswith(f"{family} ")
            assert len(names[family]) <= 31  # what Windows knows of it
            assert font["name"].getBestSubFamilyName() == {"embedRegular": "Regular", "embedBold": "Bold"}[tag]
            assert font["OS/2"].usWeightClass == {"embedRegular": 400, "embedBold": 700}[tag]
            assert font["OS/2"].fsType == 0
    for tag in ("embedRegular", "embedBold"):
        known = frozenset[int]().union(*(letters(found[family, tag]) for family in families))
        assert {char for char in printed(handout) if ord(char) not in known and char.isprintable()} == set()


@pytest.mark.parametrize(
    ("locale", "alphabet"),
    [
        ("en", "AZaz09ÀÿŐžșṁễ€–…"),
        ("es", "ñ¿¡áü"),
        ("ar", "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيًٌٍَُِّْ،؛؟٠٩"),
        ("ur", "ٹپچڈڑژکگںھہیےۓ۔۰۹"),
        ("hi", "अआइईउऊऋएऐओऔकखगघङक़ज़ड़ढ़ािीुूृेैोौ्ंःँ।॥०९"),
        ("th", "กขฃคฅฆงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮะาำิีึืุูเแโใไ็่้๊๋์๏๚๛๐๙"),
    ],
)
def test_letters_that_the_leaflet_lacks_are_there_for_whoever_edits_it(
    shipped: Shipped, locale: str, alphabet: str
) -> None:
    for audience in AUDIENCES:
        if (locale, audience) in OFFERED:
            family = shipped.handouts[locale, audience].typography.families[0]
            first = faces(shipped.content(locale, audience, "docx"))[family, "embedRegular"]
            assert set(map(ord, alphabet)) <= letters(first)


@pytest.mark.parametrize("locale", locales_of("clinician"))
def test_all_documents_of_a_language_share_their_fonts_but_for_chinese(shipped: Shipped, locale: str) -> None:
    patient, clinician = (faces(shipped.content(locale, audience, "docx")) for audience in AUDIENCES)
    differ = {family for family, tag in patient if patient[family, tag] != clinician[family, tag]}
    assert differ == ({"Noto Sans SC"} if locale == "zh_Hans" else set())


@each_handout
def test_no_file_is_larger_than_500_kb(shipped: Shipped, locale: str, audience: str) -> None:
    assert len(shipped.content(locale, audience, "docx")) < 500_000


def test_a_site_may_leave_the_fonts_out(shipped: Shipped, tmp_path: Path) -> None:
    paths = []
    for locale in ("en", "ar", "th"):
        handout = replace(shipped.handouts[locale, "patient"], embeds_fonts=False)
        content = written(handout)
        assert len(content) < 100_000
        archive = zipfile.ZipFile(io.BytesIO(content))
        assert not [name for name in archive.namelist() if "odttf" in name or "fontTable.xml.rels" in name]
        assert b"odttf" not in archive.read("[Content_Types].xml")
        table = etree.fromstring(archive.read("word/fontTable.xml"))
        assert {font.get(f"{W}name") for font in table} >= set(handout.typography.families)
        assert not table.findall(f"*/*[@{R}id]")
        assert b"embedTrueTypeFonts" not in archive.read("word/settings.xml")
        paths.append(tmp_path / f"{locale}.docx")
        paths[-1].write_bytes(content)
    assert {path.name: found for path, found in openxml_audit(paths).items() if found} == {}


def test_fonts_of_a_base_document_are_left_out_too() -> None:
    document = docx.Document()
    earlier = embedding.embed(document, ("Noto Sans", "Vazirmatn"), "earlier")
    base = docx.Document(io.BytesIO(saved(document, earlier.parts)))
    left = saved(base, embedding.leave_out(base, ("Noto Sans Thai", "Noto Sans")).parts)
    with zipfile.ZipFile(io.BytesIO(left)) as read:
        assert not [name for name in read.namelist() if name.endswith(".odttf")]
        assert b"w:embed" not in read.read("word/fontTable.xml") + read.read("word/settings.xml")


def test_making_the_fonts_anew_gives_the_same_bytes(shipped: Shipped) -> None:
    handout = shipped.handouts["th", "patient"]
    first = written(handout)
    embedding._family.cache_clear()  # noqa: SLF001 - else the second document would hold the first one's fonts
    assert written(handout) == first


def test_word_is_told_to_keep_the_fonts_whole(shipped: Shipped) -> None:
    read = zipfile.ZipFile(shipped.path("en", "patient", "docx"))
    names = [child.tag.removeprefix(W) for child in etree.fromstring(read.read("word/settings.xml"))]
    assert names[:2] == ["zoom", "embedTrueTypeFonts"]
    assert "saveSubsetFonts" not in names


def embedded(document: Any, families: tuple[str, ...] = ("Noto Sans Thai", "Noto Sans")) -> bytes:
    return saved(document, embedding.embed(document, families, "น้ำ water").parts)


def saved(document: Any, packed: Mapping[str, Packed]) -> bytes:
    """The document's file with what is packed in its place."""
    content = io.BytesIO()
    document.save(content)
    with zipfile.ZipFile(content) as members:
        return archive({name: pack(members.read(name)) for name in members.namelist()} | dict(packed))


def font_table(document: Any) -> Any:
    return document.part.part_related_by(
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships/fontTable"
    )


def test_what_a_base_document_embeds_of_the_same_family_is_replaced() -> None:
    document = docx.Document()
    packed = embedding.embed(document, ("Noto Sans", "Vazirmatn"), "earlier").parts
    document.settings.element.append(parse_xml(f"<w:saveSubsetFonts {nsdecls('w')}/>"))
    base = docx.Document(io.BytesIO(saved(document, packed)))
    found = embedded(base)
    read = zipfile.ZipFile(io.BytesIO(found))
    assert sum(name.endswith(".odttf") for name in read.namelist()) == 6  # Vazirmatn is the designer's
    assert {family for family, _ in faces(found)} == {"Noto Sans Thai", "Noto Sans", "Vazirmatn"}
    settings = read.read("word/settings.xml")
    assert (settings.count(b"<w:embedTrueTypeFonts"), settings.count(b"<w:saveSubsetFonts")) == (1, 0)


def test_a_base_document_without_a_font_table_gets_one() -> None:
    document = docx.Document()
    relation = next(key for key, one in document.part.rels.items() if one.reltype.endswith("/fontTable"))
    document.part.drop_rel(relation)
    assert len(faces(embedded(document))) == 4


def test_the_font_table_and_the_settings_keep_the_order_of_the_schema(tmp_path: Path) -> None:
    before, after = tmp_path / "before.docx", tmp_path / "after.docx"
    document = docx.Document()
    document.settings.element.insert(0, parse_xml(f'<w:view {nsdecls("w")} w:val="print"/>'))
    document.save(str(before))
    after.write_bytes(embedded(document))
    found = openxml_audit([before, after])
    assert found[after] == found[before]
    thai = next(font for font in font_table(document).element if usual_name(font) == "Noto Sans Thai")
    assert [child.tag.removeprefix(W) for child in thai] == [
        "altName", "panose1", "charset", "family", "pitch", "sig", "embedRegular", "embedBold",
    ]  # fmt: skip


def test_a_font_that_forbids_it_is_not_embedded(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def forbidding(family: str, face: str) -> Path:
        pinned = font_file(family, face)
        path = tmp_path.joinpath(*pinned.parts[-5:])
        path.parent.mkdir(parents=True, exist_ok=True)
        with TTFont(pinned) as font:
            font["OS/2"].fsType = {"400Regular": 0x0002, "700Bold": 0x0300}[face]
            font.save(path)
        return path

    monkeypatch.setattr(embedding, "font_file", forbidding)
    with pytest.raises(LeafletError) as caught:
        embedding.embed(docx.Document(), ("Noto Sans Thai",), "น้ำ")
    folder = "node_modules/@expo-google-fonts/noto-sans-thai"
    said = "this font's licence bits (OS/2 fsType) say:"
    assert [str(problem) for problem in caught.value.problems] == [
        f"{folder}/400Regular/NotoSansThai_400Regular.ttf: {said} it must not be embedded (use another)",
        f"{folder}/700Bold/NotoSansThai_700Bold.ttf: {said} it must not be subset (use another)",
        f"{folder}/700Bold/NotoSansThai_700Bold.ttf: {said} only its bitmaps may be embedded (use another)",
    ]


@pytest.fixture(scope="module")
def bare(shipped: Shipped, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Leaflets that bring no fonts, by language."""
    folder = tmp_path_factory.mktemp("bare")
    for locale in SCRIPTS:
        content = written(replace(shipped.handouts[locale, "patient"], embeds_fonts=False))
        (folder / f"{locale}.docx").write_bytes(content)
    return {locale: folder / f"{locale}.docx" for locale in SCRIPTS}


@pytest.fixture(scope="module")
def installed(bare: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Path]:
    """What a computer with the fonts prints of them."""
    return soffice_pdf(bare.values(), tmp_path_factory.mktemp("installed"))


@pytest.mark.parametrize("locale", SCRIPTS)
def test_a_computer_without_the_fonts_prints_the_same_page(
    shipped: Shipped, bare: dict[str, Path], installed: dict[Path, Path], locale: str, tmp_path: Path
) -> None:
    handout, carried = shipped.handouts[locale, "patient"], shipped.path(locale, "patient", "docx")
    without = soffice_pdf([carried], tmp_path, STRANGER)[carried].read_bytes()
    names = own_names(carried.read_bytes())
    assert families(without) == unspaced(tuple(names[family] for family in handout.typography.families))
    pages, wanted = PdfDocument(without), PdfDocument(installed[bare[locale]])
    assert len(pages) == len(wanted)
    for page, other in zip(pages, wanted, strict=True):
        pictures = [one.render(scale=1).to_pil().convert("L") for one in (page, other)]
        unlike = ImageChops.difference(*pictures).point([0] * 16 + [255] * 240)  # some edges differ by a shade
        assert unlike.getbbox() is None


def test_documents_that_are_open_together_keep_their_letters(shipped: Shipped, tmp_path: Path) -> None:
    """LibreOffice lends the fonts of one to the next; here each lacks letters of the others."""
    together = {pair: shipped.path(*pair, "docx") for pair in OFFERED if pair[0] in ("en", "ar", "vi", "th", "zh_Hans")}
    printed_ = soffice_pdf(together.values(), tmp_path, STRANGER)
    for pair, path in together.items():
        content, names = printed_[path].read_bytes(), own_names(path.read_bytes())
        assert boxes(content) == []
        used = shipped.handouts[pair].typography.families
        assert families(content) == unspaced(tuple(names[family] for family in used))


def test_each_text_is_set_in_a_font_of_the_document(shipped: Shipped) -> None:
    handout = shipped.handouts["ar", "patient"]
    signs = Text((Run("≥ ☐ ✓"),))
    content = written(replace(handout, head=replace(handout.head, subtitle=signs)))
    names, read = own_names(content), zipfile.ZipFile(io.BytesIO(content))
    styles, body = (etree.fromstring(read.read(f"word/{name}.xml")) for name in ("styles", "document"))
    (fonts,) = styles.iter(f"{W}rFonts")
    set_in = dict.fromkeys(("ascii", "hAnsi"), names["Noto Sans"])
    set_in |= dict.fromkeys(("eastAsia", "cs"), names["Vazirmatn"])
    assert {slot: fonts.get(f"{W}{slot}") for slot in set_in} == set_in
    direct = {value for fonts in body.iter(f"{W}rFonts") for value in map(str, fonts.values())}
    assert direct
    assert direct <= set(names.values())


def test_documents_with_the_same_fonts_call_them_alike(shipped: Shipped) -> None:
    patient, clinician = (own_names(shipped.content("ar", audience, "docx")) for audience in AUDIENCES)
    assert patient == clinician
    assert own_names(shipped.content("en", "patient", "docx"))["Noto Sans"] != patient["Noto Sans"]


def test_a_computer_without_the_fonts_misses_them_when_they_are_left_out(bare: dict[str, Path], tmp_path: Path) -> None:
    printed_ = soffice_pdf([bare["en"]], tmp_path, STRANGER)[bare["en"]]
    assert families(printed_.read_bytes()) == {"NotoSansKhmer"}


@pytest.mark.parametrize("family", ["Noto Sans Bengali", "Noto Sans Tamil", "Noto Sans Khmer", "Noto Sans Hebrew"])
def test_families_of_scripts_that_no_shipped_language_has_are_embedded_whole(
    family: str, capfd: pytest.CaptureFixture[str]
) -> None:
    text = "".join(chr(code) for code in characters(family) if script(chr(code)) not in ("Latn", "Zyyy", "Zinh"))
    document = docx.Document()
    packed = embedding.embed(document, (family, "Noto Sans"), text).parts
    assert set(map(ord, text)) <= letters(faces(saved(document, packed))[family, "embedRegular"])
    assert capfd.readouterr().err == ""  # fontTools would tell there of tables that it does not know
