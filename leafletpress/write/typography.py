"""How runs are set on a page: which of them no line may part, and how a text is written in a style sheet."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from markupsafe import Markup

from leafletpress.model.handout import Run, Text, whole_islands
from leafletpress.model.text.measure import letters_across
from leafletpress.model.text.quantities import LONGEST
from leafletpress.write.languages import Languages, Said, cut

_ISOLATE_LEFT_TO_RIGHT, _END_ISOLATE = "\u2066", "\u2069"
# The end of a text that a line must not part from what follows: a word, or a few characters of a script without spaces,
# those of Han with the number before them.
# Thai ones begin with a letter or full stop, not with a sign that joins the letter before or stands between two.
_HAN = r"\u2e80-\uffef"


_THAI = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # with Lao, Myanmar, Khmer


_THAI_LETTER = r"(?<![\u1039\u17d2])(?=[\w\u104a\u104b\u17d4-\u17da])"


_LAST_WORD = re.compile(
    rf"(?:[^\s{_THAI}{_HAN}]{{1,30}}|{_THAI_LETTER}[{_THAI}]{{1,8}}|(?:\d[\d.,]{{0,9}})?[{_HAN}]{{1,3}})$"
)


# Quantities that a line may be broken in though they hold no space that breaks (UAX #14: behind a slash or dash, and
# round a Han character): "480 mg/day" with no-break spaces, and a number in Han text with its unit and what it is the
# end of: 240至480毫克/天, 拨打999. The first is looked for between spaces, for a word must not be cut.
_BREAKS = r"/\u2010\u2012-\u2014"
_IN_WORDS = re.compile(
    rf"(?<![^ {_HAN}])(?=[^ {_HAN}\d\u00a0\u202f]*+[\d\u00a0\u202f][^ {_HAN}]*[{_BREAKS}]"
    rf"|[^ {_HAN}{_BREAKS}]*+[{_BREAKS}][^ {_HAN}]*\d)[^ {_HAN}]+"
)
_MAY_BREAK = re.compile(
    rf"(?<![^ ])(?:(?=[^ ]*\d)[^ {_BREAKS}{_HAN}]*+[{_BREAKS}{_HAN}]|[^ \u00a0\u202f]*+[\u00a0\u202f][^ ]*[{_BREAKS}])"
)
_UNIT = r"(?:[\u3400-\u9fff]{1,3}|[A-Za-zµμ°℃%]+)"
_AMOUNT = rf"\d[\d.,]*[\u00a0\u202f]?{_UNIT}?(?:/{_UNIT})?"
_IN_HAN = re.compile(rf"[\u3400-\u9fff]?{_AMOUNT}(?:[{_BREAKS}~～\u00a0]?[\u3400-\u9fff]?{_AMOUNT})*")
_A_HAN = re.compile(r"[\u3400-\u9fff]")


_COUNTERS = {"page": "counter(page)", "pages": "counter(pages)"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Runs of a text; no line may part those that are `whole`. `said` are the parts of each with their language."""

    runs: tuple[Run, ...]
    whole: bool = False
    said: tuple[tuple[Said, ...], ...] = ()


def spoken(text: Text, languages: Languages) -> Iterator[Stretch]:
    """The `tied` stretches of a text, and in which language each part of their runs is said."""
    stretches = list(tied(text))
    said = cut(languages.said(text), [run.text for stretch in stretches for run in stretch.runs])
    for stretch in stretches:
        yield replace(stretch, said=tuple(islice(said, len(stretch.runs))))


def tied(text: Text) -> Iterator[Stretch]:
    """The runs in stretches: of an island, a quantity, or a reference number with the word that it stays with."""
    groups = list(whole_islands(text.runs))
    while groups:
        group = groups.pop(0)
        run = group[-1]
        if run.raised or not (groups and groups[0][0].raised):
            yield from _quantities(group)
            continue
        last = _LAST_WORD.search(run.text)
        start = last.start() if last else len(run.text)
        if run.island and (start or len(group) > 1):  # an island is one piece: cut, its parts would change places
            if len(group) > 1 or letters_across(run.text) > LONGEST:
                yield Stretch(group)
                continue
            start = 0
        if start:
            yield from _quantities((replace(run, text=run.text[:start]),))
        yield Stretch((replace(run, text=run.text[start:]), *groups.pop(0)), whole=True)


def _quantities(group: tuple[Run, ...]) -> Iterator[Stretch]:
    """An island or a run, cut round its quantities."""
    (first, *others) = group
    if others or first.raised or first.field or first.link or first.shift:
        yield Stretch(group)
        return
    at = 0
    for start, end in _places(first):
        if at < start:
            yield Stretch((replace(first, text=first.text[at:start]),))
        yield Stretch((replace(first, text=first.text[start:end]),), whole=True)
        at = end
    if at < len(first.text):
        yield Stretch((replace(first, text=first.text[at:]),))


def _places(run: Run) -> list[tuple[int, int]]:
    """Where in a run the quantities stand that a line could be broken in and must not; an island is never cut."""
    if not _MAY_BREAK.search(run.text):
        return []
    if run.island:
        return [(0, len(run.text))] if letters_across(run.text) <= LONGEST else []
    found = [*_IN_WORDS.finditer(run.text), *(one for one in _IN_HAN.finditer(run.text) if _A_HAN.search(one[0]))]
    short = sorted(one.span() for one in found if letters_across(one[0]) <= LONGEST)
    return [span for before, span in zip([(0, 0), *short], short, strict=False) if before[1] <= span[0]]


def isolated(text: Text) -> str:
    """The text where no element can isolate its islands, as in an attribute: each stands between isolates."""
    runs = (f"{_ISOLATE_LEFT_TO_RIGHT}{run.text}{_END_ISOLATE}" if run.island else run.text for run in text.runs)
    return "".join(runs)


def breakable(address: Text | str) -> Markup:
    """An address with places behind its slashes at which a browser may break it; by themselves, not all do."""
    return Markup("/<wbr>").join(str(address).split("/"))


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
