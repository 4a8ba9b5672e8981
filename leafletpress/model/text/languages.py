"""English words in text of another script: a screen reader says them in English when it is told that they are."""

import re
from collections.abc import Iterable, Iterator

from leafletpress.model.locale import SOURCE

# Whole words of Latin letters, those in a row together; no parts of an address, and no letters with figures.
_WORD = r"(?<![A-Za-z0-9./@:_+-])[A-Za-z][A-Za-z’'-]*[A-Za-z](?![A-Za-z0-9/@_]|[.:][A-Za-z0-9/])"
_WORDS = re.compile(rf"{_WORD}(?:[ \u00a0]{_WORD})*")
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


def by_language(text: str) -> Iterator[tuple[str, str | None]]:
    """The text in stretches: Latin words are taken for English, the rest is in the language around it (None)."""
    at = 0
    for found in _WORDS.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], None
        yield found[0], SOURCE
        at = found.end()
    if at < len(text):
        yield text[at:], None


def is_latin(texts: Iterable[str]) -> bool:
    """Whether most letters of the texts are Latin ones."""
    whole = "".join(texts)
    return 2 * len(_LATIN.findall(whole)) >= sum(map(str.isalpha, whole))
