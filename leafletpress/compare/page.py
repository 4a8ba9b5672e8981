"""The change report: one page for whoever reviews a change."""

import base64
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from leafletpress.compare.alerts import Speech
from leafletpress.compare.changes import Changes
from leafletpress.compare.marks import in_islands, marked_as
from leafletpress.compare.overview import (
    BOXES,
    NAMES,
    counts,
    excerpt,
    files,
    lines,
    only_references,
    sides,
    withheld,
    without_repeats,
)
from leafletpress.model.handout import Direction
from leafletpress.model.text.islands import islands
from leafletpress.publish.files import put, writing
from leafletpress.write.page import make_page

_MOST_TEXTS = 2_000


def _filters(speeches: Mapping[str, Speech]) -> dict[str, Callable[..., Any]]:
    """What the template of the report asks for."""
    return {
        "sides": sides,
        "excerpt": excerpt,
        "without_repeats": without_repeats,
        "unmarked": lambda text: marked_as(text, ""),
        "in_islands": in_islands,
        "parts": parts,
        "files": files,
        "png": lambda content: f"data:image/png;base64,{base64.b64encode(content).decode()}",
        "language": lambda locale: speeches[locale].name if locale in speeches else locale,
        "tag": lambda locale: locale.replace("_", "-"),
        "plain": lambda name: name.replace("_", " ").replace("-", " "),
        "many": lambda number, noun: f"{number} {noun}{'' if number == 1 else 's'}",
    }


def parts(word: str, direction: Direction) -> Iterable[tuple[str, bool]]:
    """A word of a leaflet in stretches, with whether each is an island in right-to-left text."""
    return islands(word) if direction == "rtl" else ((word, False),)


def page(changes: Changes, speeches: Mapping[str, Speech], texts: Mapping[str, str]) -> bytes:
    """The report as one HTML page in UTF-8 that refers to nothing outside; raises LeafletError.

    `texts` are those of templates/report/ by name.
    """
    template = make_page(texts, "report/page.html.j2", _filters(speeches), {})
    numbered = list(enumerate(changes.texts, start=1))
    changed = [one for one in numbered if not only_references(one[1])]
    references = [one for one in numbered if only_references(one[1])]
    return (
        template.render(
            changes=changes,
            counts=counts(changes),
            lines=lines(changes),
            disagreeing=list(changes.disagreeing()),
            texts=changed[:_MOST_TEXTS],
            references=references[:_MOST_TEXTS],
            more_texts=max(len(changed) - _MOST_TEXTS, 0) + max(len(references) - _MOST_TEXTS, 0),
            withheld=withheld(changes),
            pages=[one for one in changes.documents if one.pages and one.pages.pictured],
            more_pages=sum(one.pages.changed - len(one.pages.pictured) for one in changes.documents if one.pages),
            names=NAMES,
            boxes=BOXES,
        )
        .lstrip()
        .encode()
    )


def write(path: Path, label: str, content: bytes) -> None:
    """Write a report, all of it or nothing; raises LeafletError (exit code 4)."""
    with writing(label):
        put(path, content)
