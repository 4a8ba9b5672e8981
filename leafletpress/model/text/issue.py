"""What is wrong with a text, in one shape for all rules of a text."""

from dataclasses import dataclass

from leafletpress.model.problems import Severity


@dataclass(frozen=True, slots=True)
class Issue:
    """What is wrong with a translation and what to do; one that is an error keeps it from being printed."""

    rule: str
    text: str
    hint: str
    severity: Severity = "error"
