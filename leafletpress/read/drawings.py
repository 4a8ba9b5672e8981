"""Reports all that keeps a drawing (SVG) from being printed: it must be shapes in flat colours and nothing else.

What is allowed is listed, not what is forbidden: a drawing is handed on to browsers and PDF readers as it is. It refers
to nothing, not even to its own parts: parts that draw each other ten times over would never end.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from leafletpress.model.problems import Origin, Problem
from leafletpress.model.text.excerpt import excerpt
from leafletpress.read.located.files import decode_text

_MOST_BYTES, _MOST_ELEMENTS, _MOST_LEVELS = 200_000, 5_000, 50
_LEAST_WIDTH, _MOST_WIDTH, _MOST_HEIGHT = 5, 200, 250  # mm
_SVG, _XML = "http://www.w3.org/2000/svg", "http://www.w3.org/XML/1998/namespace"
_ELEMENTS = frozenset(("g", "title", "desc", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon"))
_NUMBER = r"[+-]?(?:\d{1,9}(?:\.\d{0,9})?|\.\d{1,9})"
_VIEW_BOX = re.compile(rf"\s*{_NUMBER}[\s,]+{_NUMBER}[\s,]+({_NUMBER})[\s,]+({_NUMBER})\s*")
_MILLIMETRES = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)mm")
_WIDTH = re.compile(rf"({_NUMBER})(?:px)?")
# A colour through which others are seen (CSS Color 4).
_SEEN_THROUGH = re.compile(
    r"\s*(?:#(?:[0-9a-f]{4}|[0-9a-f]{8})|(?:rgb|hsl)a\(.*|\w+\(.*/.*|transparent)\s*", re.IGNORECASE | re.DOTALL
)
_COLOURS = ("fill", "stroke", "color")
_OPAQUE = re.compile(r"\s*(?:1(?:\.0*)?|100(?:\.0*)?%)\s*")
# A backslash can hide the word.
_REFERENCE = re.compile(r"\\|(?:url|src|image|image-set)\s*\(", re.IGNORECASE)

_PLAIN = 'save it as "plain SVG"'
_WORDS = 'words belong under "labels:", where they are translated; draw the figures 1, 2, 3 as paths'
_ATTRIBUTES = "give each shape its own fill, stroke and stroke-width"
_FLAT = "use flat colours, and lines for hatching"
_MIXED = "give it the colour that it has on white: a printer makes a picture of a page with anything transparent"
_AGAIN = "draw the shape itself once more"
_STILL = "a drawing does nothing by itself"
_SHAPES = "a drawing is made of shapes alone"
_HINTS = {
    "text": _WORDS, "tspan": _WORDS, "textPath": _WORDS, "foreignObject": _WORDS,
    "style": _ATTRIBUTES,
    "linearGradient": _FLAT, "radialGradient": _FLAT, "pattern": _FLAT, "filter": _FLAT, "mask": _FLAT,
    "use": _AGAIN, "symbol": _AGAIN, "marker": _AGAIN, "clipPath": _AGAIN, "defs": _AGAIN,
    "script": _STILL, "a": _STILL,
    "set": _STILL, "animate": _STILL, "animateTransform": _STILL, "animateMotion": _STILL,
    "image": "draw it, or use a PNG or JPEG file instead of this one",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _DrawingFault:
    line: int
    text: str
    hint: str = ""


def drawing_problems(place: Origin, name: str, content: bytes) -> list[Problem]:
    """What is wrong with the drawing `name`, each fault once, with its first line; `place` is where it is used."""
    first: dict[str, _DrawingFault] = {}
    for fault in _drawing_faults(content):
        first.setdefault(fault.text, fault)
    return [Problem(place, f'"{name}", line {fault.line}: {fault.text}', fault.hint) for fault in first.values()]


def _drawing_faults(content: bytes) -> Iterator[_DrawingFault]:
    if len(content) > _MOST_BYTES:
        yield _DrawingFault(1, f"{len(content):,} bytes, at most {_MOST_BYTES:,} are allowed", "simplify the drawing")
        return
    text, wrong = decode_text("", content)
    if wrong:
        yield _DrawingFault(wrong[0].origin.line, wrong[0].text, wrong[0].hint)
        return
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True, remove_comments=True)
    try:
        root: Any = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        yield _DrawingFault(error.lineno or 1, f"not XML: {error.msg.partition(', line')[0]}")
        return
    yield from _file_faults(text, root)
    if root.tag != f"{{{_SVG}}}svg":
        yield _DrawingFault(1, "not a drawing", f'it begins with <svg xmlns="{_SVG}" viewBox="…" width="…mm">')
        return
    yield from _size_faults(root)
    elements = list(root.iter(etree.Element))
    if len(elements) > _MOST_ELEMENTS:
        yield _DrawingFault(
            1, f"{len(elements):,} elements, at most {_MOST_ELEMENTS:,} are allowed", "simplify the drawing"
        )
    for element in elements[:_MOST_ELEMENTS]:
        line = element.sourceline or 1
        if len(list(element.iterancestors())) >= _MOST_LEVELS:
            yield _DrawingFault(line, f"more than {_MOST_LEVELS} elements inside each other", "ungroup it")
        if element is not root:
            yield from _element_faults(etree.QName(element), line)
        for attribute, value in element.attrib.items():
            yield from _attribute_faults(etree.QName(attribute), str(value), line)


def _file_faults(text: str, root: Any) -> Iterator[_DrawingFault]:
    about = root.getroottree().docinfo
    if (about.encoding or "UTF-8").upper() not in ("UTF-8", "US-ASCII", "ASCII"):
        yield _DrawingFault(1, f"the encoding {about.encoding} is not allowed", "save it as UTF-8")
    if about.doctype or about.internalDTD is not None:
        line = text[: max(text.find("<!DOCTYPE"), 0)].count("\n") + 1
        yield _DrawingFault(line, "<!DOCTYPE> is not allowed", "delete it, with the entities in it")
    for instruction in root.xpath("//processing-instruction()"):
        yield _DrawingFault(instruction.sourceline or 1, f"<?{instruction.target}?> is not allowed", "delete it")


def _size_faults(root: Any) -> Iterator[_DrawingFault]:
    line = root.sourceline or 1
    box = _VIEW_BOX.fullmatch(root.get("viewBox", ""))
    across, down = (float(box[1]), float(box[2])) if box else (0, 0)
    if min(across, down) <= 0:
        yield _DrawingFault(line, "<svg> has no viewBox", 'for example viewBox="0 0 75 40"')
    width = _MILLIMETRES.fullmatch(root.get("width", ""))
    if not width or not _LEAST_WIDTH <= float(width[1]) <= _MOST_WIDTH:
        text = f"<svg> has no width from {_LEAST_WIDTH}mm to {_MOST_WIDTH}mm"
        yield _DrawingFault(line, text, 'how wide it is on paper, for example width="75mm"')
    elif across > 0 and float(width[1]) * down > _MOST_HEIGHT * across:
        yield _DrawingFault(line, f"more than {_MOST_HEIGHT} mm high on paper", "make it less wide")
    if "height" in root.attrib:
        yield _DrawingFault(line, "<svg> has a height", "leave it out: it follows from the viewBox")


def _element_faults(name: etree.QName, line: int) -> Iterator[_DrawingFault]:
    if name.namespace != _SVG:
        yield _DrawingFault(line, f"<{name.localname}> is not SVG", _PLAIN)
    elif name.localname not in _ELEMENTS:
        yield _DrawingFault(line, f"<{name.localname}> is not allowed", _HINTS.get(name.localname, _SHAPES))


def _attribute_faults(name: etree.QName, value: str, line: int) -> Iterator[_DrawingFault]:
    attribute = name.localname
    if attribute == "href" or _REFERENCE.search(value):
        yield _DrawingFault(
            line, f'{attribute}="{excerpt(value)}" refers to something', "a drawing holds all that it shows"
        )
    elif attribute.lower().startswith("on"):
        yield _DrawingFault(line, f"{attribute} is not allowed", _STILL)
    elif (attribute in _COLOURS and _SEEN_THROUGH.fullmatch(value)) or (
        attribute.endswith("opacity") and not _OPAQUE.fullmatch(value)
    ):
        yield _DrawingFault(line, f'{attribute}="{value.strip()}" is transparent', _MIXED)
    elif attribute in ("style", "class"):
        yield _DrawingFault(line, f"{attribute} is not allowed", _ATTRIBUTES)
    elif name.namespace and (name.namespace, attribute) not in ((_XML, "space"), (_XML, "lang")):
        yield _DrawingFault(line, f"{attribute} is not SVG", _PLAIN)


def thinnest_line(content: bytes) -> float | None:
    """How wide the thinnest line of a drawing without faults is on paper, in mm; None where it has no lines.

    Widths are those that the file gives, before anything is scaled by a `transform`.
    """
    root = etree.fromstring(content)
    box, width = _VIEW_BOX.fullmatch(root.get("viewBox", "")), _MILLIMETRES.fullmatch(root.get("width", ""))
    found = (_WIDTH.fullmatch(element.get("stroke-width", "")) for element in root.iter(etree.Element))
    lines = [float(line[1]) for line in found if line]
    return min(lines) * float(width[1]) / float(box[1]) if box and width and lines else None
