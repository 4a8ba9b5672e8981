"""The body of a Word file: each block of a handout, in the styles of the base document."""

from itertools import groupby
from typing import assert_never

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Mm

from leafletpress.model.blocks import (
    QA,
    Block,
    Bullets,
    Callout,
    Checklist,
    Contact,
    Content,
    Definitions,
    Figure,
    Paragraph,
    Section,
    Steps,
    Table,
)
from leafletpress.model.handout import Handout, Head, References, Text
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.write.pictures import is_drawing, pictures
from leafletpress.write.template import Template
from leafletpress.write.word.card import card
from leafletpress.write.word.form import form
from leafletpress.write.word.markup import TAB, WordMarkup
from leafletpress.write.word.tables import WordTables, column_shares, kept_apart

_LOGO = 12  # mm high
_ICON = 1.25  # of the size of the heading that it stands before
_BOX = 0.68  # of the size of the text, a box to tick
_BESIDE_LABELS, _GAP = 0.6, 4  # the most of the page that a picture takes beside its labels; mm between them
_MM_PER_POINT = 25.4 / 72
_DANGERS = ("now", "dont")  # levels of callouts
_CELL = "Leaflet Table Cell"
_LET_GO = '<w:keepNext w:val="0"/>'  # of a heading in a table: else its rows would all hang together


def body(handout: Handout, template: Template, word: WordMarkup) -> str:
    """The XML of the body, in reading order; every Text becomes one paragraph."""
    return kept_apart(_Body(handout, template, word).xml())


