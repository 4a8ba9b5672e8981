"""Makes docs/languages.md from locales/ and package.json: .venv/bin/python docs/make_languages.py."""
# ruff: noqa: INP001 - a script beside the documents, not a package

import json
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "languages.md"
SOURCE = "en"
DIRECTIONS = {"ltr": "left to right", "rtl": "right to left"}

HEAD = """\
# Languages

<!-- Made by docs/make_languages.py; do not edit. -->

Each translation is a draft: no qualified translator has seen any of it. A second reader has compared each with the
English, line by line. Then the texts that safety depends on were put back into English by a reader who had not seen the
English, and compared; `locales/<locale>/backtranslation.toml` has the three texts side by side.
"""
REGIONS = """\
A regional language, such as Mexican Spanish, needs only the texts that differ from those of its language. How to add a
language: [TRANSLATING.md](../TRANSLATING.md#a-new-language).
"""
FONTS = """\
## Fonts

Documents are set in these fonts and no others, whatever the machine has. Each is under the SIL Open Font License 1.1
(`LICENSE_FONT` in its package). Arabic and Urdu are set in Vazirmatn, a naskh:
[why](decisions/write-pdf.md#urdu-is-set-in-vazirmatn-a-naskh).
"""


def page() -> str:
    """The page as it should be."""
    package = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
    used, tested = (_fonts(package[key]) for key in ("dependencies", "optionalDependencies"))
    tests = f"The tests also use {' and '.join(tested)}."
    return "\n".join([HEAD, *_languages(), "", REGIONS, FONTS, *(f"- {font}" for font in used), "", tests, ""])


def _languages() -> list[str]:
    """The table, English first."""
    settings = {path.parent.name: _read(path) for path in (ROOT / "locales").glob("*/locale.toml")}
    order = sorted(settings, key=lambda name: (name != SOURCE, settings[name]["english_name"]))
    rows = [_row(name, settings[name]) for name in order]
    return [
        "| language | own name | folder | script runs | for | fonts |",
        "|---|---|---|---|---|---|",
        *(f"| {' | '.join(row)} |" for row in rows),
    ]


def _row(name: str, settings: dict[str, Any]) -> list[str]:
    return [
        settings["english_name"],
        settings["own_name"],
        f"`{name}`",
        DIRECTIONS[settings["direction"]],
        ", ".join(f"{audience}s" for audience in settings["audiences"]),
        ", ".join(settings["families"]),
    ]


def _fonts(packages: dict[str, str]) -> list[str]:
    return [f"`{name}` {version}" for name, version in packages.items() if "fonts" in name]


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
