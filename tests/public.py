"""Output folders of small pages, and a project that publishes them: for tests of what is made public."""

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from leafletpress.build.index import renderer
from leafletpress.build.library import Library
from leafletpress.model.document import Document
from leafletpress.model.site import Site
from leafletpress.publish.manifest import Row, dump
from leafletpress.publish.public import Expected, Public

CONTENT = b"<p>page</p>"
TODAY = date(2026, 11, 30)


def row(
    locale: str,
    audience: str = "patient",
    format_: str = "html",
    reason: str | None = None,
    *,
    condition: str = "warts",
    edition: str = "a4",
    **more: Any,
) -> Row:
    """A row of the manifest, of a document whose bytes are CONTENT; with a `reason` it is withheld."""
    document = Document(condition, locale, audience, edition, format_)
    withheld = reason is not None
    made = Row(
        path=None if withheld else document.path,
        condition=condition,
        code="WART-P",
        version="1.2",
        locale=locale,
        audience=audience,
        edition=edition,
        format=format_,
        sha256=None if withheld else hashlib.sha256(CONTENT).hexdigest(),
        sha1="" if withheld else hashlib.sha1(CONTENT, usedforsecurity=False).hexdigest(),
        bytes=None if withheld else len(CONTENT),
        pages=None,
        state="withheld" if withheld else "built",
        reason=reason,
        status="draft",
        built_for="release",
    )
    return replace(made, **more)


def published(folder: Path, *rows: Row) -> Path:
    """An output folder with these rows and their files."""
    for one in rows:
        if one.path:
            (folder / one.path).parent.mkdir(parents=True, exist_ok=True)
            (folder / one.path).write_bytes(CONTENT)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "manifest.json").write_text(dump("north", rows), encoding="utf-8")
    return folder


def public_of(library: Library, *, staff: str = "en", gone: Collection[str] = (), **more: Any) -> Public:
    """A project that makes whatever it is asked for but what is `gone`: names of conditions, languages, audiences."""
    site: Site = replace(library.site, staff=staff)
    known = {
        "site": site,
        "locales": library.locales,
        "furniture": library.furniture,
        "audiences": library.audiences,
        "signoffs": {},
        "releases": {},
        "today": TODAY,
        "has_handout": lambda key: not set(gone) & set(key),
        "expected": lambda _document: Expected(),
        "render": renderer(library.files),
    }
    return Public(**{**known, **more})
