"""What the commands for catalogs take alike: which languages and conditions, and what they remember."""

from collections.abc import Callable, Iterable
from typing import Any

import click

from leafletpress.build.freshness.cache import Cache
from leafletpress.build.library import Project
from leafletpress.cli.say import locale_names
from leafletpress.model.problems import ExitCode, Problem

_CACHE = ".cache/catalogs"
_MOST_BYTES = 200_000_000
_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

only_locales: _Decorator = click.option(
    "--locale", "locales", multiple=True, callback=locale_names, help="Only this language, e.g. zh-Hans (repeatable)."
)
only_conditions: _Decorator = click.option(
    "--condition", "conditions", multiple=True, help='Only this condition; "furniture": the words of all (repeatable).'
)
as_json: _Decorator = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
no_cache: _Decorator = click.option(
    "--no-cache", is_flag=True, help="Read all catalogs, those too that did not change since the last time."
)


def cache_of(project: Project, *, unused: bool) -> Cache | None:
    """Where answers for catalogs are kept, None where that is `unused`."""
    return None if unused else Cache(project.root / _CACHE, _CACHE, _MOST_BYTES)


def code_of(problems: Iterable[Problem]) -> ExitCode:
    """The exit code of a command that found these problems."""
    return ExitCode.CONTENT if any(problem.severity == "error" for problem in problems) else ExitCode.OK
