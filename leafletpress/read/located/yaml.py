"""YAML as located nodes, every scalar a text: what YAML can do beyond that is refused, not guessed at."""

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice, takewhile
from typing import Any, NoReturn

import yaml

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.located.files import decode_text
from leafletpress.read.located.nodes import Node, Scalar, Sequence, Table, checked

# Far more than a leaflet has; beyond them, reading alone would keep the machine busy.
_MOST_LEVELS = 20
_MOST_VALUES = 20_000

_HINTS = (
    ("found character '\\t'", "a tab is not allowed here", "indent with spaces"),
    ("mapping values are not allowed", 'a ": " inside a text', 'put the text between "…", or behind >- on a new line'),
    ("could not find expected ':'", 'a key without ":"', "write key: value"),
    ("expected <block end>", "the indentation does not fit the lines above", "align keys of one group in one column"),
    ("expected ',' or", "a text with a sign of YAML's own inside {…} or […]", 'put the text between "…"'),
    ("found unexpected end of stream", "a quotation mark is not closed", ""),
    ("unknown escape character", 'a backslash inside "…"', "use '…' or no quotation marks"),
)


_OTHER_BREAKS = re.compile("[\r\u0085\u2028\u2029]")
# A text that begins with one of these is something else to YAML.
_SIGN_FIRST = re.compile(r"^\s*(?:- +)*(?:[A-Za-z0-9_]+: +)?([*\[{@%`])")


def read_nodes(file: str, content: bytes) -> tuple[Node | None, list[Problem]]:
    """The tree of a YAML file with the problems found on the way; None where nothing could be read."""
    text, problems = decode_text(file, content)
    if not text:
        return None, problems
    text = _OTHER_BREAKS.sub(" ", text)  # reported already; without them, lines are counted here as everywhere
    builder = _Builder(file, text)
    try:
        tree = builder.document()
    except yaml.MarkedYAMLError as error:
        return None, [*problems, _syntax(file, text, error)]
    except LeafletError as error:
        return None, [*problems, *error.problems]
    except yaml.YAMLError:
        return None, problems  # characters that YAML can't hold: reported already, with their places
    problems += builder.problems
    if tree is None and not problems:
        problems.append(Problem(Origin(file, 1, 1), "the file holds comments only"))
    return tree, problems


def _syntax(file: str, text: str, error: yaml.MarkedYAMLError) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = Origin(file, mark.line + 1, mark.column + 1) if mark else Origin(file)
    reason = f"{error.problem}"
    first = _SIGN_FIRST.match(text.split("\n")[mark.line]) if mark else None
    if first and ("expected <block end>" in reason or first[1] not in "[{"):
        place = Origin(file, place.line, first.start(1) + 1)
        hint = 'put the text between "…", or behind >- on a new line'
        return Problem(place, f'not YAML: a text that begins with "{first[1]}"', hint)
    for sign, what, hint in _HINTS:
        if sign in reason:
            return Problem(place, f"not YAML: {what}", hint)
    return Problem(place, f"not YAML: {reason}")


def value_of(file: str, content: bytes, key: str) -> Scalar | None:
    """The text under a key of a YAML file's first level, read no further than that; None where none can be read."""
    text, _ = decode_text(file, content)
    builder = _Builder(file, _OTHER_BREAKS.sub(" ", text))
    with suppress(yaml.YAMLError, LeafletError, StopIteration):
        return builder.value_of(key)
    return None


class _Builder:
    """Builds the tree from the parser's events, so that anchors, tags and duplicate keys can be seen.

    Raises LeafletError at once where there is more than a leaflet can have: what is behind is not even parsed.
    """

    def __init__(self, file: str, text: str) -> None:
        self._file, self._text = file, text
        self._events: Iterator[Any] = yaml.parse(text, Loader=yaml.SafeLoader)
        self._values = self._level = 0
        self.problems: list[Problem] = []

    def document(self) -> Node | None:
        tree = None
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                if tree:
                    self._fail(event, 'a second document after "---"', "one leaflet a file")
                    break
                tree = self._node(next(self._events))
        return tree

    def value_of(self, key: str) -> Scalar | None:
        """The text under a key of the first level, without what follows; raises as `document` does."""
        if not any(isinstance(event, yaml.MappingStartEvent) for event in islice(self._events, 3)):
            return None
        for event in self._until(yaml.MappingEndEvent):
            name, value = self._node(event), self._node(next(self._events))
            if isinstance(name, Scalar) and name.text == key:
                return value if isinstance(value, Scalar) else None
        return None

    def _fail(self, event: Any, text: str, hint: str = "") -> None:
        self.problems.append(Problem(self._origin(event), text, hint))

    def _stop(self, event: Any, text: str, hint: str) -> NoReturn:
        raise LeafletError([Problem(self._origin(event), text, hint)])

    def _origin(self, event: Any) -> Origin:
        return Origin(self._file, event.start_mark.line + 1, event.start_mark.column + 1)

    def _node(self, event: Any) -> Node:
        self._values += 1
        if self._values > _MOST_VALUES:
            self._stop(event, f"more than {_MOST_VALUES} texts in one file", "is a table or a list too long?")
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
            return self._scalar(event)
        self._level += 1
        if self._level > _MOST_LEVELS:
            self._stop(event, f"nested more than {_MOST_LEVELS} deep", "is a bracket too many, or the indentation?")
        node = self._sequence(event) if isinstance(event, yaml.SequenceStartEvent) else self._table(event)
        self._level -= 1
        return node

    def _scalar(self, event: Any) -> Scalar:
        text = " ".join(event.value.split())
        scalar, problems = checked(Scalar(text, self._origin(event), _between(self._text, event)))
        self.problems += problems
        return scalar

    def _until(self, end: type) -> Iterator[Any]:
        """The events that follow, each taken when it is asked for, up to the first of this type, which is dropped."""
        return takewhile(lambda event: not isinstance(event, end), self._events)

    def _sequence(self, start: Any) -> Sequence:
        return Sequence(tuple(self._node(event) for event in self._until(yaml.SequenceEndEvent)), self._origin(start))

    def _table(self, start: Any) -> Table:
        items: list[tuple[Scalar, Node]] = []
        seen: dict[str, Origin] = {}
        for event in self._until(yaml.MappingEndEvent):
            key, value = self._node(event), self._node(next(self._events))
            if not isinstance(key, Scalar):
                self._fail(event, "a key must be a word")
            elif key.text in seen:
                self._fail(event, f'duplicate key "{key.text}"', f"first used at line {seen[key.text].line}")
            else:
                seen[key.text] = key.origin
                items.append((key, value))
        return Table(tuple(items), self._origin(start))


def _between(text: str, event: Any) -> str:
    """The text of the file from the event's beginning to its end."""
    return text[event.start_mark.index : event.end_mark.index]
