"""What a Word base document would do to the words of a leaflet: hide them, add to them, or fetch others."""

import re
from collections.abc import Iterator
from typing import Any

from docx.opc.package import OpcPackage
from docx.opc.part import XmlPart
from docx.oxml.ns import nsmap, qn

from leafletpress.write.contrast import LEAST, WHITE, Colour, contrast

Fault = tuple[str, str]  # what is wrong, and what to do about it

_MARKS = (
    "vanish",
    "webHidden",
    "specVanish",
    "strike",
    "dstrike",
    "fitText",
    "framePr",
    "outline",
    "emboss",
    "imprint",
)
_TAKEN_IN = ("altChunk", "subDoc")
# Page numbers are all that a leaflet has of fields; others fetch or run something, or say what nobody wrote.
_FIELDS = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
_RGB = re.compile("[0-9A-Fa-f]{6}")
_LEVEL = re.compile(r"%[1-9]")
_SMALLEST = 9  # half points
_PICTURES = "Leaflet Code"  # the style of codes, whose paragraphs hold a picture and no text
_DARK = 5  # to 1 on white; what is paler is refused on white already
_LOWEST_LINE = 120  # twentieths of a point


def faults(package: OpcPackage) -> Iterator[Fault]:
    """All that is wrong with the words, the styles and the fields of a base document."""
    parts = [part for part in package.iter_parts() if isinstance(part, XmlPart)]
    stories = [(f"{part.partname}".rpartition("/")[2], part.element) for part in parts]
    for name, story in stories:
        if story.getroottree().docinfo.doctype:
            yield f"{name} declares a document type", "save it in Word as .docx"
        if any(True for tag in _TAKEN_IN for _ in story.iter(qn(f"w:{tag}"))):
            yield f"{name} takes in another document", "delete it in Word"
        yield from _hides(name, story)
        yield from _fields(name, story)
        if name.startswith(("header", "footer", "foot", "end")):
            yield from _words(name, story)
        if name.startswith("numbering"):
            yield from _list_marks(story)
    yield from _pale([story for _, story in stories])


def _hides(name: str, story: Any) -> Iterator[Fault]:
    for mark in _MARKS:
        if any(_is_on(found) for found in story.iter(qn(f"w:{mark}"))):
            yield f"{name} hides or moves text (w:{mark})", "take that out of the style or paragraph in Word"
    for size in (*story.iter(qn("w:sz")), *story.iter(qn("w:szCs"))):
        if _number(size, "val") < _SMALLEST and not _is_of_pictures(size):
            yield f"{name} has text of {_number(size, 'val') / 2:g} pt", f"{_SMALLEST / 2} pt or more can be read"
    for spacing in story.iter(qn("w:spacing")):
        if spacing.get(qn("w:lineRule")) == "exact" and _number(spacing, "line") < _LOWEST_LINE:
            yield f"{name} has lines that cut their text", "set the line spacing in Word to Single or At least"
        if spacing.getparent().tag == qn("w:rPr") and _number(spacing, "val") < -20:
            yield f"{name} sets letters on one another", "set the character spacing in Word to Normal"
    for scale in story.iter(qn("w:w")):
        if _number(scale, "val") < 50:
            yield f"{name} has letters of {_number(scale, 'val'):g} % of their width", "set the scale in Word to 100 %"


def _fields(name: str, story: Any) -> Iterator[Fault]:
    told = [field.get(qn("w:instr")) or "" for field in story.iter(qn("w:fldSimple"))]
    told += [text.text or "" for text in story.iter(qn("w:instrText"))]
    for instruction in told:
        kind = (instruction.split() or ["without a name"])[0]
        if kind.upper() not in _FIELDS:
            yield f"{name} holds the field {kind[:40]}", "delete it; page numbers alone may be fields"


def _words(name: str, story: Any) -> Iterator[Fault]:
    """Words that would be on each page of each leaflet, and that neither author nor clinician has seen there."""
    words = "".join(text.text or "" for text in story.iter(qn("w:t"))).strip()
    # The words of a watermark are an attribute of VML, those of a picture's text box are w:t.
    words += "".join(str(shape.get("string") or "") for shape in story.iter("{urn:schemas-microsoft-com:vml}textpath"))
    if words:
        yield f'{name} has words of its own: "{words[:40]}"', "delete them: a leaflet says what its sources say"


def _list_marks(numbering: Any) -> Iterator[Fault]:
    for level in numbering.iter(qn("w:lvlText")):
        mark = _LEVEL.sub("", level.get(qn("w:val")) or "")
        if sum(map(str.isalpha, mark)) > 1:
            yield f'a list mark has words: "{mark[:40]}"', "leave the number or the bullet alone"


def _pale(stories: list[Any]) -> Iterator[Fault]:
    """Colours of text that can't be told from a ground of the document, whichever of them meet."""
    grounds: dict[Colour, str] = {}
    for story in stories:
        for shade in (*story.iter(qn("w:shd")), *story.iter(qn("w:background")), *story.iter(qn("w:highlight"))):
            fill = shade.get(qn("w:fill")) or shade.get(qn("w:color")) or ""
            if _RGB.fullmatch(fill):
                grounds[_colour(fill)] = fill
    texts = {"000000"}
    texts |= {found.get(qn("w:val")) for story in stories for found in story.iterfind(".//w:rPr/w:color", nsmap)}
    grounds.pop(WHITE, None)  # what white does to a text, its style is told of
    for text in sorted(one for one in texts if _RGB.fullmatch(one or "") and contrast(_colour(one), WHITE) > _DARK):
        for ground, called in grounds.items():
            if contrast(_colour(text), ground) < LEAST:
                yield (
                    f"text in {text} can't be told from the ground {called}",
                    "choose a lighter ground, or darker text",
                )


def _is_of_pictures(size: Any) -> bool:
    style = next((one for one in size.iterancestors(qn("w:style"))), None)
    name = None if style is None else style.find("w:name", nsmap)
    return name is not None and name.get(qn("w:val")) == _PICTURES


def _colour(code: str) -> Colour:
    red, green, blue = (int(code[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return red, green, blue


def _number(element: Any, name: str) -> float:
    """The number of an attribute; that of what is no number counts as none."""
    try:
        return float(element.get(qn(f"w:{name}")) or "inf")
    except ValueError:
        return float("inf")


def _is_on(switch: Any) -> bool:
    return switch.get(qn("w:val")) not in ("0", "false", "off")
