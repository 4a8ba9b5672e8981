"""The fonts command: brings the fonts that the project's languages are set in."""

import click

from leafletpress.build.fonts import bring_missing, families_of
from leafletpress.build.search import bring_search
from leafletpress.cli.project import chosen_project
from leafletpress.model.problems import ExitCode
from leafletpress.write.fonts import own_folder


@click.command("fonts")
def fonts_command() -> int:
    """Install the fonts that the project's languages need, and a search library (from npm, with their hashes).

    What is there already is left as it is. Without the library, the page that finds leaflets forgives no typing errors.
    """
    families = families_of(chosen_project().files())
    brought = bring_missing(families)
    for family in brought:
        print(f"{family} is installed in {own_folder()}")
    print(f"{len(families)} families: all are there")
    if bring_search():
        print(f"the search library of the page that finds leaflets is installed in {own_folder()}")
    return ExitCode.OK
