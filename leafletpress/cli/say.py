"""What all commands print and read alike: problems, and names of languages as people type them."""

import json
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from io import TextIOWrapper
from typing import Any

import click

from leafletpress.model.locale import locale_name
from leafletpress.model.problems import Problem

_NEUTRAL = "leafletpress "  # how hints call the program
_called = _NEUTRAL


def call_program(name: str) -> None:
    """Have hints call the program as this person does: "leafletpress", or "script/build" in a checkout."""
    global _called
    _called = f"{name} "


def called(text: str) -> str:
    """A text that names the command, as it is typed here."""
    return text.replace(_NEUTRAL, _called)


def locale_names(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Languages as their folders are called."""
    return tuple(map(locale_name, names))


def say_error(text: str) -> None:
    """A line for a person, apart from what is printed for programs; work goes on where nobody can read it."""
    with suppress(OSError):
        print(text, file=sys.stderr, flush=True)


def say_problems(problems: Iterable[Problem]) -> None:
    """One line each."""
    for problem in problems:
        say_error(str(_called_rightly(problem)))


def _called_rightly(problem: Problem) -> Problem:
    """A problem whose hint names the command as it is typed here."""
    return replace(problem, hint=called(problem.hint))


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem for programs."""
    problem = _called_rightly(problem)
    return {
        "file": problem.origin.file,
        "line": problem.origin.line,
        "column": problem.origin.column,
        "severity": problem.severity,
        "text": problem.text,
        "hint": problem.hint,
    }


def say_json(content: Any) -> None:
    """Print JSON; letters that stdout can't take are escaped, so that it says the same everywhere."""
    text = _with_letters(json.dumps(content, ensure_ascii=False, indent=1))
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(json.loads(text), indent=1)
    print(text)


def _with_letters(text: str) -> str:
    """A text with the letters of paths, which Python keeps as surrogates where the machine knows none (PEP 383)."""
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def say_file(content: str) -> None:
    """Print what belongs into a file: in UTF-8, whatever letters the terminal has."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    print(content, end="")
