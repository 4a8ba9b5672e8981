"""Finds earlier translations for texts that are new in a catalog: moved, renamed, reworded, split or merged."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from leafletpress.model.text.glossary import folded, words
from leafletpress.model.text.markup import parse, plain
from leafletpress.read.languages.catalogs import Entry, Key

_ALIKE = 0.6  # of the words of both texts, those that stand in both in the same order; as gettext's msgmerge has it
_MOST_OF_IT = 0.6  # of the words of a merged text, those that come from others
_FEWEST_WORDS = 3  # of a text that is looked for as part of another one: fewer stand anywhere


@dataclass(frozen=True, slots=True)
class Offer:
    """A translation to be looked at again: that of one earlier entry, or those of several whose texts were merged."""

    earlier: tuple[Entry, ...]

    @property
    def translation(self) -> str:
        """The translations in the order of the English."""
        return " ".join(entry.translation for entry in self.earlier)

    @property
    def remarks(self) -> tuple[str, ...]:
        """What translators noted of them."""
        return tuple(dict.fromkeys(remark for entry in self.earlier for remark in entry.remarks))

    def previous(self, key: Key) -> tuple[str | None, str | None]:
        """The context and the English that it was made for, where these are not those of the entry that gets it now."""
        contexts = dict.fromkeys(
            entry.previous_context if entry.fuzzy and entry.previous_context else entry.context
            for entry in self.earlier
        )
        text = "\n".join(map(made_for, self.earlier))
        context = next(iter(contexts)) if key[0] not in contexts else None
        return context, None if context is None and text == key[1] else text


def made_for(entry: Entry) -> str:
    """The English that the translation of an entry was made for."""
    return entry.previous if entry.fuzzy and entry.previous else entry.text


class Earlier:
    """Entries with a translation, of which some may fit texts that are new."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entry for entry in entries if entry.translation.strip())

    @cached_property
    def _by_text(self) -> dict[str, list[Entry]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.text, []).append(entry)
        return found

    def same(self, key: Key) -> Entry | None:
        """One with exactly this English, best from the same context."""
        return max(self._by_text.get(key[1], ()), key=lambda entry: _stood_there(entry, key), default=None)

    def merged(self, key: Key) -> tuple[Entry, ...]:
        """Those that stand in a text one behind the other and make up most of it: two or more, in their order there."""
        wanted = _words(key[1])
        covered = [False] * len(wanted)
        found: dict[int, Entry] = {}
        for entry in sorted(self.entries, key=lambda entry: (-len(_words(entry.text)), not _stood_there(entry, key))):
            part = _words(entry.text)
            place = _place(part, wanted)
            if len(part) >= _FEWEST_WORDS and place is not None and not any(covered[place : place + len(part)]):
                covered[place : place + len(part)] = [True] * len(part)
                found[place] = entry
        enough = len(found) > 1 and sum(covered) >= _MOST_OF_IT * len(wanted)
        return tuple(found[place] for place in sorted(found)) if enough else ()

    def alike(self, keys: Iterable[Key], taken: Iterable[Key]) -> dict[Key, tuple[Entry, ...]]:
        """Pairs of a text and an entry whose English is like it, the most alike first; each is in one pair at most."""
        left_out = set(taken)
        pairs = [
            (likeness(entry.text, key[1]), _stood_there(entry, key), key, entry)
            for key in keys
            for entry in self.entries
            if entry.key not in left_out
        ]
        found: dict[Key, tuple[Entry, ...]] = {}
        for measure, _, key, entry in sorted(pairs, key=lambda pair: pair[:2], reverse=True):
            if measure >= _ALIKE and key not in found and entry.key not in left_out:
                found[key] = (entry,)
                left_out.add(entry.key)
        return found

    def split(self, key: Key) -> tuple[Entry, ...]:
        """The shortest one that this text is a part of, or else the longest one that is a part of this text."""
        wanted = _words(key[1])
        if len(wanted) < _FEWEST_WORDS:
            return ()
        whole = [entry for entry in self.entries if _place(wanted, _words(entry.text)) is not None]
        if whole:
            return (min(whole, key=lambda entry: (len(_words(entry.text)), not _stood_there(entry, key))),)
        long = (entry for entry in self.entries if len(_words(entry.text)) >= _FEWEST_WORDS)
        parts = (entry for entry in long if _place(_words(entry.text), wanted) is not None)
        longest = max(parts, key=lambda entry: (len(_words(entry.text)), _stood_there(entry, key)), default=None)
        return (longest,) if longest else ()

    def offered(self, keys: Sequence[Key]) -> dict[Key, tuple[Entry, ...]]:
        """What there is for each of these texts: the same English, or parts of it, or what is like it."""
        found: dict[Key, tuple[Entry, ...]] = {key: (same,) for key in keys if (same := self.same(key))}
        found |= {key: merged for key in keys if key not in found and (merged := self.merged(key))}
        found |= self.alike([key for key in keys if key not in found], _taken(found))
        return found | {key: split for key in keys if key not in found and (split := self.split(key))}


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What a language has outside of a catalog: entries that stand in any, and words that stand nowhere any more."""

    standing: Earlier = field(default_factory=Earlier)
    left: Earlier = field(default_factory=Earlier)


def offers(keys: Sequence[Key], own: Earlier, elsewhere: Callable[[], Elsewhere]) -> dict[Key, Offer]:
    """An offer for each of these new texts that has one.

    `own` is what left the same catalog, or is obsolete there; `elsewhere` is asked for what that has not. What is left
    over in a context is paired in its order, however unlike it is.
    """
    found = own.offered(keys)
    rest = [key for key in keys if key not in found]
    if rest:
        other = elsewhere()
        found |= {key: (same,) for key in rest if (same := other.standing.same(key))}
        found |= other.left.offered([key for key in rest if key not in found])
    taken = _taken(found)
    left = [entry for entry in own.entries if entry.key not in taken and not entry.obsolete]
    for key in keys:
        paired = next((entry for entry in left if entry.context == key[0]), None)
        if key not in found and paired:
            left.remove(paired)
            found[key] = (paired,)
    return {key: Offer(entries) for key, entries in found.items()}


def _stood_there(entry: Entry, key: Key) -> bool:
    """Whether an entry had the context of a text, in this catalog or another one."""
    return entry.context.rpartition("/")[2] == key[0]


def _taken(found: Mapping[Key, Iterable[Entry]]) -> set[Key]:
    return {entry.key for entries in found.values() for entry in entries}


def likeness(one: str, other: str) -> float:
    """How much of two texts is alike, from 0 to 1: their common words in the same order; 0 where it is little."""
    first, second = _words(one), _words(other)
    total = len(first) + len(second)
    if not total or 2 * min(len(first), len(second)) < _ALIKE * total:
        return 0
    if 2 * sum((Counter(first) & Counter(second)).values()) < _ALIKE * total:
        return 0
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


@lru_cache(maxsize=20_000)
def _words(text: str) -> tuple[str, ...]:
    """The words that a text is compared by: as they read, and the names in braces for figures."""
    return tuple(words(folded(plain(parse(text)[0]))))


def _place(part: tuple[str, ...], whole: tuple[str, ...]) -> int | None:
    """Where words stand in others one behind the other, None where they don't."""
    if not part or len(part) > len(whole) or part[0] not in whole:
        return None
    places: Iterator[int] = (at for at, word in enumerate(whole) if word == part[0])
    return next((at for at in places if whole[at : at + len(part)] == part), None)
