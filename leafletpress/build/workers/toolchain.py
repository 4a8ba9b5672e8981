"""What documents are written with: two processes whose tools are the same write the same bytes."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256

from leafletpress.build.freshness.keys import program
from leafletpress.write import load
from leafletpress.write.fonts import installed_faces


@cache
def toolchain() -> Mapping[str, str]:
    """The version or digest of each tool by name, as this process loaded them: the program, libraries, fonts.

    Taken once: what changes on the disk afterwards is not what this process works with. Fails like an import where a
    tool is missing.
    """
    load()
    faces = {f"the font {path.stem}": sha256(path.read_bytes()).hexdigest()[:16] for path in installed_faces()}
    return {**program(), **faces}


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """The tools that another process has in other versions than this one; tools that only it has do not count."""
    return [
        f"{name} is {there[name]} there, {version} here" if name in there else f"{name} is missing there"
        for name, version in here.items()
        if there.get(name) != version
    ]
