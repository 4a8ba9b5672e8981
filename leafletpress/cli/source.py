"""The commands for authors: a new leaflet, and the schema that editors check by."""

from datetime import datetime

import click

from leafletpress.cli.project import chosen_project
from leafletpress.model.problems import ExitCode
from leafletpress.publish.files import put
from leafletpress.read.looks import read_audiences
from leafletpress.read.schema import SCHEMA_NAME, schema_text
from leafletpress.read.skeleton import new_leaflet


@click.command("new")
@click.argument("condition")
def new_command(condition: str) -> int:
    """Make leaflets/CONDITION.yaml, a skeleton to be filled in."""
    project = chosen_project()
    files = project.files()
    name = new_leaflet(files, condition, datetime.now().astimezone().date(), tuple(read_audiences(files)))
    print(f"{name} is made. Next: fill it in, then catalogs update, then check.")
    return ExitCode.OK


@click.command("schema")
def schema_command() -> int:
    """Write leaflets/leaflet.schema.json, from which editors complete and check."""
    put(chosen_project().folder("leaflets") / SCHEMA_NAME, schema_text().encode())
    print(f"leaflets/{SCHEMA_NAME} is written")
    return ExitCode.OK
