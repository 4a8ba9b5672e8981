"""Makes the pictures of the documents: .venv/bin/python docs/make_pictures.py.

A picture that is cut out of a real PDF can't show what the program does not print. The pictures of blocks come from
tests/data/valid/every-block.yaml: each is put alone on a page, under a mark that says where to cut. The whole pages are
the first ones of the shipped leaflet in English.
"""
# ruff: noqa: INP001 - a script beside the documents, not a package

import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]  # so that the script runs from any folder

from projects import template_of  # noqa: E402

from leafletpress.build.library import Project, Wanted, read_library, read_translations  # noqa: E402
from leafletpress.model.blocks import Block, Callout, Section, kind_of  # noqa: E402
from leafletpress.model.handout import Handout, Run, Text  # noqa: E402
from leafletpress.model.problems import LeafletError  # noqa: E402
from leafletpress.translate.update import update  # noqa: E402
from leafletpress.write import WRITERS  # noqa: E402

PICTURES = ROOT / "docs" / "pictures"
TRANSLATED = "es"
DPI = 110
COLOURS = 64
MARGIN = 10  # pixels, above and below
SIDE = 0.075  # of the page's width: less than its margin
INK = 200  # what is darker than this is printed
FOOT = 0.945  # where on the page the foot begins
MARK = "Cuthere"
EDGE = "#999999"  # a line round a whole page: white paper on a white screen has no edge

Blocks = tuple[Block[Text], ...]


def make_project(root: Path) -> Project:
    """A project whose only leaflet is every-block, with a Spanish catalog that is still empty."""
    shutil.copytree(ROOT / "tests" / "data" / "valid" / "leaflets", root / "leaflets")
    for name in ("templates", "sites"):
        shutil.copytree(ROOT / name, root / name)
    for name in ("en", TRANSLATED):
        shutil.copytree(ROOT / "locales" / name, root / "locales" / name)
    project = Project(root)
    found = read_translations(project, catalogs=False)
    update(project.files(), found.domains, found.locales, datetime.now().astimezone())
    return project


def read_handouts(project: Project, locale: str) -> dict[str, Handout]:
    """The handouts of a project's only leaflet in one language, by audience."""
    wanted = Wanted(locales=(locale,))
    library = read_library(project, wanted)
    if library.problems:
        raise LeafletError(library.problems)
    return {made.handout.audience: made.handout for made in library.compositions(wanted)}


def examples(handout: Handout) -> Iterator[tuple[str, Blocks]]:
    """The first block of each kind; of the callouts, which share their frame, all of the first and last section."""
    seen: set[str] = set()
    boxes: list[Blocks] = []
    for section in handout.sections:
        if any(isinstance(block.content, Callout) for block in section.blocks):
            boxes.append(section.blocks)
        for block in section.blocks:
            kind = kind_of(block.content)
            if kind not in seen and kind != "callout":
                yield kind, (block,)
            seen.add(kind)
    yield "callout", boxes[0]
    yield "callout-boxes", boxes[-1]


def draw_block(project: Project, handout: Handout, blocks: Blocks) -> Image.Image:
    """The blocks as they are printed, without their heading."""
    section = Section("alone", blocks, Text((Run(MARK),)))
    alone = replace(handout, sections=(section,), notes=None, references=None)
    page, mark = _page(project, alone)
    return _cut(page, mark, page.height * FOOT)


def draw_top(project: Project, handout: Handout) -> Image.Image:
    """The head of a leaflet with the heading and first block under it."""
    first = handout.sections[0]
    section = replace(first, blocks=first.blocks[:1])
    page, _ = _page(project, replace(handout, sections=(section,), notes=None, references=None))
    return _cut(page, 0, page.height * FOOT)


def draw_page(project: Project, handout: Handout) -> Image.Image:
    """The whole first page of a leaflet."""
    page, _ = _page(project, handout)
    return ImageOps.expand(page, 1, EDGE).quantize(COLOURS)


def _page(project: Project, handout: Handout) -> tuple[Image.Image, float]:
    """The first page, and how far down it the mark ends (0 without one)."""
    content = WRITERS["pdf"](handout, template_of(project, handout.audience, "a4"))
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    picture: Image.Image = page.render(scale=DPI / 72).to_pil().convert("RGB")
    below = _below_mark(page)
    document.close()
    return picture, below


def _below_mark(page: Any) -> float:
    text = page.get_textpage()
    found = text.search(MARK, match_case=True).get_next()
    if not found:
        return 0
    bottom = min(text.get_charbox(found[0] + offset, loose=True)[1] for offset in range(found[1]))
    return float((page.get_height() - bottom) * DPI / 72)


def _cut(page: Image.Image, top: float, bottom: float) -> Image.Image:
    """What is printed between two heights, as wide as the text, in few colours."""
    side = round(page.width * SIDE)
    part = page.crop((side, round(top), page.width - side, round(bottom)))
    box = part.convert("L").point(lambda value: 255 * (value < INK)).getbbox()
    if not box:
        raise SystemExit("nothing is printed there")
    return ImageOps.expand(part.crop((0, box[1], part.width, box[3])), (0, MARGIN), "white").quantize(COLOURS)


def main() -> None:
    """Make every picture anew."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "project")
        english = read_handouts(project, "en")["patient"]
        pictures = {name: draw_block(project, english, blocks) for name, blocks in examples(english)}
        pictures["head"] = draw_top(project, english)
        pictures["untranslated"] = draw_top(project, read_handouts(project, TRANSLATED)["patient"])
    shipped = Project(ROOT)
    for audience, handout in read_handouts(shipped, "en").items():
        pictures[f"page-{audience}"] = draw_page(shipped, handout)
    for name, picture in pictures.items():
        picture.save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
