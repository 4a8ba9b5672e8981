"""Reads the texts of a published HTML page."""

import re
from dataclasses import dataclass, field

from lxml import etree

from leafletpress.compare.passages import Passage, Reading, digest, folded
from leafletpress.model.handout import Direction, Run, Text

_BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "section", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))  # fmt: skip
_NOT_PRINTED = frozenset(("script", "style", "template"))
# What repeats on each page is in the style sheet, its signs as hexadecimal numbers.
_MARGIN = re.compile(r"@(?:top|bottom)-\w+ \{ content: (\"[^;{}]*)")
_ESCAPE = re.compile(r"\\([0-9a-f]{1,6}) ")
_LEFT_TO_RIGHT_MARK = "\u200e"  # between the Arabic figures of an island
_BOXES = ("contact", "main", "now", "today", "soon", "do", "dont", "note")


def read_html(content: bytes) -> Reading:
    """The texts of a page; raises ValueError for what is not an HTML page."""
    root = etree.fromstring(content, etree.HTMLParser(encoding="utf-8", huge_tree=True))
    if root is None or (body := root.find("body")) is None:
        raise ValueError("no page")
    language, direction = root.get("lang", ""), _direction(root.get("dir"))
    sheets = "\n".join(sheet.text or "" for sheet in root.iter("style"))
    walk = _Walk(language, direction)
    walk.enter(body, _Around())
    foot = [
        Passage(_text(folded([Run(line)]), language, direction), "margins", "margin")
        for found in _MARGIN.finditer(sheets)
        for line in _unescaped(found[1]).split("\n")
    ]
    printed = {str(passage) for passage in walk.passages}
    parts = {"style sheet": digest(_MARGIN.sub("", sheets)), "page": digest(_skeleton(body))}
    return Reading(language, direction, (*walk.passages, *(one for one in foot if str(one) not in printed)), parts)


def _unescaped(value: str) -> str:
    """The words of a CSS `content` property, a # for each page number."""
    parts = ("#" if counter else words for words, counter in re.findall(r"\"([^\"]*)\"|(counter)", value))
    plain = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), "".join(parts))
    return re.sub("[\u2066-\u2069]", "", plain)


def _skeleton(body: etree._Element) -> bytes:
    """The elements and attributes without the texts."""
    shape = (f"{element.tag}{sorted(element.attrib.items())}" for element in body.iter())
    return "\n".join(shape).encode()


def _direction(value: str | None) -> Direction:
    return "rtl" if value == "rtl" else "ltr"


@dataclass(frozen=True, slots=True)
class _Around:
    """What the elements around a text say of it."""

    place: str = "head"
    kind: str = ""
    box: str = ""
    language: str | None = None
    direction: Direction | None = None
    untranslated: bool = False
    strong: bool = False
    island: bool = False
    raised: bool = False
    link: str | None = None

    def within(self, element: etree._Element) -> "_Around":
        """What is so inside an element that stands here."""
        name, classes = element.tag, element.get("class", "").split()
        block = name in _BLOCKS
        place = element.get("id") if name == "section" else None
        place = place or next((one for one in ("notes", "references") if name == "section" and one in classes), None)
        place = "margins" if name == "footer" else place
        return _Around(
            place=place or self.place,
            kind=str(name) if block else self.kind,
            box=next((box for box in _BOXES if box in classes and block), self.box),
            language=element.get("lang", self.language),
            direction=_direction(element.get("dir")) if block and "dir" in element.attrib else self.direction,
            untranslated=self.untranslated or "data-untranslated" in element.attrib,
            strong=self.strong or name == "strong",
            island=self.island or (not block and element.get("dir") == "ltr"),
            raised=self.raised or name == "sup",
            link=self.link if element.get("href", "#").startswith("#") else element.get("href"),
        )


@dataclass(slots=True)
class _Walk:
    """Collects passages: each block element begins one and ends one, so that nothing on the page is left out."""

    language: str
    direction: Direction
    passages: list[Passage] = field(default_factory=list)
    _runs: list[Run] = field(default_factory=list)
    _untranslated: bool = False

    def enter(self, element: etree._Element, outside: _Around) -> None:
        around = outside.within(element)
        block = element.tag in _BLOCKS
        if block:
            self._end(outside)
        if element.tag == "img":
            self._end(outside)
            text = self._texted((Run(element.get("alt", "")),), around)
            self.passages.append(Passage(text, around.place, "picture", around.box, digest(element.get("src", ""))))
        self._say(element.text, around)
        for child in element:
            if isinstance(child.tag, str) and child.tag not in _NOT_PRINTED:
                self.enter(child, around)
            self._say(child.tail, around)
        if block:
            self._end(around)

    def _say(self, words: str | None, around: _Around) -> None:
        if words:
            plain = words.replace(_LEFT_TO_RIGHT_MARK, "")
            self._runs.append(Run(plain, around.strong, around.island, around.raised, around.link))
            self._untranslated |= around.untranslated and bool(words.strip())

    def _end(self, around: _Around) -> None:
        runs = folded(self._runs)
        if runs:
            self.passages.append(Passage(self._texted(runs, around), around.place, around.kind, around.box))
        self._runs.clear()
        self._untranslated = False

    def _texted(self, runs: tuple[Run, ...], around: _Around) -> Text:
        untranslated = self._untranslated or around.untranslated
        return _text(runs, around.language or self.language, around.direction or self.direction, untranslated)


def _text(runs: tuple[Run, ...], language: str, direction: Direction, untranslated: bool = False) -> Text:
    return Text(runs, language, direction, untranslated)
