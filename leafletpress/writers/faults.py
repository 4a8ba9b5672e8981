"""Tells where in templates/ a fault of a page stands: WeasyPrint counts the lines of the page that was made of them."""

import re
from collections.abc import Iterable, Iterator

from leafletpress.errors import LeafletError, Origin, Problem
from leafletpress.rendering import Traced

_SHEET = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL)
_PLACE = re.compile(r" at (\d+):(\d+)")
# What a message quotes of the page: a declaration, a selector or an address, a picture, what was to be fetched.
_QUOTED = re.compile(r"`([^`]+)`|'([^']+)'|Image \"([^\"]+)\"|^(\w+:\S+) is ")
_PICTURE = re.compile(r"(data:[\w/+-]+;base64,\w{8})[\w/+=]+")
_CSS = re.compile(r"/\*.*?(?:\*/|(?P<comment>\Z))|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|[{}]", re.DOTALL)


def located(messages: Iterable[str], page: Traced, document: Origin) -> LeafletError:
    """What WeasyPrint said of a page, each at its place in templates/, or at the document where nothing tells it."""
    problems = []
    for message in dict.fromkeys(messages):
        offset = _offset(message, page.text)
        place = document if offset is None else page.origin(offset)
        problems.append(Problem(place, _PICTURE.sub(r"\1…", _PLACE.sub("", message)), f"in {document}"))
    return LeafletError(problems)


def _offset(message: str, page: str) -> int | None:
    """Where in the page the fault is that a message is about."""
    counted = _counted(message, page)
    for found in _QUOTED.finditer(message):
        quoted = next(group.strip() for group in found.groups() if group)
        name = quoted.partition(":")[0]
        if counted is not None and page.startswith(name, counted):
            return counted
        if quoted in page:
            return page.index(quoted)
    return counted


def _counted(message: str, page: str) -> int | None:
    """The offset of the line and column that a message names, which are counted in the page's style sheet."""
    found, sheet = _PLACE.search(message), _SHEET.search(page)
    if not found or not sheet:
        return None
    lines = sheet[1].splitlines(keepends=True)
    return sheet.start(1) + sum(map(len, lines[: int(found[1]) - 1])) + int(found[2]) - 1


def open_braces(page: str) -> Iterator[tuple[int, str]]:
    """Offsets of the braces and comments of the style sheets that nothing closes, or that close nothing.

    CSS mends them in silence, and what stands between means something else.
    """
    for sheet in _SHEET.finditer(page):
        opened: list[int] = []
        for found in _CSS.finditer(page, sheet.start(1), sheet.end(1)):
            if found[0] == "{":
                opened.append(found.start())
            elif found[0] == "}" and not opened:
                yield found.start(), "a } that closes nothing"
            elif found[0] == "}":
                opened.pop()
            elif found["comment"] is not None:
                yield found.start(), "a /* that nothing closes"
        yield from ((offset, "a { that nothing closes") for offset in opened)
