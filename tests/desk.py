"""What the tests of the review desk share: a second leaflet, and texts that were published."""

import shutil
from datetime import date
from pathlib import Path

from clinic import source, spanish
from projects import SITE, replace

from leafletpress.build.library import Project
from leafletpress.model.releases import RELEASES_FILE, Key, Release, TextVersion
from leafletpress.publish.releases import dump_releases

DAY = date(2026, 2, 1)
SITE_FILE = f"sites/{SITE.name}"
OTHER = "wet-skin"


def publish(project: Project, *keys: Key) -> None:
    """Note that texts of these were published."""
    text = TextVersion("1.0", None, "0" * 32, None)
    (project.root / RELEASES_FILE).write_text(dump_releases({key: Release(text, DAY) for key in keys}), "utf-8")


def add_other(project: Project) -> Path:
    """A second leaflet, with its Spanish catalog; the file of the leaflet."""
    path = source(project).with_name(f"{OTHER}.yaml")
    shutil.copy(source(project), path)
    replace(path, "code: DRYS", "code: WETS")
    shutil.copy(spanish(project), spanish(project).with_name(f"{OTHER}.po"))
    return path
