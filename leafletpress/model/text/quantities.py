"""Which spaces no line may be broken at: those between a number, its unit and the short word that leads up to it."""

import re

from leafletpress.model.text.measure import letters_across

NO_BREAK_SPACE = "\u00a0"
LONGEST = 24  # letters that are kept in a line; more would leave a narrow column
_NUMBER = re.compile(r"[(\[<>≤≥≈~±+−-]*\d+(?:[.,:٫٬]\d+)*%?")
_SHORT = re.compile(r"[(\[]?[^\W\d_]{1,5}\.?")


def kept_together(text: str) -> str:
    """The text with no-break spaces in its quantities, as far as no more than `LONGEST` letters stay together.

    A number is kept with the word or number behind it (5 mg, 3 days, 10 000), and a short word with the number behind
    it (call 999, page 3, 2 to 4). That holds for all languages that have spaces.
    """
    first, *others = text.split(" ")
    kept, together = first, first
    for before, word in zip([first, *others], others, strict=False):
        longer = f"{together}{NO_BREAK_SPACE}{word}"
        if _belong_together(before, word) and letters_across(longer) <= LONGEST:
            kept, together = f"{kept}{NO_BREAK_SPACE}{word}", longer
        else:
            kept, together = f"{kept} {word}", word
    return kept


def in_one_line(text: str) -> str:
    """A quantity with no-break spaces alone; one of more than `LONGEST` letters may be broken between its parts."""
    return text.replace(" ", NO_BREAK_SPACE) if letters_across(text) <= LONGEST else kept_together(text)


def _belong_together(before: str, word: str) -> bool:
    number = before.rpartition(NO_BREAK_SPACE)[2]
    if _NUMBER.fullmatch(number):
        return word[:1].isalnum() or word[:1] in "%‰°"
    return bool(_SHORT.fullmatch(before)) and bool(re.match(r"[<>≤≥≈~±+−]?\d", word))
