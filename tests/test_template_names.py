"""A document is made of the template files that its format takes: a change of others makes it not anew."""

from pathlib import Path

import pytest

from leafletpress.read.located.files import Files
from leafletpress.read.templates import template_file_names

TEXTS = {
    "patient/page.html.j2": '{% import "shared/blocks.html.j2" as blocks %}{% include "patient/print.css" %}',
    "patient/print.css": "p { margin: 0 }",
    "patient/screen.css": "p { margin: 1px }",
    "patient/theme.toml": 'letter = "P"',
    "shared/blocks.html.j2": '{% from "shared/runs.html.j2" import run with context %}',
    "shared/runs.html.j2": "{% macro run() %}{% endmacro %}",
    "shared/screen.html.j2": '{%- include handout.audience ~ "/screen.css" -%}',
    "shared/unused.css": "",
    "shared/icons/now.svg": "<svg/>",
    "shared/icons/now.png": "",
    "patient/base.docx": "",
}


def taken(folder: Path, format_: str, **changed: str) -> set[str]:
    for name, text in (TEXTS | {name.replace("__", "/") + ".j2": text for name, text in changed.items()}).items():
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    names = template_file_names(Files(folder, folder), "patient", format_)
    return {name.removeprefix("templates/") for name in names}


def test_a_pdf_is_made_of_what_its_page_takes_in(tmp_path: Path) -> None:
    assert taken(tmp_path, "pdf") == {
        "patient/page.html.j2", "patient/print.css", "shared/blocks.html.j2", "shared/runs.html.j2",
        "shared/icons/now.svg",
    }  # fmt: skip


def test_a_web_page_is_made_of_what_its_own_page_takes_in(tmp_path: Path) -> None:
    assert taken(tmp_path, "html") == {"shared/screen.html.j2", "patient/screen.css", "shared/icons/now.svg"}


def test_a_word_file_is_made_of_the_base_document_and_the_icons_in_dots(tmp_path: Path) -> None:
    assert taken(tmp_path, "docx") == {"patient/base.docx", "shared/icons/now.png"}


@pytest.mark.parametrize(
    "tag",
    [
        "{% include handout.sheet %}",
        '{% include ["patient/print.css", "patient/screen.css"] %}',
        '{% include "patient/print.css" if handout.notes else "patient/screen.css" %}',
        '{% include handout.audience ~ "/print" ~ ending %}',
        '{% include "PATIENT/SCREEN.CSS" | lower %}',
        "{% include 'patient/screen.css' %}",
    ],
)
def test_where_it_is_unknown_what_a_page_takes_in_every_text_counts(tmp_path: Path, tag: str) -> None:
    (tmp_path / "templates" / "patient").mkdir(parents=True)
    found = taken(tmp_path, "pdf", **{"patient__page.html": tag})
    assert found == {name for name in TEXTS if name.endswith((".j2", ".css", ".svg"))}
