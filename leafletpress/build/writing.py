"""Has documents written: what lacks a font or a template fails without a worker, all others are done by workers."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from leafletpress.build.plan import Task
from leafletpress.model.document import Document
from leafletpress.model.edition import Edition
from leafletpress.model.looks import Looks
from leafletpress.model.problems import ExitCode, LeafletError, Problem
from leafletpress.read.located.files import Files
from leafletpress.write import WITH_FONTS
from leafletpress.write.fonts import missing_fonts

if TYPE_CHECKING:
    from leafletpress.build.workers import Pool


def written(
    files: Files,
    tasks: Collection[Task],
    editions: Mapping[str, Edition],
    pool: "Pool | None",
    workers: int | None,
    missing: Callable[[Collection[Problem]], None],
) -> Iterator[tuple[Task, bytes | LeafletError]]:
    """What came of each document, in their order; `missing` is told of fonts before the first is begun."""
    if not tasks:
        return
    # Imported when there is something to write: a build with nothing to do begins without processes and writers.
    from leafletpress.build.workers import Job, results
    from leafletpress.write.template import Template

    fonts = _without_fonts(tasks)
    if fonts:
        missing(list(dict.fromkeys(problem for error in fonts.values() for problem in error.problems)))
    looks = _looks(files, tasks)

    def refused(task: Task) -> LeafletError | None:
        look = looks[task.document.audience]
        return fonts.get(task.document) or (look if isinstance(look, LeafletError) else None)

    def jobs() -> Iterator[Job]:
        for task in tasks:
            look = looks[task.document.audience]
            if not isinstance(look, LeafletError) and task.document not in fonts:
                yield Job(task.document, task.handout, Template(look, editions[task.document.edition]))

    done = results(jobs(), workers, pool)
    for task in tasks:
        yield task, refused(task) or next(done)


def _looks(files: Files, tasks: Iterable[Task]) -> dict[str, Looks | LeafletError]:
    """The looks of each audience, or why they can't be read."""
    from leafletpress.read.looks import read_looks

    looks: dict[str, Looks | LeafletError] = {}
    for audience in dict.fromkeys(task.document.audience for task in tasks):
        try:
            looks[audience] = read_looks(files, audience)
        except LeafletError as error:
            looks[audience] = error
    return looks


def _without_fonts(tasks: Iterable[Task]) -> dict[Document, LeafletError]:
    """The documents whose fonts are not installed; each font says how many wait for it."""
    families = {task.document: task.handout.typography.families for task in tasks if task.document.format in WITH_FONTS}
    missing = missing_fonts(dict.fromkeys(family for named in families.values() for family in named))
    for family, problem in missing.items():
        count = sum(family in named for named in families.values())
        wait = "1 document waits" if count == 1 else f"{count} documents wait"
        missing[family] = replace(problem, text=f"{problem.text}; {wait} for it")
    return {
        document: LeafletError([missing[family] for family in named if family in missing], ExitCode.MISSING)
        for document, named in families.items()
        if not missing.keys().isdisjoint(named)
    }
