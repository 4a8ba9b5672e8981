"""Brings catalogs in step with the English: those alone of which something changed since they last were."""

from collections.abc import Collection, Iterable
from datetime import datetime

from leafletpress.build.catalogs import Known, by_language, pairs, unanswered
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.project import Project, Unit
from leafletpress.build.translations import Translations, read_catalogs
from leafletpress.model.problems import Problem
from leafletpress.model.releases import RELEASES_FILE
from leafletpress.read.releases import read_releases
from leafletpress.translate.revisions import raise_revisions
from leafletpress.translate.update import update


def bring_in_step(
    project: Project, names: Iterable[str], conditions: Collection[str], now: datetime, cache: Cache | None
) -> tuple[list[str], list[str], list[Problem]]:
    """Update these catalogs of these languages; the files written, those with a new revision, and the problems.

    Raises LeafletError (exit code 4) where a file can't be written.
    """
    files = project.files()
    question = f"update {files.digest(RELEASES_FILE)}"  # what was published decides on revisions
    asked = [Unit(condition, name) for name in names for condition in conditions]
    _, missing, problems = unanswered(files, Known(files, cache), question, asked)
    if not missing:
        return [], [], problems
    read = read_catalogs(files, by_language(missing), catalogs=False)
    written, broken = update(files, read.domains, read.locales, now)
    raised = _raise_revisions(project, missing)
    problems = list(dict.fromkeys((*problems, *read.problems, *broken)))
    _keep(Known(project.files(), cache), question, read, missing, {problem.origin.file for problem in problems})
    if cache:
        cache.trim()
        problems += cache.take_problems()
    return written, raised, problems


def _raise_revisions(project: Project, units: Iterable[Unit]) -> list[str]:
    """Raise the revisions of translations that changed since they were published; the files written."""
    files = project.files()
    releases = read_releases(files)
    if not releases:
        return []
    now = read_catalogs(files, by_language(units))
    return raise_revisions(files, now.leaflets, now.locales, releases)


def _keep(known: Known, question: str, read: Translations, units: Collection[Unit], broken: Collection[str]) -> None:
    """Take note that catalogs are in step, as their files are now; of none that has a problem."""
    known.learn(read)
    for unit, _, _ in pairs(read, units):
        if set(known.files_of(unit)).isdisjoint(broken):
            known.keep(question, unit, [])
