"""The words of a part of a Word file as they are in it, whatever becomes of them: by these a report counts."""

from lxml import etree

from leafletpress.read.word.package import child, descendants, name_of

BREAKS = {"br": "\n", "cr": "\n", "tab": " ", "ptab": " ", "noBreakHyphen": "\u2011", "softHyphen": ""}


def words_in(node: etree._Element) -> str:
    """All words below an element, deleted ones too."""
    return " ".join(paragraphs_in(node))


def paragraphs_in(node: etree._Element) -> list[str]:
    """The words below an element, a text for each paragraph, and for what is removed or hidden in it one of its own."""
    found: dict[tuple[object, bool], list[str]] = {}
    for one in descendants(node, "t", "delText", "br", "cr", "tab", "ptab", "noBreakHyphen", "v"):
        above = [name_of(up) for up in one.iterancestors()]
        own = next((up for up in one.iterancestors() if name_of(up) == "p"), None)
        hidden = child(next((up for up in one.iterancestors() if name_of(up) == "r"), None), "rPr", "vanish")
        apart = name_of(one) == "delText" or bool({"del", "moveFrom"} & {*above}) or hidden is not None
        if "tabs" not in above and (name_of(one) != "v" or "pt" in above):
            key = (own if own is not None else one, apart)
            found.setdefault(key, []).append(BREAKS.get(name_of(one), one.text or ""))
    return [text for words in found.values() if (text := "".join(words)).strip()]
