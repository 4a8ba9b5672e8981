"""The program as a hospital installs it: the wheel alone, and a project in another folder."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest
from clinic import LEAFLET, SPANISH
from projects import ROOT, change

from leafletpress import __version__
from leafletpress.build.project import Project, Wanted
from leafletpress.build.run import Order, build

FONTS = ROOT / "node_modules" / "@expo-google-fonts"


@dataclass(frozen=True, slots=True)
class Installed:
    """The command `leafletpress` of an environment that has nothing of this checkout but the wheel."""

    wheel: Path
    program: Path

    def run(self, *arguments: str, cwd: Path, code: int = 0) -> str:
        """Run the command; what it prints."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        done = subprocess.run(
            [self.program, *arguments],
            cwd=cwd, env={**kept, "LEAFLETPRESS_FONTS": str(FONTS)}, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    """The wheel in an environment of its own; what it depends on is that of the tests."""
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", folder, ROOT], check=True
    )
    (wheel,) = folder.glob("*.whl")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    python = folder / "venv" / "bin" / "python"
    (own,) = (folder / "venv" / "lib").glob("python*/site-packages")
    (own / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    subprocess.run([*pip, "--python", python, "install", "--no-deps", "--no-index", wheel], check=True)
    return Installed(wheel, folder / "venv" / "bin" / "leafletpress")


def write_dry_skin(project: Path) -> None:
    """A leaflet as its author would leave it, and its Spanish as a translator would."""
    (project / "leaflets" / "dry-skin.yaml").write_text(LEAFLET, encoding="utf-8")


def translate(project: Path) -> None:
    path = project / "locales" / "es" / "LC_MESSAGES" / "dry-skin.po"

    def translated(text: str) -> str:
        for english, spanish in SPANISH.items():
            text = text.replace(f'msgid "{english}"\nmsgstr ""', f'msgid "{english}"\nmsgstr "{spanish}"')
        return text

    change(path, translated)


def sign(installed: Installed, project: Path, role: str, *which: str) -> None:
    who = ("--name", f"{role.title()} Example", "--credential", "Example")
    installed.run("sign", "dry-skin", "--role", role, *who, *which, cwd=project)


def test_the_wheel_holds_what_the_program_needs_and_no_leaflet(installed: Installed) -> None:
    names = set(zipfile.ZipFile(installed.wheel).namelist())
    shipped = {f"leafletpress/data/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "templates").rglob("*.*")}
    assert shipped <= names
    assert {"leafletpress/py.typed", "leafletpress/write/fonts.conf", "leafletpress/build/fonts.json"} <= names
    languages = {path.parent.name for path in (ROOT / "locales").glob("*/locale.toml")}
    assert {f"leafletpress/data/locales/{name}/locale.toml" for name in languages} <= names
    assert {name for name in names if name.endswith(".po")} == {
        f"leafletpress/data/locales/{name}/LC_MESSAGES/furniture.po" for name in languages - {"en"}
    }
    assert not [name for name in names if name.startswith(("leaflets/", "sites/", "tests/"))]


def test_a_hospital_makes_a_project_writes_a_leaflet_and_publishes_it(installed: Installed, tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert installed.run("--version", cwd=tmp_path).split()[-1] == __version__
    installed.run("init", "mine", "--site", "north", "--languages", "es", cwd=tmp_path)
    change(mine / "sites" / "north.toml", lambda text: text.replace("FILL IN ", "").replace('"required"', '"optional"'))
    assert "all are there" in installed.run("fonts", cwd=mine)
    write_dry_skin(mine)
    installed.run("catalogs", "update", cwd=mine)
    translate(mine)
    installed.run("check", cwd=mine)
    assert "0 built, 12 withheld" in installed.run("build", "--release", "--jobs", "1", cwd=mine, code=3)
    for role in ("author", "clinician"):
        sign(installed, mine, role)
    assert "6 built, 6 withheld" in installed.run("build", "--release", "--jobs", "1", cwd=mine, code=3)
    for role in ("translator", "reviser"):
        sign(installed, mine, role, "--locale", "es")
    summary = installed.run("build", "--release", "--jobs", "1", cwd=mine / "leaflets", code=0)
    assert "6 built, 0 withheld, 0 failed, 6 unchanged" in summary
    assert installed.run("verify", cwd=mine).endswith("0 problems\n")
    installed.run("archive", "published", cwd=mine)
    manifest = json.loads((mine / "published" / "pages" / "manifest.json").read_text(encoding="utf-8"))
    assert {row["path"] for row in manifest["documents"]} == {
        f"dry-skin/{locale}/dry-skin-{audience}-{locale}.{format_}"
        for locale in ("en", "es")
        for audience in ("patient", "clinician")
        for format_ in ("html", "pdf", "docx")
    }
    assert "Piel seca" in (mine / "published/pages/dry-skin/es/dry-skin-patient-es.html").read_text(encoding="utf-8")


def test_a_language_that_is_added_later_comes_with_its_words_and_names_its_font(
    installed: Installed, tmp_path: Path
) -> None:
    installed.run("init", "mine", cwd=tmp_path)
    assert "locales/hi/LC_MESSAGES/furniture.po is made" in installed.run(
        "catalogs", "add", "hi", cwd=tmp_path / "mine"
    )
    said = installed.run("catalogs", "add", "ka", cwd=tmp_path / "mine")
    assert "Fonts are missing: Noto Sans Georgian. To bring them: leafletpress fonts\n" in said


def test_the_installed_program_writes_the_bytes_of_the_checkout(installed: Installed, tmp_path: Path) -> None:
    installed.run("init", "mine", "--languages", "ar,hi,zh-Hans", cwd=tmp_path)
    write_dry_skin(tmp_path / "mine")
    installed.run("catalogs", "update", cwd=tmp_path / "mine")
    installed.run("build", "--no-cache", cwd=tmp_path / "mine")
    build(Project(tmp_path / "mine"), Order(Wanted(), tmp_path / "here", "here"))

    def files(folder: Path) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in folder.glob("dry-skin/*/*")}

    assert len(files(tmp_path / "here")) == 24
    assert files(tmp_path / "mine" / "output") == files(tmp_path / "here")
