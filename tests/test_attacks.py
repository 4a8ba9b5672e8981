"""Whatever is attacked ends with an error for people: a sample of the attacks, and the controls that all begin with."""

from pathlib import Path

import pytest
from attacking import Attack, attacks, controls, make_root, outcome

_EVERY = 4  # which of them a run tries; benchmarks/attacks.py tries all


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_root(tmp_path_factory.mktemp("attacks") / "project")


def test_nothing_is_refused_that_was_not_attacked(root: Path) -> None:
    came = {attack.name: outcome(attack, root) for attack in controls()}
    assert {name: what for name, what in came.items() if what[0] != "accepted"} == {}


def of_kinds() -> dict[str, list[Attack]]:
    found: dict[str, list[Attack]] = {}
    for attack in attacks():
        found.setdefault(attack.kind, []).append(attack)
    return found


@pytest.mark.parametrize("kind", of_kinds())
def test_an_attack_ends_with_an_error_for_people(root: Path, kind: str) -> None:
    came = {attack.name: outcome(attack, root) for attack in of_kinds()[kind][::_EVERY]}
    assert {name: what for name, what in came.items() if what[0] != "refused"} == {}


def test_there_are_many_of_them_and_no_two_are_one() -> None:
    names = [(attack.kind, attack.name) for attack in attacks()]
    assert len(names) == len(set(names)) > 1000
