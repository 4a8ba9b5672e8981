"""The texts of a published file in reading order, so that two versions of it can be compared."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from leafletpress.model.handout import Direction, Run, Text


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading, item or cell as it is printed, or a picture with its text alternative.

    `place` names the section; `box` is the level of the box around it ("now"), or "contact" or "main" for the most
    important message. `picture` is the digest of a picture.
    """

    text: Text
    place: str
    kind: str
    box: str = ""
    picture: str = ""

    def __str__(self) -> str:
        return str(self.text)


@dataclass(frozen=True, slots=True)
class Reading:
    """The texts of a file; `parts` holds the digest of everything else in it that is printed, by part."""

    language: str
    direction: Direction
    passages: tuple[Passage, ...]
    parts: Mapping[str, str]

    def headings(self) -> dict[str, str]:
        """The heading of each place."""
        return {passage.place: str(passage) for passage in reversed(self.passages) if passage.kind == "h2"}


def digest(content: bytes | str) -> str:
    """A digest: two contents that differ have different ones."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def folded(runs: Iterable[Run]) -> tuple[Run, ...]:
    """The runs with single spaces, none at the ends, those of one manner joined; no-break spaces stay."""
    joined: list[Run] = []
    for run in runs:
        words = re.sub(r"[ \t\r\n]+", " ", run.text)
        if not joined or joined[-1].text.endswith(" "):
            words = words.removeprefix(" ")
        if joined and replace(joined[-1], text=run.text) == run:
            words = joined.pop().text + words
        if words:
            joined.append(run if words == run.text else replace(run, text=words))
    if joined:
        last = joined.pop()
        if words := last.text.removesuffix(" "):
            joined.append(replace(last, text=words))
    return tuple(joined)
