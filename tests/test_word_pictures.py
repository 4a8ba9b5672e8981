"""A photograph is as wide on paper as its author or its file says, upright, in each format."""

import io
import zipfile
from typing import Any

import pytest
from lxml import etree
from PIL import Image
from projects import ROOT, composed, replace, template_of

from leafletpress.build.library import Project
from leafletpress.write import WRITERS

WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
EMU_PER_MM = 36_000
ALT = "Three dark dots in a row"


def photograph(project: Project, size: tuple[int, int], **about: Any) -> None:
    """Put a photograph in the place of the leaflet's dots."""
    Image.new("RGB", size, "navy").save(project.folder("leaflets") / "dots.png", **about)


def in_word(project: Project) -> tuple[float, float]:
    """How wide and high the photograph is in Word, in mm."""
    content = WRITERS["docx"](composed(project, "en", "patient").handout, template_of(Project(ROOT), "patient"))
    body = etree.fromstring(zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml"))
    (frame,) = (frame for frame in body.iter(f"{WP}inline") if frame.find(f"{WP}docPr").get("descr") == ALT)  # type: ignore[union-attr]
    extent = frame.find(f"{WP}extent")
    assert extent is not None
    return int(extent.get("cx", "0")) / EMU_PER_MM, int(extent.get("cy", "0")) / EMU_PER_MM


def in_html(project: Project) -> str:
    page = WRITERS["html"](composed(project, "en", "patient").handout, template_of(Project(ROOT), "patient")).decode()
    return next(line for line in page.splitlines() if ALT in line).partition(f'alt="{ALT}"')[2]


def test_the_author_says_how_wide(project: Project) -> None:
    photograph(project, (600, 300), dpi=(72, 72))
    leaflet = project.folder("leaflets") / "every-block.yaml"
    replace(leaflet, "image: dots.png,", "image: dots.png, width: 80mm,")
    assert in_word(project) == pytest.approx((80, 40), abs=0.1)
    assert in_html(project) == ' style="width: 80mm">'


def test_else_the_dots_per_inch_of_the_file_do(project: Project) -> None:
    photograph(project, (600, 300), dpi=(300, 300))
    assert in_word(project) == pytest.approx((50.8, 25.4), abs=0.1)
    assert in_html(project) == ' style="width: 50.8mm">'


def test_else_it_is_as_wide_as_on_a_web_page(project: Project) -> None:
    photograph(project, (480, 240))
    assert in_word(project) == pytest.approx((127, 63.5), abs=0.1)
    assert in_html(project) == ">"


def test_none_is_wider_than_the_text(project: Project) -> None:
    photograph(project, (3000, 1000), dpi=(72, 72))
    across, down = in_word(project)
    assert across == pytest.approx(174, abs=0.2)
    assert across == pytest.approx(3 * down, abs=0.2)


def test_one_that_the_camera_held_on_its_side_is_upright(project: Project) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    photograph(project, (600, 300), dpi=(300, 300), exif=exif)
    assert in_word(project) == pytest.approx((25.4, 50.8), abs=0.1)
    assert in_html(project) == ' style="width: 25.4mm">'
