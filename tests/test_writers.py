"""What every writer promises, shown on the leaflet that holds every kind of block."""

import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html
from PIL import Image
from projects import TRANSLATED, VALID, catalog, make_project, template_of, update_catalogs
from projects import replace as replace_text
from readback import docx_paragraphs, handout_text, pdf_text, squeezed

from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.model.handout import Handout, Run, Text, texts
from leafletpress.model.problems import LeafletError
from leafletpress.write import WRITERS
from leafletpress.write.template import Template

ROOT = Path(__file__).resolve().parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


Handouts = dict[tuple[str, str], Handout]


def _handouts(project: Project) -> Handouts:
    library = read_library(project, Wanted())
    assert not library.problems
    handouts = [composition.handout for composition in library.compositions(Wanted())]
    return {(handout.locale, handout.audience): handout for handout in handouts}


@pytest.fixture(scope="module")
def handouts(tmp_path_factory: pytest.TempPathFactory) -> Handouts:
    """The handout of every locale and audience, translated."""
    return _handouts(make_project(tmp_path_factory.mktemp("translated") / "project"))


@pytest.fixture(scope="module")
def untranslated(tmp_path_factory: pytest.TempPathFactory) -> Handouts:
    """The same where no text of the leaflet is translated."""
    project = make_project(tmp_path_factory.mktemp("untranslated") / "project")
    for locale in TRANSLATED:
        catalog(project, locale).unlink()
    update_catalogs(project)
    return _handouts(project)


def _template(handout: Handout) -> Template:
    return template_of(Project(ROOT), handout.audience, "a4")


def _written(handout: Handout, format_: str) -> bytes:
    return WRITERS[format_](handout, _template(handout))


@pytest.mark.parametrize("format_", WRITERS)
@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_same_handout_gives_the_same_bytes(handouts: Handouts, format_: str, audience: str) -> None:
    handout = handouts["ar", audience]
    assert _written(handout, format_) == _written(handout, format_)


@pytest.mark.parametrize(("reader", "staff"), [("en", "ar"), ("es", "ar"), ("ar", "en")])
def test_the_line_for_staff_runs_in_their_direction_and_says_its_language(
    tmp_path: Path, reader: str, staff: str
) -> None:
    project = make_project(tmp_path / "project")
    replace_text(project.root / "sites" / "example-hospital.toml", 'region = "GB"', f'region = "GB"\nstaff = "{staff}"')
    handout = _handouts(project)[reader, "patient"]
    assert handout.head.staff
    direction = "rtl" if staff == "ar" else "ltr"
    page = html.fromstring(_written(handout, "html"))
    (line,) = (one for one in page.iter("p") if "staff" in one.get("class", "").split())
    assert (line.get("lang"), line.get("dir")) == (staff, direction)
    document = zipfile.ZipFile(io.BytesIO(_written(handout, "docx"))).read("word/document.xml")
    begin = str(handout.head.staff)[:8]
    paragraphs = etree.fromstring(document).iter(f"{W}p")
    (of_staff,) = (one for one in paragraphs if "".join(map(str, one.itertext(f"{W}t"))).startswith(begin))
    assert [one.get(f"{W}val") for one in of_staff.iter(f"{W}bidi")] == [str(int(direction == "rtl"))]
    assert {str(one.get(f"{W}val")).split("-")[0] for one in of_staff.iter(f"{W}lang")} == {staff}  # en-GB by the site
    with pikepdf.open(io.BytesIO(_written(handout, "pdf"))) as printed:
        lines = [one for one in printed.objects if isinstance(one, pikepdf.Dictionary) and one.get("/Lang") == staff]
        assert "/P" in [str(one.get("/S")) for one in lines]


