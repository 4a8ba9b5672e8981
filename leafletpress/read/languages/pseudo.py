"""Languages made by rule from the English, to see on the page what is cut, and what no translation can reach."""

from collections.abc import Callable
from dataclasses import replace
from itertools import cycle, pairwise

import babel

from leafletpress.model.handout import Direction, Typography
from leafletpress.model.locale import PSEUDO_LOCALES
from leafletpress.model.text.markup import Piece, escaped, parse, plain
from leafletpress.read.languages.locale import CatalogLocale

_SMALL = "abcdefghijklmnopqrstuvwxyz"
_ACCENTED = "áƀçđéƒğĥíĵķļɱñóþɋřšťúṽŵẋýž"
# One letter of Arabic for each of English: what is left in Latin letters did not come from the texts.
_MIRRORED = "ابجدهوزحطيكلمنسعفصقرشتثخذض"
_LONGER = 0.4
_VOWELS = "áéíóúý"


def _accents(text: str) -> str:
    """The text with accents on every letter, every vowel twice."""
    table = str.maketrans(_SMALL + _SMALL.upper(), _ACCENTED + _ACCENTED.upper())
    return "".join(char * 2 if char in _VOWELS else char for char in text.translate(table))


def _mirror(text: str) -> str:
    """The text in Arabic letters, so that it runs from right to left."""
    return text.lower().translate(str.maketrans(_SMALL, _MIRRORED))


def _rewritten(letters: Callable[[str], str], text: str) -> str:
    """The English with other letters, longer, between end marks; its markup is as before."""
    pieces, _ = parse(text)
    wanted = len(plain(pieces)) * (1 + _LONGER)
    rewritten = "".join(_marked_up(piece, letters) for piece in pieces)
    # Strong spans that meet must not become one.
    for piece, following in pairwise(pieces):
        if piece.strong and following.strong:
            rewritten = rewritten.replace("****", "", 1)
    length = len(plain(parse(rewritten)[0]))
    padding = ""
    for word in cycle(("one", "two", "three", "four", "five")):
        if length + len(padding) >= wanted:
            break
        padding += f" {letters(word)}"
    return f"‹{rewritten}{padding}›"


def _marked_up(piece: Piece, letters: Callable[[str], str]) -> str:
    match piece.kind:
        case "fact":
            text = f"{{{piece.value}}}"
        case "citation":
            text = f"[@{piece.value}]"
        case "words":
            if piece.shift == "line":
                return "[/]"
            text = escaped(letters(piece.value))
            text = f"{'^' if piece.shift == 'up' else '_'}{{{text}}}" if piece.shift else text
            text = f"[{text}](@{piece.link})" if piece.link else text
    return f"**{text}**" if piece.strong else text


def _accented(text: str) -> str:
    return _rewritten(_accents, text)


def _mirrored(text: str) -> str:
    return _rewritten(_mirror, text)


_Recipe = tuple[str, Direction, str, Typography, Callable[[str], str]]
_RECIPES: tuple[_Recipe, ...] = (
    ("Accented English", "ltr", "en_GB", Typography(("Noto Sans",), 1.42), _accented),
    ("Mirrored English", "rtl", "ar", Typography(("Vazirmatn", "Noto Sans"), 1.6), _mirrored),
)


def pseudo_locale(name: str, english: CatalogLocale) -> CatalogLocale:
    """The pseudo-language of this name, offered to every audience that English has."""
    title, direction, cldr, typography, invent = _RECIPES[PSEUDO_LOCALES.index(name)]
    return replace(
        english,
        name=name,
        tag=name.replace("_", "-"),
        own_name=invent(title),
        english_name=title,
        direction=direction,
        typography=typography,
        cldr=babel.Locale.parse(cldr),
        source_locale=english,
        invent=invent,
    )
