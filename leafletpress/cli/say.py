"""What all commands say alike: problems, the folder of the project, names of languages as people type them."""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from leafletpress.model.problems import Problem

ROOT = Path(__file__).parent.parent.parent


def locale_names(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    """Languages as their folders are called."""
    return tuple(map(locale_name, names))


def locale_name(tag: str) -> str:
    """A language as its folder is called: zh-Hans is zh_Hans."""
    return tag.replace("-", "_")


def say_error(text: str) -> None:
    """A line for a person, apart from what is printed for programs."""
    print(text, file=sys.stderr, flush=True)


def say_problems(problems: Iterable[Problem]) -> None:
    """One line each."""
    for problem in problems:
        say_error(str(problem))


def problem_json(problem: Problem) -> dict[str, Any]:
    """A problem for programs."""
    return {
        "file": problem.origin.file,
        "line": problem.origin.line,
        "column": problem.origin.column,
        "severity": problem.severity,
        "text": problem.text,
        "hint": problem.hint,
    }
