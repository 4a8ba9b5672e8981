"""The words that a language's translations agree on: terms, words that say "not", words that may stand twice."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from leafletpress.model.text.letters import alike

_ANY = "*"
# Scripts that write without spaces between words: Thai, Lao, Myanmar, Khmer, Han and Kana.
_WITHOUT_SPACES = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Term:
    """An English term (singular) and how it is translated: in one of the forms of `translation`, or not (`keep`).

    `forbidden` words must not stand in the translation of a text with this term.
    """

    term: str
    translation: tuple[str, ...] = ()
    keep: bool = False
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True)
class Glossary:
    """A language's glossary; `negations` say "not", `repeated` words may stand twice in a row.

    `foreign` are words and phrases of other languages in its texts, each with its language (BCP 47).
    """

    negations: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    foreign: tuple[tuple[str, str], ...] = ()

    @cached_property
    def _by_name(self) -> dict[str, Term]:
        return {folded(term.term): term for term in self.terms}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest_first = sorted(self._by_name, key=len, reverse=True)
        return re.compile(rf"(?<!\w)({'|'.join(map(re.escape, longest_first))})(?:e?s)?(?!\w)")

    def terms_in(self, english: str) -> Iterator[Term]:
        """The terms that an English text uses, each once; the longest wins ("calcium channel blocker")."""
        if self.terms:
            yield from dict.fromkeys(self._by_name[found] for found in self._pattern.findall(folded(english)))


@lru_cache(maxsize=4_000)  # the same words of a glossary, for every text
def folded(text: str) -> str:
    """The text as it is compared: what reads alike written alike, in small letters, with single spaces."""
    return " ".join(alike(text).split())


def words(text: str) -> list[str]:
    """The words of a text: letters with their marks, and digits."""
    return "".join(map(_or_space, text)).split()


@cache
def _or_space(char: str) -> str:
    return char if unicodedata.category(char)[0] in "LMN" or char in "\u200c\u200d" else " "


def without_spaces(text: str) -> bool:
    """Whether a text is in a script that writes without spaces between words."""
    return _WITHOUT_SPACES.search(text) is not None


def says(text: str, form: str) -> bool:
    """Whether a text holds a word or words; in scripts without spaces, anywhere in it."""
    return times(text, (form,)) > 0


def times(text: str, forms: tuple[str, ...]) -> int:
    """How often a text holds one of these words; a * at either end of one stands for any letters."""
    return sum(1 for _ in pattern(forms).finditer(spaced(text)))


@lru_cache(maxsize=1_000)
def pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """What these words match in `spaced` text, each in a group of its own; the first that fits counts."""
    return re.compile("|".join(f"({_of_form(form)})" for form in forms) or r"(?!)")


def _of_form(form: str) -> str:
    word = folded(form.strip(_ANY))
    if without_spaces(word):
        return re.escape(word)
    before, behind = ("[^ ]*" if is_open else "" for is_open in (form.startswith(_ANY), form.endswith(_ANY)))
    return f"(?<= ){before}{re.escape(' '.join(words(word)))}{behind}(?= )"


@lru_cache(maxsize=1_000)  # every text is asked for each word of a glossary
def spaced(text: str) -> str:
    """The words of a text, each with a space before and behind it."""
    return f" {' '.join(words(folded(text)))} "
