"""The words of English and how many syllables they have, by the CMU pronouncing dictionary."""

from functools import cache


@cache
def _counts() -> dict[str, int]:
    from pysyllables import SYLLABLE_COUNTS  # reads a megabyte when it is imported, which most commands need not

    return dict(SYLLABLE_COUNTS)


def spoken_syllables(word: str) -> int | None:
    """The syllables of a word in small letters; None where the dictionary lacks it."""
    return _counts().get(word)


def is_word(word: str) -> bool:
    """Whether the dictionary has a word, in small letters."""
    return word in _counts()
