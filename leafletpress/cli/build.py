"""The build command: what is asked for, how far it is, and what came of it."""

import signal
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import click

from leafletpress.build.freshness.cache import Cache
from leafletpress.build.project import Wanted
from leafletpress.build.publishing import Outcome
from leafletpress.build.run import Build, Listener, Order, build
from leafletpress.cli.progress import Progress
from leafletpress.cli.project import chosen_project, output_folder
from leafletpress.cli.say import locale_names, say_error, say_problems
from leafletpress.cli.summary import outcome_problems, say_summary
from leafletpress.model.problems import ExitCode, LeafletError, Problem, weightiest
from leafletpress.publish.claim import refuse_foreign
from leafletpress.publish.entries import is_current
from leafletpress.publish.lock import Lock

if TYPE_CHECKING:
    from leafletpress.build.workers import Pool

_CACHE = ".cache/documents"
_MOST = 2000  # MB
_Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


def _filters(command: Callable[..., Any]) -> Callable[..., Any]:
    options: tuple[_Decorator, ...] = (
        click.option("--condition", "conditions", multiple=True, help="Only this condition (repeatable)."),
        click.option(
            "--locale", "locales", multiple=True, callback=locale_names, help="Only this language, e.g. zh-Hans."
        ),
        click.option("--audience", "audiences", multiple=True, help="Only for this audience (repeatable)."),
        click.option("--format", "formats", multiple=True, help="Only this format: html, pdf, docx (repeatable)."),
        click.option("--edition", "editions", multiple=True, help="Only this edition, e.g. large_print (repeatable)."),
        click.option("--site", help="The hospital or service, a file of sites/; needed when there are several."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("build")
@_filters
@click.option(
    "--output", type=click.Path(path_type=Path), default=None, help="Where to; default: output/, or output/SITE."
)
@click.option("--release", is_flag=True, help="For the public: withhold what is not fully translated.")
@click.option("--prune", is_flag=True, help="Remove documents that the project no longer makes.")
@click.option("--watch", "watching", is_flag=True, help="Go on: build again what a saved file touches.")
@click.option("--jobs", type=click.IntRange(min=1), default=None, help="Workers; default: one per core.")
@click.option("--scheduler", metavar="ADDRESS", help="Have the workers of a Dask scheduler write: tcp://HOST:PORT.")
@click.option("--dry-run", is_flag=True, help="List what would be built, and why; build nothing.")
@click.option(
    "--cache",
    type=click.Path(path_type=Path),
    default=None,
    help="Where documents are kept; default: .cache/documents/.",
)
@click.option("--no-cache", is_flag=True, help="Neither take documents from a cache nor keep them in one.")
@click.option(
    "--cache-size", type=click.IntRange(min=1), default=_MOST, help=f"The most that is kept, in MB; default: {_MOST}."
)
@click.option("--quiet", is_flag=True, help="Print problems only.")
@click.option(
    "--verbose", is_flag=True, help="Print each document, with its problems, and each text that is not translated."
)
def build_command(
    conditions: tuple[str, ...],
    locales: tuple[str, ...],
    audiences: tuple[str, ...],
    formats: tuple[str, ...],
    editions: tuple[str, ...],
    site: str | None,
    output: Path | None,
    release: bool,
    prune: bool,
    watching: bool,
    jobs: int | None,
    scheduler: str | None,
    dry_run: bool,
    cache: Path | None,
    no_cache: bool,
    cache_size: int,
    quiet: bool,
    verbose: bool,
) -> int:
    """Build the documents that are missing in the output folder or out of date."""
    wanted = Wanted(conditions, locales, audiences, formats, editions, site)
    folder, label = output_folder(output, site)
    if watching and release:
        raise click.UsageError("--watch shows drafts; --release is for the public")
    if watching and prune:
        raise click.UsageError("--watch shows what is written; --prune tidies the folder in a build of its own")
    if watching and scheduler:
        raise click.UsageError("--watch builds on this machine; leave out --scheduler")
    if dry_run:
        return _foresee(wanted, folder, label, release=release)
    kept = None if no_cache else documents_cache(cache, cache_size)
    order = Order(wanted, folder, label, release, prune, tell_gaps=verbose or watching, workers=jobs)
    lock = Lock(folder, label, datetime.now().astimezone())
    if watching:
        with lock:
            return _watch(order, lock, kept)
    with lock, _pool(scheduler, jobs) as pool, Progress(quiet, verbose) as progress:
        listener = Listener(progress.step, progress.begin, progress.missing, progress.done)
        built = build(chosen_project(), order, listener, lock=lock, pool=pool, cache=kept)
        indexed = _index(order, built)
    progress.step("5 report")
    _say_round(built, progress.reported, each=verbose, gaps=verbose and not release)
    if not quiet:
        say_summary(built, folder, all_rows=verbose)
    if not (order.is_for_everything or built.outcomes or built.unchanged or built.problems):
        say_error("what is asked for is not made: look at audiences and languages of the leaflet, language and edition")
    return weightiest((*built.exit_codes, indexed))


def documents_cache(named: Path | None = None, most: int = _MOST) -> Cache:
    """The cache of documents that is named, else that of the project; raises LeafletError."""
    return Cache(named or chosen_project().root / _CACHE, str(named or _CACHE), most * 1_000_000)


def _index(order: Order, built: Build) -> ExitCode:
    """Put the page that finds leaflets beside what was built, and say what keeps it from being made."""
    try:
        if built.outcomes or not is_current(order.output, order.label):
            from leafletpress.build.index import write_index  # with all that reads a project

            write_index(chosen_project(), order.wanted.site, order.output, order.label)
    except LeafletError as error:
        say_problems(error.problems)
        return error.exit_code
    return ExitCode.OK


@contextmanager
def _pool(scheduler: str | None, jobs: int | None) -> "Iterator[Pool | None]":
    """The workers of a scheduler; without one, those that the build makes."""
    if scheduler is None:
        yield None
        return
    from leafletpress.build.workers.cluster import cluster_pool  # needs a package that a build here does without

    with cluster_pool(scheduler, jobs, say_error) as pool:
        yield pool


def _foresee(wanted: Wanted, folder: Path, label: str, *, release: bool) -> int:
    """Print what a build would do, and why."""
    from leafletpress.build.explain import foresee

    found = foresee(chosen_project(), wanted, folder, label, release=release)
    say_problems(found.problems)
    for document, reasons in found.documents:
        print(f"{document.path}: {'; '.join(reasons)}")
    print(f"{len(found.documents)} would be made, {found.unchanged} unchanged")
    return ExitCode.CONTENT if any(problem.severity == "error" for problem in found.problems) else ExitCode.OK


def _watch(order: Order, lock: Lock, cache: Cache | None) -> int:
    """Build round after round until the person stops it: at once while it waits, else when the round is done.

    The lock is taken at once: a watch that has to wait for another build would seem to be at work.
    """
    from leafletpress.build.watch import watch

    refuse_foreign(order.output, order.label, chosen_project().root)
    say_problems(lock.take())
    stop = Event()

    def interrupted(*_signal: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, earlier)  # who presses Ctrl+C twice need not wait

    reported: set[Problem] = set()

    def missing(problems: Collection[Problem]) -> None:
        say_problems(problems)
        reported.update(problems)

    def done(outcome: Outcome) -> None:
        say_error(f"{outcome.document.path}: {outcome.row.state if outcome.row else 'failed'}")

    earlier = signal.signal(signal.SIGINT, interrupted)
    try:
        for round_ in watch(
            chosen_project(), order, Listener(missing=missing, done=done), lock=lock, cache=cache, stop=stop
        ):
            match round_:
                case LeafletError(problems=problems):
                    say_problems(problems)
                case Build():
                    _index(order, round_)
                    _say_round(round_, reported, gaps=True)
            say_error("waiting for changes; Ctrl+C stops")
    except KeyboardInterrupt:
        pass  # the second one
    finally:
        signal.signal(signal.SIGINT, earlier)
    return ExitCode.OK


def _say_round(built: Build, reported: Collection[Problem], *, gaps: bool, each: bool = False) -> None:
    """The problems that were not `reported` while it was at work, and with `gaps` the texts that do not print.

    What is wrong with many documents is said once, or of `each`.
    """
    say_problems((*built.problems, *outcome_problems(built.outcomes, reported, each=each)))
    if gaps:
        from leafletpress.build.check import (
            gap_problem,  # with all that reads leaflets, when there may be something to say
        )

        say_problems(dict.fromkeys(gap_problem(gap) for found in built.gaps.values() for gap in found))
