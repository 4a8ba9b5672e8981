"""Faults as people make them in templates, style sheets and leaflets: the table says what catches each of them."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pytest
from projects import composed, replace, template_of
from readback import handout_text, missing_islands, pdf_text
from validators import verapdf_claims

from leafletpress.build.library import Project
from leafletpress.model.handout import Handout
from leafletpress.model.problems import LeafletError
from leafletpress.write import WRITERS

# What catches a fault: the build, which names the line of the template or the document, or a profile of veraPDF.
Catcher = Literal["line", "document", "ua1", "2a"]

BLOCKS, PAGE = "templates/shared/blocks.html.j2", "templates/patient/page.html.j2"
BASE, PRINT = "templates/shared/base.css", "templates/patient/print.css"
LEAFLET = "leaflets/every-block.yaml"
LONG = "x" * 90


@dataclass(frozen=True, slots=True)
class Seed:
    """An edit of a file that makes a fault, what catches it, and a part of what is said then."""

    name: str
    file: str
    old: str
    new: str
    by: Catcher
    said: str
    locale: str = "en"


SEEDS = (
    # what readers who do not see are told
    Seed("a picture without alt", BLOCKS, 'alt="{{ content.alt }}"', "", "line", "no required alt"),
    Seed("a picture with an empty alt", BLOCKS, '"{{ content.alt }}"', '""', "line", "no required alt"),
    Seed("a code without alt", BLOCKS, 'alt="{{ way.label }}: {{ way.value }}"', "", "line", "no required alt"),
    Seed("no language", PAGE, 'lang="{{ handout.language }}" ', "", "document", 'required "lang"'),
    Seed("no title", BLOCKS, "<title>{{ handout.head.title }} – {{ handout.head.audience }}</title>", "", "ua1",
         "dc:title"),
    Seed("a level of headings left out", BLOCKS, '"h3", item.question', '"h4", item.question', "ua1", "7.4.2-1"),
    Seed("a table without a head", BLOCKS, '<th scope="col"{{ about(column) }}>{{ words(column) }}</th>',
         "<td>{{ words(column) }}</td>", "document", "has no head"),
    # what is not printed, or in another place
    Seed("bullets forgotten", BLOCKS, "{% if content.bullets %}", "{% if false %}", "document", "“Do not wait.” is"),
    Seed("a heading forgotten", BLOCKS, '{{ tag("h2", content.heading) }}', "", "document", "“When to get help”"),
    Seed("a box not shown", PRINT, ".callout.now {", ".callout.now { display: none;", "document", "“Do not wait"),
    Seed("a box not visible", PRINT, ".callout.now {", ".callout.now { visibility: hidden;", "document", "“Do not wai"),
    Seed("sections turned round", PAGE, "in handout.sections", "in handout.sections | reverse", "document", "in its"),
    Seed("columns turned round", BLOCKS, "in row %}", "in row | reverse %}", "document", "“250 to 500 mg/day” is"),
    Seed("a number turned round", BLOCKS, "{{ words(way.value) }}</a></div>",
         "{{ (way.value | string)[::-1] }}</a></div>", "document", "“020 7946 0958” is not printed"),
    Seed("strong words cut", BLOCKS, "{{ spoken(run, said) }}</strong>", "{{ run.text[:2] }}</strong>",
         "document", "“Do "),
    Seed("no draft mark in the head", BLOCKS, '{{ tag("p", mark, "mark") }}', "", "document", "“Draft: not yet"),
    Seed("no draft mark later on", BLOCKS, "{{ mark | css_content }}", '""', "document", "page 2: “Dra"),
    Seed("no foot", BLOCKS, "{{ handout.foot | css_content }}", "none", "document", "page 1: “EVERY-P-en "),
    Seed("no page number", BLOCKS, "{{ handout.page_label | css_content }}", "none", "document", "“Page 3 of 3” is"),
    # what runs from left to right in Arabic
    Seed("a phone number not isolated", BLOCKS, "{{ words(way.value) }}</a></div>", "{{ way.value }}</a></div>",
         "document", "“020 7946 0958” is not kept from left to right", "ar"),
    Seed("a figure not isolated", BLOCKS, "<span{{ island }}>{{ spoken(run", "<span>{{ spoken(run",
         "document", "“2026” is not kept from left to right", "ar"),
    Seed("the code in the foot not isolated", BLOCKS, "{{ handout.foot | css_content }}", '"{{ handout.foot }}"',
         "document", "EVERY-P-ar", "ar"),
    # what has no room
    Seed("a word wider than the page", LEAFLET, "Only the patient reads", LONG, "document", "page 2: “xxx"),
    Seed("a word wider than its cell", LEAFLET, "[Tablet,", f"[{LONG},", "document", "has no room"),
    Seed("text in the margin", PRINT, ".main {", ".main { margin-left: -12mm;", "document", "“Keep it” has no room"),
    Seed("text off the paper", PRINT, ".main {", ".main { position: relative; top: 300mm;", "document", "“Keep it si"),
    Seed("a box too low for its text", PRINT, ".callout.now {", ".callout.now { height: 8mm;", "document", "no room"),
    # fonts and characters
    Seed("a font of the machine", PRINT, "h1 {", "h1 { font-family: 'DejaVu Sans';", "line", "is not a pinned font"),
    Seed("a font that is given another name", PRINT, "h1 {", "@font-face { font-family: Rome; src: local(Arial) } h1 {",
         "line", "cannot be loaded"),
    Seed("a character that no font has", LEAFLET, "Only the", "Only ก the", "document", 'no font has "ก" (U+0E01'),
    # what comes from outside
    Seed("an address in the style sheet", PRINT, "h1 {", "h1 { background: url(https://example.com/x.png);", "line",
         "https://example.com/x.png is outside of the project"),
    Seed("a font from outside", PRINT, "h1 {", "@font-face { font-family: x; src: url(https://example.com/x) } h1 {",
         "line", "https://example.com/x is outside"),
    Seed("a picture from outside", BLOCKS, '<div class="line">', '<div><img src="https://example.com/x.png" alt="x">',
         "line", "https://example.com/x.png is outside of the project"),
    Seed("a picture beside the page", BLOCKS, '<div class="line">', '<div><img src="x.png" alt="x">', "line", "x.png"),
    Seed("a style sheet of the machine", PAGE, "</head>", '<link rel="stylesheet" href="file:///x.css"></head>', "line",
         "file:///x.css is outside"),
    Seed("a style sheet that imports another", BASE, "/* What", "@import url(https://example.com/x.css);\n/* What",
         "line", "https://example.com/x.css is outside"),
    Seed("a file of the machine attached", PAGE, "</head>", '<link rel="attachment" href="file:///etc/hosts"></head>',
         "line", "file:///etc/hosts is outside"),
    # what does not exist or can't be read
    Seed("a variable that does not exist", PAGE, "<main>", "<main>{{ handuot }}", "line", "'handuot' is undefined"),
    Seed("an attribute that does not exist", BLOCKS, "{{ content.id }}", "{{ content.idd }}", "line", "'idd'"),
    Seed("a tag that does not exist", PAGE, "{% endfor %}", "{% endfro %}", "line", "not a template: Encountered"),
    Seed("a file that does not exist", PAGE, "shared/base.css", "shared/bass.css", "line", "does not exist"),
    Seed("a brace not closed", PRINT, "margin-top: var(--step) }", "margin-top: 0", "line", "a { that nothing closes"),
    Seed("a quotation mark not closed", PRINT, 'content: " "', 'content: "', "line", 'a " that nothing closes'),
    Seed("a semicolon left out", PRINT, "font-weight: 400;", "font-weight: 400", "line", "invalid value"),
    Seed("a property that does not exist", PRINT, "h1 { font-size", "h1 { fontsize", "line", "unknown property"),
    Seed("a value that does not exist", PRINT, "color: var(--accent)", "color: bule", "line", "`color: bule`, invalid"),
    Seed("a name for a value that does not exist", PRINT, "--accent)", "--acent)", "line", '"--acent" does not exist'),
    Seed("a selector that does not exist", PRINT, "h1 {", "h1::first {", "line", "Invalid or unsupported selector"),
    Seed("a style that WeasyPrint breaks on", PRINT, "h1 {", 'li::marker { content: "-" } h1 {', "document", "TypeErr"),
    # what an archive or a printer can't have
    Seed("a picture drawn smooth", BASE, "img { image-rendering: pixelated }", "", "2a", "Interpolate"),
    Seed("text that can be seen through", PRINT, ".main {", ".main { opacity: 0.5;", "line", "is transparent"),
    Seed("a ground that can be seen through", PRINT, ".main {", ".main { background: #0001;", "document",
         "is transparent"),
)  # fmt: skip


def seeds(*catchers: Catcher) -> pytest.MarkDecorator:
    chosen = [seed for seed in SEEDS if seed.by in catchers]
    return pytest.mark.parametrize("seed", chosen, ids=[seed.name for seed in chosen])


@dataclass(frozen=True, slots=True)
class Print:
    """A handout with its PDF, or with what was said instead."""

    handout: Handout
    path: Path | None
    said: tuple[str, ...] = ()


def printed(project: Project, handout: Handout, path: Path) -> Print:
    try:
        path.write_bytes(WRITERS["pdf"](handout, template_of(project, handout.audience, "a4")))
    except LeafletError as error:
        return Print(handout, None, tuple(map(str, error.problems)))
    return Print(handout, path)


@pytest.fixture(scope="module")
def prints(shared_project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Print]:
    """What came of each seed, by its name, and of the good leaflets, by their language."""
    folder = tmp_path_factory.mktemp("seeds")
    good = {locale: composed(shared_project, locale, "patient").handout for locale in ("en", "ar")}
    found = {locale: printed(shared_project, handout, folder / f"{locale}.pdf") for locale, handout in good.items()}
    for number, seed in enumerate(SEEDS):
        project = Project(Path(shutil.copytree(shared_project.root, folder / str(number))))
        replace(project.root / seed.file, seed.old, seed.new)
        handout = composed(project, seed.locale, "patient").handout if seed.file == LEAFLET else good[seed.locale]
        found[seed.name] = printed(project, handout, folder / f"{number}.pdf")
    return found


@pytest.fixture(scope="module")
def findings(prints: dict[str, Print]) -> dict[str, dict[Path, list[str]]]:
    """What veraPDF found, by profile."""
    paths = [found.path for found in prints.values() if found.path]
    return verapdf_claims(paths)


def test_there_are_more_than_fifty() -> None:
    assert len({seed.name for seed in SEEDS}) == len(SEEDS) > 50


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_good_leaflet_raises_no_alarm(
    prints: dict[str, Print], findings: dict[str, dict[Path, list[str]]], locale: str
) -> None:
    handout, path, said = prints[locale].handout, prints[locale].path, prints[locale].said
    assert path, said
    assert not any(found[path] for found in findings.values())
    assert missing_islands(handout, path.read_bytes()) == []
    assert locale == "ar" or pdf_text(path.read_bytes()) == handout_text(handout)


@pytest.mark.parametrize(
    "seed", [seed for seed in SEEDS if seed.by in ("line", "document")], ids=lambda seed: seed.name
)
def test_the_build_says_what_is_wrong_and_where(shared_project: Project, prints: dict[str, Print], seed: Seed) -> None:
    found = prints[seed.name]
    assert found.path is None
    place = f"every-block-patient-{seed.locale}.pdf: "
    if seed.by == "line":
        before = (shared_project.root / seed.file).read_text(encoding="utf-8").partition(seed.old)[0]
        line = before.count("\n") + 1
        place = f"{seed.file}:{line}:"
    assert any(said.startswith(place) and seed.said in said for said in found.said), found.said
    assert all(len(said) < 400 for said in found.said)


@seeds("ua1", "2a")
def test_what_the_build_lets_through_verapdf_catches(
    prints: dict[str, Print], findings: dict[str, dict[Path, list[str]]], seed: Seed
) -> None:
    path = prints[seed.name].path
    assert path, prints[seed.name].said
    assert any(seed.said in found for found in findings[seed.by][path]), findings[seed.by][path]
