"""Writes the file of what was published: last of each handout, and every paper that ever was."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby

from leafletpress.model.papers import Paper, Papers, number, seal
from leafletpress.model.releases import Key, Release, Releases, TextVersion, text_version
from leafletpress.model.text.check_code import is_check_code
from leafletpress.publish.manifest import Row

_HEAD = """\
# What was published last of each handout: written when leaflets are published, kept for ever, and by nobody's hand.
# `check` and a release go by it: text that changed has to have a new version. docs/publishing.md says how.
"""
_HEAD_OF_PAPERS = """
# Every paper that was ever published, the newest first: by these the pages in status/ know what somebody holds.
"""


def published_texts(rows: Iterable[Row]) -> Mapping[Key, TextVersion]:
    """The texts of the documents that a manifest lists."""
    return {row.key: text_version(row) for row in rows if row.path is not None and row.english}


def published_papers(rows: Iterable[Row], site: str, day: date) -> Mapping[Key, Paper]:
    """The papers that a manifest lists, as those of a site that are published on a day."""
    return {row.key: paper_of(row, site, day) for row in rows if row.path is not None and is_check_code(row.check_code)}


def paper_of(row: Row, site: str, day: date) -> Paper:
    """The paper that a document of a manifest is."""
    return Paper(site, leaflet_code(row.code), number(row.version, row.revision), row.check_code, day)


def leaflet_code(code: str) -> str:
    """The code of a leaflet, of that of a handout: CCUT of CCUT-P-es."""
    return code.partition("-")[0]


def dump_releases(releases: Releases, papers: Papers | None = None) -> str:
    """The file's text: a table for each leaflet in a language, a line for each of its audiences; papers behind them."""
    parts = [f'{_HEAD}seal = "{seal(releases, papers)}"\n']
    for (condition, locale), group in groupby(sorted(releases.items()), key=lambda item: item[0][:2]):
        lines = [_line(audience, release) for (_, _, audience), release in group]
        parts.append(f"\n[handouts.{condition}.{locale}]\n{''.join(lines)}")
    parts += [_HEAD_OF_PAPERS] if papers else []
    for (condition, locale), listed in groupby(sorted((papers or {}).items()), key=lambda item: item[0][:2]):
        lines = [f"{audience} = [\n{''.join(map(_paper, found))}]\n" for (_, _, audience), found in listed]
        parts.append(f"\n[papers.{condition}.{locale}]\n{''.join(lines)}")
    return "".join(parts)


def _line(audience: str, release: Release) -> str:
    text = release.text
    parts = [f'version = "{text.version}"', f"day = {release.day}", f'english = "{text.english}"']
    if text.revision is not None:
        parts += [f"revision = {text.revision}", f'translation = "{text.translation}"']
    if release.gone:
        parts.append(f"gone = {release.gone}")
    return f"{audience} = {{ {', '.join(parts)} }}\n"


def _paper(paper: Paper) -> str:
    text = f"{paper.day} {paper.code} {paper.number} {paper.check_code} {paper.site}"
    return f"    {json.dumps(text, ensure_ascii=False)},\n"
