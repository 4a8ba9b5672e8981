"""The commands for translators: keep catalogs in step, add a language, see how far each is and what is wrong."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table

from leafletpress.build.library import Project, Translations, read_translations
from leafletpress.build.project import refuse_unknown
from leafletpress.cli.cosmetic import keep_cosmetic
from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import (
    called,
    locale_names,
    problem_json,
    say_error,
    say_file,
    say_json,
    say_problems,
)
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.locale import locale_name
from leafletpress.model.problems import ExitCode
from leafletpress.publish.files import put, writing
from leafletpress.read.conditions import conditions as all_conditions
from leafletpress.read.languages.settings import read_locale_settings
from leafletpress.read.located.files import Files
from leafletpress.read.releases import read_releases
from leafletpress.translate.add import add_locale
from leafletpress.translate.backtranslation import backtranslation_file
from leafletpress.translate.findings import Finding, check_backtranslations, check_catalogs
from leafletpress.translate.glossary import as_csv, as_tbx
from leafletpress.translate.revisions import raise_revisions
from leafletpress.translate.status import Status, statuses
from leafletpress.translate.update import update
from leafletpress.translate.worksheet import take_in, worksheet
from leafletpress.write.fonts import is_installed

_only: Callable[[Callable[..., Any]], Callable[..., Any]] = click.option(
    "--locale", "locales", multiple=True, callback=locale_names, help="Only this language, e.g. zh-Hans (repeatable)."
)
_as_json: Callable[..., Any] = click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")


@click.group("catalogs")
def catalogs() -> None:
    """Keep the translations in step with the English, and see what is missing, wrong or out of date."""


@catalogs.command("update")
@_only
@click.option("--condition", "conditions", multiple=True, help="Only this condition (repeatable).")
@click.option(
    "--cosmetic",
    is_flag=True,
    help="Of the texts that were reworded, only spelling, punctuation or order changed: keep their translations. Each "
    "is judged; where more may have changed, its translations are left alone, and so is all else.",
)
def update_command(locales: tuple[str, ...], conditions: tuple[str, ...], cosmetic: bool) -> int:
    """Bring new and changed English texts into locales/: the .pot templates and every .po catalog.

    The translation of a text that was reworded becomes fuzzy: it waits for its translator.
    """
    return _update(locales, conditions, cosmetic=cosmetic)


def _update(locales: tuple[str, ...], conditions: tuple[str, ...] = (), *, cosmetic: bool = False) -> int:
    project = chosen_project()
    found = read_translations(project, locales, catalogs=False)
    refuse_unknown({"condition": (conditions, [FURNITURE, *all_conditions(project.files())])})
    domains = [domain for domain in found.domains if not conditions or domain.name in conditions]
    if cosmetic and not keep_cosmetic(project.files(), domains, found.locales):
        say_problems(found.problems)
        return ExitCode.CONTENT
    written, broken = update(project.files(), domains, found.locales, datetime.now().astimezone())
    for name in written:
        print(f"{name} is updated")
    raised = _raise_revisions(project, locales, [domain.name for domain in domains])
    for name in raised:
        print(f"{name} has a new revision: its translation changed since it was published")
    say_problems((*found.problems, *broken))
    return _code([*found.problems, *broken])


def _raise_revisions(project: Project, locales: tuple[str, ...], names: Iterable[str]) -> list[str]:
    """Raise the revisions of translations that changed since they were published; the files written."""
    files = project.files()
    releases = read_releases(files)
    if not releases:
        return []
    now = read_translations(project, locales)
    leaflets = {name: now.leaflets[name] for name in names if name in now.leaflets}
    return raise_revisions(files, leaflets, now.locales, releases)


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


@catalogs.command("status")
@_only
@_as_json
def status_command(locales: tuple[str, ...], as_json: bool) -> int:
    """Show how far each language is: texts translated, fuzzy, missing, wrong; English words left to do."""
    found = read_translations(chosen_project(), locales)
    today = datetime.now().astimezone().date()
    rows = list(statuses(found.domains, found.locales, found.backtranslations, today))
    if as_json:
        problems = [problem_json(problem) for problem in found.problems]
        content = {"problems": problems, "catalogs": [asdict(row) for row in rows]}
        say_json(content)
        return _code(found.problems)
    say_problems(found.problems)
    _say_table(rows)
    return _code(found.problems)


def _say_table(rows: Iterable[Status]) -> None:
    table = Table()
    for column in ("language", "catalog", "audience"):
        table.add_column(column)
    for column in ("translated", "fuzzy", "missing", "wrong", "words\nleft", "read\nback", "complete\nfor", "saved"):
        table.add_column(column, justify="right")
    for row in rows:
        figures = (row.translated, row.fuzzy, row.missing, row.problems, row.words, f"{row.back} of {row.safety}")
        complete = row.translated and not (row.fuzzy or row.missing or row.problems)
        english = row.of if complete else f"{row.english or 'none yet'} (now {row.of})"
        age = "–" if row.age is None else "today" if row.age == 0 else f"{row.age} days ago"
        table.add_row(row.locale, row.condition, row.audience, *map(str, figures), english, age)
    console = Console(width=None if sys.stdout.isatty() else 130)
    console.print(table)


@catalogs.command("backtranslate")
@click.argument("locale")
@click.argument("filled", required=False, type=click.Path(path_type=Path, dir_okay=False))
def backtranslate_command(locale: str, filled: Path | None) -> int:
    """Put safety texts back into English: print a worksheet of those that wait, or take in one that is FILLED in.

    The worksheet holds no English, so that whoever fills it in says what the translation says.
    """
    project = chosen_project()
    found = read_translations(project, (locale_name(locale),))
    say_problems(found.problems)
    if code := _code(found.problems):
        return code
    language = found.locales[0]
    known = found.backtranslations[language.name]
    if filled is None:
        say_file(worksheet(found.domains, language, known))
        return ExitCode.OK
    content = Files(filled.parent).content(filled.name)
    text = take_in(filled.name, content, found.domains, language, known)
    name = backtranslation_file(language.name)
    with writing(name, hint=""):
        changed = put(project.files().path(name), text.encode())
    if changed:
        print(f"{name} is updated")
    return ExitCode.OK


@catalogs.command("glossary")
@click.argument("locale")
@click.option("--format", "format_", type=click.Choice(["tbx", "csv"]), default="tbx", help="tbx (default) or csv.")
def glossary_command(locale: str, format_: str) -> int:
    """Print the glossary of a language for other programs: Weblate, OmegaT, those of an agency."""
    found = read_translations(chosen_project(), (locale_name(locale),), catalogs=False)
    for language in found.locales:
        say_file(as_tbx(language) if format_ == "tbx" else as_csv(language.language.glossary))
    problems = [problem for problem in found.problems if problem.severity == "error"]
    say_problems(problems)
    return _code(problems)


@catalogs.command("check")
@_only
@_as_json
def check_command(locales: tuple[str, ...], as_json: bool) -> int:
    """Show what is missing, wrong or out of date in each catalog, with both texts and what to do."""
    found = read_translations(chosen_project(), locales)
    findings = list(_all_findings(found))
    code = _code(finding.problem for finding in findings)
    if as_json:
        say_json([_finding_json(finding) for finding in findings])
        return code
    for finding in findings:
        context = f" [{finding.context}]" if finding.context else ""
        say_error(f"{finding.problem}{context}")
        for name, text in (("English", finding.english), ("translation", finding.translation)):
            if text:
                say_error(f"    {name}: {text}")
    errors = sum(finding.problem.severity == "error" for finding in findings)
    print(f"{errors} errors, {len(findings) - errors} warnings")
    return code


def _all_findings(found: Translations) -> Iterable[Finding]:
    yield from map(Finding, found.problems)
    for locale in found.locales:
        yield from check_catalogs(found.domains, (locale,))
        yield from check_backtranslations(found.domains, locale, found.backtranslations[locale.name])


def _finding_json(finding: Finding) -> dict[str, object]:
    texts = {"context": finding.context, "english": finding.english, "translation": finding.translation}
    return {**problem_json(finding.problem), **texts}


def _code(problems: Iterable[object]) -> int:
    wrong = any(getattr(problem, "severity", "error") == "error" for problem in problems)
    return ExitCode.CONTENT if wrong else ExitCode.OK
