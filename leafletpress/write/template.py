"""The template files of an audience in an edition, as writers use them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from leafletpress.model.blocks import kind_of
from leafletpress.model.codes import code
from leafletpress.model.edition import Edition
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Problem
from leafletpress.model.template_files import Medium, TemplateFiles, page_name
from leafletpress.model.text.measure import letters_across
from leafletpress.write.fonts import families_of
from leafletpress.write.languages import Languages
from leafletpress.write.pictures import data_uri, data_uris

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

    def page(self, handout: Handout, medium: Medium, spacing: float = 1, *, whole: bool = True) -> str:
        """The HTML page with its pictures in it.

        On paper, `spacing` is the share that spaces have of their usual height, and `whole` is whether the emergency
        box may not go over two pages. Raises LeafletError when a template fails or a style sheet has faults.
        """
        from leafletpress.write.sheets import sheet_faults

        with _own_texts_named(self.files):
            text = _page(self.files, medium).render(**self._values(handout, medium, spacing, whole))
            if faults := list(sheet_faults(text)):
                traced = self.traced_page(handout, medium)
                raise LeafletError([Problem(traced.origin(offset), fault) for offset, fault in faults])
        return text

    def traced_page(self, handout: Handout, medium: Medium) -> "Traced":
        """The HTML page with the places in templates/ that its text comes from."""
        with _own_texts_named(self.files):
            return _page(self.files, medium).trace(**self._values(handout, medium, 1, True))

    def _values(self, handout: Handout, medium: Medium, spacing: float, whole: bool) -> dict[str, object]:
        """What a page is made of beside its templates."""
        from leafletpress.write.typography import Cited

        values = {"handout": handout, "images": data_uris(handout), "languages": Languages(handout), "cited": Cited()}
        on_paper = {"edition": self.edition, "spacing": spacing, "whole": whole}
        return values | on_paper if medium == "paper" else values


@contextmanager
def _own_texts_named(files: TemplateFiles) -> Iterator[None]:
    """Add to an error of the page which of its templates are the project's own."""
    try:
        yield
    except LeafletError as error:
        if not files.own:
            raise
        first, *more = (f"templates/{name}" for name in files.own)
        own = f"{first} and {len(more)} more" if more else first
        hint = f"this project has its own {own}: does it fit this program?"
        problems = [replace(problem, hint=problem.hint or hint) for problem in error.problems]
        raise LeafletError(problems, error.exit_code) from error


@lru_cache(maxsize=16)
def _page(files: TemplateFiles, medium: Medium) -> "Page":
    """The page template of these files, compiled once a process."""
    # Imported when a page is written: a Word file needs no Jinja.
    from leafletpress.write.page import make_page
    from leafletpress.write.typography import breakable, css_content, isolated, numbered, spoken

    filters: dict[str, Callable[..., Any]] = {
        "kind": kind_of,
        "families": families_of,
        "spoken": spoken,
        "breakable": breakable,
        "css_content": css_content,
        "letters_across": letters_across,
        "code": code,
        "isolated": isolated,
        "numbered": numbered,
    }
    values = {
        "icons": {level: data_uri(content) for level, content in files.lines},
        "on_screen": medium == "screen",
    }
    return make_page(dict(files.texts), page_name(files.audience, medium), filters, values)
