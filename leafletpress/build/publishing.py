"""Publishes what a build made of each document, and withholds from a release what must not reach a reader."""

from collections.abc import Callable
from dataclasses import dataclass

from leafletpress.build.freshness.cache import Cache
from leafletpress.build.plan import Task
from leafletpress.model.document import Document
from leafletpress.model.locale import PSEUDO_LOCALES
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.publish.manifest import Row
from leafletpress.publish.output import Output, sides


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its row, or the problems that kept it from being built; `cached`: not written anew.

    One that a release withholds for what is wrong with it has both.
    """

    document: Document
    row: Row | None
    problems: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.OK
    cached: bool = False


class Publisher:
    """Publishes one document after the other, and remembers what became of each."""

    def __init__(self, folder: Output, done: Callable[[Outcome], None], *, release: bool) -> None:
        self._folder, self._done, self._release = folder, done, release
        self.outcomes: list[Outcome] = []
        self.heard: dict[Problem, None] = {}

    def hear(self, warnings: tuple[Problem, ...]) -> None:
        """Keep what a worker says of its libraries: each thing once, however many workers say it."""
        self.heard.update(dict.fromkeys(warnings))

    def settles(self, task: Task, cache: Cache | None) -> bool:
        """Whether a document need not be written: it is withheld, or published from the cache."""
        if self._release and task.gaps:
            row = self._folder.withhold(task.document, task.handout, task.gaps)
            self._note(Outcome(task.document, row, exit_code=ExitCode.WITHHELD))
            return True
        found = cache.get(task.made.key) if cache else None
        if found is not None:
            self.publish(task, found, cached=True)
        return found is not None

    def publish(self, task: Task, written: bytes | LeafletError, *, cached: bool = False) -> None:
        """Publish a document; one that could not be written is not, and a release withholds what is faulty in itself.

        What is wrong with a template or a font is wrong with more than one document: then nothing of them is withheld,
        and what was published of them stays until that is mended.
        """
        if isinstance(written, LeafletError):
            row, problems, code = None, written.problems, written.exit_code
        else:
            row, problems = None, _too_long(task, written)
            code = ExitCode.CONTENT if problems else ExitCode.OK
        if self._release and problems and all(is_of(problem.origin, task.document) for problem in problems):
            row, code = self._folder.withhold(task.document, task.handout, problems[0].text), ExitCode.WITHHELD
        elif isinstance(written, bytes):
            listed = task.document.locale not in PSEUDO_LOCALES
            row = self._folder.publish(task.document, task.handout, written, listed=listed)
        self._note(Outcome(task.document, row, problems, code, cached))

    def _note(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self._done(outcome)


def is_of(origin: Origin, document: Document) -> bool:
    """Whether a problem names the document as its place: by its path, or by the name of its file."""
    return origin.file in (document.path, document.path.rpartition("/")[2])


def _too_long(task: Task, content: bytes) -> tuple[Problem, ...]:
    """What is wrong with a PDF that has more sides than its edition allows; a pseudo-language may be longer."""
    document = task.document
    most = task.edition.most_sides(document.audience, document.locale)
    if document.format != "pdf" or document.locale in PSEUDO_LOCALES or (count := sides(content)) <= most:
        return ()
    text = f"{count} sides, at most {most} are allowed"
    hint = "shorten the text, or allow more: sides of the leaflet, or templates/editions.toml for all"
    return (Problem(Origin(document.path), text, hint),)
