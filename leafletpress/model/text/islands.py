"""Left-to-right islands in right-to-left text: numbers, phones, doses, addresses and Latin words keep their order."""

import re
from collections.abc import Iterator

# From the first to the last Latin letter or digit of a stretch, with the signs that belong to it: +44, 38 °C, 20 %.
_CORE = r"A-Za-z0-9\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u2070-\u209f\u00c0-\u024f\u1e00-\u1eff"
_INNER = r" \u00a0\u202f.,:;/%°&@#?=~'’()+*×<>≥≤_\-\u2010\u2011\u2013"
_ISLAND = re.compile(rf"[+<>≥≤~]*[{_CORE}](?:[{_INNER}]*[{_CORE}])*(?:[ \u00a0\u202f]?[%°](?:[CF]\b)?)?")


def islands(text: str) -> Iterator[tuple[str, bool]]:
    """The text in stretches, each with whether it is an island; the stretches together are the text."""
    at = 0
    for found in _ISLAND.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    if at < len(text):
        yield text[at:], False
