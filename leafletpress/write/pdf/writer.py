"""Writes a handout as a PDF for print, archive (PDF/A-2a) and every reader (PDF/UA-1), from its HTML page."""

from collections.abc import Iterator
from typing import Any

from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.write.fonts import families_of, refuse_missing_glyphs
from leafletpress.write.pdf import engine, overflow, proof, sight, tall
from leafletpress.write.pdf.balance import balanced
from leafletpress.write.pdf.booklet import impose
from leafletpress.write.pdf.breaks import late_warning
from leafletpress.write.pdf.patches.memory import one_document
from leafletpress.write.sheets import located
from leafletpress.write.template import Template

_SEEN = "see which style of templates/ sets it so"
_SCHEMES = ("https", "mailto", "tel")


def write(handout: Handout, template: Template) -> bytes:
    """The PDF; raises LeafletError when anything in it could not be set as asked (a missing glyph, a missing alt).

    So does a link that would do anything but open a secure page, write a mail or call a number.
    """
    place = Origin(f"{handout.condition}-{handout.audience}-{handout.locale}{template.edition.suffix}.pdf")
    refuse_missing_glyphs(handout, place)
    problems: list[Problem] = []
    content = b""
    with engine.heard() as messages:
        document = laid_out(handout, template)
        problems += [*_wrong_links(document, place), *overflow.misfits(document.pages, place)]
        problems += [Problem(place, said) for said in proof.faults(document.pages, handout)]
        problems += [Problem(place, said, _SEEN) for said in sight.unseen(document.pages)]
        problems += _late_warning(document, place)
        messages.extend(proof.unpinned(document.pages, families_of(handout)))
        content = engine.pdf(document, handout, messages)
    if messages:  # on paper it would be seen too late
        problems += located(messages, template.traced_page(handout, "paper"), place)
    if problems:
        raise LeafletError(problems)
    return impose(content, right_to_left=handout.direction == "rtl") if template.edition.folded else content


def laid_out(handout: Handout, template: Template) -> Any:
    """The document of WeasyPrint, its spaces balanced so that it keeps to its pages."""
    edition = template.edition

    def lay_out(spacing: float, whole: bool) -> Any:
        page = template.page(handout, "paper", spacing, whole=whole)
        return engine.lay_out(page, families_of(handout), tall.too_tall)

    with one_document():
        most = edition.most_pages(handout.audience, handout.locale)
        ladder = not edition.type_size  # larger letters on the same paper, or as large ones on a smaller, leave no room
        document = balanced(lay_out, most, folded=bool(edition.folded), ladder=ladder)
    tall.mark(document)
    return document


def _late_warning(document: Any, place: Origin) -> Iterator[Problem]:
    """Whoever turns no page must see the signs that can't wait."""
    if late := late_warning(document):
        text = f'the box "now" of the first section begins on page {late.page} and not on the first'
        yield Problem(place, text, "shorten what stands before it, or put it first")


def _wrong_links(document: Any, place: Origin) -> Iterator[Problem]:
    links = [(kind, target) for page in document.pages for kind, target, *_ in page.links]
    for address in dict.fromkeys(target for kind, target in links if kind != "internal"):
        if address.partition(":")[0].lower() not in _SCHEMES:
            yield Problem(place, f'a link leads to "{address}"', f"links may begin with {', '.join(_SCHEMES)}")
