"""The lists of what the program brings with it name each package of our locks; jars are those that we know."""

import hashlib
import os
import subprocess
from pathlib import Path

import check_sbom
import pytest
from validators import ROOT

posix = pytest.mark.skipif(os.name == "nt", reason="runs a shell script")


@pytest.fixture(autouse=True)
def _at_the_root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def test_the_packages_that_are_wanted_are_those_of_the_locks() -> None:
    wanted = check_sbom.python_packages()
    assert {"weasyprint", "jinja2", "python-docx", "babel", "typing-extensions"} <= wanted.keys()
    assert f"\nweasyprint=={wanted['weasyprint']} " in (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert {"@expo-google-fonts/noto-sans", "@expo-google-fonts/vazirmatn"} <= check_sbom.fonts().keys()
    assert "axe-core" not in check_sbom.fonts()


@pytest.mark.parametrize(
    ("listed", "said"),
    [
        ({"Jinja2": "3.1", "typing_extensions": "4"}, []),
        ({"Jinja2": "3.1", "typing_extensions": "4", "pip": "23"}, []),
        ({"Jinja2": "3.0", "typing_extensions": "4"}, ["jinja2 is 3.0, and 3.1 in the lock"]),
        ({"Jinja2": "3.1"}, ["typing-extensions is missing, and 4 in the lock"]),
    ],
)
def test_a_list_without_a_package_of_the_lock_is_refused(listed: dict[str, str], said: list[str]) -> None:
    components = [{"name": name, "version": version} for name, version in listed.items()]
    wanted = {"jinja2": "3.1", "typing-extensions": "4"}
    assert list(check_sbom.differences({"components": components}, wanted)) == said


def jars(folder: Path, files: dict[str, bytes]) -> Path:
    """A folder of jars, and beside it the list of those that are meant: a.jar and b.jar."""
    known = {"a.jar": b"a", "b.jar": b"b"}
    (folder / "jars").mkdir()
    for name, content in files.items():
        (folder / "jars" / name).write_bytes(content)
    lines = [f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in known.items()]
    (folder / "list").write_text("".join(lines), encoding="utf-8")
    return folder


@posix
@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"a.jar": b"a", "b.jar": b"b"}, 0),
        ({"a.jar": b"other", "b.jar": b"b"}, 1),
        ({"a.jar": b"a"}, 1),
        ({"a.jar": b"a", "b.jar": b"b", "c.jar": b"c"}, 1),
    ],
)
def test_other_jars_than_those_of_the_list_are_refused(tmp_path: Path, files: dict[str, bytes], code: int) -> None:
    where = jars(tmp_path, files)
    done = subprocess.run([ROOT / ".ci" / "jars", where / "jars", where / "list"], capture_output=True, check=False)
    assert done.returncode == code


@pytest.mark.parametrize("name", ["fhir", "java", "verapdf"])
def test_each_pom_has_the_digests_of_its_jars(name: str) -> None:
    lines = (ROOT / "tests" / name / "jars.sha256").read_text(encoding="utf-8").splitlines()
    assert len(lines) > 10
    assert all(len(line.split("  ")[0]) == 64 and line.endswith(".jar") for line in lines)
