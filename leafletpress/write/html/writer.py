"""Writes a handout as one HTML page that holds all it needs."""

from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.write.html import proof
from leafletpress.write.html.reading import read_page
from leafletpress.write.html.sight import hidden_or_fetched
from leafletpress.write.template import Template


def write(handout: Handout, template: Template) -> bytes:
    """The page in UTF-8, its pictures inside; raises LeafletError where it is not all of the handout, to be seen."""
    text = template.page(handout, "screen")
    place = Origin(f"{handout.condition}-{handout.audience}-{handout.locale}{template.edition.suffix}.html")
    problems = [Problem(place, mismatch) for mismatch in proof.mismatches(read_page(text), handout)]
    if sheet := list(hidden_or_fetched(text)):
        traced = template.traced_page(handout, "screen")
        problems += [Problem(traced.origin(offset), fault, f"in {place}") for offset, fault in sheet]
    if problems:
        raise LeafletError(problems)
    return text.encode()
