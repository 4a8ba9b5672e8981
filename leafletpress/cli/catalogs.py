"""The commands for translators: keep catalogs in step, add a language, see how far each is and what is wrong."""

from datetime import datetime

import click

from leafletpress.build.translations import chosen_catalogs, read_translations
from leafletpress.build.updating import bring_in_step
from leafletpress.cli.catalog_files import prune_command, restore_command
from leafletpress.cli.catalog_options import cache_of, code_of, no_cache, only_conditions, only_locales
from leafletpress.cli.catalog_reports import check_command, status_command
from leafletpress.cli.catalog_words import backtranslate_command, glossary_command
from leafletpress.cli.cosmetic import keep_cosmetic
from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import called, say_problems
from leafletpress.model.problems import ExitCode
from leafletpress.read.languages.settings import read_locale_settings
from leafletpress.translate.add import add_locale
from leafletpress.write.fonts import is_installed


@click.group("catalogs")
def catalogs() -> None:
    """Keep the translations in step with the English, and see what is missing, wrong or out of date."""


for command in (
    status_command,
    check_command,
    backtranslate_command,
    glossary_command,
    prune_command,
    restore_command,
):
    catalogs.add_command(command)


@catalogs.command("update")
@only_locales
@only_conditions
@click.option(
    "--cosmetic",
    is_flag=True,
    help="Of the texts that were reworded, only spelling, punctuation or order changed: keep their translations. Each "
    "is judged; where more may have changed, its translations are left alone, and so is all else.",
)
@no_cache
def update_command(locales: tuple[str, ...], conditions: tuple[str, ...], cosmetic: bool, no_cache: bool) -> int:
    """Bring new and changed English texts into locales/: the .pot templates and every .po catalog.

    A text that was reworded, moved, split or merged is offered its translation as fuzzy: it waits for its translator.
    """
    return _update(locales, conditions, cosmetic=cosmetic, no_cache=no_cache)


def _update(
    locales: tuple[str, ...], conditions: tuple[str, ...] = (), *, cosmetic: bool = False, no_cache: bool = False
) -> int:
    project = chosen_project()
    names, chosen = chosen_catalogs(project.files(), locales, conditions)
    if cosmetic:
        found = read_translations(project, locales, conditions, catalogs=False)
        if not keep_cosmetic(project.files(), found.domains, found.locales):
            say_problems(found.problems)
            return ExitCode.CONTENT
    cache = cache_of(project, unused=no_cache)
    written, raised, problems = bring_in_step(project, names, chosen, datetime.now().astimezone(), cache)
    for name in written:
        print(f"{name} is updated")
    for name in raised:
        print(f"{name} has a new revision: its translation changed since it was published")
    say_problems(problems)
    return code_of(problems)


@catalogs.command("add")
@click.argument("locale")
@click.option("--cldr", help="A near locale for figures and dates, where CLDR does not know this one.")
def add_command(locale: str, cldr: str | None) -> int:
    """Add a language: LOCALE is its BCP 47 tag, for example fr, pt-BR or zh-Hant."""
    project = chosen_project()
    name, made = add_locale(project.files(), locale, cldr)
    for file in made:
        print(f"{file} is made")
    code = _update((name,))
    families = read_locale_settings(project.files(), name).families
    if missing := [family for family in families if not is_installed(family)]:
        print(f"Fonts are missing: {', '.join(missing)}. To bring them: {called('leafletpress fonts')}")
    print(f"Next: look over the settings in locales/{name}, and add the language to each file of sites/.")
    print("Then translate the catalogs; a regional language needs but the texts that differ.")
    return code
