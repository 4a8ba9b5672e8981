"""Has two output folders compared and the report of it written; apart, for what draws pages is slow to import."""

from dataclasses import replace
from pathlib import Path

from leafletpress.cli.project import chosen_project
from leafletpress.cli.say import say_problems
from leafletpress.compare.alerts import Speech
from leafletpress.compare.changes import compare
from leafletpress.compare.folders import Compared, read_compared
from leafletpress.compare.page import page, write
from leafletpress.compare.summary import summary
from leafletpress.model.problems import ExitCode, LeafletError, Problem
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.located.files import Files
from leafletpress.read.templates import read_report


def report(old: Path, new: Path, output: Path, short: Path | None, most_pages: int) -> ExitCode:
    """Compare two output folders and write the report, and where `short` is given its summary.

    Raises LeafletError (exit code 2) where a folder is not there.
    """
    folders: list[Compared] = []
    problems: list[Problem] = []
    for folder in (old, new):
        try:
            folders.append(read_compared(folder, str(folder)))
        except LeafletError as error:
            problems.extend(error.problems)
    if problems:
        raise LeafletError(problems, ExitCode.USAGE)
    files = chosen_project().files()
    speeches, unread = _speeches(files)
    before, after = folders
    changes = compare(before, after, speeches, most_pages)
    changes = replace(changes, problems=(*changes.problems, *unread))
    write(output, str(output), page(changes, speeches, dict(read_report(files))))
    if short:
        write(short, str(short), summary(changes, speeches).encode())
    say_problems(changes.problems)
    broken = any(problem.severity == "error" for problem in changes.problems)
    return ExitCode.CONTENT if broken else ExitCode.OK


def _speeches(files: Files) -> tuple[dict[str, Speech], list[Problem]]:
    """The languages by name, and the problems of those whose settings can't be read."""
    speeches: dict[str, Speech] = {}
    problems: list[Problem] = []
    english: CatalogLocale | None = None
    for name in locale_names(files):  # English first
        try:
            locale = read_locale(files, name, (), english)[0]
        except LeafletError as error:
            problems.extend(error.problems)
            continue
        english = english or locale
        speeches[name] = Speech(locale.english_name, locale.language.glossary.negations, locale.language.is_english)
    return speeches, problems
