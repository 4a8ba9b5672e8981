"""WeasyPrint as this program uses it: patched, with pinned fonts, nothing from outside, and all that it logs heard."""

import logging
import traceback
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from leafletpress.model.handout import Handout
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.write.fonts import font_faces, hide_system_fonts, is_pinned
from leafletpress.write.pdf import opaque
from leafletpress.write.pdf.claims import date, finish
from leafletpress.write.pdf.patches.rows import install
from leafletpress.write.pdf.patches.table import ROWS
from leafletpress.write.tools import report

hide_system_fonts()
try:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No fonts configured")  # none but those of the style sheet, on purpose
        import weasyprint
        from weasyprint.text.fonts import FontConfiguration
        from weasyprint.urls import FatalURLFetchingError, URLFetcher
except OSError as error:
    missing = Problem(Origin("WeasyPrint"), f"a system library is missing: {error}", "run: script/setup")
    raise LeafletError([missing], ExitCode.MISSING) from error

report(install(ROWS))

_WEASYPRINT = Path(weasyprint.__file__).parent
_MOST_TIMES = 3


def lay_out(
    html: str, families: tuple[str, ...], classes: Callable[[Any], Mapping[Any, str]] = lambda _document: {}
) -> Any:
    """The document of WeasyPrint for a page, in the pinned fonts of these families.

    It is laid out anew, a few times at the most, where `classes` gives elements further classes by how they stand.
    """
    sheet, fonts = _faces(families)
    page = weasyprint.HTML(string=html, url_fetcher=_Fetcher())
    document = page.render(stylesheets=[sheet], font_config=fonts)
    for _ in range(_MOST_TIMES):
        found = classes(document)
        if not found:
            break
        for element, further in found.items():
            element.set("class", f"{element.get('class', '')} {further}".strip())
        document = page.render(stylesheets=[sheet], font_config=fonts)
    return document


def pdf(document: Any, handout: Handout, messages: list[str]) -> bytes:
    """The PDF of a handout that is laid out, for archives (PDF/A-2a), every reader (PDF/UA-1) and every printer.

    What no printer should be given is added to the messages.
    """

    def finished(document: Any, pdf: Any) -> None:
        finish(document, pdf, handout)
        if opaque.is_see_through(pdf):
            messages.append(opaque.SEEN_THROUGH)
        opaque.ungroup(pdf)

    date(document, handout)
    content: bytes = document.write_pdf(pdf_variant="pdf/a-2a", finisher=finished)
    return content


def draw(html: str) -> bytes:
    """A plain PDF of a page that holds pictures and no text."""
    content: bytes = weasyprint.HTML(string=html, url_fetcher=_Fetcher()).write_pdf()
    return content


@contextmanager
def heard() -> Iterator[list[str]]:
    """What WeasyPrint only logs, and what stops it; the block ends there."""
    messages: list[str] = []
    with _logged(messages):
        try:
            yield messages
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


@contextmanager
def _logged(messages: list[str]) -> Iterator[None]:
    """Add to the messages what WeasyPrint logs."""

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            messages.append(record.getMessage())

    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    collector = Collector(logging.WARNING)
    for logger in loggers:
        logger.addHandler(collector)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(collector)


@cache
def _faces(families: tuple[str, ...]) -> tuple[Any, Any]:
    """The style sheet of the pinned fonts, and WeasyPrint's own knowledge of them."""
    fonts = FontConfiguration()
    return weasyprint.CSS(string=font_faces(families), font_config=fonts), fonts


class _Fetcher(URLFetcher):  # type: ignore[misc]
    """Fetches what the page itself holds and the pinned fonts; anything else stops the document."""

    def fetch(self, url: str, headers: Any = None) -> Any:
        if url.startswith("data:") or (url.startswith("file:") and is_pinned(url)):
            return super().fetch(url, headers)
        raise FatalURLFetchingError(f"{url} is outside of the project")
