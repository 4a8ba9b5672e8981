"""An English text as its words, each with the signs before it, and as its sentences."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from leafletpress.model.text.markup import Piece
from leafletpress.model.text.small_words import DENIALS, NUMBERS, UNIT_NAMES

_WORD = re.compile(r"\w+(?:['’]\w+)*")
STOPS = frozenset(".!")
_PAUSES = frozenset(",;:…'\"")
_PAUSE_CATEGORIES = ("Pd", "Ps", "Pe", "Pi", "Pf")  # dashes, brackets, quotes
_END = re.compile(r"[.!?][^\s.!?]*\s")


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or {name} of a fact, with the signs and spaces (`gap`) and the citations before it.

    The last token of a text is its end: it has no word, only what stands before it.
    """

    text: str
    gap: str
    cited: tuple[str, ...]
    strong: bool = False
    link: str | None = None

    @property
    def folded(self) -> str:
        """The word as it is compared."""
        return self.text.replace("’", "'").casefold()

    @property
    def is_number(self) -> bool:
        """Whether it is a number, in figures or in words, or stands for one."""
        has_figures = any(unicodedata.category(char)[0] == "N" for char in self.text)
        return self.text.startswith("{") or has_figures or self.folded in NUMBERS

    @property
    def is_unit(self) -> bool:
        """Whether it is a unit or its sign."""
        return self.folded in UNIT_NAMES or self.folded.removesuffix("s") in UNIT_NAMES

    @property
    def denies(self) -> bool:
        """Whether it turns or limits what the sentence says, as "not" and "only" do."""
        return self.folded in DENIALS or self.folded.endswith("n't")


def tokens(pieces: Iterable[Piece]) -> list[Token]:
    """The words of a parsed text, and its end."""
    found: list[Token] = []
    gap, cited = "", list[str]()

    def close(text: str, piece: Piece) -> None:
        nonlocal gap
        found.append(Token(text, gap, tuple(cited), piece.strong, piece.link))
        gap = ""
        cited.clear()

    for piece in pieces:
        if piece.kind == "citation":
            cited.append(piece.value)
        elif piece.kind == "fact":
            close(f"{{{piece.value}}}", piece)
        else:
            at = 0
            for word in _WORD.finditer(piece.value):
                gap += piece.value[at : word.start()]
                close(word[0], piece)
                at = word.end()
            gap += piece.value[at:]
    return [*found, Token("", gap, tuple(cited))]


def sentences(words: Sequence[Token]) -> list[range]:
    """The places of each sentence's words, without the text's end; "2.5" and "e.g." end none, "approx. 5" does."""
    starts = [at for at, token in enumerate(words[:-1]) if at == 0 or _END.search(token.gap)]
    return [range(start, stop) for start, stop in zip_longest(starts, starts[1:], fillvalue=len(words) - 1)]


def spaced(gap: str) -> str:
    """Signs as they are compared, with single spaces; the brackets keep those at the ends."""
    return " ".join(f"[{gap}]".split())


def signs(gap: str) -> str:
    """Signs without spaces."""
    return "".join(gap.split())


def is_dash(gap: str) -> bool:
    """Whether a dash or hyphen stands between two words, without spaces."""
    return len(gap) == 1 and unicodedata.category(gap) == "Pd"


def is_free(sign: str) -> bool:
    """Whether a sign makes a pause or ends a sentence, and says nothing else, as "/", "%" and "+" do."""
    return sign in STOPS or sign in _PAUSES or unicodedata.category(sign) in _PAUSE_CATEGORIES
