"""Digests of text: of all that a handout says, and of what its author and its translator wrote."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from leafletpress.model.blocks import Block, Figure, Section, kind_of
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.model.leaflet import Leaflet, Message, read_by
from leafletpress.model.text.markup import parse
from leafletpress.model.walk import Place, for_audience, section_texts, walk

_LETTERS = 32  # of a SHA-256, in hexadecimal: 128 bits


def printed_digest(handout: Handout) -> str:
    """The digest of all that a handout says, the same for every format and edition.

    That is: each text in its order and place, with its language, its marks of emphasis, its links (QR codes show them)
    and what is kept from left to right; pictures, and what stands for them; the words that repeat on each page. Left
    out are how it looks (type, paper, logo), and the foot: it says again what the head does, and holds the check code.
    """
    pictures = dict(handout.pictures)
    said = (
        (handout.code, handout.version, handout.revision, handout.dated, handout.language, handout.direction),
        replace(handout.head, logo=None),
        handout.sections,
        (handout.notes, handout.references),
        (handout.page_label, handout.print_hint, handout.changes),
    )
    return digest_of(said, lambda name: _sha256(pictures[name]))


def signed_digest(handout: Handout) -> str:
    """The digest of exactly the text that is read by who signs it: facts, phone numbers and addresses included.

    It holds until the day of the next review, which is part of it. Left out is what follows from signatures and numbers
    (state, version, day), what repeats on each page, and the list of changes: each is about what some reader reads.
    """
    pictures = dict(handout.pictures)
    head = replace(handout.head, logo=None, marks=(), details=Text(()), staff=None)
    said = (
        (handout.code, handout.next_review, handout.language, handout.direction),
        head,
        handout.sections,
        (handout.notes, handout.references),
    )
    return digest_of(said, lambda name: _sha256(pictures[name]))


def signed_parts(handout: Handout) -> dict[str, str]:
    """A short digest of each part of what is signed, by message context or by name: they tell what changed since."""
    parts = part_digests(handout, ("head.marks", "head.details", "head.staff", "foot", "changes"))
    return {**{name: digest[:8] for name, digest in parts.items()}, "next_review": handout.next_review}


def part_digests(handout: Handout, left_out: Container[str] = ()) -> dict[str, str]:
    """The digest of what a handout prints under each message context, and under each picture's name.

    Places that are `left_out` do not count. What is made of no message has the name of its place: `head.details`,
    `foot`, `references`. The check code in the foot is left out: it changes with every other text, and is no reason by
    itself.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for name, text in _named_texts(handout):
        if name not in left_out:
            found[text.context or name].append(repr(text).replace(handout.check_code or "\0", ""))
    for name, content in handout.pictures:
        found[name].append(_sha256(content))
    return {name: _sha256(json.dumps(parts).encode()) for name, parts in sorted(found.items())}


def english_digest(leaflet: Leaflet, audience: str) -> str:
    """The digest of what the author wrote for an audience, without what a site and the template words add to it.

    The version and its day are left out: they are what must change when this does. Which numbers a site has makes no
    difference either, so all sites go by one version; which kinds of them the leaflet prints does.
    """

    def picture(name: str) -> list[str]:
        files = (one[name] for one in (leaflet.pictures, leaflet.right_to_left_pictures) if name in one)
        return [_sha256(content) for content in files]

    wrote = (
        (leaflet.code, dict(leaflet.codes), leaflet.next_review),
        (leaflet.title, leaflet.subtitle, leaflet.main_message.get(audience)),
        list(for_audience(leaflet.sections, audience)),
        list(_behind(leaflet, read_by(leaflet, audience))),
        *([leaflet.changes] if leaflet.changes else []),
        *([{"contacts": sorted(leaflet.contacts)}] if leaflet.contacts else []),
    )
    return digest_of(wrote, picture)


