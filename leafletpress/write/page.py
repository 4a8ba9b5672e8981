"""Renders the pages of templates/ and reports each failure with the file and line of the template that it is in."""

import re
import traceback
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import jinja2
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leafletpress.model.problems import LeafletError, Origin, Problem

_FOLDER = "templates/"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MARK = re.compile("\x01([^\x01\x02]*)\x02")


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a page, from an offset on, that is taken from a template as it is."""

    offset: int
    length: int
    origin: Origin


@dataclass(frozen=True, slots=True)
class Traced:
    """A page and the stretches of it that come from templates, in order; between them is what variables print."""

    text: str
    stretches: tuple[Stretch, ...]

    def origin(self, offset: int) -> Origin:
        """The place of a character in templates/; for what a variable prints, the end of the stretch before it."""
        index = bisect_right(self.stretches, offset, key=lambda stretch: stretch.offset) - 1
        found = self.stretches[max(index, 0)]
        column = found.origin.column + min(offset - found.offset, found.length)
        return Origin(found.origin.file, found.origin.line, column)


@dataclass(frozen=True, slots=True)
class Page:
    """A template that gives a page."""

    environment: jinja2.Environment
    name: str

    def render(self, **values: object) -> str:
        """The page; raises LeafletError with the place in templates/ at which it failed."""
        return _render(self.environment, self.name, values)

    def trace(self, **values: object) -> Traced:
        """The same page with the places that its text comes from; slower, for error messages."""
        parts = _MARK.split(_render(self.environment.overlay(extensions=[_Marks]), self.name, values))
        stretches = []
        offset = len(parts[0])
        for mark, text in zip(parts[1::2], parts[2::2], strict=True):
            file, line, column, length = mark.rsplit(":", 3)
            stretches.append(Stretch(offset, int(length), Origin(file, int(line), int(column))))
            offset += len(text)
        return Traced("".join(parts[::2]), tuple(stretches))


def make_page(
    texts: Mapping[str, str], name: str, filters: Mapping[str, Callable[..., Any]], values: Mapping[str, object]
) -> Page:
    """The page `name`, made of these texts by name below templates/ and nothing else; raises LeafletError.

    All its texts can use the `filters` and `values`.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        return (texts[name], _FOLDER + name, None) if name in texts else None

    environment = ImmutableSandboxedEnvironment(  # a template is text of a project, and no program
        loader=jinja2.FunctionLoader(load),
        undefined=jinja2.StrictUndefined,
        autoescape=jinja2.select_autoescape(["html.j2"]),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(filters)
    environment.globals.update(values)
    with _located():
        environment.get_template(name)
    return Page(environment, name)


def _render(environment: jinja2.Environment, name: str, values: Mapping[str, object]) -> str:
    with _located():
        return environment.get_template(name).render(**values)


@contextmanager
def _located() -> Iterator[None]:
    try:
        yield
    except (LeafletError, MemoryError):
        raise
    except Exception as error:  # a template can do anything wrong that a program can
        raise LeafletError([_problem(error)]) from error


def _problem(error: Exception) -> Problem:
    """What failed, at the innermost line of a template that was at work."""
    lines = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.startswith(_FOLDER)]
    place = Origin(lines[-1].filename, lines[-1].lineno or 1, 1) if lines else Origin(_FOLDER.rstrip("/"))
    match error:
        case jinja2.TemplateSyntaxError():
            text = f"not a template: {error.message}"
            place = Origin(f"{_FOLDER}{error.name}", error.lineno, 1)
        case jinja2.TemplateNotFound():
            text = f'template "{error.name}" does not exist'
        case jinja2.UndefinedError():
            text = f"{error.message}"
        case jinja2.exceptions.SecurityError():
            text = f"a template may not do this: {error.message}"
        case RecursionError():
            text = "a macro or template calls itself without end"
        case _:
            text = f"{type(error).__name__}: {error}"
    return Problem(place, text)


class _Marks(Extension):
    """Puts before each line of text in a template a mark with its file, line and column."""

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template, its texts marked."""
        assert self.environment.loader
        lines = self.environment.loader.get_source(self.environment, stream.name or "")[0].split("\n")
        for token in stream:
            if token.type == "data":
                yield Token(token.lineno, "data", "".join(_marked(f"{stream.filename}", token, lines)))
            else:
                yield token


def _marked(file: str, token: Token, lines: list[str]) -> Iterator[str]:
    for number, line in enumerate(_LINE.findall(token.value), start=token.lineno):
        column = max(lines[number - 1].find(line.rstrip("\n")), 0) + 1
        yield f"\x01{file}:{number}:{column}:{len(line)}\x02{line}"
