"""Writers: each turns a Handout and a Template into the bytes of one format."""

from collections.abc import Callable

from leafletpress.model.handout import Handout
from leafletpress.templates import Template


def _html(handout: Handout, template: Template) -> bytes:
    from leafletpress.writers.html import write

    return write(handout, template)


def _pdf(handout: Handout, template: Template) -> bytes:
    from leafletpress.writers.pdf import write

    return write(handout, template)


def _docx(handout: Handout, template: Template) -> bytes:
    from leafletpress.writers.docx import write

    return write(handout, template)


# One line a format. The libraries underneath are imported when the first document of the format is written.
WRITERS: dict[str, Callable[[Handout, Template], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
}
