"""Signs that a translation lacks or has too many: digits of one kind, brackets, quotes, what ends the text."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache

from leafletpress.model.problems import Severity
from leafletpress.model.text.issue import Issue

_QUOTES = '"“”„‟«»〝〞〟＂'  # single ones are apostrophes too
_UNSTOPPED = re.compile(r"[\u0e00-\u0eff]")  # Thai and Lao part sentences with spaces
# What ends sentences: of Latin and other scripts with a space behind it, of those that have their own sign anywhere.
_ENDS = re.compile(
    r"(?P<word>\w{0,30})[.!?؟]{1,5}[)»”’\"]{0,3}\s{1,5}[(«“‘„¿¡\"]{0,3}(?=(?P<next>\w))|[。！？।॥۔።։။។]{1,5}"
)
_ABBREVIATED = frozenset(("approx", "dr", "e.g", "etc", "ext", "i.e", "mr", "mrs", "ms", "no", "vs"))
_LONG = 4  # English words; shorter texts are labels, with a stop or without
_SHORT = 4  # letters of what may be an abbreviation in another language


def signs(english: str, translation: str, severity: Severity) -> Iterator[Issue]:
    """Everything of that kind in the words of a translation, beside those of the English."""
    if not translation.isascii():
        yield from _digits(translation, severity)
    yield from _brackets(english, translation, severity)
    yield from _end(english, translation, severity)
    yield from _sentences(english, translation, severity)


def _digits(translation: str, severity: Severity) -> Iterator[Issue]:
    first: dict[int, str] = {}
    for char in translation:
        if char.isdecimal():
            first.setdefault(ord(char) - int(char), char)
    if len(first) > 1:
        text = f"digits of two kinds: {' and '.join(first.values())}"
        yield Issue("digits", text, "write all numbers of a text with one kind of digits", severity)


def _brackets(english: str, translation: str, severity: Severity) -> Iterator[Issue]:
    if (stray := _stray(translation)) and not _stray(english):
        hint = "is part of the text lost? Else type its partner"
        yield Issue("brackets", f"{stray} has no partner", hint, severity)


def _stray(text: str) -> str:
    """The first bracket without its partner, else a quotation mark if there is an odd number of them; else ""."""
    opened: list[str] = []
    quotes = Counter[str]()
    for at, char in enumerate(text):
        if char in _QUOTES:
            quotes[char] += 1 - (char == '"' and text[at - 1 : at].isdigit())  # 5" are inches
        elif closing := _closing(char):
            opened.append(closing)
        elif unicodedata.category(char) == "Pe" and (not opened or opened.pop() != char):
            return char
    if opened:
        return opened[-1]
    if quotes["«"] != quotes["»"]:
        return max("«»", key=lambda char: quotes[char])
    return next(iter(quotes)) if quotes.total() % 2 else ""


@cache
def _closing(char: str) -> str:
    """What closes a bracket that opens, else ""."""
    if unicodedata.category(char) != "Ps":
        return ""
    try:
        return unicodedata.lookup(unicodedata.name(char).replace("LEFT", "RIGHT"))
    except KeyError:
        return ""


def _end(english: str, translation: str, severity: Severity) -> Iterator[Issue]:
    """What ends the text: a stop or question mark that is lost may have taken words with it."""
    wanted, found = _last(english), _last(translation)
    if not found and wanted in ".?" and (_UNSTOPPED.search(translation) or len(english.split()) < _LONG):
        return
    if wanted and wanted != found:
        text = f'ends in "{found}", the English in "{wanted}"' if found else f'no "{wanted}" at the end'
        yield Issue("stop", text, "is the end lost? Does a question state something?", severity)


def _last(text: str) -> str:
    """What the sign at the end of a text means: one of . ? ! : or nothing."""
    shown = text.rstrip()
    while shown and (shown[-1] == '"' or unicodedata.category(shown[-1]) in ("Pe", "Pf", "Pi")):
        shown = shown[:-1].rstrip()
    return _meaning(shown[-1]) if shown else ""


@cache
def _meaning(char: str) -> str:
    name = unicodedata.name(char, "")
    signs = {"QUESTION MARK": "?", "EXCLAMATION MARK": "!", "FULL STOP": ".", "DANDA": ".", "ELLIPSIS": "."}
    signs |= {"KHMER SIGN KHAN": ".", "MYANMAR SIGN SECTION": "."}
    found = next((sign for part, sign in signs.items() if part in name), "")
    return ":" if name.endswith("COLON") and "SEMI" not in name else found


def _sentences(english: str, translation: str, severity: Severity) -> Iterator[Issue]:
    """A sentence lost or added; a stop behind a short word may be that of an abbreviation."""
    wanted = sum(end["word"].lower() not in _ABBREVIATED for end in _ends(english))
    found = _ends(translation)
    certain = sum(end["word"] is None or (len(end["word"]) >= _SHORT and not end["next"].isdigit()) for end in found)
    if (len(found) < wanted or certain > wanted) and not _UNSTOPPED.search(translation):
        text = f"{len(found) + 1} sentences, in the English {wanted + 1}"
        yield Issue("sentences", text, "is one lost or added? Keep one for one: they are compared one by one", severity)


def _ends(text: str) -> list[re.Match[str]]:
    """Where sentences end inside of a text."""
    last = max((place for place, char in enumerate(text) if char.isalnum()), default=0)
    return [end for end in _ENDS.finditer(text) if end.end() <= last and not (end["next"] or "").islower()]
