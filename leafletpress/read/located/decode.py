"""Located trees as typed values: the shape of a file is its dataclass.

A wrong key, a missing one or a value of the wrong form becomes a `Problem` at its place in the file; reading goes on,
so that all problems are reported at once.
"""

import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from leafletpress.model.forms import AnyOf, Between, Most, Pattern, Rule
from leafletpress.model.problems import Origin, Problem, did_you_mean
from leafletpress.read.located.nodes import Node, Scalar, Sequence, Table

# Python reads weeks and dates without hyphens too; readers of the file may not.
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# It reads 1_0 and the digits of other scripts too.
_WHOLE = re.compile(r"-?[0-9]+")
# What a value of a type is called, and how it is written.
_FORMS = {date: ("date", "year-month-day, for example 2026-11-22"), bool: ("switch", "true or false")}
# What one member of a list is called.
_ONE = {
    "audiences": "audience",
    "languages": "language",
    "contacts": "contact",
    "editions": "edition",
    "sections": "section",
    "blocks": "block",
    "phones": "phone",
    "definitions": "definition",
    "qa": "question",
}


class Decoder:
    """Turns nodes into values of a type and collects what does not fit.

    Types: str, int, float, bool, date, Literal, Annotated[X, a form of model/forms.py],
    X | None, X | tuple[X, ...], tuple[X, ...], Mapping[str, X], dataclasses, and type variables, whose value is the
    `Scalar` itself (`texts` collects those of the variable T, the texts that are printed).
    A dataclass with a single field may be written as that field's value; a field with `kinds` in its metadata is
    written as one of those keys; one with `written` False is not read. Ids in a list must differ.
    """

    def __init__(self, problems: list[Problem], names: Mapping[str, Iterable[str] | None] | None = None) -> None:
        self.problems = problems
        self._names = names or {}
        self.texts: list[Scalar] = []

    def fail(self, origin: Origin, text: str, hint: str = "") -> None:
        """Note a problem."""
        self.problems.append(Problem(origin, text, hint))

    def decode(self, node: Node, shape: Any) -> Any:
        """The value of `shape` (a type); where something does not fit, the problems say what and it is left out.

        With problems the value is good for further checks only: required parts of it may be None.
        """
        return self._value(node, shape, "file")

    def _value(self, node: Node, shape: Any, what: str) -> Any:
        origin = get_origin(shape)
        if isinstance(shape, TypeVar):
            scalar = self._scalar(node, what)
            if scalar and shape.__name__ == "T":
                self.texts.append(scalar)
            return scalar
        if origin is Annotated:
            return self._patterned(node, shape, what)
        if origin is Literal:
            return self._choice(node, get_args(shape), what)
        if origin in (Union, types.UnionType):
            inner = [arg for arg in get_args(shape) if arg is not type(None)]
            return self._value(node, next((arg for arg in inner if _holds(arg, node)), inner[0]), what)
        if origin is tuple:
            return self._tuple(node, get_args(shape)[0], what)
        if origin is not None and issubclass(origin, Mapping):
            return self._mapping(node, get_args(shape), what)
        if is_dataclass(origin or shape):
            return self._dataclass(node, shape, what)
        scalar = self._scalar(node, what)
        return scalar and self._plain(scalar, shape, what)

    def _scalar(self, node: Node, what: str) -> Scalar | None:
        if not isinstance(node, Scalar):
            self.fail(
                node.origin, f"{what} takes a text, not a {'list' if isinstance(node, Sequence) else 'group of keys'}"
            )
            return None
        if not node.text.strip():
            self.fail(node.origin, f"{what} is empty")
            return None
        return node

    def _plain(self, scalar: Scalar, shape: Any, what: str) -> Any:
        text = " ".join(scalar.text.split())
        try:
            if shape is date:
                return date.fromisoformat(text if _DAY.fullmatch(text) else "")
            if shape is int:
                return int(text if _WHOLE.fullmatch(text) else "")
            if shape is float:
                return float(text)
            if shape is bool:
                return ("false", "true").index(text.lower()) == 1
        except ValueError:
            noun, hint = _FORMS.get(shape, ("number", "digits"))
            self.fail(scalar.origin, f'{what} "{text}" is not a {noun}', hint)
            return None
        return text

    def _patterned(self, node: Node, shape: Any, what: str) -> Any:
        base, *rules = get_args(shape)
        value = self._value(node, base, what)
        for rule in rules:
            if isinstance(rule, Pattern) and value is not None and not re.fullmatch(rule.regex, _text(value)):
                self.fail(node.origin, f'{what} "{_text(value)}" has the wrong form', rule.hint)
                return None
            if isinstance(rule, Between) and value is not None and not rule.least <= value <= rule.most:
                self.fail(node.origin, f'{what} "{value}" is out of range', rule.hint)
                return None
            if isinstance(rule, Rule) and value is not None and (fault := rule.fault(str(value))):
                self.fail(node.origin, f"{what} {fault}", rule.hint)
                return None
            if isinstance(rule, Most) and value is not None and len(value) > rule.count:
                self.fail(node.origin, f"{what} has {len(value)} members, at most {rule.count} fit")
                return None
            known = self._names[rule.noun] if isinstance(rule, AnyOf) else None
            if isinstance(rule, AnyOf) and known is not None and value is not None and value not in known:
                hint = did_you_mean(value, known) or rule.hint
                self.fail(node.origin, f'unknown {rule.noun} "{value}"', hint)
                return None
        return value

    def _choice(self, node: Node, choices: tuple[str, ...], what: str) -> Any:
        scalar = self._scalar(node, what)
        if scalar and scalar.text not in choices:
            self.fail(scalar.origin, f'unknown {what} "{scalar.text}"', did_you_mean(scalar.text, choices))
            return None
        return scalar and scalar.text

    def _tuple(self, node: Node, item: Any, what: str) -> Any:
        if not isinstance(node, Sequence):
            self.fail(node.origin, f"{what} takes a list", 'one line each, beginning with "- "')
            return None
        if not node.items:
            self.fail(node.origin, f"{what} is an empty list")
            return None
        if _is_name(item):
            self._refuse_repeated(node, what)
        values = [self._value(entry, item, _ONE.get(what, what)) for entry in self._with_own_ids(node, what)]
        return tuple(value for value in values if value is not None)

    def _refuse_repeated(self, node: Sequence, what: str) -> None:
        seen: dict[str, Origin] = {}
        for entry in (entry for entry in node.items if isinstance(entry, Scalar)):
            if entry.text in seen:
                self.fail(entry.origin, f'"{entry.text}" is in {what} already', "take it out once")
            seen.setdefault(entry.text, entry.origin)

    def _with_own_ids(self, node: Sequence, what: str) -> Iterator[Node]:
        """The entries of a list, but for those whose id one before has; what is in them is not known by it."""
        seen: dict[str, Origin] = {}
        for entry in node.items:
            written = entry.items if isinstance(entry, Table) else ()
            own = next((value for key, value in written if key.text == "id" and isinstance(value, Scalar)), None)
            if own is None or own.text not in seen:
                yield entry
            else:
                hint = f"first used at line {seen[own.text].line}"
                self.fail(own.origin, f'duplicate id "{own.text}" in {what}', hint)
            if own is not None:
                seen.setdefault(own.text, own.origin)

    def _mapping(self, node: Node, kinds: tuple[Any, Any], what: str) -> Any:
        if not isinstance(node, Table):
            self.fail(node.origin, f'{what} takes keys and values, one "key: value" each')
            return None
        values = {}
        for key, entry in node.items:
            name = self._value(key, kinds[0], f"{what} key")
            value = self._value(entry, kinds[1], key.text)
            if name is not None and value is not None:
                values[name] = value
        return values

    def _dataclass(self, node: Node, shape: Any, what: str) -> Any:
        cls = get_origin(shape) or shape
        hints, written = _hints(cls), [item for item in fields(cls) if item.metadata.get("written", True)]
        if len(written) == 1 and not isinstance(node, Table):
            value = self._value(node, hints[written[0].name], what)
            return None if value is None else cls(value)
        if not isinstance(node, Table):
            self.fail(node.origin, f"{what} takes keys and values", f"keys: {', '.join(item.name for item in written)}")
            return None
        one_of: dict[str, Mapping[str, type]] = {
            item.name: item.metadata["kinds"] for item in written if "kinds" in item.metadata
        }
        plain = {item.name for item in written} - one_of.keys()
        known = plain.union(*one_of.values())
        values: dict[str, Any] = {}
        for key, entry in node.items:
            name = key.text
            holder = next((holder for holder, kinds in one_of.items() if name in kinds), None)
            if holder in values:
                self.fail(key.origin, f'a second kind "{name}" in one block', "give it a block of its own")
            elif holder:
                values[holder] = self._value(entry, one_of[holder][name], name)
            elif name in plain:
                values[name] = self._value(entry, hints[name], name)
            else:
                self.fail(key.origin, f'unknown {"block" if one_of else "key"} "{name}"', did_you_mean(name, known))
        complete = True
        for item in written:
            required = item.default is MISSING and item.default_factory is MISSING
            if required and item.name not in values:
                self._missing(node, item.name, one_of.get(item.name), known, what)
            if values.get(item.name) is None:
                values[item.name] = None if required else item.default
                complete = complete and not required
        return cls(**values) if complete or what == "file" else None

    def _missing(
        self, node: Table, name: str, kinds: Mapping[str, type] | None, known: Iterable[str], what: str
    ) -> None:
        if kinds is None:
            self.fail(node.origin, f'{what} lacks "{name}"')
        elif all(key.text in known for key, _ in node.items):  # else the unknown key was reported already
            self.fail(node.origin, f"{what} has no content", f"one of: {', '.join(kinds)}")


def _is_name(shape: Any) -> bool:
    """Whether values of a type are names or words, which a list has once; texts that print may come again."""
    base = get_args(shape)[0] if get_origin(shape) is Annotated else shape
    return base is str or get_origin(base) is Literal


def _text(value: Any) -> str:
    """A value as it is written."""
    return value.text if isinstance(value, Scalar) else str(value)


@cache
def _hints(cls: type) -> dict[str, Any]:
    """The types of a dataclass's fields."""
    return get_type_hints(cls, include_extras=True)


def _holds(shape: Any, node: Node) -> bool:
    """Whether a type is for a node of this kind: a list, keys and values, or a text."""
    origin = get_origin(shape)
    kinds = {tuple: Sequence, Mapping: Table}
    wanted = next(
        (kind for base, kind in kinds.items() if isinstance(origin, type) and issubclass(origin, base)), Scalar
    )
    return isinstance(node, wanted)
