"""The pinned fonts: which files a family has, which characters, and none but these."""

import os
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from platformdirs import user_data_path

from leafletpress.model.handout import Handout, texts
from leafletpress.model.problems import ExitCode, LeafletError, Origin, Problem

_HERE = Path(__file__).parent
_CHECKOUT = _HERE.parent.parent / "node_modules" / "@expo-google-fonts"  # what script/setup brings
FACES = {400: "400Regular", 700: "700Bold"}  # by weight
NAMED = "fonts/"  # what the name of a font's file begins with, where files are listed
_NAMES = (1, 2, 3, 4, 6)  # family, style, identifier, whole name, PostScript name
FIELDS = "Noto Sans"  # the family in which figures are typed into the fields of a form


@cache
def own_folder() -> Path:
    """Where fonts of this user are installed: what the environment names, else where the system keeps such data."""
    named = os.environ.get("LEAFLETPRESS_FONTS")
    return Path(named).resolve() if named else user_data_path("leafletpress") / "fonts"


def font_file(family: str, face: str) -> Path:
    """The file of a family's face ("400Regular"); raises LeafletError (exit code 4) when it is not installed."""
    path = font_path(_name(family, face))
    if not path.is_file():
        raise LeafletError([_missing(family)], ExitCode.MISSING)
    return path


def is_installed(family: str) -> bool:
    """Whether all faces of a family are there."""
    return all(font_path(_name(family, face)).is_file() for face in FACES.values())


def missing_fonts(families: Iterable[str]) -> dict[str, Problem]:
    """The families of which a face is not installed, with what is to be said of each."""
    return {family: _missing(family) for family in families if not is_installed(family)}


def _missing(family: str) -> Problem:
    return Problem(Origin(family), "this font is not installed", "run: leafletpress fonts")


def installed_faces() -> list[Path]:
    """The files of all faces that documents can be set in."""
    found = {
        path.name: path
        for folder in reversed(_folders())
        for face in FACES.values()
        for path in folder.glob(f"*/{face}/*_{face}.ttf")
    }
    return sorted(found.values(), key=lambda path: path.name)


def font_names(families: tuple[str, ...]) -> list[str]:
    """The files, installed or not, that a document in these families may be made of, as they are listed."""
    return [_name(family, face) for family in dict.fromkeys((*families, FIELDS)) for face in FACES.values()]


def font_path(name: str) -> Path:
    """Where a font's file is, or would be installed, by the name under which it is listed."""
    below = name.removeprefix(NAMED)
    return next((folder / below for folder in _folders() if (folder / below).is_file()), own_folder() / below)


def package_of(family: str) -> str:
    """The folder of a family: "noto-sans-sc" for "Noto Sans SC"."""
    return family.lower().replace(" ", "-")


def _name(family: str, face: str) -> str:
    return f"{NAMED}{package_of(family)}/{face}/{family.replace(' ', '')}_{face}.ttf"


def _folders() -> tuple[Path, ...]:
    """Where fonts are looked for: in a checkout first among those that come with it."""
    return (_CHECKOUT, own_folder())


def font_faces(families: tuple[str, ...]) -> str:
    """The @font-face rules of the families."""
    rule = '@font-face {{ font-family: "{}"; font-weight: {}; src: url("{}") }}'
    return "\n".join(
        rule.format(family, weight, font_file(family, face).as_uri())
        for family in families
        for weight, face in FACES.items()
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
    return url.startswith(tuple(f"{folder.as_uri()}/" for folder in _folders())) and ".." not in url


def hide_system_fonts() -> None:
    """Keep every font of the machine out of sight; to be called before WeasyPrint is imported."""
    os.environ["FONTCONFIG_FILE"] = str(_HERE / "fonts.conf")
