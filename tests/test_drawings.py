"""A drawing is shapes and nothing else; it prints as lines, its labels stand beside it, and Word gets it as dots."""

import io
import re
import zipfile
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html
from PIL import Image
from projects import ROOT, VALID, are_shipped, composed, template_of
from projects import replace as edit

from leafletpress.build.library import Project
from leafletpress.model.blocks import Block, Figure
from leafletpress.model.handout import Handout, Text
from leafletpress.model.problems import LeafletError, Origin
from leafletpress.read.drawings import drawing_problems, thinnest_line
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files
from leafletpress.write import WRITERS
from leafletpress.write.pdf import rasterise as drawings

SHIPPED = sorted((ROOT / "leaflets").glob("*.svg"))
SHAPES = VALID / "shapes.svg"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="40mm">{}</svg>'


def faults(text: str | bytes) -> list[str]:
    """What is wrong with a drawing, as it is told at the place of its name."""
    content = text.encode() if isinstance(text, str) else text
    problems = drawing_problems(Origin("leaflets/x.yaml", 7, 16), "x.svg", content)
    return [str(problem).removeprefix('leaflets/x.yaml:7:16: "x.svg", ') for problem in problems]


@pytest.mark.parametrize("path", [SHAPES, *SHIPPED], ids=lambda path: path.stem)
def test_our_own_drawings_are_without_fault(path: Path) -> None:
    assert faults(path.read_bytes()) == []


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        ("<script>alert(1)</script>", "<script> is not allowed"),
        ('<g onclick="alert(1)"/>', "onclick is not allowed"),
        ('<g OnLoad="alert(1)"/>', "OnLoad is not allowed"),
        ('<a href="https://example.org"/>', "<a> is not allowed"),
        ('<path href="#part"/>', 'href="#part" refers to something'),
        ('<rect fill="url(http://example.org/a#b)"/>', 'fill="url(http://example.org/a#b)" refers to something'),
        ('<rect fill="URL (#b)"/>', 'fill="URL (#b)" refers to something'),
        ('<rect fill="u\\72l(#b)"/>', 'fill="u\\72l(#b)" refers to something'),
        ('<rect fill-opacity="0.5"/>', 'fill-opacity="0.5" is transparent'),
        ('<g opacity="50%"/>', 'opacity="50%" is transparent'),
        ('<rect fill="#0008"/>', 'fill="#0008" is transparent'),
        ('<rect fill="#11223344"/>', 'fill="#11223344" is transparent'),
        ('<rect stroke="RGBA(0, 0, 0, 0.5)"/>', 'stroke="RGBA(0, 0, 0, 0.5)" is transparent'),
        ('<rect stroke="rgb(0 0 0 / 50%)"/>', 'stroke="rgb(0 0 0 / 50%)" is transparent'),
        ('<rect fill="transparent"/>', 'fill="transparent" is transparent'),
        ("<use/>", "<use> is not allowed"),
        ("<image/>", "<image> is not allowed"),
        ("<foreignObject/>", "<foreignObject> is not allowed"),
        ("<text>Skin</text>", "<text> is not allowed"),
        ("<style>@import url(a.css)</style>", "<style> is not allowed"),
        ('<g style="fill: red"/>', "style is not allowed"),
        ("<linearGradient/>", "<linearGradient> is not allowed"),
        ("<animate/>", "<animate> is not allowed"),
        ("<svg/>", "<svg> is not allowed"),
        ('<view xmlns="http://example.org/editor"/>', "<view> is not SVG"),
        ('<g xmlns:e="http://example.org/editor" e:layer="1"/>', "layer is not SVG"),
        ('<g xml:base="http://example.org/"/>', "base is not SVG"),
        ("<?xml-stylesheet href='a.css'?>", "<?xml-stylesheet?> is not allowed"),
    ],
)
def test_whatever_is_no_shape_is_refused_with_its_line(inside: str, said: str) -> None:
    found = faults(DRAWING.format(f"\n{inside}\n"))
    assert any(fault.startswith(f"line 2: {said}") for fault in found), found


