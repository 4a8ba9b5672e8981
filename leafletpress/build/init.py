"""Makes a project for the leaflets of a hospital: its folders, its languages, its site, its workflows."""

from pathlib import Path
from string import Template

from leafletpress import __version__
from leafletpress.build.project import is_project
from leafletpress.model.leaflet import UNFILLED
from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import put, writing
from leafletpress.read.format import PROJECT_FILE
from leafletpress.read.located.files import Files
from leafletpress.read.program import program_folder
from leafletpress.read.schema import schema_files
from leafletpress.read.sites import no_site_name
from leafletpress.translate.add import language_files, language_name

_OURS = Path(__file__).parent / "new_project"
# What a new project gets beside its languages, leaflets and site: its name there, and ours.
_FILES = {
    PROJECT_FILE: "leafletpress.toml",
    ".gitignore": "gitignore",
    "README.md": "README.md",
    "requirements.txt": "requirements.txt",
    ".ci/publish": "ci/publish",
    **{f".github/workflows/{name}.yml": f"workflows/{name}.yml" for name in ("check", "publish", "nightly")},
}
_RUN = (".ci/publish",)  # files that are run


def new_project(folder: Path, site: str, tags: tuple[str, ...]) -> list[str]:
    """Make a project with these languages beside English, and give the names of its files.

    Raises LeafletError: (2) for a folder that holds something or lies inside of a project, a site or language that is
    none; (4) where it can't be written.
    """
    _refuse(folder, site)
    names = dict.fromkeys((SOURCE, *map(language_name, tags)))
    program = Files(program_folder())
    contents = {schema: text.encode() for schema, text in schema_files().items()}
    for name in names:
        contents |= language_files(program, name)
    words = {
        "version": __version__,
        "site": site,
        "services": _words(names, "the name of the service"),
    }
    contents |= {name: _filled(ours, words) for name, ours in _FILES.items()}
    contents[f"sites/{site}.toml"] = _filled("site.toml", words)
    with writing(str(folder), hint=""):
        for name, content in contents.items():
            put(folder / name, content)
            if name in _RUN:
                (folder / name).chmod(0o755)
        (folder / "output").mkdir()
    return sorted(contents)


def _refuse(folder: Path, site: str) -> None:
    place = Origin(str(folder))
    problems = []
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        problems.append(Problem(place, "holds something", "name a new folder"))
    above = next((one for one in folder.resolve().parents if is_project(one)), None)
    if above:
        problems.append(Problem(place, f"lies inside of another project, {above}", "name a folder outside of it"))
    if wrong := no_site_name(site):
        problems.append(Problem(Origin("--site"), *wrong))
    if problems:
        raise LeafletError(problems, ExitCode.USAGE)


def _words(names: "dict[str, None]", what: str) -> str:
    """A table of words that wait to be filled in, by language."""
    return "\n".join(f'{name} = "{UNFILLED} {what}"' for name in names)


def _filled(ours: str, words: dict[str, str]) -> bytes:
    """One of our files with these words in their places; what else has a dollar, as workflows do, stays as it is."""
    return Template((_OURS / ours).read_text(encoding="utf-8")).safe_substitute(words).encode()
