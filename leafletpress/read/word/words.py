"""Words as they are counted and compared, whatever their looks: what a Word file says, and what a leaflet says."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_UNSEEN = ("Cc", "Cf", "Co", "Mn")
# Spellings of units for which a fact has one of its own.
_UNITS = {
    "microgram": "micrograms mcg ug μg",
    "mg": "milligram milligrams mgs",
    "g": "gram grams",
    "ml": "millilitre millilitres milliliter milliliters mls",
    "minute": "minutes mins min",
    "hour": "hours hrs hr",
    "day": "days",
    "week": "weeks wks",
    "month": "months",
    "year": "years yrs",
    "mm": "millimetre millimetres",
    "cm": "centimetre centimetres",
}
_ONE_UNIT = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings.split()}
_SCHEMES = ("http", "https")  # a link to http is written with https


def words_of(texts: Iterable[str]) -> Counter[str]:
    """The words and numbers of texts, counted: small letters, without signs; "5mg" is two, 5 and mg."""
    counted: Counter[str] = Counter()
    for text in texts:
        folded = unicodedata.normalize("NFKC", text).casefold()
        seen = "".join(char for char in folded if char.isspace() or unicodedata.category(char) not in _UNSEEN)
        counted.update(_ONE_UNIT.get(word, word) for word in _WORD.findall(_THOUSANDS.sub("", seen)))
    for scheme in _SCHEMES:
        del counted[scheme]
    return counted
