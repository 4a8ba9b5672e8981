"""The prompts for what no Word file says, and its author must write."""

from leafletpress.model.leaflet import UNFILLED

TITLE = f"{UNFILLED} the title"
SUBTITLE = f"{UNFILLED} what it is, in everyday words"
MAIN_MESSAGE = f"{UNFILLED} the one thing that a patient must take home"
ALT = f"{UNFILLED} in words what can be seen"
HEADING_ALONE = f"{UNFILLED} a text, or join this heading with the next one"
ALT_OF_WORD = f"{ALT}. Word has:"
CARD = f"{UNFILLED} what the contact card is for"
NUMBER = f"{UNFILLED} without the number"
PAGE = f"{UNFILLED} which page this is"
UNREADABLE = f"{UNFILLED} the text, which is quoted below"
# The longest first, so that none is taken for a part of another.
PROMPTS = sorted(
    (TITLE, SUBTITLE, MAIN_MESSAGE, ALT, ALT_OF_WORD, HEADING_ALONE, CARD, NUMBER, PAGE, UNREADABLE),
    key=len,
    reverse=True,
)
