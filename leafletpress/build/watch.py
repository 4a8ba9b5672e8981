"""Builds again what a saved file touches, so that a translator or author sees the page beside the text."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import watchfiles

from leafletpress.build.freshness.cache import Cache
from leafletpress.build.project import Project
from leafletpress.build.run import Build, Listener, Order, build
from leafletpress.build.workers import Pool
from leafletpress.model.problems import LeafletError
from leafletpress.publish.lock import Lock

_FOLDERS = ("leaflets", "locales", "sites", "templates")
_ENDINGS = (".yaml", ".po", ".toml", ".j2", ".css", ".docx", ".svg", ".png", ".jpg", ".jpeg")
_SETTLED = 200  # milliseconds in which editors write a file more than once


def watch(
    project: Project,
    order: Order,
    listener: Listener,
    *,
    lock: Lock | None = None,
    cache: Cache | None = None,
    stop: Event | None = None,
) -> Iterator[Build | LeafletError]:
    """Build, then build again after each change, until `stop` is set.

    Gives what came of each round: what could not be read stops that round, never the watch. The folder's `lock` is held
    from the first round on: another build would undo what a translator is looking at.
    """
    folders = [project.folder(name) for name in _FOLDERS if project.folder(name).is_dir()]
    changes = watchfiles.watch(
        *folders,
        watch_filter=_counts,
        debounce=_SETTLED,
        rust_timeout=_SETTLED,
        yield_on_timeout=True,
        stop_event=stop,
    )
    next(changes, None)  # from now on nothing that is saved is missed, though a build may be at work
    pool = Pool(order.workers)
    try:
        while True:
            try:
                yield build(project, order, listener, lock=lock, pool=pool, cache=cache)
            except LeafletError as error:
                yield error
            if not any(changes):
                return
    finally:
        pool.shutdown()


def _counts(_change: watchfiles.Change, path: str) -> bool:
    """Whether a file is one that leaflets are made of, and not one that an editor keeps beside it."""
    return path.endswith(_ENDINGS) and not Path(path).name.startswith(".")
