"""Which leaflets there are, before any of them is read."""

from pathlib import Path


def conditions(folder: Path) -> list[str]:
    """The conditions that have a leaflet, in alphabetical order."""
    return sorted(path.stem for path in folder.glob("*.yaml"))
