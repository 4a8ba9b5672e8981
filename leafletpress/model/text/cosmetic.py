"""Judges whether only spelling, punctuation, capitals or order differ between two wordings; refuses when in doubt."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from leafletpress.model.text.markup import Piece, locked, parse, strong_spans
from leafletpress.model.text.pauses import why_no_other_sign, why_not_apart
from leafletpress.model.text.small_words import CAPITONYMS, LEANING, STATEMENTS
from leafletpress.model.text.spelling import IsWord, why_two_words
from leafletpress.model.text.wording import STOPS, Token, is_dash, is_free, sentences, signs, spaced, tokens

_SOFT_HYPHEN = "\u00ad"
_BRACKETS = ("Ps", "Pe")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What differs between two wordings, and what speaks against taking them for one: then it is not cosmetic."""

    differences: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Comparison:
    """Two wordings of as many words, compared word by word; each change goes into one of the lists."""

    old: list[Token]
    new: list[Token]
    is_word: IsWord
    differences: list[str] = field(default_factory=list)
    against: list[str] = field(default_factory=list)

    def note(self, kind: str, change: str, why: str) -> None:
        """A change, and why it is not cosmetic, or ""."""
        if why:
            self.against.append(f"{change}: {why}")
        else:
            self.differences.append(f"{kind}: {change}")


def judge(old: str, new: str, is_word: IsWord) -> Judgement:
    """Compare two wordings of an English text with markup; `is_word` asks the dictionary, in small letters.

    Cosmetic is: another spelling of one word (`why_two_words`), a capital at its beginning, a full stop at the end, a
    comma or the like away from numbers and from words such as "not" and "if", whole statements in another order.
    """
    (before, broken), (after, broken_now) = (parse(_composed(text)) for text in (old, new))
    if broken or broken_now:
        return Judgement(against=("its markup can't be read",))
    if against := [*_locked_changes(before, after), *_strong_changes(before, after)]:
        return Judgement(against=tuple(against))
    words, words_now = tokens(before), tokens(after)
    if reordered := _reordered(words, words_now):
        return reordered
    if len(words) != len(words_now):
        return Judgement(against=tuple(_changed_words(words, words_now)))
    found = _Comparison(words, words_now, is_word)
    _compare(found)
    differences = found.differences or ["punctuation: spaces, and signs round marks"]
    return Judgement(tuple(dict.fromkeys(differences)), tuple(dict.fromkeys(found.against)))


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).replace(_SOFT_HYPHEN, "")


# --- What no cosmetic change touches ----------------------------------------------------------------------------------


