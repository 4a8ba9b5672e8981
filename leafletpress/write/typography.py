"""How runs are set on a page: which of them no line may part, and how a text is written in a style sheet."""

import re
from collections.abc import Iterator
from dataclasses import replace

from markupsafe import Markup

from leafletpress.model.handout import Run, Text

_ISOLATE_LEFT_TO_RIGHT, _END_ISOLATE = "\u2066", "\u2069"
# The end of a text that a line must not part from what follows: a word, or a few characters of a script without spaces.
# These begin with a letter or full stop, not with a sign that joins the letter before, nor behind one that joins two.
_HAN = r"\u2e80-\uffef"


_THAI = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # with Lao, Myanmar, Khmer


_THAI_LETTER = r"(?<![\u1039\u17d2])(?=[\w\u104a\u104b\u17d4-\u17da])"


_LAST_WORD = re.compile(rf"(?:[^\s{_THAI}{_HAN}]{{1,30}}|{_THAI_LETTER}[{_THAI}]{{1,8}}|[{_HAN}]{{1,3}})$")


_COUNTERS = {"page": "counter(page)", "pages": "counter(pages)"}


def tied(text: Text) -> Iterator[tuple[Run, ...]]:
    """The runs in groups that no line may break: a reference number stays with the word it belongs to."""
    runs = list(text.runs)
    while runs:
        run = runs.pop(0)
        if run.raised or not (runs and runs[0].raised):
            yield (run,)
            continue
        last = _LAST_WORD.search(run.text)
        start = last.start() if last else len(run.text)
        if run.island and start:  # an island is one piece: cut, its parts would change places
            yield (run,)
            continue
        if start:
            yield (replace(run, text=run.text[:start]),)
        yield replace(run, text=run.text[start:]), runs.pop(0)


def css_content(text: Text) -> Markup:
    """The value of a CSS `content` property that prints the text; page fields become counters."""
    parts = []
    for run in text.runs:
        if run.field:
            parts.append(_COUNTERS[run.field])
            continue
        isolated = f"{_ISOLATE_LEFT_TO_RIGHT}{run.text}{_END_ISOLATE}" if run.island else run.text
        escaped = "".join(char if char.isalnum() or char in " \u00a0" else f"\\{ord(char):x} " for char in isolated)
        parts.append(f'"{escaped}"')
    return Markup(" ".join(parts))
