"""The styles that Word files are written in: a base document must have each of them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Style:
    """What a style must be: its type, the kind of list that it belongs to, its outline level (1 to 3)."""

    type: Literal["paragraph", "table", "character"] = "paragraph"
    list: Literal["bullets", "numbers"] | None = None
    level: int | None = None


_TEXT, _TABLE = Style(), Style("table")

# Every style that the writer names; Word does not tell small letters from capitals in names.
STYLES = {
    "Normal": _TEXT,
    "Leaflet Danger": Style("character"),
    "heading 1": Style(level=1),
    "heading 2": Style(level=2),
    "heading 3": Style(level=3),
    "Subtitle": _TEXT,
    "caption": _TEXT,
    "List Bullet": Style(list="bullets"),
    "List Number": Style(list="numbers"),
    "Leaflet Side Heading": Style(level=2),
    "Leaflet Box Bullet": Style(list="bullets"),
    "Leaflet Label": Style(list="numbers"),
    "Leaflet Reference": Style(list="numbers"),
    **{
        f"Leaflet {name}": _TEXT
        for name in (
            "Service", "Audience", "Draft", "Details", "Main Message", "Box Text", "Term", "Meaning", "Answer",
            "Table Head", "Table Cell", "Figure", "Code", "Contact Intro", "Contact Label", "Contact Value",
            "Contact Hours", "Web Label", "Web Address", "Sources",
        )
    },
    **{
        f"Leaflet {name}": _TABLE
        for name in (
            "Head", "Definitions", "Questions", "Table", "Contact", "Codes", "Notes", "Labelled", "Box now",
            "Box today", "Box soon", "Box do", "Box dont", "Box note",
        )
    },
}  # fmt: skip
