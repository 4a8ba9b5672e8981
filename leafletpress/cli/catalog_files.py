"""The commands that mend the files of translations: take away what is not used, put back what was dropped."""

from pathlib import Path, PurePosixPath

import click

from leafletpress.build.translations import read_translations
from leafletpress.cli.catalog_options import only_conditions, only_locales
from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import say_problems
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.files import put, writing
from leafletpress.read.conditions import conditions as all_conditions
from leafletpress.read.languages.catalogs import read_catalog
from leafletpress.read.languages.settings import catalog_file
from leafletpress.read.located.files import Files
from leafletpress.translate.dump import dump_catalog
from leafletpress.translate.prune import prune, unused
from leafletpress.translate.restore import restored


@click.command("prune")
@only_locales
@only_conditions
@click.option("--yes", is_flag=True, help="Do not ask: for scripts.")
def prune_command(locales: tuple[str, ...], conditions: tuple[str, ...], yes: bool) -> int:
    """Take away catalogs that no leaflet is made from; their words stay in locales/<locale>/memory.tmx.

    They are named first, and nothing is done without a yes. `catalogs update` offers the words where they fit again.
    """
    project = chosen_project()
    files = project.files()
    translations = read_translations(project, locales, catalogs=False)
    names = [locale.name for locale in translations.locales]
    known = [FURNITURE, *all_conditions(files)]
    found, problems = unused(files, known, translations.domains, names)
    found = [one for one in found if not conditions or one.domain in conditions]
    say_problems(problems)
    code = ExitCode.CONTENT if problems else ExitCode.OK
    if not found:
        print("There is nothing to take away." if problems else "Every catalog has its leaflet: nothing to take away.")
        return code
    for one in found:
        number = sum(bool(entry.translation.strip()) for entry in one.catalog.entries.values())
        print(f"{one.file} ({number} translations)" if one.locale else one.file)
    if not yes and not click.confirm("Take them away? Their words are kept in memory.tmx.", err=True):
        print("Nothing was changed.")
        return code
    for memory in prune(files, found):
        print(f"{memory} is updated")
    print(f"{len(found)} files are taken away")
    return code


@click.command("restore")
@click.argument("file")
@click.argument("returned", required=False, type=click.Path(path_type=Path, dir_okay=False))
def restore_command(file: str, returned: Path | None) -> int:
    """Give the entries of a catalog their places (msgctxt) again, which some programs drop.

    FILE is the catalog in the project: locales/es/LC_MESSAGES/calcinosis-cutis.po. It is mended as it is; with
    RETURNED, the file that came back from an agency, it gets the translations of that and keeps all else. Where one
    English text stands at several places, and its translations are not as many, or differ, they become fuzzy.
    """
    project = chosen_project()
    path = PurePosixPath(file)
    name = path.parts[1] if len(path.parts) == 4 else ""
    if file != catalog_file(name, path.stem):
        hint = "for example locales/es/LC_MESSAGES/calcinosis-cutis.po, from the folder of the project"
        raise LeafletError([Problem(Origin(file), "is no place of a catalog", hint)], ExitCode.USAGE)
    found = read_translations(project, (name,), (path.stem,), catalogs=False)
    if not (found.domains and found.locales):
        say_problems(found.problems)
        return ExitCode.CONTENT
    files = project.files()
    places = found.domains[0].offered(found.locales[0].audiences)
    if returned:
        content = Files(returned.parent).content(returned.name)
        catalog = restored(str(returned), content, places, read_catalog(files, file))
    else:
        catalog = restored(file, files.content(file), places)
    with writing(file, hint=""):
        changed = put(files.path(file), dump_catalog(catalog).encode())
    print(f"{file} is updated" if changed else f"{file} is as it was")
    return ExitCode.OK
