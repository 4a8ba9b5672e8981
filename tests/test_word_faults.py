"""Ways to break a written DOCX, and which of openxml-audit, the Open XML SDK and our own lint catches each."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from projects import ROOT, composed, template_of
from scripts import make_script_project
from validators import ooxml_sdk, openxml_audit
from wordlint import lint

from leafletpress.build.library import Project
from leafletpress.write import WRITERS

_MARK = "\u200e"
_BODY = "word/document.xml"
_FILLED_IN = "<w:p><w:r><w:t>–</w:t></w:r></w:p>"

By = Literal["lint", "audit", "sdk"] | None


@dataclass(frozen=True, slots=True)
class Fault:
    """One edit of one part: the first place of a pattern, and what stands there instead; without one, the part is gone.

    `by` catches it, the first of lint, openxml-audit and the SDK; None where none of them does.
    """

    name: str
    by: By
    pattern: str
    put: str = ""
    part: str = _BODY
    locale: str = "en"


def _control(number: int, *, name: str = "Date", lock: str = "sdtLocked", inside: str = _FILLED_IN) -> str:
    """A content control round a paragraph."""
    about = f'<w:alias w:val="{name}"/><w:id w:val="{number}"/><w:lock w:val="{lock}"/>'
    return f"<w:sdt><w:sdtPr>{about}</w:sdtPr><w:sdtContent>{inside}</w:sdtContent></w:sdt>"


FAULTS = (
    # What someone who can't see the page, or not the whole of it, would lose.
    Fault("a picture without alt text", "lint", r'descr="Three dark[^"]*"', 'descr=""'),
    Fault("decoration that is not marked so", "lint", r"<a:extLst>.*?</a:extLst>"),
    Fault("a table without header row", "lint", r"<w:tblHeader/>"),
    Fault("a header row that is none", "lint", r"(?<=<w:cantSplit/>)(?=</w:trPr>)", "<w:tblHeader/>"),
    Fault("a table that Word takes for one with a header row", "lint", r'w:firstRow="0"', 'w:firstRow="1"'),
    Fault("merged cells", "lint", r"(<w:tcW [^>]*>)(?!<w:tcBorders>)", r'\1<w:gridSpan w:val="1"/>'),
    Fault("a table in the margin", "lint", r"(?=<w:tblLayout )", '<w:tblInd w:w="300" w:type="dxa"/>'),
    Fault(
        "a heading that readers do not know", "lint",
        r"(LeafletTerm.*?)(?=</w:pPr>)", r'\1<w:outlineLvl w:val="2"/>', part="word/styles.xml",
    ),
    Fault("two tables that meet", "lint", r"(<w:tbl>(?:(?!</w:tbl>).)*</w:tbl>)", r"\1\1"),
    Fault("a list that no style names", "lint", r"<w:pStyle [^>]*>", part="word/numbering.xml"),
    Fault(
        "two lists of one model", "lint",
        r'<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="0"/>', part="word/numbering.xml",
    ),
    Fault("two lists that Word takes for one", "lint", "4C454141", "4C454140", part="word/numbering.xml"),
    Fault(
        "a list that goes on elsewhere", "lint",
        r'(<w:numId w:val="(\d+)"/>)(.*?)(<w:numId w:val="(?!\2")\d+"/>)(.*?)<w:numId w:val="(?!\2")\d+"/>',
        r"\1\3\4\5\1",
    ),
    Fault("a row that may split over pages", "lint", r"<w:cantSplit/>"),
    Fault("no title", "lint", r"<dc:title>.*?</dc:title>", part="docProps/core.xml"),
    Fault("text of another language", "lint", r'w:bidi="en-GB"', 'w:bidi="ar"', part="word/styles.xml"),
    Fault("an empty paragraph", "lint", r"(?=<w:p>)", "<w:p/>"),
    Fault("a link without text", "lint", r"(<w:hyperlink [^>]*>)<w:r>.*?</w:r>(?=</w:hyperlink>)", r"\1"),
    # What would print a figure wrongly.
    Fault("a phone number without marks", "lint", rf"{_MARK}(020[^<]*){_MARK}", r"\1", locale="ar"),
    Fault(
        "a phone number that is turned", "lint",
        rf"<w:r>(<w:t[^>]*>{_MARK}020)", r"<w:r><w:rPr><w:rtl/></w:rPr>\1", locale="ar",
    ),
    Fault("a table that is not mirrored", "lint", r"<w:bidiVisual/>", locale="ar"),
    Fault("a list that does not exist", "lint", r'<w:numId w:val="\d+"/>', '<w:numId w:val="99"/>'),
    Fault(
        "a list made from nothing", "lint",
        r'<w:abstractNumId w:val="1"/>', '<w:abstractNumId w:val="99"/>', part="word/numbering.xml",
    ),
    Fault("a row that lacks a cell", "lint", r"<w:tc>(?:(?!</w:tc>).)*LeafletTableHead.*?</w:tc>"),
    Fault("a style that does not exist", "lint", r'w:pStyle w:val="Subtitle"', 'w:pStyle w:val="Nothing"'),
    # What Word would set in a font of another script.
    Fault("Tamil in the slot of Latin", "lint", r"<w:cs/>", locale="ta"),
    Fault(
        "Latin in the slot of Tamil", "lint",
        r"<w:r>(?=<w:t [^>]*>[A-Za-z0-9])", "<w:r><w:rPr><w:cs/></w:rPr>", locale="ta",
    ),
    Fault("Arabic that is not turned", "lint", r"<w:rtl/>", locale="ar"),
    Fault("Chinese signs in the font of Latin", "lint", r' w:hint="eastAsia"', locale="zh_Hans"),
    # What a nurse could not fill in.
    Fault("two controls of one id", "lint", r"<w:p>", f"{_control(101)}{_control(101)}<w:p>"),
    Fault("a control that is locked", "lint", r"<w:p>", f'{_control(101, lock="sdtContentLocked")}<w:p>'),
    Fault("a control without a name", "lint", r"<w:p>", f'{_control(101, name="")}<w:p>'),
    Fault("a control that no record system reaches", "lint", r"<w:dataBinding [^>]*/>"),
    Fault("a control bound to what is not there", "lint", r"/l:phone\[1\]", "/l:telephone[1]"),
    Fault("a control bound to another's element", "lint", "<phone/>", "<telephone/>", part="customXml/item1.xml"),
    Fault("a control that holds nothing", "lint", r"<w:p>", f'{_control(101, inside="")}<w:p>'),
    # What Word mends in silence, or refuses to open.
    Fault("a cell without a paragraph", "lint", r"(?<=</w:tcPr>)<w:p>((?!</w:p>).)*</w:p>(?=</w:tc>)"),
    Fault("two pictures of one id", "lint", r'<wp:docPr id="2"', '<wp:docPr id="1"'),
    Fault(
        "two bookmarks of one id", "lint",
        r"(?=</w:p>)", '<w:bookmarkStart w:id="1" w:name="a"/><w:bookmarkEnd w:id="1"/>' * 2,
    ),
    Fault("a field that never ends", "lint", r"(?=</w:p>)", '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'),
    Fault("a picture that nothing leads to", "lint", r'r:embed="rId\d+"', 'r:embed="rId999"'),
    Fault("a picture that is not there", "lint", "", part="word/media/image1.png"),
    Fault("an element that is never closed", "lint", r"</w:sectPr>"),
    Fault("an element that Word does not know", "audit", r"(?=<w:pStyle )", "<w:bogus/>"),
    Fault("properties in the wrong order", "audit", r"<w:b/><w:bCs/>", "<w:bCs/><w:b/>"),
    Fault("a run outside of a paragraph", "audit", r"(?=<w:sectPr>)", "<w:r><w:t>lost</w:t></w:r>"),
    Fault("a value that is none", "audit", r'<w:vAlign w:val="bottom"/>', '<w:vAlign w:val="deep"/>'),
    Fault("a page of no size", "audit", r'w:w="11906"', 'w:w="wide"'),
    Fault(
        "a part of an unknown type", "audit",
        r'<Override PartName="/word/numbering.xml"[^>]*/>', part="[Content_Types].xml",
    ),
    Fault("pictures of an unknown type", "sdk", r'<Default Extension="png"[^>]*/>', part="[Content_Types].xml"),
    Fault("letters of 32000 points", None, r'w:sz w:val="64"', 'w:sz w:val="64000"', part="word/styles.xml"),
)  # fmt: skip


def _broken(content: bytes, fault: Fault) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == fault.part and not fault.pattern:
                continue
            if name == fault.part:
                text, edits = re.subn(fault.pattern, fault.put, part.decode(), count=1, flags=re.DOTALL)
                assert edits == 1, f"nothing to break for {fault.name}"
                part = text.encode()
            new.writestr(name, part)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def whole(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The patient leaflet with every block, as it is written, by locale; in Tamil, the page of every script."""
    template = template_of(Project(ROOT), "patient", "a4")
    projects = dict.fromkeys(("en", "ar", "zh_Hans"), shared_project)
    projects["ta"] = make_script_project(tmp_path_factory.mktemp("scripts") / "project")
    return {
        locale: WRITERS["docx"](composed(project, locale, "patient").handout, template)
        for locale, project in projects.items()
    }


