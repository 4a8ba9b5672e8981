"""No text holds a character that is not seen, but for joiners in scripts that are written with them."""

import unicodedata

import pytest

from leafletpress.model.text.characters import forbidden_characters

_UNSEEN = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b\u180e\u180f\u200b\u200c\u200d\u200e\u200f\u202a\u202e\u2028\u2029"
    "\u2060\u2061\u2063\u2066\u2069\u206f\u2800\u3164\ufe00\ufe0f\ufeff\uffa0\ufff9\x00\x1b\x85\ue000"
    "\U0001bca0\U0001d173\U000e0001\U000e0020\U000e0061\U000e007f\U000e0100\U000e01ef"
)


@pytest.mark.parametrize("char", _UNSEEN, ids=[f"U+{ord(char):04X}" for char in _UNSEEN])
def test_what_is_not_seen_is_refused_in_words_of_letters_that_need_it_not(char: str) -> None:
    for text in (f"no{char}t", f"{char}not", f"not{char}", f"ni{char}ño", f"н{char}е", f"不{char}要", f"5{char}0 mg"):
        ((offset, name),) = forbidden_characters(text)
        assert (text[offset], name[:2]) == (char, "U+")


@pytest.mark.parametrize("text", ["می\u200cشود", "क्\u200dष", "ผิว\u200bหนัง", "ក\u200bខ", "**ക\u200c**", "\u200bខ"])
def test_joiners_stand_beside_letters_of_scripts_that_are_written_with_them(text: str) -> None:
    assert list(forbidden_characters(text)) == []


def test_what_is_seen_is_taken() -> None:
    seen = "".join(map(chr, range(0x20, 0x7F))) + "\n\tÄñ ½ – “ ” … №  \u00a0\u202f\u3000 ا ب 不 한 क ་ 🙂 é e\u0301"
    assert list(forbidden_characters(seen)) == []
    assert all(unicodedata.category(char) != "Cf" for char in seen)
