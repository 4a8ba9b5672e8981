"""Letters that readers take for one: typed in several ways, compared as one."""

import unicodedata
from functools import cache

# What is written for one letter or sign with different code points, by the names that Unicode gives them. Its data has
# no table of these: they are no compatibility forms, for each has its place in some language.
_ONE_LETTER = {
    "ARABIC LETTER YEH": ("ARABIC LETTER FARSI YEH", "ARABIC LETTER ALEF MAKSURA"),
    "ARABIC LETTER KAF": ("ARABIC LETTER KEHEH", "ARABIC LETTER SWASH KAF"),
    "ARABIC LETTER HEH": ("ARABIC LETTER HEH GOAL", "ARABIC LETTER AE"),
    "ARABIC LETTER TEH MARBUTA": ("ARABIC LETTER TEH MARBUTA GOAL",),
    "APOSTROPHE": (
        "LEFT SINGLE QUOTATION MARK",
        "RIGHT SINGLE QUOTATION MARK",
        "MODIFIER LETTER APOSTROPHE",
        "MODIFIER LETTER TURNED COMMA",
        "MODIFIER LETTER PRIME",
        "MODIFIER LETTER LEFT HALF RING",
        "MODIFIER LETTER RIGHT HALF RING",
        "MODIFIER LETTER VERTICAL LINE",
        "PRIME",
        "GRAVE ACCENT",
        "ACUTE ACCENT",
    ),
}
_KHANDA_TA = {ord("\u09ce"): "\u09a4\u09cd"}  # once written as ta, virama and a joiner (The Unicode Standard, 12.2)
_TATWEEL = "\u0640"
_HARAKAT = range(27, 36)  # canonical combining classes of the Arabic vowel marks
LETTERS = {
    ord(unicodedata.lookup(variant)): unicodedata.lookup(letter)
    for letter, variants in _ONE_LETTER.items()
    for variant in variants
} | _KHANDA_TA


def alike(text: str) -> str:
    """The text with one way to write what reads alike: compatibility forms composed, small letters, no vowel marks.

    Joiners, soft hyphens, zero width spaces and tatweel are left out; İ and ı are the i of their word.
    """
    lowered = unicodedata.normalize("NFKC", text).casefold().replace("i\u0307", "i").replace("ı", "i")
    kept = (char for char in lowered if not is_unseen(char))
    return unicodedata.normalize("NFC", "".join(kept).translate(LETTERS))


@cache
def is_unseen(char: str) -> bool:
    """Whether readers see no letter there: a joiner, tatweel, an Arabic vowel mark."""
    return (
        char == _TATWEEL
        or unicodedata.category(char) == "Cf"
        or (unicodedata.combining(char) in _HARAKAT and "ARABIC" in unicodedata.name(char, ""))
    )
