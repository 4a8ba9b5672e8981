"""What a style sheet holds and does not show is a fault of the proof, on paper and on screens."""

from dataclasses import replace
from typing import Any

import pytest
from projects import ROOT, composed, template_of

from leafletpress.build.library import Project
from leafletpress.model.problems import LeafletError
from leafletpress.write import WRITERS
from leafletpress.write.contrast import WHITE, contrast, over
from leafletpress.write.html.sight import hidden_or_fetched
from leafletpress.write.pdf import engine
from leafletpress.write.pdf.sight import unseen
from leafletpress.write.pictures import data_uri
from leafletpress.write.template import Template

# What is added at the end of a style sheet, and a part of what is said then.
ON_PAPER = {
    "opacity": (".callout { opacity: 0.02 }", "lets its ground through"),
    "opacity around": ("section { opacity: 0.5 }", "lets its ground through"),
    "colour of the paper": (".callout p { color: #ffffff }", "a contrast of less than 4.5 to 1"),
    "nearly the colour of the paper": (".callout { color: rgb(250 250 250) }", "a contrast of less than"),
    "colour that lets through": ("li { color: rgba(0, 0, 0, 0.05) }", "a contrast of less than"),
    "no colour": ("li { color: transparent }", "a contrast of less than"),
    "colour of another kind": ("li { color: hsl(0 0% 100%) }", "a contrast of less than"),
    "ground in the colour of the text": (".callout { color: #8c1d18; background: #8c1d18 }", "a contrast of less"),
    "a page as dark as its text": ("@page { background: #111 }", "a contrast of less than"),
    "a ground that changes": (".callout { background: linear-gradient(#000, #fff) }", "more than one colour"),
    "tiny": (".callout p { font-size: 0.1pt }", "is smaller than 4.5 pt"),
    "tiny by its surroundings": (".callout { font-size: 5% }", "is smaller than 4.5 pt"),
    "made small": (".callout { transform: scale(0.01) }", "is moved or cut by transform"),
    "cut": (".callout h3 { position: absolute; clip: rect(0, 0, 0, 0) }", "is moved or cut by clip"),
    "a box over a text": (
        ".callout::after { content: ''; position: absolute; inset: 0; background: #fff }",
        "lies over or under something else",
    ),
    "a thick frame over a text": (
        "section::after { content: ''; position: absolute; top: 2cm; width: 9cm; border-top: 3cm solid #fff }",
        "lies over or under something else",
    ),
    "a text over a text": (".callout h3 { margin-bottom: -9mm }", "lies over or under something else"),
    "a picture over a text": (
        "img { position: relative; top: -20mm; width: 60mm; height: 20mm }",
        "lies over or under something else",
    ),
    "margins": ("@page { @bottom-left { color: #fff } @bottom-right { color: #fff } }", "a contrast of less"),
    "struck through": (".callout p { text-decoration: line-through }", "is struck through"),
}
ON_SCREEN = (
    ".callout { opacity: 0.02 }",
    ".callout { d\\69splay: none }",
    ".callout { display/**/:/**/none }",
    "@media (max-width: 20rem) { .callout { DISPLAY: None !important } }",
    "@supports (display: grid) { @media print { li { visibility: collapse } } }",
    ".callout { & p { display: none } }",
    ".callout { content-visibility: hidden }",
    ".callout { filter: opacity(0) }",
    ".callout { mask: url(data:image/png;base64,AA) }",
    ".callout { clip-path: inset(50%) }",
    ".callout { transform: scale(0) }",
    ".callout { translate: -900px }",
    ".callout { position: absolute; left: -900px }",
    ".callout { position: relative; left: -900px }",
    ".callout { inset-inline-start: -900px; position: relative }",
    ".callout { height: 0; overflow: hidden }",
    ".callout { height: 0 }",
    ".callout { max-height: 1px }",
    ".callout { max-width: 1px }",
    ".callout { overflow: clip }",
    ".callout { margin-top: -9rem }",
    ".callout { margin: 0 0 -9rem }",
    ".callout { margin-top: calc(0rem - 9rem) }",
    ".callout p { text-indent: -900px }",
    ".callout p { letter-spacing: -1em }",
    ".callout p { line-height: 0 }",
    ".callout p { font-size: 0.1pt }",
    ".callout p { font-size: 0 }",
    ".callout p { font-size: 1px }",
    ".callout p { font: 1px/2 serif }",
    ".callout p { font-size: calc(1rem - 0.99rem) }",
    "* { font-size: 70% }",
    ".callout p { color: #ffffff }",
    ".callout p { color: white }",
    ".callout p { color: rgb(255 255 255 / 100%) }",
    ".callout p { color: transparent }",
    ".callout p { color: rgba(0, 0, 0, 0.1) }",
    ".callout p { color: oklch(100% 0 0) }",
    ".callout p { color: color-mix(in srgb, white, white) }",
    ".callout p { color: var(--ground) }",
    ":root { --ink: #fefefe }",
    "@media screen and (prefers-color-scheme: dark) { :root { --ink: #111 } }",
    "@media print { :root { --ink: #fff } }",
    ".callout { background: #14202a }",
    ".callout { background-color: black }",
    ".callout { background: linear-gradient(#000, #fff) }",
    ".callout p { -webkit-text-fill-color: transparent }",
    ".callout p { -webkit-text-security: disc }",
    ".callout p { text-decoration: line-through }",
    ".callout p { animation: fade 1s forwards }",
    ".callout p { content: url(data:image/png;base64,AA) }",
    ".callout::after { content: 'All of this is wrong' }",
    ".phones { unicode-bidi: bidi-override; direction: rtl }",
    ".phones li { display: flex; flex-direction: row-reverse }",
    ".callout p { writing-mode: vertical-rl }",
    ".callout p { all: unset }",
    ".callout p { background: u\\72l(//x.org/y.png) }",
    ".callout p { background: image-set('https://x.org/y.png' 1x) }",
    ".callout { background: #ffffff }",  # on a dark screen its text is white
    "@font-face { font-family: x; src: url(https://x.org/y.woff2) }",
    "@\\69mport 'https://x.org/y.css';",
)  # fmt: skip
HARMLESS = (
    ".callout { background: var(--tint); color: var(--muted); border-radius: 0.5rem }",
    ".callout p { font-size: 1.25rem; letter-spacing: 0.02em; line-height: 1.4 }",
    "@media (min-width: 60rem) { .callout { float: inline-start; width: 20rem } }",
    "h2 { margin-top: 3rem; text-transform: uppercase }",
    "h2::before { content: counter(section) '. ' }",
    ".logo { max-width: 12rem } figure img { height: auto; max-height: 40rem }",
)


