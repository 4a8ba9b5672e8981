"""Plans the documents of a build and has them written, here or by a pool of workers, and published in order."""

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path

from leafletpress import __version__
from leafletpress.catalogs.locales import CatalogLocale, locale_names, read_locale
from leafletpress.catalogs.update import Domain
from leafletpress.compose import FURNITURE, Composition, Gap, compose
from leafletpress.errors import ExitCode, LeafletError, Origin, Problem, did_you_mean
from leafletpress.handout import Handout
from leafletpress.leaflet import Leaflet, Message, messages
from leafletpress.locale import SOURCE
from leafletpress.publishing.manifest import Document, Row
from leafletpress.publishing.output import Output
from leafletpress.site import Site
from leafletpress.source.leaflets import conditions, read_leaflet
from leafletpress.source.sites import read_site, site_ids
from leafletpress.templates import Audience, Edition, read_audiences, read_editions, read_furniture, read_template
from leafletpress.writers import WRITERS

EDITION = "a4"


@dataclass(frozen=True, slots=True)
class Project:
    """Where the folders of a project are."""

    root: Path

    def folder(self, name: str) -> Path:
        """One of leaflets, locales, templates, sites."""
        return self.root / name


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which documents are asked for; an empty tuple asks for all."""

    conditions: tuple[str, ...] = ()
    locales: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    site: str | None = None


@dataclass(slots=True)
class Library:
    """Everything that was read, and the problems of what could not be."""

    site: Site
    audiences: dict[str, Audience]
    furniture: dict[str, Message]
    leaflets: dict[str, Leaflet] = field(default_factory=dict)
    locales: dict[str, CatalogLocale] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def compositions(self, wanted: Wanted) -> Iterator[Composition]:
        """The handouts asked for, in order of condition, locale and audience; what lacks its catalog is left out."""
        for leaflet in self.leaflets.values():
            for locale in self.locales.values():
                if not locale.holds(FURNITURE, leaflet.condition):
                    continue
                for audience in locale.audiences:
                    if not wanted.audiences or audience in wanted.audiences:
                        yield compose(leaflet, locale, self.audiences[audience], self.site, self.furniture)


@dataclass(frozen=True, slots=True)
class Job:
    """One document to be written."""

    document: Document
    handout: Handout
    templates: Path


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document: its row, or the problems that kept it from being built."""

    document: Document
    row: Row | None
    problems: tuple[Problem, ...] = ()
    exit_code: ExitCode = ExitCode.OK


@dataclass(frozen=True, slots=True)
class Build:
    """What became of a whole build."""

    outcomes: tuple[Outcome, ...]
    gaps: Mapping[tuple[str, str, str], tuple[Gap, ...]]
    problems: tuple[Problem, ...]
    exit_codes: tuple[ExitCode, ...]


def read_library(project: Project, wanted: Wanted) -> Library:
    """All that the wanted documents are made of.

    A leaflet or catalog that can't be read is a problem of the library; raises LeafletError where nothing can be
    built at all: no site, no templates, a filter that names nothing.
    """
    audiences = read_audiences(project.folder("templates"))
    found = {
        "condition": (wanted.conditions, conditions(project.folder("leaflets"))),
        "locale": (wanted.locales, locale_names(project.folder("locales"))),
        "audience": (wanted.audiences, list(audiences)),
        "format": (wanted.formats, list(WRITERS)),
    }
    unknown = [
        Problem(Origin(f"--{noun}"), f'unknown {noun} "{name}"', did_you_mean(name, known))
        for noun, (names, known) in found.items()
        for name in names
        if name not in known
    ]
    if unknown:
        raise LeafletError(unknown, ExitCode.USAGE)
    library = Library(_site(project, wanted.site), audiences, read_furniture(project.folder("templates")))
    for condition in found["condition"][1]:
        if not wanted.conditions or condition in wanted.conditions:
            path = project.folder("leaflets") / f"{condition}.yaml"
            try:
                library.leaflets[condition] = read_leaflet(path, f"leaflets/{path.name}", audiences)
            except LeafletError as error:
                library.problems.extend(error.problems)
    _read_locales(project, library, wanted.locales)
    return library


def _read_locales(project: Project, library: Library, names: tuple[str, ...]) -> None:
    folder = project.folder("locales")
    domains = (FURNITURE, *library.leaflets)
    english, _ = read_locale(folder, SOURCE, (), None)
    for name in locale_names(folder):
        if names and name not in names:
            continue
        try:
            locale, problems = (english, []) if name == SOURCE else read_locale(folder, name, domains, english)
        except LeafletError as error:
            library.problems.extend(error.problems)
            continue
        unknown = [audience for audience in locale.audiences if audience not in library.audiences]
        problems += [
            Problem(
                Origin(f"locales/{name}/locale.toml"),
                f'unknown audience "{audience}"',
                did_you_mean(audience, library.audiences),
            )
            for audience in unknown
        ]
        library.problems.extend(problems)
        if not unknown:
            library.locales[name] = locale


