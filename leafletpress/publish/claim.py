"""Which folders builds may write into: new and empty ones, and those that builds have made; never people's own."""

import os
from collections.abc import Iterator
from pathlib import Path

from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import ELSEWHERE, OWN_FOLDER
from leafletpress.publish.folder import read_present

_SOURCES = ("leaflets", "locales", "templates", "sites")


def refuse_foreign(folder: Path, label: str, project: Path) -> None:
    """Raise LeafletError (exit code 2) for an output folder that holds something and was not made by builds.

    Such a folder has the program's own folder or a manifest in it. Refused are also what `refuse_kept` refuses, and
    symbolic links in the program's own folder: what is written and deleted there would be elsewhere.
    """
    refuse_kept(folder, label, project)
    if not folder.is_dir() or not any(folder.iterdir()):
        return
    own = folder / OWN_FOLDER
    for path in (own, *own.glob("*"), *own.glob("made/*")):
        if path.is_symlink():
            raise _refused(f"{label}/{path.relative_to(folder)}", "is a symbolic link", "remove it")
    if not own.is_dir() and read_present(folder, label).listed is None:
        hint = "name a new or an empty folder, or one that a build has made"
        raise _refused(label, "holds files that no build has made", hint)


def refuse_kept(folder: Path, label: str, project: Path) -> None:
    """Raise LeafletError (exit code 2) for a folder that people keep their own files in, empty or not.

    These are the project and what is above it, its sources and what is below them, the home folder and what is above.
    """
    real = Path(os.path.realpath(folder))
    above = any(Path(os.path.realpath(kept)).is_relative_to(real) for kept in (project, *_home()))
    if above or any(real.is_relative_to(os.path.realpath(project / name)) for name in _SOURCES):
        raise _refused(label, "is a folder of sources or of other files, not one for documents alone", ELSEWHERE)


def _home() -> Iterator[Path]:
    try:
        yield Path.home()
    except RuntimeError:  # this user has none
        return


def _refused(label: str, text: str, hint: str) -> LeafletError:
    return LeafletError([Problem(Origin(label), text, hint)], ExitCode.USAGE)
