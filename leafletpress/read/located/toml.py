"""TOML settings as located trees: the standard reader gives the values, a scan of the lines gives their places."""

import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.located.decode import Decoder
from leafletpress.read.located.files import decode_text
from leafletpress.read.located.nodes import Node, Scalar, Sequence, Table, checked

_HEADER = re.compile(r"\s*(\[\[?)([^\[\]]*)\]")
_KEY = re.compile(r"^(\s*)([A-Za-z0-9_-]+|\"[^\"]*\")\s*=\s*")
# A key with so many parts: the standard reader takes longer with each of them.
_DEEP_KEY = re.compile(r"(?<![\w-])[\w-]+(?:\s*\.\s*[\w-]+){20}")
# A string, closed or not, or a comment: brackets and keys inside of it do not count.
_QUOTED = re.compile(
    r'''"""(?:\\.|[^\\])*?(?:"{3,5}|\Z)|\'{3}.*?(?:\'{3,5}|\Z)|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|\#[^\n]*''', re.DOTALL
)
_PLACE = re.compile(r"\(at (?:line (\d+), column (\d+)|end of document)\)")

_Path = tuple[str, ...]


def _places(file: str, text: str) -> tuple[dict[_Path, Origin], dict[_Path, Origin]]:
    """Where each key and each value begins; members of an array of tables carry their number."""
    keys: dict[_Path, Origin] = {}
    values: dict[_Path, Origin] = {}
    counts: dict[_Path, int] = {}
    table: _Path = ()
    for number, line in _lines(text):
        if header := _HEADER.match(line):
            path = tuple(part.strip().strip('"') for part in header[2].split("."))
            table = _numbered(path, counts)
            if header[1] == "[[":
                counts[path] = counts.get(path, -1) + 1
                table = (*_numbered(path[:-1], counts), path[-1], str(counts[path]))
            place = Origin(file, number, header.start(1) + 1)
            for length in range(1, len(table)):  # a table that is named as part of this one's name alone
                keys.setdefault(table[:length], place)
                values.setdefault(table[:length], place)
            keys[table] = values[table] = place
        elif key := _KEY.match(line):
            path = (*table, key[2].strip('"'))
            keys[path] = Origin(file, number, len(key[1]) + 1)
            values[path] = Origin(file, number, key.end() + 1)
    return keys, values


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """The lines on which a table or a key may begin, with their numbers: those inside of a value are left out."""
    inside = 0
    flat = _QUOTED.sub(lambda found: '""' + "\n" * lines if (lines := found[0].count("\n")) else found[0], text)
    for number, line in enumerate(flat.split("\n"), start=1):
        if not inside:
            yield number, line
        bare = _QUOTED.sub("", line)
        inside += bare.count("[") - bare.count("]")


def _numbered(path: _Path, counts: dict[_Path, int]) -> _Path:
    numbered: _Path = ()
    for length in range(1, len(path) + 1):
        numbered = (*numbered, path[length - 1])
        if path[:length] in counts:
            numbered = (*numbered, str(counts[path[:length]]))
    return numbered


def read_nodes(file: str, content: bytes) -> tuple[Node | None, list[Problem]]:
    """The tree of a TOML file, or None with the problem that kept it from being read."""
    tree, problems = _read(file, content)
    return tree, list(problems)


@lru_cache(maxsize=128)  # about as many as a project has; a build that watches it reads most of them again as they were
def _read(file: str, content: bytes) -> tuple[Node | None, Iterable[Problem]]:
    text, problems = decode_text(file, content)
    if problems:
        return None, problems
    if deep := _DEEP_KEY.search(text):
        return None, [Problem(Origin(file, text.count("\n", 0, deep.start()) + 1, 1), "a key of more than 20 parts")]
    try:
        tree = _tree(file, text, tomllib.loads(text), problems)
        return (None if problems else tree), problems
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        line = int(place[1]) if place and place[1] else text.count("\n") + 1
        column = int(place[2]) if place and place[2] else 1
        words = _PLACE.sub("", str(error)).strip()
        return None, [Problem(Origin(file, line, column), f"not TOML: {words[:1].lower()}{words[1:]}")]
    except RecursionError:
        return None, [Problem(Origin(file, 1, 1), "brackets or groups are nested too deep")]
    except ValueError as error:  # a number with more digits than Python reads
        return None, [Problem(Origin(file, 1, 1), f"not TOML: {str(error).partition(';')[0]}")]


def _tree(file: str, text: str, values: Any, problems: list[Problem]) -> Node:
    keys, origins = _places(file, text)
    start = Origin(file, 1, 1)

    def scalar(value: object, origin: Origin) -> Scalar:
        found, wrong = checked(Scalar(str(value), origin))
        problems.extend(wrong)
        return Scalar(found.text, origin, found.text)

    def node(value: Any, path: _Path, around: Origin) -> Node:
        origin = origins.get(path, around)
        match value:
            case dict():
                return Table(
                    tuple(
                        (scalar(key, keys.get((*path, key), origin)), node(entry, (*path, key), origin))
                        for key, entry in value.items()
                    ),
                    origin,
                )
            case list():
                return Sequence(tuple(node(entry, (*path, str(i)), origin) for i, entry in enumerate(value)), origin)
            case float() if not math.isfinite(value):
                problems.append(Problem(origin, f"{value} is no number", "put it in quotation marks, if it is a word"))
                return scalar("0", origin)
            case _:
                return scalar(value, origin)

    return node(values, (), start)


def read_toml(file: str, content: bytes, shape: Any, names: Mapping[str, Iterable[str] | None] | None = None) -> Any:
    """The settings of a TOML file as a value of `shape` (a type); raises LeafletError with all problems.

    `names` are those that the rule `AnyOf` of the shape knows, by noun; None where the file of these can't be read.
    """
    tree, problems = read_nodes(file, content)
    value = Decoder(problems, names).decode(tree, shape) if tree else None
    if value is None or problems:
        raise LeafletError(problems)
    return value


def toml_place(file: str, content: bytes, *keys: str) -> Origin:
    """Where what stands under these keys, one inside of the other, begins in a TOML file that can be read.

    Of a list, a key is the number of a member, from 0 on. What is not there would stand in the last of those that are.
    """
    node, _ = read_nodes(file, content)
    place = Origin(file, 1, 1)
    for key in keys:
        node = next((value for name, value in _members(node) if name == key), None)
        place = node.origin if node else place
    return place


def _members(node: Node | None) -> Iterator[tuple[str, Node]]:
    match node:
        case Table():
            yield from ((key.text, value) for key, value in node.items)
        case Sequence():
            yield from ((str(at), value) for at, value in enumerate(node.items))
