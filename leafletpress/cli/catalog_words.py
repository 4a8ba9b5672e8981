"""The commands about words: what safety texts say in English again, and the glossary for other programs."""

from pathlib import Path

import click

from leafletpress.build.translations import read_translations
from leafletpress.cli.catalog_options import code_of, only_conditions
from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import say_file, say_problems
from leafletpress.model.locale import locale_name
from leafletpress.model.problems import ExitCode
from leafletpress.publish.files import put, writing
from leafletpress.read.located.files import Files
from leafletpress.translate.backtranslation import backtranslation_file
from leafletpress.translate.glossary import as_csv, as_tbx
from leafletpress.translate.worksheet import take_in, worksheet


@click.command("backtranslate")
@click.argument("locale")
@click.argument("filled", required=False, type=click.Path(path_type=Path, dir_okay=False))
@only_conditions
def backtranslate_command(locale: str, filled: Path | None, conditions: tuple[str, ...]) -> int:
    """Put safety texts back into English: print a worksheet of those that wait, or take in one that is FILLED in.

    The worksheet holds no English, so that whoever fills it in says what the translation says.
    """
    project = chosen_project()
    found = read_translations(project, (locale_name(locale),))
    say_problems(found.problems)
    if code := code_of(found.problems):
        return code
    language = found.locales[0]
    known = found.backtranslations[language.name]
    if filled is None:
        wanted = [domain for domain in found.domains if not conditions or domain.name in conditions]
        say_file(worksheet(wanted, language, known))
        return ExitCode.OK
    content = Files(filled.parent).content(filled.name)
    text = take_in(filled.name, content, found.domains, language, known)
    name = backtranslation_file(language.name)
    with writing(name, hint=""):
        changed = put(project.files().path(name), text.encode())
    if changed:
        print(f"{name} is updated")
    return ExitCode.OK


@click.command("glossary")
@click.argument("locale")
@click.option("--format", "format_", type=click.Choice(["tbx", "csv"]), default="tbx", help="tbx (default) or csv.")
def glossary_command(locale: str, format_: str) -> int:
    """Print the glossary of a language for other programs: Weblate, OmegaT, those of an agency."""
    found = read_translations(chosen_project(), (locale_name(locale),), catalogs=False)
    for language in found.locales:
        say_file(as_tbx(language) if format_ == "tbx" else as_csv(language.language.glossary))
    problems = [problem for problem in found.problems if problem.severity == "error"]
    say_problems(problems)
    return code_of(problems)
