"""What a row of the table of patches is, and how rows come into their places, or are left out."""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib import metadata
from pkgutil import resolve_name
from typing import Any, Literal

from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem

_ROOM = __name__.rpartition(".")[0]
_STOCK: dict[str, object] = {}  # what each place held before anything was put there


@dataclass(frozen=True, slots=True)
class Replaced:
    """A function of WeasyPrint or pydyf, and ours.

    `function` says where it is defined; `places` are all that ours is put into, for a module that imported a function
    holds it too. `ours` is a function of this room ("text.setup"): of what a place held so far it makes what the place
    holds from now on. `sha256` is the digest of the source of the function for which ours was written.
    """

    function: str
    ours: str
    sha256: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Functions that are replaced for one reason; several, where the one is of no use without the other.

    Without a row for what is "right", pages or their text would be wrong; without one for "speed", they come out
    the same. `upstream` is what is known of the fault where WeasyPrint and pydyf are made.
    """

    name: str
    kind: Literal["right", "speed"]
    replaces: tuple[Replaced, ...]
    why: str
    upstream: str


def install(rows: tuple[Row, ...]) -> tuple[Problem, ...]:
    """Put the rows in their places; the warnings that tell which rows for speed do not fit and are left out.

    A row fits as long as the functions that it replaces are those for which ours was written. Raises LeafletError
    (exit code 4) with all rows for what is right that do not fit.
    """
    wrong = {row.name: "; ".join(misfits(row)) for row in rows}
    unfit = [row for row in rows if wrong[row.name]]
    if refused := [_refusal(row, wrong[row.name]) for row in unfit if row.kind == "right"]:
        raise LeafletError(refused, ExitCode.MISSING)
    put(row for row in rows if row not in unfit)
    return tuple(_warning(row, wrong[row.name]) for row in unfit)


def misfits(row: Row) -> Iterator[str]:
    """What is not as it was when a row was written."""
    for replaced in row.replaces:
        try:
            function = stock(replaced.function)
            source = inspect.getsource(function)
            moved = [place for place in replaced.places if stock(place) is not function]
            _ours(replaced)
        except (ImportError, AttributeError, OSError) as error:
            yield f"{replaced.function} can't be replaced ({error})"
            continue
        if sha256(source.encode()).hexdigest() != replaced.sha256:
            yield f"{replaced.function} is not what it was"
        yield from (f"{place} is not {replaced.function}" for place in moved)


def put(rows: Iterable[Row]) -> None:
    """Put the rows in their places, one after the other; all other places hold what they held at first."""
    filled = [(replaced, place) for row in rows for replaced in row.replaces for place in replaced.places]
    # Before anything is put anywhere: what a class takes over from another is what that holds just then.
    _STOCK.update({place: stock(place) for _, place in filled})
    for place, first in _STOCK.items():
        holder, name = _holder(place)
        setattr(holder, name, first)
    for replaced, place in filled:
        holder, name = _holder(place)
        setattr(holder, name, _ours(replaced)(getattr(holder, name)))


def stock(place: str) -> Any:
    """The function of WeasyPrint or pydyf itself at a place, whatever was put there since."""
    holder, name = _holder(place)
    return _STOCK[place] if place in _STOCK else inspect.getattr_static(holder, name)


def _holder(place: str) -> tuple[Any, str]:
    """The module or class that holds a place, and the name of the place in it."""
    holder, _, name = place.rpartition(".")
    return resolve_name(holder), name


def _ours(replaced: Replaced) -> Callable[[Any], Any]:
    ours: Callable[[Any], Any] = resolve_name(f"{_ROOM}.{replaced.ours}")
    return ours


def _refusal(row: Row, wrong: str) -> Problem:
    said = f"{wrong}, so PDFs would be wrong: {row.why}"
    return Problem(_place(row), said, "run: script/setup, which brings the version that fits")


def _warning(row: Row, wrong: str) -> Problem:
    said = f"{wrong}, so PDFs take longer to write; they stay the same"
    return Problem(_place(row), said, "script/setup brings the version that fits", "warning")


def _place(row: Row) -> Origin:
    library = row.replaces[0].function.partition(".")[0]
    return Origin(f"{library} {metadata.version(library)}, {row.name}")
