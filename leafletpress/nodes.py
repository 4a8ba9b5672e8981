"""Text files as located trees: what YAML sources and TOML settings have in common, each text with its place."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from leafletpress.errors import LeafletError, Origin, Problem

ID = r"[a-z][a-z0-9_]*"
# Controls, and the marks that turn the direction of text: they hide in a line and change what is read.
_BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_TEXT = ("Cc", "Cn", "Co", "Cs", "Zl", "Zp")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `raw` is how it stands in the file, from `origin` on, so that an offset can be found again."""

    text: str
    origin: Origin
    raw: str = ""

    def at(self, offset: int) -> Origin:
        """The place in the file of the character at `offset` of the folded text."""
        wanted = [char for char in self.text[:offset] if not char.isspace()]
        begin = self.raw.find("\n") + 1 if self.raw[:1] in ("|", ">") else int(self.raw[:1] in ("'", '"'))
        seen = 0
        for index in range(begin, len(self.raw)):
            char = self.raw[index]
            if seen == len(wanted) and not char.isspace():
                before = self.raw[:index]
                lines = before.count("\n")
                column = index - before.rfind("\n") if lines else self.origin.column + index
                return Origin(self.origin.file, self.origin.line + lines, column)
            if seen < len(wanted) and char == wanted[seen]:
                seen += 1
        return self.origin


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Table:
    """Keys and values; every key once, with its own place."""

    items: tuple[tuple[Scalar, "Node"], ...]
    origin: Origin


Node = Scalar | Sequence | Table


@dataclass(frozen=True, slots=True)
class Pattern:
    """The form that a text must have, and how to tell it to a person."""

    regex: str
    hint: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """The text is one of the names that the decoder was given for this noun (audiences, locales)."""

    noun: str


Id = Annotated[str, Pattern(ID, "small letters, digits and underscores, a letter first")]
WebAddress = Annotated[str, Pattern(r"https://[A-Za-z0-9.-]+(?:[/?#][^\s<>\"]*)?", "a web address, https://…")]
PictureName = Annotated[str, Pattern(r"[a-z0-9][a-z0-9_-]*\.(?:png|jpg|jpeg)", "a PNG or JPEG file in the same folder")]
PICTURE_STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def forbidden_characters(text: str) -> Iterable[tuple[int, str]]:
    """Offset and name of each control, bidi-control, line-separating, private or unassigned character."""
    for offset, char in enumerate(text):
        if char in "\n\t":
            continue
        if char in _BIDI_CONTROLS or unicodedata.category(char) in _NOT_TEXT or char == "\ufeff":
            yield offset, f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}"


def refused_characters(origin: Origin, text: str) -> list[Problem]:
    """One problem for each character of a file that must not be in it, with its line and column."""
    problems = []
    for offset, name in forbidden_characters(text):
        before = text[:offset]
        place = Origin(origin.file, before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1)
        problems.append(
            Problem(place, f"character {name} is not allowed", "delete it; it can't be seen and changes the text")
        )
    return problems


def read_bytes(path: Path, shown: str) -> bytes:
    """The content of a file, called `shown` in messages; raises LeafletError when it can't be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise LeafletError([Problem(Origin(shown), f"can't be read: {error.strerror}")]) from error


def decode_text(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file, with the problems of its encoding and characters; a byte order mark is dropped."""
    text, problems = decode_utf8(file, content)
    return text, problems or refused_characters(Origin(file), text)


def decode_utf8(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file with line ends as line feeds, or "" and what is wrong with its encoding."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        place = Origin(file, line, error.start - (before.rfind(b"\n") + 1) + 1)
        return "", [Problem(place, "this file is not UTF-8 text", "save it with the encoding UTF-8")]
    if not text.strip():
        return "", [Problem(Origin(file, 1, 1), "the file is empty")]
    return text, []
