"""Tells one word that was mistyped, or is spelt in two ways, from two words: a letter can turn advice round."""

import re
from collections.abc import Callable, Iterator
from string import ascii_lowercase

IsWord = Callable[[str], bool]

_SHORTEST = 5  # letters; in shorter words nearly every slip is a word of its own: now and not, hot and hat
_LONG = 8  # letters from which on a word with a letter too few or too many can hardly be meant for another
# British spellings and the American ones, by their regular endings and sounds: not the spellings of single words.
_AMERICAN = (
    (re.compile(r"(?:(?<![a-z])|(?<=rrh)|(?<=pn)|(?<=am)|(?<=hom)|(?<=\bc)|(?<=\bf))oe(?=[a-z])"), "e"),
    (re.compile(r"ae(?=[a-z]{2})"), "e"),
    (re.compile(r"^(.*[aeiouy][^aeiou]+)our(?=(?:s|ed|ing|less|able|ful|ite|ites|al|er|ers|hood|y)?$)"), r"\1or"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(?:e|ed|er|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z][bt])re(?=s?$)"), "er"),
    (re.compile(r"(?<=[a-z]{3}[ae])ll(?=(?:ed|ing|er|ers)$)"), "l"),
    (re.compile(r"(?<=[a-z]{3})ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[a-z]{2}[fc])ence(?=s?$)"), "ense"),
    (re.compile(r"^sulph"), "sulf"),
)
# Where two words differ in one of these, they may be opposites.
_BEGINNINGS = re.compile(
    r"(?:a[bd]|an(?:te|ti)?|de|dis|hyper|hypo|i[lmnr]|int(?:er|ra)|macro|micro|non|over|per|post|pre|pro|sub|super|un(?:der)?)"
)
_ENDINGS = re.compile(r"(?:less|ful|n't)$")


def why_two_words(old: str, new: str, is_word: IsWord) -> str:
    """Why two English words, in small letters, may not be one; "" where they are one, and only its spelling differs.

    They are one where one is British and the other American, or where the dictionary (`is_word`) lacks the old one, has
    the new one, and a slip of the hand lies between. It refuses when in doubt: names of drugs, which differ by a letter
    and which the dictionary lacks, and any letter typed for another ("nitrite", "nitrate").
    """
    if len(old) >= _SHORTEST <= len(new) and american(old) == american(new):
        return ""
    if min(len(old), len(new)) < _SHORTEST:
        return "in short words a slip can't be told from another word"
    if _is_known(old, is_word):
        return f'"{old}" is a word too'
    if not _is_known(new, is_word):
        return f'the dictionary does not have "{new}"'
    if _part(_BEGINNINGS, old) != _part(_BEGINNINGS, new) or _part(_ENDINGS, old) != _part(_ENDINGS, new):
        return "it begins or ends otherwise"
    if new in (*_doubled(old), *_swapped(old)) or old in _doubled(new):
        return ""
    in_long_word = min(len(old), len(new)) >= _LONG and old[-2:] == new[-2:]  # at the end it would be a plural
    if not (in_long_word and (new in _longer(old) or old in _longer(new))):
        return "only a letter doubled, two swapped, or one lost or added in a long word are surely a slip"
    others = sorted(word for word in {*_longer(old), *_shorter(old), *_other_letter(old)} - {new} if is_word(word))
    return f'it may have been meant for "{others[0]}"' if others else ""


def american(word: str) -> str:
    """A word in small letters as it is spelt in the United States, as far as there are rules for that."""
    for british, instead in _AMERICAN:
        word = british.sub(instead, word)
    return word


def _is_known(word: str, is_word: IsWord) -> bool:
    return is_word(word) or is_word(american(word))


def _part(pattern: re.Pattern[str], word: str) -> str:
    found = pattern.search(word) if pattern is _ENDINGS else pattern.match(word)
    return found[0] if found else ""


def _doubled(word: str) -> list[str]:
    """The word with each of its letters doubled."""
    return [word[: at + 1] + word[at:] for at in range(len(word))]


def _swapped(word: str) -> list[str]:
    return [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]


def _longer(word: str) -> Iterator[str]:
    """The word with a letter more behind its first."""
    return (word[:at] + letter + word[at:] for at in range(1, len(word) + 1) for letter in ascii_lowercase)


def _shorter(word: str) -> Iterator[str]:
    return (word[:at] + word[at + 1 :] for at in range(1, len(word)))


def _other_letter(word: str) -> Iterator[str]:
    return (word[:at] + letter + word[at + 1 :] for at in range(1, len(word)) for letter in ascii_lowercase)
