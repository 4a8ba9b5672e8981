"""How hard a text is to read: the Flesch-Kincaid grade, raw and with the declared exceptions.

The grade is 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (Kincaid and others, 1975).
Syllables come from the CMU pronouncing dictionary, for a word it lacks from Pyphen's English patterns.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyphen

from leafletpress.build.dictionary import spoken_syllables

_WORD = re.compile(r"[A-Za-z0-9]+(?:['’-][A-Za-z0-9]+)*")
_SENTENCE_END = re.compile(r"(?<![.!?])[.!?]++(?=\s|$)")
_NEUTRAL = "this"


@dataclass(frozen=True, slots=True)
class Grade:
    """US school grades: `raw` of the text as written, `adjusted` with each exception read as one short word."""

    raw: float
    adjusted: float


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_GB")


@cache
def syllables(word: str) -> int:
    """Number of syllables of one English word, at least 1."""
    spoken = spoken_syllables(word.lower())
    if spoken is not None:
        return max(1, spoken)
    parts = re.split(r"[-’']", word)
    if len(parts) > 1:
        return max(1, sum(syllables(part) for part in parts if len(part) > 1))
    return len(_hyphenation().positions(word)) + 1


def _grade(text: str) -> float:
    words = _WORD.findall(text)
    if not words:
        return 0.0
    sentences = max(1, len(_SENTENCE_END.findall(text)))
    spoken = sum(syllables(word) for word in words)
    return 0.39 * len(words) / sentences + 11.8 * spoken / len(words) - 15.59


def grade(texts: Iterable[str], exceptions: Iterable[str]) -> Grade:
    """Grade of `texts` (plain, one block, item or heading each); a full stop is put after each that lacks one.

    `exceptions` are the names (of the condition, of drugs) that a reader can't be spared; case is ignored.
    """
    closed = [text if text.rstrip().endswith((".", "!", "?")) else text.rstrip() + "." for text in texts]
    raw = " ".join(closed)
    names = sorted(exceptions, key=len, reverse=True)
    adjusted = raw
    if names:
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, names)) + r")\b", re.IGNORECASE)
        adjusted = pattern.sub(_NEUTRAL, raw)
    return Grade(_grade(raw), _grade(adjusted))
