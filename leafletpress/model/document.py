"""Which document: one handout in one edition and format, and where it is published."""

import re
from dataclasses import dataclass

from leafletpress.model.edition import DEFAULT_EDITION

_PATH = re.compile(
    r"(?P<condition>[a-z0-9][a-z0-9-]*)/(?P<locale>\w+)/"
    r"(?P=condition)-(?P<audience>[a-z][a-z0-9_]*)-(?P=locale)(?:-(?P<edition>[a-z][a-z0-9_]*))?\.(?P<format>[a-z0-9]+)"
)


@dataclass(frozen=True, slots=True)
class Document:
    """Which document: the same in every build, whatever is in it."""

    condition: str
    locale: str
    audience: str
    edition: str
    format: str

    @property
    def path(self) -> str:
        """Where it is published, below the output folder; the default edition goes without saying."""
        edition = "" if self.edition == DEFAULT_EDITION else f"-{self.edition}"
        return f"{self.condition}/{self.locale}/{self.condition}-{self.audience}-{self.locale}{edition}.{self.format}"


def document_at(path: str) -> Document | None:
    """The document that is published at a path below the output folder; None for a path that is no document's."""
    named = _PATH.fullmatch(path)
    if not named:
        return None
    document = Document(**{**named.groupdict(), "edition": named["edition"] or DEFAULT_EDITION})
    return document if document.path == path else None
