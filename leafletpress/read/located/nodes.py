"""Text files as located trees: what YAML sources and TOML settings have in common, each text with its place."""

from dataclasses import dataclass, replace

from leafletpress.model.problems import Origin, Problem
from leafletpress.model.text.characters import forbidden_characters
from leafletpress.read.located.files import MOST_REPORTED

MOST_LETTERS = 2_000  # of one text: a page


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

    def origin_of(self, key: str) -> Origin:
        """The place of what stands under a key; that of the table where there is no such key."""
        return next((value.origin for name, value in self.items if name.text == key), self.origin)


Node = Scalar | Sequence | Table


def checked(scalar: Scalar) -> tuple[Scalar, list[Problem]]:
    """The text as it may be read on, with the problems of it: cut where it is too long, and without certain characters.

    Those must not be in a text, and only an escape can have put them there ("\\u0007"): no format that leaflets are
    printed in can hold them. The first 100 are reported; those in the file itself were, when it was read.
    """
    problems = []
    if len(scalar.text) > MOST_LETTERS:
        text = f"a text of {len(scalar.text)} letters, at most {MOST_LETTERS} fit"
        problems = [Problem(scalar.origin, text, "cut it into paragraphs")]
        scalar = replace(scalar, text=scalar.text[:MOST_LETTERS])
    hidden = list(forbidden_characters(scalar.text))
    if not hidden:
        return scalar, problems
    hint = "delete its escape; it can't be seen and changes the text"
    problems += [
        Problem(scalar.at(offset), f"character {name} is not allowed", hint)
        for offset, name in hidden[:MOST_REPORTED]
        if scalar.text[offset] not in scalar.raw
    ]
    dropped = {offset for offset, _ in hidden}
    kept = "".join(char for offset, char in enumerate(scalar.text) if offset not in dropped)
    return replace(scalar, text=kept), problems
