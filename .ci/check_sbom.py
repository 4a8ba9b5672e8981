"""Ends with 1 unless the lists of .ci/sbom keep to CycloneDX and name each package of our locks, in its version."""

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_PINNED = re.compile(r"^([\w.-]+)==(\S+)(?: ; (.*?))? \\$", re.MULTILINE)


def _name(name: str) -> str:
    """A name as PEP 503 writes it: of Jinja2 and jinja2, typing_extensions and typing-extensions there is one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def python_packages() -> dict[str, str]:
    """The version of each package of requirements.lock that this machine needs."""
    from packaging.markers import Marker

    found = _PINNED.findall(Path("requirements.lock").read_text(encoding="utf-8"))
    return {_name(name): version for name, version, marker in found if not marker or Marker(marker).evaluate()}


def fonts() -> dict[str, str]:
    """The version of each package of package-lock.json that building leaflets needs."""
    locked = json.loads(Path("package-lock.json").read_text(encoding="utf-8"))["packages"]
    needed = {path: one for path, one in locked.items() if path and not one.get("optional") and not one.get("dev")}
    return {path.rpartition("node_modules/")[2]: one["version"] for path, one in needed.items()}


def differences(listed: Any, wanted: dict[str, str]) -> Iterator[str]:
    """What a list lacks of `wanted`, names with their versions: a line each."""
    versions = {_name(one["name"]): one["version"] for one in listed["components"]}
    for name, version in wanted.items():
        if versions.get(_name(name)) != version:
            yield f"{name} is {versions.get(_name(name), 'missing')}, and {version} in the lock"


def faults(file: Path, wanted: dict[str, str]) -> Iterator[str]:
    """What is wrong with one list, a line each."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    text = file.read_text(encoding="utf-8")
    listed = json.loads(text)
    fault = JsonStrictValidator(SchemaVersion.from_version(listed["specVersion"])).validate_str(text)
    yield from (f"{file}: {one}" for one in [*([fault] if fault else []), *differences(listed, wanted)])


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    found = [*faults(folder / "python.cdx.json", python_packages()), *faults(folder / "fonts.cdx.json", fonts())]
    print(*found, sep="\n", end="\n" if found else "")
    sys.exit(1 if found else 0)
