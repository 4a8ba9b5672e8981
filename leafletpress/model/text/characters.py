"""Characters that hide in a text and change what is read, by what Unicode says of them."""

import re
import unicodedata
from collections.abc import Iterable

_NOT_TEXT = ("Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp")
# Letters and marks that are not seen: those that Unicode lists as Default_Ignorable_Code_Point and that are of none of
# these categories (DerivedCoreProperties.txt), and the blank of Braille.
_UNSEEN = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# What joins or parts letters, beside a letter or mark of a script that is written with it: from Arabic to Mongolian, of
# the later blocks of these, or of Arabic's old forms.
_JOINERS = "\u200b\u200c\u200d"
_JOINED = re.compile(r"[\u0600-\u109f\u1780-\u18af\ua8e0-\uaaff\ufb50-\ufdff\ufe70-\ufefc]")
# Those of these scripts whose letters stand apart: of South and Southeast Asia.
_APART = re.compile(r"[\u0900-\u109f\u1780-\u17ff\ua8e0-\uaaff]")
# What joins two consonants to one sign (Indic_Conjunct_Break=Linker in DerivedCoreProperties.txt of Unicode 15.1).
_LINKERS = "\u094d\u09cd\u0acd\u0b4d\u0c4d\u0d4d"


def parts_a_word(text: str, offset: int) -> bool:
    """Whether the zero width space there marks where a line may break, in a script that breaks words without a sign.

    These are the scripts of South and Southeast Asia. Not where two consonants are one sign, and not before a mark,
    which belongs to the letter before it: both would be written otherwise then.
    """
    before, after = text[max(offset - 1, 0) : offset], text[offset + 1 : offset + 2]
    is_inside = bool(_APART.match(before) and _APART.match(after))
    return is_inside and before not in _LINKERS and unicodedata.category(after).startswith("L")


def forbidden_characters(text: str) -> Iterable[tuple[int, str]]:
    """Offset and name of each character that is not seen, or that turns the direction of what is.

    Line feeds, tabs, and joiners inside of words of scripts that are written with them may be in a text.
    """
    if text.isprintable() and not _UNSEEN.search(text):  # as most texts are
        return
    for offset, char in enumerate(text):
        if char in "\n\t" or (char in _JOINERS and _JOINED.search(text[max(offset - 1, 0) : offset + 2])):
            continue
        if unicodedata.category(char) in _NOT_TEXT or _UNSEEN.match(char):
            yield offset, f"U+{ord(char):04X} {unicodedata.name(char, 'control character').lower()}"
