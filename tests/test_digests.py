"""The digest behind the check code: it is of all that a handout says, and of nothing else."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from itertools import islice
from typing import Any

import pytest
from projects import composed

from leafletpress.build.library import Project
from leafletpress.model.blocks import Block, Callout, Figure, Section, Table
from leafletpress.model.digests import digest_of, printed_digest
from leafletpress.model.handout import Handout, Run, Text
from leafletpress.model.text.check_code import check_code

AUDIENCES = ("patient", "clinician")


@pytest.fixture(scope="module", params=["en", "ar"])
def handout(shared_project: Project, request: pytest.FixtureRequest) -> Handout:
    return composed(shared_project, request.param, "patient").handout


def changed(value: Any, change: Callable[[Any], Any]) -> Iterator[Any]:
    """The value once with each part of it, however deep, for which `change` gives another."""
    if (other := change(value)) is not None:
        yield other
    if isinstance(value, tuple):
        for at, part in enumerate(value):
            yield from ((*value[:at], one, *value[at + 1 :]) for one in changed(part, change))
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from (replace(value, **{field.name: one}) for one in changed(getattr(value, field.name), change))


def of_a_run(change: Callable[[Run], Run]) -> Callable[[Any], Any]:
    return lambda value: change(value) if isinstance(value, Run) and value.text.strip() else None


def with_other_first_letter(run: Run) -> Run:
    return replace(run, text=chr(ord(run.text[0]) + 1) + run.text[1:])


def without_foot(handout: Handout) -> Handout:
    return replace(handout, foot=Text(()))


@pytest.mark.parametrize(
    "change",
    [
        with_other_first_letter,
        lambda run: replace(run, strong=not run.strong),
        lambda run: replace(run, raised=not run.raised),
        lambda run: replace(run, island=not run.island),
        lambda run: replace(run, link="https://example.org/elsewhere"),
    ],
)
def test_any_changed_letter_or_mark_anywhere_is_another_text(handout: Handout, change: Callable[[Run], Run]) -> None:
    # Each eleventh part, for each digest takes milliseconds.
    others = [
        printed_digest(other) for other in islice(changed(without_foot(handout), of_a_run(change)), None, None, 11)
    ]
    assert len(others) > 10
    assert len({printed_digest(handout), *others}) == len(others) + 1


def test_texts_in_another_order_are_another_text(handout: Handout) -> None:
    def backwards(value: Any) -> Any:
        several = isinstance(value, tuple) and len({str(one) for one in value}) > 1
        return value[::-1] if several and not any(isinstance(one, (bytes, tuple)) for one in value) else None

    said = without_foot(handout)
    for name in ("head", "sections", "notes", "references"):
        for part in islice(changed(getattr(said, name), backwards), None, None, 5):
            assert printed_digest(replace(said, **{name: part})) != printed_digest(handout)


@pytest.mark.parametrize(
    "change",
    [
        {"code": "OTHER-P-en"},
        {"version": "1.3"},
        {"revision": 7},
        {"dated": "2026-02-01"},
        {"direction": "sideways"},
        {"language": "fr"},
        {"notes": None},
        {"references": None},
    ],
)
def test_another_identity_is_another_text(handout: Handout, change: dict[str, Any]) -> None:
    assert printed_digest(replace(handout, **change)) != printed_digest(handout)


def test_another_picture_is_another_text_but_not_another_logo(handout: Handout) -> None:
    shown = {
        block.content.image for part in handout.sections for block in part.blocks if isinstance(block.content, Figure)
    }
    assert shown
    for name, content in handout.pictures:
        other = tuple((one, content + b" " if one == name else known) for one, known in handout.pictures)
        assert (printed_digest(replace(handout, pictures=other)) != printed_digest(handout)) == (name in shown)
    logo = replace(handout.head, logo="site/other.png")
    assert printed_digest(replace(handout, head=logo)) == printed_digest(handout)


def test_how_a_text_looks_and_is_cut_into_runs_changes_nothing(handout: Handout) -> None:
    def cut(value: Any) -> Any:
        if not isinstance(value, Text):
            return None
        return replace(value, context="", runs=tuple(part for run in value.runs for part in halves(run)))

    def halves(run: Run) -> tuple[Run, ...]:
        half = len(run.text) // 2
        return (replace(run, text=run.text[:half]), replace(run, text=run.text[half:])) if half else (run,)

    others = [printed_digest(other) for other in islice(changed(without_foot(handout), cut), None, None, 9)]
    assert len(others) > 5
    assert set(others) == {printed_digest(handout)}
    looks = replace(
        handout, typography=replace(handout.typography, line_height=2.0), protected=False, embeds_fonts=False
    )
    assert printed_digest(looks) == printed_digest(handout)


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("locale", ["en", "es", "ar", "zh_Hans"])
def test_the_code_in_the_foot_is_made_of_all_but_itself(shared_project: Project, locale: str, audience: str) -> None:
    handout = composed(shared_project, locale, audience).handout
    assert handout.check_code == check_code(printed_digest(handout))
    assert f"{handout.code}\N{NO-BREAK SPACE}{handout.check_code}" in str(handout.foot)
    assert handout.dated in str(handout.foot)
    assert handout.check_code == check_code(printed_digest(replace(handout, foot=Text(()), check_code="")))


def test_the_digest_of_what_is_said_is_the_same_for_ever() -> None:
    """On paper that hangs somewhere stands a code made from it: when this fails, mend the program and not the test."""
    warning = Text((Run("Do "), Run("not", strong=True), Run(" take "), Run("5 mg", island=True)))
    section = Section("care", (
        Block("warn", Callout("dont", Text((Run("Stop"),)), None, (warning,))),
        Block("picture", Figure("shapes.svg", Text((Run("Shapes"),)), width="80mm")),
        Block("many", Table((warning,), ((warning,),))),
    ), Text((Run("Care"),)))  # fmt: skip
    assert digest_of(section, len) == "1695f53cb35296df8adb854a1b345373"
    written = '["text",1,null,["es","é"]]'
    assert digest_of(("text", 1, None, ["es", "é"]), len) == sha256(written.encode()).hexdigest()[:32]


def test_a_new_part_that_is_not_there_changes_no_digest() -> None:
    @dataclass(frozen=True)
    class Before:
        text: str

    @dataclass(frozen=True)
    class Later(Before):
        more: tuple[str, ...] = ()
        other: str | None = None

    assert digest_of(Before("a"), len) == digest_of(Later("a"), len) != digest_of(Later("a", ("b",)), len)
