"""Leaflets as other programs save them in Word, after the structure of public ones, with what each must become."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_BREAK
from docx.shared import Mm, Pt
from PIL import Image
from validators import require, soffice_docx

PHONE = "020 7946 0958"


@dataclass(frozen=True, slots=True)
class Sample:
    """A leaflet of another program: how it is made in a folder, and what it must become.

    The outline names each block by its kind and how it begins, and each section by its heading. `wrong` of these are
    left for its author to put right: a frame that is a box, and a table of which nothing tells whether it has a head.
    """

    name: str
    make: Callable[[Path], Path]
    title: str
    outline: tuple[str, ...]
    wrong: int = 0


def _picture() -> BytesIO:
    buffer = BytesIO()
    Image.new("RGB", (60, 40), "teal").save(buffer, "JPEG", dpi=(96, 96))
    buffer.seek(0)
    return buffer


def _saved(document: Any, folder: Path, name: str) -> Path:
    path = folder / f"{name}.docx"
    document.save(path)
    return path


def _styled(folder: Path) -> Path:
    """With Word's own styles: title, headings, lists, a table, header and footer."""
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Example Hospital"
    made.sections[0].footer.paragraphs[0].text = "Leaflet 12, page 1"
    made.add_paragraph("Dry skin", style="Title")
    made.add_paragraph("A guide for you", style="Subtitle")
    made.add_paragraph("This leaflet is about dry skin.")
    made.add_heading("What is dry skin?", 1)
    line = made.add_paragraph("Dry skin is rough. It can ")
    line.add_run("itch").bold = True
    line.add_run(".")
    made.add_heading("What can I do?", 1)
    for text in ("Use your cream twice a day.", "Wash in cool water.", "Wear soft clothes."):
        made.add_paragraph(text, style="List Bullet")
    made.add_heading("How to use the cream", 1)
    for text in ("Wash your hands.", "Put on a thin layer.", "Wait for 10 minutes."):
        made.add_paragraph(text, style="List Number")
    made.add_heading("Your creams", 1)
    grid = made.add_table(rows=1, cols=2, style="Table Grid")
    grid.rows[0].cells[0].text, grid.rows[0].cells[1].text = "Cream", "When"
    for row in (("Light cream", "In the morning"), ("Rich cream", "At night")):
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = row
    made.add_heading("Call us", 1)
    made.add_paragraph(f"Skin clinic: {PHONE}, Monday to Friday.")
    return _saved(made, folder, "styled")


def _bold_lines(folder: Path) -> Path:
    """Without styles: bold and large lines for headings, points typed by hand, a box of one cell, a photograph."""
    made = docx.Document()
    made.add_paragraph().add_run("Wound care at home").font.size = Pt(22)

    def heading(text: str) -> None:
        made.add_paragraph().add_run(text).bold = True

    made.add_paragraph("You go home with a wound. This is how you look after it.")
    heading("Before you touch it")
    made.add_paragraph("•\tWash your hands.")
    made.add_paragraph("•\tPut on clean gloves.")
    heading("Change the dressing")
    made.add_paragraph("1. Take off the old dressing.")
    made.add_paragraph("2. Clean the skin.")
    made.add_paragraph("3. Put on the new one.")
    made.add_paragraph().add_run().add_picture(_picture(), width=Mm(60))
    made.add_paragraph("A clean dressing", style="Caption")
    heading("Get help")
    cell = made.add_table(rows=1, cols=1, style="Table Grid").rows[0].cells[0]
    cell.paragraphs[0].text = "Call us today if the wound smells."
    cell.add_paragraph("Do not wait.")
    made.add_paragraph(f"Ward 5: {PHONE}")
    return _saved(made, folder, "bold-lines")


def _one_block(folder: Path) -> Path:
    """Typed as on a typewriter: line breaks and empty lines in one paragraph."""
    made = docx.Document()
    made.add_heading("Your blood test", 0)
    run = made.add_paragraph().add_run("Come to the lab.")
    for text in ("", "Please bring:", "• your letter", "• your card"):
        run.add_break(WD_BREAK.LINE)
        run.add_text(text)
    made.add_paragraph("After the test").runs[0].bold = True
    made.add_paragraph("Press on the skin for 5 minutes.")
    return _saved(made, folder, "one-block")


