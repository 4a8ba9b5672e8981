"""The commands that tell how far translations are, and what is wrong with them."""

import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

import click
from rich.console import Console
from rich.table import Table

from leafletpress.build.catalogs import check, statuses_of
from leafletpress.build.translations import chosen_catalogs
from leafletpress.cli.catalog_options import as_json, cache_of, code_of, no_cache, only_conditions, only_locales
from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import called, problem_json, say_error, say_json, say_problems
from leafletpress.translate.findings import Finding
from leafletpress.translate.status import Folded, Status, folded

_COUNTS = ("translated", "fuzzy", "missing", "wrong", "words\nleft", "read\nback")


@click.command("status")
@only_locales
@only_conditions
@as_json
@no_cache
def status_command(locales: tuple[str, ...], conditions: tuple[str, ...], as_json: bool, no_cache: bool) -> int:
    """Show how far each language is: texts translated, fuzzy, missing, wrong; English words left to do.

    A line stands for all catalogs of a language, that with most to do first; with --locale or --condition each catalog
    has its own for each audience.
    """
    project = chosen_project()
    files = project.files()
    today = datetime.now().astimezone().date()
    chosen = chosen_catalogs(files, locales, conditions)
    rows, problems = statuses_of(files, *chosen, today, cache_of(project, unused=no_cache))
    if as_json:
        say_json({"problems": [problem_json(one) for one in problems], "catalogs": [asdict(row) for row in rows]})
        return code_of(problems)
    say_problems(problems)
    if locales or conditions:
        _say_table(rows)
    else:
        _say_folded(folded(rows))
    return code_of(problems)


def _say_table(rows: Iterable[Status]) -> None:
    table = _table(("language", "catalog", "audience"), (*_COUNTS, "complete\nfor", "saved"))
    for row in rows:
        complete = row.translated and not (row.fuzzy or row.missing or row.problems)
        english = row.of if complete else f"{row.english or 'none yet'} (now {row.of})"
        age = "–" if row.age is None else "today" if row.age == 0 else f"{row.age} days ago"
        table.add_row(row.locale, row.condition, row.audience, *_counts(row), english, age)
    _print(table)


def _say_folded(languages: Iterable[Folded]) -> None:
    """A line for each language; its texts are counted for each audience that reads them."""
    table = _table(("language", "catalogs"), (*_COUNTS, "most to do in"))
    for one in languages:
        done = one.worst.translated and not (one.worst.fuzzy or one.worst.missing or one.worst.problems)
        table.add_row(one.locale, str(one.catalogs), *_counts(one), "–" if done else one.worst.condition)
    _print(table)
    print(called("Each catalog: leafletpress catalogs status with --locale or --condition"))


def _table(names: Iterable[str], counts: Iterable[str]) -> Table:
    table = Table()
    for column in names:
        table.add_column(column)
    for column in counts:
        table.add_column(column, justify="right")
    return table


def _counts(row: Status | Folded) -> tuple[str, ...]:
    numbers = (row.translated, row.fuzzy, row.missing, row.problems, row.words)
    return (*map(str, numbers), f"{row.back} of {row.safety}")


def _print(table: Table) -> None:
    Console(width=None if sys.stdout.isatty() else 130).print(table)


@click.command("check")
@only_locales
@only_conditions
@click.option("--errors", is_flag=True, help="Only errors: what keeps a text from being printed.")
@as_json
@no_cache
def check_command(
    locales: tuple[str, ...], conditions: tuple[str, ...], errors: bool, as_json: bool, no_cache: bool
) -> int:
    """Show what is missing, wrong or out of date in each catalog, with both texts and what to do."""
    project = chosen_project()
    files = project.files()
    chosen = chosen_catalogs(files, locales, conditions)
    found, problems = check(files, *chosen, cache_of(project, unused=no_cache))
    findings = [*map(Finding, problems), *found]
    wrong = [finding for finding in findings if finding.problem.severity == "error"]
    shown = wrong if errors else findings
    code = code_of(finding.problem for finding in wrong)
    if as_json:
        say_json([_finding_json(finding) for finding in shown])
        return code
    for finding in shown:
        context = f" [{finding.context}]" if finding.context else ""
        say_error(f"{finding.problem}{context}")
        for name, text in (("English", finding.english), ("translation", finding.translation)):
            if text:
                say_error(f"    {name}: {text}")
    print(f"{len(wrong)} errors, {len(findings) - len(wrong)} warnings{' (not shown)' if errors else ''}")
    return code


def _finding_json(finding: Finding) -> dict[str, object]:
    texts = {"context": finding.context, "english": finding.english, "translation": finding.translation}
    return {**problem_json(finding.problem), **texts}
