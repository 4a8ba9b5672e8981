"""What can be filled in of a Word file, and what is kept from slips of the hand: content controls, and protection."""

from typing import Any
from xml.sax.saxutils import quoteattr

from leafletpress.model.handout import Direction, Notes, Text, Written
from leafletpress.model.text.measure import letters_across
from leafletpress.write.word import settings as word_settings
from leafletpress.write.word.markup import TAB, WordMarkup, tabs
from leafletpress.write.word.record import binding
from leafletpress.write.word.tables import WordTables

# An empty control is wide enough to be clicked, and prints nothing: a leaflet is as often filled in by hand.
_EMPTY = "\u00a0" * 12
_PROMPT, _ROOM_TO_WRITE, _LINE_HEIGHT = "Leaflet Contact Label", 14, 8.5  # letters at the least; mm
_LINES = '<w:text w:multiLine="1"/>'
_KINDS: dict[Written, str] = {
    "words": "<w:text/>",
    "figures": "<w:text/>",
    # The month is spelled: 4/5 is another day in another country.
    "date": (
        '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="{language}"/>'
        '<w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
    ),
}


_NOTES = "notes"


def names(notes: Notes) -> list[str]:
    """What can be filled in, in its order."""
    return [field.id for field in notes.fields] + ([_NOTES] if notes.lines else [])


def form(notes: Notes, word: WordMarkup, tables: WordTables, language: str) -> str:
    """Prompts with room to write behind them, one or two in a row, then lines across.

    What can be filled in is a content control each, numbered in their order.
    """
    across = word.letters(_PROMPT)
    longest = max((letters_across(field.prompt) + 2 for field in notes.fields), default=0)
    stops = tabs([longest / across * word.width])
    prompts = [
        f"<w:p>{word.properties(_PROMPT, text=field.prompt, tabs=stops)}{word.runs(field.prompt)}{TAB}"
        f"{_control(number, field.id, field.prompt, _KINDS[field.written], language, word.direction)}</w:p>"
        for number, field in enumerate(notes.fields, start=1)
    ]
    free = _control(len(prompts) + 1, _NOTES, notes.heading, _LINES, language, word.direction)
    lines = [f"<w:p>{word.properties('Leaflet Contact Value')}{free}</w:p>"] if notes.lines else []
    empty = f"<w:p>{word.properties('Normal')}</w:p>"
    abreast = 2 if across / 2 - longest >= _ROOM_TO_WRITE else 1
    starts = [*prompts[::abreast], *lines, *[empty] * (notes.lines - 1)]
    ends = [*prompts[1::2], *[empty] * len(starts)] if abreast == 2 else []
    rows = [(start, *ends[at : at + 1]) for at, start in enumerate(starts)]
    return tables.table("Leaflet Notes", (1 / abreast,) * abreast, rows, height=_LINE_HEIGHT)


def _control(number: int, name: str, called: Text, kind: str, language: str, direction: Direction) -> str:
    """A content control, to stand in a paragraph: it can be filled in, and not be deleted.

    `number` is its own in the document, `called` what Word and screen readers call it.
    """
    turned = "<w:rtl/>" if direction == "rtl" else ""
    letters = f'<w:rPr><w:b w:val="0"/><w:bCs w:val="0"/>{turned}</w:rPr>'  # the prompt before it is bold
    return (
        f"<w:sdt><w:sdtPr>{letters}<w:alias w:val={quoteattr(str(called))}/><w:tag w:val={quoteattr(name)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{binding(name)}'
        f"{kind.format(language=language)}</w:sdtPr><w:sdtContent><w:r>{letters}<w:t>{_EMPTY}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def protect(settings: Any) -> None:
    """Let nothing but content controls be edited, until somebody stops the protection: there is no password."""
    word_settings.put(settings, "documentProtection", edit="forms", enforcement="1")
