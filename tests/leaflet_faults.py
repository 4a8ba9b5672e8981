"""The faults of data/leaflet: good translations in which some words are exchanged for others."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "leaflet" / "faults.toml"


@dataclass(frozen=True, slots=True)
class LeafletFault:
    """A fault in a translation of an English text: `old` words became `new`.

    `written` is "before" or "after" the rules that look for such faults; of one that is `unseen` nothing is told.
    """

    kind: str
    locale: str
    english: str
    good: str
    old: str
    new: str
    written: str
    unseen: bool

    @property
    def bad(self) -> str:
        """The translation with the fault."""
        return self.good.replace(self.old, self.new, 1)


def leaflet_faults() -> list[LeafletFault]:
    """All of them, in the order of the file."""
    return [
        LeafletFault(kind, locale, text["english"], text["good"][locale], old, new, written, bool(unseen))
        for text in tomllib.loads(_FILE.read_text(encoding="utf-8"))["texts"]
        for written in ("before", "after")
        for kind, locale, old, new, *unseen in text.get(written, ())
    ]
