"""Finds where in templates/ a fault of a page comes from: WeasyPrint counts the lines of the finished page."""

import re
from collections.abc import Iterable, Iterator

from leafletpress.model.problems import Origin, Problem
from leafletpress.write.page import Traced

_SHEET = re.compile(r"<style[^<>]*>(.*?)(?:</style>|\Z)", re.DOTALL)
_PLACE = re.compile(r" at (\d+):(\d+)")
# What a message quotes of the page: a declaration, a selector or an address, a picture, what was to be fetched.
_QUOTED = re.compile(r"`([^`]+)`|'([^']+)'|Image \"([^\"]+)\"|^(\w+:\S+) is |anchor (#\S+)|URI: (\S+)$")
_PICTURE = re.compile(r"(data:[\w/+-]+;base64,\w{8})[\w/+=]+")
_VARIABLE = re.compile(r"(?<![\w-])(--[\w-]+)\s*:")
_CSS = re.compile(
    r"""
      /\*.*?\*/ | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*'
    | (?P<unclosed>/\*.* | "(?:[^"\\\n]|\\.)* | '(?:[^'\\\n]|\\.)*)
    | (?P<open>\{) | (?P<close>\})
    | var\(\s*(?P<variable>--[\w-]+)\s*\)
    """,
    re.DOTALL | re.VERBOSE,
)


def located(messages: Iterable[str], page: Traced, document: Origin) -> Iterator[Problem]:
    """Messages of WeasyPrint as problems, each at its place in templates/, or at the document where that is unknown."""
    for message in dict.fromkeys(messages):
        text = _PICTURE.sub(r"\1…", _PLACE.sub("", message))
        offset = _offset(message, page.text)
        yield Problem(document, text) if offset is None else Problem(page.origin(offset), text, f"in {document}")


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
    before = sheet[1].split("\n")[: int(found[1]) - 1]
    return sheet.start(1) + sum(len(line) + 1 for line in before) + int(found[2]) - 1


def sheet_faults(page: str) -> Iterator[tuple[int, str]]:
    """Offsets in the page, and what is wrong there in a style sheet that CSS corrects or ignores without a message.

    What is not closed takes in what follows it; a variable that does not exist undoes its whole declaration.
    """
    for sheet in _SHEET.finditer(page):
        opened: list[int] = []
        known = set(_VARIABLE.findall(sheet[1]))
        for found in _CSS.finditer(page, sheet.start(1), sheet.end(1)):
            match found.lastgroup:
                case "open":
                    opened.append(found.start())
                case "close" if opened:
                    opened.pop()
                case "close":
                    yield found.start(), "a } that closes nothing"
                case "unclosed":
                    yield found.start(), f"a {found[0][:1].replace('/', '/*')} that nothing closes"
                case "variable" if found["variable"] not in known:
                    yield found.start(), f'variable "{found["variable"]}" does not exist'
        yield from ((offset, "a { that nothing closes") for offset in opened)


def style_sheets(page: str) -> Iterator[tuple[int, str]]:
    """The style sheets of a page, each with the offset at which it begins."""
    return ((sheet.start(1), sheet[1]) for sheet in _SHEET.finditer(page))
