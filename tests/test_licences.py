"""What the program brings with it may be handed on under its own MIT licence."""

import json
import re
import tomllib
from collections.abc import Iterable
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

import pytest
from validators import ROOT

POLICY = tomllib.loads((ROOT / "tests" / "licences.toml").read_text(encoding="utf-8"))
LOCKED = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
FONTS = sorted((ROOT / "node_modules" / "@expo-google-fonts").glob("*/package.json"))


def licences(package: Distribution) -> list[str]:
    """What the data of a package say: an SPDX expression, else its classes of licences, else whatever stands there."""
    data = package.metadata
    if "License-Expression" in data:
        return [data["License-Expression"]]
    classes = [one.rpartition(" :: ")[2] for one in data.get_all("Classifier") or [] if one.startswith("License ::")]
    return classes or ([data["License"]] if "License" in data else [])


def is_allowed(name: str, stated: Iterable[str]) -> bool:
    """Whether the policy knows the package, or each part of what it says: of those joined by OR one is enough."""
    if name in POLICY["packages"]:
        return True
    expressions = [[either.split(" AND ") for either in one.split(" OR ")] for one in stated]
    return bool(expressions) and all(
        any(all(part in POLICY["allowed"] for part in parts) for parts in either) for either in expressions
    )


@pytest.mark.parametrize("name", LOCKED)
def test_what_is_installed_to_run_may_be_handed_on(name: str) -> None:
    try:
        package = distribution(name)
    except PackageNotFoundError:
        pytest.skip("of another Python or system")
    assert is_allowed(name, licences(package)), licences(package)


def test_fonts_may_be_handed_on() -> None:
    assert FONTS
    stated = {path.parent.name: json.loads(path.read_text(encoding="utf-8"))["license"] for path in FONTS}
    assert [name for name, licence in stated.items() if not is_allowed(name, [licence])] == []


@pytest.mark.parametrize(
    ("stated", "allowed"),
    [
        (["MIT"], True),
        (["MIT AND OFL-1.1"], True),
        (["GPL-3.0-or-later OR MIT"], True),
        (["GPL-3.0-or-later"], False),
        (["MIT AND GPL-2.0-only"], False),
        (["MIT", "GNU Affero General Public License v3"], False),
        (["Proprietary"], False),
        ([""], False),
        ([], False),
    ],
)
def test_a_licence_that_binds_others_is_not_allowed(stated: list[str], allowed: bool) -> None:
    assert is_allowed("some-package", stated) == allowed


def test_a_package_that_says_nothing_has_no_licence(tmp_path: Path) -> None:
    (tmp_path / "METADATA").write_text("Metadata-Version: 2.1\nName: x\nVersion: 1\n", encoding="utf-8")
    package = Distribution.at(tmp_path)
    assert not is_allowed("x", licences(package))


def test_each_exception_has_its_reason() -> None:
    assert all(POLICY["allowed"].values())
    assert all(one["licence"] and one["why"] for one in POLICY["packages"].values())
    assert set(POLICY["packages"]) <= set(LOCKED)
