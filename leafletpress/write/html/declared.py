"""The declarations of a page's style sheets, each with where it stands and what it is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import tinycss2

Scheme = Literal["", "dark", "print"]  # in which a declaration holds alone; "" for all

PAGE = "@page"  # what the margins of a printed page are about
_PSEUDO = ("before", "after", "marker")


@dataclass(frozen=True)
class Declared:
    """A declaration as CSS reads it, without its escapes and comments."""

    offset: int  # in all style sheets, one behind the other
    name: str
    value: tuple[Any, ...]  # tokens of tinycss2, none of them white space
    subjects: tuple[str, ...]  # the last part of each selector, such as h3 of ".callout h3", or ::before
    scheme: Scheme

    @cached_property
    def text(self) -> str:
        """The value as it is written, in small letters, with one space between its parts."""
        return " ".join(tinycss2.serialize([token]).lower() for token in self.value)

    def is_about(self, *names: str) -> bool:
        """Whether it is about elements or pseudo-elements of these names and no others."""
        return bool(self.subjects) and set(self.subjects) <= set(names)


def declarations(sheets: Iterable[str]) -> Iterator[Declared]:
    """Every declaration of style sheets, also those that hold for some widths or schemes alone."""
    start = 0
    for sheet in sheets:
        lines = [0]
        for line in sheet.split("\n"):
            lines.append(lines[-1] + len(line) + 1)
        for node, subjects, scheme in _walk(tinycss2.parse_stylesheet(sheet, True, True), (), ""):
            offset = start + lines[node.source_line - 1] + node.source_column - 1
            if node.type == "declaration":
                value = tuple(token for token in node.value if token.type not in ("whitespace", "comment"))
                yield Declared(offset, node.lower_name, value, subjects, scheme)
            elif node.type == "at-rule" and node.content is None:
                yield Declared(offset, f"@{node.lower_at_keyword}", tuple(node.prelude), (), scheme)
        start += len(sheet)


def _walk(nodes: list[Any], subjects: tuple[str, ...], scheme: Scheme) -> Iterator[tuple[Any, tuple[str, ...], Scheme]]:
    for node in nodes:
        yield node, subjects, scheme
        if getattr(node, "content", None) is None or node.type == "error":
            continue
        inner = tinycss2.parse_blocks_contents(node.content, True, True)
        if node.type == "qualified-rule":
            yield from _walk(inner, _subjects(node.prelude), scheme)
        elif node.type == "at-rule":
            about = (PAGE,) if node.lower_at_keyword == "page" else subjects
            yield from _walk(inner, about, _scheme(node) or scheme)


def _scheme(rule: Any) -> Scheme:
    condition = "".join(tinycss2.serialize(rule.prelude).lower().split())
    if rule.lower_at_keyword != "media":
        return ""
    return "print" if condition == "print" else "dark" if condition.endswith("(prefers-color-scheme:dark)") else ""


def _subjects(prelude: list[Any]) -> tuple[str, ...]:
    """What each selector of a list is about: the type of its last element, a pseudo-element, or "" for any."""
    found, last = [], ""
    tokens = [*prelude, None]
    for number, token in enumerate(tokens):
        previous = tokens[number - 1] if number else None
        if token is None or (token.type == "literal" and token.value == ","):
            found.append(last)
            last = ""
        elif token.type == "whitespace" or (token.type == "literal" and token.value in ">+~"):
            last = last if _ends(tokens[number + 1 :]) else ""
        elif token.type == "ident" and previous is not None and previous.type == "literal" and previous.value == ":":
            last = f"::{token.lower_value}" if token.lower_value in _PSEUDO else last
        elif token.type == "ident" and not (
            previous is not None and previous.type == "literal" and previous.value == "."
        ):
            last = token.lower_value
    return tuple(found)


def _ends(tokens: list[Any]) -> bool:
    """Whether a selector ends here, but for white space."""
    following = next((token for token in tokens if token is None or token.type != "whitespace"), None)
    return following is None or (following.type == "literal" and following.value == ",")
