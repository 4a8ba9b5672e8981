"""Writes the words of a Word file as texts of a leaflet: links and facts in its markup, without phone numbers."""

import re
import unicodedata
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from leafletpress.model.forms import TARGET
from leafletpress.model.leaflet import Fact
from leafletpress.model.text.characters import forbidden_characters
from leafletpress.model.text.markup import escaped, parse, plain
from leafletpress.read.located.nodes import MOST_LETTERS
from leafletpress.read.phones import numbers_in
from leafletpress.read.word import filling
from leafletpress.read.word.amounts import amounts_in, name_of, said
from leafletpress.read.word.pieces import Aside, Span

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"“”]*[^\s<>\"“”.,;:!?)\]’']")
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_LABEL = re.compile(r"[.!?]\s|\n")
_NOT_SHIFTED = re.compile(r"[\^{}\[\]*_<>`\\\n]")
_GAP = re.compile(r"(\s+)")
_LONGEST_NAME = 40
_MOST_FACTS = 500  # figures behind these stay in their texts


@dataclass(frozen=True, slots=True)
class Phone:
    """A phone number that was taken out, with the words before it."""

    place: str
    label: str
    number: str

    def __str__(self) -> str:
        return f'{self.place}: phone number{f" behind ‘{self.label}’" if self.label else ""}: "{self.number}"'


