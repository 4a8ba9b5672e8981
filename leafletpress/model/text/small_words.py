"""Small words of English that decide what a sentence says: numbers, denials, conditions, words that lean on others."""

import re

from leafletpress.model.facts import PER, UNITS
from leafletpress.model.text.negation import WORDS


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


NUMBERS = _words(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half halves "
    "quarter quarters third thirds double triple once twice thrice single pair dozen first second last "
    "hourly daily nightly weekly fortnightly monthly yearly"
)
# In the singular, without the times that a fact has by the name of "per".
UNIT_NAMES = _words(
    "kg ug µg mcg l dl iu mol fl oz lb ounce pound litre millilitre metre centimetre millimetre gramme kilogram "
    "teaspoon tablespoon spoon spoonful drop fortnight degree fahrenheit percent"
).union(
    PER,
    (part for units in UNITS.values() for sign in units for part in re.split("/", sign.casefold())),
    (part for units in UNITS.values() for name in units.values() for part in name.split("-")[1:]),
)
# They limit what a sentence says, before them or behind.
LIMITS = _words("without only except unless but however instead rather than more less against")
# They turn it round, or limit it.
DENIALS = _words("none nothing nobody nowhere stop stops stopping avoid avoids avoiding refrain").union(WORDS, LIMITS)
# They open a clause: a sign elsewhere in the sentence may tell how far it goes. At its head that is plain.
OPENERS = _words("if when whenever while until till after before because since as so although though unless whether")
# With a sign before them they speak of all, without it of some: "patients(,) who are pregnant".
RELATIVES = _words("who whom whose that which where")
# They begin a clause or phrase of their own: what stands before them is another, with a sign between or without.
PHRASES = _words(
    "and but then please the a an you we they he she it i your our my their his her this these those there "
    "in on at by for from with to of into onto through during about near under over "
    "is are was were be can will may might could would should must do does have has"
)
# What stands behind them is no part of one name with them.
APART = _words(
    "you we they he she it i us them him me this these those there here "
    "then today tomorrow usually often sometimes please"
)
# A sentence that begins so states something; one that tells what to do may be a step, and steps have their order.
STATEMENTS = _words("the a an your our you we some many most people")
# They lean on the sentence before or behind, or tell what to do.
LEANING = _words(
    "it its this that these those they them their he she him her his such same other others another both either one "
    "ones then next now first second third last finally later afterwards before after until also too else otherwise "
    "instead however therefore still again above below following must should need needs shall"
)
# With a capital they mean another thing.
CAPITONYMS = _words("aids august cancer it march may mercury polish reading turkey us who will")