def test_other_processes_give_the_same_bytes(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    program = (
        "import hashlib, pathlib, sys\n"
        "from leafletpress.build.library import *\n"
        "from leafletpress.read.templates import read_editions, read_template_files\n"
        "from leafletpress.write.template import Template\n"
        "from leafletpress.write import WRITERS\n"
        "project = Project(pathlib.Path(sys.argv[1]))\n"
        "for composition in read_library(project, Wanted()).compositions(Wanted()):\n"
        "    handout = composition.handout\n"
        "    files = project.files()\n"
        "    template = Template(read_template_files(files, handout.audience), read_editions(files)['a4'])\n"
        "    for name, write in WRITERS.items():\n"
        "        digest = hashlib.sha256(write(handout, template)).hexdigest()\n"
        "        print(name, handout.locale, handout.audience, digest)\n"
    )
    printed = [
        subprocess.run(
            [sys.executable, "-c", program, project.root],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            capture_output=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    ]
    assert printed[0] == printed[1]
    assert printed[0].count("\n") == len(WRITERS) * 8


@pytest.mark.parametrize("audience", ["patient", "clinician"])
@pytest.mark.parametrize("locale", ["en", "es", "ar", "zh_Hans"])
def test_word_holds_every_text_in_order(handouts: Handouts, locale: str, audience: str) -> None:
    handout = handouts[locale, audience]
    assert docx_paragraphs(_written(handout, "docx")) == [str(text) for text in texts(handout)]


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_page_holds_every_text_in_order(handouts: Handouts, audience: str) -> None:
    for (locale, reader), handout in handouts.items():
        if reader == audience:
            body = html.fromstring(_written(handout, "html")).find("body")
            assert body is not None
            foot = squeezed(f"{handout.print_hint}{handout.foot}")
            assert squeezed("".join(map(str, body.itertext()))) == handout_text(handout) + foot, locale


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_pdf_holds_every_text_in_order(handouts: Handouts, audience: str) -> None:
    handout = handouts["en", audience]
    assert pdf_text(_written(handout, "pdf")) == handout_text(handout)


@pytest.mark.parametrize(("locale", "tag", "direction"), [("ar", "ar", "rtl"), ("zh_Hans", "zh-Hans", "ltr")])
def test_language_and_direction_are_set(handouts: Handouts, locale: str, tag: str, direction: str) -> None:
    handout = handouts[locale, "patient"]
    page = html.fromstring(_written(handout, "html"))
    assert (page.get("lang"), page.get("dir")) == (tag, direction)
    archive = zipfile.ZipFile(io.BytesIO(_written(handout, "docx")))
    styles = etree.fromstring(archive.read("word/styles.xml"))
    language = styles.find(f".//{W}docDefaults//{W}lang")
    assert language is not None
    assert {language.get(f"{W}{slot}") for slot in ("val", "eastAsia", "bidi")} == {tag}
    normal = next(style for style in styles.iter(f"{W}style") if style.get(f"{W}styleId") == "Normal")
    assert (normal.find(f"{W}pPr/{W}bidi") is not None) == (direction == "rtl")
    body = etree.fromstring(archive.read("word/document.xml"))
    mirrored = [table.find(f"{W}tblPr/{W}bidiVisual") is not None for table in body.iter(f"{W}tbl")]
    assert set(mirrored) == {direction == "rtl"}


def test_text_without_translation_says_so(untranslated: Handouts) -> None:
    handout = untranslated["ar", "patient"]
    page = html.fromstring(_written(handout, "html"))
    marked = [element for element in page.iter() if element.get("data-untranslated") is not None]
    assert marked
    assert {(mark.get("lang"), mark.get("dir")) for mark in marked} == {("en", "ltr")}
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(_written(handout, "docx"))).read("word/document.xml"))
    bars = [p for p in body.iter(f"{W}p") if p.find(f"{W}pPr/{W}pBdr/{W}left") is not None]
    assert len(bars) == sum(text.untranslated for text in texts(handout))
    for paragraph in bars:
        bidi = paragraph.find(f"{W}pPr/{W}bidi")
        assert bidi is not None
        assert bidi.get(f"{W}val") == "0"
        assert {lang.get(f"{W}val") for lang in paragraph.iter(f"{W}lang")} == {"en-GB"}


def test_island_in_word_is_a_run_of_its_own_between_marks(handouts: Handouts) -> None:
    handout = handouts["ar", "patient"]
    islands = [run.text for text in texts(handout) for run in text.runs if run.island]
    assert any("7946" in island for island in islands)
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(_written(handout, "docx"))).read("word/document.xml"))
    found = []
    for run in body.iter(f"{W}r"):
        shown = "".join(node.text or "" for node in run.iter(f"{W}t"))
        if "\u200e" in shown:
            assert shown[0] == shown[-1] == "\u200e"
            assert run.find(f"{W}rPr/{W}rtl") is None
            found.append(shown.strip("\u200e"))
    assert found == islands


def _num_ids(body: etree._Element) -> Iterator[str]:
    for paragraph in body.iter(f"{W}p"):
        number = paragraph.find(f"{W}pPr/{W}numPr/{W}numId")
        if number is not None:
            yield str(number.get(f"{W}val"))


def test_each_list_is_one_of_its_own_that_begins_at_one(handouts: Handouts) -> None:
    archive = zipfile.ZipFile(io.BytesIO(_written(handouts["en", "patient"], "docx")))
    used = list(dict.fromkeys(_num_ids(etree.fromstring(archive.read("word/document.xml")))))
    assert len(used) == 8
    numbering = etree.fromstring(archive.read("word/numbering.xml"))
    models = {
        str(number.get(f"{W}numId")): abstract.get(f"{W}val")
        for number in numbering.iter(f"{W}num")
        for abstract in number.iter(f"{W}abstractNumId")
    }
    assert len({models[number] for number in used}) == len(used)
    for model in numbering.iter(f"{W}abstractNum"):
        assert [start.get(f"{W}val") for start in model.iter(f"{W}start")] == ["1"]


