"""Which files a leaflet in a language is made of, and what is in them: by content, for times of files tell nothing."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable
from functools import cache
from pathlib import Path

from leafletpress.catalogs.settings import lineage
from leafletpress.keys import Made, code_digest, digest, program, program_digest
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout
from leafletpress.model.leaflet import Leaflet
from leafletpress.model.locale import SOURCE
from leafletpress.project import Project, Settings, Unit
from leafletpress.templates import look_files
from leafletpress.wording import FURNITURE
from leafletpress.writers.fonts import font_names

_PROGRAM = Path(__file__).parent.parent
_ABSENT = ("", 0)


class Files:
    """The files of a project as digests, each looked at once; what settings are read from, before they are."""

    def __init__(self, project: Project) -> None:
        self._root = project.root
        self._seen: dict[str, tuple[str, int]] = {}
        self._again: dict[str, tuple[str, int]] = {}
        early = [*project.folder("sites").glob("*"), *project.folder("locales").glob("*/locale.toml")]
        early += sorted(project.folder("templates").rglob("*"))
        for path in early:
            if path.is_file():
                self.digest(path.relative_to(project.root).as_posix())
        self.templates = tuple(name for name in self._seen if name.startswith("templates/"))

    def digest(self, name: str) -> str:
        """The digest of a file, "" where there is none."""
        if name.startswith("node_modules/"):
            return _font(name)[0]
        if name not in self._seen:
            self._seen[name] = _read(f"{self._root}/{name}")
        return self._seen[name][0]

    def moved(self, names: Collection[str]) -> bool:
        """Whether one of these files changed since it was looked at; each is looked at once more."""
        for name in names:
            if name in self._seen and name not in self._again:
                self._again[name] = _read(f"{self._root}/{name}")
        return any(self._again[name] != self._seen[name] for name in names if name in self._seen)

    def was_read(self, name: str, content: bytes | None) -> None:
        """Take note of what was read from a file (None: it is not there); what changed just then counts as moved."""
        if self.digest(name) != (_sha256(content) if content is not None else ""):
            self._seen[name] = ("changed while it was read", 0)


class Inputs:
    """The inputs of one build.

    `pictures` are the names of the pictures that each leaflet had when it was last read; `learn` brings them up to
    date.
    """

    def __init__(self, project: Project, files: Files, settings: Settings, pictures: dict[str, list[str]]) -> None:
        self._project, self._files, self._settings, self.pictures = project, files, settings, pictures
        self._digests: dict[str, str] = {}
        logo = [f"sites/{settings.site.logo[0]}"] if settings.site.logo else []
        self._shared = (*files.templates, f"sites/{settings.site.id}.toml", *logo)

    def digest(self, unit: Unit) -> str:
        """The digest of all that a unit is made of."""
        return digest(
            self._known("shared", lambda: self._shared),
            self._known(f"language {unit.locale}", lambda: self._of_locale(unit.locale)),
            self._known(f"leaflet {unit.condition}", lambda: self._of_leaflet(unit.condition)),
            *self._parts(self._own(unit)),
        )

    def of(self, unit: Unit) -> dict[str, str]:
        """All that a unit is made of: digests of files, "" for one that is not there, and versions by name."""
        return {**{name: self._files.digest(name) for name in self._names(unit)}, **program()}

    def made(self, handout: Handout, printed: str, edition: Edition, format_: str) -> Made:
        """What a document is made of; `printed` is the digest of its handout."""
        families = handout.typography.families
        looks = self._known(f"looks {handout.audience} {format_}", lambda: self._looks(handout.audience, format_))
        fonts = self._known(f"fonts {families}", lambda: font_names(families))
        return Made(printed, digest(looks, repr(edition)), fonts, program_digest(), format_)

    def learn(self, leaflet: Leaflet) -> None:
        """Take note of the pictures that a leaflet has, as they were read."""
        names = []
        for name, content in leaflet.pictures.items():
            turned = leaflet.right_to_left_pictures.get(name)
            stem, _, ending = name.rpartition(".")
            for file, read in ((name, content), (f"{stem}.rtl.{ending}", turned)):
                names.append(f"leaflets/{file}")
                self._files.was_read(names[-1], read)
        self.pictures[leaflet.condition] = names
        self._digests.pop(f"leaflet {leaflet.condition}", None)

    def looks_moved(self) -> bool:
        """Whether templates, fonts or the program changed since they were looked at: nobody knows what was written."""
        fonts = (name for locale in self._settings.locales.values() for name in font_names(locale.families))
        return (
            code_digest() != program()["leafletpress/"]
            or self._files.moved(self._files.templates)
            or any(_read(f"{_PROGRAM}/{name}") != _font(name) for name in dict.fromkeys(fonts))
        )

    def moved(self, unit: Unit) -> bool:
        """Whether a file of a unit changed since it was looked at."""
        return self._files.moved(self._names(unit))

    def _names(self, unit: Unit) -> tuple[str, ...]:
        """The files of a unit: those of all units, those of its language, those of its leaflet, and its own."""
        return (*self._shared, *self._of_locale(unit.locale), *self._of_leaflet(unit.condition), *self._own(unit))

    def _of_locale(self, name: str) -> tuple[str, ...]:
        kin = dict.fromkeys((*lineage(name), SOURCE))
        files = ("locale.toml", "glossary.toml", f"LC_MESSAGES/{FURNITURE}.po")
        settings = self._settings.locales.get(name)
        fonts = font_names(settings.families) if settings else []
        return (*(f"locales/{one}/{file}" for one in kin for file in files), *fonts)

    def _of_leaflet(self, condition: str) -> tuple[str, ...]:
        return (f"leaflets/{condition}.yaml", *self.pictures.get(condition, ()))

    def _own(self, unit: Unit) -> tuple[str, ...]:
        return tuple(f"locales/{name}/LC_MESSAGES/{unit.condition}.po" for name in lineage(unit.locale))

    def _looks(self, audience: str, format_: str) -> list[str]:
        return [f"templates/{name}" for name in look_files(self._project.folder("templates"), audience, format_)]

    def _known(self, group: str, names: Callable[[], Iterable[str]]) -> str:
        """The digest of a group of files, made once: many units share it."""
        if group not in self._digests:
            versions = [f"{name} {version}" for name, version in program().items()] if group == "shared" else []
            self._digests[group] = digest(*self._parts(names()), *versions)
        return self._digests[group]

    def _parts(self, names: Iterable[str]) -> list[str]:
        return [part for name in names for part in (name, self._files.digest(name))]


@cache
def _font(name: str) -> tuple[str, int]:
    """A font as it was when this process first asked: workers keep it from one document to the next."""
    return _read(f"{_PROGRAM}/{name}")


def _read(path: str) -> tuple[str, int]:
    """The digest of a file and when it was written, which tells apart two times at which it was the same."""
    try:
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - thousands of files: no object for each
            return _sha256(file.read()), os.fstat(file.fileno()).st_mtime_ns
    except OSError:
        return _ABSENT


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]
