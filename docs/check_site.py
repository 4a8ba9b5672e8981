"""Checks the built web site: check_site.py FOLDER. .ci/docs calls it after Zensical.

Every link inside the site must lead to a file and, where it names one, to a heading; and no page or style sheet may
load anything from elsewhere, so that the site can be read without the network. Zensical's strict mode sees links
between documents alone.
"""
# ruff: noqa: INP001, T201 - a script beside the documents, which prints what it finds

import re
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

# Elements that load something, and the attribute that says what; of `link`, only these kinds do.
_LOADS = {
    "script": "src", "img": "src", "source": "src", "iframe": "src", "embed": "src", "audio": "src", "video": "src",
    "object": "data", "link": "href",
}  # fmt: skip
_LINKS_THAT_LOAD = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch"}
_CSS_LOADS = re.compile(r"""(?:url\(|@import)\s*['"]?\s*((?:https?:)?//[^'")\s]+)""")


class _Page(HTMLParser):
    """What a page can be linked to by, what it links to, and what it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the ids and addresses of an element."""
        values = {name: value for name, value in attrs if value is not None}
        self.anchors |= {values[name] for name in ("id", "name") if name in values}
        self.loads += _CSS_LOADS.findall(values.get("style", ""))
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        loads = tag != "link" or bool(_LINKS_THAT_LOAD & set(values.get("rel", "").split()))
        if loads and (address := values.get(_LOADS.get(tag, ""))):
            self.loads.append(address)


def faults(site: Path) -> Iterator[str]:
    """All that is wrong with a site, each with its page."""
    pages = {path: _Page(path.read_text(encoding="utf-8")) for path in sorted(site.rglob("*.html"))}
    for path, page in pages.items():
        shown = path.relative_to(site).as_posix()
        for address in page.loads:
            if _is_elsewhere(address):
                yield f"{shown}: loads {address}"
        if path.name == "404.html":  # it is shown for any address, so its own links begin at the root of a server
            continue
        for address in [*page.links, *page.loads]:
            if not _is_elsewhere(address) and (said := _missing(address, path, pages)):
                yield f"{shown}: {address}: {said}"
    for path in sorted(site.rglob("*.css")):
        for address in _CSS_LOADS.findall(path.read_text(encoding="utf-8")):
            yield f"{path.relative_to(site).as_posix()}: loads {address}"


def _is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in ("", "data")


def _missing(address: str, path: Path, pages: dict[Path, _Page]) -> str:
    """What a link inside the site lacks, "" where it leads somewhere."""
    parts = urlsplit(address)
    if parts.scheme:  # data: is its own content
        return ""
    target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
    target = target / "index.html" if target.is_dir() else target
    if not target.is_file():
        return "there is no such file"
    anchor = unquote(parts.fragment)
    if anchor and target in pages and anchor not in pages[target].anchors:
        return "there is no such heading"
    return ""


def main(site: Path) -> int:
    """Print what is wrong; 1 where something is, or where there is no page at all."""
    site = site.resolve()
    found = list(faults(site)) if (site / "index.html").is_file() else [f"{site}: there is no index.html"]
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
