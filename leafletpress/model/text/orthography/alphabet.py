"""Letters that no word of a language has: of another script or alphabet, of the other Chinese, or typed in parts."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import groupby

from leafletpress.model.problems import Severity
from leafletpress.model.text.glossary import without_spaces, words
from leafletpress.model.text.issue import Issue

# Names, abbreviations, units and what stands for numbers are written with these in texts of every script.
_EVERYWHERE = ("LATIN", "GREEK", "")
# Of these a language uses more letters than any list has.
_UNLISTED = ("CJK", "HANGUL")
_MICRO = "μ"
# Signs that make a letter longer or say a word again, as Khmer and Lao have: the property Extender of PropList.txt.
_EXTENDER = re.compile(
    "[\u0640\u07fa\u0e46\u0ec6\u17d7\u180a\u1843\u1aa7\u1c36\u1c7b\u3005\u3031-\u3035\u309d\u309e\u30fc-\u30fe"
    "\ua015\ua60c\ua9cf\ua9e6\uaa70\uaadd\uaaf3\uaaf4]"
)


@dataclass(frozen=True)
class Alphabet:
    """The `letters` and marks of a language, small and capital; none where they are not known.

    `never` are characters of the other Chinese, for which this language has its own.
    """

    letters: frozenset[str] = frozenset()
    never: frozenset[str] = frozenset()

    @cached_property
    def scripts(self) -> frozenset[str]:
        """The scripts of the letters."""
        return frozenset(map(script, self.letters)) - {""}

    @cached_property
    def known(self) -> frozenset[str]:
        """What needs no second look: the letters, and the signs and digits of ASCII."""
        return self.letters | {char for char in map(chr, range(128)) if not char.isalpha()}


def letters(english: str, translation: str, alphabet: Alphabet, severity: Severity) -> Iterator[Issue]:
    """Letters of a translation that its language has not, but for words that stand in the English."""
    composed = unicodedata.normalize("NFC", translation)
    unknown = set(composed) - alphabet.known
    found = {char for char in unknown if unicodedata.category(char)[0] in "LM"}
    if not found:
        return
    kept = {word.casefold() for word in words(english)}
    spelt = [word for word in dict.fromkeys(words(composed)) if not found.isdisjoint(word)]
    for word in spelt:
        if word.casefold() not in kept:
            yield from _in_word(word, found, kept, alphabet, severity)


def _in_word(word: str, found: set[str], kept: set[str], alphabet: Alphabet, severity: Severity) -> Iterator[Issue]:
    if mixed := _mixed(word, kept):
        text = f'letters of two scripts in "{word}": {" and ".join(map(_named, mixed))}'
        yield Issue("letter", text, "type the word again in one script", severity)
        return
    for char in dict.fromkeys(char for char in word if char in found):
        own = script(char) in alphabet.scripts
        if char in alphabet.never:
            hint = "write it as your language does: this is the other Chinese, traditional or simplified"
            yield Issue("letter", f"character {char} of the other Chinese, in {_around(word, char)}", hint, severity)
        elif alphabet.scripts and (_is_listed(char) if own else script(char) not in _EVERYWHERE):
            hint = "type it again; letters that the language has all the same stand in locale.toml, under letters"
            yield Issue("letter", f'{_named(char)} is no letter of the language, in "{word}"', hint, severity)
        elif not own and alphabet.scripts and len(word) == 1 and script(char) == "LATIN":
            text = f"{_named(char)} stands alone, and not in the English"
            yield Issue("letter", text, "type it again in the script of the language", severity)


def in_parts(text: str) -> Iterator[Issue]:
    """A letter and its mark in two characters, where Unicode has one for both: it looks the same, and is not found."""
    if len(composed := unicodedata.normalize("NFC", text)) >= len(text):
        return
    at = next(at for at, char in enumerate(composed) if char != text[at])
    reason = f'"{composed[at]}" in two characters, a letter and a mark: character {at + 1} of the text'
    yield Issue("letter", reason, "type it again as one, or save the file in the form NFC", "warning")


def _mixed(word: str, kept: set[str]) -> list[str]:
    """A letter of each script where a word mixes them; none if what is Latin there stands in the English."""
    if without_spaces(word):
        return []
    runs = [(name, "".join(run)) for name, run in groupby(filter(script, word), script)]
    if len({name for name, _ in runs}) < 2 or word.startswith(_MICRO):
        return []
    if all(name != "LATIN" or (len(run) > 1 and run.casefold() in kept) for name, run in runs):
        return [] if any(name == "LATIN" for name, _ in runs) else [run[0] for _, run in runs[:2]]
    return [run[0] for _, run in runs[:2]]


def _is_listed(char: str) -> bool:
    """Whether a list of letters has it if the language has: none of thousands, and no sign that says a word again."""
    return script(char) not in _UNLISTED and not _EXTENDER.match(char)


@cache
def script(char: str) -> str:
    """The script of a letter or mark, as its name begins in Unicode; "" for what all scripts share, and no letters."""
    shown = unicodedata.normalize("NFKC", char)[0]
    if unicodedata.category(shown)[0] not in "LM":
        return ""
    name = unicodedata.name(shown, "").split(" ")[0]
    return "" if name in ("MODIFIER", "COMBINING", "FEMININE", "MASCULINE") else name


def _named(char: str) -> str:
    return f"{char} (U+{ord(char):04X} {unicodedata.name(char, 'unnamed').lower()})"


def _around(word: str, char: str) -> str:
    """The character with its neighbours: scripts without spaces have no words."""
    at = word.index(char)
    return f'"{word[max(at - 3, 0) : at + 4]}"'
