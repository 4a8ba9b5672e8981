"""The files of a project, each read once: what is in it, and the digest of exactly that."""

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from leafletpress.disk import read_file
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.model.text.characters import forbidden_characters
from leafletpress.read.program import program_folder

MOST_BYTES = 2_000_000  # of a text file: twenty times a long catalog
MOST_OF_ALL = 50_000_000  # of any file: more is never read


_OUTSIDE = "it is outside of the project, or a link to something outside"
_SHARED = "templates/"  # the program brings these files; a project may have its own instead
MOST_REPORTED = 100  # a binary file would have a problem in each of its bytes


class Files:
    """The files of a project, each read once: one call gives its content, and the digest of exactly that.

    Names are below the project's folder, as messages show them: leaflets/x.yaml. A file of templates/ that the project
    does not have is that of `program`. What changes on the disk after it was read is not seen.
    """

    def __init__(self, root: Path, program: Path | None = None) -> None:
        self.root = root
        self._program = program or program_folder()
        self._real_roots = [os.path.realpath(folder) for folder in (root, self._program)]
        self._read: dict[str, _Known] = {}

    def path(self, name: str) -> Path:
        """The path of a file, whether it exists or not."""
        own = self.root / name
        return self._program / name if name.startswith(_SHARED) and not os.path.lexists(own) else own

    def is_own(self, name: str) -> bool:
        """Whether the project has a file of its own where the program would bring one."""
        return self.root != self._program and self.path(name) == self.root / name

    def names(self, pattern: str) -> list[str]:
        """The files that a pattern such as "leaflets/*.yaml" fits, in alphabetical order; none that are hidden.

        What is no file and is called like one, such as a pipe or a folder x.yaml, is among them: whoever reads it
        reports it.
        """
        roots = (self.root, self._program) if pattern.startswith(_SHARED) else (self.root,)
        found = ((root, path) for root in roots for path in root.glob(pattern))
        kept = (path.relative_to(root).as_posix() for root, path in found if path.suffix or not path.is_dir())
        return sorted({name for name in kept if not name.startswith(".") and "/." not in name})

    def holds(self, name: str) -> bool:
        """Whether there is such a file; a link that leads nowhere counts, for it was meant to be one."""
        return (name in self._read and self._read[name].digest != "") or os.path.lexists(self.path(name))

    def digest(self, name: str) -> str:
        """The digest of a file, "" where there is none that can be read."""
        return self._known(name).digest

    def content(self, name: str, most: int = MOST_BYTES) -> bytes:
        """The content of a file; raises LeafletError when it can't be read or has more bytes than `most`."""
        known = self._known(name)
        if known.content is None and known.digest:  # its content was dropped by `let_go`
            known, earlier = _read(self.path(name)), known.digest
            if known.digest != earlier:
                raise LeafletError([Problem(Origin(name), "changed while it was read", "run the same command again")])
        if known.content is None:
            raise LeafletError([Problem(Origin(name), f"can't be read: {known.error}")])
        if len(known.content) > most:
            text = f"the file has more than {most / 1_000_000:g} MB"
            raise LeafletError([Problem(Origin(name), text, "is it the right one?")])
        return known.content

    def hold(self, name: str, content: bytes) -> None:
        """Know a file that is about to be written, as if it were there."""
        self._read[name] = _Known(_digest(content), content)

    def let_go(self, unneeded: Callable[[str], bool]) -> None:
        """Drop the content of files that are unneeded and keep their digests."""
        for name, known in self._read.items():
            if known.content is not None and unneeded(name):
                self._read[name] = _Known(known.digest, None)

    def _known(self, name: str) -> "_Known":
        if name not in self._read:
            path = self.path(name)
            self._read[name] = _read(path) if self._is_inside(path) else _Known("", None, _OUTSIDE)
        return self._read[name]

    def _is_inside(self, path: Path) -> bool:
        """Whether a file is the project's or the program's, its links followed."""
        real = os.path.realpath(path)
        return any(real.startswith(f"{root.rstrip(os.sep)}{os.sep}") for root in self._real_roots)


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of a file: its digest, and its content or why there is none."""

    digest: str
    content: bytes | None
    error: str | None = None


def file_digest(path: Path) -> str:
    """The digest of a file, "" where there is none that can be read."""
    return _read(path).digest


def _read(path: Path) -> _Known:
    try:
        content = read_file(path, MOST_OF_ALL)
    except OSError as error:
        return _Known("", None, error.strerror)
    return _Known(_digest(content), content)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:32]


def refused_characters(origin: Origin, text: str) -> list[Problem]:
    """One problem for each character (of the first 100) that must not be in a file, with its line and column."""
    hint = "delete it; it can't be seen and changes the text"
    problems = (
        Problem(Origin(origin.file, number, offset + 1), f"character {name} is not allowed", hint)
        for number, line in enumerate(text.split("\n"), start=1)
        for offset, name in forbidden_characters(line)
    )
    return list(islice(problems, MOST_REPORTED))


def decode_text(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file, with the problems of its encoding and characters; a byte order mark is dropped."""
    text, problems = decode_utf8(file, content)
    return text, problems or refused_characters(Origin(file), text)


def decode_utf8(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a UTF-8 file with line ends as line feeds, or "" and what is wrong with its encoding."""
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n") + 1
        place = Origin(file, line, error.start - (before.rfind(b"\n") + 1) + 1)
        return "", [Problem(place, "this file is not UTF-8 text", "save it with the encoding UTF-8")]
    if not text.strip():
        return "", [Problem(Origin(file, 1, 1), "the file is empty")]
    return text, []
