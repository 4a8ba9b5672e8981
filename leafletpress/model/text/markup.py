"""The inline markup of a text: strong, raised and lowered words, line ends, links, facts, citations, nothing else."""

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from html.entities import html5
from typing import Literal

PieceKind = Literal["words", "fact", "citation"]
Shift = Literal["up", "down", "line"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a parsed text: words, or the name of a fact or source; `link` is a name in the links table.

    Words may be raised or lowered (`shift`), or a line break, which is "\n". Those of which each sign has a raised or
    lowered form of its own (⁹, ₂) are not: they stay apart from their number where a text loses its looks.
    """

    kind: PieceKind
    value: str
    offset: int
    strong: bool = False
    link: str | None = None
    shift: Shift | None = None


@dataclass(frozen=True, slots=True)
class MarkupFault:
    """Markup that can't be read, at an offset in the text."""

    offset: int
    text: str
    hint: str = ""


_NAME = r"[a-z][a-z0-9_]*"
_TOKEN = re.compile(
    rf"""
      (?P<escape>\\.)
    | (?P<strong>\*\*)
    | (?P<fact>\{{(?P<fact_name>{_NAME})\}})
    | (?P<line>\[/\]\s*)
    | (?P<shift>[\^_])\{{(?P<shifted>(?!\s)(?:\\.|[^\\{{}}\[\]*^_<>`])+(?<!\s))\}}
    | (?P<citation>\[@(?P<source>{_NAME})\])
    | (?P<link>\[(?P<words>(?:\\.|[^\[\]\\])+)\]\(@(?P<target>{_NAME})\))
    """,
    re.VERBOSE,
)
_ESCAPABLE = "*[]{}\\<>`_#^"
_SIGNS = "0123456789+-\u2212=()"
_OWN = {
    "up": dict(zip(_SIGNS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾", strict=True)),
    "down": dict(zip(_SIGNS, "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎", strict=True)),
}
_NO_LINE = "put it between two lines, or begin another paragraph"
_MEANT_AS_ITSELF = re.compile(r"[*\[\]{}\\<>`_#]")
_DIGIT = re.compile(r"\d")
_ESCAPE = re.compile(r"\\(.)")
_PLAIN = re.compile(r"[^\\*\[\]{}<&`_^hw]+")
_ENTITY = r"&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]{1,30});"
_LOOKALIKES = (
    (re.compile(r"\*"), "a single *", "strong words stand between ** and **; write \\* for a star"),
    (
        re.compile(r"[\[\]]"),
        "a stray bracket",
        "a link is [words](@name), a citation [@source]; write \\[ for a bracket",
    ),
    (re.compile(r"[{}]"), "a stray brace", "a fact is {name}; write \\{ for a brace"),
    (re.compile(r"\\"), "a backslash that escapes nothing", "write \\\\ for a backslash"),
    (re.compile(r"</?[A-Za-z!]"), "an HTML tag", "the only markup is **strong**, [words](@link), {fact} and [@source]"),
    (
        re.compile(_ENTITY),
        "an HTML entity",
        "write the character itself",
    ),
    (re.compile(r"`"), "a backtick", "there is no code in a leaflet"),
    (re.compile(r"(?<!\w)_[^_\s]+_(?!\w)|__"), "underscores round words", "strong words stand between ** and **"),
    (re.compile(r"https?://|www\."), "a web address", "give it a name under links: and write [words](@name)"),
)
_HTML = re.compile(rf"</?[A-Za-z][^<>]*>|{_ENTITY}")


@lru_cache(maxsize=20_000)
def parse(text: str) -> tuple[tuple[Piece, ...], tuple[MarkupFault, ...]]:  # noqa: C901 - one branch for each token
    """The pieces of a text in order, and its faults; with faults, the pieces are what could be read."""
    pieces: list[Piece] = []
    faults: list[MarkupFault] = []
    words, words_at, strong_at = "", 0, -1

    def close_words() -> None:
        nonlocal words
        if words:
            pieces.append(Piece("words", words, words_at, strong_at >= 0))
        words = ""

    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        if token and token["escape"] and token[0][1] in _ESCAPABLE:
            words_at = at if not words else words_at
            words += token[0][1]
        elif token and token["strong"]:
            close_words()
            if strong_at >= 0 and not text[strong_at + 2 : at].strip():
                faults.append(MarkupFault(strong_at, "nothing between ** and **"))
            strong_at = -1 if strong_at >= 0 else at
        elif token and token["fact"]:
            close_words()
            pieces.append(Piece("fact", token["fact_name"], at, strong_at >= 0))
        elif token and token["line"]:
            words = words.rstrip()
            close_words()
            if not pieces or pieces[-1].shift == "line" or not text[token.end() :].strip():
                faults.append(MarkupFault(at, "a line break that parts nothing", _NO_LINE))
            pieces.append(Piece("words", "\n", at, strong_at >= 0, shift="line"))
        elif token and token["shift"]:
            close_words()
            pieces.append(_shifted(token, at, strong=strong_at >= 0))
        elif token and token["citation"]:
            close_words()
            pieces.append(Piece("citation", token["source"], at, strong_at >= 0))
        elif token and token["link"]:
            close_words()
            label = token["words"]
            faults.extend(_lookalikes(label, at + 1))
            pieces.append(Piece("words", _ESCAPE.sub(r"\1", label), at, strong_at >= 0, token["target"]))
        else:
            fault = _lookalike_at(text, at)
            if fault:
                faults.append(fault)
            ordinary = _PLAIN.match(text, at)
            end = ordinary.end() if ordinary else at + 1
            words_at = at if not words else words_at
            words += text[at:end]
            at = end
            continue
        at = token.end()
    close_words()
    if strong_at >= 0:
        faults.append(MarkupFault(strong_at, "** is opened and never closed", "put ** behind the last strong word"))
    return tuple(pieces), tuple(faults)


def _shifted(token: re.Match[str], at: int, *, strong: bool) -> Piece:
    """Raised or lowered words: as signs that are so by themselves where there are such, else as shifted words."""
    shift: Shift = "up" if token["shift"] == "^" else "down"
    words, own = _ESCAPE.sub(r"\1", token["shifted"]), _OWN[shift]
    if all(char in own for char in words):
        return Piece("words", "".join(own[char] for char in words), at, strong)
    return Piece("words", words, at, strong, shift=shift)


def _lookalike_at(text: str, at: int) -> MarkupFault | None:
    for pattern, name, hint in _LOOKALIKES:
        if (found := pattern.match(text, at)) and _is_markup_elsewhere(found[0]):
            return MarkupFault(at, f"{name} is not markup here", hint)
    return None


def _lookalikes(text: str, offset: int) -> list[MarkupFault]:
    plain = _ESCAPE.sub(lambda found: "  " if found[1] in _ESCAPABLE else found[0], text)
    return [
        MarkupFault(offset + found.start(), f"{name} can't stand in a link's words", hint)
        for pattern, name, hint in _LOOKALIKES
        for found in pattern.finditer(plain)
        if _is_markup_elsewhere(found[0])
    ]


def _is_markup_elsewhere(sign: str) -> bool:
    """Whether what looks like markup is some: "A&E;" is no entity of HTML."""
    return not sign.startswith("&") or sign.startswith("&#") or sign.removeprefix("&") in html5


def html_fault(words: str) -> str | None:
    """What is wrong with words that are printed as they stand: that they hold HTML, as copied from a web page."""
    found = next((one for one in _HTML.finditer(words) if _is_markup_elsewhere(one[0])), None)
    return f"holds an HTML {'entity' if found[0].startswith('&') else 'tag'}, {found[0]}" if found else None


def escaped(words: str) -> str:
    """The words as they are written in a text with markup."""
    return _MEANT_AS_ITSELF.sub(r"\\\g<0>", words)


def plain(pieces: tuple[Piece, ...], facts: dict[str, str] | None = None) -> str:
    """The words alone, citations left out, facts as `facts` has them or as their names."""
    values = facts or {}
    return "".join(
        piece.value if piece.kind == "words" else values.get(piece.value, piece.value) if piece.kind == "fact" else ""
        for piece in pieces
    )


def with_facts(pieces: tuple[Piece, ...]) -> str:
    """The words, and facts as their names in braces."""
    return plain(pieces, {piece.value: f"{{{piece.value}}}" for piece in pieces if piece.kind == "fact"})


def without_facts(pieces: tuple[Piece, ...]) -> str:
    """The words, and 0 for each fact: its name is no word of the text."""
    return plain(pieces, {piece.value: "0" for piece in pieces if piece.kind == "fact"})


def strong_spans(pieces: tuple[Piece, ...]) -> list[str]:
    """The words of each strong span, facts as their names in braces; a span goes on over links and facts."""
    spans: list[str] = []
    before = None
    for piece in pieces:
        words = {"words": piece.value, "fact": f"{{{piece.value}}}", "citation": ""}[piece.kind]
        if piece.strong and before and before.strong:
            spans[-1] += words
        elif piece.strong:
            spans.append(words)
        before = piece
    return spans


def locked(pieces: tuple[Piece, ...]) -> dict[str, Counter[str]]:
    """What a translation must carry over unchanged, counted: placeholders, citations and links."""
    return {
        "placeholder": Counter(f"{{{piece.value}}}" for piece in pieces if piece.kind == "fact"),
        "citation": Counter(f"[@{piece.value}]" for piece in pieces if piece.kind == "citation"),
        "link": Counter(f"(@{piece.link})" for piece in pieces if piece.link),
        "line break": Counter("[/]" for piece in pieces if piece.shift == "line"),
        "raised words": Counter("^{…}" for piece in pieces if piece.shift == "up"),
        "lowered words": Counter("_{…}" for piece in pieces if piece.shift == "down"),
    }


def fold_digits(text: str) -> str:
    """The text with the decimal digits of every script as ASCII digits."""
    return text if text.isascii() else _DIGIT.sub(lambda digit: str(int(digit[0])), text)


def is_words(pieces: tuple[Piece, ...]) -> bool:
    """Whether there is anything to translate: a letter outside facts and citations."""
    return any(piece.kind == "words" and any(char.isalpha() for char in piece.value) for piece in pieces)
