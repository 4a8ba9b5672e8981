"""What writers have to say of the libraries under them, once these are loaded: told once a build, whoever writes."""

from collections.abc import Iterable

from leafletpress.model.problems import Problem

_SAID: dict[Problem, None] = {}


def say(warnings: Iterable[Problem]) -> None:
    """Have this told with all that this process writes."""
    _SAID.update(dict.fromkeys(warnings))


def said() -> tuple[Problem, ...]:
    """All that was said in this process."""
    return tuple(_SAID)
