"""Writes a leaflet as YAML that its author goes on with: short texts in one line, long ones folded below >-."""

import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from leafletpress.model.blocks import (
    Block,
    Bullets,
    Checklist,
    Contact,
    Definitions,
    Figure,
    Paragraph,
    Section,
    Steps,
    Table,
    kind_of,
)

Value = str | Sequence["Value"] | Mapping[str, "Value"]

_WIDTH = 110
_PLAIN = re.compile(r"(?=[A-Za-z])[\w ().;’‘“”'/%°+–-]*[\w).;’”'/%°+–-]")
_TAKEN = (
    "true",
    "false",
    "yes",
    "no",
    "on",
    "off",
    "null",
    "y",
    "n",
)  # words that older readers of YAML take for others


def section_value(section: Section[str]) -> Mapping[str, Value]:
    """A section as its keys and values in the file."""
    heading = {"heading": section.heading} if section.heading is not None else {}
    return {"id": section.id, **heading, "blocks": [_block(block) for block in section.blocks]}


def _block(block: Block[str]) -> Mapping[str, Value]:
    content = block.content
    value: Value
    match content:
        case Paragraph(text) | Contact(text):
            value = text
        case Bullets(items) | Steps(items) | Checklist(items):
            value = items
        case Definitions(pairs):
            value = [{"term": one.term, "text": one.text} for one in pairs]
        case Table(columns, rows, caption):
            value = {**({"caption": caption} if caption else {}), "columns": columns, "rows": rows}
        case Figure(image, alt, caption, _, width):
            optional = {"caption": caption, "width": width}
            value = {"image": image, "alt": alt, **{key: text for key, text in optional.items() if text}}
        case _:
            raise TypeError(f"no Word file becomes a {kind_of(content)}")
    return {"id": block.id, kind_of(content): value}


def lines_of(key: str, value: Value, indent: int = 0) -> Iterator[str]:
    """The lines of a key and what is under it."""
    space = " " * indent
    if isinstance(value, str):
        yield from _text(f"{space}{key}: ", value, indent + 2)
        return
    yield f"{space}{key}:"
    yield from _below(value, indent + 2)


def _below(value: Value, indent: int) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, below in value.items():
            yield from lines_of(key, below, indent)
        return
    for item in value:
        lead = f"{' ' * indent}- "
        if isinstance(item, str):
            yield from _text(lead, item, indent + 2)
        elif row := _row(item):
            yield f"{lead}{row}"
        else:
            first, *others = _below(item, indent + 2)
            yield f"{lead}{first.lstrip()}"
            yield from others


def _row(value: Value) -> str | None:
    """A row of a table in one line; None for anything else, and for a row that is longer."""
    if isinstance(value, Mapping) or not all(isinstance(cell, str) for cell in value):
        return None
    row = f"[{', '.join(_scalar(str(cell)) for cell in value)}]"
    return row if len(row) <= _WIDTH else None


def _text(lead: str, text: str, indent: int) -> Iterator[str]:
    if len(lead) + len(text) <= _WIDTH:
        yield f"{lead}{_scalar(text)}"
        return
    yield f"{lead}>-"
    space = " " * indent
    folded = textwrap.wrap(" ".join(text.split()), _WIDTH - indent, break_long_words=False, break_on_hyphens=False)
    yield from (f"{space}{line}" for line in folded)


def _scalar(text: str) -> str:
    """A text in one line, between quotation marks where YAML needs them."""
    is_plain = _PLAIN.fullmatch(text) and text.lower() not in _TAKEN
    return text if is_plain else json.dumps(text, ensure_ascii=False)