def translation_digest(translations: Mapping[tuple[str, str], str | None]) -> str:
    """The digest of the translations of texts, by context and English; None where there is none."""
    return digest_of(sorted((*key, text or "") for key, text in translations.items()), str)


def _behind(leaflet: Leaflet, read: Iterable[Message]) -> Iterator[tuple[str, Any]]:
    """The facts, addresses and what is printed of sources that texts have by their names, each once."""
    pieces = [piece for message in read for piece in parse(message.text)[0]]
    facts = sorted({piece.value for piece in pieces if piece.kind == "fact"})
    cited = {piece.value for piece in pieces if piece.kind == "citation"}
    cited |= {source for name in facts for source in leaflet.facts[name].sources}
    yield from ((name, replace(leaflet.facts[name], safety=False)) for name in facts)  # a mark changes no text
    for name in sorted(cited):
        source = leaflet.sources[name]
        yield name, (source.authors, source.title, source.publisher, source.year, source.address)
    yield from ((name, leaflet.links[name].written) for name in sorted({piece.link for piece in pieces if piece.link}))


def _named_texts(handout: Handout) -> Iterator[tuple[str, Text]]:
    """Every text of a handout with the name of its place."""
    for field in fields(handout.head):
        value: Any = getattr(handout.head, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Text):
                yield f"head.{field.name}", part
    placed: list[tuple[str, Text]] = []

    def place(at: Place, text: Text) -> None:
        placed.append((at.context, text))

    for section in handout.sections:
        walk(section, place)
    yield from placed
    if handout.notes:
        yield "notes", handout.notes.heading
        yield from (("notes", field.prompt) for field in handout.notes.fields)
    if handout.references:
        yield "references", handout.references.heading
        yield from (("references", item) for item in (*handout.references.items, handout.references.back))
    if handout.changes:
        yield from (("changes", text) for text in section_texts(handout.changes))
    yield "foot", handout.foot
    yield "foot", handout.page_label
    yield "foot", handout.print_hint


def digest_of(value: Any, picture: Callable[[str], Any]) -> str:
    """The digest of values: texts, numbers, lists, sections with their blocks; `picture` gives what one's name means.

    They are written as JSON (keys in order, no spaces), what is empty left out: so a new kind of part, where there is
    none of it, changes no digest of before.
    """
    text = json.dumps(_written(value, picture), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return _sha256(text.encode("utf-8", "surrogatepass"))


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_LETTERS]


def _written(value: Any, picture: Callable[[str], Any]) -> Any:
    match value:
        case Text():
            about = {"language": value.language, "direction": value.direction, "untranslated": value.untranslated}
            return _filled({**about, "runs": _runs(value.runs)})
        case Message():
            return value.text
        case date():
            return value.isoformat()
        case Section():
            return [_written(value.heading, picture), _written(value.blocks, picture)]
        case Block():
            return [kind_of(value.content), _written(value.content, picture)]
        case Figure():
            words = {"alt": value.alt, "caption": value.caption, "labels": value.labels}
            return _filled(
                {"picture": picture(value.image), **{name: _written(words[name], picture) for name in words}}
            )
        case dict():
            return {name: _written(part, picture) for name, part in value.items()}
        case tuple() | list():
            return [_written(one, picture) for one in value]
        case _ if is_dataclass(value):
            return _filled({field.name: _written(getattr(value, field.name), picture) for field in fields(value)})
        case _:
            return value


def _filled(parts: dict[str, Any]) -> dict[str, Any]:
    """The parts that are not empty."""
    return {name: part for name, part in parts.items() if part not in (None, False, "", [])}


def _runs(runs: Iterable[Run]) -> list[Any]:
    """The runs, those in one manner as one: where a text is cut into runs cannot be seen."""
    manners = groupby(runs, key=lambda run: (run.strong, run.island, run.raised, run.link, run.field, run.shift))
    return [
        [*manner, *([shift] if shift else []), "".join(run.text for run in same)] for (*manner, shift), same in manners
    ]
