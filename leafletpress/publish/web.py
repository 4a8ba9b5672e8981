"""What the web pages that are no leaflets share: their look, and template words in the language of who reads them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape

from leafletpress.model.handout import Direction
from leafletpress.model.leaflet import FURNITURE, Message
from leafletpress.model.locale import Locale
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.islands import in_order, islands_over
from leafletpress.model.text.markup import parse

Values = Mapping[str, str]
_LOOK = """
:root { color-scheme: light dark; --ground: #fff; --ink: #14202a; --link: #0b4f58; --line: #4f6168 }
@media (prefers-color-scheme: dark) { :root { --ground: #11191f; --ink: #e9eff2; --link: #8ad6df; --line: #8b9ca5 } }
* { box-sizing: border-box }
html { font: 18px/1.6 sans-serif; color: var(--ink); background: var(--ground); -webkit-text-size-adjust: none }
body { max-width: 48rem; margin: 0 auto; padding: 1rem; overflow-wrap: anywhere }
h1 { font-size: 1.6rem } h2 { font-size: 1.2rem } h1, h2, p { line-height: 1.4; margin: 0 0 0.75rem }
a { color: var(--link); display: inline-block; min-height: 1.5rem }
section, footer { border-top: 1px solid var(--line); margin-top: 1.5rem; padding-top: 1rem }
ul { list-style: none; margin: 0; padding: 0 }
li { border-top: 1px solid var(--line); padding: 0.5rem 0 }
li p { margin: 0 } li a { margin-inline-end: 0.75rem }
details { border-top: 2px solid var(--ink); padding: 0.5rem 0 }
summary { cursor: pointer } summary h2 { display: inline }
.state { border: 2px solid var(--ink); padding: 0.75rem; font-size: 1.1rem }
@media print { html { font-size: 11pt } details { break-inside: auto } }
"""


def nothing(_locale: Locale) -> Values:
    """What the {names} of words stand for that have none."""
    return {}


@dataclass(frozen=True, slots=True)
class Voice:
    """A language that a page speaks; what it has no good translation of, it says in English."""

    locale: Locale
    furniture: Mapping[str, Message]

    def words(self, key: str, values: Callable[[Locale], Values] = nothing) -> str:
        """Template words as HTML; `values` are what their {names} stand for, in the language that speaks.

        Raises LeafletError where templates/furniture.toml lacks them.
        """
        pieces, locale = self._said(key, values)
        html = _html(pieces, locale.direction)
        return html if locale is self.locale else spoken(html, locale)

    def text(self, key: str, values: Callable[[Locale], Values] = nothing) -> str:
        """The same as text alone, for what shows no HTML."""
        return "".join(text for text, _ in self._said(key, values)[0])

    def _said(self, key: str, values: Callable[[Locale], Values]) -> tuple[list[tuple[str, bool]], Locale]:
        """Template words, strong or not, and the language that they are in."""
        if key not in self.furniture:
            text, hint = f'the words "{key}" are missing', "take them over from the program's own file of this name"
            raise LeafletError([Problem(Origin("templates/furniture.toml", 1, 1), text, hint)])
        message = self.furniture[key]
        found = self.locale.translate(FURNITURE, message.context, message.text).text
        locale = self.locale if found else self.locale.english
        known = values(locale)
        return [(known.get(one.value, one.value), one.strong) for one in parse(found or message.text)[0]], locale

    def plain(self, text: str) -> str:
        """A text in this language as HTML."""
        return _html([(text, False)], self.locale.direction)


def spoken(html: str, locale: Locale) -> str:
    """HTML that is in a language which may be another than what stands round it."""
    return f'<span lang="{locale.tag}" dir="{locale.direction}">{html}</span>'


def page(locale: Locale, title: str, body: str, *, hidden: bool = False) -> str:
    """A whole page in a language; `title` is plain text. One that is `hidden` is not for search engines."""
    robots = '<meta name="robots" content="noindex">\n' if hidden else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{locale.tag}" dir="{locale.direction}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n{robots}<title>{escape(title)}</title>\n'
        f"<style>{_LOOK}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
    )


def _html(pieces: list[tuple[str, bool]], direction: Direction) -> str:
    """Texts, strong or not; in one from right to left, what must keep its order is kept apart."""
    if direction == "ltr":
        stretches = [[(text, False)] for text, _ in pieces]
    else:
        stretches = list(islands_over([text for text, _ in pieces]))
    parts = []
    for (_, strong), found in zip(pieces, stretches, strict=True):
        html = "".join(_kept(text) if kept else escape(text) for text, kept in found)
        parts.append(f"<strong>{html}</strong>" if strong else html)
    return "".join(parts)


def _kept(island: str) -> str:
    return f'<span dir="ltr">{escape(in_order(island))}</span>'