def test_pictures_say_what_they_show_or_are_decoration(handouts: Handouts) -> None:
    handout = handouts["en", "patient"]
    page = html.fromstring(_written(handout, "html"))
    assert all(image.get("alt") for image in page.iter("img"))
    body = zipfile.ZipFile(io.BytesIO(_written(handout, "docx"))).read("word/document.xml").decode()
    assert 'descr="Three dark dots in a row"' in body
    drawings = body.count("<wp:docPr")
    assert body.count('descr=""') == body.count("adec:decorative ") < drawings


def test_logo_of_the_site_stands_above_its_name(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    shutil.copy(VALID / "dots.png", project.folder("sites") / "dots.png")
    site = project.folder("sites") / "example-hospital.toml"
    site.write_text(f'logo = "dots.png"\n{site.read_text(encoding="utf-8")}', encoding="utf-8")
    handout = _handouts(project)["ar", "clinician"]
    service = str(handout.head.service)
    page = html.fromstring(_written(handout, "html"))
    (logo,) = [image for image in page.iter("img") if image.get("class") == "logo"]
    assert logo.get("alt") == service
    assert (
        f'descr="{service}"'
        in zipfile.ZipFile(io.BytesIO(_written(handout, "docx"))).read("word/document.xml").decode()
    )
    assert docx_paragraphs(_written(handout, "docx")) == [str(text) for text in texts(handout)]
    assert _written(handout, "pdf").startswith(b"%PDF")


@pytest.mark.parametrize(("content", "said"), [(None, "can't be read"), (b"GIF89a", "is neither PNG nor JPEG")])
def test_logo_that_is_none_is_told(tmp_path: Path, content: bytes | None, said: str) -> None:
    project = make_project(tmp_path / "project")
    site = project.folder("sites") / "example-hospital.toml"
    site.write_text(f'logo = "sign.png"\n{site.read_text(encoding="utf-8")}', encoding="utf-8")
    if content:
        (project.folder("sites") / "sign.png").write_bytes(content)
    with pytest.raises(LeafletError, match=f'example-hospital.toml:1:8: logo "sign.png" {said}'):
        read_library(project, Wanted())


def test_code_beside_an_address_holds_that_address(handouts: Handouts) -> None:
    from leafletpress.write.pictures import pictures, qr_png

    addresses = {name: picture for name, picture in pictures(handouts["en", "patient"]) if name.startswith("https:")}
    assert len(addresses) == 1
    assert all(picture == qr_png(address) for address, picture in addresses.items())
    assert len(set(addresses.values())) == len(addresses)
    printed = handout_text(handouts["en", "patient"])
    assert all(address.removeprefix("https://") in printed for address in addresses)


@pytest.mark.parametrize(("format_", "embeds_fonts"), [("pdf", True), ("docx", True), ("docx", False)])
def test_character_without_a_glyph_stops_the_document(handouts: Handouts, format_: str, embeds_fonts: bool) -> None:
    handout = handouts["en", "patient"]
    head = replace(handout.head, subtitle=Text((Run("A letter that no pinned font has: ก"),)))
    with pytest.raises(LeafletError) as caught:
        _written(replace(handout, head=head, embeds_fonts=embeds_fonts), format_)
    (problem,) = caught.value.problems
    assert str(problem.origin) == f"every-block-patient-en.{format_}"
    assert problem.text == 'no font has "ก" (U+0E01 thai character ko kai)'


def test_a_tall_picture_fits_the_page_of_a_word_file(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    Image.new("1", (300, 3000)).save(project.folder("leaflets") / "dots.png")
    body = zipfile.ZipFile(io.BytesIO(_written(_handouts(project)["en", "patient"], "docx"))).read("word/document.xml")
    heights = [int(height) / 36_000 for height in re.findall(rb'<wp:extent cx="\d+" cy="(\d+)"', body)]  # mm
    assert 100 < max(heights) < 0.61 * 297


def test_page_fetches_nothing_from_outside(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }")
    page = project.folder("templates") / "patient" / "page.html.j2"
    replace_text(page, "</head>", f'<link rel="stylesheet" href="{secret.as_uri()}"></head>')
    handout = _handouts(project)["en", "patient"]
    with pytest.raises(LeafletError, match=r"^templates/patient/page\.html\.j2:\d+:\d+: .* is outside of the project"):
        WRITERS["pdf"](handout, template_of(project, "patient", "a4"))
