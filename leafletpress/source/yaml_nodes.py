"""YAML as located nodes, every scalar a text: what YAML can do beyond that is refused, not guessed at."""

import re
from typing import Any

import yaml

from leafletpress.errors import Origin, Problem
from leafletpress.nodes import Node, Scalar, Sequence, Table, decode_text

_HINTS = (
    ("found character '\\t'", "a tab is not allowed here", "indent with spaces"),
    ("mapping values are not allowed", 'a ": " inside a text', 'put the text between "…", or behind >- on a new line'),
    ("could not find expected ':'", 'a key without ":"', "write key: value"),
    ("expected <block end>", "the indentation does not fit the lines above", "align keys of one group in one column"),
    ("expected ',' or", "a text with a sign of YAML's own inside {…} or […]", 'put the text between "…"'),
    ("found unexpected end of stream", "a quotation mark is not closed", ""),
    ("unknown escape character", 'a backslash inside "…"', "use '…' or no quotation marks"),
)


# A text that begins with one of these is something else to YAML.
_SIGN_FIRST = re.compile(r"^\s*(?:- +)*(?:[A-Za-z0-9_]+: +)?([*\[{@%`])")


def read_nodes(file: str, content: bytes) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML file with the problems found on the way; None where nothing could be read."""
    text, problems = decode_text(file, content)
    if not text:
        return None, problems
    builder = _Builder(file, text, problems)
    try:
        tree = builder.document(list(yaml.parse(text, Loader=yaml.SafeLoader)))
    except yaml.MarkedYAMLError as error:
        problems.append(_syntax(file, text, error))
        return None, problems
    except RecursionError:
        problems.append(Problem(Origin(file, 1, 1), "brackets or groups are nested too deep"))
        return None, problems
    except yaml.YAMLError:
        return None, problems  # characters that YAML can't hold: told already, with their places
    if tree is None and not problems:
        problems.append(Problem(Origin(file, 1, 1), "the file holds comments only"))
    return tree, problems


def _syntax(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Origin(file, mark.line + 1, mark.column + 1) if mark else Origin(file)
    said = f"{error.problem}"
    first = _SIGN_FIRST.match(text.split("\n")[mark.line]) if mark else None
    if first and ("expected <block end>" in said or first[1] not in "[{"):
        place = Origin(file, place.line, first.start(1) + 1)
        hint = 'put the text between "…", or behind >- on a new line'
        return Problem(place, f'not YAML: a text that begins with "{first[1]}"', hint)
    for sign, what, hint in _HINTS:
        if sign in said:
            return Problem(place, f"not YAML: {what}", hint)
    return Problem(place, f"not YAML: {said}")


class _Builder:
    """Builds the tree from the parser's events, so that anchors, tags and duplicate keys can be seen."""

    def __init__(self, file: str, text: str, problems: list[Problem]) -> None:
        self._file, self._text, self._problems = file, text, problems
        self._events: list[Any] = []

    def document(self, events: list[Any]) -> Node | None:
        starts = [event for event in events if isinstance(event, yaml.DocumentStartEvent)]
        if len(starts) > 1:
            self._fail(starts[1], 'a second document after "---"', "one leaflet a file")
        if not starts:
            return None
        self._events = events[events.index(starts[0]) + 1 :]
        return self._node()

    def _fail(self, event: Any, text: str, hint: str = "") -> None:
        self._problems.append(Problem(self._origin(event), text, hint))

    def _origin(self, event: Any) -> Origin:
        return Origin(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self) -> Node:
        event = self._events.pop(0)
        if isinstance(event, yaml.AliasEvent):
            self._fail(
                event,
                f'"*{event.anchor}" is a YAML alias',
                'write the text out; put "…" around a text that begins with *',
            )
            return Scalar("alias", self._origin(event))
        if event.anchor:
            self._fail(event, f'"&{event.anchor}" is a YAML anchor', 'put "…" around a text that begins with &')
        if event.tag:
            self._fail(event, f'"{event.tag}" is a YAML tag', 'put "…" around a text that begins with !')
        if isinstance(event, yaml.ScalarEvent):
            raw = _between(self._text, event)
            return Scalar(" ".join(event.value.split()), self._origin(event), raw)
        if isinstance(event, yaml.SequenceStartEvent):
            items = []
            while not isinstance(self._events[0], yaml.SequenceEndEvent):
                items.append(self._node())
            self._events.pop(0)
            return Sequence(tuple(items), self._origin(event))
        return self._table(event)

    def _table(self, start: Any) -> Table:
        items: list[tuple[Scalar, Node]] = []
        seen: dict[str, Origin] = {}
        while not isinstance(self._events[0], yaml.MappingEndEvent):
            event = self._events[0]
            key, value = self._node(), self._node()
            if not isinstance(key, Scalar):
                self._fail(event, "a key must be a word")
            elif key.text in seen:
                self._fail(event, f'duplicate key "{key.text}"', f"first used at line {seen[key.text].line}")
            else:
                seen[key.text] = key.origin
                items.append((key, value))
        self._events.pop(0)
        return Table(tuple(items), self._origin(start))


def _between(text: str, event: Any) -> str:
    """What stands in the file from the event's beginning to its end."""
    return text[event.start_mark.index : event.end_mark.index]
