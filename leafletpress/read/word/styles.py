"""What the styles and lists of a Word file make of a paragraph: a heading, a list item, bold, hidden, how large."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from leafletpress.read.word.package import OFF, WordFile, child, name_of, of_properties, value_of

_LARGEST_LEVEL = 9
_USUAL_SIZE = 20  # half points, where a file says nothing (ISO/IEC 29500-1, 17.3.2.38)
_TICKS = "☐□▢❏❑❒\uf06f\uf0a8\uf071\uf072"  # boxes, and what fonts of signs have at these places


@dataclass(frozen=True, slots=True)
class Listed:
    """A list item: which list (`ident`), how deep from 0, whether numbered, or with a box to tick."""

    ident: str
    level: int
    is_numbered: bool
    is_ticked: bool = False


class Styles:
    """Answers for the paragraphs and runs of a Word file, each style with those that it is based on."""

    def __init__(self, file: WordFile) -> None:
        tree, numbering = file.beside("styles"), file.beside("numbering")
        named = [one for one in tree if name_of(one) == "style"] if tree is not None else []
        self._styles = {value_of(one, "styleId") or "": one for one in named}
        self._usual = {
            value_of(one, "type"): value_of(one, "styleId")
            for one in named
            if value_of(one, "default") in ("1", "true", "on")
        }
        self._defaults = child(tree, "docDefaults", "rPrDefault")
        listed = list(numbering) if numbering is not None else []
        self._abstract = {value_of(one, "abstractNumId"): one for one in listed if name_of(one) == "abstractNum"}
        self._lists = {value_of(one, "numId"): one for one in listed if name_of(one) == "num"}

    def name(self, paragraph: etree._Element) -> str:
        """The name of a paragraph's style in small letters: "heading 1" in a Word of any language."""
        chain = self._chain(value_of(of_properties(paragraph, "pPr", "pStyle")))
        return (value_of(child(next(chain, None), "name")) or "").lower()

    def heading(self, paragraph: etree._Element) -> int | None:
        """The level of a heading from 1, by its style or its outline level; None for any other paragraph."""
        for properties in self._paragraph(paragraph):
            level = value_of(child(properties, "outlineLvl"))
            if level is not None:
                return int(level) + 1 if level.isdecimal() and int(level) < _LARGEST_LEVEL else None
        names = [
            value_of(child(style, "name")) or ""
            for style in self._chain(value_of(of_properties(paragraph, "pPr", "pStyle")))
        ]
        found = next((name.lower() for name in names if name.lower().startswith("heading ")), "")
        level = found.removeprefix("heading ")
        return int(level) if level.isdecimal() else None

    def listed(self, paragraph: etree._Element) -> Listed | None:
        """The list that a paragraph is an item of, None where it is none."""
        properties = [found for one in self._paragraph(paragraph) if (found := child(one, "numPr")) is not None]
        ident = next((value for one in properties if (value := value_of(child(one, "numId")))), None)
        number = self._lists.get(ident)
        if ident in (None, "0") or number is None:
            return None
        written = next((value for one in properties if (value := value_of(child(one, "ilvl")))), "0")
        level = int(written) if written.isdecimal() else 0
        abstract = self._abstract.get(value_of(child(number, "abstractNumId")))
        levels = [
            *(child(one, "lvl") for one in number if name_of(one) == "lvlOverride"),
            *(abstract if abstract is not None else ()),
        ]
        kind = next(
            (
                one
                for one in levels
                if one is not None and name_of(one) == "lvl" and value_of(one, "ilvl") == str(level)
            ),
            None,
        )
        form = value_of(child(kind, "numFmt")) or "decimal"
        sign = value_of(child(kind, "lvlText")) or ""
        if form == "none" or (form != "bullet" and "%" not in sign and kind is not None):
            return None
        return Listed(f"{ident}", level, form != "bullet", form == "bullet" and sign in _TICKS and sign != "")

    def is_on(self, run: etree._Element, mark: str) -> bool:
        """Whether a run is bold (b) or hidden (vanish): by itself, its style, or that of its paragraph."""
        for properties in self._run(run):
            found = child(properties, mark)
            if found is not None:
                return value_of(found) not in OFF
        return False

    def size(self, run: etree._Element) -> int:
        """How large a run is, in half points."""
        sizes = (value_of(child(properties, "sz")) for properties in self._run(run))
        return next((int(size) for size in sizes if size and size.isdecimal()), _USUAL_SIZE)

    def _chain(self, ident: str | None, kind: str = "paragraph") -> Iterator[etree._Element]:
        """A style and those that it is based on; no style stands for the usual one of its kind."""
        seen: set[str] = set()
        ident = ident if ident in self._styles else self._usual.get(kind)
        while ident and ident in self._styles and ident not in seen:
            seen.add(ident)
            yield self._styles[ident]
            ident = value_of(child(self._styles[ident], "basedOn"))

    def _paragraph(self, paragraph: etree._Element) -> Iterator[etree._Element | None]:
        yield of_properties(paragraph, "pPr")
        yield from (child(style, "pPr") for style in self._chain(value_of(of_properties(paragraph, "pPr", "pStyle"))))

    def _run(self, run: etree._Element) -> Iterator[etree._Element | None]:
        yield of_properties(run, "rPr")
        own = value_of(of_properties(run, "rPr", "rStyle"))
        yield from (child(style, "rPr") for style in self._chain(own, "character"))
        above = next((one for one in run.iterancestors() if name_of(one) == "p"), None)
        yield from (child(style, "rPr") for style in self._chain(value_of(of_properties(above, "pPr", "pStyle"))))
        yield child(self._defaults, "rPr")
