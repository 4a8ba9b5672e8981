"""A Word file has the paper, margins and sizes of type of its edition."""

import io
import zipfile
from collections.abc import Iterator

import docx
import pytest
from lxml import etree
from projects import ROOT, template_of
from test_writers import handouts  # noqa: F401 - a fixture

from leafletpress.build.project import Project
from leafletpress.model.handout import Handout
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_editions
from leafletpress.write import WRITERS

EDITIONS = {name: one for name, one in read_editions(Files(ROOT)).items() if "docx" in one.formats}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TWIPS = 1440 / 25.4  # in a millimetre

Written = dict[tuple[str, str], Handout]
each_edition = pytest.mark.parametrize("edition", EDITIONS)


def written(handouts: Written, edition: str) -> bytes:  # noqa: F811
    template = template_of(Project(ROOT), "patient", edition)
    return WRITERS["docx"](handouts["ar", "patient"], template)


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def sizes(content: bytes) -> Iterator[tuple[str, int]]:
    """The sizes of type, in half points, with the style they stand in."""
    for name in ("styles", "numbering", "document"):
        for element in part(content, name).iter(f"{W}sz", f"{W}szCs"):
            style = next((one for one in element.iterancestors(f"{W}style")), None)
            named = style.find(f"{W}name") if style is not None else None
            yield (named.get(f"{W}val", "") if named is not None else name), int(element.get(f"{W}val", "0"))


def test_every_flat_edition_is_made_in_word() -> None:
    assert set(EDITIONS) == {name for name, one in read_editions(Files(ROOT)).items() if not one.folded}


@each_edition
def test_paper_and_margins_are_the_editions(handouts: Written, edition: str) -> None:  # noqa: F811
    section = docx.Document(io.BytesIO(written(handouts, edition))).sections[0]
    assert section.page_width is not None
    assert section.page_height is not None
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx(EDITIONS[edition].size, abs=0.1)
    if margins := EDITIONS[edition].margins:
        top, sides, bottom = (int(margin.removesuffix("mm")) for margin in margins.split())
        found = (section.top_margin, section.left_margin, section.right_margin, section.bottom_margin)
        assert [margin.mm for margin in found if margin] == pytest.approx([top, sides, sides, bottom], abs=0.1)


@each_edition
def test_tables_are_as_wide_as_the_text_with_their_frames(handouts: Written, edition: str) -> None:  # noqa: F811
    content = written(handouts, edition)
    across, body, styles = text_width(content), part(content, "document"), part(content, "styles")
    tables = [table for table in body.iter(f"{W}tbl") if style_of(table) != "LeafletCodes"]
    assert len(tables) > 6
    for table in tables:
        grid = sum(int(column.get(f"{W}w", "0")) for column in table.iter(f"{W}gridCol"))
        framed = grid + half_line(table, styles, "left") + half_line(table, styles, "right")
        assert across - 3 <= framed <= across, style_of(table)
        (width,) = (int(one.get(f"{W}w", "0")) for one in table.iter(f"{W}tblW"))
        assert width == grid


def text_width(content: bytes) -> float:
    """The width between the margins, in twips."""
    section = docx.Document(io.BytesIO(content)).sections[0]
    assert section.page_width and section.left_margin and section.right_margin  # noqa: PT018
    return (section.page_width - section.left_margin - section.right_margin) / 635


def style_of(table: etree._Element) -> str:
    (style,) = table.iter(f"{W}tblStyle")
    return style.get(f"{W}val", "")


def half_line(table: etree._Element, styles: etree._Element, side: str) -> float:
    """Half of the widest line on a side of a table, in twips: a line has its middle on the edge of the grid."""
    (style,) = (one for one in styles.iter(f"{W}style") if one.get(f"{W}styleId") == style_of(table))
    lines = [*style.iterfind(f"{W}tblPr/{W}tblBorders/{W}{side}"), *table.iterfind(f".//{W}tcBorders/{W}{side}")]
    return max((int(line.get(f"{W}sz", "0")) * 1.25 for line in lines), default=0)


@each_edition
def test_running_marks_go_to_the_end_of_the_line(handouts: Written, edition: str) -> None:  # noqa: F811
    content = written(handouts, edition)
    stops = [int(tab.get(f"{W}pos", "0")) for tab in part(content, "styles").iter(f"{W}tab")]
    assert stops
    assert all(abs(stop - text_width(content)) < 25 for stop in stops)


@pytest.mark.parametrize("edition", [name for name, one in EDITIONS.items() if one.type_size])
def test_large_print_is_large_in_every_style(handouts: Written, edition: str) -> None:  # noqa: F811
    usual, large = (list(sizes(written(handouts, name))) for name in ("a4", edition))
    assert EDITIONS[edition].smallest_type == 16
    assert ("styles", 36) in large  # the text: 18 pt
    assert {size for style, size in large if style.lower() not in ("header", "footer")} >= {32, 36}
    assert all(size >= 32 for style, size in large if style.lower() not in ("header", "footer"))
    for (style, before), (same, now) in zip(usual, large, strict=True):
        assert style == same
        assert now == before if style.lower() in ("header", "footer") else now >= before
    heads = [dict(found)["heading 1"] / dict(found)["styles"] for found in (usual, large)]
    assert heads[0] == pytest.approx(heads[1], abs=0.05)


def test_a_place_without_its_own_edition_keeps_the_base_documents_sizes(handouts: Written) -> None:  # noqa: F811
    base = docx.Document(str(ROOT / "templates" / "patient" / "base.docx"))
    made = docx.Document(io.BytesIO(written(handouts, "letter")))
    assert [style.font.size for style in base.styles if style.type == 1] == [
        style.font.size for style in made.styles if style.type == 1
    ]
