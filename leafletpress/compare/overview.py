"""What a report puts first: how much changed, what to look at first, what is withheld, what became of the files."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from leafletpress.compare.alerts import CONCERNS, Alert, alike_in_all_languages
from leafletpress.compare.changes import Changes, DocumentChange, HandoutChange
from leafletpress.compare.marks import Mark, marked, marked_as, merged
from leafletpress.compare.strings import ChangedText, Version

NAMES = {
    "figure": "Figure", "not": "“not”", "box": "Box", "address": "Address", "amount": "Amount, time or direction",
    "strong": "Strong words", "main": "Main message", "picture": "Picture", "english": "Translation",
    "around": "Words around", "moved": "Moved to another place",
}  # fmt: skip
BOXES = {
    "now": "emergency", "today": "today", "soon": "soon", "do": "do", "dont": "do not", "note": "note",
    "contact": "contact", "main": "main message",
}  # fmt: skip
_AROUND = 80  # letters of a text on either side of its changes
_FEW_DIGITS = 5  # those of short numbers, such as 999, which have no country code


@dataclass(frozen=True, slots=True)
class Line:
    """One text to look at first: why, in which languages, and which of the changed texts it is, from 1.

    `version` is that of the first of these languages.
    """

    alerts: tuple[Alert, ...]
    locales: tuple[str, ...]
    number: int
    text: ChangedText
    version: Version

    @property
    def weight(self) -> int:
        """The gravest concern, 0 first."""
        return min(CONCERNS.index(alert.concern) for alert in self.alerts)

    @property
    def grave(self) -> bool:
        """Whether a figure, a "not" or a box of warning signs changed."""
        return self.weight <= CONCERNS.index("box")


def lines(changes: Changes) -> list[Line]:
    """What to look at first, the gravest first.

    Languages in which the same changed share a line: one whose figures differ from those of the others stands out.
    """
    found: dict[tuple[object, ...], Line] = {}
    for number, text in enumerate(changes.texts, start=1):
        for version in text.versions:
            alerts = without_repeats(version.alerts)
            if not alerts or version.only_references:
                continue
            key = (number, *filter(None, map(alike_in_all_languages, alerts)))
            line = found.get(key) or Line(alerts, (), number, text, version)
            found[key] = replace(line, locales=(*line.locales, version.locale))
    return sorted(found.values(), key=lambda line: (line.weight, line.number))


def without_repeats(alerts: tuple[Alert, ...]) -> tuple[Alert, ...]:
    """The alerts, without those of strong words and links that repeat a "not" or a phone number of another alert."""
    described = [_core(alert) for alert in alerts if alert.concern in ("not", "figure")]
    return tuple(
        alert
        for alert in alerts
        if alert.concern not in ("strong", "address") or not any(_repeats(_core(alert), core) for core in described)
    )


def _repeats(core: tuple[str, ...], described: tuple[str, ...]) -> bool:
    """Whether all words say again what was said: the link of a phone has a country code in place of the trunk zero."""
    return len(core) == len(described) and all(
        word == before or (len(before) > _FEW_DIGITS and before.isdecimal() and word.endswith(before.lstrip("0")))
        for word, before in zip(core, described, strict=True)
    )


def _core(alert: Alert) -> tuple[str, ...]:
    """The words of an alert in small letters; of addresses of phones, and of figures, the digits."""
    return tuple(
        "".join(filter(str.isdecimal, word))
        if alert.concern == "figure" or word.startswith("tel:")
        else word.casefold()
        for word in (*alert.old, "", *alert.new)
    )


def excerpt(version: Version) -> tuple[Mark, ...]:
    """A text around its changes, what went and what came in one line."""
    if version.moved or not (version.old and version.new):
        marks = tuple(mark for side in sides(version) for mark in side)
    elif version.old.text.direction != version.new.text.direction:
        marks = marked_as(version.new.text, "come")
    else:
        marks = merged(version.old.text, version.new.text)
    places = [number for number, mark in enumerate(marks) if mark.change] or [0]
    first, last = places[0], places[-1]
    ahead = list(_cut(reversed(marks[:first]), from_end=True))
    return (*reversed(ahead), *marks[first : last + 1], *_cut(marks[last + 1 :], from_end=False))


def _cut(marks: Iterable[Mark], *, from_end: bool) -> Iterator[Mark]:
    """Marks up to a number of letters, an ellipsis where more was; islands stay whole."""
    left = _AROUND
    for mark in marks:
        text = mark.run.text
        if len(text) > left and not mark.run.island:
            rest = f"… {text[-left:].partition(' ')[2]}" if from_end else f"{text[:left].rpartition(' ')[0]} …"
            yield replace(mark, run=replace(mark.run, text=rest))
            return
        left -= len(text)
        yield mark


def sides(version: Version) -> tuple[tuple[Mark, ...], tuple[Mark, ...]]:
    """Both versions of a text with what differs marked; empty where there is none."""
    if version.old and version.new:
        return marked(version.old.text, version.new.text)
    gone = marked_as(version.old.text, "gone") if version.old else ()
    return gone, marked_as(version.new.text, "" if version.moved else "come") if version.new else ()


def only_references(text: ChangedText) -> bool:
    """Whether nothing but reference numbers changed, in any language."""
    return all(version.only_references for version in text.versions)


def counts(changes: Changes) -> dict[str, int]:
    """How many handouts, texts, pages and files changed; files by what became of them."""
    kinds = Counter(document.kind for document in changes.documents)
    return {
        "handouts": len(changes.handouts),
        "texts": sum(not only_references(text) for text in changes.texts),
        "pages": sum(document.pages.changed for document in changes.documents if document.pages),
        "same": sum(document.same for document in changes.documents),
        **{kind: kinds[kind] for kind in ("changed", "new", "gone", "withheld", "released", "kept back")},
        "unchanged": changes.unchanged,
    }


def withheld(changes: Changes) -> list[tuple[str, list[tuple[HandoutChange, str]]]]:
    """Handouts that are withheld now, released or still withheld, under these headings, each with the reason."""
    found = []
    for kind, heading in (("withheld", "Withheld now"), ("released", "Released"), ("kept back", "Still withheld")):
        first = [
            (handout, next((x for x in handout.documents if x.kind == kind), None)) for handout in changes.handouts
        ]
        listed = [(handout, _reason(change)) for handout, change in first if change]
        if listed:
            found.append((heading, listed))
    return found


def _reason(change: DocumentChange) -> str:
    before, now = (row.reason if row else None for row in (change.old, change.new))
    if change.kind == "released":
        return f"was: {before}"
    return f"{now}; was: {before}" if before and before != now else f"{now}"


def files(handout: HandoutChange) -> dict[str, list[str]]:
    """What became of a handout's files: editions and formats by ending; of PDFs also how their pages grew or shrank."""
    endings: dict[str, list[str]] = {}
    for change in handout.documents:
        name = f"{change.document.edition.replace('_', ' ')} {change.document.format}"
        if change.pages and change.pages.old_count != change.pages.new_count:
            name += f" ({change.pages.old_count} pages, now {change.pages.new_count})"
        endings.setdefault(_ending(change), []).append(name)
    return endings


def _ending(change: DocumentChange) -> str:
    match change.kind:
        case "changed" if change.same:
            return "same text, same look"
        case "changed" if change.same_text:
            return "same text, other look"
        case "changed":
            return "other text"
        case kind:
            return kind
