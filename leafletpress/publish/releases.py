"""Writes the file of what was published last of each handout."""

from collections.abc import Iterable, Mapping
from itertools import groupby

from leafletpress.model.releases import Key, Release, Releases, TextVersion, seal, text_version
from leafletpress.publish.manifest import Row

_HEAD = """\
# What was published last of each handout: written when leaflets are published, kept for ever, and by nobody's hand.
# `check` and a release go by it: text that changed has to have a new version. docs/publishing.md says how.
"""


def published_texts(rows: Iterable[Row]) -> Mapping[Key, TextVersion]:
    """The texts of the documents that a manifest lists."""
    return {row.key: text_version(row) for row in rows if row.path is not None and row.english}


def dump_releases(releases: Releases) -> str:
    """The file's text: a table for each leaflet in a language, a line for each of its audiences."""
    parts = [f'{_HEAD}seal = "{seal(releases)}"\n']
    for (condition, locale), group in groupby(sorted(releases.items()), key=lambda item: item[0][:2]):
        lines = [_line(audience, release) for (_, _, audience), release in group]
        parts.append(f"\n[handouts.{condition}.{locale}]\n{''.join(lines)}")
    return "".join(parts)


def _line(audience: str, release: Release) -> str:
    text = release.text
    parts = [f'version = "{text.version}"', f"day = {release.day}", f'english = "{text.english}"']
    if text.revision is not None:
        parts += [f"revision = {text.revision}", f'translation = "{text.translation}"']
    if release.gone:
        parts.append(f"gone = {release.gone}")
    return f"{audience} = {{ {', '.join(parts)} }}\n"
