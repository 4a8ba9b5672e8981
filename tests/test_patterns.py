"""Every regular expression of the program takes a time in proportion to its text, whatever the text."""

import ast
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from projects import ROOT

from leafletpress.build.workers.limits import TimeLimitError, within
from leafletpress.model import facts

sre: Any = import_module("re._parser")  # how re itself reads a pattern: which signs it is made of, and what repeats

_METHODS = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")
_CALLS = {"re.compile", "Pattern", *(f"re.{name}" for name in _METHODS)}
# Patterns made of words or numbers that a function is given, by the names of these.
_PUT_TOGETHER = {
    "names": "words of a leaflet or of a glossary, each escaped",
    "longest_first": "words of a glossary, each escaped",
    "form": "facts._FORMS, tested below",
    "rule": "the patterns of forms, found where they are written",
    "pattern": "what phonenumbers knows of a country",
    "before": "what phonenumbers knows of a country",
    "fiction": "phones._FICTION, of fixed lengths",
    "key": "the name of a setting",
    "spaced_signs": "those before which a language has a space, four at the most, each escaped",
}


@cache
def _sources() -> dict[Path, str]:
    return {path: path.read_text(encoding="utf-8") for path in sorted((ROOT / "leafletpress").rglob("*.py"))}


def _written() -> Iterator[tuple[str, str, int, tuple[str, ...]]]:
    """Each pattern of the program: its place, itself, its flags, and the methods that it is used with."""
    for path, source in _sources().items():
        names = vars(import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")))
        nodes = list(ast.walk(ast.parse(source)))
        named = {node.value: node.targets[0] for node in nodes if isinstance(node, ast.Assign)}
        for call in nodes:
            called = ast.unparse(call.func) if isinstance(call, ast.Call) else ""
            if not isinstance(call, ast.Call) or called not in _CALLS:
                continue
            match called.removeprefix("re."), named.get(call):
                case "compile", ast.Name(id=name):
                    methods = _methods_of(name, source)
                case "compile", _:
                    methods = ("finditer",)
                case "Pattern", _:
                    methods = ("fullmatch",)
                case method, _:
                    methods = (method,)
            flags = [word.value for word in call.keywords if word.arg == "flags"]
            flags += call.args[1:2] if called == "re.compile" else []
            if _is_put_together(call.args[0], names):
                continue
            text, *known = (eval(ast.unparse(one), dict(names)) for one in (call.args[0], *flags))
            yield f"{path.name}:{call.lineno}", text, sum(map(int, known)), methods or ("finditer",)
    for kind, (form, _) in facts._FORMS.items():  # noqa: SLF001 - where they are written
        yield f"facts.py {kind}", form, 0, ("fullmatch",)


def _is_put_together(expression: ast.expr, names: dict[str, Any]) -> bool:
    """Whether a pattern is made of what a function is given: then the list above says what that is."""
    inner = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    return not inner.isdisjoint(_PUT_TOGETHER.keys() - names.keys())


def _methods_of(name: str, source: str) -> tuple[str, ...]:
    """The methods that a pattern is used with, by its name in its module, or in all where it is no private one."""
    sources = [source] if name.startswith("_") else _sources().values()
    found = {method for source in sources for method in re.findall(rf"\b{name}\.(\w+)\b", source)}
    return tuple(sorted(found.intersection(_METHODS)))


# --- texts that a pattern could be slow with --------------------------------------------------------------------------


def _sample(tree: Any) -> str:
    """A short text that fits a pattern, or nearly: of each choice the first, of each repetition one."""
    return "".join(_sample_of(kind, value) for kind, value in tree)


def _sample_of(kind: Any, value: Any) -> str:
    match str(kind):
        case "LITERAL":
            return chr(int(value))
        case "NOT_LITERAL" | "ANY":
            return "x" if value != ord("x") else "y"
        case "IN":
            return next(_members(value))
        case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
            return _sample(value[2]) * int(min(max(value[0], 1), 20))
        case "SUBPATTERN":
            return _sample(value[3])
        case "ATOMIC_GROUP":
            return _sample(value)
        case "BRANCH":
            return _sample(value[1][0])
    return ""


_CATEGORIES = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " ", "CATEGORY_WORD": "a"}


def _members(value: Any) -> Iterator[str]:
    """Characters of a class: the first of each range, a digit, a space or a letter; of a negated one, any other."""
    listed = [_member(kind, one) for kind, one in value if str(kind) != "NEGATE"]
    if str(value[0][0]) == "NEGATE":
        yield from (sign for sign in 'x0 ."!' if sign not in listed)
        yield "\x02"
    yield from listed


def _member(kind: Any, value: Any) -> str:
    if str(kind) == "LITERAL":
        return chr(int(value))
    if str(kind) == "RANGE":
        return chr(value[0])
    return _CATEGORIES.get(str(value), "!")


