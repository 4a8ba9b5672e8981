"""The one walk through the texts of a section that extraction, translation and printing share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar, assert_never

from leafletpress.model.blocks import (
    QA,
    Block,
    Bullets,
    Callout,
    Checklist,
    Contact,
    Content,
    Definition,
    Definitions,
    Figure,
    Paragraph,
    Question,
    Section,
    Steps,
    Table,
    Way,
    kind_of,
)

T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a text is: its message context, the kind of its block, its audience and the author's note.

    `safety` where all texts here warn, forbid, tell what to do, or give a dose, or their author says so.
    """

    context: str
    kind: str
    audience: str | None
    note: str | None
    safety: bool = False


def for_audience(sections: tuple[Section[T], ...], audience: str) -> Iterator[Section[T]]:
    """The sections and blocks that this audience reads; a section left without blocks is left out."""
    for section in sections:
        if section.audience not in (None, audience):
            continue
        blocks = tuple(block for block in section.blocks if block.audience in (None, audience))
        if blocks:
            yield replace(section, blocks=blocks)


def walk(section: Section[T], visit: Callable[[Place, T], U]) -> Section[U]:
    """The section with every text replaced by what `visit` makes of it, in reading order.

    Contexts are `section.heading` and `section.block`.
    """

    def place(kind: str, block: str, audience: str | None, note: str | None, *, safety: bool = False) -> Place:
        return Place(f"{section.id}.{block}", kind, audience or section.audience, note or section.note, safety)

    heading = None
    if section.heading is not None:
        heading = visit(place("heading", "heading", None, None, safety=section.safety), section.heading)
    blocks = []
    for block in section.blocks:
        warns = isinstance(block.content, Callout) and block.content.level != "note"
        safety = warns or isinstance(block.content, Steps) or block.safety or section.safety
        at = place(kind_of(block.content), block.id, block.audience, block.note, safety=safety)
        content = _walk_content(block.content, lambda text, at=at: visit(at, text))  # type: ignore[misc]
        blocks.append(Block(block.id, content, block.audience, block.note, block.safety))
    return Section(section.id, tuple(blocks), heading, section.audience, section.note, section.safety)


def section_texts(section: Section[T]) -> list[T]:
    """Every text of a section in reading order."""
    found: list[T] = []
    walk(section, lambda _place, text: found.append(text))
    return found


def _walk_content(content: Content[T], visit: Callable[[T], U]) -> Content[U]:
    def maybe(text: T | None) -> U | None:
        return None if text is None else visit(text)

    def each(texts: tuple[T, ...]) -> tuple[U, ...]:
        return tuple(visit(text) for text in texts)

    match content:
        case Paragraph(text):
            return Paragraph(visit(text))
        case Bullets(items):
            return Bullets(each(items))
        case Steps(items):
            return Steps(each(items))
        case Checklist(items):
            return Checklist(each(items))
        case Definitions(items):
            return Definitions(tuple(Definition(visit(item.term), visit(item.text)) for item in items))
        case Table(columns, rows, caption):
            title = maybe(caption)
            return Table(each(columns), tuple(each(row) for row in rows), title)
        case Callout(level, heading, text, bullets, calls):
            words, called = maybe(heading), each(calls)
            return Callout(level, words, maybe(text), each(bullets), called)
        case QA(items):
            return QA(tuple(Question(visit(item.question), visit(item.answer)) for item in items))
        case Figure(image, alt, caption, labels, width):
            words, numbered = visit(alt), each(labels)
            return Figure(image, words, maybe(caption), numbered, width)
        case Contact(text, ways):
            return Contact(
                visit(text),
                tuple(Way(visit(way.label), visit(way.value), way.link, maybe(way.hours), way.form) for way in ways),
            )
    assert_never(content)
