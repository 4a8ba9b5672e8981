"""Checks the rules of a leaflet that the types of its format do not express."""

from bisect import bisect_right
from collections.abc import Mapping
from itertools import accumulate

from leafletpress.model.blocks import Callout, Figure, Section, Table
from leafletpress.model.facts import fact_fault
from leafletpress.model.locale import locale_name
from leafletpress.model.problems import LeafletError, Origin, Problem, did_you_mean
from leafletpress.model.releases import version_key
from leafletpress.model.text.markup import parse
from leafletpress.model.walk import for_audience
from leafletpress.read.drawings import drawing_problems
from leafletpress.read.languages.settings import locale_names
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Node, Scalar, Sequence
from leafletpress.read.located.nodes import Table as Nodes
from leafletpress.read.pictures import printed_width, read_picture
from leafletpress.read.written import WrittenFact, WrittenLeaflet

_CUT = "make several leaflets of it"
_RESERVED_SECTIONS = ("leaflet", "furniture")
_RESERVED_BLOCKS = ("heading",)
# Many times what a leaflet of a few sides has; setting far more would keep the machine busy for nothing.
_MOST_TEXTS = 2_000
_MOST_LETTERS = 100_000
_MOST_CELLS = 1_000


class Checker:
    """Checks the rules that the types of a leaflet do not express."""

    def __init__(self, tree: Nodes, written: WrittenLeaflet[Scalar], problems: list[Problem], files: Files) -> None:
        self._tree, self._written, self._problems, self._files = tree, written, problems, files
        self.pictures: dict[str, bytes] = {}
        self.right_to_left_pictures: dict[str, bytes] = {}
        self.widths: dict[str, str] = {}

    def origin(self, key: str) -> Origin:
        """The place in the file of what stands under a key of the head."""
        return _value(self._tree, key).origin

    def check(self, texts: list[Scalar]) -> None:
        """Note every problem of the texts, the facts, and the rules between parts."""
        known = {
            noun: self._names(key) for noun, key in (("fact", "facts"), ("citation", "sources"), ("link", "links"))
        }
        if self._check_size(texts):
            for text in texts:
                self._check_text(text, known)
        for name, fact in (self._written.facts or {}).items():
            self._check_fact(name, fact, known["citation"])
        self._check_dates()
        self._check_changes()
        self._check_audiences()
        self._check_languages()
        before: set[str | None] = set()
        for section in self._written.sections or ():
            if section.heading is None and (before if section.audience is None else before & {None, section.audience}):
                hint = "only the first section of a reader stands below the title without one"
                at = _member(self._tree, "sections", section.id)
                self._fail(_value(at, "id").origin, f'section "{section.id}" has no heading', hint)
            before.add(section.audience)
            self._check_section(section)

    def _fail(self, origin: Origin, text: str, hint: str = "") -> None:
        self._problems.append(Problem(origin, text, hint))

    def _names(self, key: str) -> list[str]:
        """The names under a key of the file, also those whose values do not fit."""
        table = next((node for name, node in self._tree.items if name.text == key), None)
        return [name.text for name, _ in table.items] if isinstance(table, Nodes) else []

    def _check_text(self, text: Scalar, known: Mapping[str, list[str]]) -> None:
        pieces, faults = parse(text.text)
        for found in faults:
            self._fail(text.at(found.offset), found.text, found.hint)
        for piece in pieces:
            named: list[tuple[str, str]] = [(piece.kind, piece.value)] if piece.kind != "words" else []
            named += [("link", piece.link)] if piece.link else []
            for noun, name in named:
                if name not in known[noun]:
                    hint = did_you_mean(name, known[noun])
                    self._fail(text.at(piece.offset), f'{noun} "{name}" does not exist', hint)

    def _check_fact(self, name: str, fact: WrittenFact[Scalar], sources: list[str]) -> None:
        for key in source_scalars(fact):
            if key.text not in sources:
                hint = did_you_mean(key.text, sources)
                self._fail(key.origin, f'source "{key.text}" of fact "{name}" does not exist', hint)
        wrong = fact_fault(fact.kind, fact.value.text, fact.unit.text if fact.unit else None)
        if wrong:
            at = fact.unit if wrong.part == "unit" and fact.unit else fact.value
            self._fail(at.origin, wrong.text, wrong.hint)

    def _check_dates(self) -> None:
        written, review = self._written.written, self._written.next_review
        if written and review and review <= written:
            self._fail(self.origin("next_review"), f"next_review {review} is not after written {written}")

    def _check_changes(self) -> None:
        """The newest change comes first, none is of a later version or day than the leaflet, all are plain words."""
        listed = _value(self._tree, "changes") if self._written.changes else None
        nodes = listed.items if isinstance(listed, Sequence) else ()
        changes = self._written.changes or ()
        if len(nodes) != len(changes):
            return  # one of them could not be read, and that is reported
        for place, (node, change) in enumerate(zip(nodes, changes, strict=True)):
            newer = changes[place - 1].version if place else None
            if newer and version_key(change.version) >= version_key(newer):
                text = f"the change of version {change.version} comes after that of {newer}"
                self._fail(_value(node, "version").origin, text, "the newest first, each version once")
            if self._written.version and version_key(change.version) > version_key(self._written.version):
                text = f"a change of version {change.version} in a leaflet of version {self._written.version}"
                self._fail(_value(node, "version").origin, text, "raise the leaflet's version")
            if self._written.written and change.day > self._written.written:
                text = f"day {change.day} is after written {self._written.written}"
                self._fail(_value(node, "day").origin, text)
            if any(piece.kind != "words" or piece.link for piece in parse(change.why.text)[0]):
                self._fail(change.why.origin, "a change is told in words, without facts, sources and links")

    def _check_audiences(self) -> None:
        """Each audience of a leaflet that names its audiences has something to read, and nothing is for any other."""
        named = self._written.audiences or ()
        sections = self._written.sections or ()
        for audience in named:
            if not any(for_audience(sections, audience)):
                origin = _value(self._tree, "audiences").origin
                self._fail(origin, f"nothing is for {audience}", "write a section for them, or leave them out")
        for section in sections if named else ():
            at = _member(self._tree, "sections", section.id)
            blocks = ((block.audience, _member(at, "blocks", block.id)) for block in section.blocks)
            for reader, node in ((section.audience, at), *blocks):
                if reader is not None and reader not in named:
                    text = f"no {reader} reads this: the leaflet is for {', '.join(named)}"
                    self._fail(_value(node, "audience").origin, text, "delete it, or add them to audiences")
        budgets = _value(self._tree, "sides") if named and self._written.sides else None
        for key, _ in budgets.items if isinstance(budgets, Nodes) else ():
            if key.text not in named:
                text = f"no {key.text} reads this: the leaflet is for {', '.join(named)}"
                self._fail(key.origin, text, "delete it, or add them to audiences")

    def _check_languages(self) -> None:
        """Each language of a leaflet that names its languages is there, and is named once."""
        listed = _value(self._tree, "languages") if self._written.languages else None
        nodes = [node for node in listed.items if isinstance(node, Scalar)] if isinstance(listed, Sequence) else []
        known, seen = locale_names(self._files), dict[str, str]()
        for node in nodes:
            name = locale_name(node.text)
            if seen.get(name) == node.text:
                continue  # told where lists are read
            if name in seen:
                self._fail(node.origin, f'language "{node.text}" is named twice', "name each once")
            elif name not in known:
                hint = did_you_mean(name, known) or "add it first: leafletpress catalogs add"
                self._fail(node.origin, f'unknown language "{node.text}"', hint)
            seen[name] = node.text

    def _check_size(self, texts: list[Scalar]) -> bool:
        """Whether the leaflet is small enough for its texts to be checked one by one."""
        if len(texts) > _MOST_TEXTS:
            reason = f"{len(texts)} texts, at most {_MOST_TEXTS} fit a leaflet"
            self._fail(texts[_MOST_TEXTS].origin, reason, _CUT)
        letters = list(accumulate(len(text.text) for text in texts))
        beyond = bisect_right(letters, _MOST_LETTERS)
        if beyond < len(texts):
            reason = f"{letters[-1]} letters, at most {_MOST_LETTERS} fit a leaflet"
            self._fail(texts[beyond].origin, reason, _CUT)
        return len(texts) <= _MOST_TEXTS and beyond == len(texts)

    def _check_section(self, section: Section[Scalar]) -> None:
        at = _member(self._tree, "sections", section.id)
        if section.id in _RESERVED_SECTIONS:
            text = f'section id "{section.id}" is kept for the program'
            self._fail(_value(at, "id").origin, text, "choose another id")
        for block in section.blocks:
            here = _member(at, "blocks", block.id)
            if block.id in _RESERVED_BLOCKS:
                text = f'block id "{block.id}" is kept for the program'
                self._fail(_value(here, "id").origin, text, "choose another id")
            match block.content:
                case Callout(_, _, None, ()):
                    key = next(name for name, _ in here.items if name.text == "callout")
                    self._fail(key.origin, f'callout "{section.id}.{block.id}" says nothing', "give it text or bullets")
                case Table():
                    self._check_rows(_value(here, "table"))
                case Figure(image):
                    self._check_picture(image, _value(_value(here, "figure"), "image").origin)

    def _check_rows(self, table: Node) -> None:
        columns, rows = _value(table, "columns"), _value(table, "rows")
        if isinstance(columns, Sequence) and isinstance(rows, Sequence):
            cells = len(columns.items) * (len(rows.items) + 1)
            if cells > _MOST_CELLS:
                text = f"a table of {cells} cells, at most {_MOST_CELLS} fit"
                self._fail(rows.origin, text, "leave out what nobody looks up, or make several tables")
            for row in rows.items:
                if isinstance(row, Sequence) and row.items and len(row.items) != len(columns.items):
                    text = f"a row of {len(row.items)} cells in a table of {len(columns.items)} columns"
                    self._fail(row.items[0].origin, text, 'write "–" for an empty cell')

    def _check_picture(self, image: str, place: Origin) -> None:
        if not self._files.holds(f"leaflets/{image}"):
            self._fail(place, f'picture "{image}" does not exist', "put it beside the leaflet")
            return
        self.pictures[image] = self._read_picture(image, place)
        stem, _, ending = image.rpartition(".")
        right_to_left = f"{stem}.rtl.{ending}"
        if self._files.holds(f"leaflets/{right_to_left}"):
            self.right_to_left_pictures[image] = self._read_picture(right_to_left, place)

    def _read_picture(self, image: str, place: Origin) -> bytes:
        try:
            if not image.endswith(".svg"):
                content = read_picture(self._files, f"leaflets/{image}", f'picture "{image}"', place)
                if width := printed_width(content):
                    self.widths[image] = f"{width:.1f}mm"
                return content
            content = self._files.content(f"leaflets/{image}")
            self._problems.extend(drawing_problems(place, image, content))
            return content
        except LeafletError as error:
            self._problems.extend(error.problems)
            return b""


def source_scalars(fact: WrittenFact[Scalar]) -> tuple[Scalar, ...]:
    """The keys of the sources that a fact names."""
    if fact.source is None:
        return ()
    return fact.source if isinstance(fact.source, tuple) else (fact.source,)


def _value(node: Node, name: str) -> Node:
    """The value under a key that the decoder found."""
    return next(value for key, value in node.items if key.text == name) if isinstance(node, Nodes) else node


def _member(node: Nodes, name: str, ident: str) -> Nodes:
    """The member with this id of the list under a key."""
    listed = _value(node, name)
    members = listed.items if isinstance(listed, Sequence) else ()
    return next(
        member
        for member in members
        if isinstance(member, Nodes)
        and any(key.text == "id" and isinstance(value, Scalar) and value.text == ident for key, value in member.items)
    )
