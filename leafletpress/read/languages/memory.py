"""Reads locales/<locale>/memory.tmx: translations of texts that stand in no catalog any more (TMX 1.4b)."""

from typing import Any

from lxml import etree

from leafletpress.model.locale import SOURCE
from leafletpress.model.problems import LeafletError, Origin, Problem
from leafletpress.read.languages.catalogs import Entry
from leafletpress.read.located.files import MOST_OF_ALL, Files

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
PLACE = "x-context"  # the property that says where a text stood: its catalog and context
_DAMAGED = "mend the file, or delete it: then its words are lost"


def memory_file(name: str) -> str:
    """The file in which a locale keeps its translation memory, below the project's folder."""
    return f"locales/{name}/memory.tmx"


def read_memory(files: Files, name: str) -> tuple[Entry, ...]:
    """The texts of a language's memory as obsolete entries, none where it has none; raises LeafletError.

    The context of each is its catalog and its context there, "" where the memory does not say; units that lack one of
    the two languages are left out.
    """
    path = memory_file(name)
    if not files.holds(path):
        return ()
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(files.content(path, MOST_OF_ALL), parser)
    except etree.XMLSyntaxError as error:
        place = Origin(path, *error.position)
        raise LeafletError([Problem(place, f"is no XML: {error.msg}", _DAMAGED)]) from error
    if root.tag != "tmx":
        raise LeafletError([Problem(Origin(path, 1, 1), "is no translation memory (TMX)", _DAMAGED)])
    return tuple(entry for unit in root.iter("tu") if (entry := _entry(unit, name)))


def _entry(unit: Any, name: str) -> Entry | None:
    texts: dict[str, str] = {}
    for variant in unit.iter("tuv"):
        tag = variant.get(LANG) or variant.get("lang") or ""
        segment = variant.find("seg")
        if segment is not None:
            texts.setdefault(tag.replace("_", "-").lower(), "".join(map(str, segment.itertext())))
    english = next((text for tag, text in texts.items() if tag.split("-")[0] == SOURCE), "")
    translation = texts.get(name.replace("_", "-").lower(), "")
    if not (english.strip() and translation.strip()):
        return None
    place = next((one.text or "" for one in unit.iter("prop") if one.get("type") == PLACE), "")
    return Entry(place, english, translation, int(unit.sourceline or 0), obsolete=True)
