"""Sees that what a command prints is printed: in letters that its reader's terminal has, and to the end."""

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from io import TextIOWrapper
from typing import ParamSpec, TextIO

from leafletpress.model.problems import ExitCode

_P = ParamSpec("_P")


def printing(command: Callable[_P, int]) -> Callable[_P, int]:
    """Have a command print to any stdout, with "?" for letters that it can't take.

    Where stdout takes nothing more (its reader is gone, its disk is full), that is one line and exit code 4.
    """

    @wraps(command)
    def run(*arguments: _P.args, **named: _P.kwargs) -> int:
        stdout, stderr = _open()
        try:
            code = command(*arguments, **named)
            stdout.flush()
        except SystemExit:  # click and rich end so where the reader of a pipe is gone, and nothing else does
            code = _lost(stdout, stderr, os.strerror(errno.EPIPE))
        except OSError as error:
            if _takes(stdout, "\n"):
                raise
            code = _lost(stdout, stderr, error.strerror)
        sys.stdout, sys.stderr = stdout, stderr  # click puts others there
        if not _takes(stderr):
            _let_go(stderr)
        return code

    return run


def _open() -> tuple[TextIO, TextIO]:
    """The streams to print to; where stdout is closed, one that fails, so that nobody takes for read what is not."""
    if sys.stdout is None:
        sys.stdout = os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")
    if isinstance(sys.stdout, TextIOWrapper) and sys.stdout.errors in ("strict", "surrogateescape"):
        sys.stdout.reconfigure(errors="replace")
    return sys.stdout, sys.stderr


def _takes(stream: TextIO, text: str = "") -> bool:
    """Whether a stream takes what it holds, and this text."""
    try:
        print(text, end="", file=stream, flush=True)
    except OSError:
        return False
    return True


def _lost(stdout: TextIO, stderr: TextIO, why: str | None) -> ExitCode:
    _takes(stderr, f"stdout: can't be written: {why}\n")
    _let_go(stdout)
    return ExitCode.MISSING


def _let_go(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere: Python would fail with it once more, as it ends."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
