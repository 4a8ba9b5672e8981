"""Writes a handout as DOCX: the look is the Word base document's, the content and its direction are written here."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from io import BytesIO
from itertools import groupby
from typing import Any, assert_never
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm

from leafletpress.blocks import (
    QA,
    Block,
    Bullets,
    Callout,
    Contact,
    Content,
    Definitions,
    Figure,
    Paragraph,
    Section,
    Steps,
    Table,
    Way,
)
from leafletpress.errors import LeafletError, Origin, Problem
from leafletpress.handout import Handout, Head, Notes, References, Run, Text
from leafletpress.templates import Template
from leafletpress.writers.archive import canonical
from leafletpress.writers.pictures import pictures

LEFT_TO_RIGHT_MARK, RIGHT_TO_LEFT_MARK = "\u200e", "\u200f"
_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
_BAR = '<w:pBdr><w:{side} w:val="single" w:sz="24" w:space="4" w:color="14202A"/></w:pBdr>'
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
_EMU_PER_MM = int(Mm(1))
_ICON, _CODE = 7, 14  # mm
# How many 24ths of the contact card each cell takes, by the number of cells in its row.
_CONTACT_SPANS = {1: (24,), 2: (8, 16), 3: (8, 7, 9), 4: (6, 6, 6, 6)}
# The width of a letter, about, in mm for each point of its size: what column widths are reckoned in.
_LETTER = 0.185
_CELL = "<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def write(handout: Handout, template: Template) -> bytes:
    """The document; the same handout and template give the same bytes."""
    document = docx.Document(BytesIO(template.base_docx))
    writer = _Writer(handout, template, document)
    body = writer.body()
    tree = parse_xml(f"<w:body {_NAMESPACES}>{body}</w:body>")
    old = document.element.body
    section = old.sectPr
    old.clear_content()
    for child in reversed(tree):
        old.insert(0, child)
    if handout.direction == "rtl":
        section.insert_element_before(
            section.makeelement(qn("w:bidi")), "w:rtlGutter", "w:docGrid", "w:printerSettings"
        )
    writer.running_marks()
    writer.settle_language()
    _describe(document, handout)
    buffer = BytesIO()
    document.save(buffer)
    return canonical(buffer.getvalue())


def _describe(document: Any, handout: Handout) -> None:
    properties = document.core_properties
    day = datetime.fromisoformat(handout.dated).replace(tzinfo=UTC)
    properties.title = f"{handout.head.title} – {handout.head.audience}"
    properties.subject = str(handout.head.subtitle)
    properties.author = str(handout.head.service)
    properties.language = handout.language
    properties.version = handout.version
    properties.identifier = handout.code
    properties.created = properties.modified = day


class _Writer:
    """Writes the parts of one document; every Text becomes one paragraph."""

    def __init__(self, handout: Handout, template: Template, document: Any) -> None:
        self._handout, self._template, self._document = handout, template, document
        self._styles = {style.name.lower(): style.style_id for style in document.styles}
        self._pictures = dict(pictures(handout))
        self._drawings = 0
        section = document.sections[0]
        self._width = int(section.page_width - section.left_margin - section.right_margin)

    # --- parts ----------------------------------------------------------------------------------------------------

    def body(self) -> str:
        """The XML of the body, in reading order."""
        handout = self._handout
        parts = [self._head(handout.head)]
        parts.extend(self._section(section) for section in handout.sections)
        parts.extend([self._notes(handout.notes)] if handout.notes else [])
        parts.extend([self._references(handout.references)] if handout.references else [])
        return "".join(parts)

    def running_marks(self) -> None:
        """The head from the second page on, and the foot of every page."""
        section, handout = self._document.sections[0], self._handout
        feet = [(foot, handout.foot, (handout.page_label,)) for foot in (section.footer, section.first_page_footer)]
        for part, start, ends in ((section.header, handout.head.title, handout.head.drafts), *feet):
            paragraph = part.paragraphs[0]
            lines = "<w:r><w:br/></w:r>".join(f"<w:r><w:tab/></w:r>{self._runs(end)}" for end in ends)
            runs = self._runs(start) + lines
            for run in parse_xml(f"<w:p {_NAMESPACES}>{runs}</w:p>"):
                paragraph._p.append(run)  # noqa: SLF001 - python-docx's own name for the element

    def settle_language(self) -> None:
        """The direction, the languages and the fonts of all text that does not say otherwise."""
        handout, styles = self._handout, self._document.styles.element
        families = handout.typography.families
        defaults = styles.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
        fonts, language = defaults.find(qn("w:rFonts")), defaults.find(qn("w:lang"))
        for slot in ("ascii", "hAnsi"):
            fonts.set(qn(f"w:{slot}"), families[-1])
        for slot in ("eastAsia", "cs"):
            fonts.set(qn(f"w:{slot}"), families[0])
        for slot in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{slot}"), handout.language)
        theme_language = self._document.settings.element.find(qn("w:themeFontLang"))
        if theme_language is not None:
            theme_language.set(qn("w:val"), handout.language)
        if handout.direction == "rtl":
            normal = styles.get_by_id(self._styles["normal"]).get_or_add_pPr()
            normal.insert_element_before(normal.makeelement(qn("w:bidi")), *_AFTER_BIDI)

    def _head(self, head: Head) -> str:
        whose = self._p("Leaflet Service", head.service) + self._p("Leaflet Audience", head.audience)
        drafts = "".join(self._p("Leaflet Draft", draft) for draft in head.drafts)
        parts = [
            self._table("Leaflet Head", (0.46, 0.54), ((whose, drafts),)),
            self._p("heading 1", head.title),
            self._p("Subtitle", head.subtitle),
            self._p("Leaflet Details", head.details),
        ]
        parts.extend([self._p("Leaflet Main Message", head.main_message)] if head.main_message else [])
        return "".join(parts)

    def _section(self, section: Section[Text]) -> str:
        parts = [self._p("heading 2", section.heading)]
        for framed, group in groupby(section.blocks, key=lambda block: isinstance(block.content, Callout)):
            blocks: list[Block[Text]] = list(group)
            parts.append(self._callouts(blocks) if framed else "".join(self._block(block.content) for block in blocks))
        return "".join(parts)

    def _block(self, content: Content[Text]) -> str:
        match content:
            case Paragraph(text):
                return self._p("Normal", text)
            case Bullets(items):
                return self._each("List Bullet", items)
            case Steps(items):
                number = self._restarted("List Number")
                return "".join(self._p("List Number", item, number) for item in items)
            case Definitions(items):
                rows = ((self._p("Leaflet Term", item.term), self._p("Leaflet Meaning", item.text)) for item in items)
                return self._table("Leaflet Definitions", self._two_columns([item.term for item in items], 16), rows)
            case QA(items):
                rows = (
                    (self._p("Leaflet Question", item.question), self._p("Leaflet Answer", item.answer))
                    for item in items
                )
                return self._table("Leaflet Questions", self._two_columns([item.question for item in items], 21), rows)
            case Table():
                return self._data(content)
            case Callout():
                return self._callouts([Block("", content)])
            case Figure(image, alt, caption):
                picture = self._picture(self._pictures[image], str(alt), self._width / _EMU_PER_MM)
                shown = f"<w:p>{self._properties('Leaflet Figure')}{picture}</w:p>"
                return shown + (self._p("caption", caption) if caption else "")
            case Contact(text, ways):
                return self._contact(text, ways)
        assert_never(content)

    def _letters(self, style: str) -> float:
        """How many letters of a style go across the page, about."""
        size = self._document.styles[style].font.size
        default = self._document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:sz')}")
        points = size.pt if size else int(default.get(qn("w:val"))) / 2
        return self._width / _EMU_PER_MM / (_LETTER * points)

    def _two_columns(self, names: list[Text], most: int) -> tuple[float, float]:
        """The shares of a column of names, `most` letters wide at the most, and of the column beside it."""
        first = (min(max(map(_length, names)), most) + 2) / self._letters("Normal")
        return first, 1 - first

    def _callouts(self, blocks: list[Block[Text]]) -> str:
        rows = []
        levels = []
        for block in blocks:
            content = block.content
            assert isinstance(content, Callout)
            levels.append(content.level)
            icon = self._picture(self._template.icons[content.level], "", _ICON)
            parts = [self._p("Leaflet Box Heading", content.heading)] if content.heading else []
            parts.extend([self._p("Leaflet Box Text", content.text)] if content.text else [])
            parts.append(self._each("Leaflet Box Bullet", content.bullets))
            rows.append((f"<w:p>{self._properties('Leaflet Icon')}{icon}</w:p>", "".join(parts)))
        return self._table(f"Leaflet Box {levels[0]}", (0.075, 0.925), rows, look="firstRow")

    def _data(self, table: Table[Text]) -> str:
        caption = self._p("caption", table.caption) if table.caption else ""
        head = tuple(self._p("Leaflet Table Head", column) for column in table.columns)
        rows = [tuple(self._p("Leaflet Table Cell", cell) for cell in row) for row in table.rows]
        across = self._letters("Leaflet Table Cell")
        widths = _column_shares(
            [[row[i] for row in (table.columns, *table.rows)] for i in range(len(table.columns))], across
        )
        return caption + self._table("Leaflet Table", widths, (head, *rows), look="firstRow", heads=1)

    def _contact(self, intro: Text, ways: tuple[Way[Text], ...]) -> str:
        rows: list[tuple[str, ...]] = [(self._p("Leaflet Contact Intro", intro),)]
        for way in ways:
            if not way.qr:
                row = (
                    self._p("Leaflet Contact Label", way.label),
                    self._p("Leaflet Contact Value", way.value, link=way.link),
                )
                rows.append((*row, self._p("Leaflet Contact Hours", way.hours)) if way.hours else row)
        pages = [way for way in ways if way.qr]
        for start in range(0, len(pages), 4):
            cells = []
            for way in pages[start : start + 4]:
                picture = self._picture(self._pictures[way.link], f"{way.label}: {way.value}", _CODE)
                shown = f"<w:p>{self._properties('Leaflet Code')}{picture}</w:p>"
                label = self._p("Leaflet Web Label", way.label)
                cells.append(shown + label + self._p("Leaflet Web Address", way.value, link=way.link))
            empty = f"<w:p>{self._properties('Leaflet Code')}</w:p>"
            rows.append((*cells, *[empty] * (4 - len(cells))))
        return self._table("Leaflet Contact", (1 / 24,) * 24, rows, spans=_CONTACT_SPANS)

    def _notes(self, notes: Notes) -> str:
        heading = self._p("Leaflet Side Heading", notes.heading)
        line = f"<w:p>{self._properties('Normal')}</w:p>"
        return heading + self._table("Leaflet Notes", (1.0,), ((line,),) * notes.lines, height=8.5)

    def _references(self, references: References) -> str:
        style = "Leaflet Reference" if references.numbered else "Leaflet Sources"
        return self._p("Leaflet Side Heading", references.heading) + self._each(style, references.items)

    # --- WordprocessingML -----------------------------------------------------------------------------------------

    def _style(self, name: str) -> str:
        try:
            return str(self._styles[name.lower()])
        except KeyError:
            place = Origin(f"templates/{self._template.audience}/base.docx")
            raise LeafletError([Problem(place, f'the style "{name}" is missing', "add it in Word")]) from None

    def _properties(self, style: str, extra: str = "", text: Text | None = None) -> str:
        """Paragraph properties in the order of the schema."""
        bar = bidi = ""
        if text and text.untranslated:
            bar = _BAR.format(side="right" if self._handout.direction == "rtl" and text.direction != "ltr" else "left")
        if text and text.direction and text.direction != self._handout.direction:
            bidi = f'<w:bidi w:val="{int(text.direction == "rtl")}"/>'
        return f'<w:pPr><w:pStyle w:val="{self._style(style)}"/>{extra}{bar}{bidi}</w:pPr>'

    def _p(self, style: str, text: Text, extra: str = "", link: str | None = None) -> str:
        return f"<w:p>{self._properties(style, extra, text)}{self._runs(text, link)}</w:p>"

    def _each(self, style: str, texts: Iterable[Text]) -> str:
        return "".join(self._p(style, text) for text in texts)

    def _runs(self, text: Text, link: str | None = None) -> str:
        return "".join(self._run(run, text, link or run.link) for run in text.runs)

    def _run(self, run: Run, text: Text, link: str | None) -> str:
        right_to_left = (text.direction or self._handout.direction) == "rtl"
        properties = "<w:b/><w:bCs/>" if run.strong else ""
        properties += '<w:vertAlign w:val="superscript"/>' if run.raised else ""
        properties += "<w:rtl/>" if right_to_left and not run.island else ""
        if text.language:
            properties += "<w:lang{}/>".format(
                "".join(f' w:{slot}="{text.language}"' for slot in ("val", "eastAsia", "bidi"))
            )
        properties = f"<w:rPr>{properties}</w:rPr>" if properties else ""
        if run.field:
            code = {"page": "PAGE", "pages": "NUMPAGES"}[run.field]
            return f'<w:fldSimple w:instr="{code}"><w:r>{properties}<w:t>1</w:t></w:r></w:fldSimple>'
        if run.raised and right_to_left:  # else it would join the figure before it and be read first
            turn = f"<w:r><w:rPr><w:rtl/></w:rPr><w:t>{RIGHT_TO_LEFT_MARK}</w:t></w:r>"
        else:
            turn = ""
        shown = f"{LEFT_TO_RIGHT_MARK}{run.text}{LEFT_TO_RIGHT_MARK}" if run.island and right_to_left else run.text
        xml = f'{turn}<w:r>{properties}<w:t xml:space="preserve">{escape(shown)}</w:t></w:r>'
        if not link:
            return xml
        relation = self._document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return f'<w:hyperlink r:id="{relation}">{xml}</w:hyperlink>'

    def _restarted(self, style: str) -> str:
        """Numbering that begins at 1: a new instance of the list that the style names."""
        numbering = self._document.part.numbering_part.element
        styled = self._document.styles.element.get_by_id(self._style(style))
        instance = styled.pPr.numPr.numId.val
        base = next(num for num in numbering.num_lst if num.numId == instance)
        new = numbering.add_num(base.abstractNumId.val)
        new.add_lvlOverride(0).add_startOverride(1)
        return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{new.numId}"/></w:numPr>'

    def _table(
        self,
        style: str,
        widths: tuple[float, ...],
        rows: Iterable[tuple[str, ...]],
        *,
        look: str = "",
        heads: int = 0,
        height: float = 0,
        spans: Mapping[int, tuple[int, ...]] | None = None,
    ) -> str:
        """A table as wide as the text; `spans`: how many columns each cell takes, by the number of cells in a row."""
        columns = [round(width * self._width / 635) for width in widths]
        mirrored = "<w:bidiVisual/>" if self._handout.direction == "rtl" else ""
        first = int(look == "firstRow")
        properties = (
            f'<w:tblPr><w:tblStyle w:val="{self._style(style)}"/>{mirrored}<w:tblW w:w="{sum(columns)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0{"020" if first else "000"}" w:firstRow="{first}" '
            f'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
        )
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in columns)
        lines = ""
        for number, cells in enumerate(rows):
            taken = spans[len(cells)] if spans else (1,) * len(cells)
            lines += self._row(cells, columns, taken, number < heads, height)
        return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"

    def _row(
        self, cells: tuple[str, ...], columns: list[int], spans: tuple[int, ...], is_head: bool, height: float
    ) -> str:
        properties = "<w:cantSplit/>"
        properties += f'<w:trHeight w:val="{round(height * 56.7)}" w:hRule="exact"/>' if height else ""
        properties += "<w:tblHeader/>" if is_head else ""
        shown = []
        start = 0
        for content, taken in zip(cells, spans, strict=True):
            span = f'<w:gridSpan w:val="{taken}"/>' if taken > 1 else ""
            width = f'<w:tcW w:w="{sum(columns[start : start + taken])}" w:type="dxa"/>'
            shown.append(_CELL.format(properties=width + span, content=content))
            start += taken
        return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(shown)}</w:tr>"

    def _picture(self, content: bytes, alt: str, width: float) -> str:
        """A picture `width` mm wide; without words it is marked as decoration."""
        relation, image = self._document.part.get_or_add_image(BytesIO(content))
        across = round(width * _EMU_PER_MM)
        down = round(across * image.px_height / image.px_width)
        self._drawings += 1
        number = self._drawings
        about = f'id="{number}" name="Picture {number}" descr={quoteattr(alt)}'
        frame = f"<wp:docPr {about}/>" if alt else f"<wp:docPr {about}>{_DECORATIVE}</wp:docPr>"
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
            f'{frame}<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
            '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
            f'<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
            f'<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
            f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{across}" cy="{down}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing></w:r>"
        )


# What may follow w:bidi in paragraph properties.
_AFTER_BIDI = tuple(
    f"w:{name}"
    for name in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange",
    )
)  # fmt: skip


def _length(text: Text) -> int:
    """How much room a text takes: a Han character as much as two letters."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in str(text))


def _column_shares(columns: list[list[Text]], across: float) -> tuple[float, ...]:
    """The shares of a table's columns on a page `across` letters wide.

    Each holds its longest word; what is left goes where the most text is.
    """
    least = [max(_longest_word(cell) for cell in column) + 2 for column in columns]
    spare = max(across - sum(least), 0)
    wishes = [sum(map(_length, column)) for column in columns]
    letters = [word + spare * wish / sum(wishes) for word, wish in zip(least, wishes, strict=True)]
    return tuple(count / sum(letters) for count in letters)


def _longest_word(text: Text) -> int:
    """The letters of the longest stretch that a line should not break; Han text breaks anywhere."""
    return max((min(_length(Text((Run(word),))), 18) for word in str(text).split(" ")), default=0)
