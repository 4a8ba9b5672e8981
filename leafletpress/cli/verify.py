"""The verify command: whether an output folder is what its manifest says."""

from pathlib import Path

import click

from leafletpress.cli.project import output_folder
from leafletpress.cli.say import problem_json, say_json, say_problems
from leafletpress.model.problems import ExitCode, LeafletError


@click.command("verify")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path), required=False)
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
def verify_command(folder: Path | None, site: str | None, as_json: bool) -> int:
    """Read an output folder (output/ where none is named) again, byte for byte, and follow every link in it."""
    from leafletpress.publish.verify import Verified, verify  # what reads links takes a while to import

    try:
        found = verify(*output_folder(folder, site))
        code = ExitCode.CONTENT if found.problems else ExitCode.OK
    except LeafletError as error:
        found, code = Verified(0, 0, error.problems), error.exit_code
    if as_json:
        content = {
            "exit_code": code,
            "files": found.files,
            "links": found.links,
            "problems": [problem_json(problem) for problem in found.problems],
        }
        say_json(content)
        return code
    say_problems(found.problems)
    print(f"{found.files} files, {found.links} links, {len(found.problems)} problems")
    return code
