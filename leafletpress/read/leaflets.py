"""Reads leaflets/<condition>.yaml into a Leaflet, or reports every problem of the file."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from leafletpress.model.blocks import Content, Figure, Section
from leafletpress.model.forms import device
from leafletpress.model.leaflet import Change, Fact, Leaflet, Message, messages
from leafletpress.model.links import Link
from leafletpress.model.locale import locale_name
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.markup import parse
from leafletpress.model.walk import Place, walk
from leafletpress.read.conditions import CONDITION, conditions
from leafletpress.read.leaflet_rules import Checker, source_scalars
from leafletpress.read.links import read_links
from leafletpress.read.located.decode import Decoder
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Scalar
from leafletpress.read.located.nodes import Table as Nodes
from leafletpress.read.located.yaml import read_nodes, value_of
from leafletpress.read.written import WrittenFact, WrittenLeaflet

RESERVED_CONDITIONS = ("furniture",)


def read_leaflet(files: Files, condition: str, audiences: Iterable[str]) -> Leaflet:
    """The leaflet of a condition; raises LeafletError with every problem of its file."""
    return parse_leaflet(files, condition, files.content(f"leaflets/{condition}.yaml"), audiences)


def parse_leaflet(files: Files, condition: str, content: bytes, audiences: Iterable[str]) -> Leaflet:
    """The leaflet of a file's content, its pictures those of the project; raises LeafletError with all problems."""
    file = f"leaflets/{condition}.yaml"
    tree, problems = read_nodes(file, content)
    if not re.fullmatch(CONDITION, condition):
        hint = "small letters, digits and hyphens"
        problems.append(Problem(Origin(file), f'"{condition}" is no name for a condition', hint))
    elif wrong := device(condition):
        problems.append(Problem(Origin(file), wrong, "choose another name"))
    elif condition in RESERVED_CONDITIONS:
        problems.append(Problem(Origin(file), f'"{condition}" is kept for the program', "choose another name"))
    if isinstance(tree, Nodes):
        decoder = Decoder(problems, {"audience": tuple(audiences)})
        written: WrittenLeaflet[Scalar] = decoder.decode(tree, WrittenLeaflet)
        checker = Checker(tree, written, problems, files)
        checker.check(decoder.texts)
        links = read_links(written.links or {}, problems)
        if not problems:
            leaflet = _leaflet(condition, written, checker, links)
            problems += _in_one_line(leaflet)
            if not problems:
                return leaflet
    elif tree:
        problems.append(Problem(tree.origin, "a leaflet takes keys and values", "the first line is: code: ABCD"))
    raise LeafletError(sorted(problems, key=lambda problem: problem.origin))


def shared_codes(files: Files, names: Iterable[str]) -> Iterator[Problem]:
    """An error for each leaflet of these names whose code another one of the project has, at its place."""
    written = {condition: code for condition in conditions(files) if (code := _code(files, condition))}
    for name, own in ((name, written[name]) for name in names if name in written):
        for other, code in written.items():
            if other != name and code.text == own.text:
                hint = "a code of its own for each leaflet: on paper it says which one that is"
                yield Problem(own.origin, f'code "{own.text}" is that of {code.origin} too', hint)


def _in_one_line(leaflet: Leaflet) -> Iterator[Problem]:
    """An error for each line break in a title or heading, which programs show in one line."""
    for message in messages(leaflet):
        is_parted = any(piece.shift == "line" for piece in parse(message.text)[0])
        if is_parted and message.place.kind in ("title", "subtitle", "heading"):
            text = f"a line break in a {message.place.kind}"
            yield Problem(message.origin, text, "it is shown in one line: leave [/] out")


def leaflet_codes(files: Files) -> dict[str, str | None]:
    """The code of each leaflet of the project by condition, None where it can't be read."""
    codes = {condition: _code(files, condition) for condition in conditions(files)}
    return {condition: code.text if code else None for condition, code in codes.items()}


def _code(files: Files, condition: str) -> Scalar | None:
    name = f"leaflets/{condition}.yaml"
    try:
        return value_of(name, files.content(name), "code")
    except LeafletError:
        return None


def _leaflet(condition: str, written: WrittenLeaflet[Scalar], checked: Checker, links: Mapping[str, Link]) -> Leaflet:
    def message(place: Place, text: Scalar) -> Message:
        return Message(text.text, text.origin, place)

    def head(name: str, text: Scalar, audience: str | None = None) -> Message:
        safety = name == "main_message"
        return message(Place(f"leaflet.{name}", name.replace("_", " "), audience, None, safety), text)

    return Leaflet(
        condition=condition,
        code=written.code,
        title=head("title", written.title),
        subtitle=head("subtitle", written.subtitle),
        main_message={
            audience: head("main_message", text, audience) for audience, text in (written.main_message or {}).items()
        },
        codes=written.codes or {},
        version=written.version,
        version_origin=checked.origin("version"),
        written=written.written,
        next_review=written.next_review,
        review_origin=checked.origin("next_review"),
        readability_exceptions=written.readability_exceptions or (),
        links=links,
        facts={name: _fact(fact) for name, fact in (written.facts or {}).items()},
        sources=written.sources or {},
        sections=tuple(_with_widths(walk(section, message), checked.widths) for section in written.sections),
        pictures=checked.pictures,
        right_to_left_pictures=checked.right_to_left_pictures,
        changes=tuple(
            Change(change.version, change.day, head("changes", change.why)) for change in written.changes or ()
        ),
        audiences=written.audiences or (),
        languages=tuple(map(locale_name, written.languages or ())),
        contacts=written.contacts or (),
        notes=written.notes is not False,
        sides=written.sides or {},
    )


def _with_widths(section: Section[Message], widths: Mapping[str, str]) -> Section[Message]:
    """The section, each of its pictures as wide as its author says, else as its file does."""

    def sized(content: Content[Message]) -> Content[Message]:
        if isinstance(content, Figure) and content.width is None:
            return replace(content, width=widths.get(content.image))
        return content

    return replace(section, blocks=tuple(replace(block, content=sized(block.content)) for block in section.blocks))


def _fact(written: WrittenFact[Scalar]) -> Fact:
    sources = tuple(key.text for key in source_scalars(written))
    unit = written.unit.text if written.unit else None
    return Fact(written.kind, written.value.text, unit, sources, written.safety)
