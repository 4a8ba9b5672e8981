"""Says why: what a document was made of, what of that differs now, and what a build would make of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from leafletpress.build.freshness.inputs import Inputs
from leafletpress.build.freshness.ledger import Detail, Ledger
from leafletpress.build.plan import Earlier, Plan, Task, compose_changed, find_unchanged, read_changed
from leafletpress.build.project import Project, Unit, Wanted, read_settings
from leafletpress.model.digests import part_digests
from leafletpress.model.document import Document
from leafletpress.model.leaflet import FURNITURE
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem, did_you_mean
from leafletpress.publish.folder import Present, read_present
from leafletpress.read.templates import SHARED
from leafletpress.write.fonts import NAMED

_TEMPLATES = "templates/"


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a build would do: the documents that it would make or withhold, each with its reasons."""

    documents: tuple[tuple[Document, tuple[str, ...]], ...]
    unchanged: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """What a document was made of: digests of files and versions by name; and those that differ now, as they are.

    `inputs` is empty where the ledger lacks them; `reasons` is empty where a build would leave the document as it is.
    """

    document: Document
    inputs: Mapping[str, str]
    differing: Mapping[str, str]
    reasons: tuple[str, ...]
    problems: tuple[Problem, ...]


def foresee(project: Project, wanted: Wanted, output: Path, label: str, *, release: bool) -> Foreseen:
    """What a build would do, without doing any of it; raises LeafletError as `build` does."""
    earlier, inputs, plan = _planned(project, wanted, output, label, release=release)
    todo = [task for task in plan.tasks if not task.row]
    details = {unit: earlier.ledger.detail(str(unit)) for unit in dict.fromkeys(task.unit for task in todo)}
    return Foreseen(
        tuple(
            (task.document, tuple(_reasons(task, earlier, details[task.unit], inputs, release=release)))
            for task in todo
        ),
        len(plan.current) + len(plan.tasks) - len(todo),
        (*earlier.ledger.problems, *plan.problems),
    )


def explain(project: Project, path: str, output: Path, label: str) -> Explained:
    """What the document at a path was made of; the path is below the output folder, with that folder or without it.

    Raises LeafletError (exit code 2) for a path at which nothing was published.
    """
    present = read_present(output, label)
    document = _published(path, present, output, label)
    unit = Unit(document.condition, document.locale)
    wanted = Wanted(
        (document.condition,), (document.locale,), (document.audience,), (document.format,), (document.edition,),
        present.site,
    )  # fmt: skip
    release = present.rows[document].state == "withheld"
    try:
        earlier, inputs, plan = _planned(project, wanted, output, label, release=release)
    except LeafletError as error:
        if error.exit_code != ExitCode.USAGE:
            raise
        return Explained(document, {}, {}, ("the project no longer makes it",), error.problems)
    detail = earlier.ledger.detail(str(unit))
    known = detail.documents.get(document.path)
    before = _of_audience(detail.inputs.get(known[0], {}) if known else {}, document.audience)
    now = _of_audience(inputs.of(unit), document.audience)
    differing = {name: now.get(name, "") for name in {**before, **now} if before and before.get(name) != now.get(name)}
    reasons: list[str] = []
    for task in plan.tasks:
        reasons += () if task.row else _reasons(task, earlier, detail, inputs, release=release)
    return Explained(document, before, differing, tuple(reasons), (*earlier.ledger.problems, *plan.problems))


def _planned(
    project: Project, wanted: Wanted, output: Path, label: str, *, release: bool
) -> tuple[Earlier, Inputs, Plan]:
    files = project.files()
    settings = read_settings(files, wanted)
    present = read_present(output, label, settings.site.id)
    earlier = Earlier(output, present.rows, Ledger(output, label))
    inputs = Inputs(files, settings, earlier.ledger.leaflets)
    freshness = find_unchanged(settings, wanted, earlier, inputs, release=release)
    library = read_changed(files, settings, inputs, freshness)
    return earlier, inputs, compose_changed(library, settings, wanted, earlier, inputs, freshness, release=release)


