"""What the rules know of the languages that the program brings, each read once."""

from functools import cache

from projects import ROOT

from leafletpress.model.text.fidelity import Language
from leafletpress.read.languages.locale import CatalogLocale, read_locale
from leafletpress.read.located.files import Files


@cache
def english() -> CatalogLocale:
    """The English that others are held against."""
    return read_locale(Files(ROOT), "en", (), None)[0]


@cache
def language(name: str) -> Language:
    """What the rules know of a language."""
    return read_locale(Files(ROOT), name, (), english())[0].language