def _repeated(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """What could be repeated at each place of a pattern, with a text that leads there."""
    for kind, value in tree:
        match str(kind):
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                for one in _choices(value[2]):
                    yield before, one
                yield from _repeated(value[2], before)
            case "SUBPATTERN":
                yield from _repeated(value[3], before)
            case "ATOMIC_GROUP":
                yield from _repeated(value, before)
            case "BRANCH":
                for branch in value[1]:
                    yield from _repeated(branch, before)
        before += _sample_of(kind, value)


def _beginnings(tree: Any) -> Iterator[str]:
    """Texts that fit a pattern, or one of its choices, from the beginning to each of its places."""
    before = ""
    for kind, value in tree:
        match str(kind):
            case "SUBPATTERN":
                yield from (before + one for one in _beginnings(value[3]))
            case "ATOMIC_GROUP":
                yield from (before + one for one in _beginnings(value))
            case "BRANCH":
                yield from (before + one for branch in value[1] for one in _beginnings(branch))
        before += _sample_of(kind, value)
        yield before


def _choices(tree: Any) -> Iterator[str]:
    """Short texts that fit what is repeated: for each of its choices one."""
    if len(tree) == 1:
        kind, value = tree[0]
        match str(kind):
            case "IN":
                yield from list(_members(value))[:6]
                return
            case "BRANCH":
                for branch in value[1]:
                    yield _sample(branch)
                return
            case "SUBPATTERN":
                yield from _choices(value[3])
                return
    yield _sample(tree)


def _signs(tree: Any) -> Iterator[str]:
    """The characters that a pattern names."""
    for kind, value in tree:
        match str(kind):
            case "LITERAL":
                yield chr(value)
            case "IN":
                yield from list(_members(value))[:4]
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield from _signs(value[2])
            case "SUBPATTERN":
                yield from _signs(value[3])
            case "ATOMIC_GROUP":
                yield from _signs(value)
            case "ASSERT" | "ASSERT_NOT":
                yield from _signs(value[1])
            case "BRANCH":
                for branch in value[1]:
                    yield from _signs(branch)


def _texts(pattern: str, flags: int) -> list[Callable[[int], str]]:
    """Texts of any length that come near to a match and fail late: made from the pattern's own characters."""
    tree = sre.parse(pattern, flags)
    signs = list(dict.fromkeys(_signs(tree)))[:12]
    parts = [*_repeated(tree), *(("", sign) for sign in signs), *(("", one) for one in _beginnings(tree))]
    parts += [("", first + second) for first, second in pairwise(signs)]
    parts += [(before, one + sign) for before, one in _repeated(tree) for sign in signs[:4]]
    ends = ("\x00", "", "\n")

    def text(before: str, one: str, end: str) -> Callable[[int], str]:
        return lambda length: before + one * (length // len(one)) + end

    return [text(before, one, end) for before, one in dict.fromkeys(parts) if one for end in ends]


# --- the test ---------------------------------------------------------------------------------------------------------

_LETTERS = 16_000  # eight times the longest text of a leaflet
# In proportion, a pattern takes a millisecond or two for them, by the square a tenth of a second and more.
_SUSPICIOUS = 0.04
_TIMES = 8


def _seconds(use: Callable[[str], Any], text: str) -> float:
    """How long the processor works, the best of three."""
    best = float("inf")
    for _ in range(3):
        begun = time.process_time()
        use(text)
        best = min(best, time.process_time() - begun)
        if best < _SUSPICIOUS:
            break
    return best


def _use(pattern: re.Pattern[Any], method: str) -> Callable[[str], Any]:
    as_written: Callable[[str], Any] = lambda text: text  # noqa: E731
    if isinstance(pattern.pattern, bytes):
        as_written = lambda text: text.encode("latin-1", "replace")  # noqa: E731
    if method in ("match", "fullmatch", "search"):
        return lambda text: getattr(pattern, method)(as_written(text))
    return lambda text: [None for _ in pattern.finditer(as_written(text))]


@pytest.mark.parametrize(
    ("pattern", "flags", "methods"), [pytest.param(*rest, id=place) for place, *rest in _written()]
)
def test_a_pattern_takes_a_time_in_proportion_to_its_text(pattern: Any, flags: int, methods: tuple[str, ...]) -> None:
    compiled = re.compile(pattern, flags)
    for method in methods:
        use = _use(compiled, method)
        for text in _texts(pattern.decode() if isinstance(pattern, bytes) else pattern, compiled.flags & ~re.UNICODE):
            try:
                with within(5):
                    slow = _grows(use, text)
            except TimeLimitError:
                slow = True
            assert not slow, f"{method} takes far longer than in proportion: {text(40)!r}"


def _grows(use: Callable[[str], Any], text: Callable[[int], str]) -> bool:
    """Whether twice the text takes three times as long and more, as soon as that can be measured.

    On a busy machine one measure can be anything: only what holds each time that it is measured is a growth.
    """
    length = 125
    while length < _LETTERS:
        length *= 2
        if _seconds(use, text(length)) > _SUSPICIOUS:
            return all(_seconds(use, text(2 * length)) > 3 * _seconds(use, text(length)) for _ in range(_TIMES))
    return False


@pytest.mark.parametrize("slow", [r"(?:a+)+b", r"\s+$", r"^(\s*)\s*(a+?)\s*\]", r'"(?:\\.|[^"\\])*"'])
def test_a_pattern_that_grows_by_the_square_or_worse_is_found(slow: str) -> None:
    with pytest.raises(AssertionError, match="takes far longer"):
        test_a_pattern_takes_a_time_in_proportion_to_its_text(slow, 0, ("finditer",))