def _brochure(folder: Path) -> Path:
    """Two columns side by side, made with a table that only holds them, and a letterhead above."""
    made = docx.Document()
    made.add_heading("Clinic for feet", 0)
    made.add_paragraph("Welcome to our clinic.")
    left, right = made.add_table(rows=1, cols=2).rows[0].cells
    for cell, heading, texts in (
        (left, "Before you come", ("Wash your feet.", "Take off nail varnish.")),
        (right, "In the clinic", ("We look at your feet.", "We may trim the nails.")),
    ):
        cell.paragraphs[0].text = heading
        cell.paragraphs[0].style = made.styles["Heading 2"]
        for text in texts:
            cell.add_paragraph(text)
    made.add_heading("What to bring", 2)
    grid = made.add_table(rows=2, cols=2, style="Table Grid")
    for row, pair in zip(
        grid.rows, (("Shoes", "The pair you wear most"), ("List", "All tablets you take")), strict=True
    ):
        row.cells[0].text, row.cells[1].text = pair
    return _saved(made, folder, "brochure")


def pandoc(name: str, text: str, source: str) -> Callable[[Path], Path]:
    """A text that pandoc makes a Word file of."""

    def make(folder: Path) -> Path:
        require("pandoc")
        path = folder / f"{name}.docx"
        Image.new("RGB", (60, 40), "teal").save(folder / "knee.png", "PNG")
        subprocess.run(["pandoc", "-f", source, "-o", path], input=text, text=True, check=True, cwd=folder, timeout=60)
        return path

    return make


def office(name: str, ending: str, text: str, source: str = "") -> Callable[[Path], Path]:
    """A text that LibreOffice saves as a Word file; with a `source`, pandoc makes its own format of it first."""

    def make(folder: Path) -> Path:
        path = folder / f"{name}.{ending}"
        if source:
            require("pandoc")
            subprocess.run(["pandoc", "-f", source, "-o", path], input=text, text=True, check=True, timeout=60)
        else:
            path.write_text(text, encoding="utf-8")
        (folder / "office").mkdir()
        return soffice_docx([path], folder / "office")[path]

    return make


_QUESTIONS = f"""\
# Sore knees

A leaflet for people with sore knees.

## Why do my knees hurt?

Knees hurt when they wear out. About 1 in 5 people have it.[^1]

![A knee](knee.png)

## What helps?

- Walk **each day**.
- Keep warm.
- Read [our page](https://example.org/knees).

## When should I call?

Call {PHONE} if the knee is hot. Do **not** wait.

[^1]: First paper, 2020.
"""

_MEDICINE = """\
---
title: Taking your tablets
---

# What they are for

Your tablets keep the blood thin.

# How to take them

1. Take one tablet with water.
2. Take it at the same time each day.
3. If you miss one, take it the same day.

| Week | Dose | How often |
|------|------|-----------|
| First | 5 mg | once a day |
| Second | 2.5 mg | twice a day |

# Do not

- Do **not** take two.
- Do **not** stop without asking.
"""

_NESTED = """\
<h1>Getting ready for your scan</h1><p>Please read this.</p>
<h2>The day before</h2><ol><li>Drink water.<ul><li>two glasses</li><li>no milk</li></ul></li>
<li>Eat a light meal.</li></ol>
<h2>On the day</h2><p>Take off rings.<br/>Wear loose clothes.</p>
<blockquote><p>Tell us if you may be pregnant.</p></blockquote>
<h2>Words you may hear</h2><table><tr><td>Scan</td><td>A picture of the inside.</td></tr>
<tr><td>Dye</td><td>It makes parts show.</td></tr></table>
"""

_OFFICE_HTML = f"""\
<html><head><title>x</title></head><body><h1>Hand exercises</h1><p>Do these at home.</p>
<h2>Warm up</h2><ul><li>Open your hand.</li><li>Close your hand.</li></ul>
<h2>Plan</h2><table border="1"><thead><tr><th>Day</th><th>What</th></tr></thead>
<tbody><tr><td>Monday</td><td>Open</td></tr><tr><td>Tuesday</td><td>Close</td></tr></tbody></table>
<h2>More</h2><p>See <a href="https://example.org/hands">our films</a> or call <b>{PHONE}</b>.</p></body></html>
"""

_OFFICE_LOOKS = """\
<html><body><p><font size="6"><b>Your child's cast</b></font></p><p>Your child has a cast for 6 weeks.</p>
<p><font size="5"><b>Keep it dry</b></font></p><p>Cover it in the bath.</p>
<p><b>Look at the fingers</b></p><p>They should be pink and warm.</p>
<ol><li>Look twice a day.</li><li>Press a nail.</li></ol></body></html>
"""

_RTF = r"""{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0\fs22
{\pard\fs40\b Mouth care\b0\fs22\par}
{\pard Your mouth may be sore.\par}
{\pard\b Each morning\b0\par}
{\pard Rinse with warm water.\par}
{\pard\b Each night\b0\par}
{\pard Brush with a soft brush. Do {\b not} use mouthwash.\par}
}"""

