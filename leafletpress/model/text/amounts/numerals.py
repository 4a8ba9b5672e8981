"""Numerals of every script in ASCII, by Unicode's own data, and the values they stand for."""

import re
import unicodedata
from fractions import Fraction
from functools import cache

from leafletpress.model.text.letters import LETTERS, is_unseen

# Compatibility forms that are taken apart: ％, ℃, ㎎, … but not no-break spaces, which hold the groups of a number.
_TAKEN_APART = ("<wide>", "<narrow>", "<square>", "<compat>")
_SMALL = {ord("ı"): "i"}  # as İ and I, whatever the language
_ARABIC_DECIMAL = "\u066b"
_LONGEST = 400  # digits; nobody writes such a number, and reading it takes long


def legible(text: str) -> tuple[str, list[int]]:
    """The text as amounts are read in it, and the place in NFC text that each of its characters comes from.

    Decimal digits are ASCII; ½ is &1⁄2, ⁹ is ^9, ₂ is _2; letters are small, variants of one letter are one, and what
    can't be seen is left out.
    """
    if text.isascii():
        return text.lower(), [*range(len(text))]
    letters = [_written(char) for char in unicodedata.normalize("NFC", text)]
    return "".join(letters), [place for place, written in enumerate(letters) for _ in written]


@cache
def _written(char: str) -> str:
    if char.isascii():
        return char.lower()
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    form = unicodedata.decomposition(char).partition(" ")[0]
    plain = unicodedata.normalize("NFKC", char)
    if form == "<fraction>":
        return f"&{plain}"
    if form in ("<super>", "<sub>") and not plain.isalpha():
        return f"{'^' if form == '<super>' else '_'}{plain}"
    if form in _TAKEN_APART and not plain.isspace():
        return plain.lower().translate(LETTERS)
    return "" if is_unseen(char) else char.lower()[0].translate(_SMALL).translate(LETTERS)


def value(digits: str, decimal: str) -> Fraction | str:
    """The value of legible digits in groups as languages part them (2.5, 1,00,000, 12 000), else the digits.

    `decimal` is the sign before the decimals in this language. Another sign is taken for it where what follows is no
    group of thousands: 2.5 is 2.5 in Spanish too.
    """
    first, *groups = re.split(r"(?<=\d)(?=\D)", digits)
    decimals = ""
    if not first[0].isdigit():
        first, groups = "0", [digits]
    if groups and not _is_grouped(first, groups, decimal):
        decimals = groups.pop()[1:]
    if (groups and not _is_grouped(first, groups, decimal)) or len(digits) > _LONGEST:
        return digits
    whole = first + "".join(group[1:] for group in groups)
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def _is_grouped(first: str, groups: list[str], decimal: str) -> bool:
    """Whether these are groups of thousands, or of a hundred before the last as in India, all parted by one sign."""
    one_sign = len({group[0] for group in groups}) == 1
    sizes = [len(group) - 1 for group in groups]
    is_decimal = len(groups) == 1 and groups[0][0] in (decimal, _ARABIC_DECIMAL)
    parts = one_sign and first != "0" and len(first) <= 3 and sizes[-1] == 3 and all(n in (2, 3) for n in sizes)
    return parts and not is_decimal


def fraction(above: str, below: str, whole: str | None = None) -> Fraction:
    """A vulgar fraction, with the number before it."""
    return int(whole or 0) + Fraction(int(above), int(below))


def shown(number: Fraction) -> str:
    """A number in ASCII digits: with a decimal point where its decimals end, else as a fraction."""
    below, decimals = number.denominator, 0
    while below > 1 and (below % 2 == 0 or below % 5 == 0):
        below //= 10 if below % 10 == 0 else 2 if below % 2 == 0 else 5
        decimals += 1
    if below > 1:
        return str(number)
    digits = str(abs(int(number * 10**decimals))).rjust(decimals + 1, "0")
    point = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return f"\u2212{point}" if number < 0 else point
