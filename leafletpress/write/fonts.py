"""The pinned fonts: which files a family has, which characters, and none but these.

Behind the families of every language stand those of symbols: what the language's own lack is set in them.
"""

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
_REGULAR, _BOLD = (400, "400Regular"), (700, "700Bold")
NAMED = "fonts/"  # what the name of a font's file begins with, where files are listed
_NAMES = (1, 2, 3, 4, 6)  # family, style, identifier, whole name, PostScript name
FIELDS = "Noto Sans"  # the family in which figures are typed into the fields of a form
_PINNED = ("pdf", "docx")  # formats set in these fonts; a web page is set in those of its reader's machine
SYMBOLS = ("Noto Sans Math", "Noto Sans Symbols 2", "Noto Sans Symbols")
_REGULAR_ALONE = SYMBOLS[:2]  # strong signs are made bold by whoever draws them
_NEVER_SEEN = ("Cf", "Zs", "Zl", "Zp", "Cc")  # categories that need no glyph


def faces(family: str) -> tuple[tuple[int, str], ...]:
    """The weights and names of a family's faces."""
    return (_REGULAR,) if family in _REGULAR_ALONE else (_REGULAR, _BOLD)


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
    return all(font_path(_name(family, face)).is_file() for _, face in faces(family))


def missing_fonts(families: Iterable[str]) -> dict[str, Problem]:
    """The families of which a face is not installed, with what is to be said of each."""
    return {family: _missing(family) for family in families if not is_installed(family)}


def needed_families(handout: Handout, format_: str) -> tuple[str, ...]:
    """The families without which a document can't be written: those of its language, and that of a form's fields."""
    if format_ not in _PINNED:
        return ()
    fields = (FIELDS,) if format_ == "pdf" and handout.notes else ()
    return tuple(dict.fromkeys((*handout.typography.families, *fields)))


def _missing(family: str) -> Problem:
    return Problem(Origin("fonts"), f'the font "{family}" is not installed', "run: leafletpress fonts")


def installed_faces() -> list[Path]:
    """The files of all faces that documents can be set in."""
    found = {
        path.name: path
        for folder in reversed(_folders())
        for _, face in (_REGULAR, _BOLD)
        for path in folder.glob(f"*/{face}/*_{face}.ttf")
    }
    return sorted(found.values(), key=lambda path: path.name)


def are_installed(families: tuple[str, ...]) -> bool:
    """Whether the files of these families, and of those of symbols, are there."""
    return all(map(is_installed, (*families, *SYMBOLS)))


def font_names(families: tuple[str, ...]) -> list[str]:
    """The files, installed or not, that a document in these families may be made of, as they are listed."""
    named = dict.fromkeys((*families, FIELDS, *SYMBOLS))
    return [_name(family, face) for family in named for _, face in faces(family)]


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
        for weight, face in faces(family)
    )


def printed(handout: Handout) -> str:
    """All that a document prints, the marks on each page included."""
    return "".join(map(str, (*texts(handout), handout.foot, handout.page_label)))


def families_of(handout: Handout) -> tuple[str, ...]:
    """The families that a document is set in: those of its language, and those of symbols that it needs besides."""
    return families_for(printed(handout), handout.typography.families)


def families_for(text: str, own: tuple[str, ...]) -> tuple[str, ...]:
    """The families that a text is set in where these are its language's own.

    They alone while a font is not installed: whoever needs its file tells that.
    """
    if not are_installed(own):
        return own
    lacking = {ord(char) for char in _lacking(text, own)}
    needed: list[str] = []
    for family in SYMBOLS if lacking else ():
        if lacking & characters(family):
            needed.append(family)
            lacking -= characters(family)
    return (*own, *needed)


def missing(text: str, families: tuple[str, ...]) -> list[str]:
    """The characters of a text that neither these families have nor those of symbols, in order, each once."""
    lacking = _lacking(text, families)
    return _lacking("".join(lacking), SYMBOLS) if lacking else []


def _lacking(text: str, families: tuple[str, ...]) -> list[str]:
    known = _characters_of(families)
    if known.issuperset(map(ord, text)):  # as nearly always
        return []
    return [
        char for char in dict.fromkeys(text) if ord(char) not in known and unicodedata.category(char) not in _NEVER_SEEN
    ]


def named(char: str) -> str:
    """A character as a person can look for it."""
    return f'"{char}" (U+{ord(char):04X} {unicodedata.name(char, "without a name").lower()})'


def refuse_missing_glyphs(handout: Handout, document: Origin) -> None:
    """Raise LeafletError for each character that no font of the handout's language has, with the text it stands in.

    Whoever opens the document would see a box, or a letter of any font that happens to be there.
    """
    families = handout.typography.families
    problems: dict[str, Problem] = {}
    for text in (*texts(handout), handout.foot, handout.page_label):
        for char in missing(str(text), families):
            hint = f"in {text.context or str(text)[:40]}; fonts of {handout.locale}: {', '.join(families)}"
            problems.setdefault(char, Problem(document, f"no font has {named(char)}", hint))
    if problems:
        raise LeafletError(problems.values())


@cache
def _characters_of(families: tuple[str, ...]) -> frozenset[int]:
    return frozenset[int]().union(*map(characters, families))


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
