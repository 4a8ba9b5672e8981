"""The lists of a Word file, each a list of its own: readers that look at the list alone count it from 1."""

from copy import deepcopy
from typing import Any

from docx.oxml.ns import nsmap, qn

from leafletpress.model.text.quantities import NO_BREAK_SPACE

# What is taken from the list of a style: how its first level looks. Its name and its links to other lists stay there.
_LEFT_OUT = tuple(qn(f"w:{name}") for name in ("nsid", "tmpl", "name", "styleLink", "numStyleLink"))
# Word takes two lists of one number (w:nsid) for one list; a base document's have random ones.
_FIRST_NSID = 0x5A000000
_INDENT = "/".join(map(qn, ("w:lvl", "w:pPr", "w:ind")))


def own_list(document: Any, style: Any, inset: int = 0, *, unmarked: bool = False) -> str:
    """The w:numPr of a new list that looks like that of a paragraph style, `inset` twips further from the margin.

    An `unmarked` one has no marks of its own.

    Its level names the style (ECMA-376 part 1, 17.9.23): many readers know the items of a list by that alone.
    """
    numbering = document.part.numbering_part.element
    models = numbering.findall("w:abstractNum", nsmap)
    named = next(number for number in numbering.num_lst if number.numId == style.pPr.numPr.numId.val)
    model = deepcopy(next(one for one in models if _number(one) == named.abstractNumId.val))
    number = max(map(_number, models)) + 1
    model.set(qn("w:abstractNumId"), str(number))
    for child in list(model):
        if child.tag in _LEFT_OUT or (child.tag == qn("w:lvl") and child.get(qn("w:ilvl")) != "0"):
            model.remove(child)
    model.insert(0, _element(model, "nsid", f"{_FIRST_NSID + number:08X}"))
    model.find("w:multiLevelType", nsmap).set(qn("w:val"), "singleLevel")
    _name_style(model.find("w:lvl", nsmap), style.styleId)
    for indent in model.iterfind(_INDENT) if inset else ():
        indent.set(qn("w:left"), str(int(indent.get(qn("w:left"), 0)) + inset))
    if unmarked:
        _take_marks(model.find("w:lvl", nsmap))
    models[-1].addnext(model)
    return f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering.add_num(number).numId}"/></w:numPr>'


def _name_style(level: Any, style: str) -> None:
    """Let the level of a list name its paragraph style, in the place that the schema has for it."""
    for old in level.findall("w:pStyle", nsmap):
        level.remove(old)
    before = ("w:start", "w:numFmt", "w:lvlRestart")
    at = sum(child.tag in map(qn, before) for child in level)
    level.insert(at, _element(level, "pStyle", style))


def _take_marks(level: Any) -> None:
    """Let the items of a list begin without a mark, in the place that the schema has for that."""
    mark = level.find("w:lvlText", nsmap)
    mark.set(qn("w:val"), NO_BREAK_SPACE)  # readers take a level without any text for no list
    mark.addprevious(_element(level, "suff", "nothing"))


def _element(parent: Any, name: str, value: str) -> Any:
    return parent.makeelement(qn(f"w:{name}"), {qn("w:val"): value})


def _number(model: Any) -> int:
    return int(model.get(qn("w:abstractNumId")))
