"""Writes zip archives whose bytes depend on nothing but their content."""

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, cast

from docx.opc.package import OpcPackage
from docx.opc.packuri import PackURI
from docx.opc.pkgwriter import PackageWriter

_FIRST = "[Content_Types].xml"
# Fields of a member's head: version 2.0 to read it, no flags, deflated, midnight of 1980-01-01.
_HEAD = struct.pack("<5H", 20, 0, 8, 0, 0x21)
_MADE_BY, _ATTRIBUTES = 3 << 8 | 20, 0o644 << 16  # on Unix; readable by all


@dataclass(frozen=True, slots=True)
class Packed:
    """What one member of an archive holds: its bytes deflated, their checksum and length before."""

    deflated: bytes
    checksum: int
    length: int


@lru_cache(maxsize=128)  # pictures and the parts that come from a base document are in one archive after the other
def pack(content: bytes) -> Packed:
    """The content as it stands in an archive."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return Packed(packer.compress(content) + packer.flush(), zlib.crc32(content), len(content))


def packed(package: OpcPackage) -> dict[str, Packed]:
    """What stands in the archive of a package, by name.

    python-docx's own way would deflate all of it anew for each document.
    """
    members: dict[str, Packed] = {}

    class Members:
        """What python-docx writes a package to."""

        def write(self, uri: PackURI, content: bytes) -> None:
            members[uri.membername] = pack(content)

    parts: list[Any] = package.parts
    for part in parts:
        part.before_marshal()
    to, steps = Members(), cast("Any", PackageWriter)  # not its whole, which begins by opening a zip
    steps._write_content_types_stream(to, parts)  # noqa: SLF001
    steps._write_pkg_rels(to, package.rels)  # noqa: SLF001
    steps._write_parts(to, parts)  # noqa: SLF001
    return members


def archive(members: Mapping[str, Packed]) -> bytes:
    """The archive: [Content_Types].xml first, the others by name, all with one date and one set of attributes.

    As PKWARE's APPNOTE has it: the members, their directory, and where it begins. Written here because zipfile takes no
    content that is deflated already.
    """
    parts, directory = bytearray(), bytearray()
    for name, member in sorted(members.items(), key=lambda named: (named[0] != _FIRST, named[0])):
        path = name.encode("ascii")
        head = _HEAD + struct.pack("<3I2H", member.checksum, len(member.deflated), member.length, len(path), 0)
        where = struct.pack("<3H2I", 0, 0, 0, _ATTRIBUTES, len(parts))
        directory += b"PK\1\2" + struct.pack("<H", _MADE_BY) + head + where + path
        parts += b"PK\3\4" + head + path + member.deflated
    count = len(members)
    end = struct.pack("<4H2IH", 0, 0, count, count, len(directory), len(parts), 0)
    return bytes(parts + directory + b"PK\5\6" + end)
