"""The change report in short, for the discussion of a change: Markdown that shows texts as they are."""

import html
import re
from collections.abc import Mapping

from leafletpress.compare.alerts import Alert, Speech
from leafletpress.compare.changes import Changes
from leafletpress.compare.overview import BOXES, NAMES, Line, counts, lines, withheld
from leafletpress.model.handout import Direction
from leafletpress.model.text.islands import islands

_MOST_LINES, _MOST_LETTERS = 25, 12_000  # a comment may have 65,536
_ISOLATE, _LEFT_TO_RIGHT, _END = "\u2068", "\u2066", "\u2069"


def summary(changes: Changes, speeches: Mapping[str, Speech]) -> str:
    """Counts, what to look at first, what is withheld."""
    markdown = [f"**What changes in the leaflets:** {_counted(counts(changes))}."]
    markdown += [f"- **Problem:** {_as_it_is(str(problem))}" for problem in changes.problems]
    for change in changes.disagreeing():
        markdown.append(f"- **Problem:** {_as_it_is(change.document.path)} says what its handout's other files do not")
    markdown += _listed("Look here first", [_bullet(line, speeches) for line in lines(changes)])
    for heading, handouts in withheld(changes):
        bullets = [f"- {_named(one.name, speeches)}: {_as_it_is(reason)}" for one, reason in handouts]
        markdown += _listed(heading, bullets)
    return _capped(markdown)


def _listed(heading: str, bullets: list[str]) -> list[str]:
    more = len(bullets) - _MOST_LINES
    if not bullets:
        return []
    return [
        "",
        f"### {heading} ({len(bullets)})",
        *bullets[:_MOST_LINES],
        *([f"- and {more} more"] if more > 0 else []),
    ]


def _capped(markdown: list[str]) -> str:
    kept: list[str] = []
    for line in markdown:
        if sum(map(len, kept)) + len(line) > _MOST_LETTERS:
            kept.append("- the rest is in the report")
            break
        kept.append(line)
    return "\n".join(kept) + "\n"


def _counted(number: Mapping[str, int]) -> str:
    kinds = [f"{number[kind]} {kind}" for kind in ("changed", "new", "gone", "withheld", "released") if number[kind]]
    same = f" ({number['same']} with the same text and look)" if number["same"] else ""
    files = f"files: {', '.join(kinds) or 'none'}{same}"
    return f"{number['handouts']} handouts; {files}; {number['texts']} texts; {number['pages']} pages"


def _bullet(line: Line, speeches: Mapping[str, Speech]) -> str:
    passage = line.version.new or line.version.old
    direction = (passage.text.direction if passage else None) or "ltr"
    reasons = "; ".join(_alert(alert, direction) for alert in line.alerts)
    languages = ", ".join(speeches[locale].name if locale in speeches else locale for locale in line.locales)
    condition, audience = line.text.where[0]
    more = f" and {len(line.text.where) - 1} more" if len(line.text.where) > 1 else ""
    return f"- {reasons} – {_as_it_is(f'{condition}, {audience}{more}: {line.text.heading} ({languages})')}"


def _alert(alert: Alert, direction: Direction) -> str:
    before, after = (" · ".join(_value(word, alert, direction) for word in side) for side in (alert.old, alert.new))
    if before == after or alert.concern in ("main", "english", "around", "moved"):
        return f"**{NAMES[alert.concern]}** {after}"
    if not before or not after:
        return f"**{NAMES[alert.concern]}** {f'lost: {before}' if before else f'new: {after}'}"
    return f"**{NAMES[alert.concern]}** {before} → {after}"


def _value(word: str, alert: Alert, direction: Direction) -> str:
    """A word of a leaflet, whose figures keep their order whatever is around it."""
    if alert.concern == "box":
        return BOXES[word]
    if direction == "rtl":
        word = "".join(f"{_LEFT_TO_RIGHT}{part}{_END}" if island else part for part, island in islands(word))
    return f"{_ISOLATE}{_as_it_is(word)}{_END}"


def _named(name: tuple[str, str, str], speeches: Mapping[str, Speech]) -> str:
    condition, audience, locale = name
    return _as_it_is(f"{condition}, {audience}, {speeches[locale].name if locale in speeches else locale}")


def _as_it_is(text: str) -> str:
    """The text without the mark-up, mentions and addresses that a comment would make of it."""
    plain = re.sub(r"([\\`*_\[\]#|!~])", r"\\\1", html.escape(" ".join(text.split()), quote=False))
    return plain.replace("@", "@\u200b").replace("://", ":\u200b//")
