"""Brings the library by which the page that finds leaflets forgives typing errors, and reads it."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from leafletpress.build.fonts import fetch_packages
from leafletpress.disk import read_file
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.write.fonts import own_folder

# The radix tree of MiniSearch, which is a script of its own.
PACKAGE: Mapping[str, str] = {
    "package": "minisearch",
    "version": "7.2.0",
    "integrity": "sha512-dqT2XBYUOZOiC5t2HRnwADjhNS2cecp9u+TJRiJ1Qp/f5qjkeT5APcGPjHw+bz89Ms8Jp+cG4AlE+QZ/QnDglg==",
    "license": "MIT",
}
_SCRIPT, _LICENCE = "SearchableMap.js", "LICENSE.txt"
_CHECKOUT = Path(__file__).parent.parent.parent / "node_modules" / "minisearch"  # what script/setup brings
_MOST_BYTES = 1_000_000


def search_script() -> str:
    """The library as a script that may stand in a page, its licence first; "" where it is not installed."""
    for folder in (_CHECKOUT, own_folder() / PACKAGE["package"]):
        places = folder / "dist" / "umd" / _SCRIPT, folder / _LICENCE
        try:
            script, licence = (read_file(place, _MOST_BYTES).decode() for place in places)
        except OSError:
            continue
        script = script.partition("//# sourceMappingURL")[0]
        return f"/* minisearch {PACKAGE['version']}\n{licence.replace('*/', '* /')}*/\n{script}".replace("</", "<\\/")
    return ""


def bring_search() -> bool:
    """Install the library if it is not there yet; whether it was not. Raises LeafletError (4) as fonts do."""
    if search_script():
        return False
    home = own_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".new-") as aside:
            fetch_packages(Path(aside), [PACKAGE])
            package, ready = Path(aside) / "node_modules" / PACKAGE["package"], Path(aside) / "ready"
            (ready / "dist" / "umd").mkdir(parents=True)
            for name in (f"dist/umd/{_SCRIPT}", _LICENCE):
                shutil.copy(package / name, ready / name)
            shutil.rmtree(home / PACKAGE["package"], ignore_errors=True)  # incomplete, or it would not be missing
            ready.replace(home / PACKAGE["package"])
    except OSError as error:
        text = f"can't be written: {error.strerror}"
        raise LeafletError([Problem(Origin(str(error.filename or home)), text)], ExitCode.MISSING) from error
    return True
