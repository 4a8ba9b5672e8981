"""Inline markup is strong words, links, facts and citations; anything else that looks like markup is refused."""

import pytest

from leafletpress.model.text.markup import Piece, fold_digits, is_words, locked, parse, plain


def shown(text: str) -> list[tuple[str, str, bool, str | None]]:
    pieces, faults = parse(text)
    assert not faults
    return [(piece.kind, piece.value, piece.strong, piece.link) for piece in pieces]


def faults(text: str) -> list[tuple[int, str]]:
    return [(fault.offset, fault.text) for fault in parse(text)[1]]


def test_a_text_is_cut_into_its_pieces_in_order() -> None:
    assert shown("Take {dose} **now, {often}**, see [the page](@more).[@one][@two]") == [
        ("words", "Take ", False, None),
        ("fact", "dose", False, None),
        ("words", " ", False, None),
        ("words", "now, ", True, None),
        ("fact", "often", True, None),
        ("words", ", see ", False, None),
        ("words", "the page", False, "more"),
        ("words", ".", False, None),
        ("citation", "one", False, None),
        ("citation", "two", False, None),
    ]


def test_a_link_in_strong_words_is_strong() -> None:
    assert shown("**[page](@more)**") == [("words", "page", True, "more")]


def test_pieces_know_where_they_begin() -> None:
    pieces, _ = parse("ab **cd** {ef}[@gh]")
    assert [piece.offset for piece in pieces] == [0, 5, 9, 10, 14]


@pytest.mark.parametrize("sign", "*[]{}\\<>`_#")
def test_a_backslash_takes_the_meaning_from_a_sign(sign: str) -> None:
    assert shown(f"a \\{sign} b") == [("words", f"a {sign} b", False, None)]


def test_escapes_hold_in_the_words_of_a_link() -> None:
    assert shown("[a \\] b](@more)") == [("words", "a ] b", False, "more")]


@pytest.mark.parametrize(
    "text",
    [
        "3 < 4 > 2",
        "fish & chips",
        "a_b and snake_case_names",
        "5 # 6",
        "what? yes!",
        "10 % of 20",
        "R&D and Q&A",
        "a@b",
        "~/x",
        "<3",
        "f(x) = y",
    ],
)
def test_signs_of_plain_writing_are_words(text: str) -> None:
    assert shown(text) == [("words", text, False, None)]


@pytest.mark.parametrize(
    ("text", "offset", "said"),
    [
        ("do **not", 3, "** is opened and never closed"),
        ("**a** and **b", 10, "** is opened and never closed"),
        ("a **** b", 2, "nothing between ** and **"),
        ("a *b", 2, "a single * is not markup here"),
        ("***a**", 2, "a single * is not markup here"),
        ("a [b", 2, "a stray bracket is not markup here"),
        ("a] b", 1, "a stray bracket is not markup here"),
        ("[@ one]", 0, "a stray bracket is not markup here"),
        ("[@One]", 0, "a stray bracket is not markup here"),
        ("[a](more)", 0, "a stray bracket is not markup here"),
        ("[](@more)", 0, "a stray bracket is not markup here"),
        ("[a] (@more)", 0, "a stray bracket is not markup here"),
        ("a {b", 2, "a stray brace is not markup here"),
        ("a {b c}", 2, "a stray brace is not markup here"),
        ("{a-b}", 0, "a stray brace is not markup here"),
        ("{}", 0, "a stray brace is not markup here"),
        ("a \\b", 2, "a backslash that escapes nothing is not markup here"),
        ("a \\", 2, "a backslash that escapes nothing is not markup here"),
        ("a <br/>", 2, "an HTML tag is not markup here"),
        ("a </b>", 2, "an HTML tag is not markup here"),
        ("a <!-- b", 2, "an HTML tag is not markup here"),
        ("a&nbsp;b", 1, "an HTML entity is not markup here"),
        ("a &#160; b", 2, "an HTML entity is not markup here"),
        ("a &#xa0; b", 2, "an HTML entity is not markup here"),
        ("R&amp;D", 1, "an HTML entity is not markup here"),
        ("a &lt;b", 2, "an HTML entity is not markup here"),
        ("a `b", 2, "a backtick is not markup here"),
        ("http://a.example", 0, "a web address is not markup here"),
        ("see www.a.example", 4, "a web address is not markup here"),
        ("[*a](@more)", 1, "a single * can't stand in a link's words"),
        ("[see https://a.example](@more)", 5, "a web address can't stand in a link's words"),
        ("[{a}](@more)", 1, "a stray brace can't stand in a link's words"),
        ("[a\\b](@more)", 2, "a backslash that escapes nothing can't stand in a link's words"),
    ],
)
def test_broken_markup_is_told_where_it_stands(text: str, offset: int, said: str) -> None:
    assert (offset, said) in faults(text)


