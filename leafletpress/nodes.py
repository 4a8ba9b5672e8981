"""Text files as located trees: what YAML sources and TOML settings have in common, each text with its place."""

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.characters import forbidden_characters

MOST_BYTES = 2_000_000  # of a text file: twenty times a long catalog
_MOST_TOLD = 100  # a file that is no text is told once, not a million times


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


def refused_characters(origin: Origin, text: str) -> list[Problem]:
    """One problem for each character (of the first 100) that must not be in a file, with its line and column."""
    hint = "delete it; it can't be seen and changes the text"
    problems = (
        Problem(Origin(origin.file, number, offset + 1), f"character {name} is not allowed", hint)
        for number, line in enumerate(text.split("\n"), start=1)
        for offset, name in forbidden_characters(line)
    )
    return list(islice(problems, _MOST_TOLD))


def without_escaped(scalar: Scalar) -> tuple[Scalar, list[Problem]]:
    """The text without the characters that must not be in it and that only an escape can have put there ("\\u0007").

    Also a problem for each of the first 100 of them: no format that leaflets are printed in can hold them. What stands
    in the file as it is was told when the file was read.
    """
    hidden = list(forbidden_characters(scalar.text))
    if not hidden:
        return scalar, []
    hint = "delete its escape; it can't be seen and changes the text"
    problems = [
        Problem(scalar.at(offset), f"character {name} is not allowed", hint)
        for offset, name in hidden[:_MOST_TOLD]
        if scalar.text[offset] not in scalar.raw
    ]
    dropped = {offset for offset, _ in hidden}
    kept = "".join(char for offset, char in enumerate(scalar.text) if offset not in dropped)
    return replace(scalar, text=kept), problems


def read_bytes(path: Path, shown: str, most: int = MOST_BYTES) -> bytes:
    """The content of a file, called `shown` in messages; raises LeafletError when it can't be read or is too long."""
    try:
        with path.open("rb") as file:
            content = file.read(most + 1)
    except OSError as error:
        raise LeafletError([Problem(Origin(shown), f"can't be read: {error.strerror}")]) from error
    if len(content) > most:
        raise LeafletError(
            [Problem(Origin(shown), f"the file has more than {most / 1_000_000:g} MB", "is it the right one?")]
        )
    return content


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
