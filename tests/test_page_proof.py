"""A web page that is not all of the handout, in its order and manner, is never written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from lxml import html
from projects import composed, template_of
from projects import replace as replace_text
from scripts import make_script_project

from leafletpress.build.library import Project
from leafletpress.compare.from_html import read_html
from leafletpress.model.blocks import KINDS, kind_of
from leafletpress.model.handout import Handout, Run, Text, texts
from leafletpress.model.problems import LeafletError
from leafletpress.model.template_files import Medium
from leafletpress.write import WRITERS
from leafletpress.write.html.proof import mismatches
from leafletpress.write.html.reading import read_page

BLOCKS, PAGE, SHEET = "shared/blocks.html.j2", "shared/screen.html.j2", "shared/screen.css"


@dataclass(frozen=True, slots=True)
class Seed:
    """An edit of a file in templates/ that makes a fault, and a part of what is said then."""

    name: str
    file: str
    old: str
    new: str
    said: str
    locale: str = "en"
    audience: str = "patient"


SEEDS = (
    # what is not there, or in another place
    Seed("bullets forgotten", BLOCKS, "{% if content.bullets %}", "{% if false %}", "“Heat above 38°C, or"),
    Seed("a heading forgotten", BLOCKS, '{{ tag("h2", content.heading) }}', "", "(warnings.heading) is not whole"),
    Seed("sections turned round", PAGE, "in handout.sections", "in handout.sections | reverse", "“When to get help”"),
    Seed("cells turned round", BLOCKS, "cell in row %}{% if", "cell in row | reverse %}{% if", "“Tablet” (lists.rows)"),
    Seed("a text twice", BLOCKS, '{{ tag("h1", handout.head.title) }}', '{{ tag("h1", handout.head.title) }}' * 2,
         "“A leaflet for trying things out”"),
    Seed("a word more", BLOCKS, '{{ tag("h1", handout.head.title) }}', '<p>Oh</p>{{ tag("h1", handout.head.title) }}',
         "there stands “Oh Every block"),
    Seed("a word at the end", PAGE, "</footer>", "<p>The end</p></footer>", "“The end” is not a text of the leaflet"),
    Seed("two texts run together", BLOCKS, '{{ tag("span", way.label, "label") }} {% if',
         '{{ tag("span", way.label, "label") }}{% if', "“Find a specialist” is not apart from what follows"),
    Seed("no draft mark", BLOCKS, '{{ tag("p", mark, "mark") }}', "", "“Draft: not yet checked by a clinician”"),
    Seed("no hint for printing", PAGE, '{{ shared.tag("p", handout.print_hint, "hint") }}', "", "“To print this"),
    # in another manner
    Seed("strong words that are not", BLOCKS, "<strong{{ island }}>", "<strong{{ island }}></strong>",
         "</strong> closes nothing"),
    Seed("strong words set as others", BLOCKS, "{%- elif run.strong -%}\n<strong{{ island }}>{{ spoken(run, sai"
         "d) }}</strong>\n", "", "“not” is not strong"),
    Seed("numbers not raised", BLOCKS, "<sup{{ island }}>{{ citations(run.text) }}</sup>", "{{ citations(run.text) }}",
         "“[1]” is not raised", audience="clinician"),
    Seed("a link to another page", BLOCKS, '<a href="{{ run.link }}"', '<a href="https://example.com"',
         "“link” is not a link to https://example.org/more/about-blocks"),
    Seed("a phone that can't be called", BLOCKS, '<a href="{{ way.link }}"{{ about', '<a href="tel:1"{{ about',
         "nothing leads to tel:999"),
    Seed("a figure not isolated", BLOCKS, "<span{{ island }}>", "<span>", "“2026” is not kept from left to", "ar"),
    Seed("a phone number not isolated", BLOCKS, "{{ words(way.value) }}</a></div>", "{{ way.value }}</a></div>",
         "0958” is not kept from left to right", "ar"),
    Seed("a paragraph turned round", BLOCKS, '{{ tag("p", content.text) }}\n{% elif kind == "bullets"',
         '<p dir="ltr">{{ words(content.text) }}</p>\n{% elif kind == "bullets"', "is not in the direction rtl", "ar"),
    Seed("English that does not say so", BLOCKS, '{% if text.language %} lang="{{ text.language }}"{% endif %}', "",
         'is not in the language "en"', "ar"),
    # what readers who do not see are told
    Seed("a picture without words", BLOCKS, 'alt="{{ content.alt }}"', 'alt=""', "no picture has the words “A"),
    Seed("a picture that adds words", PAGE, "<footer>", '<footer><img src="data:image/png;base64,AA" alt="Oh">',
         "a picture has no words of the leaflet"),
    Seed("a table without a head", BLOCKS, '<th scope="col"{{ about(column) }}>{{ words(column) }}</th>',
         "<td>{{ words(column) }}</td>", "has no head"),
    Seed("no language", PAGE, 'lang="{{ handout.language }}" ', "", 'is in the language "en", ltr'),
    Seed("no title", BLOCKS, "<title>{{ handout.head.title }}", "<title>", "lacks “Every block”"),
    # what is hidden, or comes from outside
    Seed("a box not shown", SHEET, ".callout { ", ".callout { display: none; ", '"display: none" hides'),
    Seed("a box not visible", SHEET, ".callout { ", ".callout { visibility:hidden; ", '"visibility: hidden" hides'),
    Seed("a picture from outside in a style", SHEET, ".callout { ", ".callout { background: url(//x.org/y.png); ",
         '"//x.org/y.png" is outside of the project'),
    Seed("a style sheet from outside", SHEET, ":root {", "@import 'https://x.org/y.css';\n:root {", "@import"),
    Seed("an attribute that hides", BLOCKS, '<div class="contact">', '<div class="contact" hidden>', "<div hidden>"),
    Seed("a style of its own", BLOCKS, '<div class="contact">', '<div class="contact" style="">', "<div style> has no"),
    Seed("a part to be opened", BLOCKS, '<div class="contact">', "<details></details><div>", "<details> has no place"),
    Seed("a picture from outside", BLOCKS, 'src="{{ images[way.link] }}"', 'src="https://x.org/y.png"',
         '"https://x.org/y.png" is not inside of the page'),
    Seed("a program", PAGE, "</footer>", "</footer><script>1</script>", "<script> has no place"),
    Seed("a link that does something", BLOCKS, '<div class="contact">', '<div><a href="javascript:1"></a>',
         'a link leads to "javascript:1"'),
    Seed("a place that is not there", BLOCKS, 'id="reference-{{', 'id="source-{{', 'a link leads to "#reference-1"',
         audience="clinician"),
    # what is no page
    Seed("an element not closed", PAGE, "<main>", "<main><div>", "</main> closes nothing"),
    Seed("an id twice", PAGE, "<main>", '<main id="warnings">', 'two elements have the id "warnings"'),
)  # fmt: skip


def page_of(project: Project, handout: Handout) -> bytes:
    return WRITERS["html"](handout, template_of(project, handout.audience))


@pytest.mark.parametrize("seed", SEEDS, ids=[seed.name for seed in SEEDS])
def test_each_fault_of_a_template_stops_the_page(project: Project, seed: Seed) -> None:
    path = project.folder("templates") / seed.file
    handout = composed(project, seed.locale, seed.audience).handout
    replace_text(path, seed.old, seed.new)
    with pytest.raises(LeafletError) as caught:
        page_of(project, handout)
    said = [str(problem) for problem in caught.value.problems]
    assert any(seed.said in one for one in said), said
    places = ("templates/", f"every-block-{seed.audience}-{seed.locale}.html: ")
    assert all(one.startswith(places) and len(one) < 400 for one in said)


def test_a_fault_of_a_style_sheet_is_told_at_its_line(project: Project) -> None:
    path = project.folder("templates") / SHEET
    line = path.read_text(encoding="utf-8").partition(".callout { ")[0].count("\n") + 1
    replace_text(path, ".callout { ", ".callout { display: none; ")
    with pytest.raises(LeafletError, match=rf"^templates/shared/screen\.css:{line}:\d+: "):
        page_of(project, composed(project, "en", "patient").handout)


def _kinds(handout: Handout) -> Iterator[str]:
    return (kind_of(block.content) for section in handout.sections for block in section.blocks)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_of_block_that_the_template_forgets_stops_the_page(project: Project, kind: str) -> None:
    handout = composed(project, "en", "patient").handout
    assert kind in set(_kinds(handout))
    replace_text(project.folder("templates") / BLOCKS, f'kind == "{kind}"', 'kind == "something else"')
    with pytest.raises(LeafletError, match="is not whole and in its place"):
        page_of(project, handout)


@pytest.mark.parametrize("locale", ["en", "ar", "es", "zh_Hans"])
@pytest.mark.parametrize("audience", ["patient", "clinician"])
def test_a_good_page_raises_no_alarm(shared_project: Project, locale: str, audience: str) -> None:
    handout = composed(shared_project, locale, audience).handout
    assert list(mismatches(read_page(page_of(shared_project, handout).decode()), handout)) == []


@pytest.mark.parametrize("medium", ["screen", "paper"])
def test_a_strong_link_is_both(shared_project: Project, medium: Medium) -> None:
    handout = composed(shared_project, "ar", "patient").handout
    link = Text((Run("Clinic", strong=True, island=True, link="https://example.org/"), Run(" نعم")))
    handout = replace(handout, head=replace(handout.head, subtitle=link))
    page = html.fromstring(template_of(shared_project, "patient").page(handout, medium))
    (found,) = page.findall(".//p[@class='subtitle']/strong/a")
    assert (found.get("href"), found.get("dir"), found.text) == ("https://example.org/", "ltr", "Clinic")


def test_citations_lead_to_their_references_and_back(shared_project: Project) -> None:
    handout = composed(shared_project, "en", "clinician").handout
    page = html.fromstring(page_of(shared_project, handout))
    cited = [re.findall(r"\d+", run.text) for text in texts(handout) for run in text.runs if run.raised]
    links = [[link.get("href") for link in raised.iter("a")] for raised in page.iter("sup")]
    assert links == [[f"#reference-{number}" for number in numbers] for numbers in cited]
    assert handout.references
    by_id = {element.get("id"): element for element in page.iter() if element.get("id")}
    for number in range(1, len(handout.references.items) + 1):
        (back,) = by_id[f"reference-{number}"].findall("a[@class='back']")
        assert (back.get("href"), back.get("aria-label")) == (f"#citation-{number}", "Back to the text")
        assert by_id[f"citation-{number}"].text == str(number)


def test_english_words_in_another_script_say_that_they_are(shared_project: Project, tmp_path: Path) -> None:
    hebrew = composed(make_script_project(tmp_path / "project"), "he", "patient").handout
    page = html.fromstring(page_of(shared_project, hebrew))
    assert {"".join(map(str, span.itertext())) for span in page.iter("span") if span.keys() == ["lang"]} == {
        "Hebrew", "WhatsApp", "PDF", "SCRIPT-P-he",
    }  # fmt: skip
    spanish = html.fromstring(page_of(shared_project, composed(shared_project, "es", "patient").handout))
    assert not [span for span in spanish.iter("span") if span.get("lang")]


def test_rows_and_columns_have_heads(shared_project: Project) -> None:
    handout = composed(shared_project, "en", "clinician").handout
    (table,) = html.fromstring(page_of(shared_project, handout)).iter("table")
    assert [(head.get("scope"), head.text) for head in table.iter("th")] == [
        ("col", "Option"), ("col", "Reported dose"), ("col", "Result"), ("row", "Tablet"), ("row", "Waiting"),
    ]  # fmt: skip
    assert [cell.get("data-head") for cell in table.iter("td")] == ["Reported dose", "Result"] * 2


def test_a_report_reads_the_foot_as_such_and_numbers_of_references_as_plain_text(shared_project: Project) -> None:
    handout = composed(shared_project, "en", "clinician").handout
    reading = read_html(page_of(shared_project, handout))
    margins = [str(passage) for passage in reading.passages if passage.place == "margins"]
    assert margins[:2] == [str(handout.print_hint), str(handout.foot)]
    runs = [run for passage in reading.passages for run in passage.text.runs]
    assert {run.text for run in runs if run.raised} == {"[1]", "[2]", "[1,2]"}
    assert not [run.link for run in runs if run.link and run.link.startswith("#")]