def test_words_in_a_drawing_are_sent_to_the_labels() -> None:
    (found,) = faults(DRAWING.format("<text>Skin</text>"))
    assert 'words belong under "labels:"' in found


@pytest.mark.parametrize(
    "declared", ['<!DOCTYPE svg [<!ENTITY skin "Skin">]>', '<!DOCTYPE svg SYSTEM "https://example.org/svg.dtd">']
)
def test_a_document_type_is_refused(declared: str) -> None:
    found = faults(f"<?xml version='1.0'?>\n{declared}\n{DRAWING.format('')}")
    assert found == ["line 2: <!DOCTYPE> is not allowed (delete it, with the entities in it)"]


def test_a_document_type_in_another_encoding_is_refused() -> None:
    declared = f'<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE svg>{DRAWING.format("")}'
    assert faults(declared.encode("utf-16")) == [
        "line 1: this file is not UTF-8 text (save it with the encoding UTF-8)"
    ]
    assert faults(declared.encode("utf-16-le"))[0].startswith("line 1: character U+0000")
    utf_7 = f'<?xml version="1.0" encoding="UTF-7"?>{DRAWING.format("+ADw-script/+AD4-")}'
    assert "line 1: the encoding UTF-7 is not allowed (save it as UTF-8)" in faults(utf_7)


def test_entities_that_multiply_do_not_multiply() -> None:
    named = [f'<!ENTITY {a} "{f"&{b};" * 20}">' for a, b in pairwise("kjihgfedcb")]
    bomb = f'<!DOCTYPE svg [<!ENTITY b "bbbbbbbbbb">{"".join(reversed(named))}]>{DRAWING.format("<title>&k;</title>")}'
    assert len(faults(bomb)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "line 1: the file is empty"),
        ("<svg", "line 1: not XML: "),
        (DRAWING.format("\n<g>"), "line 2: not XML: "),
        ("<html/>", "line 1: not a drawing "),
        ('<svg viewBox="0 0 9 9" width="9mm"/>', "line 1: not a drawing "),
        (DRAWING.format("").replace("0 0 20 10", "0 0 20"), "line 1: <svg> has no viewBox "),
        (DRAWING.format("").replace("20 10", "0 10"), "line 1: <svg> has no viewBox "),
        (DRAWING.format("").replace("40mm", "100%"), "line 1: <svg> has no width "),
        (DRAWING.format("").replace("40mm", "400mm"), "line 1: <svg> has no width "),
        (DRAWING.format("").replace("20 10", "1 1000"), "line 1: more than 250 mm high "),
        (DRAWING.format("").replace(" width", ' height="9mm" width'), "line 1: <svg> has a height "),
        (DRAWING.format("<g>" * 60 + "</g>" * 60), "line 1: more than 50 elements inside each other "),
        (DRAWING.format("<g>" * 600 + "</g>" * 600), "line 1: not XML: "),
        (DRAWING.format("<g/>" * 5000), "line 1: 5,001 elements, at most 5,000 are allowed "),
        (DRAWING.format("<!-- -->" * 25_000), "line 1: 200,079 bytes, at most 200,000 are allowed "),
    ],
)
def test_a_drawing_has_a_size_on_paper_and_an_end(text: str, said: str) -> None:
    (found,) = faults(text)
    assert found.startswith(said)


def test_each_kind_of_fault_is_told_once() -> None:
    found = faults(DRAWING.format('\n<g style="a"/>' * 9 + "\n<text/>" * 9))
    assert [fault.split(" is")[0] for fault in found] == ["line 2: style", "line 11: <text>"]


def test_the_drawing_for_right_to_left_is_checked_too(tmp_path: Path) -> None:
    (tmp_path / "leaflets").mkdir()
    (tmp_path / "leaflets" / "shapes.svg").write_bytes(SHAPES.read_bytes())
    (tmp_path / "leaflets" / "dots.png").write_bytes((VALID / "dots.png").read_bytes())
    (tmp_path / "leaflets" / "shapes.rtl.svg").write_text(DRAWING.format("<text/>"))
    with pytest.raises(LeafletError, match=r'"shapes\.rtl\.svg", line 1: <text> is not allowed'):
        parse_leaflet(
            Files(tmp_path), "every-block", (VALID / "every-block.yaml").read_bytes(), ("patient", "clinician")
        )


