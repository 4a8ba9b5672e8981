"""The commands: the only module that prints, exits or reads the environment and the clock."""

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from leafletpress import __version__
from leafletpress.build import Build, Outcome, build
from leafletpress.catalogs.update import update
from leafletpress.check import Findings, check, gap_problem
from leafletpress.errors import ExitCode, LeafletError, Problem, weightiest
from leafletpress.library import Project, Wanted, catalog_domains, read_library
from leafletpress.source.schema import write_schema
from leafletpress.source.skeleton import new_leaflet
from leafletpress.templates import read_audiences

_ROOT = Path(__file__).parent.parent
_COMMANDS = ("build", "check", "new", "catalogs", "schema")

_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def main(arguments: list[str]) -> int:
    """Run a command line and give its exit code; where it does not begin with a command, that is `build`."""
    if not arguments or arguments[0] not in (*_COMMANDS, "--help", "--version"):
        arguments = ["build", *arguments]
    try:
        code = commands.main(args=arguments, prog_name="build_leaflets.py", standalone_mode=False)
    except click.exceptions.Abort:
        _say_error("stopped; what was built before is kept")
        return ExitCode.CONTENT
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except LeafletError as error:
        _say_problems(error.problems)
        return error.exit_code
    return int(code or ExitCode.OK)


@click.group()
@click.version_option(__version__)
def commands() -> None:
    """Builds patient and clinician leaflets as PDF, DOCX and HTML. Without a command: build.

    Exit codes: 0 done, 1 problems in content, 2 wrong usage, 3 something withheld, 4 something missing on this machine.
    """


