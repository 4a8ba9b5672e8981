"""Leaflets on the review desk, the worst first, and folded into a line for each condition."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from leafletpress.model.approval import Role, Waiting
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import Problem

# The states of rows, the worst first; a leaflet that can't be read, or that no source makes any more, has no other.
RowState = Literal[
    "unreadable", "no longer made", "expired", "out of date", "draft", "translated", "revised", "approved", "withdrawn"
]
ROW_STATES: tuple[RowState, ...] = get_args(RowState)


@dataclass(frozen=True, slots=True)
class SignedBy:
    """Who signed in which role, on which day (ISO 8601), under which version of the English.

    `changed` are the parts of the text that differ since then, by message context or by name: none where it is valid.
    """

    role: Role
    name: str
    credential: str
    day: str
    version: str
    changed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Published:
    """What was published last: version, revision of the translation, and the first day (ISO 8601) of that text."""

    version: str
    revision: int | None
    day: str


@dataclass(frozen=True, slots=True)
class Row:
    """A leaflet in a language for an audience; None for all of them, where none can be told apart. Days are ISO 8601.

    `since` is the day of the last signature where it is approved, of the missed review where it is expired, of the
    withdrawal, or that from which on it has no source; else that of the newest valid signature, else that of the text:
    when a translator saved it last, or when the English was written. `void` are the last signatures of an earlier text,
    by roles in which nobody signed this one; `waiting` those that it lacks, those of its English included. `gaps`
    counts the texts that can't be printed, by reason; `first_gap` is the place of the first. `not_put_back` counts
    safety texts that nobody put back into English as they stand. `withheld` is why a release withholds it, "" where it
    does not; `next_step` what to do, "" where nothing is. All of it holds from `first_day` to `last_day` ("": no end).
    """

    condition: str
    locale: str | None
    audience: str | None
    state: RowState
    next_step: str
    title: str = ""
    code: str = ""
    version: str | None = None
    revision: int | None = None
    since: str | None = None
    next_review: str | None = None
    signed: tuple[SignedBy, ...] = ()
    void: tuple[SignedBy, ...] = ()
    waiting: tuple[Waiting, ...] = ()
    gaps: Mapping[str, int] = field(default_factory=dict)
    first_gap: str = ""
    not_put_back: int = 0
    withheld: str = ""
    published: Published | None = None
    problems: tuple[Problem, ...] = ()
    first_day: str = ""
    last_day: str = ""

    @property
    def is_held_back(self) -> bool:
        """Whether a release would lack it, though nobody withdrew it."""
        return bool(self.withheld) and self.state != "withdrawn"

    def age(self, today: date) -> int | None:
        """The days since `since`."""
        return (today - date.fromisoformat(self.since)).days if self.since else None

    def days_left(self, today: date) -> int | None:
        """The days until its next review; below 0 where that was missed."""
        return (date.fromisoformat(self.next_review) - today).days if self.next_review else None

    def is_due(self, today: date, days: int) -> bool:
        """Whether its review is past or comes within so many days; nobody reviews what was withdrawn."""
        left = self.days_left(today)
        return left is not None and left <= days and self.state != "withdrawn"


def urgency(row: Row) -> tuple[object, ...]:
    """The order of rows, the worst first.

    First what can't be read; then what a release withholds, what readers have already before what they never had; then
    by state. Of what is alike, what is reviewed next comes first, and English before what rests on it. Audiences stay
    in their order.
    """
    in_english = row.locale in (None, SOURCE)
    return *_weight(row), ROW_STATES.index(row.state), row.next_review or "", not in_english, row.condition, row.locale


def _weight(row: Row) -> tuple[bool, ...]:
    return row.state != "unreadable", not (row.is_held_back and row.published), not row.is_held_back


@dataclass(frozen=True, slots=True)
class Folded:
    """All rows of a condition as one, the worst of them first; `states` counts them, the worst state first."""

    condition: str
    title: str
    rows: tuple[Row, ...]
    states: Mapping[RowState, tuple[Row, ...]]

    @property
    def first(self) -> Row:
        """The row that says what to do first: the worst, or an English one as grave, for translations rest on that."""
        worst = self.rows[0]
        alike = (row for row in self.rows if row.locale == SOURCE and row.next_step and _weight(row) == _weight(worst))
        return next(alike, worst)

    @property
    def held_back(self) -> int:
        """How many of its leaflets a release would lack."""
        return sum(row.is_held_back for row in self.rows)

    @property
    def next_review(self) -> str | None:
        """The day of the next review, None where nothing is left to review."""
        return min((row.next_review for row in self.rows if row.next_review and row.state != "withdrawn"), default=None)


def folded(rows: Iterable[Row]) -> list[Folded]:
    """The conditions, the worst first."""
    groups: dict[str, list[Row]] = {}
    for row in sorted(rows, key=urgency):
        groups.setdefault(row.condition, []).append(row)
    found = []
    for condition, of_it in groups.items():
        states = {state: tuple(row for row in of_it if row.state == state) for state in ROW_STATES}
        title = next((row.title for row in of_it if row.title), condition)
        found.append(Folded(condition, title, tuple(of_it), {state: those for state, those in states.items() if those}))
    return sorted(found, key=_urgency_of_all)


def _urgency_of_all(found: Folded) -> tuple[object, ...]:
    worst = found.rows[0]
    state = ROW_STATES.index(worst.state)
    return *_weight(worst), state, worst.next_review or "", -found.held_back, found.condition
