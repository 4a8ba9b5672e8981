"""The file of who signed which text of a leaflet and what of it was withdrawn: refuses what was changed by hand."""

import json
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any

from leafletpress.model.approval import Role, Signature, Signoffs, Withdrawal
from leafletpress.model.digests import digest_of
from leafletpress.model.forms import ID, Pattern
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.conditions import CONDITION
from leafletpress.read.located.decode import Decoder
from leafletpress.read.located.files import Files
from leafletpress.read.located.nodes import Node, Sequence, Table
from leafletpress.read.located.toml import read_nodes
from leafletpress.read.written import VERSION

_HEAD = """\
# Who signed which text of this leaflet, and what of it was withdrawn: written by `leafletpress sign` and `leafletpress
# withdraw`, kept for ever, and by nobody's hand. Under texts is what was signed: the digest of each part of it.
"""
ONE_PERSON, ANOTHER = "translator and reviser of this text are one person", "have another person revise it"
_AS_IT_WAS = "take the file as it was, for example: git checkout HEAD -- {}"
_Line = Annotated[str, Pattern(r"\S(?:.*\S)?", "a line of text")]
_Digest = Annotated[str, Pattern(r"[0-9a-f]{32}", "32 figures and letters from a to f")]
_Short = Annotated[str, Pattern(r"[0-9a-f]{8}|\d{4}-\d\d-\d\d", "8 figures and letters from a to f")]
_Locale = Annotated[str, Pattern(r"[a-z]{2,3}(?:_[A-Za-z0-9]+)*", "a folder of locales/")]
_Audience = Annotated[str, Pattern(ID, "the name of an audience")]
_Condition = Annotated[str, Pattern(CONDITION, "the name of a condition")]


@dataclass(frozen=True, slots=True)
class _Signature:
    role: Role
    locale: _Locale
    audience: _Audience
    name: _Line
    credential: _Line
    day: date
    version: Annotated[str, VERSION]
    text: _Digest
    seal: _Digest


@dataclass(frozen=True, slots=True)
class _Withdrawal:
    day: date
    why: _Line
    seal: _Digest
    instead: _Condition | None = None
    locale: _Locale | None = None
    audience: _Audience | None = None


@dataclass(frozen=True, slots=True)
class _File:
    signatures: tuple[_Signature, ...] | None = None
    withdrawals: tuple[_Withdrawal, ...] | None = None
    texts: Mapping[_Digest, Mapping[str, _Short]] | None = None


def signoffs_file(condition: str) -> str:
    """The name of the file of a condition, below the project's folder."""
    return f"signoffs/{condition}.toml"


def read_signoffs(files: Files, condition: str, today: date) -> Signoffs:
    """What is on record of a condition, nothing where there is no such file.

    Raises LeafletError with every problem of it: what was changed by hand, a day that is still to come, a text that was
    translated and revised by one person.
    """
    file = signoffs_file(condition)
    if not files.holds(file):
        return Signoffs()
    tree, problems = read_nodes(file, files.content(file))
    found: _File | None = Decoder(problems).decode(tree, _File) if tree else None
    if found is None or tree is None or problems:
        raise LeafletError([_hinted(problem, file) for problem in problems])
    places = dict(_places(tree))
    signatures = tuple(map(_signature, found.signatures or ()))
    withdrawals = tuple(map(_withdrawal, found.withdrawals or ()))
    texts = found.texts or {}
    rows: list[tuple[Origin, Signature | Withdrawal, str]] = [
        *((places["signatures", at], signatures[at], one.seal) for at, one in enumerate(found.signatures or ())),
        *((places["withdrawals", at], withdrawals[at], one.seal) for at, one in enumerate(found.withdrawals or ())),
    ]
    for place, row, known in rows:
        if _seal(condition, row, texts) != known:
            text = "this is not as it was written: it was changed by hand, or belongs to another leaflet"
            problems.append(Problem(place, text, _AS_IT_WAS.format(file)))
        if row.day > today:
            text = f"its day, {row.day}, is still to come: today is {today}"
            problems.append(Problem(place, text, "look at the clock"))
    problems += [Problem(places["signatures", at], ONE_PERSON, ANOTHER) for at in _one_person(signatures)]
    if problems:
        raise LeafletError(problems)
    return Signoffs(signatures, withdrawals, texts)


def signoff_places(files: Files, condition: str) -> Mapping[tuple[str, int], Origin]:
    """The places of signatures and withdrawals in the file of a condition, by kind and number."""
    tree, _ = read_nodes(signoffs_file(condition), files.content(signoffs_file(condition)))
    return dict(_places(tree)) if tree else {}


def recorded_conditions(files: Files) -> list[str]:
    """The conditions of which anything is on record, in alphabetical order."""
    return [PurePosixPath(name).stem for name in files.names("signoffs/*.toml")]


def dump_signoffs(condition: str, signoffs: Signoffs) -> str:
    """The text of the file; of texts, those that somebody signed."""
    parts = [_HEAD]
    for kind, rows in (("signatures", signoffs.signatures), ("withdrawals", signoffs.withdrawals)):
        for row in rows:
            values = {**asdict(row), "seal": _seal(condition, row, signoffs.texts)}
            lines = [f"{key} = {_toml(value)}\n" for key, value in values.items() if value is not None]
            parts.append(f"\n[[{kind}]]\n{''.join(lines)}")
    for digest in dict.fromkeys(one.text for one in signoffs.signatures):
        lines = [f"{_toml(name)} = {_toml(part)}\n" for name, part in signoffs.texts[digest].items()]
        parts.append(f"\n[texts.{digest}]\n{''.join(lines)}")
    return "".join(parts)


def same_person(one: str, other: str) -> bool:
    """Whether two names are one, however they are spaced and in whatever case."""
    return _folded(one) == _folded(other)


def _one_person(signatures: tuple[Signature, ...]) -> Iterator[int]:
    """The places of signatures by which a text was translated and revised by one person."""
    for at, one in enumerate(signatures):
        others = (other for other in signatures if other.text == one.text and other.role == "translator")
        if one.role == "reviser" and any(same_person(one.name, other.name) for other in others):
            yield at


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _signature(row: _Signature) -> Signature:
    return Signature(row.role, row.locale, row.audience, row.name, row.credential, row.day, row.version, row.text)


def _withdrawal(row: _Withdrawal) -> Withdrawal:
    return Withdrawal(row.day, row.why, row.instead, row.locale, row.audience)


def _seal(condition: str, row: Signature | Withdrawal, texts: Mapping[str, Mapping[str, str]]) -> str:
    """The digest by which it is seen that a row was changed by hand, or what it says of the text that was signed."""
    parts = texts.get(row.text, {}) if isinstance(row, Signature) else {}
    return digest_of({"condition": condition, "row": asdict(row), "parts": sorted(parts.items())}, str)


def _toml(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else json.dumps(value, ensure_ascii=False)


def _places(tree: Node) -> Iterator[tuple[tuple[str, int], Origin]]:
    for key, value in tree.items if isinstance(tree, Table) else ():
        if isinstance(value, Sequence):
            yield from (((key.text, at), row.origin) for at, row in enumerate(value.items))


def _hinted(problem: Problem, file: str) -> Problem:
    return Problem(problem.origin, problem.text, problem.hint or _AS_IT_WAS.format(file))
