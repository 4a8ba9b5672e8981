"""Reads what anybody may have put on the disk: regular files of bounded size, and JSON as values of known types."""

import errno
import json
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable
from functools import cache
from io import BytesIO
from lzma import LZMAError
from pathlib import Path
from typing import Any, NoReturn, TypeVar, cast, get_args, get_origin, get_type_hints
from zipfile import BadZipFile, ZipFile

T = TypeVar("T")

MOST_OF_A_DOCUMENT = 100_000_000  # bytes; mail programs and printers give up long before


class NotOwnError(OSError):
    """Others than this user can write a file, or put another in its place."""


def read_file(path: Path, most: int) -> bytes:
    """The content of a file.

    Raises OSError: as opening does, for what is no regular file (a pipe without a writer would be waited for, a device
    never ends), and for more bytes than `most`.
    """
    return _read(path, most, _allow)


def read_own(path: Path, most: int) -> bytes:
    """The content of a file that this user alone can write, and whose folder is so; raises NotOwnError, else as
    `read_file` does.
    """
    content = _read(path, most, refuse_foreign)
    refuse_foreign(path.parent.stat())
    return content


def is_own(path: Path) -> bool:
    """Whether a file or folder belongs to this user, and nobody else can write it; False where it is not there."""
    try:
        refuse_foreign(path.stat())
    except OSError:
        return False
    return True


def _allow(_known: os.stat_result) -> None:
    """Take a file whoever wrote it."""


def refuse_foreign(known: os.stat_result) -> None:
    """Raise NotOwnError for what does not belong to this user, or what others can write.

    Windows keeps such rights elsewhere, where only its own calls see them: there all is taken for this user's.
    """
    own = os.geteuid() if sys.platform != "win32" else known.st_uid
    if known.st_uid != own or known.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise NotOwnError(errno.EPERM, "others can write it")


def _read(path: Path, most: int, look: Callable[[os.stat_result], None]) -> bytes:
    # Windows has neither of these: there pipes are no files.
    at_once = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, os.O_RDONLY | at_once)
    try:
        known = os.fstat(descriptor)
        if stat.S_ISDIR(known.st_mode):
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        if not stat.S_ISREG(known.st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        look(known)
        if known.st_size > most:
            raise OSError(errno.EFBIG, f"it has more than {most / 1_000_000:g} MB", str(path))
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(known.st_size)
    finally:
        os.close(descriptor)


def unpacked(content: bytes, most: int) -> dict[str, bytes]:
    """The files of a ZIP archive by name; raises ValueError where it is damaged, locked, or more bytes than `most`."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(file.file_size for file in archive.infolist()) > most:
                raise ValueError(f"it unpacks to more than {most / 1_000_000:g} MB")
            return {name: archive.read(name) for name in archive.namelist()}
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, LZMAError, zlib.error) as error:
        raise ValueError(f"{error}" or "the archive ends too early") from error


def parse_json(content: bytes | str) -> Any:
    """The value of a JSON text.

    Raises ValueError, also for what is nested too deep to be read, for numbers that JSON does not know (RFC 8259,
    section 6), and for halves of surrogate pairs, which could not be written again.
    """
    text = content if isinstance(content, str) else content.decode()
    try:
        value = json.loads(text, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if "\\u" in text:
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")


def typed(shape: type[T], values: Iterable[Any]) -> T:
    """A dataclass of values that JSON holds; raises TypeError where one is of another type than its field."""
    given, wanted = tuple(values), cast(Any, shape)
    if not _fit(wanted, tuple(map(type, given))):
        raise TypeError(f"not a {shape.__name__}: a value of another type, or too many or few of them")
    return shape(*given)


@cache
def _fit(shape: type[Any], types: tuple[type, ...]) -> bool:
    """Whether values of these types are those of a dataclass: asked once for all that are alike."""
    fields = list(get_type_hints(shape).values())
    return len(fields) == len(types) and all(one in _allowed(hint) for one, hint in zip(types, fields, strict=True))


def _allowed(hint: Any) -> set[type]:
    """The types of a field; of a Literal, those of its values; of a tuple, not those of what is in it."""
    if get_origin(hint) is tuple:
        return {tuple}
    return {one if isinstance(one, type) else type(one) for one in get_args(hint) or (hint,)}
