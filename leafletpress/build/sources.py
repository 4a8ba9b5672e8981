"""Which figures of a leaflet name no source: `check` reports each, and a release withholds what has such a dose."""

from collections.abc import Iterator
from dataclasses import dataclass

from leafletpress.model.leaflet import Leaflet, Message, messages
from leafletpress.model.problems import Problem
from leafletpress.model.text.markup import parse


@dataclass(frozen=True, slots=True)
class Unsourced:
    """A fact that a text prints and that names no source, in a text that cites none."""

    message: Message
    name: str
    is_dose: bool

    @property
    def problem(self) -> Problem:
        """A warning; of a dose, an error."""
        text = f'{self.message.context}: fact "{self.name}" has no source'
        hint = 'give it "source:", or cite one in the text'
        return Problem(self.message.origin, text, hint, "error" if self.is_dose else "warning")


def unsourced(leaflet: Leaflet) -> Iterator[Unsourced]:
    """The figures without a source, in reading order; a dose needs its own, or one that its text cites."""
    for message in messages(leaflet):
        pieces = parse(message.text)[0]
        facts = {piece.value: leaflet.facts[piece.value] for piece in pieces if piece.kind == "fact"}
        cited = any(piece.kind == "citation" for piece in pieces)
        named = cited or any(fact.sources for fact in facts.values())
        for name, fact in facts.items():
            is_dose = fact.kind == "dose"
            if not (fact.sources or fact.kind == "text" or (cited if is_dose else named)):
                yield Unsourced(message, name, is_dose)
