"""Pages in a real browser: Debian's Chromium, driven by Playwright, which sees the pinned fonts and no others."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from validators import AXE, ROOT, require

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

Scheme = Literal["light", "dark"]
WIDTHS = (320, 360, 768, 1200)
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
LAYOUT = Path(__file__).with_name("layout.js").read_text(encoding="utf-8")
# Nothing but the page: no accounts, updates or services of its maker.
_FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
# Rules that axe leaves off: the contrast of WCAG's level AAA, and room for a finger.
_AXE = """
(async () => {
  const rules = Object.fromEntries(["color-contrast-enhanced", "target-size"].map((name) => [name, { enabled: true }]));
  const report = await axe.run(document, { rules, resultTypes: ["violations"] });
  return report.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target} ${one.help}`));
})()
"""


@contextmanager
def chromium(folder: Path) -> Iterator["Browser"]:
    """The browser; what it keeps is in the folder."""
    require("chromium")
    require("playwright")
    from playwright.sync_api import sync_playwright

    fonts = folder / "fonts.conf"
    pinned = (ROOT / "node_modules" / "@expo-google-fonts").glob("*/*/")
    folders = "".join(f"<dir>{path}</dir>" for path in pinned)
    fonts.write_text(f"<fontconfig>{folders}<cachedir>{folder / 'cache'}</cachedir></fontconfig>", encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=_FLAGS, env={**os.environ, "FONTCONFIG_FILE": str(fonts)}
        )
        yield browser
        browser.close()


@contextmanager
def opened(browser: "Browser", content: bytes | str) -> Iterator["Page"]:
    """A page by its text; one that asks for anything outside of it is told in what went wrong with it."""
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if not request.url.startswith("data:") else None)
    page.set_content(content.decode() if isinstance(content, bytes) else content)
    yield page
    page.close()
    assert not asked, f"the page fetches {asked}"


def faults(page: "Page", width: int, scheme: Scheme) -> list[str]:
    """What is wrong with how a page is laid out in a window of this width."""
    page.emulate_media(media="screen", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found: list[str] = page.evaluate(LAYOUT)
    return [f"{width} px, {scheme}: {fault}" for fault in found]


def axe(page: "Page", width: int, scheme: Scheme) -> list[str]:
    """What axe-core finds wrong with a page in a window of this width."""
    require("axe")
    page.emulate_media(media="screen", color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(content=AXE.read_text(encoding="utf-8"))
    found: list[str] = page.evaluate(_AXE)
    return [f"{width} px, {scheme}: {fault}" for fault in found]
