"""Sees whether each colour of a text can be told from each ground of its scheme, in whatever order rules win."""

from collections.abc import Iterable, Iterator
from typing import Any

from tinycss2.color4 import parse_color

from leafletpress.write.contrast import LEAST, WHITE, Colour, contrast, over
from leafletpress.write.html.declared import Declared, Scheme

_SCHEMES: tuple[Scheme, ...] = ("", "dark", "print")
_GROUNDS = ("background", "background-color")
_FROM_AROUND = frozenset(("inherit", "currentcolor", "unset", "initial", "revert", "revert-layer"))

_Value = tuple[Any, ...]


def unseen(declared: Iterable[Declared]) -> Iterator[tuple[int, str]]:
    """Offsets of colours of text that can't be seen on a ground, and of those that can't be judged."""
    every = [one for one in declared if one.name == "color" or one.name in _GROUNDS or one.name.startswith("--")]
    reported = set()
    for scheme in _SCHEMES:
        for offset, fault in _unseen_in(scheme, [one for one in every if one.scheme in ("", scheme)]):
            if offset not in reported:
                reported.add(offset)
                yield offset, fault


def _unseen_in(scheme: Scheme, declared: list[Declared]) -> Iterator[tuple[int, str]]:
    variables = {one.name: one.value for one in declared if one.name.startswith("--") and one.scheme == ""}
    variables |= {one.name: one.value for one in declared if one.name.startswith("--") and one.scheme == scheme}
    behind = [one for one in declared if one.name in _GROUNDS and not one.is_about("img")]
    colours = [_colour(token) for one in behind for token in _resolved(one.value, variables)]
    grounds = [] if scheme == "dark" else [WHITE]
    grounds += [over(*colour, WHITE) for colour in colours if colour and colour[1] > 0]
    for one in declared:
        if one.name != "color" or one.text in _FROM_AROUND:
            continue
        (colour, *more) = [*map(_colour, _resolved(one.value, variables)), None]
        if colour is None or len(more) > 1:
            yield one.offset, f'"color: {one.text}" can\'t be judged: write it as #rrggbb'
        elif unlike := [ground for ground in grounds if contrast(over(*colour, ground), ground) < LEAST]:
            shown = "#" + "".join(f"{round(255 * part):02x}" for part in unlike[0])
            yield one.offset, f'"color: {one.text}" has a contrast of less than {LEAST} to 1 on the ground {shown}'


def _resolved(value: _Value, variables: dict[str, _Value], depth: int = 0) -> Iterator[Any]:
    """The tokens of a value, variables replaced by what they are set to."""
    for token in value:
        if token.type == "function" and token.lower_name == "var" and depth < 5:
            name = next((part.value for part in token.arguments if part.type == "ident"), "")
            yield from _resolved(variables.get(name, ()), variables, depth + 1)
        elif token.type != "whitespace":
            yield token


def _colour(token: Any) -> tuple[Colour, float] | None:
    """A colour and how much of it is seen; None of what is no colour of sRGB."""
    colour = parse_color(token)
    if colour is None or isinstance(colour, str):
        return None
    try:
        red, green, blue = colour.to("srgb").coordinates
    except NotImplementedError:
        return None
    return (red, green, blue), colour.alpha