def _locked_changes(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> Iterator[str]:
    """Placeholders, citations, links and numbers that are gone or new."""
    now = locked(after)
    for rule, was in locked(before).items():
        yield from (f"{rule} {name} is gone" for name in was - now[rule])
        yield from (f"{rule} {name} is new" for name in now[rule] - was)


def _strong_changes(before: tuple[Piece, ...], after: tuple[Piece, ...]) -> Iterator[str]:
    """Strong words that are no longer, or newly, strong; one that moved is found word by word."""
    was, now = strong_spans(before), strong_spans(after)
    if len(was) != len(now):
        yield from (f'"{span}" is no longer strong' for span in Counter(was) - Counter(now))
        yield from (f'"{span}" is now strong' for span in Counter(now) - Counter(was))


def _changed_words(old: Sequence[Token], new: Sequence[Token]) -> Iterator[str]:
    was, now = ([token.folded for token in words[:-1]] for words in (old, new))
    for tag, i, j, k, m in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
        gone, came = (" ".join(token.text for token in part) for part in (old[i:j], new[k:m]))
        if tag == "replace":
            yield f'"{gone}" became "{came}": other words'
        elif tag != "equal":
            yield f'"{gone or came}" is {"gone" if gone else "new"}'


# --- Order ------------------------------------------------------------------------------------------------------------


def _reordered(old: list[Token], new: list[Token]) -> Judgement | None:
    """The judgement of sentences in another order, all else the same; None where that is not what happened."""
    was, now = ([_content(words, place) for place in sentences(words)] for words in (old, new))
    if was == now or Counter(was) != Counter(now):
        return None
    moved = "sentences change places"
    if any(sign in token.gap for token in old for sign in "?:"):
        return Judgement(against=(f"{moved} round a question or a colon",))
    for place in sentences(old):
        words = [token.folded for token in old[place.start : place.stop]]
        if words[0] not in STATEMENTS or len(words) < 3:
            return Judgement(against=(f'{moved}, and "{words[0]} …" may be a step, or part of another sentence',))
        if leaning := next((word for word in words if word in LEANING), None):
            return Judgement(against=(f'{moved}, and "{leaning}" may now be about another one',))
    return Judgement((f"order: {moved}",))


def _content(words: Sequence[Token], place: range) -> tuple[object, ...]:
    """All that a sentence says, with the signs and citations in it and behind it; only its full stop is left out."""
    said = [(token.text, token.strong, token.link) for token in words[place.start : place.stop]]
    inside = [(spaced(token.gap), token.cited) for token in words[place.start + 1 : place.stop]]
    behind = words[place.stop]
    return (*said, *inside, behind.cited, "".join(sign for sign in signs(behind.gap) if sign not in STOPS))


# --- Word by word -----------------------------------------------------------------------------------------------------


def _compare(found: _Comparison) -> None:
    places = sentences(found.old)
    starts = {place.start for place in places}
    for at, (was, now) in enumerate(zip(found.old, found.new, strict=True)):
        _compare_marks(found, at)
        if was.folded != now.folded:
            found.note("spelling", f'"{was.text}" became "{now.text}"', _why_not_spelling(was, now, found.is_word))
        elif was.text.replace("’", "'") != now.text.replace("’", "'"):
            found.note("capitals", f'"{was.text}" became "{now.text}"', _why_not_capitals(was, now, at in starts))
        elif was.text != now.text:
            found.note("punctuation", f'"{was.text}" became "{now.text}"', "")
    for place in places:
        _compare_signs(found, place)
    for at in {*starts, len(found.old) - 1}:
        if spaced(found.old[at].gap) != spaced(found.new[at].gap):
            _note_sign(found, at, _why_not_sign(found, at))


def _compare_marks(found: _Comparison, at: int) -> None:
    was, now = found.old[at], found.new[at]
    place = f'at "{now.text or found.new[at - 1].text}"'
    if was.cited != now.cited:
        found.against.append(f"a citation moved, {place}")
    if was.link != now.link:
        found.against.append(f"a link moved, {place}")
    if was.strong != now.strong:
        found.against.append(f"strong words moved, {place}")


def _why_not_spelling(was: Token, now: Token, is_word: IsWord) -> str:
    if any(token.is_number or token.is_unit for token in (was, now)):
        return "it is a number or unit"
    if was.denies or now.denies:
        return 'it decides what the sentence says, as "not" does'
    return why_two_words(was.folded, now.folded, is_word)


def _why_not_capitals(was: Token, now: Token, starts_sentence: bool) -> str:
    has_figures = any(char.isnumeric() for char in was.text)
    if was.text[1:].replace("’", "'") != now.text[1:].replace("’", "'") or was.is_unit or has_figures:
        return "capitals inside a word, a number or a unit"
    if not starts_sentence and (len(was.text) == 1 or was.folded in CAPITONYMS):
        return "with a capital it may be another word"
    return ""


def _compare_signs(found: _Comparison, place: range) -> None:
    """Signs inside a sentence."""
    words = found.old[place.start : place.stop]
    changed = [
        at for at in range(place.start + 1, place.stop) if spaced(found.old[at].gap) != spaced(found.new[at].gap)
    ]
    more = [len(signs(found.new[at].gap)) - len(signs(found.old[at].gap)) for at in changed]
    pauses = [sum(bool(signs(both[at].gap)) for at in place[1:]) for both in (found.old, found.new)]
    for at in changed:
        was, now = found.old[at].gap, found.new[at].gap
        why = _why_not_sign(found, at) or _why_not_inside(found, at) or why_no_other_sign(words, at - place.start)
        comes_or_goes = not (signs(was) and signs(now)) and not (is_dash(was) or is_dash(now))
        if comes_or_goes and not why:
            why = why_not_apart(words, at - place.start, is_only_sign=max(pauses) == 1)
        moved = "a sign moved in the sentence" if max(more) > 0 > min(more) else ""
        _note_sign(found, at, why or moved)


def _note_sign(found: _Comparison, at: int, why: str) -> None:
    was, now = found.old[at].gap.strip(), found.new[at].gap.strip()
    place = f'before "{found.new[at].text}"' if found.new[at].text else "at the end"
    change = f"{was or 'no sign'} became {now or 'no sign'} {place}" if was != now else f"the space {place}"
    found.note("punctuation", change, why)


def _why_not_sign(found: _Comparison, at: int) -> str:
    """Why the signs before a word may not change, whatever its sentence says."""
    was, now = (Counter(signs(words[at].gap)) for words in (found.old, found.new))
    other = [*(was - now), *(now - was)]
    if any(token.is_number for token in found.old[max(at - 1, 0) : at + 1]):
        return "it touches a number"
    if "?" in other:
        return "a statement is no question"
    if not all(map(is_free, other)):
        return "that sign has a meaning of its own"
    if any(unicodedata.category(sign) in _BRACKETS for sign in other) and any(token.is_number for token in found.old):
        return "a number may be in the brackets"
    has_stop, has_stop_now = (any(sign in STOPS for sign in words[at].gap) for words in (found.old, found.new))
    is_inside = 0 < at < len(found.old) - 1
    return "a sentence ends elsewhere" if is_inside and has_stop != has_stop_now else ""


def _why_not_inside(found: _Comparison, at: int) -> str:
    """Why words inside a sentence may not be parted or joined so."""
    was, now = found.old[at].gap, found.new[at].gap
    if not (was and now):
        return "words are parted or joined"
    if is_dash(was) == is_dash(now):
        return ""
    other = signs(now if is_dash(was) else was)
    between_names = all(token.text[0].isupper() for token in found.old[at - 1 : at + 1])
    if between_names or any(unicodedata.category(sign) != "Pd" for sign in other):
        return "a dash between words may say from one to the other"
    return ""