def figure(handout: Handout) -> Figure[Text]:
    """The drawing of every-block."""
    contents = (block.content for section in handout.sections for block in section.blocks)
    return next(content for content in contents if isinstance(content, Figure) and content.labels)


def alone(handout: Handout) -> Handout:
    """The handout with no block but its drawing."""
    section = next(section for section in handout.sections if section.id == "picture")
    block: Block[Text] = Block("alone", figure(handout))
    return replace(handout, sections=(replace(section, blocks=(block,)),), references=None)


def written(project: Project, handout: Handout, format_: str) -> bytes:
    return WRITERS[format_](handout, template_of(project, handout.audience, "a4"))


def word(content: bytes) -> etree._Element:
    return etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))


@pytest.mark.parametrize("locale", ["en", "ar", "zh_Hans"])
@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_labels_are_a_numbered_list_beside_the_drawing(shared_project: Project, locale: str, audience: str) -> None:
    handout = alone(composed(shared_project, locale, audience).handout)
    labels = [str(label) for label in figure(handout).labels]
    assert len(labels) == 3

    page = html.fromstring(written(shared_project, handout, "html"))
    (drawn,) = page.iter("figure")
    assert ["".join(map(str, item.itertext())) for item in drawn.iterfind(".//ol/li")] == labels

    paragraphs = list(word(written(shared_project, handout, "docx")).iter(f"{W}p"))
    numbered = [p for p in paragraphs if p.find(f"{W}pPr/{W}pStyle[@{W}val='LeafletLabel']") is not None]
    shown = ["".join(node.text or "" for node in p.iter(f"{W}t")) for p in numbered]
    assert [re.sub("[\u200e\u200f]", "", text) for text in shown] == labels
    assert len({p.find(f"{W}pPr/{W}numPr/{W}numId").get(f"{W}val") for p in numbered}) == 1  # type: ignore[union-attr]

    document = pikepdf.open(io.BytesIO(written(shared_project, handout, "pdf")))
    assert [str(kind) for kind in _kinds(document) if kind in ("/Lbl", "/Figure")] == ["/Figure", *["/Lbl"] * 3]


def _kinds(document: pikepdf.Pdf) -> list[str]:
    """The types of the structure elements, in reading order."""
    waiting, found = [document.Root.StructTreeRoot.K[0]], []
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Dictionary) and element.get("/S"):
            found.append(str(element.S))
            kids = element.get("/K", pikepdf.Array())
            waiting[:0] = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found


@pytest.mark.parametrize("locale", ["en", "es"])
def test_words_stand_for_the_drawing_in_every_format(shared_project: Project, locale: str) -> None:
    handout = alone(composed(shared_project, locale, "patient").handout)
    alt = str(figure(handout).alt)
    (image,) = html.fromstring(written(shared_project, handout, "html")).iterfind(".//figure//img")
    assert image.get("alt") == alt
    described = [
        element.get("descr")
        for element in word(written(shared_project, handout, "docx")).iter()
        if str(element.tag).endswith("}docPr")
    ]
    assert described == [alt]
    document = pikepdf.open(io.BytesIO(written(shared_project, handout, "pdf")))
    alts = [str(found.Alt) for found in document.objects if isinstance(found, pikepdf.Dictionary) and "/Alt" in found]
    assert alts == [alt]


def test_a_drawing_stays_lines_in_the_pdf(shared_project: Project) -> None:
    handout = alone(composed(shared_project, "en", "patient").handout)
    document = pikepdf.open(io.BytesIO(written(shared_project, handout, "pdf")))
    images = [found for found in document.objects if isinstance(found, pikepdf.Stream) and "/Width" in found]
    assert images == []
    curves = [str(step.operator) for page in document.pages for step in pikepdf.parse_content_stream(page)].count("c")
    assert curves >= 16  # four circles, each of four curves


