"""Gives the boxes right inside a box of WeasyPrint; what is placed absolutely stands for itself there."""

from typing import Any

from weasyprint.layout.absolute import AbsolutePlaceholder


def itself(box: Any) -> Any:
    """The box that a place among others is kept for, or the box."""
    return box._box if isinstance(box, AbsolutePlaceholder) else box  # noqa: SLF001


def inside(box: Any) -> list[Any]:
    """The boxes right inside a box."""
    return [itself(child) for child in getattr(box, "children", ())]
