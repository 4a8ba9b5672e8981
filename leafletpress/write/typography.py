"""How runs are set on a page: which of them no line may part, and how a text is written in a style sheet."""

import re
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from leafletpress.model.handout import Run, Text, whole_islands

_ISOLATE_LEFT_TO_RIGHT, _END_ISOLATE = "\u2066", "\u2069"
# The end of a text that a line must not part from what follows: a word, or a few characters of a script without spaces.
# These begin with a letter or full stop, not with a sign that joins the letter before, nor behind one that joins two.
_HAN = r"\u2e80-\uffef"


_THAI = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # with Lao, Myanmar, Khmer


_THAI_LETTER = r"(?<![\u1039\u17d2])(?=[\w\u104a\u104b\u17d4-\u17da])"


_LAST_WORD = re.compile(rf"(?:[^\s{_THAI}{_HAN}]{{1,30}}|{_THAI_LETTER}[{_THAI}]{{1,8}}|[{_HAN}]{{1,3}})$")


_COUNTERS = {"page": "counter(page)", "pages": "counter(pages)"}


def tied(text: Text) -> Iterator[tuple[Run, ...]]:
    """The runs in groups: those of one island, or a reference number, last, with the word that it stays with."""
    groups = list(whole_islands(text.runs))
    while groups:
        group = groups.pop(0)
        run = group[-1]
        if run.raised or not (groups and groups[0][0].raised):
            yield group
            continue
        last = _LAST_WORD.search(run.text)
        start = last.start() if last else len(run.text)
        if run.island and (start or len(group) > 1):  # an island is one piece: cut, its parts would change places
            yield group
            continue
        if start:
            yield (replace(run, text=run.text[:start]),)
        yield replace(run, text=run.text[start:]), *groups.pop(0)


def isolated(text: Text) -> str:
    """The text where no element can isolate its islands, as in an attribute: each stands between isolates."""
    runs = (f"{_ISOLATE_LEFT_TO_RIGHT}{run.text}{_END_ISOLATE}" if run.island else run.text for run in text.runs)
    return "".join(runs)


_NUMBER = re.compile(r"(\d+)")


def numbered(citation: str) -> Iterator[tuple[str, int | None]]:
    """A raised text such as [1,4] in parts, each with the number of the reference that it names, or None."""
    for part in filter(None, _NUMBER.split(citation)):
        yield part, int(part) if part.isdecimal() else None


class Cited:
    """The references that a page has cited so far."""

    def __init__(self) -> None:
        self._numbers: set[int] = set()

    def __contains__(self, number: int) -> bool:
        return number in self._numbers

    def first(self, number: int) -> bool:
        """Notes that a reference is cited; whether this is the first time."""
        is_first = number not in self._numbers
        self._numbers.add(number)
        return is_first


def css_content(text: Text) -> Markup:
    """The value of a CSS `content` property that prints the text; page fields become counters."""
    parts = []
    for first, *more in whole_islands(text.runs):
        if first.field:
            parts.append(_COUNTERS[first.field])
            continue
        words = "".join(run.text for run in (first, *more))
        kept = f"{_ISOLATE_LEFT_TO_RIGHT}{words}{_END_ISOLATE}" if first.island else words
        escaped = "".join(char if char.isalnum() or char in " \u00a0" else f"\\{ord(char):x} " for char in kept)
        parts.append(f'"{escaped}"')
    return Markup(" ".join(parts))
