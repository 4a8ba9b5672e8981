"""Prints a survey for a person: a line for each condition, or some lines for each leaflet."""

import sys
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from leafletpress.build.desk.rows import ROW_STATES, Folded, Row, SignedBy, folded
from leafletpress.build.desk.survey import Survey
from leafletpress.cli.say import called

_FEW = 3  # languages, or parts of a text, that are named; of more there is the number


def say_folded(found: Survey) -> None:
    """A line for each condition: its leaflets by state, when it is reviewed next, what to do first."""
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"Leaflets of {found.site.id} on {found.today}", title_justify="left")
    for column in ("condition", "states", "next review", "what to do first"):
        table.add_column(column)
    for one in folded(found.rows):
        table.add_row(one.condition, _states(one), one.next_review or "–", _first(one, found))
    Console(width=None if sys.stdout.isatty() else 140, markup=False, emoji=False, highlight=False).print(table)
    _say_counts(found)
    print(called("Each leaflet: leafletpress status with --condition, --locale, --audience, --state or --due"))


def say_rows(found: Survey) -> None:
    """Some lines for each leaflet: what is known of it, and what to do."""
    for row in found.rows:
        print(_head(row, found))
        for line in _about(row, found):
            print(f"  {line}")
    _say_counts(found)


def _say_counts(found: Survey) -> None:
    counts = Counter(row.state for row in found.rows)
    listed = ", ".join(f"{counts[state]} {state}" for state in ROW_STATES if counts[state])
    conditions = len({row.condition for row in found.rows})
    print(f"{_many(conditions, 'condition')}, {_many(len(found.rows), 'leaflet')}{': ' if listed else ''}{listed}")
    held_back = [row for row in found.rows if row.is_held_back]
    published = sum(row.published is not None for row in held_back)
    of_those = f", {published} of which were published" if published else ""
    print(f"A release would withhold {len(held_back) or 'none'}{of_those}.")


def _states(one: Folded) -> str:
    """How many leaflets are in each state, and in which languages where these are few."""
    parts = []
    for state, rows in one.states.items():
        locales = list(dict.fromkeys(row.locale for row in rows if row.locale))
        named = f" ({', '.join(locales)})" if 0 < len(locales) <= _FEW else ""
        parts.append(f"{len(rows)} {state}{named}")
    return ", ".join(parts)


def _first(one: Folded, found: Survey) -> str:
    row = one.first
    if not row.next_step:
        return "–"
    whose = ", ".join(filter(None, (_language(row.locale, found), row.audience)))
    return called(f"{whose}: {row.next_step}" if whose else row.next_step)


def _head(row: Row, found: Survey) -> str:
    named = [row.condition, _language(row.locale, found) or "all languages", row.audience or "all audiences"]
    revision = f"-{row.revision}" if row.revision is not None else ""
    code = f" ({row.code} {row.version}{revision})" if row.code else ""
    age = row.age(found.today)
    since = f", since {row.since} ({_many(age, 'day')})" if age is not None else ""
    return f"{' · '.join(named)}{code}: {row.state}{since}"


def _about(row: Row, found: Survey) -> Iterator[str]:
    if row.state == "unreadable":
        yield from (f"problem: {problem}" for problem in row.problems)
        return
    if row.withheld:
        yield f"withheld: {row.withheld}"
    yield from (f"signed: {_signed_by(one)}" for one in row.signed)
    yield from (f"void: {_signed_by(one)}, changed since: {_changed(one)}" for one in row.void)
    missing = [f"{number} {reason}" for reason, number in row.gaps.items()]
    missing += [
        f"{locale} {' and '.join(role for _, role in roles)}" for locale, roles in groupby(row.waiting, itemgetter(0))
    ]
    missing += [f"{_many(row.not_put_back, 'safety text')} not put back into English"] if row.not_put_back else []
    if missing:
        yield f"missing: {', '.join(missing)}{f'; first text: {row.first_gap}' if row.first_gap else ''}"
    if row.published:
        revision = f"-{row.published.revision}" if row.published.revision is not None else ""
        yield f"published last: {row.published.version}{revision} on {row.published.day}"
    left = row.days_left(found.today)
    if left is not None and row.state != "withdrawn":
        distance = f"in {_many(left, 'day')}" if left >= 0 else f"{_many(-left, 'day')} ago"
        yield f"next review: {row.next_review}, {distance}"
    if row.next_step:
        yield called(f"next: {row.next_step}")


def _signed_by(one: SignedBy) -> str:
    return f"{one.name}, {one.credential}, as {one.role} on {one.day}, version {one.version}"


def _changed(one: SignedBy) -> str:
    more = f" and {len(one.changed) - _FEW} more" if len(one.changed) > _FEW else ""
    return f"{', '.join(one.changed[:_FEW])}{more}"


def _language(locale: str | None, found: Survey) -> str:
    return found.languages.get(locale, locale) if locale else ""


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
