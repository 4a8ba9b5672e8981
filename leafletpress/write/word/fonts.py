"""Puts the fonts of a document into a Word file, so that it prints right on a computer that lacks them.

ECMA-376 part 1, 17.8.1: the file of each face is a part of its own, its first bytes obscured by a key that stands in
the font table.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, PartFactory, XmlPart
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from fontTools import unicodedata
from fontTools.ttLib import TTFont

from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.write.fonts import characters, cut, faces, families_for, font_file
from leafletpress.write.word import settings as word_settings
from leafletpress.write.word.package import Packed, pack

_TAGS = {"400Regular": "embedRegular", "700Bold": "embedBold"}
_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_FONT_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
# Of scripts with thousands of letters only those of the document go in: whole, a face takes 7 MB.
_LARGE = frozenset(("Hani", "Hang"))
_LATIN, _COMMON = "Latn", frozenset(("Zyyy", "Zinh"))
# The blocks of Latin and of what all scripts share that leaflets and those who edit them use. Noto Sans has phonetic
# and historical ones besides, which would double its size.
_ASCII = range(0x80)
_EVERYDAY = (
    range(0x180),
    range(0x2000, 0x2300),  # punctuation, raised figures, currencies, arrows, signs
    range(0x25A0, 0x2600),  # shapes
    range(0x3000, 0x3040),  # Chinese punctuation
    range(0xFF00, 0xFFF0),  # wide figures and punctuation
)
# What languages written in Latin need besides: Romanian and African letters, accents, Vietnamese.
_FURTHER_LATIN = (range(0x180, 0x250), range(0x2B0, 0x370), range(0x1E00, 0x1F00))
# Names of fonts: Windows knows 31 letters of a family's; of what tells two fonts apart, these many hexadecimal digits.
_LONGEST_NAME, _DIGEST, _STYLE = 31, 6, 2
# OS/2 fsType, by the OpenType specification: what each bit forbids of what is done here.
_FORBIDDEN = {
    0x0002: "it must not be embedded",
    0x0004: "it may be embedded only in documents that nobody edits",
    0x0100: "it must not be subset",
    0x0200: "only its bitmaps may be embedded",
}
_EMBEDDED, _CUT = "embedTrueTypeFonts", "saveSubsetFonts"

# python-docx has no class of its own for the font table, and would keep it as bytes.
PartFactory.part_type_for[CONTENT_TYPE.WML_FONT_TABLE] = XmlPart


@dataclass(frozen=True, slots=True)
class _Face:
    """A face to embed: its key (a GUID in braces), its obscured file, and what the font table says of it."""

    key: str
    content: Packed
    about: str


@dataclass(frozen=True, slots=True)
class Embedded:
    """What fonts add to a file: the parts by their names in the archive, and what each family is called in it."""

    parts: Mapping[str, Packed]
    names: Mapping[str, str]


def embed(document: Any, families: tuple[str, ...], text: str) -> Embedded:
    """Put the families into the font table of a python-docx document, with an empty part for each face.

    The fonts have the scripts of `text` whole, so that the document can be edited; Latin is in the last family, for it
    is set in that. Of Chinese characters and Hangul there are only those of `text`, and of symbols those that the
    families lack, in further ones. Each family gets a name of its own for what is in it: LibreOffice lends the fonts of
    one open document to the next by name, and that may lack letters. Where the file of a family is not read, its usual
    name leads to it. Raises LeafletError for fonts that are not installed (exit code 4) or forbid to be embedded.
    """
    stack = families_for(text, families)
    _refuse_forbidden(stack)
    table = _font_table(document)
    parts: dict[str, Packed] = {}
    names: dict[str, str] = {}
    used = frozenset(text)
    for family in stack:
        kept = _kept(family, families, used) if family in families else _lacked(family, families, used)
        names[family], cut_down = _family(family, kept)
        embedded = ""
        for tag, face in cut_down.items():
            part = Part(document.part.package.next_partname("/word/fonts/font%d.odttf"), _FONT, b"", table.package)
            relation = table.relate_to(part, _FONT_RELATION)
            embedded += f'<w:{tag} r:id="{relation}" w:fontKey="{face.key}"/>'
            parts[part.partname.membername] = face.content
        about = f'<w:altName w:val="{family}"/>{cut_down["embedRegular"].about}'
        _take_out(table, family)
        _enter(table, names[family], about + embedded)
    # Word keeps the fonts, and whole: w:saveSubsetFonts would cut them down when somebody saves the document.
    word_settings.put(document.settings.element, _EMBEDDED)
    word_settings.take_out(document.settings.element, _CUT)
    return Embedded(parts, names)


def leave_out(document: Any, families: tuple[str, ...]) -> Embedded:
    """Name the families in the font table without their files; what the base document embeds goes too.

    By what the table says of them, Word finds others where they are missing.
    Raises LeafletError (exit code 4) for fonts that are not installed.
    """
    table = _font_table(document)
    for family in families:
        _enter(table, family, _about(family))
    for embedded in table.element.findall(f"*/*[@{qn('r:id')}]"):
        del table.rels[embedded.get(qn("r:id"))]
        embedded.getparent().remove(embedded)
    word_settings.take_out(document.settings.element, _EMBEDDED, _CUT)
    return Embedded({}, {family: family for family in families})


@cache
def _about(family: str) -> str:
    with TTFont(font_file(family, "400Regular"), lazy=True) as font:
        return _described(font["OS/2"])


def _refuse_forbidden(families: tuple[str, ...]) -> None:
    paths = [font_file(family, face) for family in families for _, face in faces(family)]
    problems = [
        Problem(Origin("/".join(path.parts[-5:])), f"this font's licence bits (OS/2 fsType) say: {rule}", "use another")
        for path in paths
        for bit, rule in _FORBIDDEN.items()
        if _permissions(path) & bit
    ]
    if problems:
        raise LeafletError(problems)


@cache
def _permissions(path: Path) -> int:
    with TTFont(path, lazy=True) as font:
        return int(font["OS/2"].fsType)


def _font_table(document: Any) -> Any:
    try:
        return document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    except KeyError:
        fonts = parse_xml(f"<w:fonts {nsdecls('w', 'r')}/>")
        name = PackURI("/word/fontTable.xml")
        table = XmlPart(name, CONTENT_TYPE.WML_FONT_TABLE, fonts, document.part.package)
        document.part.relate_to(table, RELATIONSHIP_TYPE.FONT_TABLE)
        return table


def _enter(table: Any, family: str, properties: str) -> None:
    """Put a family into the font table, in place of what the base document says of it."""
    _take_out(table, family)
    table.element.append(parse_xml(f'<w:font {nsdecls("w", "r")} w:name="{family}">{properties}</w:font>'))


def _take_out(table: Any, family: str) -> None:
    """Leave nothing of a family in the font table, whatever name of its own an earlier document gave it."""
    for old in [font for font in table.element if family in _names(font)]:
        for embedded in old.iterfind(f"*[@{qn('r:id')}]"):
            del table.rels[embedded.get(qn("r:id"))]
        table.element.remove(old)


def _names(font: Any) -> list[str]:
    """What a font of the font table is called."""
    return [font.get(qn("w:name")), *(other.get(qn("w:val")) for other in font.iterfind(qn("w:altName")))]


def _kept(family: str, families: tuple[str, ...], used: frozenset[str]) -> frozenset[int]:
    """The characters that a family's fonts keep; for all documents of a language the same, but for rare ones."""
    scripts = {char: unicodedata.script(char) for char in used}
    own = frozenset(scripts.values()) - _LARGE - _COMMON - {_LATIN}
    shared = _COMMON | {_LATIN} if family == families[-1] else _COMMON
    blocks = _EVERYDAY + _FURTHER_LATIN if len(families) == 1 else _EVERYDAY
    rare = frozenset(ord(char) for char, script in scripts.items() if script in _LARGE | shared)
    return _scripted(family, own, shared, blocks) | (rare & characters(family))


