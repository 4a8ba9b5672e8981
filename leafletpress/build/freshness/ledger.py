"""What each document of an output folder was made of, so that a build can tell what it need not make again.

An entry notes which bytes a key gives, and that stays true; the manifest tells whether the folder has these bytes.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import astuple, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from leafletpress.build.freshness.keys import Made
from leafletpress.disk import NotOwnError, parse_json, read_own, typed
from leafletpress.model.document import document_at
from leafletpress.model.gap import Gap
from leafletpress.model.problems import Origin, Problem
from leafletpress.publish.files import MOST_OF_A_LIST, OWN_FOLDER, put

_SCHEMA = 3
_INDEX = "ledger.json"
_UNIT = re.compile(r"[a-z0-9][a-z0-9-]*/\w+")
# What each file holds: names with values of one shape, lists of values of one, values of one of these types.
_INDEX_SHAPE = {
    "units": {"": str},
    "documents": {"": list},
    "leaflets": {"": [[str]]},
    "days": {"": [(str, type(None))]},
}
_DETAIL_SHAPE = {
    "inputs": {"": {"": str}},
    "texts": {"": {"": str}},
    "documents": {"": list},
    "gaps": {"": {"": [list]}},
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What a document was made of.

    `inputs` is the digest of everything its unit was made of, `key` that of the document itself; `sha256` is None
    where it was withheld. `always` and `release` say why every build, and why a release withholds it ("": it does not).
    """

    inputs: str
    key: str
    sha256: str | None
    always: str
    release: str

    def held(self, *, release: bool) -> str:
        """Why this kind of build withholds it."""
        return self.always or (self.release if release else "")


