"""The check command: all that is wrong, for a person or as JSON."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from leafletpress.build.check import Findings, check, due
from leafletpress.build.library import Wanted, read_library
from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import problem_json, say_json, say_problems
from leafletpress.model.problems import ExitCode, LeafletError, Problem


@click.command("check")
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--due", "days", type=click.IntRange(min=0), help="Also report each review that is past or within DAYS.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Count from this day, for example 2026-11-22.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check_command(site: str | None, days: int | None, today: datetime | None, as_json: bool) -> int:
    """Read everything and build nothing: problems, translations, readability, reviews that are due."""
    if today and days is None:
        raise click.UsageError("--today goes with --due")
    reminders: list[Problem] = []
    try:
        project = chosen_project()
        library = read_library(project, Wanted(site=site))
        found = check(library)
        if days is not None:
            day = (today or datetime.now().astimezone()).date()
            reminders = sorted(due(library.leaflets.values(), day, days), key=lambda reminder: reminder.origin)
            found = replace(found, problems=(*found.problems, *reminders))
        wrong = reminders or any(problem.severity == "error" for problem in found.problems)
        code = ExitCode.CONTENT if wrong else ExitCode.OK
    except LeafletError as error:
        found, code = Findings(error.problems, ()), error.exit_code
    if as_json:
        say_json(_findings_json(found, code))
        return code
    say_problems(found.problems)
    for reading in found.readings:
        part = reading.section or "whole text"
        grades = f"grade {reading.grade.adjusted:5.1f} (raw {reading.grade.raw:5.1f})"
        print(f"{reading.condition} {reading.audience} {grades}  {part}")
    errors = sum(problem.severity == "error" for problem in found.problems)
    print(f"{errors} errors, {len(found.problems) - errors} warnings")
    return code


def _findings_json(found: Findings, code: ExitCode) -> dict[str, Any]:
    problems = [problem_json(problem) for problem in found.problems]
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
    return {"exit_code": code, "problems": problems, "readability": readings}
