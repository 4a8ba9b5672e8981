"""The status command: what each leaflet waits for, for a person, for programs, or as a page."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from leafletpress.build.desk.page import page
from leafletpress.build.desk.rows import ROW_STATES, Row, RowState
from leafletpress.build.desk.survey import Choice, Survey, survey
from leafletpress.build.freshness.cache import Cache
from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import called, locale_names, problem_json, say_json, say_problems
from leafletpress.cli.standing import say_folded, say_rows
from leafletpress.publish.files import put, writing

_CACHE = ".cache/status"
_MOST_BYTES = 200_000_000
_SCHEMA = 1


@click.command("status")
@click.option("--condition", "conditions", multiple=True, help="Only this condition (repeatable).")
@click.option("--locale", "locales", multiple=True, callback=locale_names, help="Only this language, e.g. zh-Hans.")
@click.option("--audience", "audiences", multiple=True, help="Only for this audience (repeatable).")
@click.option(
    "--state", "states", multiple=True, type=click.Choice(ROW_STATES), help="Only in this state (repeatable)."
)
@click.option("--due", type=click.IntRange(min=0), metavar="DAYS", help="Only with a review past or within DAYS.")
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="As it will be on this day, for example 2027-11-22.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option(
    "--html", type=click.Path(path_type=Path), metavar="FILE", help="Write it as a web page that needs no network."
)
@click.option("--no-cache", is_flag=True, help="Read all leaflets, those too that did not change since the last time.")
def status_command(
    conditions: tuple[str, ...],
    locales: tuple[str, ...],
    audiences: tuple[str, ...],
    states: tuple[RowState, ...],
    due: int | None,
    site: str | None,
    today: datetime | None,
    as_json: bool,
    html: Path | None,
    no_cache: bool,
) -> int:
    """Show what each leaflet waits for: its state, who signed, what is missing, its next review; the worst first.

    A line stands for all leaflets of a condition; with a filter, each leaflet has its own. Nothing is built, so what
    only a build finds out (too many sides, a missing font) is not in it. Exit code 0: all that the site's policy lets
    out can be released, or was withdrawn. 3: a release would withhold something. 1: something can't be read.
    """
    project = chosen_project()
    choice = Choice(conditions, locales, audiences, states, due)
    day = (today or datetime.now().astimezone()).date()
    cache = None if no_cache else Cache(project.root / _CACHE, _CACHE, _MOST_BYTES)
    found = survey(project, site, choice, day, cache)
    if html:
        with writing(str(html), hint=""):
            put(html, page(project.files(), found, called))
    if as_json:
        say_json(_json(found))
        return found.exit_code
    say_problems(found.problems)
    if html:
        print(f"{html} is written")
    elif choice == Choice():
        say_folded(found)
    else:
        say_rows(found)
    return found.exit_code


def _json(found: Survey) -> dict[str, Any]:
    return {
        "schema": _SCHEMA,
        "exit_code": found.exit_code,
        "site": found.site.id,
        "policy": asdict(found.site.policy),
        "today": found.today.isoformat(),
        "problems": [problem_json(problem) for problem in found.problems],
        "leaflets": [_row_json(row, found) for row in found.rows],
    }


def _row_json(row: Row, found: Survey) -> dict[str, Any]:
    values = {name: value for name, value in asdict(row).items() if name not in ("first_day", "last_day")}
    return {
        **values,
        "next_step": called(row.next_step),
        "waiting": [{"locale": locale, "role": role} for locale, role in row.waiting],
        "problems": [problem_json(problem) for problem in row.problems],
        "age": row.age(found.today),
        "days_left": row.days_left(found.today),
    }