def _published(path: str, present: Present, output: Path, label: str) -> Document:
    """The document of a path as people type it."""
    documents = {document.path: document for document in present.rows}
    typed = Path(path)
    for folder in (Path(label), output):
        if typed.is_relative_to(folder):
            typed = typed.relative_to(folder)
    if typed.as_posix() in documents:
        return documents[typed.as_posix()]
    text = f"nothing is published there, in the folder {label}"
    unknown = Problem(Origin(path), text, did_you_mean(typed.as_posix(), documents))
    raise LeafletError([*present.problems, unknown], ExitCode.USAGE)


def _of_audience(inputs: Mapping[str, str], audience: str) -> dict[str, str]:
    """Inputs without the templates of other audiences."""
    own = (f"{_TEMPLATES}{audience}/", f"{_TEMPLATES}{SHARED}/")
    return {
        name: known
        for name, known in inputs.items()
        if not name.startswith(_TEMPLATES) or name.startswith(own) or name.count("/") == 1
    }


def _reasons(task: Task, earlier: Earlier, detail: Detail, inputs: Inputs, *, release: bool) -> Iterator[str]:
    """Why a document would be made: what of it is missing, or which files differ, and the texts that print."""
    path = task.document.path
    entry, row = earlier.ledger.documents.get(path), earlier.rows.get(task.document)
    if why := task.held.by(release=release):
        yield f"to be withheld: {why}"
    elif entry is None:
        yield "nobody knows what it was made of" if row else "new"
    elif entry.key != task.made.key:
        yield from _changes(task, detail, inputs)
    elif row is None:
        yield "its file is missing, or not as large as it was"
    else:
        yield "it was withheld" if row.state == "withheld" else "its file is not the one that was noted"


def _changes(task: Task, detail: Detail, inputs: Inputs) -> Iterator[str]:
    """What of a document changed: what it prints, templates, fonts, the writer."""
    digest, made = detail.documents.get(task.document.path, ("", task.made))
    if digest not in detail.inputs or made == task.made:
        yield "something that it is made of changed"
        return
    differing = _differing(task, detail.inputs[digest], inputs.of(task.unit))
    if made.handout != task.made.handout:
        yield from _content(task, detail.texts.get(made.handout, {}), differing)
    if made.templates != task.made.templates:
        templates = [name for name in differing if name.startswith(_TEMPLATES) and not _is_content(name)]
        yield f"templates: {', '.join(templates)}" if templates else "the sides that it may have"
    if made.fonts != task.made.fonts:
        yield f"fonts: {', '.join(name for name in differing if name.startswith(NAMED))}"
    if made.program != task.made.program:
        yield f"writer: {', '.join(name for name in differing if not _is_file(name))}"


def _differing(task: Task, before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    names = {**_of_audience(before, task.document.audience), **_of_audience(now, task.document.audience)}
    return [name for name in names if before.get(name) != now.get(name)]


def _content(task: Task, before: Mapping[str, str], differing: Iterable[str]) -> Iterator[str]:
    """The files whose change may be seen in a handout, each with the texts that differ and may come from it."""
    now = part_digests(task.handout)
    contexts = [name for name in {**before, **now} if before.get(name) != now.get(name)] if before else []
    explained = False
    for file in filter(_is_content, differing):
        own = [context for context in contexts if _may_hold(file, context, task.unit)]
        if own or not contexts:
            explained = True
            yield f"{file}: {', '.join(own)}" if own else file
    if not explained:
        yield ", ".join(contexts) or "what it prints"


def _may_hold(file: str, context: str, unit: Unit) -> bool:
    """Whether a text could come from a file: a catalog or a leaflet holds no words of templates, and the reverse."""
    if FURNITURE in file:
        return context.startswith(f"{FURNITURE}.")
    if file.endswith((f"/{unit.condition}.po", f"/{unit.condition}.yaml")):
        return not context.startswith(f"{FURNITURE}.")
    if file.startswith("leaflets/"):
        return context.startswith(Path(file).name.partition(".")[0])
    return True


def _is_file(name: str) -> bool:
    return "/" in name and not name.endswith("/")


def _is_content(name: str) -> bool:
    """Whether a file decides what is printed, not how."""
    if name.startswith(_TEMPLATES):
        return name.endswith((f"/{FURNITURE}.toml", "/theme.toml"))
    return _is_file(name) and not name.startswith(NAMED)
