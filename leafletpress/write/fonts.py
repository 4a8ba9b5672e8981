"""The pinned fonts: which files a family has, which characters, and none but these."""

import os
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from leafletpress.model.handout import Handout, texts
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem

_HERE = Path(__file__).parent
_PROGRAM = _HERE.parent.parent
_PACKAGES = _PROGRAM / "node_modules" / "@expo-google-fonts"
_FACES = ((400, "400Regular"), (700, "700Bold"))
_NAMES = (1, 2, 3, 4, 6)  # family, style, identifier, whole name, PostScript name
FIELDS = "Noto Sans"  # the family in which figures are typed into the fields of a form


def font_file(family: str, face: str) -> Path:
    """The file of a family's face ("400Regular"); raises LeafletError (exit code 4) when it is not installed."""
    path = _path(family, face)
    if not path.is_file():
        shown = path.parent.parent.relative_to(_PROGRAM).as_posix()
        missing = Problem(Origin(shown), f'the font "{family}" is not installed', "run: script/setup")
        raise LeafletError([missing], ExitCode.MISSING)
    return path


def missing_fonts(families: Iterable[str]) -> dict[str, Problem]:
    """The families of which a face is not installed, with what is to be said of each."""
    missing: dict[str, Problem] = {}
    for family in families:
        for _, face in _FACES:
            try:
                font_file(family, face)
            except LeafletError as error:
                missing[family] = error.problems[0]
    return missing


def installed_faces() -> list[Path]:
    """The files of all faces that documents can be set in."""
    return sorted(path for _, face in _FACES for path in _PACKAGES.glob(f"*/{face}/*_{face}.ttf"))


def _path(family: str, face: str) -> Path:
    return _PACKAGES / family.lower().replace(" ", "-") / face / f"{family.replace(' ', '')}_{face}.ttf"


def font_names(families: tuple[str, ...]) -> list[str]:
    """The files, installed or not, that a document in these families may be made of, below the program's folder."""
    named = dict.fromkeys((*families, FIELDS))
    return [_path(family, face).relative_to(_PROGRAM).as_posix() for family in named for _, face in _FACES]


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
    from fontTools.ttLib import TTFont

    with TTFont(font_file(family, "400Regular"), lazy=True) as font:
        return frozenset(font.getBestCmap())


def cut(path: Path, kept: Iterable[int], *, shapes: bool = True) -> bytes:
    """A font with these characters alone and, with `shapes`, all that their script needs to shape them.

    It has no hints for screens. fontTools would take a hundred times as long.
    """
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(kept)
    wanted.name_id_set.clear()
    wanted.name_id_set.update(_NAMES)
    wanted.drop_table_tag_set.update(int.from_bytes(tag) for tag in (b"STAT", b"meta"))
    if not shapes:
        wanted.layout_feature_tag_set.clear()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    face = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path)))
    content: bytes = uharfbuzz.subset(face, wanted).blob.data
    return content


def is_pinned(url: str) -> bool:
    """Whether a file address is that of a pinned font."""
    return url.startswith(_PACKAGES.as_uri() + "/") and ".." not in url


def hide_system_fonts() -> None:
    """Keep every font of the machine out of sight; to be called before WeasyPrint is imported."""
    os.environ["FONTCONFIG_FILE"] = str(_HERE / "fonts.conf")
