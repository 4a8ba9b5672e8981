"""The check command: all that is wrong, for a person or as JSON."""

import json

import click

from leafletpress.check import Findings, check
from leafletpress.cli.say import ROOT, problem_json, say_problems
from leafletpress.errors import ExitCode, LeafletError
from leafletpress.library import Project, Wanted, read_library


@click.command("check")
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def check_command(site: str | None, as_json: bool) -> int:
    """Read everything and build nothing: problems, translations, readability."""
    try:
        found = check(read_library(Project(ROOT), Wanted(site=site)))
        code = ExitCode.CONTENT if any(problem.severity == "error" for problem in found.problems) else ExitCode.OK
    except LeafletError as error:
        found, code = Findings(error.problems, ()), error.exit_code
    if as_json:
        print(_findings_json(found, code))
        return code
    say_problems(found.problems)
    for reading in found.readings:
        part = reading.section or "whole text"
        grades = f"grade {reading.grade.adjusted:5.1f} (raw {reading.grade.raw:5.1f})"
        print(f"{reading.condition} {reading.audience} {grades}  {part}")
    errors = sum(problem.severity == "error" for problem in found.problems)
    print(f"{errors} errors, {len(found.problems) - errors} warnings")
    return code


def _findings_json(found: Findings, code: ExitCode) -> str:
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
    return json.dumps({"exit_code": code, "problems": problems, "readability": readings}, ensure_ascii=False, indent=1)
