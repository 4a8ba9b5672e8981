"""What a build is about before any leaflet or catalog is read: where things are, what is asked for, what there is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from leafletpress.model.audience import Audience
from leafletpress.model.edition import Edition
from leafletpress.model.locale import PSEUDO_LOCALES, SOURCE
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, attempt, did_you_mean
from leafletpress.model.site import Site
from leafletpress.read.conditions import conditions
from leafletpress.read.format import PROJECT_FILE, refuse_newer
from leafletpress.read.languages.settings import LocaleSettings, locale_names, read_locale_settings
from leafletpress.read.located.files import Files
from leafletpress.read.program import program_folder
from leafletpress.read.sites import read_site, site_ids
from leafletpress.read.templates import EDITIONS, audience_names, read_audiences, read_editions
from leafletpress.write import WRITERS

_FOLDERS = ("leaflets", "locales", "sites")


@dataclass(frozen=True, slots=True)
class Project:
    """Where the folders of a project are."""

    root: Path

    def folder(self, name: str) -> Path:
        """One of leaflets, locales, templates, sites."""
        return self.root / name

    def files(self) -> Files:
        """The project's files, none of them read yet."""
        return Files(self.root)


def find_project(start: Path) -> Project:
    """The project that a folder is in: the folder itself or one above it, as git looks for its repositories.

    Raises LeafletError: (2) there is none, or it is inside of another one; else as `open_project` does.
    """
    found = [folder for folder in (start, *start.parents) if is_project(folder)]
    if not found:
        hint = "go into one, name one with --project, or make one: leafletpress init FOLDER"
        text = "no project is here or above: a folder with leaflets, locales and sites"
        raise LeafletError([Problem(Origin(str(start)), text, hint)], ExitCode.USAGE)
    if len(found) > 1:
        text = f"this project is inside of another one, {found[1]}"
        hint = f"say which is meant: --project {found[0]}"
        raise LeafletError([Problem(Origin(str(found[0])), text, hint)], ExitCode.USAGE)
    return open_project(found[0])


def open_project(folder: Path) -> Project:
    """The project in a folder.

    Raises LeafletError: (2) it is none, (4) it is of a newer format than this program reads, or the program lacks its
    own files.
    """
    if not is_project(folder):
        hint = "name a folder with leaflets, locales and sites, or make one: leafletpress init FOLDER"
        raise LeafletError([Problem(Origin(str(folder)), "is no project", hint)], ExitCode.USAGE)
    project = Project(folder.resolve())
    files = project.files()
    if not files.holds(f"templates/{EDITIONS}"):
        place = Origin(f"{program_folder()}/templates/{EDITIONS}")
        raise LeafletError(
            [Problem(place, "this file of the program is missing", "install leafletpress again")], ExitCode.MISSING
        )
    if files.holds(PROJECT_FILE):
        refuse_newer(files)
    return project


def is_project(folder: Path) -> bool:
    """Whether a folder is marked as a project, or has the folders of one."""
    return (folder / PROJECT_FILE).is_file() or all((folder / name).is_dir() for name in _FOLDERS)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are asked for; an empty tuple asks for all."""

    conditions: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    editions: tuple[str, ...] = ()
    site: str | None = None


@dataclass(frozen=True, slots=True)
class Unit:
    """A leaflet in a language: what is read and composed in one go."""

    condition: str
    locale: str

    def __str__(self) -> str:
        return f"{self.condition}/{self.locale}"


@dataclass(frozen=True, slots=True)
class Settings:
    """What decides which documents there are: the site, the editions to be built, the audiences, and the units.

    `names` are the languages asked for, and `locales` the settings of those whose file can be read. What is released
    depends on the day, `today`.
    """

    site: Site
    editions: Mapping[str, Edition]
    audiences: Mapping[str, Audience]
    names: tuple[str, ...]
    locales: Mapping[str, LocaleSettings]
    units: tuple[Unit, ...]
    today: date


def read_settings(files: Files, wanted: Wanted, today: date | None = None) -> Settings:
    """The settings of the project for what is asked for, on a day: by default, this one.

    Raises LeafletError where nothing can be built at all: no site, no templates, a filter that names nothing. Its
    problems are those of all files then, of leaflets and languages too.
    """
    problems: list[Problem] = []
    audiences = attempt(lambda: read_audiences(files), problems) or {}
    editions = attempt(lambda: read_editions(files), problems) or {}
    written, languages = conditions(files), locale_names(files)
    refuse_unknown(
        {
            "condition": (wanted.conditions, written),
            "locale": (wanted.locales, [*languages, *PSEUDO_LOCALES]),
            "audience": (wanted.audiences, list(audiences or wanted.audiences)),
            "format": (wanted.formats, list(WRITERS)),
            "edition": (wanted.editions, list(editions or wanted.editions)),
        }
    )
    chosen = chosen_site(files, wanted.site)
    site = attempt(lambda: _site(files, chosen, editions), problems)
    names = tuple(sorted(set(wanted.locales or languages), key=lambda name: (name != SOURCE, name)))
    leaflets = [name for name in written if not wanted.conditions or name in wanted.conditions]
    if site is None or problems:
        raise LeafletError(dict.fromkeys((*problems, *_others(files, leaflets, names))))
    found = {}
    for name in dict.fromkeys((*names, site.staff)):
        try:
            found[name] = read_locale_settings(files, name)
        except LeafletError:
            continue  # reported by what reads the whole language
    return Settings(
        site,
        {name: editions[name] for name in wanted.editions or site.editions},
        audiences,
        names,
        found,
        tuple(Unit(condition, name) for condition in leaflets for name in names),
        today or datetime.now().astimezone().date(),
    )


def _others(files: Files, leaflets: list[str], names: tuple[str, ...]) -> Iterator[Problem]:
    """What is wrong with all else, where nothing can be built from it."""
    # Imported where something is wrong: a build with nothing to do begins without YAML and Babel.
    from leafletpress.build.library import faults

    yield from faults(files, audience_names(files), leaflets, names)


def refuse_unknown(found: Mapping[str, tuple[tuple[str, ...], list[str]]]) -> None:
    """Raise LeafletError (exit code 2) for an option with an unknown name; by noun, the names and the known ones."""
    unknown = [
        Problem(Origin(f"--{noun}"), f'unknown {noun} "{name}"', did_you_mean(name, known))
        for noun, (names, known) in found.items()
        for name in names
        if name not in known
    ]
    if unknown:
        raise LeafletError(unknown, ExitCode.USAGE)


def chosen_site(files: Files, name: str | None) -> str:
    """The site of this name, or the only one, "" where there is none; raises LeafletError where one has to be named."""
    names = site_ids(files)
    if name is None and len(names) > 1:
        hint = f"choose one with --site: {', '.join(names)}"
        raise LeafletError([Problem(Origin("sites"), f"there are {len(names)} sites", hint)], ExitCode.USAGE)
    refuse_unknown({"site": ((name,) if name is not None else (), names)})
    return name or next(iter(names), "")


def _site(files: Files, name: str, editions: Mapping[str, Edition]) -> Site:
    if not name:
        raise LeafletError([Problem(Origin("sites"), "there is no site", "write sites/<name>.toml")])
    return read_site(files, name, editions)
