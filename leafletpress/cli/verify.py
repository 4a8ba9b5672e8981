"""The verify command: whether an output folder is what its manifest says, and how it becomes so again."""

from datetime import datetime
from pathlib import Path

import click

from leafletpress.cli.project import chosen_project, output_folder
from leafletpress.cli.say import problem_json, say_json, say_problems
from leafletpress.model.problems import ExitCode, LeafletError, Problem


@click.command("verify")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--repair", "repairing", is_flag=True, help="Make again what is not as it was built.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def verify_command(folder: Path | None, site: str | None, repairing: bool, as_json: bool) -> int:
    """Read an output folder (output/ where none is named) again, byte for byte, and follow every link in it."""
    from leafletpress.publish.verify import Verified, verify  # what reads links takes a while to import

    done: tuple[str, ...] = ()
    left: tuple[Problem, ...] = ()
    try:
        place = output_folder(folder, site)
        if repairing:
            done, left = _repair(*place)
        found = verify(*place)
        code = ExitCode.CONTENT if found.problems else ExitCode.OK
    except LeafletError as error:
        found, code = Verified(0, 0, error.problems), error.exit_code
    problems = (*left, *found.problems)
    if as_json:
        repaired = {"repaired": done} if repairing else {}
        content = {
            "exit_code": code,
            "files": found.files,
            "links": found.links,
            **repaired,
            "problems": [problem_json(problem) for problem in problems],
        }
        say_json(content)
        return code
    say_problems(problems)
    for line in done:
        print(line)
    print(f"{found.files} files, {found.links} links, {len(found.problems)} problems")
    return code


def _repair(folder: Path, label: str) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """What was done, and what could not be."""
    from leafletpress.build.repair import repair  # with all that builds
    from leafletpress.cli.build import documents_cache
    from leafletpress.publish.lock import Lock

    with Lock(folder, label, datetime.now().astimezone()) as lock:
        repaired = repair(chosen_project(), folder, label, lock, documents_cache())
    return repaired.done, repaired.left
