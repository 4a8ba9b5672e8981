"""The body of a Word file: each block of a handout, in the styles of the base document."""

import re
from itertools import groupby
from typing import assert_never

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.shared import Mm

from leafletpress.model.blocks import (
    QA,
    Block,
    Bullets,
    Callout,
    Contact,
    Content,
    Definitions,
    Figure,
    Level,
    Paragraph,
    Section,
    Steps,
    Table,
    Way,
)
from leafletpress.model.handout import Handout, Head, Notes, References, Text, Written
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.measure import letters_across
from leafletpress.write.pictures import is_drawing, pictures
from leafletpress.write.template import Template
from leafletpress.write.word import form as word_form
from leafletpress.write.word.markup import WordMarkup, column_shares

_ICON, _CODE, _LOGO = 7, 14, 12  # mm
_BESIDE_LABELS, _GAP = 0.6, 4  # the most of the page that a picture takes beside its labels; mm between them
# The contact card has columns of a 24th; how many each cell of a phone number takes, without its hours and with them.
_PARTS = 24
_PHONE_SPANS = {2: (8, 16), 3: (8, 7, 9)}
_MOST_CODES, _ROOM_TO_WRITE = 4, 14  # codes in a row; the letters that a line to write on has room for, at the least


def body(handout: Handout, template: Template, word: WordMarkup) -> str:
    """The XML of the body, in reading order; every Text becomes one paragraph."""
    return _Body(handout, template, word).xml()


