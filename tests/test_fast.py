"""A fast run leaves out what is slow, and nothing slow hides in what it runs."""

from pathlib import Path

import pytest
from fast import SLOW_FIXTURES, slow_use

TESTS = Path(__file__).resolve().parent
FILES = sorted(TESTS.glob("test_*.py"))


@pytest.mark.parametrize(
    ("text", "use"),
    [
        ("import json", None),
        ("import subprocess", "subprocess"),
        ("def test_x():\n    import subprocess", "subprocess"),
        ("from leafletpress.write.pdf.booklet import impose", "leafletpress.write.pdf.booklet"),
        ("from leafletpress.write import WRITERS", "leafletpress.write.WRITERS"),
        ("from leafletpress.write.template import Template", None),
        ("from helper import run", "helper: subprocess"),
        ("from helper import run\nfrom helper import stop", "helper: subprocess"),
        ("def test_x(shipped): ...", "shipped"),
        ("from projects import subprocess_free", None),
    ],
)
def test_what_is_slow_is_seen_wherever_it_is_used(tmp_path: Path, text: str, use: str | None) -> None:
    (tmp_path / "helper.py").write_text("from helper_of_helper import go\n")
    (tmp_path / "helper_of_helper.py").write_text("import subprocess\n")
    (tmp_path / "test_it.py").write_text(text)
    found = slow_use(tmp_path / "test_it.py")
    assert found == (use.replace("helper: ", "helper: helper_of_helper: ") if use else None)


def test_a_fast_run_still_holds_most_rules() -> None:
    left_out = {path.stem for path in FILES if slow_use(path)}
    assert {"test_shipped", "test_craft", "test_cli", "test_validators", "test_letters"} <= left_out
    kept = {path.stem for path in FILES} - left_out
    assert {"test_compose", "test_fidelity", "test_markup", "test_house", "test_nodes", "test_locales"} <= kept


def test_slow_fixtures_are_those_of_conftest() -> None:
    text = (TESTS / "conftest.py").read_text(encoding="utf-8")
    assert all(f"def {name}(" in text for name in SLOW_FIXTURES)
