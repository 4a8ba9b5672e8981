"""Writes a handout as DOCX: the look is the Word base document's, the content and its direction are written here."""

from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.write.fonts import families_of, printed, refuse_missing_glyphs
from leafletpress.write.template import Template
from leafletpress.write.word import base as word_base
from leafletpress.write.word import form as word_form
from leafletpress.write.word import page as word_page
from leafletpress.write.word import proof as word_proof
from leafletpress.write.word.body import body
from leafletpress.write.word.fonts import embed, leave_out
from leafletpress.write.word.markup import WordMarkup
from leafletpress.write.word.package import archive, packed
from leafletpress.write.word.record import add_record

_NAMESPACES = nsdecls("w", "r", "wp", "a", "pic")
# From this height of lines on (in font sizes), letters have signs above and below; a whole line, as Word counts it.
_TALL, _WHOLE = 1.5, 240
_LONGEST_PROPERTY = 255


def write(handout: Handout, template: Template) -> bytes:
    """The document; the same handout and template give the same bytes.

    Raises LeafletError with all that is wrong with the base document, for a character that no font has, and when the
    document would not hold the handout's text.
    """
    place = Origin(f"{handout.condition}-{handout.audience}-{handout.locale}{template.edition.suffix}.docx")
    refuse_missing_glyphs(handout, place)
    if wrong := word_base.problems(f"templates/{template.files.audience}/base.docx", template.files.base_docx):
        raise LeafletError(wrong)
    document = docx.Document(BytesIO(template.files.base_docx))
    word_page.fit(document, template.edition)
    word = WordMarkup(document, handout)
    tree = parse_xml(f"<w:body {_NAMESPACES}>{body(handout, template, word)}</w:body>")
    old = document.element.body
    section = old.sectPr
    old.clear_content()
    for child in reversed(tree):
        old.insert(0, child)
    if handout.direction == "rtl":
        section.insert_element_before(
            section.makeelement(qn("w:bidi")), "w:rtlGutter", "w:docGrid", "w:printerSettings"
        )
    _print_running_marks(document, handout, word)
    _settle_language(document, handout, word)
    _part_lines(document, handout, word)
    _describe(document, handout)
    if handout.notes:
        add_record(document, word_form.names(handout.notes))
    if handout.protected:
        word_form.protect(document.settings.element)
    if lost := [Problem(place, mismatch) for mismatch in word_proof.mismatches(document, handout)]:
        raise LeafletError(lost)
    families = handout.typography.families
    if handout.embeds_fonts:
        fonts = embed(document, families, printed(handout))
    else:
        fonts = leave_out(document, families_of(handout))
    _settle_fonts(document, families, fonts.names)
    return archive(packed(document.part.package) | dict(fonts.parts))


def _describe(document: Any, handout: Handout) -> None:
    properties = document.core_properties
    day = datetime.fromisoformat(handout.dated).replace(tzinfo=UTC)
    properties.title = _property(f"{handout.head.title} – {handout.head.audience}")
    properties.subject = _property(str(handout.head.subtitle))
    properties.author = _property(str(handout.head.service))
    properties.language = handout.spelled(handout.language)
    properties.version = handout.version
    properties.identifier = handout.code
    properties.content_status = handout.status
    properties.created = properties.modified = day


def _property(text: str) -> str:
    """The text as a property of a document, which Word cuts at 255 letters; where it is cut, that can be seen."""
    return text if len(text) <= _LONGEST_PROPERTY else f"{text[: _LONGEST_PROPERTY - 1].rstrip()}…"


def _print_running_marks(document: Any, handout: Handout, word: WordMarkup) -> None:
    """The head from the second page on, and the foot of every page."""
    section = document.sections[0]
    feet = [(foot, handout.foot, (handout.page_label,)) for foot in (section.footer, section.first_page_footer)]
    for part, start, ends in ((section.header, handout.head.title, handout.head.marks), *feet):
        paragraph = part.paragraphs[0]
        lines = "<w:r><w:br/></w:r>".join(f"<w:r><w:tab/></w:r>{word.runs(end)}" for end in ends)
        runs = word.runs(start) + lines
        for run in parse_xml(f"<w:p {_NAMESPACES}>{runs}</w:p>"):
            paragraph._p.append(run)  # noqa: SLF001 - python-docx's own name for the element


def _defaults(document: Any, tag: str) -> Any:
    """What the default text says of something, which `word_base` wants to be there."""
    return document.styles.element.find("/".join(map(qn, ("w:docDefaults", "w:rPrDefault", "w:rPr", tag))))


def _settle_fonts(document: Any, families: tuple[str, ...], names: Mapping[str, str]) -> None:
    """The fonts of all text, each family by its name in this document."""
    fonts = _defaults(document, "w:rFonts")
    for slot, family in (("ascii", -1), ("hAnsi", -1), ("eastAsia", 0), ("cs", 0)):
        fonts.set(qn(f"w:{slot}"), families[family])
    numbering = document.part.numbering_part.element
    for level in numbering.iter(qn("w:lvl")):
        _name_font(level, fonts)
    section = document.sections[0]
    stories = [part._element for part in (section.header, section.footer, section.first_page_footer)]  # noqa: SLF001
    for story in (document.element, document.styles.element, numbering, *stories):
        for named in story.iter(qn("w:rFonts")):
            for slot, family in named.items():
                named.set(slot, names.get(family, family))


def _name_font(level: Any, fonts: Any) -> None:
    """Let a list's mark have the font of the text where it names none: docx4j breaks off at a bullet without one."""
    properties = level.find(qn("w:rPr"))
    if properties is None:  # the schema has it last
        properties = level.makeelement(qn("w:rPr"))
        level.append(properties)
    if properties.find(qn("w:rFonts")) is None:
        properties.insert(0, deepcopy(fonts))


def _settle_language(document: Any, handout: Handout, word: WordMarkup) -> None:
    """The direction and the languages of all text that does not say otherwise."""
    styles, spelled = document.styles.element, handout.spelled(handout.language)
    language = _defaults(document, "w:lang")
    for slot in ("val", "eastAsia", "bidi"):
        language.set(qn(f"w:{slot}"), spelled)
    theme_language = document.settings.element.find(qn("w:themeFontLang"))
    if theme_language is not None:
        theme_language.set(qn("w:val"), spelled)
    if handout.direction == "rtl":
        normal = styles.get_by_id(word.style("Normal")).get_or_add_pPr()
        normal.insert_element_before(normal.makeelement(qn("w:bidi")), *_AFTER_BIDI)


def _part_lines(document: Any, handout: Handout, word: WordMarkup) -> None:
    """Lines of a table as high as the font makes them, where letters have signs above and below that would meet."""
    style = document.styles.element.get_by_id(word.style("Leaflet Table Cell"))
    spacing = style.find(f"{qn('w:pPr')}/{qn('w:spacing')}")
    if handout.typography.line_height < _TALL or spacing is None or spacing.get(qn("w:lineRule"), "auto") != "auto":
        return
    if int(spacing.get(qn("w:line"), _WHOLE)) < _WHOLE:
        spacing.set(qn("w:line"), str(_WHOLE))


# What may follow w:bidi in paragraph properties.
_AFTER_BIDI = tuple(
    f"w:{name}"
    for name in (
        "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents", "suppressOverlap", "jc",
        "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", "divId", "cnfStyle", "rPr", "sectPr",
        "pPrChange",
    )
)  # fmt: skip
