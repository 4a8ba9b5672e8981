"""Has documents written: what lacks a font or a template fails without a worker, all others are done by workers."""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from leafletpress.build.fonts import missing_families
from leafletpress.build.plan import Task
from leafletpress.model.document import Document
from leafletpress.model.problems import ExitCode, LeafletError, Problem
from leafletpress.model.template_files import TemplateFiles
from leafletpress.read.located.files import Files
from leafletpress.write.fonts import needed_families

if TYPE_CHECKING:
    from leafletpress.build.workers import Pool


def written(
    files: Files,
    tasks: Collection[Task],
    pool: "Pool | None",
    workers: int | None,
    missing: Callable[[Collection[Problem]], None],
    report: Callable[[tuple[Problem, ...]], None],
) -> Iterator[tuple[Task, bytes | LeafletError]]:
    """What came of each document, in their order; `missing` is told of fonts before the first is begun.

    `report` gets what the writers report of the libraries under them.
    """
    if not tasks:
        return
    # Imported when there is something to write: a build with nothing to do begins without processes and writers.
    from leafletpress.build.workers import Job, results
    from leafletpress.write.template import Template

    fonts = _without_fonts(files, tasks)
    if fonts:
        missing(list(dict.fromkeys(problem for error in fonts.values() for problem in error.problems)))
    templates = _template_files(files, tasks)

    def refused(task: Task) -> LeafletError | None:
        template = templates[task.document.audience]
        return fonts.get(task.document) or (template if isinstance(template, LeafletError) else None)

    def jobs() -> Iterator[Job]:
        for task in tasks:
            template = templates[task.document.audience]
            if not isinstance(template, LeafletError) and task.document not in fonts:
                yield Job(task.document, task.handout, Template(template, task.edition))

    done = results(jobs(), workers, pool, report)
    for task in tasks:
        yield task, refused(task) or next(done)


def _template_files(files: Files, tasks: Iterable[Task]) -> dict[str, TemplateFiles | LeafletError]:
    """The template files of each audience, or why they can't be read."""
    from leafletpress.read.templates import read_template_files

    templates: dict[str, TemplateFiles | LeafletError] = {}
    for audience in dict.fromkeys(task.document.audience for task in tasks):
        try:
            templates[audience] = read_template_files(files, audience)
        except LeafletError as error:
            templates[audience] = error
    return templates


def _without_fonts(files: Files, tasks: Iterable[Task]) -> dict[Document, LeafletError]:
    """The documents whose fonts are not installed; each font says how many wait for it."""
    families = {task.document: needed_families(task.handout, task.document.format) for task in tasks}
    missing = missing_families(files, dict.fromkeys(family for named in families.values() for family in named))
    for family, problem in missing.items():
        count = sum(family in named for named in families.values())
        wait = "1 document waits" if count == 1 else f"{count} documents wait"
        missing[family] = replace(problem, text=f"{problem.text}; {wait} for it")
    return {
        document: LeafletError([missing[family] for family in named if family in missing], ExitCode.MISSING)
        for document, named in families.items()
        if not missing.keys().isdisjoint(named)
    }