def _locale(_context: click.Context, _option: click.Parameter, names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(name.replace("-", "_") for name in names)


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    options: tuple[_Decorator, ...] = (
        click.option("--condition", "conditions", multiple=True, help="Only this condition (repeatable)."),
        click.option("--locale", "locales", multiple=True, callback=_locale, help="Only this language, e.g. zh-Hans."),
        click.option("--audience", "audiences", multiple=True, help="Only for this audience (repeatable)."),
        click.option("--format", "formats", multiple=True, help="Only this format: html, pdf, docx (repeatable)."),
        click.option("--site", help="The hospital or service, a file of sites/; needed when there are several."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@commands.command("build")
@_filters
@click.option("--output", type=click.Path(path_type=Path), default=None, help="Where to; default: output/.")
@click.option("--release", is_flag=True, help="For the public: withhold what is not fully translated.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Workers; default: one per core.")
@click.option("--quiet", is_flag=True, help="Print problems only.")
@click.option("--verbose", is_flag=True, help="Print each document and each text that is not translated.")
def _build(
    conditions: tuple[str, ...],
    locales: tuple[str, ...],
    audiences: tuple[str, ...],
    formats: tuple[str, ...],
    site: str | None,
    output: Path | None,
    release: bool,
    jobs: int | None,
    quiet: bool,
    verbose: bool,
) -> int:
    """Build the leaflets."""
    wanted = Wanted(conditions, locales, audiences, formats, site)
    folder = output or _ROOT / "output"
    with _Progress(quiet, verbose) as progress:
        built = build(
            Project(_ROOT),
            wanted,
            folder,
            str(output or "output"),
            release=release,
            workers=jobs,
            step=progress.step,
            begin=progress.begin,
            done=progress.done,
        )
    progress.step("5 report")
    _say_problems((*built.problems, *(problem for outcome in built.outcomes for problem in outcome.problems)))
    if verbose and not release:
        _say_problems(dict.fromkeys(gap_problem(gap) for gaps in built.gaps.values() for gap in gaps))
    if not quiet:
        _say_summary(built, folder)
    return weightiest(built.exit_codes)


@commands.command("check")
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def _check(site: str | None, as_json: bool) -> int:
    """Read everything and build nothing: problems, translations, readability."""
    try:
        found = check(read_library(Project(_ROOT), Wanted(site=site)))
        code = ExitCode.CONTENT if any(problem.severity == "error" for problem in found.problems) else ExitCode.OK
    except LeafletError as error:
        found, code = Findings(error.problems, ()), error.exit_code
    if as_json:
        print(_findings_json(found, code))
        return code
    _say_problems(found.problems)
    for reading in found.readings:
        part = reading.section or "whole text"
        grades = f"grade {reading.grade.adjusted:5.1f} (raw {reading.grade.raw:5.1f})"
        print(f"{reading.condition} {reading.audience} {grades}  {part}")
    errors = sum(problem.severity == "error" for problem in found.problems)
    print(f"{errors} errors, {len(found.problems) - errors} warnings")
    return code


@commands.command("new")
@click.argument("condition")
def _new(condition: str) -> int:
    """Make leaflets/CONDITION.yaml, a skeleton to be filled in."""
    project = Project(_ROOT)
    audiences = tuple(read_audiences(project.folder("templates")))
    path = new_leaflet(project.folder("leaflets"), condition, _today(), audiences)
    print(f"{path.relative_to(_ROOT)} is made. Next: fill it in, then catalogs update, then check.")
    return ExitCode.OK


@commands.command("schema")
def _schema() -> int:
    """Write leaflets/leaflet.schema.json, from which editors complete and check."""
    path = write_schema(Project(_ROOT).folder("leaflets"))
    print(f"{path.relative_to(_ROOT)} is written")
    return ExitCode.OK


@commands.group("catalogs")
def _catalogs() -> None:
    """Keep the translations in step with the English."""


@_catalogs.command("update")
@click.option("--locale", "locales", multiple=True, callback=_locale, help="Only this language (repeatable).")
def _update(locales: tuple[str, ...]) -> int:
    """Bring new and changed English texts into locales/: the .pot templates and every .po catalog."""
    project = Project(_ROOT)
    domains, names, problems = catalog_domains(project, locales)
    written, broken = update(project.folder("locales"), domains, names)
    for path in written:
        print(f"{path.relative_to(_ROOT)} is updated")
    _say_problems((*problems, *broken))
    return ExitCode.CONTENT if problems or broken else ExitCode.OK


def _today() -> date:
    return datetime.now().astimezone().date()


class _Progress:
    """A live bar on a terminal, plain lines elsewhere, nothing when quiet."""

    def __init__(self, quiet: bool, verbose: bool) -> None:
        self._verbose = verbose and not quiet
        self._lines = not quiet and not sys.stderr.isatty()
        columns = (
            TextColumn("leaflets"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.description}"),
        )
        live = not quiet and not self._lines
        self._bar = Progress(*columns, console=Console(stderr=True), transient=True) if live else None
        self._task: Any = None
        self._count = self._total = 0

    def __enter__(self) -> "_Progress":
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, name: str) -> None:
        """The next of the five steps begins; told to those who want to know."""
        if self._verbose:
            _say_error(name)

    def begin(self, total: int) -> None:
        """There are this many documents."""
        self._total = total
        if self._bar:
            self._task = self._bar.add_task("", total=total)

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
            print(f"[{self._count}/{self._total}] {path}: {state}", file=sys.stderr, flush=True)


def _say_error(text: str) -> None:
    print(text, file=sys.stderr)


def _say_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        _say_error(str(problem))


def _say_summary(built: Build, folder: Path) -> None:
    """One row a handout: its formats, sides, how it stands."""
    table = Table(title=f"Leaflets in {folder}", title_justify="left")
    for column in ("condition", "language", "audience", "formats", "sides", "state"):
        table.add_column(column)
    handouts: dict[tuple[str, str, str], list[Outcome]] = defaultdict(list)
    for outcome in built.outcomes:
        document = outcome.document
        handouts[document.condition, document.locale, document.audience].append(outcome)
    for key, outcomes in sorted(handouts.items()):
        rows = [outcome.row for outcome in outcomes if outcome.row]
        formats = " ".join(row.format for row in rows if row.state == "built")
        pages = next((str(row.pages) for row in rows if row.pages), "–")
        table.add_row(*key, formats or "–", pages, _state(outcomes, len(built.gaps.get(key, ()))))
    console = Console(width=None if sys.stdout.isatty() else 110)
    console.print(table)
    failed = sum(outcome.row is None for outcome in built.outcomes)
    published = sum(outcome.row is not None and outcome.row.state == "built" for outcome in built.outcomes)
    withheld = len(built.outcomes) - published - failed
    console.print(f"{published} built, {withheld} withheld, {failed} failed", highlight=False)


def _state(outcomes: list[Outcome], gaps: int) -> str:
    if any(outcome.row is None for outcome in outcomes):
        return "failed; the earlier file is kept"
    withheld = next((outcome.row.reason for outcome in outcomes if outcome.row and outcome.row.reason), None)
    if withheld:
        return f"withheld: {withheld}"
    return f"draft, {gaps} texts not final" if gaps else "draft"


def _findings_json(found: Findings, code: ExitCode) -> str:
    problems = [
        {
            "file": problem.origin.file,
            "line": problem.origin.line,
            "column": problem.origin.column,
            "severity": problem.severity,
            "text": problem.text,
            "hint": problem.hint,
        }
        for problem in found.problems
    ]
    readings = [
        {
            "condition": reading.condition,
            "audience": reading.audience,
            "section": reading.section,
            "raw": round(reading.grade.raw, 2),
            "adjusted": round(reading.grade.adjusted, 2),
        }
        for reading in found.readings
    ]
    return json.dumps({"exit_code": code, "problems": problems, "readability": readings}, ensure_ascii=False, indent=1)
