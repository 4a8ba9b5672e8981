"""Which leaflets there are, before any of them is read."""

from pathlib import PurePosixPath

from leafletpress.read.located.files import Files


def conditions(files: Files) -> list[str]:
    """The conditions that have a leaflet, in alphabetical order."""
    return [PurePosixPath(name).stem for name in files.names("leaflets/*.yaml")]