class _Body:
    """Writes the parts of one body."""

    def __init__(self, handout: Handout, template: Template, word: WordMarkup) -> None:
        self._handout, self._template, self._word = handout, template, word
        self._p = word.paragraph
        self._tables = WordTables(word.styles, handout.direction, word.width)
        self._pictures = dict(pictures(handout))

    def xml(self) -> str:
        handout = self._handout
        parts = [self._head(handout.head)]
        parts.extend(self._section(section) for section in handout.sections)
        if handout.notes:
            parts.append(self._p("Leaflet Side Heading", handout.notes.heading))
            parts.append(form(handout.notes, self._word, self._tables, handout.spelled(handout.language)))
        parts.extend([self._references(handout.references)] if handout.references else [])
        return "".join(parts)

    def _head(self, head: Head) -> str:
        whose = self._p("Leaflet Service", head.service) + self._p("Leaflet Audience", head.audience)
        if head.logo:
            logo = self._word.picture(self._pictures[head.logo], str(head.service), _LOGO, upright=True)
            whose = f"<w:p>{self._word.properties('Leaflet Figure')}{logo}</w:p>{whose}"
        # Word wants a paragraph in each cell; one without a mark has no frame.
        marks = "".join(self._p("Leaflet Draft", mark) for mark in head.marks) or self._p("Leaflet Details", Text(()))
        parts = [
            self._tables.table("Leaflet Head", (0.46, 0.54), ((whose, marks),)),
            self._p("heading 1", head.title),
            self._p("Subtitle", head.subtitle),
            self._p("Leaflet Details", head.details),
        ]
        parts.extend([self._p("Leaflet Details", head.staff)] if head.staff else [])
        parts.extend([self._p("Leaflet Main Message", head.main_message)] if head.main_message else [])
        return "".join(parts)

    def _section(self, section: Section[Text]) -> str:
        parts = [self._p("heading 2", section.heading)] if section.heading else []
        for framed, group in groupby(section.blocks, key=lambda block: isinstance(block.content, Callout)):
            blocks: list[Block[Text]] = list(group)
            parts.append(self._callouts(blocks) if framed else self._blocks([block.content for block in blocks]))
        return "".join(parts)

    def _blocks(self, contents: list[Content[Text]]) -> str:
        after_list = [False, *(isinstance(content, Bullets | Steps | Checklist) for content in contents)]
        pairs = zip(contents, after_list, strict=False)
        return "".join(self._block(content, after_list=after) for content, after in pairs)

    def _block(self, content: Content[Text], *, after_list: bool) -> str:
        match content:
            case Paragraph(text):
                return self._p("Normal", text)
            case Bullets(items):
                return self._word.list("List Bullet", items, meets=after_list)
            case Steps(items):
                return self._word.list("List Number", items, meets=after_list)
            case Checklist(items):
                return self._checklist(items, after_list=after_list)
            case Definitions(items):
                rows = [(item.term, self._p("Leaflet Term", item.term), item.text) for item in items]
                return self._pairs("Leaflet Definitions", "Leaflet Meaning", rows, 18)
            case QA(items):
                rows = [(item.question, self._p("heading 3", item.question, _LET_GO), item.answer) for item in items]
                return self._pairs("Leaflet Questions", "Leaflet Answer", rows, 20)
            case Table():
                return self._data(content)
            case Callout():
                return self._callouts([Block("", content)])
            case Figure():
                return self._figure(content)
            case Contact():
                return card(content, self._word, self._tables, self._pictures)
        assert_never(content)

    def _pairs(self, table: str, style: str, rows: list[tuple[Text, str, Text]], most: int) -> str:
        """A table of names, each with its XML and what stands beside it; their column has at most `most` letters."""
        widths = self._word.two_columns([name for name, _, _ in rows], most)
        parted = [at for at, (_, _, text) in enumerate(rows) if self._word.is_tall(style, [text], widths[1])]
        cells = [(name, self._p(style, text)) for _, name, text in rows]
        return self._tables.table(table, widths, cells, row_heads=True, parted=parted)

    def _callouts(self, blocks: list[Block[Text]]) -> str:
        callouts = [block.content for block in blocks if isinstance(block.content, Callout)]
        styles = tuple(f"Leaflet Box {callout.level}" for callout in callouts)
        # Else a long one would leave a page empty before it, such as the first below the title.
        parted = [
            number
            for number, callout in enumerate(callouts)
            if (callout.level == "now" and not number)
            or self._word.is_tall(
                "Leaflet Box Bullet", (*callout.calls, *filter(None, [callout.text]), *callout.bullets)
            )
        ]
        rows = [(self._callout(callout),) for callout in callouts]
        return self._tables.table(styles[0], (1,), rows, parted=parted, row_styles=styles)

    def _callout(self, callout: Callout[Text]) -> str:
        """What stands in a box: the icon hangs before the heading, and all else stands below that."""
        inset = self._word.indent("Leaflet Box Text")
        hanging = f'<w:ind w:left="{inset}" w:hanging="{inset}"/>'
        icon = self._icon(callout.level) + TAB
        manner = "Leaflet Danger" if callout.level in _DANGERS else ""
        assert callout.heading, "a composed callout has one"
        parts = [self._p("heading 3", callout.heading, _LET_GO, room=hanging, before=icon, manner=manner)]
        parts.extend(self._p("Leaflet Box Text", text) for text in (*callout.calls, *filter(None, [callout.text])))
        return "".join(parts) + self._word.list("Leaflet Box Bullet", callout.bullets, inset)

    def _checklist(self, items: tuple[Text, ...], *, after_list: bool) -> str:
        """A list whose marks are pictures of a box."""

        def box() -> str:
            return self._icon("tick", _BOX, "Normal") + TAB

        return self._word.list("List Bullet", items, meets=after_list, mark=box)

    def _icon(self, name: str, share: float = _ICON, style: str = "heading 3") -> str:
        try:
            size = share * _MM_PER_POINT * self._word.points(style)
            return self._word.picture(self._template.icons[name], "", size)
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError) as error:
            place = Origin(f"templates/shared/icons/{name}.png")
            raise LeafletError([Problem(place, "is no picture, or a damaged one", "save it as PNG")]) from error

    def _figure(self, figure: Figure[Text]) -> str:
        content, across = self._pictures[figure.image], self._word.width / int(Mm(1))
        most = across * (_BESIDE_LABELS if figure.labels else 1)
        wanted = float(figure.width.removesuffix("mm")) if figure.width else None
        if is_drawing(content):
            from leafletpress.write.pdf import (
                rasterise as drawings,  # lays out a page: not for a document without drawings
            )

            wanted = wanted or drawings.size(content)[0]
            content = drawings.dots(figure.image, content)
        width = min(wanted or self._word.natural_width(content), most)
        picture = self._word.picture(content, str(figure.alt), width)
        printed = f"<w:p>{self._word.properties('Leaflet Figure')}{picture}</w:p>"
        if figure.labels:
            labels = self._word.list("Leaflet Label", figure.labels)
            share = (width + _GAP) / across
            printed = self._tables.table("Leaflet Labelled", (share, 1 - share), ((printed, labels),))
        return printed + (self._p("caption", figure.caption) if figure.caption else "")

    def _data(self, table: Table[Text]) -> str:
        caption = self._p("caption", table.caption) if table.caption else ""
        head = tuple(self._p("Leaflet Table Head", column) for column in table.columns)
        rows = [tuple(self._p(_CELL, cell) for cell in row) for row in table.rows]
        across = self._word.letters(_CELL)
        widths = column_shares(
            [[row[i] for row in (table.columns, *table.rows)] for i in range(len(table.columns))], across
        )
        parted = [
            number
            for number, row in enumerate(table.rows, start=1)
            if any(self._word.is_tall(_CELL, [cell], share) for cell, share in zip(row, widths, strict=True))
        ]
        return caption + self._tables.table(
            "Leaflet Table", widths, (head, *rows), header=True, row_heads=True, parted=parted
        )

    def _references(self, references: References) -> str:
        if references.numbered:
            items = self._word.list("Leaflet Reference", references.items)
        else:
            items = self._word.paragraphs("Leaflet Sources", references.items)
        return self._p("Leaflet Side Heading", references.heading) + items
