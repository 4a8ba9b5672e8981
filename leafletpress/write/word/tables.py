"""The tables of a Word file: plain grids inside the margins, which a screen reader and a checker can follow.

No cell is merged, split or in another table, and a first row is a header row only where it is one.
"""

from collections.abc import Collection, Iterable, Mapping
from itertools import accumulate, pairwise
from math import ceil
from typing import Any

from docx.oxml.ns import nsmap, qn

from leafletpress.model.handout import Direction, Text
from leafletpress.model.text.measure import letters_across

_EMU_PER_TWIP, _TWIPS_PER_MM = 635, 56.7
_ROUNDED = 1e-6  # what sums of shares may lack
_HALF_LINE = 20 / 8 / 2  # twips, of each of the eighths of a point that a line is wide
_LONGEST = 19  # letters of a word for which a column makes room
_FIRST_ROW, _FIRST_COLUMN, _NO_BANDS = 0x0020, 0x0080, 0x0600  # of w:tblLook
_SIDES = ("top", "left", "bottom", "right")
_UNSHADED = '<w:shd w:val="clear" w:color="auto" w:fill="FFFFFF"/>'  # LibreOffice would keep that of the table

# Word makes one of two tables that meet. What keeps them apart is hidden, so that no reader stops there.
_APART = (
    '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
    "<w:rPr><w:vanish/></w:rPr></w:pPr></w:p>"
)


class WordTables:
    """Makes the XML of one document's tables, `across` (EMU) wide at the most; `styles` are its own by small names."""

    def __init__(self, styles: Mapping[str, Any], direction: Direction, across: int) -> None:
        self._styles, self._direction, self._across = styles, direction, across

    def table(
        self,
        style: str,
        widths: tuple[float, ...],
        rows: Iterable[tuple[str, ...]],
        *,
        header: bool = False,
        row_heads: bool = False,
        parted: Collection[int] = (),
        height: float = 0,
        row_styles: tuple[str, ...] = (),
    ) -> str:
        """A table; each cell is the XML of its paragraphs.

        `widths` are shares of the page, of which the frame takes a part; where there is a `header`, it is the first row
        and repeats on each page; with `row_heads`, the first cell of a row is its head; the rows whose numbers are
        `parted` may go over two pages; `height` is the least of every row in mm, its text at the foot; `row_styles` are
        those of the rows, where they are not the table's.
        """
        edges = [int(share * self._across / _EMU_PER_TWIP + _ROUNDED) for share in accumulate((0, *widths))]
        columns = [right - left for left, right in pairwise(edges)]
        columns[0] -= self._half_line("left", {style, *row_styles})
        columns[-1] -= self._half_line("right", {style, *row_styles})
        lines = "".join(
            _row(
                cells,
                columns,
                _row_properties(header and not number, parted=number in parted, height=height),
                self._look(row_styles[number]) if row_styles and row_styles[number] != style else "",
                at_foot=bool(height),
            )
            for number, cells in enumerate(rows)
        )
        properties = self._properties(style, sum(columns), _marked(header=header, row_heads=row_heads))
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"

    def padding(self, style: str) -> float:
        """The share of the page that a cell keeps free on both sides of its text."""
        sides = (
            self._styles[style.lower()].find(f"w:tblPr/w:tblCellMar/w:{side}", nsmap) for side in ("left", "right")
        )
        return sum(int(side.get(qn("w:w"))) for side in sides if side is not None) * _EMU_PER_TWIP / self._across

    def _properties(self, style: str, width: int, look: str) -> str:
        mirrored = "<w:bidiVisual/>" if self._direction == "rtl" else ""
        return (
            f'<w:tblPr><w:tblStyle w:val="{self._styles[style.lower()].styleId}"/>{mirrored}'
            f'<w:tblW w:w="{width}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}</w:tblPr>'
        )

    def _half_line(self, side: str, styles: set[str]) -> int:
        """Half of the frame's line on a side, in twips.

        Columns go from the middle of a line to the next, and the first line stands inside the margin as a whole.
        """
        lines = (self._styles[name.lower()].find(f"w:tblPr/w:tblBorders/w:{side}", nsmap) for name in styles)
        return max(ceil(int(line.get(qn("w:sz"), 0)) * _HALF_LINE) if line is not None else 0 for line in lines)

    def _look(self, style: str) -> str:
        """The frame and the ground of a table style as properties of a cell."""
        element = self._styles[style.lower()]
        lines = (element.find(f"w:tblPr/w:tblBorders/w:{side}", nsmap) for side in _SIDES)
        shade = element.find("w:tcPr/w:shd", nsmap)
        frame = "".join(_copy(line) for line in lines if line is not None)
        return f"<w:tcBorders>{frame}</w:tcBorders>{_UNSHADED if shade is None else _copy(shade)}"


def _marked(*, header: bool, row_heads: bool) -> str:
    """What Word and screen readers take for heads of columns and rows."""
    bits = _NO_BANDS | (_FIRST_ROW if header else 0) | (_FIRST_COLUMN if row_heads else 0)
    return (
        f'<w:tblLook w:val="{bits:04X}" w:firstRow="{int(header)}" w:lastRow="0" w:firstColumn="{int(row_heads)}" '
        'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
    )


def _row_properties(header: bool, *, parted: bool, height: float) -> str:
    in_one_piece = "" if parted else "<w:cantSplit/>"
    least = f'<w:trHeight w:val="{round(height * _TWIPS_PER_MM)}" w:hRule="atLeast"/>' if height else ""
    return f"<w:trPr>{in_one_piece}{least}{'<w:tblHeader/>' if header else ''}</w:trPr>"


def _row(cells: tuple[str, ...], columns: list[int], properties: str, look: str, *, at_foot: bool) -> str:
    foot = '<w:vAlign w:val="bottom"/>' if at_foot else ""
    made = (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{look}{foot}</w:tcPr>{content}</w:tc>'
        for content, width in zip(cells, columns, strict=True)
    )
    return f"<w:tr>{properties}{''.join(made)}</w:tr>"


def _copy(element: Any) -> str:
    """An element without children as XML."""
    values = "".join(f' w:{key.rpartition("}")[2]}="{value}"' for key, value in element.items())
    return f"<w:{element.tag.rpartition('}')[2]}{values}/>"


def kept_apart(body: str) -> str:
    """The XML of a body, no table of which meets another."""
    return body.replace("</w:tbl><w:tbl>", f"</w:tbl>{_APART}<w:tbl>")


def column_shares(columns: list[list[Text]], across: float) -> tuple[float, ...]:
    """The shares of a table's columns on a page `across` letters wide.

    Each holds its longest word; what is left goes where the most text is.
    """
    least = [max(_longest_word(cell) for cell in column) + 2 for column in columns]
    spare = max(across - sum(least), 0)
    wishes = [sum(map(letters_across, column)) for column in columns]
    letters = [word + spare * wish / sum(wishes) for word, wish in zip(least, wishes, strict=True)]
    return tuple(count / sum(letters) for count in letters)


def _longest_word(text: Text) -> int:
    """The letters of the longest stretch that a line should not break; Han text breaks anywhere."""
    return max((min(letters_across(word), _LONGEST) for word in str(text).split(" ")), default=0)
