"""The papers that were ever published, and the digest by which the file of all that was published is known."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from leafletpress.model.releases import Key, Releases


@dataclass(frozen=True, slots=True)
class Paper:
    """A text as a site printed it.

    `code` is that of its leaflet (CCUT), `number` and `check_code` stand at its foot, `day` is when it was published
    first. The check code tells papers of one number apart: with a new phone number, or another state.
    """

    site: str
    code: str
    number: str
    check_code: str
    day: date

    @property
    def version(self) -> str:
        """That of the English."""
        return self.number.partition("-")[0]

    def is_of_text(self, other: "Paper") -> bool:
        """Whether both say the same, whenever they were published."""
        return (self.site, self.number, self.check_code) == (other.site, other.number, other.check_code)


Papers = Mapping[Key, tuple[Paper, ...]]  # the newest first; none is ever taken away


def number(version: str, revision: int | None) -> str:
    """The version of the English and, behind a hyphen, the revision of the translation, as paper has them."""
    return version if revision is None else f"{version}-{revision}"


def with_papers(papers: Papers, now: Mapping[Key, Paper]) -> dict[Key, tuple[Paper, ...]]:
    """The papers after these were published; what was known before keeps its day."""
    found = dict(papers)
    for key, paper in now.items():
        known = papers.get(key, ())
        if not any(one.is_of_text(paper) for one in known):
            found[key] = (paper, *known)
    return found


def seal(releases: Releases, papers: Papers | None = None) -> str:
    """The digest of all that was published, by which a file of it that was cut or changed by hand is known."""
    rows: list[list[object]] = []
    for key, one in sorted(releases.items()):
        text, gone = one.text, [one.gone.isoformat()] if one.gone else []
        rows.append([*key, text.version, text.revision, text.english, text.translation, one.day.isoformat(), *gone])
    rows += [
        [*key, one.site, one.code, one.number, one.check_code, one.day.isoformat()]
        for key, found in sorted((papers or {}).items())
        for one in found
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:32]
