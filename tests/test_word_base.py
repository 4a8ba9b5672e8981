"""A Word base document that leaflets can't be written in is told whole, before anything is written."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args

import pytest
from lxml import etree
from projects import ROOT, composed, template_of

from leafletpress.build.check import check
from leafletpress.build.library import Project, Wanted, read_library
from leafletpress.build.run import Order, build
from leafletpress.model.blocks import Level
from leafletpress.model.problems import ExitCode, LeafletError
from leafletpress.write import WRITERS
from leafletpress.write.template import Template
from leafletpress.write.word.base import problems
from leafletpress.write.word.styles import STYLES

FILE = "templates/patient/base.docx"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
STYLE_SHEET, LISTS, RELATIONS, TYPES = (
    "word/styles.xml", "word/numbering.xml", "word/_rels/document.xml.rels", "[Content_Types].xml",
)  # fmt: skip

Edit = Callable[[dict[str, str]], None]


def base(audience: str = "patient") -> bytes:
    return (ROOT / "templates" / audience / "base.docx").read_bytes()


def edited(edit: Edit) -> bytes:
    """The patient's base with its parts changed."""
    with zipfile.ZipFile(io.BytesIO(base())) as old:
        parts = {name: old.read(name).decode() for name in old.namelist()}
    before = dict(parts)
    edit(parts)
    assert parts != before, "nothing was changed"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as new:
        for name, part in parts.items():
            new.writestr(name, part)
    return buffer.getvalue()


def put(part: str, pattern: str, new: str = "") -> Edit:
    """Changes the first place of a pattern."""

    def edit(parts: dict[str, str]) -> None:
        parts[part] = re.sub(pattern, new, parts[part], count=1, flags=re.DOTALL)

    return edit


def in_style(name: str, pattern: str, new: str = "") -> Edit:
    """Changes the first place of a pattern behind the name of a style."""
    return put(STYLE_SHEET, rf'(<w:name w:val="{name}"/>(?:(?!</w:style>).)*?){pattern}', rf"\g<1>{new}")


def with_part(kind: str, name: str, content_type: str = "application/octet-stream") -> Edit:
    """Adds a part that the document refers to."""

    def edit(parts: dict[str, str]) -> None:
        parts[f"word/{name}"] = "x"
        put(RELATIONS, "(?=</Relationships>)", f'<Relationship Id="rId99" Type="{kind}" Target="{name}"/>')(parts)
        override = f'<Override PartName="/word/{name}" ContentType="{content_type}"/>'
        put(TYPES, "(?=</Types>)", override)(parts)

    return edit


def outside(kind: str, target: str) -> Edit:
    relation = f'<Relationship Id="rId99" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="External"/>'
    return put(RELATIONS, "(?=</Relationships>)", relation)


def without(part: str) -> Edit:
    return lambda parts: (parts.pop(part), None)[1]


def said(content: bytes) -> list[str]:
    found = problems(FILE, content)
    assert {problem.origin.file for problem in found} <= {FILE}
    assert all(problem.hint for problem in found)
    return [problem.text for problem in found]


@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_shipped_bases_keep_the_contract(audience: str) -> None:
    assert said(base(audience)) == []


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "is not a Word document (.docx): it is no zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "is not a Word document (.docx): it is no zip archive"),
        (base()[:-200], "is not a Word document (.docx): it is no zip archive"),
        (
            edited(without(TYPES)),
            "is not a whole Word document (.docx): \"There is no item named '[Content_Types].xml'",
        ),
        (
            edited(without("word/document.xml")),
            "is not a whole Word document (.docx): \"There is no item named 'word/d",
        ),
        (edited(put(STYLE_SHEET, "</w:docDefaults>")), "is not a whole Word document (.docx): Opening and ending tag"),
        (edited(lambda parts: parts.update({"big": "0" * 50_000_001})), "unpacks to more than 50 MB"),
    ],
)
def test_what_is_no_whole_word_document_is_told(content: bytes, told: str) -> None:
    (found,) = said(content)
    assert found.startswith(told)


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (with_part(f"{MICROSOFT}/vbaProject", "macros.bin", "application/vnd.ms-office.vbaProject"), "holds macros"),
        (
            put(TYPES, r"application/vnd.openxmlformats-\S*?\.document\.main\+xml",
                "application/vnd.ms-word.document.macroEnabled.main+xml"),
            "holds macros",
        ),
        (
            put(TYPES, r"wordprocessingml\.document\.main", "wordprocessingml.template.main"),
            f"is not a Word document (.docx) but {WORD_TYPE}.template.main+xml",
        ),
        (with_part(f"{OFFICE}/oleObject", "embeddings/oleObject1.bin"), "holds an embedded object"),
        (with_part(f"{OFFICE}/package", "sheet1.xlsx"), "holds an embedded object"),
        (with_part(f"{OFFICE}/control", "activeX/activeX1.bin"), "holds an ActiveX control"),
        (with_part(f"{OFFICE}/aFChunk", "other.html"), "holds another document"),
        (outside("image", "https://example.org/pixel.png"),
         "refers to something outside of it (image): https://example.org/pixel.png"),
        (outside("attachedTemplate", "file:///C:/ward.dotm"),
         "refers to something outside of it (attachedTemplate): file:///C:/ward.dotm"),
    ],
)  # fmt: skip
def test_what_runs_or_reaches_outside_is_refused(edit: Edit, told: str) -> None:
    assert said(edited(edit)) == [told]


