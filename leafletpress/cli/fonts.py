"""The fonts command: brings the fonts that the project's languages are set in."""

import click

from leafletpress.build.fonts import bring_missing, families_of
from leafletpress.cli.project import chosen_project
from leafletpress.model.problems import ExitCode
from leafletpress.write.fonts import own_folder


@click.command("fonts")
def fonts_command() -> int:
    """Install the fonts that the project's languages need and that are not there yet (from npm, with their hashes)."""
    families = families_of(chosen_project().files())
    brought = bring_missing(families)
    for family in brought:
        print(f"{family} is installed in {own_folder()}")
    print(f"{len(families)} families: all are there")
    return ExitCode.OK
