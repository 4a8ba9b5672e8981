"""The text of a new leaflet: a skeleton that can be read as it is, with every part that an author needs."""

import re
from datetime import date

from leafletpress.model.forms import device
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.read.conditions import CONDITION
from leafletpress.read.leaflets import RESERVED_CONDITIONS, parse_leaflet
from leafletpress.read.located.files import Files

_SKELETON = """\
# yaml-language-server: $schema=leaflet.schema.json
# Each text with FILL IN waits for its author; none of them is ever released. AUTHORING.md says what can stand where.
code: {code}
title: {title}
subtitle: FILL IN what it is, in everyday words
version: "0.1"
written: {written}
next_review: {review}
main_message:
  patient: FILL IN the one thing that a patient must take home
facts:
  # A dose, share, count or length stands here once, and as {{name}} in the text.
  usual_course:
    kind: duration
    value: 2 to 4
    unit: week
    source: example_2026
sources:
  example_2026:
    title: FILL IN title of the page or paper
    publisher: FILL IN who published it, or the journal
    year: no date
    address: https://example.org/
    checked: {written}
sections:
  - id: help
    heading: When to get help
    audience: patient
    blocks:
      - id: now
        callout:
          level: now
          bullets:
            - FILL IN a sign that needs an ambulance
      - id: today
        callout:
          level: today
          bullets:
            - FILL IN a sign that needs a call on the same day
      - id: soon
        callout:
          level: soon
          bullets:
            - FILL IN a sign that needs a visit
  - id: about
    heading: What is it?
    audience: patient
    blocks:
      - id: meaning
        paragraph: FILL IN what it is, in short sentences. It lasts {{usual_course}}.
  - id: care
    heading: Looking after yourself
    audience: patient
    blocks:
      - id: dont
        callout:
          level: dont
          bullets:
            - Do **not** FILL IN what does harm.
  - id: definition
    heading: Definition
    audience: clinician
    blocks:
      - id: definition
        paragraph: FILL IN what it is, exactly, with its sources.[@example_2026]
  - id: reach_us
    heading: How to reach us
    blocks:
      - id: card
        contact: Call us or book a visit if you are worried.
"""


def new_leaflet(files: Files, condition: str, today: date, audiences: tuple[str, ...]) -> tuple[str, str]:
    """The skeleton of a condition's leaflet: the name of its file below the project's folder, and its text.

    Raises LeafletError (exit code 2) for a name that no condition can have, (1) when the skeleton has problems.
    """
    place = condition_place(condition)
    text = _SKELETON.format(
        code=first_code(condition),
        title=condition.replace("-", " ").capitalize(),
        written=today.isoformat(),
        review=next_review(today),
    )
    parse_leaflet(files, condition, text.encode(), audiences)
    return place.file, text


def condition_place(condition: str) -> Origin:
    """The file of a condition's leaflet; raises LeafletError (exit code 2) for a name that no condition can have."""
    place = Origin(f"leaflets/{condition}.yaml")
    if not re.fullmatch(CONDITION, condition) or condition in RESERVED_CONDITIONS or device(condition):
        hint = "small letters, digits and hyphens, for example lichen-planus"
        raise LeafletError([Problem(place, f'"{condition}" is no name for a condition', hint)], ExitCode.USAGE)
    return place


def first_code(condition: str) -> str:
    """The code of a new leaflet, made of the letters of its condition."""
    letters = re.sub(r"[^a-z]", "", condition).upper()
    return (letters + "XXXX")[:4]


def next_review(today: date) -> str:
    """By when a new leaflet is checked again: two years from today."""
    return today.replace(year=today.year + 2, day=min(today.day, 28)).isoformat()
