"""A kind of reader, for whom a leaflet is made."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from leafletpress.model.handout import Written

# Codes of v3 RoleClass (HL7) by which the Infobutton standard says for whom knowledge is: a patient, a professional.
Recipient = Literal["PAT", "PROV"]


@dataclass(frozen=True, slots=True)
class Audience:
    """A kind of reader and what its leaflet holds beside the text; each has a folder of templates/.

    `fields` are the lines to fill in by name, in order, with what is written there.
    `grade_whole` and `grade_section` are the highest Flesch-Kincaid grades of its English text, None for no limit.
    `recipient` is its role as HL7 names those who get knowledge (PAT, PROV), None where there is no such role.
    With `units_in_full` it reads units as words where a language has some for those that are signs elsewhere.
    """

    id: str
    letter: str
    label: str
    numbered_references: bool
    references_heading: str
    shows_codes: bool
    notes_lines: int
    fields: Mapping[str, Written]
    grade_whole: float | None
    grade_section: float | None
    units_in_full: bool = False
    recipient: Recipient | None = None
