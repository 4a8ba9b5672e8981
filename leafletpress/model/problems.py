"""What can be wrong and where: every part reports its problems in these words."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal, TypeVar

T = TypeVar("T")
Severity = Literal["error", "warning"]
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # a terminal would do what they say


class ExitCode(IntEnum):
    """The exit codes of the command; of several the first in `_BY_WEIGHT` counts."""

    OK = 0
    CONTENT = 1
    USAGE = 2
    WITHHELD = 3
    MISSING = 4


_BY_WEIGHT = (ExitCode.MISSING, ExitCode.CONTENT, ExitCode.USAGE, ExitCode.WITHHELD, ExitCode.OK)


def weightiest(codes: Iterable[ExitCode]) -> ExitCode:
    """The exit code that counts when there are several; OK when there is none."""
    return min(codes, key=_BY_WEIGHT.index, default=ExitCode.OK)


@dataclass(frozen=True, slots=True, order=True)
class Origin:
    """A place in a file: the path as the user knows it, line and column counted from 1 (0: the whole file)."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" if self.line else self.file


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: where, what, and what to do about it."""

    origin: Origin
    text: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        mark = "warning: " if self.severity == "warning" else ""
        text = f"{self.origin}: {mark}{self.text}" + (f" ({self.hint})" if self.hint else "")
        return _CONTROLS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


class LeafletError(Exception):
    """The user's input or machine is at fault: all problems found, and the exit code they lead to."""

    def __init__(self, problems: Iterable[Problem], exit_code: ExitCode = ExitCode.CONTENT) -> None:
        self.problems = tuple(problems)
        self.exit_code = exit_code
        super().__init__(self.problems, exit_code)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


def attempt(read: Callable[[], T], problems: list[Problem]) -> T | None:
    """What a reader gives; None where it can't be read, and then its problems are added to these."""
    try:
        return read()
    except LeafletError as error:
        problems.extend(error.problems)
        return None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for a misspelt word: the closest known one, else all of them where they are few."""
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    if close:
        return f'did you mean "{close[0]}"?'
    return f"known: {', '.join(names)}" if 0 < len(names) <= 17 else ""