@pytest.mark.parametrize(("locale", "name"), [("ar", "mirrored"), ("es", "plain")])
def test_right_to_left_pages_show_the_drawing_made_for_them(project: Project, locale: str, name: str) -> None:
    mirrored = SHAPES.read_text(encoding="utf-8").replace("M52 7l7 12H45z", "M8 7l7 12H1z")
    (project.folder("leaflets") / "shapes.rtl.svg").write_text(mirrored, encoding="utf-8")
    wanted = {"mirrored": mirrored.encode(), "plain": SHAPES.read_bytes()}[name]
    handout = composed(project, locale, "patient").handout
    assert dict(handout.pictures)["shapes.svg"] == wanted
    media = zipfile.ZipFile(io.BytesIO(written(project, alone(handout), "docx")))
    assert [media.read(part) for part in media.namelist() if part.startswith("word/media/")] == [
        drawings.dots("shapes.svg", wanted)
    ]


def test_a_drawing_becomes_the_same_dots_each_time() -> None:
    drawing = SHAPES.read_bytes()
    again = drawings.dots.__wrapped__
    assert again("x.svg", drawing) == again("x.svg", drawing) == drawings.dots("x.svg", drawing)


@pytest.mark.parametrize("path", [SHAPES, *SHIPPED], ids=lambda path: path.stem)
def test_dots_are_fine_enough_for_print_in_few_colours_and_few_bytes(path: Path) -> None:
    content = drawings.dots(path.name, path.read_bytes())
    picture = Image.open(io.BytesIO(content))
    width, height = drawings.size(path.read_bytes())
    assert len(content) < 60_000
    assert picture.mode == "P"
    assert len(picture.getcolors() or ()) <= 32
    assert picture.convert("RGB").getpixel((1, 1)) == (255, 255, 255)
    assert abs(picture.width / width * 25.4 - 300) < 3
    assert abs(picture.height / height * 25.4 - 300) < 4


@pytest.mark.parametrize(("format_", "where"), [("docx", "shapes.svg"), ("pdf", "every-block-patient-en.pdf")])
def test_a_drawing_that_can_not_be_drawn_stops_the_document(project: Project, format_: str, where: str) -> None:
    edit(project.folder("leaflets") / "shapes.svg", '<rect x="2"', '<rect stroke-miterlimit="much" x="2"')
    handout = composed(project, "en", "patient").handout
    with pytest.raises(LeafletError) as caught:
        written(project, handout, format_)
    assert str(caught.value).startswith(f"{where}: Failed to render SVG image data:image/svg+xml")
    assert str(caught.value).endswith("…")


@pytest.mark.parametrize(
    ("inside", "width"),
    [
        ('<path stroke-width="0.25"/><g stroke-width=".5"><path/></g>', 0.5),
        ('<path stroke-width="1px"/><!-- stroke-width="0.1" -->', 2),
        ('<path stroke-width="thin"/>', None),
        ("<path/>", None),
    ],
)
def test_the_thinnest_line_is_measured_on_paper(inside: str, width: float | None) -> None:
    assert thinnest_line(DRAWING.format(inside).encode()) == width


@pytest.mark.skipif(not are_shipped(), reason="no leaflet is shipped")
def test_the_steps_of_wound_care_differ_from_right_to_left_in_their_places_alone() -> None:
    left, right = (
        (ROOT / "leaflets" / f"calcinosis-cutis-wound{ending}").read_text(encoding="utf-8")
        for ending in (".svg", ".rtl.svg")
    )
    places, bare = re.compile(r"translate\((\d+)\)"), re.compile(r"<!--.*?-->|translate\(\d+\)", re.DOTALL)
    assert bare.sub("", left) == bare.sub("", right)
    assert places.findall(left) == places.findall(right)[::-1] == ["0", "44", "88", "132"]