@pytest.mark.parametrize(
    ("edit", "told"),
    [
        (put(STYLE_SHEET, '"Leaflet Term"', '"Something Else"'), 'the style "Leaflet Term" is missing'),
        (put(STYLE_SHEET, '"heading 1"', '"Heading 1"'), None),
        (
            put(STYLE_SHEET, r'w:type="table"(?= w:customStyle="1" w:styleId="LeafletNotes")', 'w:type="paragraph"'),
            'the style "Leaflet Notes" is a paragraph style',
        ),
        (in_style("List Number", "<w:numPr>.*?</w:numPr>"), 'the style "List Number" belongs to no list of numbers'),
        (in_style("List Bullet", '(?<=numId w:val=")1', "2"), 'the style "List Bullet" belongs to no list of bullets'),
        (
            put(LISTS, '<w:num w:numId="4">.*?</w:num>'),
            'the style "Leaflet Reference" belongs to no list of numbers',
        ),
        (in_style("heading 3", r"<w:outlineLvl [^>]*>"), 'the style "heading 3" has not outline level 3'),
        (
            in_style("Leaflet Side Heading", '(?<=basedOn w:val=")Heading2', "Normal"),
            'the style "Leaflet Side Heading" has not outline level 2',
        ),
        (
            put(STYLE_SHEET, r'w:type="character"(?=[^>]*"LeafletDanger")', 'w:type="paragraph"'),
            'the style "Leaflet Danger" is a paragraph style',
        ),
        (in_style("heading 1", '(?<=outlineLvl w:val=")0', "1"), 'the style "heading 1" has not outline level 1'),
        (in_style("heading 1", r"<w:szCs [^>]*>"), 'the style "heading 1" does not pair w:sz with w:szCs'),
        (in_style("Leaflet Term", "<w:bCs/>"), 'the style "Leaflet Term" does not pair w:b with w:bCs'),
        (
            in_style("Leaflet Term", "<w:bCs/>", '<w:bCs w:val="0"/>'),
            'the style "Leaflet Term" does not pair w:b with w:bCs',
        ),
        (in_style("Leaflet Term", "<w:b/>", "<w:b/><w:i/>"), 'the style "Leaflet Term" does not pair w:i with w:iCs'),
        (put(LISTS, "(?=</w:lvl>)", "<w:rPr><w:b/></w:rPr>"), 'the list mark "•" does not pair w:b with w:bCs'),
        (
            in_style("Subtitle", "<w:rPr>", '<w:rPr><w:rFonts w:asciiTheme="majorHAnsi"/>'),
            'the style "Subtitle" has a font of the theme',
        ),
        (
            put(STYLE_SHEET, 'w:cs="Noto Sans"', 'w:cstheme="minorBidi"'),
            "the default text has a font of the theme",
        ),
        (
            in_style("Subtitle", '(?<=color w:val=")3D4B52', "767676"),
            'the style "Subtitle" has text in 767676, with a contrast of 4.5 to 1 on white',
        ),
        (put(STYLE_SHEET, "<w:lang [^>]*>"), "the default text (w:docDefaults) has no w:lang"),
        (put("word/document.xml", "<w:pgMar [^>]*>"), "has no paper size or margins"),
        (
            put("word/document.xml", '<w:footerReference w:type="first"[^>]*>'),
            "the footer of the first page has no paragraph",
        ),
        (put("word/header1.xml", "<w:p>.*</w:p>"), "the header has no paragraph"),
    ],
)  # fmt: skip
def test_what_the_look_lacks_is_told_by_its_name(edit: Edit, told: str | None) -> None:
    assert said(edited(edit)) == ([told] if told else [])


def test_a_style_may_have_its_outline_level_from_the_one_it_is_based_on() -> None:
    with zipfile.ZipFile(io.BytesIO(base())) as archive:
        side = re.search(r'<w:style [^>]*"LeafletSideHeading">.*?</w:style>', archive.read(STYLE_SHEET).decode())
    assert side
    assert "outlineLvl" not in side[0]
    assert said(base()) == []


def test_styles_based_on_each_other_are_followed_once() -> None:
    looped = edited(in_style("Normal", "<w:qFormat/>", '<w:basedOn w:val="Subtitle"/><w:qFormat/>'))
    assert said(looped) == []


def test_a_style_that_leaflets_do_not_use_may_be_as_it_likes() -> None:
    odd = '<w:style w:type="character" w:styleId="Odd"><w:name w:val="Odd"/><w:rPr><w:b/></w:rPr></w:style>'
    assert said(edited(put(STYLE_SHEET, "(?=</w:styles>)", odd))) == []


def with_looks(**files: Any) -> Template:
    """The looks of patients, some of them otherwise."""
    template = template_of(Project(ROOT), "patient")
    return replace(template, files=replace(template.files, **files))


