"""Small projects for the tests: the program's looks and languages around the leaflet that holds every block."""

import re
import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from leafletpress.build.library import Library, Project, Wanted, read_library, read_translations
from leafletpress.compose.handouts import Composition
from leafletpress.model.edition import DEFAULT_EDITION
from leafletpress.model.handout import Handout, Text, texts
from leafletpress.model.walk import walk
from leafletpress.read.languages.catalogs import Catalog, read_catalog
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_editions, read_template_files
from leafletpress.translate.update import update
from leafletpress.write.template import Template

ROOT = Path(__file__).resolve().parent.parent
VALID = ROOT / "tests" / "data" / "valid" / "leaflets"
SITE = VALID.parent / "sites" / "example-hospital.toml"
INVALID = ROOT / "tests" / "data" / "invalid" / "leaflets"
NOW = datetime(2026, 2, 28, 12, 30, tzinfo=UTC)
CONDITION = "every-block"
SHIPPED = "calcinosis-cutis"
TRANSLATED = ("ar", "es", "zh_Hans")
# What a made-up translation begins with.
IN_WORDS = {"two": 2, "twice": 2, "three": 3, "ten": 10}
MARKS = {"ar": "نص ", "es": "eñe ", "zh_Hans": "译"}


def are_shipped() -> bool:
    """Whether this checkout has the leaflets and the site that tests of shipped leaflets look at."""
    return (ROOT / "leaflets" / f"{SHIPPED}.yaml").is_file() and any((ROOT / "sites").glob("*.toml"))


def shipped_project() -> Project:
    """The project of the shipped leaflets; where there are none, a test of them is skipped and says so."""
    if not are_shipped():
        pytest.skip("no leaflet is shipped")
    return Project(ROOT)


def make_project(root: Path) -> Project:
    """A project with one leaflet and its catalogs, all texts translated by rote."""
    copy_looks(root)
    for name in ("en", *TRANSLATED):
        copy_language(root, name)
    (root / "leaflets").mkdir()
    for name in ("every-block.yaml", "dots.png", "shapes.svg"):
        shutil.copy(VALID / name, root / "leaflets")
    project = Project(root)
    update_catalogs(project)
    for locale in TRANSLATED:
        fill(catalog(project, locale), lambda text, locale=locale: by_rote(locale, text))  # type: ignore[misc]
    return project


def copy_looks(root: Path) -> None:
    """The program's templates, and a site that builds the default edition alone."""
    shutil.copytree(ROOT / "templates", root / "templates")
    (root / "sites").mkdir()
    shutil.copy(SITE, root / "sites")


def copy_language(root: Path, name: str) -> None:
    """The program's settings and template words of a language."""
    for source in (ROOT / "locales" / name).rglob("*"):
        if source.name in ("locale.toml", "furniture.po"):
            target = root / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)


def by_rote(locale: str, text: str) -> str:
    """A made-up translation: no sentence of it is English, its markup is that of the English.

    Its numbers are figures.
    """
    accents = {"e": "é", "o": "ó", "that": "thát", "with": "wíth", "it": "ít", "star": "stár"}
    kept = r"\{[^}]*\}|\[@[^\]]*\]|\(@[^)]*\)|\b(?:that|with|it|star)\b|[eo]"
    figures = "".join(f"{IN_WORDS[word]} " for word in re.findall(r"\w+", text.lower()) if word in IN_WORDS)
    return MARKS[locale] + figures + re.sub(kept, lambda found: accents.get(found[0], found[0]), text)


def update_catalogs(project: Project) -> list[str]:
    """Bring the catalogs in step; the files written."""
    found = read_translations(project, catalogs=False)
    written, broken = update(project.files(), found.domains, found.locales, NOW)
    assert not [*found.problems, *broken]
    return written


def see_figures(project: Project) -> None:
    """Bring the catalogs in step, and have translators see the figures that changed: no word of theirs changes."""
    update_catalogs(project)
    for path in (project.root / "locales").glob("*/LC_MESSAGES/*.po"):
        path.write_text(path.read_text(encoding="utf-8").replace("#, fuzzy\n", ""), encoding="utf-8")


def catalog(project: Project, locale: str, domain: str = CONDITION) -> Path:
    """The file of a catalog."""
    return project.folder("locales") / locale / "LC_MESSAGES" / f"{domain}.po"


def catalog_in(path: Path) -> Catalog:
    """The catalog in a file."""
    return read_catalog(Files(path.parent), path.name)


def fill(path: Path, translate: Callable[[str], str]) -> None:
    """Translate every entry that has no translation yet; the header is left alone."""

    def filled(found: re.Match[str]) -> str:
        return f'{found[1]}msgstr "{translate(found[2])}"'

    change(path, lambda text: re.sub(r'(msgid "(.+)"\n)msgstr ""(?=\n\n|\n?\Z)', filled, text))


def change(path: Path, edit: Callable[[str], str]) -> None:
    """Edit a file; an edit that changes nothing is a fault of the test."""
    before = path.read_text(encoding="utf-8")
    after = edit(before)
    assert after != before, f"nothing to change in {path.name}"
    path.write_text(after, encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """Replace the first place of a text in a file."""
    change(path, lambda text: text.replace(old, new, 1))


def read(project: Project, locales: Iterable[str] = ()) -> Library:
    """The project's library, in which there must be nothing wrong."""
    library = read_library(project, Wanted(locales=tuple(locales)))
    assert not library.problems
    return library


def template_of(project: Project, audience: str, edition: str = DEFAULT_EDITION) -> Template:
    """The looks of an audience's leaflets in an edition, as a project has them."""
    files = project.files()
    return Template(read_template_files(files, audience), read_editions(files)[edition])


def composed(project: Project, locale: str, audience: str) -> Composition:
    """One handout of a project with one leaflet."""
    (made,) = read(project, [locale]).compositions(Wanted(audiences=(audience,)))
    return made


def block(handout: Handout, section: str, name: str) -> list[Text]:
    """The texts of one block, in reading order."""
    found: list[Text] = []
    for part in handout.sections:
        if part.id == section:
            walk(part, lambda place, text: found.append(text) if place.context == f"{section}.{name}" else None)
    assert found, f"no block {section}.{name}"
    return found


def words(handout: Handout) -> list[str]:
    """Every text of the body, in reading order."""
    return [str(text) for text in texts(handout)]
