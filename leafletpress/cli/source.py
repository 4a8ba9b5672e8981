"""The commands for authors: a new leaflet, and the schema that editors check by."""

from datetime import datetime

import click

from leafletpress.cli.say import ROOT
from leafletpress.library import Project
from leafletpress.model.problems import ExitCode
from leafletpress.source.schema import write_schema
from leafletpress.source.skeleton import new_leaflet
from leafletpress.templates import read_audiences


@click.command("new")
@click.argument("condition")
def new_command(condition: str) -> int:
    """Make leaflets/CONDITION.yaml, a skeleton to be filled in."""
    project = Project(ROOT)
    audiences = tuple(read_audiences(project.folder("templates")))
    path = new_leaflet(project.folder("leaflets"), condition, datetime.now().astimezone().date(), audiences)
    print(f"{path.relative_to(ROOT)} is made. Next: fill it in, then catalogs update, then check.")
    return ExitCode.OK


@click.command("schema")
def schema_command() -> int:
    """Write leaflets/leaflet.schema.json, from which editors complete and check."""
    path = write_schema(Project(ROOT).folder("leaflets"))
    print(f"{path.relative_to(ROOT)} is written")
    return ExitCode.OK