def _lacked(family: str, families: tuple[str, ...], used: frozenset[str]) -> frozenset[int]:
    """The used characters of a family of symbols that the language's own families lack."""
    return frozenset(map(ord, used)).intersection(characters(family)).difference(*map(characters, families))


@cache
def _scripted(family: str, own: frozenset[str], shared: frozenset[str], blocks: tuple[range, ...]) -> frozenset[int]:
    """The characters of a family that are ASCII, used in one of its own scripts, or shared and in these blocks."""
    return frozenset(
        code
        for code in characters(family)
        if code in _ASCII
        or unicodedata.script_extension(chr(code)) & own
        or (unicodedata.script(chr(code)) in shared and any(code in block for block in blocks))
    )


@lru_cache(maxsize=64)
def _family(family: str, kept: frozenset[int]) -> tuple[str, Mapping[str, _Face]]:
    """A family with these characters and all that its script needs to shape them: its own name, and its faces."""
    files = {_TAGS[face]: cut(font_file(family, face), kept) for _, face in faces(family)}
    digest = uuid5(NAMESPACE_OID, b"".join(files.values()).hex()).hex[:_DIGEST]
    name = f"{family[: _LONGEST_NAME - _DIGEST - 1].rstrip()} {digest}"
    return name, {tag: _face(_renamed(content, name)) for tag, content in files.items()}


def _renamed(content: bytes, family: str) -> bytes:
    """A font whose names are those of a face of this family."""
    buffer = BytesIO()
    with TTFont(BytesIO(content), lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        style = font["name"].getDebugName(_STYLE)
        names = {1: family, 3: f"{family} {style}", 4: f"{family} {style}", 6: f"{family.replace(' ', '')}-{style}"}
        for record in font["name"].names:
            record.string = names.get(record.nameID, style)
        font.save(buffer)
    return buffer.getvalue()


def _face(content: bytes) -> _Face:
    with TTFont(BytesIO(content), lazy=True) as font:
        about = _described(font["OS/2"])
    guid = uuid5(NAMESPACE_OID, content.hex())
    return _Face(f"{{{guid}}}".upper(), pack(_obscured(content, guid.bytes)), about)


def _described(measures: Any) -> str:
    """What the font table says of a font, from its OS/2 table: by it Word finds another where the font is missing."""
    panose = "".join(f"{value:02X}" for value in vars(measures.panose).values())
    ranges = {f"usb{n}": getattr(measures, f"ulUnicodeRange{n + 1}") for n in range(4)}
    pages = {f"csb{n}": getattr(measures, f"ulCodePageRange{n + 1}") for n in range(2)}
    signature = "".join(f' w:{name}="{bits:08X}"' for name, bits in {**ranges, **pages}.items())
    return (
        f'<w:panose1 w:val="{panose}"/><w:charset w:val="00"/><w:family w:val="swiss"/><w:pitch w:val="variable"/>'
        f"<w:sig{signature}/>"
    )


def _obscured(content: bytes, guid: bytes) -> bytes:
    """The file with its first 32 bytes combined with the GUID, twice, from its last byte to its first."""
    return bytes(byte ^ key for byte, key in zip(content, guid[::-1] * 2, strict=False)) + content[32:]