class Texts:
    """Makes texts; gathers the links, facts and phone numbers in them, and what could not be taken over."""

    def __init__(self, regions: Iterable[str]) -> None:
        self._regions = tuple(regions)
        self.links: dict[str, str] = {}
        self.facts: dict[str, tuple[Fact, str]] = {}
        self.phones: list[Phone] = []
        self.asides: list[Aside] = []

    def plain(self, spans: Sequence[Span], place: str) -> str:
        """A title or heading: in one line, its figures as they are, strong words only where not all are strong."""
        shown = [span for span in spans if span.text.strip()]
        all_strong = all(span.strong for span in shown)
        return self._text(
            [replace(one, text=one.text.replace("\n", " "), strong=one.strong and not all_strong) for one in spans],
            place,
            facts=False,
        )

    def text(self, spans: Sequence[Span], place: str, label: str = "") -> str:
        """A text of any other kind; `label` are the words before it, in the cell to its left."""
        return self._text(spans, place, label, facts=True)

    def has_phone(self, text: str) -> bool:
        """Whether a phone number stands in a text."""
        return bool(numbers_in(text, self._regions))

    def parts(self, text: str, place: str) -> list[str]:
        """A text in parts that are short enough, each of whole sentences."""
        parts = [""]
        for sentence in _SENTENCE.split(text) if len(text) > MOST_LETTERS else [text]:
            longer = f"{parts[-1]} {sentence}".strip()
            if len(longer) > MOST_LETTERS and parts[-1] and not parse(parts[-1])[1]:
                parts.append(sentence)
            else:
                parts[-1] = longer
        return [
            part if len(part) <= MOST_LETTERS and not parse(part)[1] else self._quoted(part, place) for part in parts
        ]

    def note(self, place: str, what: str, words: str = "") -> None:
        """Add to what the author should look at."""
        self.asides.append(Aside(place, what, words))

    def _text(self, spans: Sequence[Span], place: str, label: str = "", *, facts: bool) -> str:
        spans = [replace(span, text=self.seen(span.text)) for span in spans]
        written = _marked_up(self._pieces(spans, place, label, facts=facts))
        return written if not parse(written)[1] else self._unreadable("".join(span.text for span in spans), place)

    def _quoted(self, text: str, place: str) -> str:
        """What stands for a text, whose words are quoted."""
        return self._unreadable(
            plain(parse(text)[0], {name: said(fact) for name, (fact, _) in self.facts.items()}), place
        )

    def _unreadable(self, words: str, place: str) -> str:
        self.note(place, "a text that is too long, or that its leaflet can't hold", words)
        return filling.UNREADABLE

    def seen(self, words: str) -> str:
        """Words without the characters that no leaflet may hold; where lines may break is for the program to say."""
        dropped = {offset for offset, _ in forbidden_characters(words)}
        kept = "".join(char for offset, char in enumerate(words) if offset not in dropped)
        return re.sub(r"[^\S\n]", " ", kept)

    def _pieces(self, spans: Sequence[Span], place: str, label: str, *, facts: bool) -> Iterator[tuple[str, Span]]:
        """The markup of each stretch of the words, with how it looks, in order."""
        words = "".join(span.text for span in spans)
        found = sorted(self._found(words, place, label, spans, facts=facts))
        at = 0
        for span in spans:
            end = at + len(span.text)
            while at < end:
                start, stop, markup = next((one for one in found if one[1] > at), (end, end, ""))
                if start > at:
                    part = words[at : min(start, end)]
                    yield from self._words(replace(span, text=part), place)
                    at += len(part)
                else:
                    if start == at:
                        yield markup, replace(span, shift=None)
                    at = min(stop, end)
            at = end

    def _found(
        self, words: str, place: str, label: str, spans: Sequence[Span], *, facts: bool
    ) -> Iterator[tuple[int, int, str]]:
        """What is written otherwise in a leaflet, from place to place: phone numbers, web addresses, figures."""
        taken: list[tuple[int, int]] = []
        for start, end in numbers_in(words, self._regions):
            before = _LABEL.split(words[:start])[-1].strip(" :–-(") or label
            self.phones.append(Phone(place, before.replace('"', "'"), words[start:end]))
            taken.append((start, end))
            yield start, end, filling.NUMBER
        looks = [(span.link, span.strong, span.shift) for span in spans for _ in span.text]
        for address in _ADDRESS.finditer(words):
            if not any(start < address.end() and address.start() < end for start, end in taken):
                taken.append(address.span())
                leads = looks[address.start()][0] or address[0]
                if name := self._link(leads, place):
                    self.note(place, f"the words of the link {name}", address[0])
                    yield *address.span(), f"[{filling.PAGE}](@{name})"
                else:
                    self.note(place, "an address", address[0])
                    yield *address.span(), filling.PAGE
        for amount in amounts_in(words) if facts and len(self.facts) < _MOST_FACTS else ():
            alike = len({*looks[amount.start : amount.end]}) == 1 and looks[amount.start][0] is None
            if alike and not any(start < amount.end and amount.start < end for start, end in taken):
                yield amount.start, amount.end, f"{{{self._fact(amount.fact, words, place)}}}"

    def _words(self, span: Span, place: str) -> Iterator[tuple[str, Span]]:
        name = self._link(span.link, place) if span.link and span.text.strip() else None
        if name:
            before, after = (
                span.text[: -len(span.text.lstrip())] if span.text[0].isspace() else "",
                span.text[len(span.text.rstrip()) :],
            )
            yield before, span
            yield f"[{escaped(' '.join(span.text.split()))}](@{name})", span
            yield after, span
        elif span.shift and span.text.strip() and not _NOT_SHIFTED.search(span.text):
            yield f"{'^' if span.shift == 'up' else '_'}{{{span.text.strip()}}}", span
        else:
            yield from ((escaped(part), span) for part in re.split(r"(\n)", span.text) if part)

    def _link(self, address: str, place: str) -> str | None:
        """The name of a link, None where it leads to nothing that a leaflet can name."""
        kept = address.replace("http://", "https://", 1) if address.startswith("http://") else address
        kept = f"https://{kept}" if kept.startswith("www.") else kept
        if kept.startswith("tel:"):
            self.phones.append(Phone(place, "a link", kept.removeprefix("tel:")))
            return None
        if len(kept) > MOST_LETTERS or not re.fullmatch(TARGET.regex, kept) or kept.startswith("leaflet:"):
            self.note(place, "a link that leads to no page, its words are kept", address)
            return None
        if kept != address:
            self.note(place, f"a link is written with https://: look whether {kept} opens")
        known = next((name for name, target in self.links.items() if target == kept), None)
        name = known or free_name(re.sub(r"^(?:https://(?:www\.)?|mailto:)", "", kept).split("/")[0], self.links)
        self.links[name] = kept
        return name

    def _fact(self, fact: Fact, words: str, place: str) -> str:
        """The name of a figure; one of its own wherever it stands, for equal doses may be of two medicines."""
        name = free_name(name_of(fact), self.facts)
        self.facts[name] = (fact, f"{place}: {' '.join(words.split())}")
        return name


def free_name(wanted: str, taken: Container[str]) -> str:
    """An id like the words of a text, that is not taken: small letters, digits and underscores."""
    letters = unicodedata.normalize("NFKD", wanted).encode("ascii", "ignore").decode().lower()
    base = re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:_LONGEST_NAME].strip("_")
    base = base if base[:1].isalpha() else f"n_{base}".strip("_")
    return next(name for number in count(1) if (name := base if number == 1 else f"{base}_{number}") not in taken)


def _marked_up(pieces: Iterable[tuple[str, Span]]) -> str:
    """Pieces as one text: spaces folded, and never just inside of the signs of strong words."""
    written, gap, strong = "", "", False
    for markup, span in pieces:
        for part in _GAP.split(markup):
            if not part.strip():
                gap = "[/]" if "\n" in part + gap or gap == "[/]" else " " if part else gap
                continue
            between = gap if written else ""
            if span.strong == strong:
                written += f"{between}{part}"
            else:
                written += f"**{between}{part}" if strong else f"{between}**{part}"
            gap, strong = "", span.strong
    return f"{written}**" if strong else written
