"""The init command: makes a project for the leaflets of a hospital."""

from pathlib import Path

import click

from leafletpress.build.init import new_project
from leafletpress.cli.say import called
from leafletpress.model.problems import ExitCode


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--site", default="hospital", show_default=True, help="The name of your site's file in sites/.")
@click.option("--languages", default="", metavar="TAGS", help="Languages beside English: es,ar,zh-Hans.")
def init_command(folder: Path, site: str, languages: str) -> int:
    """Make in the new FOLDER a project of your own: leaflets/, locales/, sites/, a README, workflows."""
    tags = tuple(tag.strip() for tag in languages.split(",") if tag.strip())
    for name in new_project(folder, site, tags):
        print(f"{folder / name} is made")
    print(f"Next: go into {folder} and fill in sites/{site}.toml; then")
    for step in ("fonts", "new CONDITION", "check", "build"):
        print(f"    {called('leafletpress ')}{step}")
    return ExitCode.OK
