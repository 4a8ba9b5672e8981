"""What a document is made of, as digests: the same key gives the same bytes, and what does not print changes no key."""

import ctypes
import hashlib
import os
import platform
import re
import sys
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from leafletpress.model.handout import Handout

_PACKAGE = Path(__file__).parent.parent.parent
# The packages that writers use, and those that the texts of a handout depend on, as the package index names them.
_WRITING = (
    "weasyprint", "pydyf", "pikepdf", "fonttools", "jinja2", "markupsafe", "python-docx", "segno", "pillow", "lxml",
    "uharfbuzz", "pypdfium2",
    "tinycss2", "tinyhtml5", "cssselect2", "webencodings", "pyphen", "brotli", "zopfli", "cffi",
)  # fmt: skip
_READING = ("babel", "phonenumberslite", "pyyaml")
# Libraries of the system, the function that tells their version, and their names on Linux, macOS and Windows.
_SYSTEM = {
    "Pango": ("pango_version_string", ("libpango-1.0.so.0", "libpango-1.0.0.dylib", "libpango-1.0-0.dll")),
    "HarfBuzz": ("hb_version_string", ("libharfbuzz.so.0", "libharfbuzz.0.dylib", "libharfbuzz-0.dll")),
    "Fontconfig": ("FcGetVersion", ("libfontconfig.so.1", "libfontconfig.1.dylib", "libfontconfig-1.dll")),
}
_UNKNOWN = "?"


def digest(*parts: str) -> str:
    """The digest of some texts in their order, none of which runs into the next."""
    known = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        known.update(b"%d:" % len(content))
        known.update(content)
    return known.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Made:
    """What a document is made of, each part as a digest."""

    handout: str
    templates: str
    fonts: str
    program: str
    format: str

    @property
    def key(self) -> str:
        """One key for all of it."""
        return digest(self.handout, self.templates, self.fonts, self.program, self.format)


def handout_digest(handout: Handout) -> str:
    """The digest of all that a handout holds: its values are texts, numbers and booleans, all of which `repr` shows."""
    pictures = (part for name, content in handout.pictures for part in (name, hashlib.sha256(content).hexdigest()))
    return digest(repr(replace(handout, pictures=())), *pictures)


@cache
def program(package: Path = _PACKAGE) -> Mapping[str, str]:
    """The digest of the code and the versions of libraries by name, as they were when this process first asked."""
    return {
        "leafletpress/": code_digest(package),
        "Python": platform.python_version(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **_installed(),
        **{name: _loaded(function, files) for name, (function, files) in _SYSTEM.items()},
    }


def program_digest() -> str:
    """The digest of what writes documents."""
    return digest(*(f"{name} {known}" for name, known in sorted(program().items()) if name not in _READING))


def code_digest(package: Path = _PACKAGE) -> str:
    """The digest of the program's own files."""
    paths = (path for path in sorted(package.rglob("*")) if path.is_file() and path.parent.name != "__pycache__")
    parts = ((path.relative_to(package).as_posix(), hashlib.sha256(path.read_bytes()).hexdigest()) for path in paths)
    return digest(*(part for pair in parts for part in pair))


def _installed() -> dict[str, str]:
    """The versions of the libraries by the names of their folders: `importlib.metadata` takes fifty times as long."""
    found: dict[str, str] = {}
    for place in reversed(sys.path):
        try:
            names = os.listdir(place or ".")  # noqa: PTH208 - a thousand names: no object for each
        except OSError:
            continue
        for name in names:
            if name.endswith(".dist-info"):
                library, _, version = name.removesuffix(".dist-info").partition("-")
                found[re.sub(r"[-_.]+", "-", library).lower()] = version
    return {name: found.get(name, _UNKNOWN) for name in (*_WRITING, *_READING)}


def _loaded(function: str, files: tuple[str, ...]) -> str:
    """The version of a library of the system, by its own function."""
    for file in files:
        try:
            asked = getattr(ctypes.CDLL(file), function)
        except (OSError, AttributeError):
            continue
        asked.restype = ctypes.c_int if function == "FcGetVersion" else ctypes.c_char_p
        version = asked()
        return version.decode() if isinstance(version, bytes) else str(version)
    return _UNKNOWN