@pytest.mark.parametrize(
    "text", ["Go to A&E; we will see you.", "The T&Cs; they help.", "R&D; Q&A; a & b; M&S", "&; &#;"]
)
def test_an_ampersand_that_names_no_entity_is_a_letter(text: str) -> None:
    assert faults(text) == []
    assert plain(parse(text)[0]) == text


@pytest.mark.parametrize(("text", "offset"), [("a _b_ c", 2), ("__a__", 0), ("a __b", 2)])
def test_underscores_as_markup_are_refused(text: str, offset: int) -> None:
    assert offset in [where for where, _ in faults(text)]


def test_all_faults_of_a_text_are_told() -> None:
    assert [offset for offset, _ in faults("*a `b {c")] == [0, 3, 6]


def test_plain_words_leave_citations_out_and_put_facts_in() -> None:
    pieces, _ = parse("**Take** {dose} or {more}.[@one]")
    assert plain(pieces, {"dose": "5 mg"}) == "Take 5 mg or more."


@pytest.mark.parametrize(
    ("english", "translation", "same"),
    [
        ("Take {dose}.", "{dose} nehmen.", True),
        ("Take {dose}.", "Nehmen.", False),
        ("Take {dose} or {dose}.", "{dose}", False),
        ("Take {dose}.", "{rate}", False),
        ("One.[@a][@b]", "[@b]Eins[@a].", True),
        ("One.[@a]", "Eins.[@b]", False),
        ("See [this](@a).", "[Hier](@a).", True),
        ("See [this](@a).", "[Hier](@b).", False),
        ("See [this](@a).", "Hier.", False),
        ("Do **not** go.", "**Nicht** gehen.", True),
        ("**a {dose} b**", "**{dose} a**", True),
    ],
)
def test_what_a_translation_must_carry_over_is_counted(english: str, translation: str, same: bool) -> None:
    assert (locked(parse(english)[0]) == locked(parse(translation)[0])) is same


def test_digits_of_every_script_fold_to_ascii() -> None:
    assert fold_digits("٣٫٥ ۷ ९ 12²") == "3٫5 7 9 12²"


@pytest.mark.parametrize(
    ("text", "is_one"),
    [("{dose}", False), ("–", False), ("12 %", False), ("[@one]", False), ("{dose} mg", True), ("", False)],
)
def test_only_a_text_with_letters_is_translated(text: str, is_one: bool) -> None:
    assert is_words(parse(text)[0]) is is_one


def test_an_empty_text_has_no_pieces() -> None:
    assert parse("") == ((), ())


def test_a_piece_of_words_keeps_its_escapes_together() -> None:
    assert parse("a\\*b")[0] == (Piece("words", "a*b", 0),)


@pytest.mark.parametrize(
    ("text", "offset", "said"),
    [
        ("see [a <b> c](@more)", 7, "an HTML tag can't stand in a link's words"),
        (r"see [a \* \x <b>](@more)", 13, "an HTML tag can't stand in a link's words"),
        (r"[\[ *](@more)", 4, "a single * can't stand in a link's words"),
    ],
)
def test_what_looks_like_markup_in_the_words_of_a_link_is_told_at_its_place(text: str, offset: int, said: str) -> None:
    assert (offset, said) in faults(text)