_EXAMPLE_ODT = """\
# Going home after your operation

You can go home today.

## Food

Eat what you like. Drink 2 litres a day.

## Pain

Take your tablets every 6 hours.

* at breakfast
* at lunch
* at night

## Driving

Do **not** drive for 24 hours.
"""

_DEFINITIONS = """\
<h1>Heart words</h1><p>These words are used in the clinic.</p>
<h2>Tests</h2><table><thead><tr><th>Test</th><th>Why</th><th>How long</th></tr></thead><tbody>
<tr><td>Tracing</td><td>Shows the beat</td><td>10 minutes</td></tr>
<tr><td>Scan</td><td>Shows the valves</td><td></td></tr></tbody></table>
<h2>Signs</h2><p>Get help for:</p><ul><li>chest pain</li><li>a fast beat</li></ul><p>Stay calm.</p>
"""

SAMPLES = (
    Sample(
        "python-docx, styles",
        _styled,
        "Dry skin",
        (
            "paragraph This leaflet", "# What is dry skin?", "paragraph Dry skin", "# What can I do?", "bullets 3",
            "# How to use the cream", "steps 3", "# Your creams", "table 2x2", "# Call us", "paragraph Skin clinic",
        ),
    ),
    Sample(
        "python-docx, bold lines",
        _bold_lines,
        "Wound care at home",
        (
            "paragraph You go", "# Before you touch it", "bullets 2", "# Change the dressing", "steps 3", "figure",
            "# Get help", "callout", "paragraph Ward 5",
        ),
        wrong=1,
    ),
    Sample(
        "python-docx, one block",
        _one_block,
        "Your blood test",
        ("paragraph Come to", "paragraph Please bring", "bullets 2", "# After the test", "paragraph Press on"),
    ),
    Sample(
        "python-docx, two columns",
        _brochure,
        "Clinic for feet",
        (
            "paragraph Welcome to", "# Before you come", "paragraph Wash your", "paragraph Take off", "# In the clinic",
            "paragraph We look", "paragraph We may", "# What to bring", "definitions 2",
        ),
        wrong=1,
    ),
    Sample(
        "pandoc, questions",
        pandoc("questions", _QUESTIONS, "markdown"),
        "Sore knees",
        (
            "paragraph A leaflet", "# Why do my knees hurt?", "paragraph Knees hurt", "figure", "# What helps?",
            "bullets 3", "# When should I call?", "paragraph Call FILL",
        ),
    ),
    Sample(
        "pandoc, medicine",
        pandoc("medicine", _MEDICINE, "markdown"),
        "Taking your tablets",
        (
            "# What they are for", "paragraph Your tablets", "# How to take them", "steps 3", "table 2x3", "# Do not",
            "bullets 2",
        ),
    ),
    Sample(
        "pandoc, lists inside",
        pandoc("scan", _NESTED, "html"),
        "Getting ready for your scan",
        (
            "paragraph Please read", "# The day before", "steps 2", "# On the day", "paragraph Take off",
            "paragraph Tell us", "# Words you may hear", "definitions 2",
        ),
    ),
    Sample(
        "pandoc, tests",
        pandoc("heart", _DEFINITIONS, "html"),
        "Heart words",
        (
            "paragraph These words", "# Tests", "table 2x3", "# Signs", "paragraph Get help", "bullets 2",
            "paragraph Stay calm",
        ),
    ),
    Sample(
        "LibreOffice, web page",
        office("hands", "html", _OFFICE_HTML),
        "Hand exercises",
        ("paragraph Do these", "# Warm up", "bullets 2", "# Plan", "table 2x2", "# More", "paragraph See our"),
    ),
    Sample(
        "LibreOffice, looks alone",
        office("cast", "html", _OFFICE_LOOKS),
        "Your child's cast",
        (
            "paragraph Your child", "# Keep it dry", "paragraph Cover it", "# Look at the fingers",
            "paragraph They should", "steps 2",
        ),
    ),
    Sample(
        "LibreOffice, OpenDocument",
        office("home", "odt", _EXAMPLE_ODT, "markdown"),
        "Going home after your operation",
        (
            "paragraph You can", "# Food", "paragraph Eat what", "# Pain", "paragraph Take your", "bullets 3",
            "# Driving", "paragraph Do not",
        ),
    ),
    Sample(
        "LibreOffice, rich text",
        office("mouth", "rtf", _RTF),
        "Mouth care",
        ("paragraph Your mouth", "# Each morning", "paragraph Rinse with", "# Each night", "paragraph Brush with"),
    ),
)  # fmt: skip