PAPER = """\
<style>
@page {{ size: A4; margin: 20mm; @bottom-left {{ content: "Every block"; color: #333 }} }}
{style}
</style>
<body><section><h2>Heat</h2><div class=callout><h3>Call now</h3><p>Call 999 if it burns.</p></div>
<p>Below it</p><img src="{picture}" alt="A dot"><ul><li>One</li></ul></section></body>
"""
PICTURE = data_uri((ROOT / "tests/data/valid/leaflets/dots.png").read_bytes())


@pytest.mark.parametrize("name", ON_PAPER)
def test_a_style_sheet_that_hides_a_text_on_paper_is_told(name: str) -> None:
    style, said = ON_PAPER[name]
    told = list(unseen(laid_out(style)))
    assert any(said in one for one in told), told
    assert all(len(one) < 400 for one in told)


def test_what_is_seen_on_paper_raises_no_alarm() -> None:
    style = ".callout { border: 2pt solid; background: #fde9e7 } h2 { background: #000; color: #fff; font-size: 5pt }"
    assert list(unseen(laid_out(style))) == []


def laid_out(style: str) -> Any:
    """The pages of a small document with a style."""
    return engine.lay_out(PAPER.format(style=style, picture=PICTURE), ("Noto Sans",)).pages


def test_a_text_that_is_hidden_stops_the_pdf(shared_project: Project) -> None:
    template = with_style(template_of(shared_project, "patient"), "print.css", ".callout p { color: #ffffff }")
    with pytest.raises(LeafletError, match=r"every-block-patient-en\.pdf: page 1: .* a contrast of less than 4.5 to 1"):
        WRITERS["pdf"](composed(shared_project, "en", "patient").handout, template)


@pytest.fixture(scope="module")
def page(shared_project: Project) -> str:
    handout = composed(shared_project, "en", "patient").handout
    return template_of(shared_project, "patient").page(handout, "screen")


@pytest.mark.parametrize("style", ON_SCREEN)
def test_a_style_sheet_that_hides_or_fetches_on_a_screen_is_told(page: str, style: str) -> None:
    sheet = page.index("</style>")
    told = list(hidden_or_fetched(f"{page[:sheet]}\n{style}\n{page[sheet:]}"))
    assert told
    assert all(0 < offset < len(page) + len(style) for offset, _ in told)


@pytest.mark.parametrize("style", ["", *HARMLESS])
def test_a_style_sheet_may_look_otherwise(page: str, style: str) -> None:
    assert list(hidden_or_fetched(page.replace("</style>", f"{style}</style>"))) == []


def with_style(template: Template, sheet: str, style: str) -> Template:
    """The template with one more style at the end of a style sheet of the patient's."""
    name = f"patient/{sheet}"
    texts = dict(template.files.texts)
    texts[name] += f"\n{style}\n"
    return replace(template, files=replace(template.files, texts=tuple(texts.items())))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), WHITE) == pytest.approx(21)
    assert contrast(WHITE, WHITE) == 1
    assert contrast((119 / 255,) * 3, WHITE) == pytest.approx(4.48, abs=0.01)
    assert contrast((0, 0, 0), over((0, 0, 0), 0.5, WHITE)) == pytest.approx(5.28, abs=0.02)
