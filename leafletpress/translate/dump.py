"""Writes a gettext catalog as the text of its file."""

import re
from collections.abc import Iterable, Iterator

from leafletpress.read.languages.catalogs import ESCAPES, Catalog, Entry

_ESCAPED = {char: f"\\{name}" for name, char in ESCAPES.items()}


def dump_catalog(catalog: Catalog) -> str:
    """The text of a catalog's file; lines are not wrapped, so that a change shows in the line that changed."""
    header = "".join(f"{name}: {value}\n" for name, value in catalog.header.items())
    entries = [Entry("", "", header, remarks=catalog.remarks), *catalog.entries.values(), *catalog.obsolete]
    return "\n".join("".join(f"{line}\n" for line in _lines(entry)) for entry in entries)


def _lines(entry: Entry) -> Iterator[str]:
    yield from (f"#{remark}" for remark in entry.remarks)
    yield from (f"#. {comment}" for comment in entry.comments)
    yield from (f"#: {place}" for place in entry.places)
    if entry.flags:
        yield f"#, {', '.join(entry.flags)}"
    before = "#~| " if entry.obsolete else "#| "
    if entry.previous_context is not None:
        yield from _field(before, "msgctxt", entry.previous_context)
    if entry.previous is not None:
        yield from _field(before, "msgid", entry.previous)
    mark = "#~ " if entry.obsolete else ""
    if entry.context:
        yield from _field(mark, "msgctxt", entry.context)
    yield from _field(mark, "msgid", entry.text)
    yield from _field(mark, "msgstr", entry.translation)


def _field(mark: str, keyword: str, text: str) -> Iterable[str]:
    """A field's lines: one, or one for each line of the text."""
    lines = re.findall(r"[^\n]*\n|[^\n]+", text) or [""]
    strings = [f'"{"".join(_ESCAPED.get(char, char) for char in line)}"' for line in lines]
    if len(strings) == 1:
        return [f"{mark}{keyword} {strings[0]}"]
    return [f'{mark}{keyword} ""', *(f"{mark}{string}" for string in strings)]
