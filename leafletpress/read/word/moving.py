"""A hospital's Word leaflet as a skeleton leaflet: its YAML, its pictures, and what became of every word."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from leafletpress.model.blocks import kind_of
from leafletpress.model.leaflet import Leaflet
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem
from leafletpress.read.leaflets import parse_leaflet
from leafletpress.read.located.files import Files
from leafletpress.read.sites import site_regions
from leafletpress.read.skeleton import condition_place, first_code, next_review
from leafletpress.read.word import filling
from leafletpress.read.word.body import Body
from leafletpress.read.word.comparison import lost, words_of_file
from leafletpress.read.word.package import descendants, open_word
from leafletpress.read.word.placing import Placed, Placer
from leafletpress.read.word.texts import Texts
from leafletpress.read.word.writing import lines_of, section_value
from leafletpress.read.written import CODE

_MOST_LETTERS = 100_000  # as in any leaflet: thirty pages and more


@dataclass(frozen=True, slots=True)
class Moved:
    """What a Word file became.

    `files` are the leaflet and its pictures by their names below the project; `kinds` counts its blocks. `notes` is
    what its author must look at, and what has no place in a leaflet, with its place in the Word file; the leaflet's
    file ends with the same. Of all `words` of the Word file, `lost` are neither in the leaflet nor in the notes.
    """

    files: Mapping[str, bytes]
    leaflet: Leaflet
    kinds: Mapping[str, int]
    notes: tuple[str, ...]
    words: int
    lost: Mapping[str, int]


def moved_leaflet(
    files: Files, word: str, content: bytes, condition: str, code: str | None, today: date, audiences: tuple[str, ...]
) -> Moved:
    """The Word file of this name and content as the leaflet of a condition.

    Raises LeafletError: (2) for a name or code that no leaflet can have, (1) for a Word file that can't be read whole
    or that is more than one leaflet.
    """
    place = condition_place(condition)
    if code and not re.fullmatch(CODE.regex, code):
        raise LeafletError([Problem(Origin("--code"), f'"{code}" is no code', CODE.hint)], ExitCode.USAGE)
    file = open_word(word, content)
    tree = file.tree(file.main)
    letters = sum(len(one.text or "") for one in descendants(tree, "t")) if tree is not None else 0
    if letters > _MOST_LETTERS:
        text = f"has {letters:,} letters, at most {_MOST_LETTERS:,} fit a leaflet"
        raise LeafletError([Problem(Origin(word), text, "make several files of it, one for each leaflet")])
    texts, body = Texts(site_regions(files)), Body(file)
    placed = Placer(texts, condition, dict(file.parts)).place(body.pieces())
    asides = [*body.asides, *texts.asides]
    repeated = {at for at, one in enumerate(asides) if not one.words and one in asides[:at]}
    told = (*texts.phones, *(one for at, one in enumerate(asides) if at not in repeated))
    notes = tuple(_remark(str(one)) for one in told)
    written = _written(word, condition, code, today, placed, texts, notes)
    made = {place.file: written.encode(), **{f"leaflets/{name}": seen for name, seen in placed.pictures.items()}}
    for name, seen in made.items():
        files.hold(name, seen)
    try:
        leaflet = parse_leaflet(files, condition, made[place.file], audiences)
    except LeafletError as error:
        why = dict.fromkeys(problem.text for problem in error.problems)
        hint = "make several files of it, one for each leaflet"
        raise LeafletError([Problem(Origin(word), f"becomes no leaflet: {text}", hint) for text in why]) from error
    kinds = Counter(kind_of(block.content) for section in leaflet.sections for block in section.blocks)
    words = words_of_file(file)
    return Moved(made, leaflet, kinds, notes, words.total(), lost(words, leaflet, written, placed.typed_numbers))


def _written(
    word: str, condition: str, code: str | None, today: date, placed: Placed, texts: Texts, notes: tuple[str, ...]
) -> str:
    head = {
        "code": code or first_code(condition),
        "title": placed.title,
        "subtitle": placed.subtitle,
    }
    lines = [
        "# yaml-language-server: $schema=leaflet.schema.json",
        f"# Made from {_remark(word)}. Each text with FILL IN waits for its author, each fact for its source;",
        "# the end of the file lists what has no place in it. AUTHORING.md says what can stand where.",
        *(line for key, text in head.items() for line in lines_of(key, text)),
        'version: "0.1"',
        f"written: {today}",
        f"next_review: {next_review(today)}",
        "audiences: [patient]",
        *lines_of("main_message", {"patient": filling.MAIN_MESSAGE}),
        *(lines_of("links", texts.links) if texts.links else ()),
        *_facts(texts),
        *lines_of("sections", [section_value(section) for section in placed.sections]),
    ]
    if notes:
        lines += ["", f"# From {_remark(word)}, to look at or to put elsewhere; phone numbers go into sites/:"]
        lines += [f"# {note}" for note in notes]
    return "\n".join([*lines, ""])


def _facts(texts: Texts) -> Iterator[str]:
    if not texts.facts:
        return
    yield "facts:"
    yield "  # One for each place; where two are the same, name one in both. Each needs its source."
    for name, (fact, where) in texts.facts.items():
        yield f"  # {_remark(textwrap.shorten(where, 100, placeholder=' …'))}"
        unit = {"unit": fact.unit} if fact.unit else {}
        yield from lines_of(name, {"kind": fact.kind, "value": fact.value, **unit}, 2)


def _remark(text: str) -> str:
    """A text that can stand in a remark: in one line, and without characters that no file may hold."""
    return Texts(()).seen(" ".join(text.split()))
