"""Which letters a language is written with, from letters.toml beside this module, and its locale.toml."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import babel

from leafletpress.model.text.orthography.alphabet import Alphabet
from leafletpress.read.located.files import Files
from leafletpress.read.located.toml import read_toml

_FILE = "letters.toml"
# The signs that have a space before them. Canada leaves it out but before a colon (Office québécois de la langue
# française); everywhere else it is as in France.
_SPACED_SIGNS = {"fr": ";:!?", "fr_CA": ":"}


@dataclass(frozen=True, slots=True)
class _Chinese:
    traditional: tuple[str, ...]
    simplified: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Letters:
    alphabets: Mapping[str, str]
    chinese: _Chinese
    versions: Mapping[str, str]


def alphabet(cldr: babel.Locale, own: str) -> Alphabet:
    """The letters that CLDR knows of a language, with `own` ones; where it knows none, none."""
    known = _read()
    listed = next((known.alphabets[name] for name in _names(cldr) if name in known.alphabets), "")
    other = {"Hans": known.chinese.traditional, "Hant": known.chinese.simplified}
    never = other.get(cldr.script or "Hans", ()) if cldr.language == "zh" else ()
    return Alphabet(frozenset(_cases(listed + own)) if listed else frozenset(), frozenset("".join(never)))


def spaced_signs(cldr: babel.Locale) -> str:
    """The signs that have a space before them."""
    return next((_SPACED_SIGNS[name] for name in _names(cldr) if name in _SPACED_SIGNS), "")


def _names(cldr: babel.Locale) -> tuple[str, ...]:
    """What CLDR calls the locale, the most special first: zh_Hant_TW, zh_Hant, zh."""
    parts = str(cldr).split("_")
    return tuple("_".join(parts[:count]) for count in range(len(parts), 0, -1))


def _cases(letters: Iterable[str]) -> Iterable[str]:
    return (form for char in letters for form in (char, char.upper(), char.title()) if len(form) == 1)


@cache
def _read() -> _Letters:
    files = Files(Path(__file__).parent)
    found: _Letters = read_toml(_FILE, files.content(_FILE), _Letters)
    return found
