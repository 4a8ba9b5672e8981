"""Writers: each turns a Handout and a Template into the bytes of one format."""

from collections.abc import Callable

from leafletpress.model.handout import Handout
from leafletpress.write.template import Template


def _html(handout: Handout, template: Template) -> bytes:
    from leafletpress.write.html.writer import write

    return write(handout, template)


def _pdf(handout: Handout, template: Template) -> bytes:
    from leafletpress.write.pdf.writer import write

    return write(handout, template)


def _docx(handout: Handout, template: Template) -> bytes:
    from leafletpress.write.word.writer import write

    return write(handout, template)


# One line a format. The libraries underneath are imported when the first document of the format is written.
WRITERS: dict[str, Callable[[Handout, Template], bytes]] = {
    "html": _html,
    "pdf": _pdf,
    "docx": _docx,
}


def load() -> None:
    """Import every library that the writers use; fails like an import where one is missing."""
    import leafletpress.write.html.writer
    import leafletpress.write.pdf.writer
    import leafletpress.write.word.writer  # noqa: F401 - loaded, not used here
