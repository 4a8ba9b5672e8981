"""Reads where links lead: to phone numbers that can exist, and to leaflets of the project, by their codes."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from leafletpress.model.leaflet import Leaflet, read_by
from leafletpress.model.links import Link, to
from leafletpress.model.problems import LeafletError, Problem, did_you_mean
from leafletpress.model.text.markup import parse
from leafletpress.read.located.nodes import Scalar
from leafletpress.read.phones import read_number
from leafletpress.read.written import WrittenLink


def read_links(written: Mapping[str, WrittenLink[Scalar]], problems: list[Problem]) -> dict[str, Link]:
    """The links of a leaflet by name; what is wrong with their phone numbers becomes problems."""
    links: dict[str, Link] = {}
    for name, link in written.items():
        try:
            links[name] = _link(link.target)
        except LeafletError as error:
            problems.extend(error.problems)
    return links


def _link(written: Scalar) -> Link:
    scheme, _, rest = written.text.partition(":")
    match scheme:
        case "mailto":
            return Link(written.text, written.text, rest, written.origin)
        case "tel":
            number, address = read_number(replace(written, text=rest.strip()))
            return Link(written.text, address, number, written.origin)
        case "leaflet":
            return Link(written.text, "", rest, written.origin, code=rest)
        case _:
            return Link(written.text, written.text, written.text.removeprefix("https://").rstrip("/"), written.origin)


def with_leaflets(
    leaflet: Leaflet,
    codes: Mapping[str, str | None],
    read: Callable[[str], Leaflet | None],
    audiences: Iterable[str],
) -> tuple[Leaflet, list[Problem]]:
    """The leaflet, its links led to other leaflets, and what is wrong with these links.

    `codes` are those of all leaflets by condition, None where it can't be read: then the one that is meant may be it,
    and nothing is wrong. `read` gives a leaflet, None where it can't be read.
    """
    unread = [condition for condition, code in codes.items() if code is None]
    conditions = {code: condition for condition, code in codes.items() if code is not None}
    links, problems, linked = dict(leaflet.links), list[Problem](), list[str]()
    for name, link in leaflet.links.items():
        if not link.code:
            continue
        condition = conditions.get(link.code)
        if condition == leaflet.condition:
            problems.append(Problem(link.origin, f'link "{name}" leads to this leaflet itself', "name another one"))
        elif condition is None and not unread:
            hint = did_you_mean(link.code, [code for code in conditions if code != leaflet.code])
            problems.append(Problem(link.origin, f'no leaflet has the code "{link.code}"', hint))
        elif condition is None:
            linked += unread
        else:
            linked.append(condition)
            if other := read(condition):
                links[name] = to(link, condition, other.audiences, other.languages)
                problems += _for_nobody(leaflet, name, links[name], audiences if other.audiences else ())
    return replace(leaflet, links=links, linked=tuple(sorted({*linked}))), problems


def _for_nobody(leaflet: Leaflet, name: str, link: Link, audiences: Iterable[str]) -> Iterator[Problem]:
    """An error for each audience that reads the words of a link and has no such leaflet."""
    for audience in audiences:
        pieces = (piece for message in read_by(leaflet, audience) for piece in parse(message.text)[0])
        if leaflet.is_for(audience) and audience not in link.audiences and any(piece.link == name for piece in pieces):
            text = f'link "{name}": leaflet {link.code} is not made for {audience}, who reads its words'
            yield Problem(link.origin, text, f"it is for {', '.join(link.audiences)}: keep its words to them")


def unmade(leaflet: Leaflet, locales: Iterable[str]) -> Iterator[Problem]:
    """A warning for each link to a leaflet that is not made in one of these languages, in which this one is."""
    for name, link in leaflet.links.items():
        for locale in locales:
            if link.code and leaflet.is_in(locale) and link.language(locale) != locale:
                text = f'link "{name}": leaflet {link.code} is not made in {locale}'
                hint = "readers of that language are led to the English one"
                yield Problem(link.origin, text, hint, "warning")
