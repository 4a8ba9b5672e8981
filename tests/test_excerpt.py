"""A message quotes what a person can find, and stays a line."""

import pytest

from leafletpress.model.text.excerpt import excerpt


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("", ""),
        ("1234567890", "1234567890"),
        ("12345678901", "123456789…"),
        ("12345678 01", "12345678…"),
    ],
)
def test_a_long_text_is_cut_and_says_so(text: str, quoted: str) -> None:
    assert excerpt(text, 10) == quoted
