"""Writes a handout as a PDF for print, archive (PDF/A-2a) and every reader (PDF/UA-1), from its HTML page."""

import logging
import re
import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.write.fonts import families_of, font_faces, hide_system_fonts, is_pinned, refuse_missing_glyphs
from leafletpress.write.pdf.booklet import impose
from leafletpress.write.sheets import located
from leafletpress.write.template import Template

hide_system_fonts()
try:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No fonts configured")  # none but those of the style sheet, on purpose
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher

    from leafletpress.write.pdf import overflow, proof
    from leafletpress.write.pdf.balance import balanced
    from leafletpress.write.pdf.patches import letters
    from leafletpress.write.pdf.patches import styles as defaults
    from leafletpress.write.pdf.patches import tags as tagging
    from leafletpress.write.pdf.patches import text as thrift
except OSError as error:
    missing = Problem(
        Origin("WeasyPrint"), f"a system library is missing: {error}", "install Pango; in a checkout, run: script/setup"
    )
    raise LeafletError([missing], ExitCode.MISSING) from error


_WEASYPRINT = Path(weasyprint.__file__).parent
# The address of a picture that is inside the page: as long as the picture.
_INSIDE = re.compile(r"(data:[\w/+-]+)[^\s']*")

tagging.install()
letters.install()
thrift.install()
defaults.install()

_SCHEMES = ("https", "mailto", "tel")


def write(handout: Handout, template: Template) -> bytes:
    """The PDF; raises LeafletError when anything in it could not be set as asked (a missing glyph, a missing alt).

    So does a link that would do anything but open a secure page, write a mail or call a number.
    """
    place = Origin(f"{handout.condition}-{handout.audience}-{handout.locale}{template.edition.suffix}.pdf")
    refuse_missing_glyphs(handout, place)
    problems: list[Problem] = []
    with _logged() as messages:
        try:
            document = laid_out(handout, template)
            problems += [*_wrong_links(document, place), *overflow.misfits(document.pages, place)]
            problems += [Problem(place, said) for said in proof.faults(document.pages, handout)]
            messages.extend(proof.unpinned(document.pages, families_of(handout)))
            content: bytes = document.write_pdf(pdf_variant="pdf/a-2a", finisher=tagging.finish)
        except FatalURLFetchingError as error:
            messages.append(str(error))
        except (LeafletError, MemoryError, RecursionError):
            raise
        except Exception as error:
            at = traceback.extract_tb(error.__traceback__)[-1]
            if not Path(at.filename).is_relative_to(_WEASYPRINT):
                raise
            # Some styles that it does not know end so: the fault of a template, and no reason to stop all documents.
            messages.append(f"WeasyPrint can't set it: {type(error).__name__}, {error} ({at.name}, line {at.lineno})")
    if messages:  # on paper it would be seen too late
        problems += located(messages, template.traced_page(handout, "paper"), place)
    if problems:
        raise LeafletError(problems)
    return impose(content, right_to_left=handout.direction == "rtl") if template.edition.folded else content


def laid_out(handout: Handout, template: Template) -> Any:
    """The document of WeasyPrint, its spaces balanced so that it keeps to its pages."""
    sheet, fonts = _faces(families_of(handout))

    def lay_out(spacing: float) -> Any:
        html = weasyprint.HTML(string=template.page(handout, "paper", spacing), url_fetcher=_Fetcher())
        return html.render(stylesheets=[sheet], font_config=fonts)

    edition = template.edition
    with thrift.one_document():
        return balanced(lay_out, edition.most_pages(handout.audience, handout.locale), folded=bool(edition.folded))


def _wrong_links(document: Any, place: Origin) -> Iterator[Problem]:
    links = [(kind, target) for page in document.pages for kind, target, *_ in page.links]
    for address in dict.fromkeys(target for kind, target in links if kind != "internal"):
        if address.partition(":")[0].lower() not in _SCHEMES:
            yield Problem(place, f'a link leads to "{address}"', f"links may begin with {', '.join(_SCHEMES)}")


def write_pictures(html: str, place: Origin) -> bytes:
    """A PDF of a page that holds pictures and no text; raises LeafletError when one of them can't be drawn."""
    with _logged() as messages:
        content: bytes = weasyprint.HTML(string=html, url_fetcher=_Fetcher()).write_pdf()
    if messages:
        raise LeafletError([Problem(place, _INSIDE.sub(r"\1…", text)) for text in dict.fromkeys(messages)])
    return content


@cache
def _faces(families: tuple[str, ...]) -> tuple[Any, Any]:
    fonts = FontConfiguration()
    return weasyprint.CSS(string=font_faces(families), font_config=fonts), fonts


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Fetches what the page itself holds and the pinned fonts; anything else stops the document."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url.startswith("data:") or (url.startswith("file:") and is_pinned(url)):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"{url} is outside of the project")


@contextmanager
def _logged() -> Iterator[list[str]]:
    """What WeasyPrint only logs."""
    logged: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logged.append(record.getMessage())

    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    collector = Collector(logging.WARNING)
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield logged
    finally:
        for logger in loggers:
            logger.removeHandler(collector)