def test_all_that_is_wrong_is_told_at_once_by_the_writer(shared_project: Project) -> None:
    def spoilt(parts: dict[str, str]) -> None:
        with_part(f"{MICROSOFT}/vbaProject", "vbaProject.bin")(parts)
        put(STYLE_SHEET, '"Leaflet Term"', '"Something Else"')(parts)
        put(STYLE_SHEET, '"Leaflet Figure"', '"Something More"')(parts)

    template = with_looks(base_docx=edited(spoilt))
    with pytest.raises(LeafletError) as caught:
        WRITERS["docx"](composed(shared_project, "en", "patient").handout, template)
    assert [str(problem) for problem in caught.value.problems] == [
        f"{FILE}: holds macros (save it as .docx)",
        f'{FILE}: the style "Leaflet Term" is missing (add it in Word)',
        f'{FILE}: the style "Leaflet Figure" is missing (add it in Word)',
    ]


def test_a_base_that_is_refused_stops_its_audience_alone_and_keeps_the_earlier_file(
    project: Project, tmp_path: Path
) -> None:
    wanted, out = Wanted(locales=("en",), formats=("docx",)), tmp_path / "out"
    build(project, Order(wanted, out, "out", workers=1))
    earlier = {path.name: path.read_bytes() for path in out.rglob("*.docx")}
    assert len(earlier) == 2
    (project.folder("templates") / "patient" / "base.docx").write_bytes(b"not a zip")
    leaflet = project.folder("leaflets") / "every-block.yaml"
    leaflet.write_text(leaflet.read_text(encoding="utf-8").replace("Every block", "All blocks", 1), encoding="utf-8")
    built = build(project, Order(wanted, out, "out", workers=1))
    assert set(built.exit_codes) == {ExitCode.OK, ExitCode.CONTENT}
    assert [problem.origin.file for outcome in built.outcomes for problem in outcome.problems] == [FILE]
    kept = [path.name for path in out.rglob("*.docx") if earlier[path.name] == path.read_bytes()]
    assert kept == ["every-block-patient-en.docx"]


def test_check_tells_what_is_wrong_with_each_base_and_builds_nothing(project: Project) -> None:
    folder = project.folder("templates")
    (folder / "patient" / "base.docx").write_bytes(edited(put(STYLE_SHEET, '"Leaflet Term"', '"Something Else"')))
    (folder / "clinician" / "base.docx").unlink()
    (folder / "clinician" / "base.docx").mkdir()
    found = check(read_library(project, Wanted())).problems
    assert [str(problem) for problem in found if problem.origin.file.endswith(".docx")] == [
        "templates/clinician/base.docx: can't be read: Is a directory",
        f'{FILE}: the style "Leaflet Term" is missing (add it in Word)',
    ]
    (folder / "clinician" / "base.docx").rmdir()
    editions = folder / "editions.toml"
    editions.write_text(editions.read_text(encoding="utf-8").replace(', "docx"', ""), encoding="utf-8")
    found = check(read_library(project, Wanted())).problems
    assert not any("docx" in problem.origin.file for problem in found)


def test_an_icon_that_is_no_picture_is_told(shared_project: Project) -> None:
    template = with_looks(dots=tuple((level, b"x") for level in get_args(Level)))
    with pytest.raises(LeafletError, match=r"^templates/shared/icons/now\.png: is no picture, or a damaged one"):
        WRITERS["docx"](composed(shared_project, "en", "patient").handout, template)


@pytest.mark.parametrize("locale", ["en", "ar"])
@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_leaflets_are_written_in_styles_of_the_contract_alone(
    shared_project: Project, locale: str, audience: str
) -> None:
    template = template_of(Project(ROOT), audience, "a4")
    content = WRITERS["docx"](composed(shared_project, locale, audience).handout, template)
    archive = zipfile.ZipFile(io.BytesIO(content))
    names = {
        style.get(f"{W}styleId"): style[0].get(f"{W}val")
        for style in etree.fromstring(archive.read(STYLE_SHEET)).iter(f"{W}style")
    }
    body = etree.fromstring(archive.read("word/document.xml"))
    used = {names[style.get(f"{W}val")] for style in body.iter(f"{W}pStyle", f"{W}tblStyle")}
    assert used <= STYLES.keys()


def test_the_contract_holds_a_box_for_each_level_and_no_style_that_nobody_writes() -> None:
    boxes = {f"Leaflet Box {level}" for level in get_args(Level)}
    modules = (ROOT / "leafletpress" / "write" / "word").glob("*.py")
    writer = "".join(module.read_text(encoding="utf-8") for module in modules if module.name != "base.py")
    written = {name for name in STYLES if f'"{name}"' in writer or f"'{name}'" in writer}
    assert {name for name, style in STYLES.items() if style.type == "table"} >= boxes
    assert STYLES.keys() == written | boxes


def test_contributors_are_told_every_style() -> None:
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told = " ".join(guide[guide.index("## Word base documents") :].split())
    assert [name for name in STYLES if name.removeprefix("Leaflet ") not in told] == []
