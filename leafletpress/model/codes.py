"""How a QR code must be made so that it still scans from a photocopy: one rule for all formats, and for `check`."""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import quote

Level = Literal["L", "M", "Q", "H"]

LONGEST = 200  # letters of an address
_MODULE = 1.5  # points (0.53 mm): two CSS pixels; 0.5 mm are left where a printer fits a page into its margins
_QUIET = 4  # modules that stay white on each side (ISO/IEC 18004)
_POINTS_PER_MM = 72 / 25.4
# How many bytes a symbol holds, by version from 1 on, for each level of error correction (ISO/IEC 18004, table 7). The
# code of version 9 is 32 mm wide, and holds an address of the most letters.
_LEVELS: tuple[Level, ...] = ("L", "M", "Q", "H")
_CAPACITY = (
    (17, 14, 11, 7),
    (32, 26, 20, 14),
    (53, 42, 32, 24),
    (78, 62, 46, 34),
    (106, 84, 60, 44),
    (134, 106, 74, 58),
    (154, 122, 86, 64),
    (192, 152, 108, 84),
    (230, 180, 130, 98),
)
# The level that makes up for 15 in 100 of a symbol, or, for what is too long for that, the one for 7.
_WANTED = (_LEVELS.index("M"), _LEVELS.index("L"))


@dataclass(frozen=True, slots=True)
class Code:
    """The QR code of an address: what it holds, its version and level of error correction (ISO/IEC 18004)."""

    content: str
    version: int
    level: Level

    @property
    def modules(self) -> int:
        """How many modules it has from side to side, the quiet zone among them."""
        return 17 + 4 * self.version + 2 * _QUIET

    @property
    def points(self) -> float:
        """How wide it is on paper, its quiet zone included."""
        return self.modules * _MODULE

    @property
    def mm(self) -> float:
        """The same in millimetres."""
        return self.points / _POINTS_PER_MM


def code(address: str) -> Code:
    """The smallest code of an address, with the highest level of error correction that a code of this size can have.

    Raises ValueError where it would have more than `LONGEST` letters.
    """
    content = _in_ascii(address)
    fitting = (
        (version, sizes)
        for wanted in _WANTED
        for version, sizes in enumerate(_CAPACITY, start=1)
        if len(content) <= LONGEST and len(content) <= sizes[wanted]
    )
    found = next(fitting, None)
    if found is None:
        raise ValueError(f"no QR code holds {address[:40]}…")
    version, sizes = found
    level = max(at for at, size in enumerate(sizes) if len(content) <= size)
    return Code(content, version, _LEVELS[level])


def too_long(address: str) -> str | None:
    """What is wrong with an address whose code would be too large, or too fine to be scanned; else None."""
    letters = len(_in_ascii(address))
    if letters <= LONGEST:
        return None
    told = "" if letters == len(address) else ", each beyond ASCII written as %…"
    return f"of {letters} letters{told}, more than the {LONGEST} of which a QR code can be made that scans"


def _in_ascii(address: str) -> str:
    """The address with its letters beyond ASCII as a browser sends them (RFC 3987): scanners differ in reading them."""
    return quote(address, safe="%/:?#[]@!$&'()*+,;=~-._|\\^`{}")
