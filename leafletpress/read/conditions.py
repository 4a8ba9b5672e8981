"""Which leaflets there are, before any of them is read."""

from pathlib import PurePosixPath

from leafletpress.read.located.files import Files

CONDITION = r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"  # how conditions may be named


def conditions(files: Files) -> list[str]:
    """The conditions that have a leaflet, in alphabetical order."""
    return [PurePosixPath(name).stem for name in files.names("leaflets/*.yaml")]
