"""Shows how far a build is: as a bar that moves, or line by line where nobody watches."""

import sys
from collections.abc import Collection
from typing import Any

from leafletpress.build.publishing import Outcome
from leafletpress.cli.say import say_error, say_problems
from leafletpress.model.problems import Problem


class Progress:
    """A live bar on a terminal, plain lines elsewhere, nothing when quiet; `reported` are problems that it named."""

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self._verbose = verbose and not quiet
        self._lines = not quiet and not sys.stderr.isatty()
        self._live = not quiet and not self._lines
        self._bar: Any = None
        self._task: Any = None
        self._count = self._total = 0
        self.reported: Collection[Problem] = ()

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, name: str) -> None:
        """The next of the five steps begins."""
        if self._verbose:
            say_error(name)

    def begin(self, total: int) -> None:
        """There are this many documents."""
        self._total = total
        if self._live and total:
            self._bar = _bar()
            self._task = self._bar.add_task("", total=total)
            self._bar.start()

    def missing(self, problems: Collection[Problem]) -> None:
        """These fonts are missing."""
        self.reported = problems
        say_problems(problems)

    def done(self, outcome: Outcome) -> None:
        """One document is done."""
        self._count += 1
        path = outcome.document.path
        state = outcome.row.state if outcome.row else "failed"
        if self._bar:
            self._bar.update(self._task, advance=1, description=path)
            if self._verbose:
                self._bar.console.print(f"{path}: {state}", highlight=False)
        elif self._lines:
            say_error(f"[{self._count}/{self._total}] {path}: {state}")


def _bar() -> Any:
    """A bar on a terminal; imported when there is something to do."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("leaflets"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    return Progress(*columns, console=Console(stderr=True), transient=True)
