"""The template files of an audience in an edition, as writers use them."""

import base64
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from leafletpress.model.blocks import kind_of
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError
from leafletpress.model.template_files import TemplateFiles
from leafletpress.model.text.measure import letters_across

if TYPE_CHECKING:
    from leafletpress.write.page import Page, Traced


@dataclass(frozen=True, slots=True)
class Template:
    """Everything beside its words that a document of an audience and edition is made with."""

    files: TemplateFiles
    edition: Edition

    @property
    def icons(self) -> Mapping[str, bytes]:
        """The icons of callouts as PNG, by level."""
        return dict(self.files.dots)

    def render(self, handout: Handout, images: Mapping[str, str], spacing: float = 1) -> str:
        """The HTML page; `images` are addresses (data URIs) of the pictures and QR codes by name.

        `spacing` is the share that spaces have of their usual height.
        """
        with _own_texts_named(self.files):
            return _page(self.files).render(handout=handout, images=images, edition=self.edition, spacing=spacing)

    def trace(self, handout: Handout, images: Mapping[str, str]) -> "Traced":
        """The HTML page with the places in templates/ that its text comes from."""
        with _own_texts_named(self.files):
            return _page(self.files).trace(handout=handout, images=images, edition=self.edition, spacing=1)


@contextmanager
def _own_texts_named(files: TemplateFiles) -> Iterator[None]:
    """Add to an error of the page which of its templates are the project's own."""
    try:
        yield
    except LeafletError as error:
        if not files.own:
            raise
        own = ", ".join(f"templates/{name}" for name in files.own)
        hint = f"this project has its own {own}: does it fit this program?"
        problems = [replace(problem, hint=problem.hint or hint) for problem in error.problems]
        raise LeafletError(problems, error.exit_code) from error


@lru_cache(maxsize=8)
def _page(files: TemplateFiles) -> "Page":
    """The page template of these files, compiled once a process."""
    # Imported when a page is written: a Word file needs no Jinja.
    from leafletpress.write.page import make_page
    from leafletpress.write.typography import css_content, tied

    drawings = {
        level: "data:image/svg+xml;base64," + base64.b64encode(content).decode() for level, content in files.lines
    }
    filters: dict[str, Callable[..., Any]] = {
        "kind": kind_of,
        "tied": tied,
        "css_content": css_content,
        "letters_across": letters_across,
    }
    return make_page(dict(files.texts), f"{files.audience}/page.html.j2", filters, {"icons": drawings})
