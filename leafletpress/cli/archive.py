"""The archive command: what CI publishes of an output folder."""

from datetime import datetime
from pathlib import Path

import click

from leafletpress.build.library import Wanted, read_library
from leafletpress.cli.project import chosen_project, output_folder
from leafletpress.model.problems import ExitCode
from leafletpress.publish.claim import refuse_kept
from leafletpress.publish.gather import archive
from leafletpress.read.releases import read_releases


@click.command("archive")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="What was built; default: output/, or output/SITE."
)
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--drafts", is_flag=True, help="Also gather what was not built for release, for example to look at it.")
def archive_command(folder: Path, output: Path | None, site: str | None, *, drafts: bool) -> int:
    """Gather in the new FOLDER what is published: what the manifest lists, as pages and as one archive.

    The file published.toml in it belongs into the project once the pages are public: check and releases go by it.
    """
    project = chosen_project()
    refuse_kept(folder, str(folder), project.root)
    releases = read_releases(project.files())
    library = read_library(project, Wanted(site=site))
    today = datetime.now().astimezone().date()
    titles = {condition: leaflet.title.text for condition, leaflet in library.leaflets.items()}
    archive(*output_folder(output, site), folder, titles, library.locales, releases, today, drafts=drafts)
    print((folder / "summary.md").read_text(encoding="utf-8"), end="")
    return ExitCode.OK
