"""Which project a command is about: the one that is named, else the one that the working folder is in."""

from pathlib import Path

import click

from leafletpress.build.project import Project, chosen_site, find_project, open_project
from leafletpress.read.sites import site_ids


class Named:
    """The folder that `--project` names, or that a program is made for; None to look for it from the working folder."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._project: Project | None = None

    def project(self) -> Project:
        """The project, looked for once; raises LeafletError."""
        self._project = self._project or (open_project(self._folder) if self._folder else find_project(Path.cwd()))
        return self._project


def chosen_project() -> Project:
    """The project that the command at work is about; raises LeafletError."""
    named = click.get_current_context().find_object(Named)
    assert named
    return named.project()


def output_folder(named: Path | None, site: str | None = None) -> tuple[Path, str]:
    """The output folder, and what messages call it: the one that is named, else output/ of the project.

    In a project of several sites, that is output/<site>; raises LeafletError where none of them is chosen.
    """
    if named:
        return named, str(named)
    project = chosen_project()
    files = project.files()
    label = f"output/{chosen_site(files, site)}" if len(site_ids(files)) > 1 else "output"
    return project.root / label, label
