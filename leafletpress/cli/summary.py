"""What came of a build, for a person: a line for each problem, a row for each handout, and a line of counts."""

import sys
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from leafletpress.build.publishing import Outcome, is_of
from leafletpress.build.run import Build
from leafletpress.model.document import Document
from leafletpress.model.problems import Origin, Problem
from leafletpress.publish.manifest import Row


def say_summary(built: Build, folder: Path, *, all_rows: bool) -> None:
    """One row a handout: its formats, sides, status; with `all_rows`, those that stayed as they were too."""
    handouts: dict[tuple[str, str, str, str], list[Outcome]] = defaultdict(list)
    for outcome in built.outcomes:
        handouts[_handout(outcome.document)].append(outcome)
    stayed: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in built.unchanged:
        if all_rows or row.state == "withheld":
            stayed[_handout(row.document)].append(row)
    if handouts or stayed:
        _say_table(built, folder, handouts, stayed)
    rows = [outcome.row for outcome in built.outcomes if outcome.row]
    published = sum(row.state == "built" for row in rows)
    unchanged = sum(row.state == "built" for row in built.unchanged)
    cached = sum(outcome.cached for outcome in built.outcomes)
    print(
        f"{published} built, {len(rows) - published + len(built.unchanged) - unchanged} withheld, "
        f"{len(built.outcomes) - len(rows)} failed, {unchanged} unchanged"
        + (f"; {cached} came from the cache" if cached else "")
    )


def outcome_problems(
    outcomes: Iterable[Outcome], reported: Collection[Problem] = (), *, each: bool = False
) -> Iterator[Problem]:
    """What was wrong with documents and is not `reported` yet.

    What is wrong with many is reported once, with the first and how many more, or for `each` of them.
    """
    found: dict[tuple[Origin | None, str, str, str], dict[Document, Problem]] = defaultdict(dict)
    for outcome in outcomes:
        for problem in outcome.problems:
            place = None if is_of(problem.origin, outcome.document) else problem.origin
            key = (place, problem.text, problem.hint, problem.severity)
            if problem not in reported:
                found[key].setdefault(outcome.document, problem)
    for (place, *_), problems in found.items():
        if len(problems) == 1:
            yield from problems.values()
            continue
        named = [f"{place} in {one.path}" if place else str(problem.origin) for one, problem in problems.items()]
        first = next(iter(problems.values()))
        for name in named if each else [f"{named[0]} and {len(named) - 1} more"]:
            yield replace(first, origin=Origin(name))


def _handout(document: Document) -> tuple[str, str, str, str]:
    return document.condition, document.locale, document.audience, document.edition


def _say_table(
    built: Build,
    folder: Path,
    handouts: Mapping[tuple[str, str, str, str], list[Outcome]],
    stayed: Mapping[tuple[str, str, str, str], list[Row]],
) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Leaflets in {folder}", title_justify="left")
    for column in ("condition", "language", "audience", "edition", "formats", "sides", "state"):
        table.add_column(column)
    for key in sorted({*handouts, *stayed}):
        outcomes = handouts.get(key, [])
        rows = [*(outcome.row for outcome in outcomes if outcome.row), *stayed.get(key, ())]
        formats = " ".join(row.format for row in rows if row.state == "built")
        pages = next((str(row.pages) for row in rows if row.pages), "–")
        state = _state(outcomes, rows, len(built.gaps.get(key[:3], ())))
        table.add_row(*key, formats or "–", pages, state)
    Console(width=None if sys.stdout.isatty() else 110).print(table)


def _state(outcomes: list[Outcome], rows: list[Row], gaps: int) -> str:
    if any(outcome.row is None for outcome in outcomes):
        return "failed; the earlier file is kept"
    withheld = next((row.reason for row in rows if row.reason), None)
    if withheld:
        return f"withheld: {withheld}"
    draft = f"draft, {gaps} texts not final" if gaps else "draft"
    return draft if outcomes else f"unchanged, {draft}"
