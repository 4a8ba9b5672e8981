"""Which texts of a handout changed: those of two versions set side by side, and the languages of one place together."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from leafletpress.compare.alerts import Alert, Speech, alerts, of_moved
from leafletpress.compare.alignment import aligned
from leafletpress.compare.passages import Passage, Reading, folded
from leafletpress.model.handout import Text, is_reference

# Passages of the same place and kind are half alike, whatever they say.
_SAME_PLACE = 0.5
# What has no heading of its own.
_PLACES = {"head": "Top of the leaflet", "margins": "Edges of the pages", "text": "Text"}

Pair = tuple[Passage | None, Passage | None]


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a text is: its number in its place, in the new version, or in the old one if it is `gone`."""

    place: str
    number: int
    gone: bool


@dataclass(frozen=True, slots=True)
class Version:
    """A text in one language before and after; None where it is not. `moved` where it was elsewhere before.

    `english` is the English of it as it is now, where this is a translation.
    """

    locale: str
    old: Passage | None
    new: Passage | None
    moved: bool
    english: Text | None
    alerts: tuple[Alert, ...]

    @property
    def only_references(self) -> bool:
        """Whether nothing but reference numbers changed."""
        if not (self.old and self.new):
            return False
        shapes = [folded(run for run in one.text.runs if not is_reference(run)) for one in (self.old, self.new)]
        return self.old.box == self.new.box and shapes[0] == shapes[1]


@dataclass(frozen=True, slots=True)
class ChangedText:
    """One text that changed, in all languages in which it did; `where` are the leaflets: condition and audience."""

    heading: str
    where: tuple[tuple[str, str], ...]
    versions: tuple[Version, ...]


def differences(old: Reading, new: Reading) -> Iterator[tuple[Spot, Passage | None, Passage | None, bool]]:
    """The texts that differ, and those that only moved: each of them once, where it is now."""
    pairs = list(_pairs(old.passages, new.passages))
    gone = Counter(_name(one) for one, other in pairs if one and other is None)
    come = Counter(_name(other) for one, other in pairs if other and one is None)
    left, arrived = gone & come, gone & come
    spots = {id(passage): spot for passages, is_gone in ((old.passages, True), (new.passages, False))
             for passage, spot in _spots(passages, gone=is_gone)}  # fmt: skip
    for one, other in pairs:
        if other is None and one is not None:
            if left[_name(one)] > 0:
                left[_name(one)] -= 1
            else:
                yield spots[id(one)], one, None, False
        elif other is not None:
            moved = one is None and arrived[_name(other)] > 0
            if moved:
                arrived[_name(other)] -= 1
            yield spots[id(other)], one, other, moved


def _name(passage: Passage) -> tuple[str, str, str]:
    return str(passage), passage.kind, passage.box


def _spots(passages: Iterable[Passage], *, gone: bool) -> Iterator[tuple[Passage, Spot]]:
    counts: Counter[str] = Counter()
    for passage in passages:
        yield passage, Spot(passage.place, counts[passage.place], gone)
        counts[passage.place] += 1


def _pairs(old: tuple[Passage, ...], new: tuple[Passage, ...]) -> Iterator[Pair]:
    """What belongs together among the passages that are not the same."""
    for change, at, end, there, until in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if change != "equal":
            yield from aligned(old[at:end], new[there:until], _likeness, _SAME_PLACE)


def _likeness(one: Passage, other: Passage) -> float:
    if (one.kind == "picture") != (other.kind == "picture"):
        return 0
    before, after = Counter(str(one).split()), Counter(str(other).split())
    words = (before & after).total() / max(before.total(), after.total(), 1)
    same_place = (one.place, one.kind) == (other.place, other.kind)
    return words * (1 - _SAME_PLACE) + (_SAME_PLACE if same_place else 0)


def translation_of(spot: Spot, english: Reading, translated: Reading) -> Text | None:
    """The English at the same spot; None where the two do not have the same number of texts in that place."""
    there, here = ([one for one in reading.passages if one.place == spot.place] for reading in (english, translated))
    return there[spot.number].text if len(there) == len(here) and not spot.gone else None


@dataclass(frozen=True, slots=True)
class Handled:
    """The texts of a handout before and after; `english` is the English of it now, None where this is the English."""

    condition: str
    audience: str
    locale: str
    old: Reading
    new: Reading
    english: Reading | None

    @property
    def headings(self) -> dict[str, str]:
        """The headings by place, in English where that is there."""
        own = {**self.old.headings(), **self.new.headings()}
        return {**own, **(self.english.headings() if self.english else {}), **_PLACES}


def changed_texts(handouts: Iterable[Handled], speeches: Mapping[str, Speech]) -> tuple[ChangedText, ...]:
    """All changed texts in the order of the handouts; one that changed alike in several leaflets comes once."""
    versions: dict[tuple[str, str, Spot], list[Version]] = {}
    headings: dict[tuple[str, str, Spot], str] = {}
    for handled in handouts:
        names = handled.headings
        for spot, version in _versions(handled, speeches.get(handled.locale, Speech(handled.locale))):
            key = (handled.condition, handled.audience, spot)
            versions.setdefault(key, []).append(version)
            headings.setdefault(key, names.get(spot.place, spot.place))
    alike: dict[tuple[str, tuple[Version, ...]], list[tuple[str, str]]] = {}
    for key, found in versions.items():
        alike.setdefault((headings[key], tuple(found)), []).append(key[:2])
    return tuple(ChangedText(heading, tuple(where), found) for (heading, found), where in alike.items())


def _versions(handled: Handled, speech: Speech) -> Iterator[tuple[Spot, Version]]:
    for spot, old, new, moved in differences(handled.old, handled.new):
        beside = translation_of(spot, handled.english, handled.new) if handled.english else None
        found = of_moved(new) if moved and new else alerts(old, new, speech)
        yield spot, Version(handled.locale, old, new, moved, beside, found)
