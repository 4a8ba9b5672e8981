"""Publishes what a build made of each document, and withholds from a release what must not reach a reader."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
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


_Leaflet = tuple[str, str, str, str]  # condition, locale, audience, edition


@dataclass(frozen=True, slots=True)
class _Written:
    """What came of writing a document: its content, or None; and what is wrong with it."""

    task: Task
    content: bytes | None
    problems: tuple[Problem, ...]
    exit_code: ExitCode
    cached: bool

    def why(self, document: Document) -> str:
        """Why another document, or this one, is withheld for what is wrong here."""
        text = self.problems[0].text
        return text if document == self.task.document else f"its {self.task.document.format.upper()}: {text}"


class Publisher:
    """Publishes one document after the other, and remembers what became of each.

    A release publishes a handout in an edition in all of its formats, or withholds it in all.
    """

    def __init__(self, folder: Output, done: Callable[[Outcome], None], *, release: bool) -> None:
        self._folder, self._done, self._release = folder, done, release
        self._formats: dict[_Leaflet, dict[Document, _Written | None]] = defaultdict(dict)
        self._current: dict[_Leaflet, list[Task]] = defaultdict(list)
        self.outcomes: list[Outcome] = []
        self.heard: dict[Problem, None] = {}

    def hear(self, warnings: tuple[Problem, ...]) -> None:
        """Keep what a worker says of its libraries: each thing once, however many workers say it."""
        self.heard.update(dict.fromkeys(warnings))

    def withhold_unread(self, document: Document, reason: str) -> None:
        """Keep a document from the public whose sources can't be read."""
        self._note(Outcome(document, self._folder.withhold_unread(document, reason), exit_code=ExitCode.WITHHELD))

    def begin(self, tasks: Iterable[Task], cache: Cache | None) -> list[Task]:
        """The documents that have to be written; others are withheld, published from the cache, or in the folder."""
        found: list[tuple[Task, bytes | None]] = []
        for task in tasks:
            if why := task.held.by(release=self._release):
                if not task.row:
                    row = self._folder.withhold(task.document, task.handout, why)
                    self._note(Outcome(task.document, row, exit_code=ExitCode.WITHHELD))
            elif task.row:
                self._current[_leaflet(task.document)].append(task)
            else:
                self._formats[_leaflet(task.document)][task.document] = None
                found.append((task, cache.get(task.made.key) if cache else None))
        for task, content in found:
            if content is not None:
                self.publish(task, content, cached=True)
        return [task for task, content in found if content is None]

    def publish(self, task: Task, came: bytes | LeafletError, *, cached: bool = False) -> None:
        """Publish a document; one that could not be written is not.

        A release waits until all formats of it are there.
        """
        if isinstance(came, LeafletError):
            written = _Written(task, None, came.problems, came.exit_code, cached)
        else:
            problems = _too_long(task, came)
            written = _Written(task, came, problems, ExitCode.CONTENT if problems else ExitCode.OK, cached)
        if not self._release:
            self._put(written)
            return
        formats = self._formats[_leaflet(task.document)]
        formats[task.document] = written
        if all(formats.values()):
            self._publish_all(self._formats.pop(_leaflet(task.document)))

    def _publish_all(self, formats: Mapping[Document, "_Written | None"]) -> None:
        """Publish all formats of a leaflet, or withhold all where one of them is faulty."""
        came = [one for one in formats.values() if one]
        faulty = [one for one in came if one.problems]
        for one in came:
            if not faulty:
                self._put(one)
                continue
            why = (one if one.problems else faulty[0]).why(one.task.document)
            row = self._folder.withhold(one.task.document, one.task.handout, why)
            self._note(Outcome(one.task.document, row, one.problems, ExitCode.WITHHELD, one.cached))
        for task in self._current.pop(_leaflet(came[0].task.document), ()) if faulty else ():
            row = self._folder.withhold(task.document, task.handout, faulty[0].why(task.document))
            self._note(Outcome(task.document, row, exit_code=ExitCode.WITHHELD))

    def _put(self, written: "_Written") -> None:
        task, row = written.task, None
        if written.content is not None:
            listed = task.document.locale not in PSEUDO_LOCALES
            row = self._folder.publish(task.document, task.handout, written.content, listed=listed)
        self._note(Outcome(task.document, row, written.problems, written.exit_code, written.cached))

    def _note(self, outcome: Outcome) -> None:
        self.outcomes.append(outcome)
        self._done(outcome)


def _leaflet(document: Document) -> _Leaflet:
    return document.condition, document.locale, document.audience, document.edition


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
