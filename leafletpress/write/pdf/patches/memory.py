"""Remembers what was measured of a document for as long as it is laid out, for it is laid out several times."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_DOCUMENTS: list[dict[Any, Any]] = []


@contextmanager
def one_document() -> Iterator[None]:
    """Remember what is measured here, and forget it at the end."""
    _DOCUMENTS.append({})
    try:
        yield
    finally:
        _DOCUMENTS.pop()


def remembered() -> dict[Any, Any] | None:
    """What is known of the document that is laid out; None outside of one."""
    return _DOCUMENTS[-1] if _DOCUMENTS else None
