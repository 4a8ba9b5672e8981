"""The archive command: what CI publishes of an output folder."""

from datetime import datetime
from pathlib import Path

import click

from leafletpress.build.public import read_public
from leafletpress.cli.project import chosen_project, output_folder
from leafletpress.model.problems import ExitCode
from leafletpress.publish.claim import refuse_kept
from leafletpress.publish.gather import archive


@click.command("archive")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="What was built; default: output/, or output/SITE."
)
@click.option("--site", help="The hospital or service, a file of sites/; needed when there are several.")
@click.option("--drafts", is_flag=True, help="Also gather what was not built for release, for example to look at it.")
def archive_command(folder: Path, output: Path | None, site: str | None, *, drafts: bool) -> int:
    """Gather in the new FOLDER what is published: what the manifest lists, as pages and as one archive.

    A leaflet that was published before and is not now has a notice at its address. What does not agree with the project
    as it is, or with itself, is refused.

    The file published.toml in it belongs into the project once the pages are public: check and releases go by it.
    """
    project = chosen_project()
    refuse_kept(folder, str(folder), project.root)
    public = read_public(project, site, datetime.now().astimezone().date())
    archive(*output_folder(output, site), folder, public, drafts=drafts)
    print((folder / "summary.md").read_text(encoding="utf-8"), end="")
    return ExitCode.OK
