"""WordprocessingML: paragraphs, runs and pictures in the styles of a Word base document."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from io import BytesIO
from math import ceil
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsmap, qn
from docx.shared import Mm

from leafletpress.model.handout import Handout, Run, Text
from leafletpress.model.links import leads_beside
from leafletpress.model.text.glossary import without_spaces
from leafletpress.model.text.measure import letters_across
from leafletpress.write.fonts import families_of
from leafletpress.write.languages import Languages, Said, cut
from leafletpress.write.word.lists import own_list
from leafletpress.write.word.scripts import (
    LEFT_TO_RIGHT_MARK,
    RIGHT_TO_LEFT_MARK,
    Script,
    in_fonts,
    parted,
    script_of,
    stretches,
)

TAB = "<w:r><w:tab/></w:r>"
_SHIFTS = {"up": '<w:vertAlign w:val="superscript"/>', "down": '<w:vertAlign w:val="subscript"/>', "": ""}
Mark = Callable[[], str]  # gives the XML of runs that stand before an item
_Manner = tuple[str, str]  # properties of runs: a character style, and its colour
_EMU_PER_MM, _EMU_PER_TWIP, _EMU_PER_POINT = int(Mm(1)), 635, 12700
_FONT = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}" w:eastAsia="{0}" w:cs="{0}"/>'
# English that stands in for a translation: a bar, and a grey ground, for LibreOffice draws no bar inside a box.
_BAR = (
    '<w:pBdr><w:{side} w:val="single" w:sz="24" w:space="1" w:color="000000"/></w:pBdr>'
    '<w:shd w:val="clear" w:color="auto" w:fill="DDE3E5"/>'
)
# Between two lists that meet: room, and something that is not seen, without which some readers make them one.
_APART = '<w:spacing w:before="120"/>'
_BOUNDARY = '<w:bookmarkStart w:id="{number}" w:name="list_{number}"/><w:bookmarkEnd w:id="{number}"/>'
_DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}">'
    '<adec:decorative xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/>'
    "</a:ext></a:extLst>"
)
# The width of a letter, about, in mm for each point of its size: what column widths are reckoned in.
_LETTER = 0.185
_LONGEST = 19  # letters of a word for which a column makes room
_BOLD = 3  # letters more, for bold ones are wider
_MOST_OF_PAGE = 0.6  # that a picture takes of the height
_DOTS_PER_MM = 96 / 25.4


class WordMarkup:
    """Makes the XML of the parts of a handout's document, in its direction and fonts; a Text is one paragraph."""

    def __init__(self, document: Any, handout: Handout) -> None:
        self._document, self._handout, self.direction = document, handout, handout.direction
        self._own_families, self._families = handout.typography.families, families_of(handout)
        self.styles = {style.name.lower(): style.element for style in document.styles}
        self._languages = Languages(handout)
        self._drawings = self._lists = 0
        self._sizes: dict[str, float] = {}
        self._line_height = handout.typography.line_height
        section = document.sections[0]
        self.width = int(section.page_width - section.left_margin - section.right_margin)
        self._height = int(section.page_height - section.top_margin - section.bottom_margin)

    def points(self, style: str) -> float:
        """The size of type of a style."""
        if style not in self._sizes:
            size = self._document.styles[style].font.size
            default = self._document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:sz')}")
            self._sizes[style] = float(size.pt) if size else int(default.get(qn("w:val"))) / 2
        return self._sizes[style]

    def letters(self, style: str) -> float:
        """How many letters of a style go across the page, about."""
        return self.width / _EMU_PER_MM / (_LETTER * self.points(style))

    def is_tall(self, style: str, texts: Iterable[Text], share: float = 1) -> bool:
        """Whether texts below each other, in lines of a share of the page, take more than half of it, about."""
        across = self.letters(style) * share
        lines = sum(ceil(letters_across(text) / across) for text in texts)
        return lines * self.points(style) * self._line_height > self._height / _EMU_PER_POINT / 2

    def two_columns(self, names: list[Text], most: int) -> tuple[float, float]:
        """The shares of a column of names, `most` letters wide unless a word is longer, and of the column beside it."""
        words = [word for name in names for word in str(name).split() if not without_spaces(word)]
        longest = max((min(letters_across(word), _LONGEST) for word in words), default=0) + _BOLD
        first = max(min(max(map(letters_across, names)) + 2, most), longest) / self.letters("Normal")
        return first, 1 - first

    def style(self, name: str) -> str:
        """The id of a style of `styles.STYLES` by its name."""
        return str(self._element(name).styleId)

    def _element(self, name: str) -> Any:
        return self.styles[name.lower()]

    def indent(self, name: str) -> int:
        """How far a style stands from the margin, in twips."""
        found = self._element(name).find("w:pPr/w:ind", nsmap)
        return 0 if found is None else int(found.get(qn("w:left"), 0))

    def properties(self, style: str, extra: str = "", text: Text | None = None, tabs: str = "", room: str = "") -> str:
        """Paragraph properties in the order of the schema: `extra` w:keepNext to w:numPr, `room` w:spacing or w:ind."""
        bar = bidi = ""
        if text and text.untranslated:
            bar = _BAR.format(side="right" if self.direction == "rtl" and text.direction != "ltr" else "left")
        if text and text.direction and text.direction != self.direction:
            bidi = f'<w:bidi w:val="{int(text.direction == "rtl")}"/>'
        return f'<w:pPr><w:pStyle w:val="{self.style(style)}"/>{extra}{bar}{tabs}{bidi}{room}</w:pPr>'

    def paragraph(
        self,
        style: str,
        text: Text,
        extra: str = "",
        *,
        room: str = "",
        before: str = "",
        manner: str = "",
        link: str | None = None,
    ) -> str:
        """One paragraph; `extra` and `room` are XML of its properties, `before` of runs that stand before the text.

        `manner` is the name of a character style, `link` an address behind all of it.
        """
        properties = self.properties(style, extra, text, room=room)
        return f"<w:p>{properties}{before}{self.runs(text, link, manner)}</w:p>"

    def paragraphs(self, style: str, texts: Iterable[Text]) -> str:
        """One paragraph each."""
        return "".join(self.paragraph(style, text) for text in texts)

    def list(
        self, style: str, items: tuple[Text, ...], inset: int = 0, *, meets: bool = False, mark: Mark | None = None
    ) -> str:
        """A list of its own, `inset` twips from the margin, apart from one that it `meets`; with its own `mark`."""
        if not items:
            return ""
        self._lists += 1
        number = own_list(self._document, self._element(style), inset, unmarked=bool(mark))
        marks = [mark() if mark else "" for _ in items]
        first = self.paragraph(style, items[0], number, room=_APART if meets else "", before=marks[0])
        further = zip(items[1:], marks[1:], strict=True)
        others = "".join(self.paragraph(style, item, number, before=before) for item, before in further)
        return (_BOUNDARY.format(number=self._lists) if meets else "") + first + others

    def runs(self, text: Text, link: str | None = None, manner: str = "") -> str:
        """The runs of a text, to stand in a paragraph."""
        script = script_of(str(text), text.direction or self.direction)
        if script.turns:
            text = replace(text, runs=tuple(parted(text.runs)))
        named = self._manner(manner) if manner else ("", "")
        said = cut(self._languages.said(text), [run.text for run in text.runs])
        return "".join(
            self._run(run, words, text.language, script, link or run.link, named)
            for run, words in zip(text.runs, said, strict=True)
        )

    def _manner(self, name: str) -> _Manner:
        """A character style as properties of a run, and its colour by itself: in tables, LibreOffice loses that."""
        colour = self._element(name).find("w:rPr/w:color", nsmap)
        coloured = "" if colour is None else f'<w:color w:val="{colour.get(qn("w:val"))}"/>'
        return f'<w:rStyle w:val="{self.style(name)}"/>', coloured

    def _run(
        self, run: Run, said: tuple[Said, ...], around: str | None, script: Script, link: str | None, manner: _Manner
    ) -> str:
        style, colour = manner
        if run.shift == "line":
            return "<w:r><w:br/></w:r>"

        def properties(*, is_latin: bool, font: str | None = None, language: str | None = around) -> str:
            inside = style + (_FONT.format(font) if font else "" if is_latin else script.first)
            inside += ("<w:b/><w:bCs/>" if run.strong else "") + colour
            inside += _SHIFTS["up" if run.raised else run.shift or ""]
            inside += "" if is_latin else script.last
            if language:
                spelled = self._handout.spelled(language)
                slots = (f' w:{slot}="{spelled}"' for slot in ("val", "eastAsia", "bidi"))
                inside += f"<w:lang{''.join(slots)}/>"
            return f"<w:rPr>{inside}</w:rPr>" if inside else ""

        if run.field:
            code = {"page": "PAGE", "pages": "NUMPAGES"}[run.field]
            number = f"<w:r>{properties(is_latin=True)}<w:t>1</w:t></w:r>"
            return f'<w:fldSimple w:instr="{code}">{number}</w:fldSimple>'
        xml = ""
        if run.raised and script.turns:  # else it would join the figure before it and be read first
            xml = f"<w:r><w:rPr><w:rtl/></w:rPr><w:t>{RIGHT_TO_LEFT_MARK}</w:t></w:r>"
        parts = [
            (part, font, is_latin)
            for stretch, is_latin in stretches(run, script)
            for part, font in in_fonts(stretch, self._own_families[-1 if is_latin else 0], self._families)
        ]
        for (_, font, is_latin), pieces in zip(parts, cut(said, [part for part, *_ in parts]), strict=True):
            for words, language in pieces:
                before = properties(is_latin=is_latin, font=font, language=language or around)
                kept = f"{LEFT_TO_RIGHT_MARK}{words}{LEFT_TO_RIGHT_MARK}" if script.turns and run.island else words
                xml += f'<w:r>{before}<w:t xml:space="preserve">{escape(kept)}</w:t></w:r>'
        if not link or leads_beside(link):
            return xml
        relation = self._document.part.relate_to(link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        return f'<w:hyperlink r:id="{relation}">{xml}</w:hyperlink>'

    def natural_width(self, content: bytes) -> float:
        """How wide a picture is in mm whose width nobody tells: by 96 dots per inch, as on a web page."""
        image = self._document.part.get_or_add_image(BytesIO(content))[1]
        return float(image.px_width) / _DOTS_PER_MM

    def picture(self, content: bytes, alt: str, size: float, *, upright: bool = False) -> str:
        """A picture `size` mm wide, or as high where it is `upright`; without words it is marked as decoration.

        One that would take most of a page's height becomes smaller: Word cuts what is higher than the page.
        """
        relation, image = self._document.part.get_or_add_image(BytesIO(content))
        width = size * image.px_width / image.px_height if upright else size
        across = round(min(width * _EMU_PER_MM, _MOST_OF_PAGE * self._height * image.px_width / image.px_height))
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


def tabs(places: Iterable[float]) -> str:
    """The tab stops of a paragraph, `places` from its start in EMU."""
    stops = "".join(f'<w:tab w:val="left" w:pos="{round(place / _EMU_PER_TWIP)}"/>' for place in places)
    return f"<w:tabs>{stops}</w:tabs>" if stops else ""
