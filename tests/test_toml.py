"""TOML files tell the line and column of each key and value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pytest

from leafletpress.model.problems import LeafletError
from leafletpress.read.located.nodes import Node, Scalar, Sequence, Table
from leafletpress.read.located.toml import read_nodes, read_toml

TEXT = """\
# A comment
name = "One"

[first]
  word = "x"
"quoted key" = 3

[[members]]
kind = "a"
[members.hours]
en = "noon"

[[members]]
kind   =   "b"
tags = ["p", "q"]
[last.inner]
deep = true
"""


def walk(node: Node, path: str = "") -> dict[str, tuple[int, int]]:
    """The place of each scalar by its path, keys as path + "=", values as path."""
    places = {}
    match node:
        case Scalar():
            places[path] = (node.origin.line, node.origin.column)
        case Sequence(items):
            for number, item in enumerate(items):
                places |= walk(item, f"{path}.{number}")
        case Table(pairs):
            for key, value in pairs:
                places[f"{path}.{key.text}="] = (key.origin.line, key.origin.column)
                places |= walk(value, f"{path}.{key.text}")
    return places


def places(text: str) -> dict[str, tuple[int, int]]:
    tree, problems = read_nodes("f.toml", text.encode())
    assert tree
    assert not problems
    return walk(tree)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        (".name=", (2, 1)),
        (".name", (2, 8)),
        (".first=", (4, 1)),
        (".first.word=", (5, 3)),
        (".first.word", (5, 10)),
        (".first.quoted key", (6, 16)),
        (".members.0.kind", (9, 8)),
        (".members.0.hours=", (10, 1)),
        (".members.0.hours.en", (11, 6)),
        (".members.1.kind=", (14, 1)),
        (".members.1.kind", (14, 12)),
        (".members.1.tags.1", (15, 8)),
        (".last.inner.deep", (17, 8)),
    ],
)
def test_keys_and_values_know_their_place(path: str, place: tuple[int, int]) -> None:
    assert places(TEXT)[path] == place


def test_values_inside_an_inline_table_stand_on_the_line_of_their_key() -> None:
    found = places('top = 1\nlist = [{ kind = "a" }, { kind = "b" }]\ngroup = { inner = { word = "x" } }\n')
    assert found[".list.1.kind"][0] == 2
    assert found[".group.inner.word"][0] == 3


def test_what_stands_inside_of_a_value_of_several_lines_is_neither_table_nor_key() -> None:
    found = places('a = """\n[b]\nc = 1\n"""\nc = [\n  ["d", "["], # [\n]\nd = 2\n')
    assert found[".c="] == (5, 1)
    assert found[".d"] == (8, 5)


def test_every_value_is_a_text() -> None:
    tree, _ = read_nodes("f.toml", b"a = 1\nb = 1.5\nc = 2026-01-31\nd = 'x'\n")
    assert isinstance(tree, Table)
    assert [value.text for _, value in tree.items if isinstance(value, Scalar)] == ["1", "1.5", "2026-01-31", "x"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (b'a = "one\nb = 2\n', "f.toml:1:9: not TOML: illegal character '\\n'"),
        (b"a = 1\na = 2\n", "f.toml:2:6: not TOML: cannot overwrite a value"),
        (b"a = 1\n[b\n", "f.toml:2:3: not TOML: "),
        (b"a = 1\nb = [1,\n", "f.toml:3:1: not TOML: "),
        (b"a = yes\n", "f.toml:1:5: not TOML: invalid value"),
        (b"", "f.toml:1:1: the file is empty"),
        (b"a = '\xe9'\n", "f.toml:1:6: this file is not UTF-8 text (save it with the encoding UTF-8)"),
        ("a = '\u202e'\n".encode(), "f.toml:1:6: character U+202E right-to-left override is not allowed"),
        (b"a = 1\nb = " + b"[" * 100_000, "f.toml:1:1: brackets or groups are nested too deep"),
        (b"a = 1\nb = " + b"{c = " * 100_000, "f.toml:1:1: brackets or groups are nested too deep"),
        (b"a = 1\nb" + b".b" * 100_000 + b" = 1\n", "f.toml:2:1: a key of more than 20 parts"),
        (b"a = 1\n[b" + b" . b" * 100_000 + b"]\n", "f.toml:2:1: a key of more than 20 parts"),
        (b"a = " + b"1" * 5000, "f.toml:1:1: not TOML: Exceeds the limit"),
    ],
    ids=[
        "quote",
        "twice",
        "header",
        "array",
        "value",
        "empty",
        "encoding",
        "bidi",
        "deep_lists",
        "deep_tables",
        "deep_key",
        "deep_header",
        "long_number",
    ],
)
def test_a_broken_file_is_told_with_line_and_column(text: bytes, problem: str) -> None:
    tree, problems = read_nodes("f.toml", text)
    assert tree is None
    assert len(problems) == 1
    assert str(problems[0]).startswith(problem)


@dataclass(frozen=True, slots=True)
class Member:
    kind: Literal["a", "b"]
    hours: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class File:
    name: str
    members: tuple[Member, ...]


def test_settings_are_read_into_their_class() -> None:
    value = read_toml("f.toml", b'name = "One"\n[[members]]\nkind = "b"\nhours.en = "noon"\n', File)
    assert value == File("One", (Member("b", {"en": "noon"}),))


def test_all_problems_of_the_settings_are_raised_at_once() -> None:
    with pytest.raises(LeafletError) as caught:
        read_toml("f.toml", b'nam = "One"\n[[members]]\nkind = "a"\n[[members]]\nkind = "c"\n', File)
    assert [str(problem) for problem in caught.value.problems] == [
        'f.toml:1:1: unknown key "nam" (did you mean "name"?)',
        'f.toml:5:8: unknown kind "c" (known: a, b)',
        'f.toml:1:1: file lacks "name"',
    ]
