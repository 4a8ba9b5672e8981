"""The words of English and how many syllables they have, by the CMU pronouncing dictionary."""

from functools import cache
from importlib.metadata import distribution
from pathlib import Path

# The package reads its list in the encoding of the machine, which may lack its letters.
_LIST = "pysyllables/syllable-counts.txt"


@cache
def _counts() -> dict[str, int]:
    path = Path(str(distribution("pysyllables").locate_file(_LIST)))
    lines = path.read_text(encoding="utf-8").splitlines()
    return {word: int(count) for word, count in map(str.split, lines)}


def spoken_syllables(word: str) -> int | None:
    """The syllables of a word in small letters; None where the dictionary lacks it."""
    return _counts().get(word)


def is_word(word: str) -> bool:
    """Whether the dictionary has a word, in small letters."""
    return word in _counts()
