"""The words of a part of a Word file as they are in it, whatever becomes of them: by these a report counts."""

from lxml import etree

from leafletpress.read.word.package import OFF, descendants, name_of, of_properties, value_of

BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "\u2011", "softHyphen": ""}


def words_in(node: etree._Element) -> str:
    """All words below an element, deleted ones too."""
    return " ".join(paragraphs_in(node))


def paragraphs_in(node: etree._Element) -> list[str]:
    """The words below an element, a text for each paragraph, and one for each stretch of it that is no part of that."""
    seen: dict[object, list[str]] = {}
    apart: list[list[str]] = []
    before: tuple[object, str] = (None, "")
    for one in descendants(node, *BREAKS, "t", "delText", "v"):
        above = list(one.iterancestors())
        names = [name_of(up) for up in above]
        if "tabs" in names or (name_of(one) == "v" and "pt" not in names):  # a setting, or a figure of no chart
            continue
        here = next((up for up, name in zip(above, names, strict=True) if name == "p"), one), _kind(one, above)
        words = BREAKS.get(name_of(one), one.text or "")
        if not here[1]:
            seen.setdefault(here[0], []).append(words)
        elif here == before:
            apart[-1].append(words)
        else:
            apart.append([words])
        before = here
    return [text for words in (*seen.values(), *apart) if (text := "".join(words)).strip()]


def _kind(node: etree._Element, above: list[etree._Element]) -> str:
    """How words are no part of their paragraph: removed, hidden, struck through, a prompt; "" for all others."""
    for one in above:
        if name_of(one) in ("del", "moveFrom"):
            return name_of(one)
        marks = (of_properties(one, "rPr", mark) for mark in ("vanish", "strike", "dstrike"))
        if any(mark is not None and value_of(mark) not in OFF for mark in marks):
            return "hidden"
        if of_properties(one, "sdtPr", "showingPlcHdr") is not None:
            return "prompt"
    return "del" if name_of(node) == "delText" else ""
