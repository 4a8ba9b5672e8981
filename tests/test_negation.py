"""Where an English text says "not" is seen, whatever word says it, and whether it is strong."""

import pytest

from leafletpress.model.text.markup import parse
from leafletpress.model.text.negation import strong_negations, unmarked_negations


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Do **not** go.", 1), ("**Never** go. **No** food.", 2), ("**Don't** go", 1), ("You **cannot** go", 1),
        ("**Fever:** often none", 0), ("**Notice** this", 0), ("**Do not** go, do **not {dose}** wait", 2),
        ("Do not go", 0),
    ],
)  # fmt: skip
def test_strong_spans_that_say_not_are_counted(text: str, count: int) -> None:
    assert strong_negations(parse(text)[0]) == count


@pytest.mark.parametrize(
    ("text", "in_safety", "elsewhere"),
    [
        ("Do **not** go.", [], []),
        ("Do not go.", ["not"], ["Do not"]),
        ("**Do** not go.", ["not"], []),
        ("It does not hurt.", ["not"], []),
        ("You must not wait, never.", ["not", "never"], ["must not", "never"]),
        ("Don't go, you can’t.", ["n't", "n’t"], ["Don't", "can’t"]),
        ("It may not help.", ["not"], []),
        ("**No** food, no drink", ["no"], []),
        ("Notice a knot, nobody", [], []),
    ],
)
def test_a_not_that_is_not_strong_is_found(text: str, in_safety: list[str], elsewhere: list[str]) -> None:
    pieces, _ = parse(text)
    assert unmarked_negations(pieces, safety=True) == in_safety
    assert unmarked_negations(pieces, safety=False) == elsewhere
