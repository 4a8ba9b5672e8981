"""What to look at first in a text that changed: what could do harm if it is wrong."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from leafletpress.compare.marks import FIGURE, merged
from leafletpress.compare.passages import Passage
from leafletpress.model.handout import Text, is_reference
from leafletpress.model.text.glossary import times
from leafletpress.model.text.markup import Piece, fold_digits, strong_spans
from leafletpress.model.text.negation import unmarked_negations

_UNIT = r"(?:[ \u00a0\u202f]?°[CF]?|[ \u00a0\u202f-]?[^\s\d.,:;!?()\[\]«»“”\"،؛؟。，、；：！？（）·–—-]{1,12})?"
_FIGURES = re.compile(f"(?P<number>{FIGURE}){_UNIT}")
_LONG = 7  # digits: a phone number
# English words that say how much, how often, in which direction or when.
_AMOUNTS = re.compile(
    r"\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|once|twice|half|double|daily|weekly|hourly"
    r"|more|less|fewer|most|least|above|below|over|under|before|after|until|without|unless|only|increase|decrease"
    r"|raise|lower|higher|start|stop|always|avoid|allowed|safe|unsafe|morning|evening|night|left|right)\b",
    re.IGNORECASE,
)

Concern = Literal[
    "figure", "not", "moved", "box", "address", "amount", "strong", "main", "picture", "english", "around"
]
CONCERNS: tuple[Concern, ...] = get_args(Concern)
"""What a change touches, the gravest first; `around` are the words around figures that stay."""


# Items and cells: their meaning depends on what is beside or before them.
_IN_ORDER = ("li", "td", "th", "dt", "dd", "h3")


@dataclass(frozen=True, slots=True)
class Alert:
    """Something to look at first: of what kind, and the words, figures or names that were and that are."""

    concern: Concern
    old: tuple[str, ...]
    new: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """What the rules need to know of a language: its name in English, its words for "not", whether it is English."""

    name: str
    negations: tuple[str, ...] = ()
    is_english: bool = False


def alerts(old: Passage | None, new: Passage | None, speech: Speech) -> tuple[Alert, ...]:
    """What to look at first in a text that changed, came (`old` is None) or went (`new` is None)."""
    return tuple(_alerts(old, new, speech))


def of_moved(new: Passage) -> tuple[Alert, ...]:
    """What to look at where a text moved: it may be the dose of another line."""
    matters = new.place != "references" and (new.box or figures(str(new)) or new.kind in _IN_ORDER)
    return (Alert("moved", (), ()),) if matters else ()


def _alerts(old: Passage | None, new: Passage | None, speech: Speech) -> Iterator[Alert]:
    before, after = (_pieces(passage.text) if passage else () for passage in (old, new))
    old_words, new_words = (_plain(pieces) for pieces in (before, after))
    yield from _differing("figure", figures(old_words), figures(new_words), in_order=True)
    yield from _nots(old, new, speech)
    if old_words != new_words or old is None or new is None or old.box != new.box:
        yield from _boxes(old.box if old else "", new.box if new else "")
    links = [[run.link for run in passage.text.runs if run.link] if passage else [] for passage in (old, new)]
    yield from _differing("address", *links)
    if speech.is_english:
        amounts = [[found.casefold() for found in _AMOUNTS.findall(text)] for text in (old_words, new_words)]
        yield from _differing("amount", *amounts, in_order=True)
    yield from _differing("strong", strong_spans(before), strong_spans(after))
    if (old.picture if old else "") != (new.picture if new else ""):
        yield Alert("picture", (str(old),) if old else (), (str(new),) if new else ())
    if old and new and old.text.untranslated != new.text.untranslated:
        yield Alert("english", (), ("now in English" if new.text.untranslated else "now translated",))
    if old_words != new_words and figures(old_words) == figures(new_words) != []:
        yield Alert("around", (), tuple(figures(old_words)))


def _nots(old: Passage | None, new: Passage | None, speech: Speech) -> Iterator[Alert]:
    """A "not" that went or came; one among the words that changed may say no to something else."""
    before, after = (_negations(_plain(_pieces(passage.text)), speech) if passage else [] for passage in (old, new))
    if before != after:
        yield from _differing("not", before, after, in_order=True)
    elif old and new and before:
        words_changed = " … ".join(mark.run.text for mark in merged(old.text, new.text) if mark.change)
        if _negations(words_changed, speech):
            yield Alert("not", tuple(before), tuple(after))


def _boxes(before: str, after: str) -> Iterator[Alert]:
    if "main" in (before, after):
        yield Alert("main", (), ("changed",))
    elif {before, after} - {"", "contact", "note"}:
        yield Alert("box", (before,) if before else (), (after,) if after else ())


def _pieces(text: Text) -> tuple[Piece, ...]:
    """The text as markup has it, reference numbers as citations: they are no doses."""
    return tuple(Piece("citation" if is_reference(run) else "words", run.text, 0, run.strong) for run in text.runs)


def _plain(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.value if piece.kind == "words" else "" for piece in pieces)


def figures(text: str) -> list[str]:
    """The figures of a text in their order, in ASCII digits, each with the word behind it: its unit, mostly.

    A phone number has none.
    """
    found = (
        figure["number"] if sum(map(str.isdecimal, figure["number"])) >= _LONG else figure[0]
        for figure in _FIGURES.finditer(fold_digits(text))
    )
    return [" ".join(figure.split()) for figure in found]


def _negations(text: str, speech: Speech) -> list[str]:
    """Each "not" of a text, by the rules of its language."""
    if speech.is_english:
        return [word.casefold() for word in unmarked_negations((Piece("words", text, 0),), safety=True)]
    return [form for form in speech.negations for _ in range(times(text, (form,)))]


def _differing(concern: Concern, old: Sequence[str], new: Sequence[str], *, in_order: bool = False) -> Iterator[Alert]:
    """An alert that names the words that only one side has; with `in_order`, all where their order differs."""
    lost, added = Counter(old) - Counter(new), Counter(new) - Counter(old)
    if lost or added:
        yield Alert(concern, tuple(lost.elements()), tuple(added.elements()))
    elif in_order and list(old) != list(new):  # of figures, another dose for each
        yield Alert(concern, tuple(old), tuple(new))


def alike_in_all_languages(alert: Alert) -> tuple[object, ...]:
    """What an alert has in common with that of the same change in another language: its figures, not its words."""
    match alert.concern:
        case "figure":
            units = [Counter(re.sub(r"[\d.,\s]+", "", figure) for figure in side) for side in (alert.old, alert.new)]
            digits = (tuple(tuple(re.findall(r"\d+", figure)) for figure in side) for side in (alert.old, alert.new))
            return ("figure", *digits, units[0] == units[1])
        case "not" | "strong":
            return alert.concern, len(alert.old), len(alert.new)
        case "around" | "picture" | "moved":
            return (alert.concern,)
        case "amount" | "english":
            return ()  # the words are known in English alone; the other is so in translations alone
        case _:
            return alert.concern, alert.old, alert.new
