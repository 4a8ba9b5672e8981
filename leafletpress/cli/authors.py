"""The commands for authors: a new leaflet, a new version of one, and the schemas that editors check by."""

from datetime import datetime

import click

from leafletpress.build.versions import bumped
from leafletpress.cli.project import chosen_project
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import put, put_new, writing
from leafletpress.read.schema import schema_files
from leafletpress.read.skeleton import new_leaflet
from leafletpress.read.templates import read_audiences


@click.command("new")
@click.argument("condition")
def new_command(condition: str) -> int:
    """Make leaflets/CONDITION.yaml, a skeleton to be filled in."""
    project = chosen_project()
    files = project.files()
    name, text = new_leaflet(files, condition, datetime.now().astimezone().date(), tuple(read_audiences(files)))
    with writing(name, hint=""):
        try:
            put_new(files.path(name), text.encode())
        except FileExistsError as error:
            taken = Problem(Origin(name), "exists already", "choose another name, or edit it")
            raise LeafletError([taken], ExitCode.USAGE) from error
    print(f"{name} is made. Next: fill it in, then catalogs update, then check.")
    return ExitCode.OK


@click.command("bump")
@click.argument("condition")
@click.option(
    "--why", required=True, metavar="TEXT", help="What is new, for patients and nurses: one or two sentences."
)
@click.option("--minor", "part", flag_value="minor", default=True, help="0.1 becomes 0.2. This goes without saying.")
@click.option("--major", "part", flag_value="major", help="0.1 becomes 1.0.")
def bump_command(condition: str, why: str, part: str) -> int:
    """Raise the version of a leaflet whose text changed since it was published, and note what is new.

    It sets version and written in leaflets/CONDITION.yaml, and adds the reason to its changes, which web pages print.
    """
    project = chosen_project()
    files = project.files()
    today = datetime.now().astimezone().date()
    name, content, version = bumped(files, condition, why, today, major=part == "major")
    with writing(name, hint=""):
        put(files.path(name), content)
    print(f"{name} has version {version}. Next: catalogs update, then check.")
    return ExitCode.OK


@click.command("schema")
def schema_command() -> int:
    """Write the schemas of leaflets and sites, from which editors complete and check."""
    files = chosen_project().files()
    for name, text in schema_files().items():
        with writing(name, hint=""):
            put(files.path(name), text.encode())
        print(f"{name} is written")
    return ExitCode.OK