@dataclass(slots=True)
class Detail:
    """More about a unit: its inputs by their digest, the texts of its handouts by theirs, its documents by path.

    `gaps` are those found with certain inputs, by audience.
    """

    inputs: dict[str, dict[str, str]] = field(default_factory=dict)
    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    documents: dict[str, tuple[str, Made]] = field(default_factory=dict)
    gaps: dict[str, dict[str, tuple[Gap, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Noted:
    """What a build must know of a leaflet that it does not read: which files its pictures are, for whom and in which
    languages it is made (where those two are empty, for all and in all), and the conditions that its links depend on.
    """

    pictures: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()


class Ledger:
    """The ledger of an output folder: an index that every build reads, and a file of details for each unit.

    A unit is a leaflet in a language, named as its folder is: `dry-skin/es`. `units` are those in which nothing was
    wrong, with the digest of their inputs; `documents` are entries by path; `leaflets` are what is noted of each, by
    condition. `days` are the first and the last on which all that depends on the day stays as it is, by unit; None for
    no end.
    """

    def __init__(self, output: Path, label: str) -> None:
        self._folder, self.label = output / OWN_FOLDER, f"{label}/{OWN_FOLDER}/{_INDEX}"
        self.problems: list[Problem] = []
        self.units: dict[str, str] = {}
        self.documents: dict[str, Entry] = {}
        self.leaflets: dict[str, Noted] = {}
        self.days: dict[str, tuple[date, date | None]] = {}
        self._details: dict[str, Detail] = {}
        try:
            self._load(parse_json(read_own(self._folder / _INDEX, MOST_OF_A_LIST)))
        except FileNotFoundError:
            pass
        except NotOwnError:
            text = "others can write what an earlier build noted: it is not believed, every document is checked again"
            hint = f"chmod -R go-w {label}/{OWN_FOLDER}, or name a folder of your own with --output"
            self.problems.append(Problem(Origin(self.label), text, hint, "warning"))
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            self.units, self.documents, self.leaflets, self.days = {}, {}, {}, {}
            text = "what the earlier build was made of can't be read; every document is checked again"
            self.problems.append(Problem(Origin(self.label), text, severity="warning"))

    def _load(self, content: Any) -> None:
        if content["schema"] != _SCHEMA:
            raise ValueError("not a ledger of this version")
        _expect(content, _INDEX_SHAPE)
        if not all(map(document_at, content["documents"])) or not all(map(_UNIT.fullmatch, content["units"])):
            raise ValueError("a name that no document or unit has: it may lead anywhere")
        self.documents = {path: typed(Entry, entry) for path, entry in content["documents"].items()}
        self.units = content["units"]
        self.leaflets = {name: Noted(*map(tuple, noted)) for name, noted in content["leaflets"].items()}
        self.days = {
            unit: (date.fromisoformat(first), date.fromisoformat(last) if last else None)
            for unit, (first, last) in content["days"].items()
        }

    def holds_on(self, unit: str, today: date) -> bool:
        """Whether what depends on the day is, for a unit, as it was when it was last read."""
        first, last = self.days.get(unit, (date.max, None))
        return first <= today and (last is None or today <= last)

    def detail(self, unit: str) -> Detail:
        """What is known of a unit; nothing where that can't be read."""
        try:
            content = parse_json(read_own(self._place(unit), MOST_OF_A_LIST))
            _expect(content, _DETAIL_SHAPE)
            return Detail(
                content["inputs"],
                content["texts"],
                {path: (inputs, typed(Made, made)) for path, (inputs, made) in content["documents"].items()},
                {
                    inputs: {audience: tuple(map(_gap, gaps)) for audience, gaps in found.items()}
                    for inputs, found in content["gaps"].items()
                },
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return Detail()

    def note(self, unit: str, detail: Detail, entries: Mapping[str, Entry]) -> None:
        """Take note of some documents of a unit, and of all that is known of them."""
        self.documents.update(entries)
        noted = self._details.setdefault(unit, self.detail(unit))
        noted.inputs |= detail.inputs
        noted.texts |= detail.texts
        noted.documents |= detail.documents
        for inputs, gaps in detail.gaps.items():
            noted.gaps.setdefault(inputs, {}).update(gaps)

    def write(self, listed: Collection[str]) -> None:
        """Write what changed; of documents that are not `listed` in the manifest, nothing is kept. Raises OSError."""
        gone = {_unit(path) for path in self.documents}
        self.documents = {path: entry for path, entry in sorted(self.documents.items()) if path in listed}
        gone -= {_unit(path) for path in self.documents}
        units = {unit: inputs for unit, inputs in sorted(self.units.items()) if inputs and unit not in gone}
        conditions = {unit.partition("/")[0] for unit in units}
        content = {
            "schema": _SCHEMA,
            "units": units,
            "leaflets": {name: astuple(noted) for name, noted in sorted(self.leaflets.items()) if name in conditions},
            "days": {
                unit: (first.isoformat(), last.isoformat() if last else "")
                for unit, (first, last) in sorted(self.days.items())
                if unit in units
            },
            "documents": {path: astuple(entry) for path, entry in self.documents.items()},
        }
        text = json.dumps(content, ensure_ascii=False, indent=0)
        for unit in gone:
            self._place(unit).unlink(missing_ok=True)
        for unit in self._details.keys() - gone:
            self._write_detail(unit, self._details[unit])
        put(self._folder / _INDEX, text.encode(), own=True)

    def _write_detail(self, unit: str, detail: Detail) -> None:
        """Not flushed to disk: if a power cut loses it, a unit is read once more than necessary."""
        documents = {path: known for path, known in sorted(detail.documents.items()) if path in self.documents}
        used = {inputs for inputs, _ in documents.values()} | {self.units.get(unit, "")}
        printed = {made.handout for _, made in documents.values()}
        content = {
            "inputs": {key: known for key, known in sorted(detail.inputs.items()) if key in used},
            "texts": {key: known for key, known in sorted(detail.texts.items()) if key in printed},
            "documents": {path: (inputs, astuple(made)) for path, (inputs, made) in documents.items()},
            "gaps": {
                key: {audience: [astuple(gap) for gap in gaps] for audience, gaps in sorted(found.items())}
                for key, found in sorted(detail.gaps.items())
                if key in used
            },
        }
        put(self._place(unit), json.dumps(content, ensure_ascii=False).encode(), flush=False, own=True)

    def _place(self, unit: str) -> Path:
        return self._folder / "made" / f"{unit}.json"


def _unit(path: str) -> str:
    """The unit of a document's path."""
    return path.rpartition("/")[0]


def _gap(content: Any) -> Gap:
    place, *rest = content
    return typed(Gap, (typed(Origin, place), *rest))


def _expect(value: Any, shape: Any) -> None:
    """Raise TypeError or KeyError where a value is not of this shape; "" in it stands for any name."""
    match shape:
        case {"": inner}:
            for one in dict.values(value):
                _expect(one, inner)
        case dict():
            for name, inner in shape.items():
                _expect(value[name], inner)
        case [inner]:
            for one in list.__iter__(value):
                _expect(one, inner)
        case _ if not isinstance(value, shape):
            raise TypeError("a value of another type")
