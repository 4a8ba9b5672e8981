"""The pinned fonts: which files a family has, which characters, and none but these."""

import os
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from leafletpress.errors import ExitCode, LeafletError, Origin, Problem
from leafletpress.handout import Handout, texts

_HERE = Path(__file__).parent
_PACKAGES = _HERE.parent.parent / "node_modules" / "@expo-google-fonts"
_FACES = ((400, "400Regular"), (700, "700Bold"))


def font_file(family: str, face: str) -> Path:
    """The file of a family's face ("400Regular"); raises LeafletError (exit code 4) when it is not installed."""
    package = family.lower().replace(" ", "-")
    path = _PACKAGES / package / face / f"{family.replace(' ', '')}_{face}.ttf"
    if not path.is_file():
        shown = f"node_modules/@expo-google-fonts/{package}"
        missing = Problem(Origin(shown), f'the font "{family}" is not installed', "run: script/setup")
        raise LeafletError([missing], ExitCode.MISSING)
    return path


def installed_faces() -> list[Path]:
    """The files of all faces that documents can be set in."""
    return sorted(path for _, face in _FACES for path in _PACKAGES.glob(f"*/{face}/*_{face}.ttf"))


def font_faces(families: tuple[str, ...]) -> str:
    """The @font-face rules of the families."""
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("{}") }}'
    return "\n".join(
        rule.format(family, weight, font_file(family, face).as_uri()) for family in families for weight, face in _FACES
    )


def refuse_missing_glyphs(handout: Handout, document: Origin) -> None:
    """Raise LeafletError for each character that no font of the handout's language has, with the text it stands in.

    Whoever opens the document would see a box, or a letter of any font that happens to be there.
    """
    known = frozenset[int]().union(*map(characters, handout.typography.families))
    printed = (*texts(handout), handout.foot, handout.page_label)
    missing = {
        char
        for char in set("".join(map(str, printed)))
        if ord(char) not in known and unicodedata.category(char) not in ("Cf", "Zs", "Zl", "Zp", "Cc")
    }
    problems: dict[str, Problem] = {}
    for text in printed if missing else ():
        for char in str(text):
            if char in missing:
                place = text.context or str(text)[:40]
                said = f'no font has "{char}" (U+{ord(char):04X} {unicodedata.name(char, "without a name").lower()})'
                hint = f"in {place}; fonts of {handout.locale}: {', '.join(handout.typography.families)}"
                problems.setdefault(char, Problem(document, said, hint))
    if problems:
        raise LeafletError(problems.values())


@cache
def characters(family: str) -> frozenset[int]:
    """The characters that a family has."""
    with TTFont(font_file(family, "400Regular"), lazy=True) as font:
        return frozenset(font.getBestCmap())


def is_pinned(url: str) -> bool:
    """Whether a file address is that of a pinned font."""
    return url.startswith(_PACKAGES.as_uri() + "/") and ".." not in url


def hide_system_fonts() -> None:
    """Keep every font of the machine out of sight; to be called before WeasyPrint is imported."""
    os.environ["FONTCONFIG_FILE"] = str(_HERE / "fonts.conf")