def _site(project: Project, name: str | None) -> Site:
    names = site_ids(project.folder("sites"))
    if name is None and len(names) != 1:
        said = f"there are {len(names)} sites" if names else "there is no site"
        hint = f"choose one with --site: {', '.join(names)}" if names else "write sites/<name>.toml"
        raise LeafletError([Problem(Origin("sites"), said, hint)], ExitCode.USAGE if names else ExitCode.CONTENT)
    if name is not None and name not in names:
        raise LeafletError(
            [Problem(Origin("--site"), f'unknown site "{name}"', did_you_mean(name, names))], ExitCode.USAGE
        )
    chosen = name or names[0]
    return read_site(project.folder("sites") / f"{chosen}.toml", f"sites/{chosen}.toml")


def write_document(job: Job) -> bytes:
    """The bytes of one document: all that a worker does."""
    return WRITERS[job.document.format](job.handout, read_template(job.templates, job.handout.audience))


def _attempt(job: Job) -> bytes | LeafletError:
    try:
        return write_document(job)
    except LeafletError as error:
        return error


def build(
    project: Project,
    wanted: Wanted,
    output: Path,
    shown: str,
    *,
    release: bool = False,
    workers: int | None = None,
    step: Callable[[str], None] = lambda _name: None,
    begin: Callable[[int], None] = lambda _count: None,
    done: Callable[[Outcome], None] = lambda _outcome: None,
) -> Build:
    """Build and publish what is wanted.

    `step` hears of each step as it begins, `begin` how many documents there are, `done` of each as it comes.

    With `release`, a handout with any gap is withheld in every format.
    """
    step("1 read")
    library = read_library(project, wanted)
    edition = read_editions(project.folder("templates"))[EDITION]
    folder = Output(output, shown, library.site.id)
    jobs: list[Job] = []
    outcomes: list[Outcome] = []
    gaps: dict[tuple[str, str, str], tuple[Gap, ...]] = {}
    withheld: list[tuple[Job, str]] = []
    step("2 compose")
    for composition in library.compositions(wanted):
        handout = composition.handout
        gaps[handout.condition, handout.locale, handout.audience] = composition.gaps
        for format_ in wanted.formats or WRITERS:
            document = Document(handout.condition, handout.locale, handout.audience, EDITION, format_)
            job = Job(document, handout, project.folder("templates"))
            if release and composition.gaps:
                withheld.append((job, reason(composition.gaps)))
            else:
                jobs.append(job)
    step("3 write, 4 publish")
    begin(len(jobs) + len(withheld))

    def note(outcome: Outcome) -> None:
        outcomes.append(outcome)
        done(outcome)

    try:
        for job, why in withheld:
            note(Outcome(job.document, folder.withhold(job.document, job.handout, why), exit_code=ExitCode.WITHHELD))
        for job, result in zip(jobs, _results(jobs, workers), strict=True):
            if isinstance(result, bytes):
                row = folder.publish(job.document, job.handout, result)
                note(Outcome(job.document, row, tuple(_too_long(row, edition))))
            else:
                note(Outcome(job.document, None, result.problems, result.exit_code))
    finally:
        folder.close()
    codes = [outcome.exit_code for outcome in outcomes]
    codes += [ExitCode.CONTENT] if library.problems else []
    return Build(tuple(outcomes), gaps, (*folder.problems, *library.problems), tuple(codes))


def _too_long(row: Row, edition: Edition) -> Iterator[Problem]:
    """A warning where a document has more sides than its edition allows."""
    budget = edition.pages.get(row.audience)
    most = budget and (budget.english if row.locale == SOURCE else budget.other)
    if most and row.pages and row.pages > most:
        said = f"{row.pages} sides, at most {most} are allowed"
        yield Problem(Origin(row.document.path), said, "shorten the text, or change templates/editions.toml", "warning")


def _results(jobs: list[Job], workers: int | None) -> Iterator[bytes | LeafletError]:
    """What the jobs give, in their order, however many workers there are."""
    count = min(workers or os.cpu_count() or 1, len(jobs))
    if count <= 1:
        yield from map(_attempt, jobs)
        return
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_attempt, jobs)


def reason(gaps: Iterable[Gap]) -> str:
    """Why a handout is withheld: how many texts are missing, fuzzy or failing, and where the first one stands."""
    listed = list(gaps)
    counts = Counter(gap.reason for gap in listed)
    return f"{', '.join(f'{count} {why}' for why, count in sorted(counts.items()))}; first: {listed[0].origin}"


def catalog_domains(project: Project, names: tuple[str, ...]) -> tuple[list[Domain], list[str], list[Problem]]:
    """What there is to translate, into which languages, and the problems of leaflets that can't be read."""
    library = read_library(project, Wanted(locales=(SOURCE,)))
    known = [name for name in locale_names(project.folder("locales")) if name != SOURCE]
    unknown = [
        Problem(Origin("--locale"), f'unknown locale "{name}"', did_you_mean(name, known))
        for name in names
        if name not in known
    ]
    if unknown:
        raise LeafletError(unknown, ExitCode.USAGE)
    furniture = Domain(FURNITURE, __version__, tuple(library.furniture.values()), {})
    leaflets = [
        Domain(leaflet.condition, leaflet.version, tuple(messages(leaflet)), leaflet.facts)
        for leaflet in library.leaflets.values()
    ]
    return [furniture, *leaflets], list(names or known), library.problems
