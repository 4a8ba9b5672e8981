"""What a Word base document must hold, and must not hold, for leaflets to be written in its styles."""

import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from io import BytesIO
from typing import Any, Literal

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.package import OpcPackage
from docx.opc.part import Part, XmlPart
from docx.oxml.ns import nsmap, qn

from leafletpress.model.problems import Origin, Problem
from leafletpress.write.contrast import WHITE, contrast
from leafletpress.write.word import hidden
from leafletpress.write.word.hidden import Fault
from leafletpress.write.word.styles import STYLES, Style

_MOST_BYTES = 50_000_000
_LEAST_CONTRAST = 7  # WCAG 2.2, 1.4.6
# What python-docx raises for an archive that lacks a part, or has one that is damaged.
_DAMAGED = (
    AttributeError, EOFError, LookupError, RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile,
    zlib.error,
)  # fmt: skip
_TWINS = (("b", "bCs"), ("i", "iCs"), ("sz", "szCs"))
# What tells of each in the types of parts and relationships and in the names of parts.
_FORBIDDEN = {
    "macros": (re.compile(r"vba(?:Project|Data)|macroEnabled"), "save it as .docx"),
    "an embedded object": (re.compile(r"oleObject|/embeddings/|/relationships/package$"), "delete it"),
    "an ActiveX control": (re.compile(r"activeX|/relationships/control$"), "delete it"),
    "another document": (re.compile(r"aFChunk$|subDocument$"), "copy its content instead"),
}
_RUNNING_MARKS = (
    ("header", "headerReference", "default"),
    ("footer", "footerReference", "default"),
    ("footer of the first page", "footerReference", "first"),
)


@lru_cache(maxsize=8)
def problems(file: str, content: bytes) -> tuple[Problem, ...]:
    """All that is wrong with a base document, `file` as messages call it; nothing where leaflets can be written."""
    return tuple(Problem(Origin(file), text, hint) for text, hint in dict.fromkeys(_faults(content)))


def _faults(content: bytes) -> Iterator[Fault]:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError):
        yield "is not a Word document (.docx): it is no zip archive", "save it in Word as .docx, without a password"
        return
    if size > _MOST_BYTES:
        yield f"unpacks to more than {_MOST_BYTES // 1_000_000} MB", "is it the right file?"
        return
    try:
        package = OpcPackage.open(BytesIO(content))
        main = package.main_document_part
    except _DAMAGED as error:
        yield f"is not a whole Word document (.docx): {error}", "save it in Word as .docx"
        return
    yield from _forbidden(package, main)
    yield from hidden.faults(package)
    yield from _page(main)
    yield from _look(main)


def _forbidden(package: OpcPackage, main: Part) -> Iterator[Fault]:
    """What would run, fetch or hide something on the computer that opens the leaflet."""
    relations = list(package.iter_rels())
    named = [relation.reltype for relation in relations]
    named += [f"{part.partname} {part.content_type}" for part in package.iter_parts()]
    for what, (mark, hint) in _FORBIDDEN.items():
        if any(map(mark.search, named)):
            yield f"holds {what}", hint
    if main.content_type != CONTENT_TYPE.WML_DOCUMENT_MAIN and "macroEnabled" not in main.content_type:
        yield f"is not a Word document (.docx) but {main.content_type}", "save it in Word as .docx"
    for relation in relations:
        if relation.is_external:
            kind = relation.reltype.rpartition("/")[2]
            yield f"refers to something outside of it ({kind}): {relation.target_ref[:80]}", "delete it in Word"


def _page(main: Part) -> Iterator[Fault]:
    """What the page set-up lacks."""
    if not isinstance(main, XmlPart):
        return
    section = _find(main.element, "w:body/w:sectPr")
    if section is None or len(section.xpath("w:pgSz/@w:w | w:pgMar/@w:left | w:pgMar/@w:right")) < 3:
        yield "has no paper size or margins", "set both in Word"
    if section is None:
        return
    for name, element, which in _RUNNING_MARKS:
        if not any(_find(part.element, "w:p") is not None for part in _marks(main, section, element, which)):
            yield f"the {name} has no paragraph", "add it in Word, with a tab stop"


def _marks(main: XmlPart, section: Any, element: str, which: str) -> Iterator[XmlPart]:
    """The header or footer of a kind."""
    for reference in section.findall(f"w:{element}", nsmap):
        part = main.related_parts.get(reference.get(qn("r:id")))
        if _get(reference, "type") == which and isinstance(part, XmlPart):
            yield part


