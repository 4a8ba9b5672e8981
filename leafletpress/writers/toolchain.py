"""What documents are written with: two processes whose tools are the same write the same bytes."""

import platform
import re
import zlib
from collections.abc import Iterator, Mapping
from functools import cache
from hashlib import sha256
from importlib import import_module, metadata
from pathlib import Path

import leafletpress
from leafletpress.writers import WRITERS
from leafletpress.writers.fonts import installed_faces

_PACKAGE = Path(leafletpress.__file__).parent
# What the writers import; what these need themselves is found.
_LIBRARIES = ("weasyprint", "pikepdf", "fonttools", "jinja2", "python-docx", "segno", "pypdfium2", "pillow", "lxml")


@cache
def toolchain() -> Mapping[str, str]:
    """The version or digest of each tool by name, as this process loaded them: code, libraries, fonts.

    Taken once: what changes on the disk afterwards is not what this process works with.
    """
    for format_ in WRITERS:
        import_module(f"leafletpress.writers.{format_}")
    return {
        "Python": platform.python_version(),
        "leafletpress": _digest(*_code()),
        **dict(sorted(_libraries())),
        "Pango": _pango(),
        "HarfBuzz": _harfbuzz(),
        "zlib": zlib.ZLIB_RUNTIME_VERSION,
        **{f"the font {path.stem}": _digest(path) for path in installed_faces()},
    }


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> list[str]:
    """What another process has otherwise than this one; what it has besides is no matter."""
    return [
        f"{name} is {there[name]} there, {version} here" if name in there else f"{name} is missing there"
        for name, version in here.items()
        if there.get(name) != version
    ]


def _code() -> list[Path]:
    return sorted(path for path in _PACKAGE.rglob("*") if path.suffix in (".py", ".conf"))


def _digest(*paths: Path) -> str:
    digest = sha256()
    for path in paths:
        name = path.relative_to(_PACKAGE).as_posix() if path.is_relative_to(_PACKAGE) else path.name
        content = path.read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]


def _libraries() -> Iterator[tuple[str, str]]:
    """The installed libraries that the writers need, and those that these need."""
    wanted, found = list(_LIBRARIES), set()
    while wanted:
        try:
            library = metadata.distribution(wanted.pop())
        except metadata.PackageNotFoundError:  # needed on other platforms or by other versions of Python
            continue
        if library.name not in found:
            found.add(library.name)
            yield library.name, library.version
            needs = [need for need in library.requires or () if "extra ==" not in need]
            wanted += [name[0] for need in needs if (name := re.match(r"[\w.-]+", need))]


def _pango() -> str:
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    return f"{number // 10_000}.{number // 100 % 100}.{number % 100}"


def _harfbuzz() -> str:
    """Its version, found by asking whether it is at least this or that: WeasyPrint reaches no other function."""
    from weasyprint.text.ffi import harfbuzz

    version = [0, 0, 0]
    for part in range(3):
        while harfbuzz.hb_version_atleast(*version[:part], version[part] + 1, *[0] * (2 - part)):
            version[part] += 1
    return ".".join(map(str, version))
