"""What can be filled in of a Word file, and what is kept from slips of the hand: content controls, and protection."""

from typing import Any
from xml.sax.saxutils import quoteattr

from leafletpress.model.handout import Written
from leafletpress.write.word import settings as word_settings

# An empty control is wide enough to be clicked, and prints nothing: a leaflet is as often filled in by hand.
_EMPTY = "\u00a0" * 12
_KINDS = {
    "words": "<w:text/>",
    "figures": "<w:text/>",
    "lines": '<w:text w:multiLine="1"/>',
    # The month is spelled: 4/5 is another day in another country.
    "date": (
        '<w:date><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="{language}"/>'
        '<w:storeMappedDataAs w:val="dateTime"/><w:calendar w:val="gregorian"/></w:date>'
    ),
}


def control(number: int, name: str, prompt: str, written: Written | None, language: str, direction: str) -> str:
    """The XML of a content control, to stand in a paragraph: it can be filled in, and not be deleted.

    `number` is its own in the document, `prompt` what Word and screen readers call it; `written` None takes lines.
    """
    kind = _KINDS[written or "lines"].format(language=language)
    letters = "<w:rPr><w:rtl/></w:rPr>" if direction == "rtl" else ""
    return (
        f"<w:sdt><w:sdtPr>{letters}<w:alias w:val={quoteattr(prompt)}/><w:tag w:val={quoteattr(name)}/>"
        f'<w:id w:val="{number}"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}</w:sdtPr>'
        f"<w:sdtContent><w:r>{letters}<w:t>{_EMPTY}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def protect(settings: Any) -> None:
    """Let nothing but content controls be edited, until somebody stops the protection: there is no password."""
    word_settings.put(settings, "documentProtection", edit="forms", enforcement="1")