class _Body:
    """Writes the parts of one body."""

    def __init__(self, handout: Handout, template: Template, word: WordMarkup) -> None:
        self._handout, self._template, self._word = handout, template, word
        self._p = word.paragraph
        self._pictures = dict(pictures(handout))

    def xml(self) -> str:
        handout = self._handout
        parts = [self._head(handout.head)]
        parts.extend(self._section(section) for section in handout.sections)
        parts.extend([self._notes(handout.notes)] if handout.notes else [])
        parts.extend([self._references(handout.references)] if handout.references else [])
        return "".join(parts)

    def _head(self, head: Head) -> str:
        whose = self._p("Leaflet Service", head.service) + self._p("Leaflet Audience", head.audience)
        if head.logo:
            logo = self._word.picture(self._pictures[head.logo], str(head.service), _LOGO, upright=True)
            whose = f"<w:p>{self._word.properties('Leaflet Figure')}{logo}</w:p>{whose}"
        drafts = "".join(self._p("Leaflet Draft", draft) for draft in head.drafts)
        parts = [
            self._word.table("Leaflet Head", (0.46, 0.54), ((whose, drafts),)),
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
                return self._word.paragraphs("List Bullet", items)
            case Steps(items):
                number = self._word.restarted("List Number")
                return "".join(self._p("List Number", item, number) for item in items)
            case Definitions(items):
                names = [(item.term, item.text) for item in items]
                return self._pairs("Leaflet Definitions", ("Leaflet Term", "Leaflet Meaning"), names, 18)
            case QA(items):
                asked = [(item.question, item.answer) for item in items]
                return self._pairs("Leaflet Questions", ("Leaflet Question", "Leaflet Answer"), asked, 20)
            case Table():
                return self._data(content)
            case Callout():
                return self._callouts([Block("", content)])
            case Figure():
                return self._figure(content)
            case Contact(text, ways):
                return self._contact(text, ways)
        assert_never(content)

    def _pairs(self, table: str, styles: tuple[str, str], pairs: list[tuple[Text, Text]], most: int) -> str:
        """A table of names and what stands beside them, the names' column `most` letters wide at the most."""
        rows = [(self._p(styles[0], name), self._p(styles[1], text)) for name, text in pairs]
        return self._word.table(table, self._word.two_columns([name for name, _ in pairs], most), rows)

    def _callouts(self, blocks: list[Block[Text]]) -> str:
        rows = []
        levels = []
        for block in blocks:
            content = block.content
            assert isinstance(content, Callout)
            levels.append(content.level)
            icon = self._icon(content.level)
            parts = [self._p("Leaflet Box Heading", content.heading)] if content.heading else []
            parts.extend([self._p("Leaflet Box Text", content.text)] if content.text else [])
            parts.append(self._word.paragraphs("Leaflet Box Bullet", content.bullets))
            rows.append((f"<w:p>{self._word.properties('Leaflet Icon')}{icon}</w:p>", "".join(parts)))
        # Else a long one would leave the first page empty below the title.
        parted = int(levels[0] == "now")
        return self._word.table(f"Leaflet Box {levels[0]}", (0.075, 0.925), rows, first_row=True, parted=parted)

    def _icon(self, level: Level) -> str:
        try:
            return self._word.picture(self._template.icons[level], "", _ICON)
        except (InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError) as error:
            place = Origin(f"templates/shared/icons/{level}.png")
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
        shown = f"<w:p>{self._word.properties('Leaflet Figure')}{picture}</w:p>"
        if figure.labels:
            number = self._word.restarted("Leaflet Label")
            labels = "".join(self._p("Leaflet Label", label, number) for label in figure.labels)
            share = (width + _GAP) / across
            shown = self._word.table("Leaflet Labelled", (share, 1 - share), ((shown, labels),))
        return shown + (self._p("caption", figure.caption) if figure.caption else "")

    def _data(self, table: Table[Text]) -> str:
        caption = self._p("caption", table.caption) if table.caption else ""
        head = tuple(self._p("Leaflet Table Head", column) for column in table.columns)
        rows = [tuple(self._p("Leaflet Table Cell", cell) for cell in row) for row in table.rows]
        across = self._word.letters("Leaflet Table Cell")
        widths = column_shares(
            [[row[i] for row in (table.columns, *table.rows)] for i in range(len(table.columns))], across
        )
        return caption + self._word.table("Leaflet Table", widths, (head, *rows), first_row=True, heads=1)

    def _contact(self, intro: Text, ways: tuple[Way[Text], ...]) -> str:
        rows: list[tuple[str, ...]] = [(self._p("Leaflet Contact Intro", intro),)]
        spans: list[tuple[int, ...]] = [(_PARTS,)]
        for way in ways:
            if not way.qr:
                row = (
                    self._p("Leaflet Contact Label", way.label),
                    self._p("Leaflet Contact Value", way.value, link=way.link),
                )
                rows.append((*row, self._p("Leaflet Contact Hours", way.hours)) if way.hours else row)
                spans.append(_PHONE_SPANS[len(rows[-1])])
        pages = [way for way in ways if way.qr]
        abreast = self._abreast([way.value for way in pages])
        for start in range(0, len(pages), abreast):
            cells = []
            for way in pages[start : start + abreast]:
                picture = self._word.picture(self._pictures[way.link], f"{way.label}: {way.value}", _CODE)
                shown = f"<w:p>{self._word.properties('Leaflet Code')}{picture}</w:p>"
                label = self._p("Leaflet Web Label", way.label)
                cells.append(shown + label + self._p("Leaflet Web Address", way.value, link=way.link))
            empty = f"<w:p>{self._word.properties('Leaflet Code')}</w:p>"
            rows.append((*cells, *[empty] * (abreast - len(cells))))
            spans.append((_PARTS // abreast,) * abreast)
        return self._word.table("Leaflet Contact", (1 / _PARTS,) * _PARTS, rows, spans=spans)

    def _abreast(self, addresses: list[Text]) -> int:
        """How many codes stand side by side, so that no address is broken but behind a hyphen or a slash."""
        longest = max(
            (letters_across(piece) for address in addresses for piece in re.split("[-/]", str(address))), default=1
        )
        return min(max(int(self._word.letters("Leaflet Web Address") / (longest + 3)), 1), _MOST_CODES)

    def _notes(self, notes: Notes) -> str:
        """A prompt and a line to write on beside it, one or two in a row, then lines across."""
        heading = self._p("Leaflet Side Heading", notes.heading)
        empty = f"<w:p>{self._word.properties('Normal')}</w:p>"
        pairs = [
            (
                self._p("Leaflet Contact Label", field.prompt),
                self._control(number, field.id, field.prompt, field.written),
            )
            for number, field in enumerate(notes.fields, start=1)
        ]
        across = self._word.letters("Leaflet Contact Label")
        prompt = max((letters_across(field.prompt) + 2 for field in notes.fields), default=0)
        abreast = 2 if across / 2 - prompt >= _ROOM_TO_WRITE else 1
        widths = (prompt / across, 1 / abreast - prompt / across) * abreast
        rows = [
            tuple(cell for pair in (*pairs[at : at + abreast], (empty, empty))[:abreast] for cell in pair)
            for at in range(0, len(pairs), abreast)
        ]
        if notes.lines:
            rows += [(self._control(len(pairs) + 1, "notes", notes.heading, None),), *[(empty,)] * (notes.lines - 1)]
        spans = [(1,) * len(widths)] * (len(rows) - notes.lines) + [(len(widths),)] * notes.lines
        return heading + self._word.table("Leaflet Notes", widths, rows, height=8.5, spans=spans)

    def _control(self, number: int, name: str, prompt: Text, written: Written | None) -> str:
        """A paragraph that can be filled in."""
        handout = self._handout
        control = word_form.control(number, name, str(prompt), written, handout.language, handout.direction)
        return f"<w:p>{self._word.properties('Leaflet Contact Value')}{control}</w:p>"

    def _references(self, references: References) -> str:
        style = "Leaflet Reference" if references.numbered else "Leaflet Sources"
        return self._p("Leaflet Side Heading", references.heading) + self._word.paragraphs(style, references.items)
