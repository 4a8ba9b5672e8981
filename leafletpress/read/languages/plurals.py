"""The header Plural-Forms of catalogs: what it should say, and whether what it says counts as the language does."""

import gettext
import re

import babel
from babel.messages.plurals import get_plural

_FORM = re.compile(r"\s*nplurals\s*=\s*(\d+)\s*;\s*plural\s*=\s*([^;]+);?\s*")
_NUMBERS = range(200)  # beyond these, languages differ in millions alone
_MILLIONS = (1_000_000, 2_000_000)


def plural_forms(cldr: babel.Locale) -> str:
    """The header for a language, as gettext wants it."""
    rule = get_plural(str(cldr))
    return f"nplurals={rule.num_plurals}; plural={rule.plural_expr};"


def counts_rightly(header: str, cldr: babel.Locale) -> bool:
    """Whether a header tells numbers apart as CLDR or gettext do for a language, whatever it calls its forms."""
    own = _forms(header)
    if own is None:
        return False
    by_cldr = [cldr.plural_form(number) for number in _NUMBERS]
    return any(_alike(own, forms) for forms in (by_cldr, _forms(plural_forms(cldr))) if forms)


def _forms(header: str) -> list[int] | None:
    """The form of each number, None where the header has no rule, or one with other forms than it says."""
    found = _FORM.fullmatch(header)
    if not found:
        return None
    try:
        rule = gettext.c2py(found[2])
        forms = [rule(number) for number in (*_NUMBERS, *_MILLIONS)]
    except (ValueError, ArithmeticError, RecursionError, MemoryError, SyntaxError):  # it is none, or no number's
        return None
    return forms[: len(_NUMBERS)] if set(forms) == set(range(int(found[1]))) else None


def _alike(one: list[int], other: list[str] | list[int]) -> bool:
    """Whether two lists of forms tell the same numbers apart."""
    pairs = set(zip(one, other, strict=True))
    return len(pairs) == len(set(one)) == len(set(other))
