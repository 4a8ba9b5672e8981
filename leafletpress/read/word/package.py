"""Opens a Word file, and refuses what can't be read whole: locked, damaged, with macros, or far too large."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, cast

from lxml import etree

from leafletpress.disk import MOST_OF_A_DOCUMENT, unpacked
from leafletpress.model.problems import LeafletError, Origin, Problem

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Word wrote before 2007, and what it wraps a locked file in
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_MOST_XML = 30_000_000  # bytes of one part: fifty times what Word writes for a leaflet
# Parts that hold looks or settings, or texts that Word offers and the document does not show.
_NO_WORDS = re.compile(r"word/(?:styles|stylesWithEffects|settings|webSettings|fontTable|numbering|theme/|glossary/)")
OFF = ("0", "false", "off", "none")  # how a mark says that it is not there
_PART = re.compile(r"[a-z]+")


def name_of(node: etree._Element) -> str:
    """The name of an element without its namespace, for Word has two of each: ISO/IEC 29500 transitional and strict."""
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def value_of(node: etree._Element | None, name: str = "val") -> str | None:
    """An attribute by its name without namespace; None where there is none."""
    attributes = () if node is None else node.attrib.items()
    return next((str(value) for key, value in attributes if str(key).rpartition("}")[2] == name), None)


def child(node: etree._Element | None, *path: str) -> etree._Element | None:
    """The first element on this path of names below another."""
    for name in path:
        node = next((below for below in node if name_of(below) == name), None) if node is not None else None
    return node


def of_properties(node: etree._Element | None, *path: str) -> etree._Element | None:
    """The same below the properties of an element, which are its first child: pPr of a paragraph, rPr of a run."""
    first = next(iter(node), None) if node is not None else None
    return child(first, *path[1:]) if first is not None and name_of(first) == path[0] else None


def descendants(node: etree._Element, *names: str) -> Iterator[etree._Element]:
    """All elements of these names below another, in document order."""
    return (below for below in node.iterdescendants() if name_of(below) in names)


@dataclass(frozen=True, slots=True)
class WordFile:
    """The parts of a Word file by name; `main` is that of its text. Messages call the file `name`."""

    name: str
    parts: Mapping[str, bytes]
    main: str
    _trees: dict[str, etree._Element] = field(default_factory=dict, repr=False)

    def tree(self, part: str) -> etree._Element | None:
        """A part as XML, parsed once, None where there is none; raises LeafletError where it can't be read."""
        if part not in self.parts:
            return None
        if part not in self._trees:
            self._trees[part] = _parsed(self.name, part, self.parts[part])
        return self._trees[part]

    def beside(self, kind: str) -> etree._Element | None:
        """The tree of a part beside the text: styles, numbering."""
        return self.tree(posixpath.join(posixpath.dirname(self.main), f"{kind}.xml"))

    def relations(self, part: str) -> dict[str, str]:
        """Where the relations of a part lead, by id: names of other parts, and addresses outside."""
        folder, base = posixpath.split(part)
        tree = self.tree(f"{folder}/_rels/{base}.rels")
        return {
            value_of(one, "Id") or "": target
            if value_of(one, "TargetMode") == "External"
            else posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            for one in (tree if tree is not None else ())
            if (target := value_of(one, "Target"))
        }

    def others(self) -> Iterator[tuple[str, etree._Element]]:
        """The other parts that may hold words, with what people call them: header, footnotes, comments, charts."""
        for part in sorted(self.parts):
            if part.startswith("word/") and part.endswith(".xml") and part != self.main and not _NO_WORDS.match(part):
                tree = self.tree(part)
                called = _PART.match(PurePosixPath(part).name)
                if tree is not None:
                    yield (called[0] if called else part), tree


def open_word(name: str, content: bytes) -> WordFile:
    """The Word file of a content; raises LeafletError for what is none, or can't be read whole."""
    if content.startswith(_OLE):
        locked = _LOCKED in content
        text = "is locked with a password" if locked else "is of an older Word (.doc)"
        raise _refused(name, text, "open it in Word, take the password off" if locked else "save it in Word as .docx")
    try:
        parts = unpacked(content, MOST_OF_A_DOCUMENT)
    except ValueError as error:
        raise _refused(name, f"can't be read as a Word file: {error}", "open it in Word and save it anew") from error
    types = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in types or any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise _refused(name, "holds macros", "save it in Word as .docx, without macros")
    roots = _parsed(name, "_rels/.rels", parts["_rels/.rels"]) if "_rels/.rels" in parts else ()
    named = [value_of(one, "Target") for one in roots if (value_of(one, "Type") or "").endswith("/officeDocument")]
    main = (named[0] or "").lstrip("/") if named else ""
    if main not in parts or b"wordprocessingml" not in types:
        raise _refused(name, "is no Word file", "save it in Word as .docx")
    file = WordFile(name, parts, main)
    if any(True for tree in [file.tree(main)] if tree is not None for _ in descendants(tree, "altChunk", "subDoc")):
        raise _refused(name, "takes in another document", "open it in Word and save it: then the text is in the file")
    return file


def _parsed(name: str, part: str, content: bytes) -> etree._Element:
    """A part's tree; of the same thing said for several versions of Word, the first that has words."""
    if len(content) > _MOST_XML:
        raise _refused(name, f"{part} has more than {_MOST_XML // 1_000_000} MB", "make several files of it")
    try:
        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True))
    except etree.XMLSyntaxError as error:
        raise _refused(name, f"{part} can't be read: {error}", "open it in Word and save it anew") from error
    if cast(Any, tree.getroottree().docinfo).doctype:
        raise _refused(name, f"{part} declares a document type", "open it in Word and save it anew")
    for choice in list(descendants(tree, "AlternateContent")):
        kept = next((one for one in choice if any(True for _ in descendants(one, "t", "blip", "imagedata"))), None)
        for one in list(choice):
            if one is not kept:
                choice.remove(one)
    return tree


def _refused(name: str, text: str, hint: str) -> LeafletError:
    return LeafletError([Problem(Origin(name), text, hint)])
