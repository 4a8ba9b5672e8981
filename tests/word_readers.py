"""Programs that are not Word open Word files: each tells the lists that it finds in them.

All take many files at once, for some are slow to start. One that this machine lacks skips the test: validators.py.
"""

import base64
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from browser import chromium
from lxml import etree, html
from pdf_readers import run_java
from validators import DOCX_PREVIEW, mammoth_html, pandoc_html, require, soffice_odt

from leafletpress.model.blocks import Bullets, Callout, Checklist, Content, Figure, Steps
from leafletpress.model.handout import Handout, Text

Lists = dict[Path, list[str]]
"""Of each list of each file whether it has bullets (ul) or numbers (ol), and how many items: "ul 3", "ol 4"."""

_NAMESPACES = {
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}
_NUMBERED = "//text:list-style[text:list-level-style-number[@text:level='1']]"
_STYLE_NAME = f"{{{_NAMESPACES['text']}}}style-name"
# What docx-preview shows, list by list: it marks each item with its list's number, headings among them.
_SHOWN = """
async (content) => {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  await docx.renderAsync(bytes, document.body, null, { ignoreFonts: true });
  const lists = new Map();
  for (const item of document.querySelectorAll("p[class*='docx-num-']:not([class*='heading'])")) {
    const [, list] = item.className.match(/docx-num-(\\d+)-/);
    const kind = getComputedStyle(item, "::before").content.includes("counter(") ? "ol" : "ul";
    lists.set(list, [kind, (lists.get(list)?.[1] ?? 0) + 1]);
  }
  return [...lists.values()].map((list) => list.join(" "));
}
"""


def lists_of(handout: Handout) -> list[tuple[str, tuple[Text, ...]]]:
    """The lists that a handout has, in their order."""
    blocks = (block.content for section in handout.sections for block in section.blocks)
    found = [one for content in blocks for one in _lists_in(content)]
    if handout.references and handout.references.numbered:
        found.append(("ol", handout.references.items))
    return found


def _lists_in(content: Content[Text]) -> Iterator[tuple[str, tuple[Text, ...]]]:
    match content:
        case Bullets(items) | Checklist(items):
            yield "ul", items
        case Steps(items):
            yield "ol", items
        case Callout(bullets=bullets) if bullets:
            yield "ul", bullets
        case Figure(labels=labels) if labels:
            yield "ol", labels


def sizes_of(handout: Handout) -> list[str]:
    """The lists of a handout, as a program should find them."""
    return [f"{kind} {len(items)}" for kind, items in lists_of(handout)]


def _in_html(convert: Callable[[Path], str], paths: Iterable[Path]) -> Lists:
    """The lists of the HTML that a program makes."""
    trees = {path: html.fragment_fromstring(convert(path), create_parent=True) for path in paths}
    return {
        path: [f"{one.tag} {len(one.findall('li'))}" for one in tree.iter("ul", "ol")] for path, tree in trees.items()
    }


def libreoffice(paths: Iterable[Path]) -> Lists:
    """What LibreOffice finds; numbered headings are none, and a list that goes on is no list of its own."""
    with tempfile.TemporaryDirectory() as folder:
        return {path: list(_lists_in_odt(odt)) for path, odt in soffice_odt(paths, Path(folder)).items()}


def _lists_in_odt(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as archive:
        content, styles = (etree.fromstring(archive.read(f"{name}.xml")) for name in ("content", "styles"))
    numbered = {name for tree in (content, styles) for name in _found(tree, f"{_NUMBERED}/@style:name")}
    for one in _found(content, "//text:list[not(.//text:h)]"):
        goes_on = _found(one, "@text:continue-list | @text:continue-numbering")
        kind = "ol" if one.get(_STYLE_NAME) in numbered else "ul"
        yield f"{'more of ' if goes_on else ''}{kind} {len(_found(one, 'text:list-item'))}"


def _found(element: etree._Element, xpath: str) -> Any:
    return element.xpath(xpath, namespaces=_NAMESPACES)


def docx4j(paths: Iterable[Path]) -> Lists:
    """What docx4j finds."""
    return _in_java("docx4j", paths)


def poi(paths: Iterable[Path]) -> Lists:
    """What Apache POI finds."""
    return _in_java("poi", paths)


def _in_java(program: str, paths: Iterable[Path]) -> Lists:
    wanted = list(paths)
    lines = run_java("WordLists.java", program, *wanted).splitlines()
    return {path: line.split(", ") if line else [] for path, line in zip(wanted, lines, strict=True)}


def docx_preview(paths: Iterable[Path]) -> Lists:
    """What docx-preview shows in a browser."""
    require("docx_preview")
    found: Lists = {}
    with tempfile.TemporaryDirectory() as folder, chromium(Path(folder)) as browser:
        page = browser.new_page()
        for script in DOCX_PREVIEW:
            page.add_script_tag(path=script)
        for path in paths:
            found[path] = page.evaluate(_SHOWN, base64.b64encode(path.read_bytes()).decode())
    return found


LISTS: dict[str, Callable[[Iterable[Path]], Lists]] = {
    "mammoth": partial(_in_html, mammoth_html),
    "pandoc": partial(_in_html, pandoc_html),
    "LibreOffice": libreoffice,
    "docx4j": docx4j,
    "POI": poi,
    "docx-preview": docx_preview,
}
