"""Rows of leaflets whose files did not change since they were read: reading three hundred leaflets takes minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, astuple
from typing import Any

from leafletpress.build.desk.rows import Published, Row, SignedBy
from leafletpress.build.freshness.answers import KeptAnswers
from leafletpress.build.freshness.cache import Cache
from leafletpress.build.freshness.inputs import Inputs
from leafletpress.build.freshness.keys import digest, program
from leafletpress.build.freshness.ledger import Noted
from leafletpress.build.project import Settings, Unit
from leafletpress.model.leaflet import Leaflet
from leafletpress.model.releases import Release
from leafletpress.read.located.files import Files

_Texts = Mapping[tuple[str, str], Release]  # by language and audience


class Kept:
    """What a cache holds of conditions, by the digest of all that they are made of; without a cache, nothing."""

    def __init__(self, files: Files, settings: Settings, cache: Cache | None) -> None:
        self._files, self._settings, self._kept = files, settings, KeptAnswers(cache)
        self._leaflets: dict[str, Noted] = {}
        self.inputs = Inputs(files, settings, self._leaflets)

    def rows(self, condition: str, published: _Texts) -> tuple[Row, ...] | None:
        """The rows of a condition, None where it has to be read; `published` is what was published of it last."""
        noted = self._kept.get(self._leaflet_key(condition))
        if noted is None:
            return None
        self._leaflets[condition] = Noted(*map(tuple, noted))
        found = self._kept.get(self._key(condition, published))
        rows = tuple(map(_row, found or ()))
        today = self._settings.today.isoformat()
        hold = all(row.first_day <= today <= (row.last_day or today) for row in rows)
        return rows if found is not None and hold else None

    def keep(self, leaflet: Leaflet, published: _Texts, rows: Iterable[Row]) -> None:
        """Keep the rows of a leaflet that was read without a problem."""
        self.inputs.learn(leaflet)
        self._kept.put(self._leaflet_key(leaflet.condition), astuple(self._leaflets[leaflet.condition]))
        self._kept.put(self._key(leaflet.condition, published), [asdict(row) for row in rows])

    def _leaflet_key(self, condition: str) -> str:
        """The key of what is noted of a leaflet: which files it is made of depends on its own."""
        return digest("leaflet", program()["leafletpress/"], self._files.digest(f"leaflets/{condition}.yaml"))

    def _key(self, condition: str, published: _Texts) -> str:
        units = (self.inputs.digest(Unit(condition, name)) for name in self._settings.names)
        return digest("rows", condition, self._settings.site.id, *units, repr(sorted(published.items())))


def _row(kept: dict[str, Any]) -> Row:
    """A row as it was kept by this very program: the key says so."""
    signed, void = (tuple(map(_signed_by, kept[name])) for name in ("signed", "void"))
    published = Published(**kept["published"]) if kept["published"] else None
    waiting = tuple((locale, role) for locale, role in kept["waiting"])
    return Row(**{**kept, "signed": signed, "void": void, "published": published, "waiting": waiting, "problems": ()})


def _signed_by(kept: dict[str, Any]) -> SignedBy:
    return SignedBy(**{**kept, "changed": tuple(kept["changed"])})
