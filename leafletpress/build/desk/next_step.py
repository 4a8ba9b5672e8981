"""What somebody has to do next for a leaflet, as one sentence with the command that does it, where there is one."""

from collections import Counter
from collections.abc import Sequence

from leafletpress.compose.handouts import Composition
from leafletpress.model.approval import Waiting
from leafletpress.model.gap import Gap
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import Problem
from leafletpress.model.releases import Releases, text_version, unnumbered_in


def next_step(made: Composition, releases: Releases, not_put_back: Sequence[str], fault: Problem | None) -> str:
    """What to do first for a handout, "" where nothing is: it is approved, or withdrawn.

    First comes what voids signatures when it is done, last the signatures. `not_put_back` are safety texts that the
    site wants to be put back into English; `fault` is what is wrong with a file of it.
    """
    handout, standing = made.handout, made.standing
    if standing.state == "withdrawn":
        return ""
    if fault:
        return f"mend {fault}"
    if standing.state == "expired":
        return "review text, figures and sources, then set version, written and next_review"
    if made.gaps:
        return _close(made.gaps)
    key = handout.condition, handout.locale, handout.audience
    found = unnumbered_in(releases, key, text_version(handout))
    if found and found.part == "version":
        return f"raise the version: leafletpress bump {handout.condition} --why TEXT"
    if found:
        return "raise the revision: leafletpress catalogs update"
    if not_put_back:
        texts = f"safety text{'' if len(not_put_back) == 1 else 's'}"
        command = f"leafletpress catalogs backtranslate {handout.locale}"
        return f"have {len(not_put_back)} {texts} put back into English: {command}"
    return _sign(standing.waiting, handout.locale) if standing.waiting else ""


def next_step_of_unmade(condition: str, locale: str | None = None, audience: str | None = None) -> str:
    """What to do with a leaflet, in a language for an audience or in all, that was published and has no source."""
    of = "".join(f" --{name} {value}" for name, value in (("locale", locale), ("audience", audience)) if value)
    return f"withdraw it: leafletpress withdraw {condition}{of} --why TEXT"


def _close(gaps: tuple[Gap, ...]) -> str:
    """What to do about texts that can't be printed: of the reasons, the author's first."""
    counts = Counter(gap.reason for gap in gaps)
    first = {gap.reason: gap.origin for gap in reversed(gaps)}
    if number := counts["unfinished"]:
        return f"write what still says FILL IN: {_texts(number)}, first {first['unfinished']}"
    if counts["unreachable"]:
        return f"give people a number to call: {first['unreachable']}"
    listed = ", ".join(f"{number} {reason}" for reason, number in counts.items())
    return f"translate {_texts(counts.total())} ({listed}), first {gaps[0].origin}"


def _texts(number: int) -> str:
    return f"{number} text{'' if number == 1 else 's'}"


def _sign(waiting: tuple[Waiting, ...], locale: str) -> str:
    """Whose signature to ask for: for this text, or, when it has its own, for its English."""
    own = [role for of, role in waiting if of == locale]
    if own:
        return f"have it signed by {' and '.join(own)}"
    return f"have its English signed by {' and '.join(role for of, role in waiting if of == SOURCE)}"
