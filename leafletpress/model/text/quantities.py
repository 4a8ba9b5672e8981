"""Which spaces no line may be broken at: in quantities, at signs that have a space, and after one-letter words."""

import re
from unicodedata import category

from leafletpress.model.text.measure import letters_across

NO_BREAK_SPACE = "\u00a0"
LONGEST = 24  # letters that are kept in a line; more would leave a narrow column
_NUMBER = re.compile(r"[(\[<>≤≥≈~±+−-]*\d+(?:[.,:٫٬]\d+)*%?")
_SHORT = re.compile(r"[(\[]?[^\W\d_]{1,5}\.?")
# French has a space before these, and inside its quotation marks: UAX #14, LB13 and LB15.
_SPACED_SIGNS = re.compile(r"[;:!?]+(?!\w)")
# What all of these need: a figure, or a word that does not begin with a letter. Most texts have none.
_MAY_TIE = re.compile(r"\d|(?:^|[ \u00a0])\W")
_ONE_LETTER = re.compile(r"\W*(\w)")
# One-letter prepositions and conjunctions, which the typesetters of these languages leave at no end of a line.
_LEAD_UP = {"cs": "aikosuvz", "pl": "aiouwz", "sk": "aikosuvz", "uk": "авзійоу"}


def kept_together(text: str, language: str) -> str:
    """The text with no-break spaces where no line may be broken; `language` is its BCP 47 tag.

    A number is kept with the word or number behind it (5 mg, 3 days, 10 000), and a short word with the number behind
    it (call 999, page 3, 2 to 4), as far as no more than `LONGEST` letters stay together. That holds for all languages
    that have spaces. So does the next rule: a sign between spaces is kept with its word (« mot » ?). In some languages
    a one-letter word is kept with the one behind it (z tobą, у воді).
    """
    lead_up = _LEAD_UP.get(language.partition("-")[0], "")
    if not lead_up and not _MAY_TIE.search(text):
        return text
    first, *others = text.split(" ")
    kept, together = first, first
    for before, word in zip([first, *others], others, strict=False):
        longer = f"{together}{NO_BREAK_SPACE}{word}"
        in_quantity = _belong_together(before, word) and letters_across(longer) <= LONGEST
        if in_quantity or _is_sign(before, word) or _leads_up(before, lead_up):
            kept, together = f"{kept}{NO_BREAK_SPACE}{word}", longer
        else:
            kept, together = f"{kept} {word}", word
    return kept


def in_one_line(text: str, language: str) -> str:
    """A quantity with no-break spaces alone; one of more than `LONGEST` letters may be broken between its parts."""
    return text.replace(" ", NO_BREAK_SPACE) if letters_across(text) <= LONGEST else kept_together(text, language)


def _belong_together(before: str, word: str) -> bool:
    number = before.rpartition(NO_BREAK_SPACE)[2]
    if _NUMBER.fullmatch(number):
        return word[:1].isalnum() or word[:1] in "%‰°"
    return bool(_SHORT.fullmatch(before)) and bool(re.match(r"[<>≤≥≈~±+−]?\d", word))


def _is_sign(before: str, word: str) -> bool:
    """Whether the space is one before a sign, or inside a quotation mark that no letter touches."""
    mark = before.rpartition(NO_BREAK_SPACE)[2]
    opens = bool(re.fullmatch(r"\W+", mark)) and category(mark[-1]) == "Pi"
    closes = bool(re.match(r"\W(?!\w)", word)) and category(word[0]) == "Pf"
    return opens or closes or bool(_SPACED_SIGNS.match(word))


def _leads_up(before: str, lead_up: str) -> bool:
    """Whether a word, within brackets and quotation marks too, is one of these letters."""
    letter = _ONE_LETTER.fullmatch(before.rpartition(NO_BREAK_SPACE)[2])
    return letter is not None and letter[1].lower() in lead_up