def _look(main: Part) -> Iterator[Fault]:
    """What is wrong with the styles and lists."""
    sheet, numbering = (_related(main, kind) for kind in (RELATIONSHIP_TYPE.STYLES, RELATIONSHIP_TYPE.NUMBERING))
    if sheet is None:
        yield "has no styles", "save it in Word as .docx"
        return
    styles = sheet.findall("w:style", nsmap)
    by_name = {_value(style, "w:name").lower(): style for style in styles}
    by_id = {_get(style, "styleId"): style for style in styles}
    used: dict[str, Any] = {}
    for name, needed in STYLES.items():
        style = by_name.get(name.lower())
        if style is None:
            yield f'the style "{name}" is missing', "add it in Word"
        elif (kind := _get(style, "type")) != needed.type:
            yield f'the style "{name}" is a {kind} style', f"make it a {needed.type} style"
        else:
            chain = list(_chain(style, by_id))
            yield from _standing(name, needed, chain, numbering)
            used |= {_value(one, "w:name"): one for one in chain}
    yield from _defaults(_find(sheet, "w:docDefaults/w:rPrDefault/w:rPr"))
    for name, style in used.items():
        yield from _letters(f'the style "{name}"', style.iter(qn("w:rPr")))
    for level in () if numbering is None else numbering.iter(qn("w:lvl")):
        yield from _letters(f'the list mark "{_value(level, "w:lvlText")}"', level.iter(qn("w:rPr")))


def _standing(name: str, needed: Style, chain: list[Any], numbering: Any) -> Iterator[Fault]:
    """What a style lacks of its list and its outline level, which it may have from the style that it is based on."""
    # Its own list, not an inherited one: each list of steps is made from it.
    if needed.list and _list_kind(numbering, _value(chain[0], "w:pPr/w:numPr/w:numId")) != needed.list:
        yield f'the style "{name}" belongs to no list of {needed.list}', "Modify Style, Format, Numbering in Word"
    levels = [level for style in chain if (level := _value(style, "w:pPr/w:outlineLvl"))]
    if needed.level and levels[:1] != [str(needed.level - 1)]:
        yield f'the style "{name}" has not outline level {needed.level}', "Modify Style, Format, Paragraph in Word"


def _defaults(defaults: Any) -> Iterator[Fault]:
    for tag in ("w:rFonts", "w:lang", "w:sz"):
        if defaults is None or _find(defaults, tag) is None:
            yield f"the default text (w:docDefaults) has no {tag}", "set its font, size and language in Word"
    if defaults is not None:
        yield from _letters("the default text", [defaults])


def _letters(whose: str, properties: Iterable[Any]) -> Iterator[Fault]:
    """What of the letters would be lost in another script, in another theme or on a photocopy."""
    for found in properties:
        for plain, complex_ in _TWINS:
            one, other = _find(found, f"w:{plain}"), _find(found, f"w:{complex_}")
            if (one is None) != (other is None) or (plain != "sz" and _is_on(one) != _is_on(other)):
                hint = "Arabic and Hindi take the second: set both alike, under Complex scripts in Word"
                yield f"{whose} does not pair w:{plain} with w:{complex_}", hint
        fonts = _find(found, "w:rFonts")
        if fonts is not None and any(slot.lower().endswith("theme") for slot in fonts.attrib):
            yield f"{whose} has a font of the theme", "choose a font by its name"
        colour = _value(found, "w:color")
        if re.fullmatch("[0-9A-Fa-f]{6}", colour) and (contrast := _contrast(colour)) < _LEAST_CONTRAST:
            text = f"{whose} has text in {colour}, with a contrast of {contrast:.1f} to 1 on white"
            yield text, f"choose a darker colour: {_LEAST_CONTRAST} to 1 or more, so that it outlives a photocopy"


def _contrast(colour: str) -> float:
    """The contrast with white of a colour (RRGGBB)."""
    red, green, blue = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return contrast((red, green, blue), WHITE)


def _list_kind(numbering: Any, instance: str) -> Literal["bullets", "numbers"] | None:
    """What stands before the items of a list, by the id of its instance; None where there is no such list."""
    for number in () if numbering is None else numbering.findall("w:num", nsmap):
        if instance and _get(number, "numId") == instance:
            for abstract in numbering.findall("w:abstractNum", nsmap):
                if _get(abstract, "abstractNumId") == _value(number, "w:abstractNumId"):
                    mark = _value(abstract, "w:lvl[@w:ilvl='0']/w:numFmt")
                    return "bullets" if mark == "bullet" else "numbers" if mark not in ("", "none") else None
    return None


def _chain(style: Any, by_id: dict[str, Any]) -> Iterator[Any]:
    """The style and those that it is based on."""
    seen = []
    while style is not None and style not in seen:
        yield style
        seen.append(style)
        style = by_id.get(_value(style, "w:basedOn"))


def _related(main: Part, kind: str) -> Any:
    """The element of the part of a kind, None where there is none."""
    parts = (relation.target_part for relation in main.rels.values() if relation.reltype == kind)
    return next((part.element for part in parts if isinstance(part, XmlPart)), None)


def _find(element: Any, path: str) -> Any:
    return element.find(path, nsmap)


def _get(element: Any, name: str) -> str:
    return str(element.get(qn(f"w:{name}")) or "")


def _value(element: Any, path: str) -> str:
    """The w:val of what stands at a path, "" where there is nothing."""
    found = _find(element, path)
    return "" if found is None else _get(found, "val")


def _is_on(switch: Any) -> bool:
    return switch is not None and _get(switch, "val") not in ("0", "false", "off")
