"""What writers report of the libraries under them, once these are loaded: reported once a build, whoever writes."""

from collections.abc import Iterable

from leafletpress.model.problems import Problem

_REPORTED: dict[Problem, None] = {}


def report(warnings: Iterable[Problem]) -> None:
    """Have these reported with what this process writes."""
    _REPORTED.update(dict.fromkeys(warnings))


def reported() -> tuple[Problem, ...]:
    """All that was reported in this process."""
    return tuple(_REPORTED)