@pytest.fixture(scope="module")
def broken(whole: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A file for each fault, by its name."""
    folder = tmp_path_factory.mktemp("broken")
    paths = {}
    for number, fault in enumerate(FAULTS):
        paths[fault.name] = folder / f"{number}.docx"
        paths[fault.name].write_bytes(_broken(whole[fault.locale], fault))
    return paths


def _named(by: By) -> list[str]:
    return [fault.name for fault in FAULTS if fault.by == by]


def test_a_whole_file_has_nothing_to_find(whole: dict[str, bytes]) -> None:
    assert {locale: said for locale, content in whole.items() if (said := lint(content))} == {}


def test_of_all_faults_one_alone_is_not_caught() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 30
    assert [fault.name for fault in FAULTS if fault.by is None] == ["letters of 32000 points"]


def test_a_control_that_is_well_has_nothing_to_find(whole: dict[str, bytes]) -> None:
    assert lint(_broken(whole["en"], Fault("none", None, "<w:p>", f"{_control(101)}{_control(102)}<w:p>"))) == []


def test_lint_catches_its_faults_and_no_others(broken: dict[str, Path]) -> None:
    assert [name for name, path in broken.items() if lint(path.read_bytes())] == _named("lint")


def test_openxml_audit_catches_its_faults_of_those_that_lint_leaves(broken: dict[str, Path]) -> None:
    left = [fault.name for fault in FAULTS if fault.by != "lint"]
    found = openxml_audit(broken[name] for name in left)
    assert [name for name in left if found[broken[name]]] == _named("audit")


def test_open_xml_sdk_catches_its_faults_of_those_that_others_leave(broken: dict[str, Path]) -> None:
    left = [*_named("sdk"), *_named(None)]
    found = ooxml_sdk(broken[name] for name in left)
    assert [name for name in left if found[broken[name]]] == _named("sdk")
