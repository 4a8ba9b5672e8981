"""Reads a page back as a browser does: its text, and what the elements around each part of it say."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from html.parser import HTMLParser

# Elements that stand in a line of text; each of the others begins a line of its own and ends it.
_INLINE = frozenset("a abbr b bdi bdo cite code em i mark q s small span strong sub sup u var wbr".split())  # noqa: SIM905
_EMPTY = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905 - shorter
_UNREAD = frozenset(("head", "script", "style", "template"))


@dataclass(frozen=True, slots=True)
class Around:
    """What the elements around a stretch of text say of it."""

    language: str = ""
    direction: str = "ltr"
    untranslated: bool = False
    strong: bool = False
    raised: bool = False
    lowered: bool = False
    link: str = ""

    def within(self, name: str, attributes: dict[str, str]) -> "Around":
        """The same inside one more element."""
        return Around(
            attributes.get("lang", self.language),
            attributes.get("dir", self.direction),
            self.untranslated or "data-untranslated" in attributes,
            self.strong or name == "strong",
            self.raised or name == "sup",
            self.lowered or name == "sub",
            attributes.get("href", self.link),
        )


@dataclass(frozen=True, slots=True)
class Element:
    """An element, and from where to where its text goes in the page's."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class PageRead:
    """The text of a page's body, its elements as they end, and what is wrong with how they are nested."""

    title: str
    text: str
    elements: tuple[Element, ...]
    faults: tuple[str, ...]
    _starts: tuple[int, ...]
    _arounds: tuple[Around, ...]

    def around(self, start: int, end: int) -> Iterator[Around]:
        """What is around each stretch of the text from one offset to another, stretches of white space left out."""
        for index in range(bisect_right(self._starts, start) - 1, len(self._starts)):
            if self._starts[index] >= end:
                return
            following = self._starts[index + 1] if index + 1 < len(self._starts) else len(self.text)
            if self.text[max(start, self._starts[index]) : min(end, following)].strip():
                yield self._arounds[index]


def read_page(page: str) -> PageRead:
    """Read a page; none is so wrong that it can't be read."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.result()


class _Reader(HTMLParser):
    """Collects the text of a page with what is around it; elements must be closed in their order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._open: list[tuple[Element, Around]] = []
        self._elements: list[Element] = []
        self._stretches: list[tuple[int, str, Around]] = []
        self._length = 0
        self._title: list[str] = []
        self._faults: list[str] = []

    def result(self) -> PageRead:
        """What was read."""
        unclosed = [f"<{element.name}> is not closed" for element, _ in self._open]
        starts, texts, arounds = zip(*self._stretches, strict=True) if self._stretches else ((), (), ())
        title, text, faults = "".join(self._title), "".join(texts), (*self._faults, *unclosed)
        return PageRead(title, text, tuple(self._elements), faults, starts, arounds)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self._break(tag)
        element = Element(tag, attributes, self._length, self._length)
        if tag in _EMPTY:
            self._elements.append(element)
        else:
            self._open.append((element, self._around().within(tag, attributes)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open[-1][0].name != tag:
            self._faults.append(f"</{tag}> closes nothing")
            return
        element, _ = self._open.pop()
        self._elements.append(replace(element, end=self._length))
        self._break(tag)

    def handle_data(self, data: str) -> None:
        names = {element.name for element, _ in self._open}
        if "title" in names and "head" in names:
            self._title.append(data)
        elif not names & _UNREAD:
            self._say(data)

    def _break(self, tag: str) -> None:
        if tag not in _INLINE and tag != "img":
            self._say("\n")

    def _say(self, words: str) -> None:
        self._stretches.append((self._length, words, self._around()))
        self._length += len(words)

    def _around(self) -> Around:
        return self._open[-1][1] if self._open else Around()
