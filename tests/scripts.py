"""A page of its own in five scripts, for every writer: its texts stand in tests/data/scripts, a file for each."""

import json
import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

from projects import ROOT, catalog, fill, update_catalogs

from leafletpress.build.library import Project

_SCRIPTS = ROOT / "tests" / "data" / "scripts"
CONDITION = "every-script"
LANGUAGES: dict[str, dict[str, Any]] = {
    path.stem: tomllib.loads(path.read_text(encoding="utf-8").replace("|", "\u200b"))
    for path in sorted(_SCRIPTS.glob("*.toml"))
}
_SITE = """\
region = "GB"
[name]
{name}
[service]
{service}
[[phones]]
kind = "emergency"
number = "112"
[[phones]]
kind = "clinic"
number = "+44 20 7946 0958"
hours = ["Mo-Fr 09:00-17:00"]
[[web]]
kind = "booking"
address = "https://skin.example.org/book"
[release]
publish = "drafts"
back_translations = "optional"
"""


def make_script_project(root: Path) -> Project:
    """A project with the page and its languages, the shipped looks, and a clinic that has its words in all of them."""
    shutil.copytree(ROOT / "templates", root / "templates")
    for folder in ("leaflets", "locales/en", "sites"):
        (root / folder).mkdir(parents=True)
    shutil.copy(_SCRIPTS / f"{CONDITION}.yaml", root / "leaflets")
    shutil.copy(ROOT / "locales" / "en" / "locale.toml", root / "locales" / "en")
    site = _SITE.format(name=_in_all("Test hospital"), service=_in_all("Test clinic"))
    (root / "sites" / "clinic.toml").write_text(site, encoding="utf-8")
    project = Project(root)
    for name, language in LANGUAGES.items():
        (root / "locales" / name).mkdir()
        settings = {"audiences": ["patient"]} | language
        lines = [f"{key} = {_quoted(value)}\n" for key, value in settings.items() if key not in ("texts", "rates")]
        if "rates" in language:  # words that neither CLDR nor the program has
            lines += ["[amounts.rates]\n", *(f"{unit} = {_quoted(said)}\n" for unit, said in language["rates"].items())]
        (root / "locales" / name / "locale.toml").write_text("".join(lines), encoding="utf-8")
    update_catalogs(project)
    for name, language in LANGUAGES.items():
        for domain in (CONDITION, "furniture"):
            fill(catalog(project, name, domain), lambda text, known=language["texts"]: _known(text, known))  # type: ignore[misc]
    return project


def _known(text: str, known: dict[str, str]) -> str:
    """The translation of a text; a figure alone is its own."""
    return known.get(text, text if re.fullmatch(r"\{\w+\}", text) else "")


def _in_all(english: str) -> str:
    """The words of a site in every language."""
    own = {"en": english} | {name: language["texts"][english] for name, language in LANGUAGES.items()}
    return "\n".join(f"{name} = {_quoted(words)}" for name, words in own.items())


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
