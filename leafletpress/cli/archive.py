"""The archive command: what CI publishes of an output folder."""

from pathlib import Path

import click

from leafletpress.build.library import Wanted, read_library
from leafletpress.cli.project import chosen_project, output_folder
from leafletpress.model.problems import ExitCode
from leafletpress.publish.gather import archive


@click.command("archive")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--output", type=click.Path(path_type=Path), default=None, help="The built leaflets; default: output/.")
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
def archive_command(folder: Path, output: Path | None, site: str | None) -> int:
    """Gather in the new FOLDER what is published: what the manifest lists, as pages and as one archive."""
    library = read_library(chosen_project(), Wanted(site=site))
    titles = {condition: leaflet.title.text for condition, leaflet in library.leaflets.items()}
    archive(*output_folder(output), folder, titles, library.locales)
    print((folder / "summary.md").read_text(encoding="utf-8"), end="")
    return ExitCode.OK
