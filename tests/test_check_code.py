"""The check code on paper: which text it is, and what of it may be misread without being noticed (nothing)."""

from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from leafletpress.model.text.check_code import ALPHABET, LENGTH, check_code, is_check_code

DIGESTS = [f"{number:032x}" for number in (0, 1, 23**5 - 1, 23**5, 2**128 - 1, 0x5EED5EED5EED5EED5EED5EED5EED5EED)]
digests = st.integers(0, 2**128 - 1).map(lambda number: f"{number:032x}")


def misread(code: str) -> list[str]:
    """The code with each of its signs read as each other sign."""
    return [code[:at] + sign + code[at + 1 :] for at in range(LENGTH) for sign in ALPHABET if sign != code[at]]


def swapped(code: str) -> list[str]:
    """The code with each two signs in each other's place, where that changes it."""
    found = []
    for first, second in combinations(range(LENGTH), 2):
        signs = list(code)
        signs[first], signs[second] = signs[second], signs[first]
        found.append("".join(signs))
    return [one for one in found if one != code]


def test_a_code_has_six_signs_that_do_not_look_alike() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    for group in ("0OQD", "1IL", "2Z", "5S", "6G", "8B", "UVY"):
        assert len(set(group) & set(ALPHABET)) == 1
    assert not set("AEIOU") & set(ALPHABET)
    assert all(len(check_code(digest)) == LENGTH == 6 and is_check_code(check_code(digest)) for digest in DIGESTS)


def test_every_single_misread_sign_and_every_two_that_change_places_are_noticed() -> None:
    # What a swap changes are the values of two signs alone: each pair of values in each two neighbouring places is all.
    for first, one, other in product(range(LENGTH - 2), ALPHABET, ALPHABET):
        signs = f"{'2' * first}{one}{other}{'2' * (LENGTH - 3 - first)}"
        codes = [f"{signs}{last}" for last in ALPHABET if is_check_code(f"{signs}{last}")]
        assert len(codes) == 1
        assert not any(map(is_check_code, swapped(codes[0])))
    for digest in DIGESTS:
        assert not any(map(is_check_code, misread(check_code(digest))))


@given(digest=digests)
def test_no_code_is_another_with_one_sign_misread_or_two_in_each_others_place(digest: str) -> None:
    code = check_code(digest)
    assert is_check_code(code)
    assert not any(map(is_check_code, [*misread(code), *swapped(code)]))


def test_what_is_no_code_is_none() -> None:
    code = check_code(DIGESTS[-1])
    for wrong in ("", code[:-1], f"{code}2", code.lower(), f"{code[:-1]}O", f" {code[1:]}"):
        assert not is_check_code(wrong)


@given(digests, digests)
def test_digests_that_differ_in_five_signs_have_different_codes(one: str, other: str) -> None:
    same = int(one, 16) % 23**5 == int(other, 16) % 23**5
    assert (check_code(one) == check_code(other)) == same
