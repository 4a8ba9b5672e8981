"""Text files as located trees: what YAML sources and TOML settings have in common, each text with its place."""

from dataclasses import dataclass, replace

from leafletpress.model.problems import Origin, Problem
from leafletpress.model.text.characters import forbidden_characters
from leafletpress.read.located.files import MOST_REPORTED


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text; `raw` is its spelling in the file, from `origin` on, so that an offset in it gives a place."""

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


def without_escaped(scalar: Scalar) -> tuple[Scalar, list[Problem]]:
    """The text without the characters that must not be in it and that only an escape can have put there ("\\u0007").

    Also a problem for each of the first 100 of them: no format that leaflets are printed in can hold them. Those
    that are in the file itself were reported when it was read.
    """
    hidden = list(forbidden_characters(scalar.text))
    if not hidden:
        return scalar, []
    hint = "delete its escape; it can't be seen and changes the text"
    problems = [
        Problem(scalar.at(offset), f"character {name} is not allowed", hint)
        for offset, name in hidden[:MOST_REPORTED]
        if scalar.text[offset] not in scalar.raw
    ]
    dropped = {offset for offset, _ in hidden}
    kept = "".join(char for offset, char in enumerate(scalar.text) if offset not in dropped)
    return replace(scalar, text=kept), problems
