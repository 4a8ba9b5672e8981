"""The short code on paper by which two people can tell, over the phone too, whether they hold the same text."""

# One sign of each group that looks alike on a bad copy (D of 0 O Q D, L of 1 I L, 2 of 2 Z, 5 of 5 S, 6 of 6 G, 8 of
# 8 B, V of U V Y), and no vowels, so that no code is a word. They are 23, and the check rests on 23 being prime.
ALPHABET = "23456789CDFHJKLMNPRTVWX"
LENGTH = 6
_BASE = len(ALPHABET)


def check_code(digest: str) -> str:
    """The code of a text by its digest (hexadecimal): five signs of the digest, and one that checks them.

    One text of 23⁵ (6.4 million) has the same five signs as another by chance.
    """
    rest = int(digest, 16)
    signs = ""
    for _ in range(LENGTH - 1):
        rest, value = divmod(rest, _BASE)
        signs += ALPHABET[value]
    return signs + _last(signs)


def is_check_code(text: str) -> bool:
    """Whether the last sign fits the others: never so after one sign is misread, or any two have changed places."""
    return len(text) == LENGTH and set(text) <= set(ALPHABET) and text[-1] == _last(text[:-1])


def _last(signs: str) -> str:
    """The check sign of a pure system of ISO/IEC 7064, with modulus 23 and radix 2 (MOD 11-2 and MOD 37-2 are such).

    The values of all signs, each times 2 to the power of its place from the right, add up to 1 modulo 23. A misread
    sign changes the sum by a multiple of a power of 2, two that change places by a multiple of the difference of two
    such powers. As 23 is prime and the first eleven powers of 2 differ modulo 23, neither leaves the sum as it was.
    """
    total = 0
    for sign in signs:
        total = (total + ALPHABET.index(sign)) * 2 % _BASE
    return ALPHABET[(1 - total) % _BASE]
